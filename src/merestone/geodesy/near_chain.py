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
from merestone.geodesy.blocks import blocks
from merestone.geodesy.elementary import inverse, radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices
from merestone.geodesy.near_distance import GOOD_M, near_distances_m

_AT_ONCE = 16_384
_POLISHINGS = 3
_ROUNDS = 40
_MOST_INTERVALS = 400_000
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
class Stations:
    """Places (n, 2) of a chain at chainages `along_m` (n,), the distances (n,) of other chains from them in metres, and
    the edges (n,) of their feet there."""

    along_m: Floats
    lonlat: Floats
    distance_m: Floats
    edge: Indices


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
        return cls(ellipsoid, lonlat, offsets, closed, edges, *_tree(ellipsoid, lonlat, edges))

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
        from merestone.geodesy.near_chain_loops import find_feet, sides

        too_far = np.empty(len(places), dtype=np.bool_)
        a_m, e2, found = self.ellipsoid.a_m, self.ellipsoid.e2, (feet.edge, feet.share)
        chains = self.offsets, self.closed, feet.chain
        tree = self._space, self._edges, self._boxes
        find_feet(
            a_m, e2, GOOD_M, places, self.lonlat, tree, chains, found, feet.distance_m, feet.lonlat, feet.side, too_far
        )
        if too_far.any():
            self._polished_far(places, feet.edge, feet.share, feet.distance_m, np.nonzero(too_far)[0])
            feet.lonlat[:] = self._on_edge(feet.edge, feet.share)
            sides(e2, places, self.lonlat, *chains, *found, feet.side)

    def _on_edge(self, edge: Indices, share: Floats) -> Floats:
        from merestone.geodesy.near_chain_loops import on_edges

        feet = np.empty((len(edge), 2))
        on_edges(self.lonlat, edge, share, feet)
        return feet

    def _polished_far(self, places: Floats, edge: Indices, share: Floats, distance_m: Floats, far: Indices) -> None:
        """Move feet that the local metric cannot place to a micrometre, at the indices `far`, to where the geodesic to the
        place stands square on the edge (`share` in place), and fill in their distances."""
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

    def furthest(self, along_m: Floats, lonlat: Floats, stations: Stations, error_m: float) -> tuple[float, float]:
        """The chainage in metres of the place of a chain (chainages (n,), vertices (n, 2)) that is furthest from these
        chains, to `error_m`: NaN where no place is found that is further than every station; and what none exceeds.

        Between two stations the distance to any one edge is convex, so that it is at most the greater of the distances
        of both stations from that edge. Intervals whose bound exceeds the greatest distance found by more than `error_m`
        are halved (branch and bound; A. A. Taha and A. Hanbury, IEEE TPAMI 37 (2015) 2153-2163, prune likewise).
        """
        from merestone.geodesy.furthest_loops import furthest

        edge = len(self.lonlat) - 2 - stations.edge if self._backwards else stations.edge
        at_m, bound_m = furthest(
            self.ellipsoid.a_m, self.ellipsoid.e2, GOOD_M,
            (np.require(along_m, requirements=["C", "W"]), np.require(lonlat, requirements=["C", "W"])),
            (self.lonlat, self._space, self._edges, self._boxes),
            (stations.along_m, stations.lonlat, stations.distance_m, edge),
            error_m, (_ROUNDS, _MOST_INTERVALS),
        )  # fmt: skip
        return float(at_m), float(bound_m)


def _tree(ellipsoid: Ellipsoid, lonlat: Floats, edges: Indices) -> tuple[Floats, Floats]:
    """All vertices in space, (n, 3) metres, and the tree's boxes, (2 * leaves - 1, 6) as lower and upper X, Y, Z; node i
    has the children 2i + 1 and 2i + 2."""
    from merestone.geodesy.near_chain_loops import lay_boxes, lay_in_space

    leaves = 1 << max(0, math.ceil(math.log2(max(1, math.ceil(len(edges) / LEAF)))))
    space, boxes = np.empty((len(lonlat), 3)), np.empty((2 * leaves - 1, 6))
    lay_in_space(ellipsoid.a_m, ellipsoid.e2, lonlat, space)
    lay_boxes(ellipsoid.b_m, lonlat, space, edges, boxes)
    return space, boxes
