"""A leg given by an azimuth: a ray from its start, of a kind that is named or read as "straight" is read."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import run
from merestone.delimit.fix import Place
from merestone.delimit.straight import as_read, longest_ray_m, ray_as_read, reading_of
from merestone.description.legs.at_azimuth import AtAzimuthLeg
from merestone.geodesy.line import Line


def draw(node: AtAzimuthLeg, setting: Setting) -> Drawn:
    """The ray at the azimuth to where the words end it."""
    reading, taken = reading_of(node.by, None, setting)
    azimuth_deg = node.azimuth.degrees

    def between(start: Place, end: Place) -> Line:
        return as_read(reading, setting.frame, start, end)

    def ray(start: Place, length_m: float) -> Line:
        return ray_as_read(reading, setting.ellipsoid, start, azimuth_deg, length_m, setting.subject, setting.span)

    longest_m = longest_ray_m(reading, setting.ellipsoid, setting.start, azimuth_deg)
    line, tolerance_m = run(setting, between, ray, "", longest_m)
    return Drawn(line, taken, tolerance_m)
