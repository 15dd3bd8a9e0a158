"""The two elementary problems on loxodromes (rhumb lines), over arrays."""

from __future__ import annotations

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.auxiliary import isometric_step, latitude_step_deg, meridian_distance_m
from merestone.geodesy.elementary import compass, continued_longitudes, radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats


def loxodrome_inverse(ellipsoid: Ellipsoid, starts: Floats, ends: Floats) -> tuple[Floats, Floats]:
    """Give azimuth (degrees in [0, 360)) and length in metres of loxodromes going the shorter way round.

    `starts`, `ends` (n, 2) -> two arrays (n,). With psi the isometric latitude and m the distance along the
    meridian, tan azimuth = dlambda / dpsi and length = hypot(dlambda, dpsi) dm / dpsi (Karney 2024, section 6), where
    dm / dpsi tends to the radius of the parallel, N cos phi, as the latitudes meet. dpsi and dm are formed from the
    difference of latitude (see `auxiliary`), so no digits are lost however nearly the line runs east and west.
    """
    lat = starts[:, 1]
    step_deg = ends[:, 1] - lat
    east = np.radians(continued_longitudes(starts[:, 0], ends[:, 0]) - starts[:, 0])
    isometric = isometric_step(ellipsoid, lat, step_deg)
    azimuth = np.degrees(np.arctan2(east, isometric))
    north_m = meridian_distance_m(ellipsoid, lat, ends[:, 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        length_m = np.where(np.isinf(isometric), np.abs(north_m), np.hypot(east, isometric) * north_m / isometric)
    parallel_m = np.abs(east) * parallel_radius_m(ellipsoid, lat)
    return compass(azimuth), np.where(step_deg == 0.0, parallel_m, length_m)


def loxodrome_direct(ellipsoid: Ellipsoid, starts: Floats, azimuth_deg: Floats, distance_m: Floats) -> Floats:
    """Give the places reached along loxodromes (n, 2), longitudes run on from the starts; negative distances go back.

    Raise `GeometryError` where one would run through a pole. The inverse of `loxodrome_inverse`: the step of latitude
    comes from the inverse rectifying series, formed from the distance run north, and the step of longitude from
    dlambda = sin(azimuth) s dpsi / dm.
    """
    angle = np.radians(azimuth_deg)
    north_m = distance_m * exact_cosine(azimuth_deg, angle)
    lat = starts[:, 1]
    step_deg = latitude_step_deg(ellipsoid, lat, north_m)
    if len(lat) and float(np.max(np.abs(lat + step_deg))) > 90.0 + 1e-9:
        raise GeometryError("a loxodrome ends at the pole and cannot be produced through it; end the line before")
    step_deg = np.clip(step_deg, -90.0 - lat, 90.0 - lat)
    isometric = isometric_step(ellipsoid, lat, step_deg)
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = np.where(step_deg == 0.0, 1.0 / parallel_radius_m(ellipsoid, lat), isometric / north_m)
        # A sine of zero against an infinite stretch: a meridian that reaches the pole keeps its longitude.
        east = np.where(np.mod(azimuth_deg, 180.0) == 0.0, 0.0, np.degrees(np.sin(angle) * distance_m * stretch))
    return np.column_stack([starts[:, 0] + east, lat + step_deg])


def exact_cosine(azimuth_deg: Floats, angle: Floats) -> Floats:
    """Give the cosine of azimuths, 0 at exactly 90 and 270 degrees."""
    return np.where(np.mod(azimuth_deg, 180.0) == 90.0, 0.0, np.cos(angle))


def parallel_radius_m(ellipsoid: Ellipsoid, lat_deg: Floats) -> Floats:
    """Give the radius of parallels in metres, N cos(phi); (n,)."""
    return radii_m(ellipsoid, lat_deg)[1] * np.cos(np.radians(lat_deg))
