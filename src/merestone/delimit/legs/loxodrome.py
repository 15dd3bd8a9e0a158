"""A loxodrome: the line of constant azimuth."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Ray, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.description.legs.loxodrome import LoxodromeLeg
from merestone.geodesy.line import Line
from merestone.geodesy.lines.loxodrome import Loxodrome


def draw(node: LoxodromeLeg, setting: Setting) -> Drawn:
    """The loxodrome to where the words end it."""

    def between(start: Place, end: Place) -> Line:
        return Loxodrome.between(setting.ellipsoid, start, end)

    ray: Ray | None = None
    if node.azimuth is not None:
        azimuth_deg = node.azimuth.degrees

        def from_azimuth(start: Place, length_m: float) -> Line:
            return Loxodrome.from_azimuth(setting.ellipsoid, start, azimuth_deg, length_m)

        ray = from_azimuth
    return drawn(setting, between, ray, "write `loxodrome at azimuth ANGLE`")
