"""A line at right angles to another: its azimuth at the start is that of the perpendicular there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from merestone.delimit.aimed import produced
from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.misclosure import EXACT_M, judge
from merestone.delimit.straight import as_read, longest_ray_m, ray_as_read, reading_of
from merestone.delimit.stretch import beside_m
from merestone.description.legs.at_right_angles import AtRightAnglesLeg
from merestone.diagnostics import Diagnostic
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Line


def draw(node: AtRightAnglesLeg, setting: Setting) -> Drawn:
    """The perpendicular to one hand, to where the words end it."""
    reading, taken = reading_of(node.by, None, setting)
    found: list[Diagnostic] = []
    azimuth_deg = _azimuth_deg(node, setting, found)

    def between(start: Place, end: Place) -> Line:
        return as_read(reading, setting.frame, start, end)

    def ray(start: Place, length_m: float) -> Line:
        return ray_as_read(reading, setting.ellipsoid, start, azimuth_deg, length_m, setting.subject, setting.span)

    longest_m = longest_ray_m(reading, setting.ellipsoid, setting.start, azimuth_deg)
    whole = drawn(setting, between, ray, "", longest_m)
    return replace(whole, reading=taken, findings=(*found, *whole.findings))


def _azimuth_deg(node: AtRightAnglesLeg, setting: Setting, found: list[Diagnostic]) -> float:
    """The azimuth at the start: across the other line there, or along the perpendicular that the start lies on.

    Where no perpendicular of the line passes through the start, since that lies beside an end or a corner of the line,
    the line is judged to begin there as far as the print explains it.
    """
    base = setting.around.line(node.base)
    if setting.around.produced(node.base):
        base = produced(base)
    nearest = base.nearest(np.array([setting.start]))
    across = float(base.azimuth(nearest.along_m)[0]) + (-90.0 if node.left else 90.0)
    off_m = float(nearest.separation_m[0])
    if abs(off_m) <= EXACT_M:
        return across % 360.0
    to_foot_deg = float(inverse(setting.ellipsoid, np.array([setting.start]), nearest.lonlat)[0][0])
    # From the left of the line, its foot lies to the right: to the left is away from it.
    found_deg = (to_foot_deg + (180.0 if (off_m > 0.0) == node.left else 0.0)) % 360.0
    if beside_m(base, nearest, setting.start) <= EXACT_M:
        return found_deg
    open_m = setting.around.left_open_m("start", node.base, to_foot_deg)
    said = f"the start of {setting.subject} lies {{off}} from the line that it should leave at right angles, beside its end or a corner"
    hint = "start on the line, or add `produced` if it is meant beyond its end"
    found.extend(judge("G545", said, off_m, open_m, setting.span, hint, setting.subject, joins=False))
    return across % 360.0
