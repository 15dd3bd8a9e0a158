"""A geodesic: the shortest line on the ellipsoid, or one that leaves its start at an azimuth."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Ray, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.description.legs.geodesic import GeodesicLeg
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic


def draw(node: GeodesicLeg, setting: Setting) -> Drawn:
    """The geodesic to where the words end it."""

    def between(start: Place, end: Place) -> Line:
        return Geodesic.between(setting.ellipsoid, start, end)

    ray: Ray | None = None
    if node.azimuth is not None:
        azimuth_deg = node.azimuth.degrees

        def from_azimuth(start: Place, length_m: float) -> Line:
            return Geodesic.from_azimuth(setting.ellipsoid, start, azimuth_deg, length_m)

        ray = from_azimuth
    return drawn(setting, between, ray, "write `geodesic at azimuth ANGLE`")
