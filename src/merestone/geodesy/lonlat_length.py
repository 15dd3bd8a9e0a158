"""Lengths on the ellipsoid of chains whose edges are straight in longitude and latitude, many at once.

ds² = M² dφ² + N² cos² φ dλ², with φ and λ linear along the edge: integrated by Gauss and Legendre's rule of order 4,
whose error on an edge of h radians of latitude is some h⁸ of its length, below rounding for 1 degree.
"""

from __future__ import annotations

import numpy as np

from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

_LONGEST_DEG = 1.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(4)


def edge_lengths_m(ellipsoid: Ellipsoid, starts: Floats, ends: Floats) -> Floats:
    """The lengths in metres of edges straight in lon/lat: (n, 2), (n, 2) degrees -> (n,)."""
    from merestone.geodesy.lonlat_length_loops import edge_lengths

    longest = float(np.abs(ends - starts).max(initial=0.0))
    shares = max(1, int(np.ceil(longest / _LONGEST_DEG)))
    length_m = np.empty(len(starts))
    edge_lengths(ellipsoid.a_m, ellipsoid.e2, starts, ends, shares, _NODES, _WEIGHTS, length_m)
    return length_m


def along_m(ellipsoid: Ellipsoid, lonlat: Floats) -> Floats:
    """The distance of each vertex of a chain (n, 2) from its start along it, in metres: (n,)."""
    return np.concatenate([[0.0], np.cumsum(edge_lengths_m(ellipsoid, lonlat[:-1], lonlat[1:]))])
