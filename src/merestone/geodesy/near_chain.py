"""Where chains straight in longitude and latitude are nearest to places, on the ellipsoid, for millions of places.

Edges stand in the leaves of a binary tree in the order of their chains, so that a box holds a run of neighbours. Boxes
are geocentric, in metres, widened by what an edge may bulge out of its chord; the straight distance to a box never
exceeds the geodesic distance to what it holds, so branches are left out without error, across the antimeridian and at
the poles. An edge within 50 km is measured in the local metric: differences of latitude and longitude times M and
N cos(phi) at the latitude midway between the place and its foot, which errs by about (1 + 3 tan² phi) (d/R)² / 24 of
the distance; one further away by the straight distance in space. The distance given back is the geodesic to the foot
(`near_distance`), so that it is an upper bound to the micrometre, and the least one to second order.

This is for lines that run beside one another. `boundary_index` ranks places anywhere on the Earth more strictly, and three
times faster there; beside a line it takes twice as long.

A place lies left or right of a chain as it lies of the edge of its foot; where the foot is a vertex, of the sum of the
unit vectors of both edges there (J. A. Baerentzen and H. Aanaes, Signed distance computation using the angle weighted
pseudonormal, IEEE TVCG 11 (2005) 243-253, in two dimensions).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.blocks import ROWS, blocks
from merestone.geodesy.elementary import cartesian, inverse, radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices
from merestone.geodesy.near_distance import GOOD_M, near_distances_m

_AT_ONCE = 16_384
_POLISHINGS = 3
LEAF = 8
"""Edges in a leaf of the tree."""


@dataclass(frozen=True, slots=True, eq=False)
class Feet:
    """The feet of n places: `edge` (n,) the index of the vertex before it, counted through all chains; `share` (n,) of
    the way to the next; `lonlat` (n, 2); `distance_m` (n,) geodesic; `side` (n,): 1.0 where the place lies left of the
    chain, -1.0 right, 0.0 on it; `chain` (n,) which chain."""

    edge: Indices
    share: Floats
    lonlat: Floats
    distance_m: Floats
    side: Floats
    chain: Indices

    @classmethod
    def room(cls, count: int) -> Feet:
        """Room for the feet of so many places, still to be filled in."""
        return cls(
            np.empty(count, dtype=np.intp),
            np.empty(count),
            np.empty((count, 2)),
            np.empty(count),
            np.empty(count),
            np.empty(count, dtype=np.intp),
        )

    def part(self, of: slice) -> Feet:
        """Some of the feet: views, so that filling them in fills in these."""
        return Feet(*(getattr(self, name)[of] for name in self.__slots__))


@dataclass(frozen=True, slots=True, eq=False)
class ChainIndex:
    """Chains made ready for searching: all vertices, where each chain begins, the tree."""

    ellipsoid: Ellipsoid
    lonlat: Floats
    offsets: Indices
    closed: Floats
    _edges: Indices
    _space: Floats
    _boxes: Floats
    _backwards: bool = False

    @classmethod
    def of(cls, ellipsoid: Ellipsoid, chains: Sequence[Floats]) -> ChainIndex:
        """The index of chains, (n, 2) each with continuous longitudes; raise `GeometryError` where one has no edge."""
        if not chains or any(len(chain) < 2 for chain in chains):
            raise GeometryError("a chain needs two vertices to be searched; leave shorter ones out")
        # Written to by nobody; writable because the loops are compiled for that.
        lonlat = np.require(chains[0] if len(chains) == 1 else np.concatenate(chains), np.float64, ["C", "W"])
        offsets = np.concatenate([[0], np.cumsum([len(chain) for chain in chains])]).astype(np.intp)
        inside = np.ones(len(lonlat), dtype=np.bool_)
        inside[offsets[1:] - 1] = False
        edges = np.nonzero(inside)[0]
        closed = np.array([float(np.array_equal(chain[0], chain[-1])) for chain in chains])
        space = np.empty((len(lonlat), 3))
        for part in blocks(len(lonlat)):
            space[part] = cartesian(ellipsoid, lonlat[part])
        return cls(ellipsoid, lonlat, offsets, closed, edges, space, _boxes(ellipsoid, lonlat, space, edges))

    def reversed(self) -> ChainIndex:
        """The index of a single chain run the other way: the same tree, read backwards."""
        if len(self.closed) != 1:
            raise GeometryError("an index of several chains cannot be turned round; turn the chains")
        return replace(self, _backwards=not self._backwards)

    def nearest(self, places: Floats) -> Feet:
        """The feet of places (n, 2) on the nearest chain; many are shared out among threads, each place by itself."""
        feet = self._sought(np.ascontiguousarray(places, dtype=np.float64))
        if not self._backwards:
            return feet
        return replace(feet, edge=len(self.lonlat) - 2 - feet.edge, share=1.0 - feet.share, side=-feet.side)

    def _sought(self, places: Floats) -> Feet:
        feet = Feet.room(len(places))
        if len(places) <= _AT_ONCE:
            self._fill(places, feet)
            return feet
        with ThreadPoolExecutor() as threads:
            for _ in threads.map(lambda part: self._fill(places[part], feet.part(part)), blocks(len(places), _AT_ONCE)):
                pass
        return feet

    def _fill(self, places: Floats, feet: Feet) -> None:
        """Fill in the feet of places (n, 2)."""
        from merestone.geodesy.near_chain_loops import search, sides

        a_m, e2, edge, share = self.ellipsoid.a_m, self.ellipsoid.e2, feet.edge, feet.share
        search(a_m, e2, places, self.lonlat, self._space, self._edges, self._boxes, edge, share)
        feet.distance_m[:] = self._polished(places, edge, share)
        feet.lonlat[:] = self._on_edge(edge, share)
        feet.chain[:] = np.searchsorted(self.offsets, edge, side="right") - 1
        sides(e2, places, self.lonlat, self.offsets, self.closed, feet.chain, edge, share, feet.side)

    def _on_edge(self, edge: Indices, share: Floats) -> Floats:
        start = self.lonlat[edge]
        return np.asarray(start + share[:, None] * (self.lonlat[edge + 1] - start))

    def _polished(self, places: Floats, edge: Indices, share: Floats) -> Floats:
        """The distances of places from their feet in metres (n,); feet that the local metric cannot place to a
        micrometre are moved (`share` in place) to where the geodesic to the place stands square on the edge."""
        from merestone.geodesy.near_distance_loops import polish

        distance_m, too_far = np.empty(len(places)), np.empty(len(places), dtype=np.bool_)
        a_m, e2 = self.ellipsoid.a_m, self.ellipsoid.e2
        polish(a_m, e2, places, self.lonlat, edge, GOOD_M, share, distance_m, too_far)
        far = np.nonzero(too_far)[0]
        if len(far):
            self._polished_far(places, edge, share, distance_m, far)
        return distance_m

    def _polished_far(self, places: Floats, edge: Indices, share: Floats, distance_m: Floats, far: Indices) -> None:
        """Move feet (`share` in place) by solved geodesics, and fill in their distances, at the indices `far`."""
        feet = self._on_edge(edge, share)
        distance_m[far] = near_distances_m(self.ellipsoid, places[far], feet[far])
        for _ in range(_POLISHINGS):
            if not len(far):
                break
            here, step = feet[far], self.lonlat[edge[far] + 1] - self.lonlat[edge[far]]
            to_place, _, apart_m = inverse(self.ellipsoid, here, places[far])
            along, across = (np.radians(each) for each in radii_m(self.ellipsoid, here[:, 1]))
            east_m, north_m = across * np.cos(np.radians(here[:, 1])) * step[:, 0], along * step[:, 1]
            ahead_m = apart_m * np.cos(np.radians(to_place) - np.arctan2(east_m, north_m))
            moved = np.clip(share[far] + ahead_m / np.maximum(np.hypot(east_m, north_m), 1e-9), 0.0, 1.0)
            tried = self._on_edge(edge[far], moved)
            tried_m = near_distances_m(self.ellipsoid, places[far], tried)
            better = tried_m < distance_m[far] - 1e-9
            far = far[better]
            share[far], feet[far], distance_m[far] = moved[better], tried[better], tried_m[better]

    def to_edges_m(self, places: Floats, edge: Indices) -> Floats:
        """The distances in metres of places (n, 2) from one edge each, (n,): from their feet in the local metric."""
        from merestone.geodesy.near_chain_loops import to_edges

        distance_m = np.empty(len(places))
        edge = len(self.lonlat) - 2 - edge if self._backwards else edge

        to_edges(self.ellipsoid.a_m, self.ellipsoid.e2, places, self.lonlat, edge, distance_m)
        return distance_m


def _boxes(ellipsoid: Ellipsoid, lonlat: Floats, space: Floats, edges: Indices) -> Floats:
    """The tree's boxes, (2 * leaves - 1, 6) as lower and upper X, Y, Z; node i has the children 2i + 1 and 2i + 2.

    A piece of length L departs from its chord by at most |k| L² / 8; k is the normal curvature, at most 1 / b, with the
    geodesic curvature of a line straight in longitude and latitude, at most 2 tan(phi) / N and a little.
    """
    leaves = 1 << max(0, math.ceil(math.log2(max(1, math.ceil(len(edges) / LEAF)))))
    boxes = np.empty((2 * leaves - 1, 6))
    boxes[leaves - 1 :, :3], boxes[leaves - 1 :, 3:] = np.inf, -np.inf
    for part in blocks(len(edges), ROWS // LEAF * LEAF):
        low, high = _bounds(ellipsoid, lonlat, space, edges[part])
        starts = np.arange(0, len(low), LEAF)
        first = leaves - 1 + part.start // LEAF
        boxes[first : first + len(starts), :3] = np.minimum.reduceat(low, starts, axis=0)
        boxes[first : first + len(starts), 3:] = np.maximum.reduceat(high, starts, axis=0)
    while leaves > 1:
        leaves //= 2
        children = boxes[2 * leaves - 1 : 4 * leaves - 1].reshape(leaves, 2, 6)
        boxes[leaves - 1 : 2 * leaves - 1, :3] = children[:, :, :3].min(axis=1)
        boxes[leaves - 1 : 2 * leaves - 1, 3:] = children[:, :, 3:].max(axis=1)
    return boxes


def _bounds(ellipsoid: Ellipsoid, lonlat: Floats, space: Floats, edges: Indices) -> tuple[Floats, Floats]:
    """The lower and upper corners of the boxes of single edges, (k, 3) each, in metres."""
    length_m = np.sqrt(((space[edges + 1] - space[edges]) ** 2).sum(axis=1))
    steepest = np.maximum(np.abs(lonlat[edges, 1]), np.abs(lonlat[edges + 1, 1]))
    bend = np.hypot(1.0, 2.0 * np.tan(np.radians(np.minimum(steepest, 89.9))) + 0.05) / ellipsoid.b_m
    bulge_m = np.minimum(bend * length_m**2 / 8.0, length_m) + 1e-6
    low = np.minimum(space[edges], space[edges + 1]) - bulge_m[:, None]
    return low, np.maximum(space[edges], space[edges + 1]) + bulge_m[:, None]
