"""The two elementary problems of geodesy on the ellipsoid, over arrays, and the small change around them.

The direct problem (from a place by azimuth and distance) and the inverse problem (azimuths and distance between two
places) are PROJ's implementation of C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55: accurate
to some 10 nm on ellipsoids of the Earth's flattening.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Place

if TYPE_CHECKING:
    from pyproj import Geod


@lru_cache(maxsize=64)
def solver(ellipsoid: Ellipsoid) -> Geod:
    """Give PROJ's solver for the ellipsoid, made once."""
    from pyproj import Geod

    return Geod(a=ellipsoid.a_m, f=ellipsoid.f)


def as_places(lonlat: Floats) -> Floats:
    """Give the places as a float64 array of shape (n, 2); raise `GeometryError` on another shape."""
    places = np.asarray(lonlat, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 2:
        raise GeometryError(f"places must come as an array of shape (n, 2), not {places.shape}")
    return places


def checked_place(place: Place, name: str) -> Place:
    """Give the place as two floats; raise `GeometryError` where it is not a place on the ellipsoid."""
    lon, lat = float(place[0]), float(place[1])
    if not (np.isfinite(lon) and np.isfinite(lat)):
        raise GeometryError(f"the {name} has a longitude or latitude that is not a finite number: ({lon}, {lat})")
    if abs(lat) > 90.0:
        raise GeometryError(f"the {name} has latitude {lat}, beyond 90 degrees; are longitude and latitude swapped?")
    return lon, lat


def checked_length(length_m: float) -> float:
    """Give the length in metres; raise `GeometryError` unless it is positive and finite."""
    if not (np.isfinite(length_m) and length_m > 0.0):
        raise GeometryError(f"a line needs a positive length in metres, not {length_m}; leave the line out")
    return float(length_m)


def inverse(ellipsoid: Ellipsoid, starts: Floats, ends: Floats) -> tuple[Floats, Floats, Floats]:
    """Give azimuth at the start, azimuth at the end (forward, degrees in [0, 360)) and distance in metres.

    `starts` and `ends` (n, 2); three arrays (n,).
    """
    at_start, at_end, distance_m = solver(ellipsoid).inv(
        starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1], return_back_azimuth=False
    )
    return compass(np.asarray(at_start)), compass(np.asarray(at_end)), np.asarray(distance_m)


def direct(ellipsoid: Ellipsoid, starts: Floats, azimuth_deg: Floats, distance_m: Floats) -> tuple[Floats, Floats]:
    """Give the places reached (n, 2), longitudes in [-180, 180], and the azimuths there (n,) in [0, 360)."""
    lon, lat, azimuth = solver(ellipsoid).fwd(
        starts[:, 0], starts[:, 1], azimuth_deg, distance_m, return_back_azimuth=False
    )
    return np.column_stack([lon, lat]), compass(np.asarray(azimuth))


def distance_m(ellipsoid: Ellipsoid, start: Place, end: Place) -> float:
    """Give the geodesic distance between two places in metres."""
    return float(solver(ellipsoid).inv(*start, *end, return_back_azimuth=False)[2])


def compass(azimuth_deg: Floats) -> Floats:
    """Give azimuths brought into [0, 360)."""
    turned = np.mod(azimuth_deg, 360.0)
    return np.where(turned >= 360.0, 0.0, turned)


def continued_longitude(reference_deg: float, lon_deg: float) -> float:
    """Give the longitude with whole turns added so that it lies within 180 degrees of the reference."""
    turns = float(np.round((reference_deg - lon_deg) / 360.0))
    return lon_deg + 360.0 * turns if turns else lon_deg


def continued_longitudes(reference_deg: Floats | float, lon_deg: Floats) -> Floats:
    """Give `continued_longitude` over arrays (n,)."""
    return np.asarray(lon_deg + 360.0 * np.round((reference_deg - lon_deg) / 360.0))


def radii_m(ellipsoid: Ellipsoid, lat_deg: Floats) -> tuple[Floats, Floats]:
    """Give the radii of curvature in metres: in the meridian, M, and in the prime vertical, N."""
    w2 = 1.0 - ellipsoid.e2 * np.sin(np.radians(lat_deg)) ** 2
    prime_vertical = ellipsoid.a_m / np.sqrt(w2)
    return prime_vertical * (1.0 - ellipsoid.e2) / w2, prime_vertical


def cartesian(ellipsoid: Ellipsoid, lonlat: Floats) -> Floats:
    """Give geocentric X, Y, Z in metres of places on the ellipsoid: (n, 2) -> (n, 3)."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    prime_vertical = ellipsoid.a_m / np.sqrt(1.0 - ellipsoid.e2 * np.sin(lat) ** 2)
    across = prime_vertical * np.cos(lat)
    return np.column_stack(
        [across * np.cos(lon), across * np.sin(lon), prime_vertical * (1.0 - ellipsoid.e2) * np.sin(lat)]
    )


def with_exact_ends(along_m: Floats, lonlat: Floats, length_m: float, start: Place, end: Place) -> Floats:
    """Give the places with those at distance 0 and at the whole length replaced by the ends as they were given."""
    lonlat[along_m == 0.0] = start
    lonlat[along_m == length_m] = end
    return lonlat
