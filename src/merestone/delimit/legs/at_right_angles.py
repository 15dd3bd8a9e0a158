"""A line at right angles to another: its azimuth at the start is that of the perpendicular there."""

from __future__ import annotations

import numpy as np

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import run
from merestone.delimit.fix import Place
from merestone.delimit.straight import as_read, longest_ray_m, ray_as_read, reading_of
from merestone.description.legs.at_right_angles import AtRightAnglesLeg
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Line

ON_THE_BASE_M = 0.01
"""A start nearer than this to the other line lies on it."""


def draw(node: AtRightAnglesLeg, setting: Setting) -> Drawn:
    """The perpendicular to one hand, to where the words end it."""
    reading, taken = reading_of(node.by, None, setting)
    azimuth_deg = _azimuth_deg(node, setting)

    def between(start: Place, end: Place) -> Line:
        return as_read(reading, setting.frame, start, end)

    def ray(start: Place, length_m: float) -> Line:
        return ray_as_read(reading, setting.ellipsoid, start, azimuth_deg, length_m, setting.subject, setting.span)

    longest_m = longest_ray_m(reading, setting.ellipsoid, setting.start, azimuth_deg)
    line, tolerance_m = run(setting, between, ray, "", longest_m)
    return Drawn(line, taken, tolerance_m)


def _azimuth_deg(node: AtRightAnglesLeg, setting: Setting) -> float:
    """The azimuth at the start: across the other line there, or along the perpendicular that the start lies on."""
    base = setting.around.line(node.base)
    nearest = base.nearest(np.array([setting.start]))
    off_m = float(nearest.separation_m[0])
    if abs(off_m) < ON_THE_BASE_M:
        return float(base.azimuth(nearest.along_m)[0] + (-90.0 if node.left else 90.0)) % 360.0
    to_foot_deg = float(inverse(setting.ellipsoid, np.array([setting.start]), nearest.lonlat)[0][0])
    # From the left of the line, its foot lies to the right: to the left is away from it.
    return (to_foot_deg + (180.0 if (off_m > 0.0) == node.left else 0.0)) % 360.0
