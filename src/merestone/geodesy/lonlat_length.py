"""Lengths on the ellipsoid of chains whose edges are straight in longitude and latitude, many at once.

ds² = M² dφ² + N² cos² φ dλ², with φ and λ linear along the edge: integrated by Gauss and Legendre's rule of order 4,
whose error on an edge of h radians of latitude is some h⁸ of its length, below rounding for 1 degree.
"""

from __future__ import annotations

import numpy as np

from merestone.geodesy.elementary import radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

_LONGEST_DEG = 1.0
_NODES, _WEIGHTS = (each.tolist() for each in np.polynomial.legendre.leggauss(4))


def edge_lengths_m(ellipsoid: Ellipsoid, starts: Floats, ends: Floats) -> Floats:
    """The lengths in metres of edges straight in lon/lat: (n, 2), (n, 2) degrees -> (n,)."""
    step = ends - starts
    longest = float(np.abs(step).max(initial=0.0))
    shares = max(1, int(np.ceil(longest / _LONGEST_DEG)))
    total = np.zeros(len(step))
    for share in range(shares):
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            lat = starts[:, 1] + (share + (node + 1.0) / 2.0) / shares * step[:, 1]
            meridian_m, vertical_m = radii_m(ellipsoid, lat)
            east_m = np.radians(step[:, 0]) * vertical_m * np.cos(np.radians(lat))
            total += weight / 2.0 / shares * np.hypot(np.radians(step[:, 1]) * meridian_m, east_m)
    return total


def along_m(ellipsoid: Ellipsoid, lonlat: Floats) -> Floats:
    """The distance of each vertex of a chain (n, 2) from its start along it, in metres: (n,)."""
    return np.concatenate([[0.0], np.cumsum(edge_lengths_m(ellipsoid, lonlat[:-1], lonlat[1:]))])
