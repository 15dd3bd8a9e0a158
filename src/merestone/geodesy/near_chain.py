"""Where chains straight in longitude and latitude are nearest to places, and on which side of them the places lie.

The search is that of `boundary_index`. A place lies left or right of a chain as it lies of the edge of its foot; where
the foot is a vertex, of the sum of the unit vectors of both edges there (J. A. Baerentzen and H. Aanaes, Signed distance
computation using the angle weighted pseudonormal, IEEE TVCG 11 (2005) 243-253, in two dimensions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.boundary_index import BoundaryIndex
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices


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


@dataclass(frozen=True, slots=True, eq=False)
class ChainIndex:
    """Chains made ready for searching: all vertices (n, 2), where each chain begins, which are closed."""

    ellipsoid: Ellipsoid
    lonlat: Floats
    offsets: Indices
    closed: Floats
    _index: BoundaryIndex

    @classmethod
    def of(cls, ellipsoid: Ellipsoid, chains: Sequence[Floats]) -> ChainIndex:
        """The index of chains, (n, 2) each with continuous longitudes; raise `GeometryError` where one has no edge."""
        if not chains or any(len(chain) < 2 for chain in chains):
            raise GeometryError("a chain needs two vertices to be searched; leave shorter ones out")
        lonlat = np.concatenate(chains).astype(np.float64)
        offsets = np.concatenate([[0], np.cumsum([len(chain) for chain in chains])]).astype(np.intp)
        closed = np.array([float(np.array_equal(chain[0], chain[-1])) for chain in chains])
        return cls(ellipsoid, lonlat, offsets, closed, BoundaryIndex.of(ellipsoid, chains))

    def nearest(self, places: Floats) -> Feet:
        """The feet of places (n, 2) on the nearest chain."""
        from merestone.geodesy.near_chain_loops import sides

        places = np.ascontiguousarray(places, dtype=np.float64)
        found = self._index.nearest(places)
        last = self.offsets[found.chain + 1] - 2
        edge = np.minimum(found.along.astype(np.intp), last)
        share, side = found.along - edge, np.empty(len(places))
        sides(self.ellipsoid.e2, places, self.lonlat, self.offsets, self.closed, found.chain, edge, share, side)
        return Feet(edge, share, found.lonlat, found.distance_m, side, found.chain)

    def to_edges_m(self, places: Floats, edge: Indices) -> Floats:
        """The distances in metres of places (n, 2) from one edge each, (n,): in the local metric at the middle latitude
        of place and foot, which errs by about (1 + 3 tan² phi) (d/R)² / 24 of the distance."""
        from merestone.geodesy.near_chain_loops import to_edges

        distance_m = np.empty(len(places))
        to_edges(self.ellipsoid.a_m, self.ellipsoid.e2, places, self.lonlat, edge, distance_m)
        return distance_m
