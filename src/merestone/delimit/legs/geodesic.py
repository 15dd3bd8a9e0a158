"""A geodesic: the shortest line on the ellipsoid, or one that leaves its start at an azimuth."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Ray, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.description.legs.geodesic import GeodesicLeg
from merestone.geodesy.elementary import continued_longitudes, inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.geodesic import Geodesic

SHORTEST_M, LONGEST_PLAIN_M = 1e-3, 15_000_000.0
"""Between these lengths two places are neither one nor nearly opposite."""


def draw(node: GeodesicLeg, setting: Setting) -> Drawn:
    """The geodesic to where the words end it."""

    def between(start: Place, end: Place) -> Line:
        return Geodesic.between(setting.ellipsoid, start, end)

    ray: Ray | None = None
    if node.azimuth is not None:
        azimuth_deg = setting.around.true_azimuth_deg(node.azimuth, setting.start)

        def from_azimuth(start: Place, length_m: float) -> Line:
            return Geodesic.from_azimuth(setting.ellipsoid, start, azimuth_deg, length_m)

        ray = from_azimuth
    return drawn(setting, between, ray, "write `geodesic at azimuth ANGLE`")


def draw_many(ellipsoid: Ellipsoid, starts: Floats, ends: Floats) -> list[Geodesic | None]:
    """The geodesics between n pairs of places, (n, 2) degrees each, measured at once.

    None where a pair needs the single problem's care: one place, or nearly opposite ones.
    """
    azimuths_deg, end_azimuths_deg, lengths_m = inverse(ellipsoid, starts, ends)
    longitudes = continued_longitudes(starts[:, 0], ends[:, 0])
    plain = (lengths_m > SHORTEST_M) & (lengths_m < LONGEST_PLAIN_M)
    rows = zip(
        starts.tolist(), longitudes.tolist(), ends[:, 1].tolist(), azimuths_deg.tolist(), end_azimuths_deg.tolist(),
        lengths_m.tolist(), plain.tolist(), strict=True,
    )  # fmt: skip
    return [
        Geodesic(ellipsoid, (start[0], start[1]), (lon, lat), azimuth, end_azimuth, length_m) if is_plain else None
        for start, lon, lat, azimuth, end_azimuth, length_m, is_plain in rows
    ]
