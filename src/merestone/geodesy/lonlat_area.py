"""The area on the ellipsoid inside rings whose edges are straight in longitude and latitude, as GeoJSON's are.

Between the parallel phi0 and phi lie, per radian of longitude,

    A(phi) - A(phi0) = (b²/2) [d (1 + e² s s0) / ((1 - e² s²)(1 - e² s0²)) + atanh(e d / (1 - e² s s0)) / e],

s = sin phi, d = s - s0 = 2 sin((phi - phi0)/2) cos((phi + phi0)/2): the authalic latitude's q (C. F. F. Karney, On
auxiliary latitudes, Survey Review 56 (2024), eq. 17), its difference formed from that of the latitudes, so that a ring
of a metre loses no digits. An anticlockwise ring encloses minus the integral of that over longitude. Along an edge
latitude is linear in longitude; Gauss's rule of n places errs there by 1e-23 of the term (n = 8, an edge of a radian of
latitude) or 5e-19 (n = 3, edges of less than half a degree).

Edges are taken as they stand in the plane of longitude and latitude: an edge from 180 to -180 along a pole is 360
degrees long. A ring that runs round a pole does not close in that plane and is refused.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.arrays import Floats, Indices
from merestone.geodesy.elementary import as_places
from merestone.geodesy.ellipsoid import Ellipsoid

_SHORT_DEG = 0.5
_EDGES_AT_ONCE = 65536


def ring_area_m2(ellipsoid: Ellipsoid, lonlat: Floats) -> float:
    """Give the area inside one ring in m², positive where it runs anticlockwise.

    `lonlat` (n, 2) degrees, longitudes running on continuously; the first place may stand again at the end or not.
    Raise `GeometryError` where the ring runs round a pole.
    """
    ring = as_places(lonlat)
    if len(ring) and not np.array_equal(ring[0], ring[-1]):
        ring = np.concatenate([ring, ring[:1]])
    return float(ring_areas_m2(ellipsoid, ring, np.array([0, len(ring)]))[0])


def ring_areas_m2(ellipsoid: Ellipsoid, lonlat: Floats, offsets: Indices) -> Floats:
    """Give the areas inside many closed rings in m² (k,), positive where they run anticlockwise.

    `lonlat` (n, 2) degrees, the rings one after the other; ring i has `lonlat[offsets[i]:offsets[i + 1]]`, its first
    place again at the end. Raise `GeometryError` where one does not close.
    """
    places = as_places(lonlat)
    _check_closed(places, offsets)
    counts = np.diff(offsets)
    of_place = np.repeat(np.arange(len(counts)), counts)
    edge = np.nonzero(of_place[:-1] == of_place[1:])[0]
    of_ring = of_place[edge]
    below = np.empty(len(edge))
    for first in range(0, len(edge), _EDGES_AT_ONCE):
        part = slice(first, first + _EDGES_AT_ONCE)
        level = places[offsets[of_ring[part]], 1]
        below[part] = _below_m2(ellipsoid, places[edge[part]], places[edge[part] + 1], level)
    return np.asarray(-np.bincount(of_ring, weights=below, minlength=len(counts)))


def _check_closed(places: Floats, offsets: Indices) -> None:
    """Raise `GeometryError` for the first ring whose last place is not its first."""
    filled = np.nonzero(np.diff(offsets) > 0)[0]
    first, last = places[offsets[filled]], places[offsets[filled + 1] - 1]
    for index in np.nonzero(~np.all(first == last, axis=1))[0][:1]:
        raise GeometryError(
            f"the ring from ({first[index, 0]}, {first[index, 1]}) ends at ({last[index, 0]}, {last[index, 1]}) and not "
            "where it began; close it, and cut a ring that runs round a pole along a meridian to the pole"
        )


def _below_m2(ellipsoid: Ellipsoid, starts: Floats, ends: Floats, level_deg: Floats) -> Floats:
    """Give the areas between edges and the parallel `level_deg` in m², positive below an edge that runs east; (n,)."""
    from merestone.geodesy.lonlat_area_loops import below

    short = np.abs(ends[:, 1] - starts[:, 1]) < _SHORT_DEG
    area_m2 = np.empty(len(starts))
    for order, chosen in ((3, short), (8, ~short)):
        part_m2 = np.empty(np.count_nonzero(chosen))
        edges = starts[chosen], ends[chosen], level_deg[chosen]
        below(ellipsoid.b_m, ellipsoid.e2, *edges, *_gauss(order), part_m2)
        area_m2[chosen] = part_m2
    return area_m2


@lru_cache(maxsize=2)
def _gauss(order: int) -> tuple[Floats, Floats]:
    """Give the places on [-1, 1] and the weights of Gauss's rule."""
    nodes, weights = np.polynomial.legendre.leggauss(order)
    return nodes, weights
