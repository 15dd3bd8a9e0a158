"""A meridian: due north or due south."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Ray, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.misclosure import joined
from merestone.delimit.on_line import check_on_line, check_start
from merestone.description.legs.meridian import MeridianLeg
from merestone.diagnostics import Diagnostic
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.meridian import AlongMeridian, Meridian

POLE_TO_POLE_M = 2.1e7
"""No meridian is longer; one that is run so far ends at the pole."""


def draw(node: MeridianLeg, setting: Setting) -> Drawn:
    """The meridian of the start to where the words end it."""
    found: list[Diagnostic] = []
    way = _way(node, setting, found)

    def between(start: Place, end: Place) -> Line:
        check_on_line(setting, "meridian", (start[0], end[1]), end, found)
        _check_way(setting, way, start, end)
        return Meridian.between(setting.ellipsoid, start, (start[0], end[1]))

    ray: Ray | None = None
    if way is not None:

        def for_length(start: Place, length_m: float) -> Line:
            return _for_length(setting, start, length_m, 0.0 if way is AlongMeridian.NORTHWARD else 180.0)

        ray = for_length
    return joined(
        drawn(setting, between, ray, "write `meridian northward` or `meridian southward`", POLE_TO_POLE_M),
        setting,
        found,
    )


def _way(node: MeridianLeg, setting: Setting, found: list[Diagnostic]) -> AlongMeridian | None:
    """The direction that the words give, else that towards the point that they name; None where there is none."""
    step_deg = 0.0
    if node.through is not None:
        lon, lat = setting.around.place(node.through)
        check_start(setting, "meridian", (lon, setting.start[1]), node.through, found)
        step_deg = lat - setting.start[1]
    if node.direction is not None:
        return AlongMeridian(node.direction)
    if step_deg == 0.0:
        return None
    return AlongMeridian.NORTHWARD if step_deg > 0.0 else AlongMeridian.SOUTHWARD


def _for_length(setting: Setting, start: Place, length_m: float, azimuth_deg: float) -> Line:
    """The meridian run for a length, but never over a pole: meridians are geodesics, so the geodesic gives its end."""
    pole = (start[0], 90.0 if azimuth_deg == 0.0 else -90.0)
    to_pole_m = distance_m(setting.ellipsoid, start, pole)
    if length_m >= to_pole_m:
        return Meridian(setting.ellipsoid, start[0], start[1], pole[1])
    end = Geodesic.from_azimuth(setting.ellipsoid, start, azimuth_deg, length_m).end
    return Meridian(setting.ellipsoid, start[0], start[1], end[1])


def _check_way(setting: Setting, way: AlongMeridian | None, start: Place, end: Place) -> None:
    if way is None or (end[1] > start[1]) == (way is AlongMeridian.NORTHWARD):
        return
    raise trouble(
        "G508",
        f"{setting.subject} should run {way.value}, but its end lies the other way",
        setting.span,
        "turn the direction round, or check the latitudes of its two ends",
        setting.subject,
    )
