"""An arc: constant geodesic distance from a centre."""

from __future__ import annotations

import numpy as np

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.misclosure import EXACT_M, joined, judge_at_distance
from merestone.description.legs.along_circle import AlongCircleLeg
from merestone.description.legs.arc import ArcLeg
from merestone.diagnostics import Diagnostic
from merestone.geodesy.elementary import distance_m, inverse
from merestone.geodesy.line import Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.part import Part


def draw(node: ArcLeg, setting: Setting) -> Drawn:
    """The arc from its start, about its centre, to where the words end it."""
    centre = setting.around.place(node.centre)
    radius_m = setting.around.metres(node.radius)
    found: list[Diagnostic] = []
    _check_radius(setting, node, "start", setting.start, centre, radius_m, found)

    turn = Turn.CLOCKWISE if node.clockwise else Turn.ANTICLOCKWISE
    start_azimuth_deg = _azimuth_deg(setting, centre, setting.start)

    def between(start: Place, end: Place) -> Line:
        _check_radius(setting, node, "end", end, centre, radius_m, found)
        end_azimuth_deg = _azimuth_deg(setting, centre, end)
        return Arc.around(setting.ellipsoid, centre, radius_m, start_azimuth_deg, end_azimuth_deg, turn)

    def ray(start: Place, length_m: float) -> Line:
        circle = Arc.around(setting.ellipsoid, centre, radius_m, start_azimuth_deg, start_azimuth_deg, turn)
        return Part(circle, 0.0, min(length_m, circle.length_m))

    return joined(drawn(setting, between, ray, "", 7.0 * radius_m), setting, found)


def draw_along_circle(node: AlongCircleLeg, setting: Setting) -> Drawn:
    """The arc of a construction circle from its start to where the words end it."""
    circle = setting.around.circle(node.circle)
    return draw(ArcLeg(circle.radius, circle.centre, node.clockwise, node.span), setting)


def _azimuth_deg(setting: Setting, centre: Place, place: Place) -> float:
    azimuths, _, _ = inverse(setting.ellipsoid, np.array([centre]), np.array([place]))
    return float(azimuths[0])


def _check_radius(
    setting: Setting, node: ArcLeg, which: str, place: Place, centre: Place, radius_m: float, found: list[Diagnostic]
) -> None:
    """Judge the start or end of the leg, which should lie at the radius from the centre."""
    off_m = distance_m(setting.ellipsoid, centre, place) - radius_m
    if abs(off_m) <= EXACT_M:
        return
    open_m = setting.around.left_open_m(which, node.centre, _azimuth_deg(setting, centre, place))
    where = "outside" if off_m > 0 else "inside"
    said = f"the {which} of {setting.subject} lies {{off}} {where} the circle that it should run on"
    hint = f"define that {which} as an intersection with the circle, or check centre and radius"
    found.extend(judge_at_distance("G510", said, off_m, open_m, ("radius", node.radius), setting, hint))
