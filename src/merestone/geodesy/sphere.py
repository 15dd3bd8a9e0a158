"""Distances on a sphere of the Earth's mean radius: enough to say how far apart two readings of a print lie."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

MEAN_RADIUS_M = 6_371_008.8
"""The mean radius of GRS 80 (H. Moritz, Geodetic Reference System 1980, Journal of Geodesy 74, 2000)."""


def about_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two places (longitude, latitude in degrees) in metres, within 0.6 % of the geodesic."""
    (one_lon, one_lat), (lon, lat) = (tuple(map(radians, each)) for each in (one, other))
    half = sin((lat - one_lat) / 2) ** 2 + cos(one_lat) * cos(lat) * sin((lon - one_lon) / 2) ** 2
    return 2.0 * MEAN_RADIUS_M * asin(min(1.0, sqrt(half)))
