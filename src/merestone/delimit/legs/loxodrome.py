"""A loxodrome: the line of constant azimuth."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Ray, Setting
from merestone.delimit.endings import LONGEST_RAY_M, drawn
from merestone.delimit.fix import Place
from merestone.delimit.straight import longest_ray_m
from merestone.description.legs.loxodrome import LoxodromeLeg
from merestone.description.tree import Reading, ReadingKind
from merestone.geodesy.line import Line
from merestone.geodesy.lines.loxodrome import Loxodrome


def draw(node: LoxodromeLeg, setting: Setting) -> Drawn:
    """The loxodrome to where the words end it."""

    def between(start: Place, end: Place) -> Line:
        return Loxodrome.between(setting.ellipsoid, start, end)

    ray: Ray | None = None
    if node.azimuth is not None:
        azimuth_deg = setting.around.true_azimuth_deg(node.azimuth, setting.start)

        def from_azimuth(start: Place, length_m: float) -> Line:
            return Loxodrome.from_azimuth(setting.ellipsoid, start, azimuth_deg, length_m)

        ray = from_azimuth
    longest_m = LONGEST_RAY_M
    if node.azimuth is not None:
        reading = Reading(ReadingKind.LOXODROME)
        longest_m = longest_ray_m(reading, setting.ellipsoid, setting.start, azimuth_deg)
    return drawn(setting, between, ray, "write `loxodrome at azimuth ANGLE`", longest_m)
