"""Distances between neighbouring places, in bulk and to a micrometre, without solving a geodesic where none is needed.

With differences of latitude and longitude times M and N cos(phi) at the middle latitude a distance d errs by at most
about d³ (1 + 3 tan² phi) / 24 R² (the middle-latitude formula; W. Jordan, Handbuch der Vermessungskunde III, on Gauss's
mid-latitude solution). Where that exceeds a micrometre, Karney's inverse is used (`elementary.inverse`).
"""

from __future__ import annotations

import numpy as np

from merestone.geodesy.elementary import inverse, radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Flags, Floats

_GOOD_M = 1e-6
_NORTHERNMOST_DEG = 88.0


def near_distances_m(ellipsoid: Ellipsoid, starts: Floats, ends: Floats) -> Floats:
    """The geodesic distances in metres between places (n, 2) and (n, 2): (n,), good to a micrometre."""
    east = ends[:, 0] - starts[:, 0]
    east = np.radians(east - 360.0 * np.round(east / 360.0))
    middle = np.radians((starts[:, 1] + ends[:, 1]) / 2.0)
    along, across = radii_m(ellipsoid, np.degrees(middle))
    distance_m = np.hypot(across * np.cos(middle) * east, along * np.radians(ends[:, 1] - starts[:, 1]))
    steepest = np.maximum(np.abs(starts[:, 1]), np.abs(ends[:, 1]))
    far = too_far(ellipsoid, distance_m, steepest)
    if far.any():
        distance_m[far] = inverse(ellipsoid, starts[far], ends[far])[2]
    return np.asarray(distance_m)


def too_far(ellipsoid: Ellipsoid, distance_m: Floats, lat_deg: Floats) -> Flags:
    """Whether distances (n,) in metres at latitudes (n,) are too long for the middle latitude to give a micrometre."""
    cosine = np.cos(np.radians(lat_deg))
    steep = 1.0 + 3.0 * (1.0 / np.maximum(cosine, 1e-3) ** 2 - 1.0)
    bound = distance_m**3 * steep > _GOOD_M * 24.0 * ellipsoid.b_m**2
    return np.asarray(bound | (np.abs(lat_deg) > _NORTHERNMOST_DEG))
