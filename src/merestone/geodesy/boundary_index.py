"""Which of many boundaries is nearest to a place: on the ellipsoid, by a tree of boxes in space.

A tree over longitude and latitude answers another question: a degree of longitude is shorter than one of latitude, and
at the antimeridian and the poles its boxes fall apart. Here edges, straight in lon/lat, stand as pieces in geocentric
space (`geocentric_chain`), the search is that of `boundary_tree`, and the distances given are geodesic to a micrometre (`near_distance`).

Where two boundaries are equally near within a micrometre the one that comes first is given: at a tripoint, of the three.
The foot is the nearest place of that boundary by a ranking that is within 0.3 micrometres of the geodesic distance at
100 km, 26 mm at 1000 km and 6 m at 3000 km; by as much it can be further than the nearest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.arrays import Floats, Indices, Integers
from merestone.geodesy.chord_length import radii_of_chords_m
from merestone.geodesy.elementary import as_places, cartesian
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.geocentric_chain import GeocentricChain, at_along, checked_chain, geocentric_chain
from merestone.geodesy.near_distance import near_distances_m

_AT_ONCE = 16_384
_LEAF = 8
_TIE_M = 1e-6
_GRID = 2**21 - 1


@dataclass(frozen=True, slots=True, eq=False)
class NearestPlaces:
    """For q places the nearest place of all chains: which chain (q,); `along` (q,), i + s for the share s of the edge
    after vertex i, counted through all chains; where (q, 2) in degrees; the geodesic distance (q,) in metres."""

    chain: Indices
    along: Floats
    lonlat: Floats
    distance_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class BoundaryIndex:
    """Many chains in a tree, ready to be asked; `chains` (n, 2) each, in the order of their index."""

    ellipsoid: Ellipsoid
    chains: tuple[Floats, ...]
    _lonlat: Floats
    _vertices: Floats
    _bulges: Floats
    _along: Floats
    _chain_of: Integers
    _pieces: Integers
    _boxes: Floats

    @staticmethod
    def of(ellipsoid: Ellipsoid, chains: Sequence[Floats]) -> BoundaryIndex:
        """Give the index of chains straight in lon/lat, (n, 2) degrees each, longitudes running on.

        Raise `GeometryError` where there is none, and for a chain that is none.
        """
        if not chains:
            raise GeometryError("an index of boundaries needs at least one chain")
        chains = tuple(checked_chain(chain) for chain in chains)
        vertices, bulges, along, chain_of = _joined([geocentric_chain(ellipsoid, chain) for chain in chains])
        pieces = _in_order(vertices, chain_of)
        return BoundaryIndex(
            ellipsoid,
            chains,
            np.concatenate(chains),
            vertices,
            bulges,
            along,
            chain_of,
            pieces,
            _boxes(vertices, bulges, pieces),
        )

    def nearest(self, lonlat: Floats) -> NearestPlaces:
        """Give the nearest place of all chains to each of the places (q, 2) in degrees.

        Places are worked on by several threads, each by itself: the result does not depend on how many.
        """
        places = as_places(lonlat)
        if not np.isfinite(places).all() or np.any(np.abs(places[:, 1]) > 90.0):
            raise GeometryError("a place to find the nearest boundary of is not on the ellipsoid; leave it out")
        if len(places) <= _AT_ONCE:
            chain, along, distance_m = self._nearest(places)
            return NearestPlaces(chain, along, at_along(self._lonlat, along), distance_m)
        order = np.argsort(_morton(cartesian(self.ellipsoid, places)), kind="stable")
        parts = [order[begin : begin + _AT_ONCE] for begin in range(0, len(order), _AT_ONCE)]
        chain, along = np.empty(len(places), np.intp), np.empty(len(places))
        distance_m = np.empty(len(places))
        with ThreadPoolExecutor() as threads:
            for part, found in zip(parts, threads.map(lambda part: self._nearest(places[part]), parts), strict=True):
                chain[part], along[part], distance_m[part] = found
        return NearestPlaces(chain, along, at_along(self._lonlat, along), distance_m)

    def _nearest(self, places: Floats) -> tuple[Indices, Floats, Floats]:
        """Give chain, along and distance for places that lie near one another."""
        from merestone.geodesy.boundary_tree import KEPT, nearest_pieces

        found, shares = np.empty((len(places), KEPT), np.int64), np.empty((len(places), KEPT))
        ellipsoid = (self.ellipsoid.a_m, self.ellipsoid.e2, radii_of_chords_m(self.ellipsoid)[1])
        tree = (self._pieces, self._chain_of, self._boxes)
        nearest_pieces(ellipsoid, self._vertices, self._bulges, tree, cartesian(self.ellipsoid, places), found, shares)
        chain, along, distance_m = self._measured(places, found[:, 0], shares[:, 0])
        for rival in range(1, KEPT):
            rows = np.nonzero(found[:, rival] >= 0)[0]
            if not len(rows):
                continue
            other, there, apart_m = self._measured(places[rows], found[rows, rival], shares[rows, rival])
            tied = np.abs(apart_m - distance_m[rows]) <= _TIE_M
            better = np.where(tied, other < chain[rows], apart_m < distance_m[rows])
            rows = rows[better]
            chain[rows], along[rows], distance_m[rows] = other[better], there[better], apart_m[better]
        return chain, along, distance_m

    def _measured(self, places: Floats, pieces: Integers, shares: Floats) -> tuple[Indices, Floats, Floats]:
        """Give the chains of pieces (k,), where along, and the distances of places from the places at their shares."""
        along = self._along[pieces] + shares * (self._along[pieces + 1] - self._along[pieces])
        distance_m = near_distances_m(self.ellipsoid, places, at_along(self._lonlat, along))
        return self._chain_of[pieces].astype(np.intp), along, distance_m


def _joined(chains: list[GeocentricChain]) -> tuple[Floats, Floats, Floats, Integers]:
    """Give vertices, bulges, where on all chains together, and the chain of each piece, -1 between two chains."""
    none = np.zeros((1, 3))
    vertices = np.concatenate([chain.vertices for chain in chains])
    bulges = np.concatenate([part for chain in chains for part in (chain.bulges, none)])
    before = np.cumsum([0] + [int(chain.along[-1]) + 1 for chain in chains[:-1]])
    along = np.concatenate([chain.along + first for chain, first in zip(chains, before, strict=True)])
    chain_of = np.repeat(np.arange(len(chains)), [len(chain.vertices) for chain in chains])
    chain_of[np.cumsum([len(chain.vertices) for chain in chains]) - 1] = -1
    return vertices, bulges, along, chain_of


def _in_order(vertices: Floats, chain_of: Integers) -> Integers:
    """Give the pieces so that those near one another in space are near one another in order."""
    pieces = np.nonzero(chain_of >= 0)[0]
    middles = (vertices[pieces] + vertices[pieces + 1]) / 2.0
    return np.asarray(pieces[np.argsort(_morton(middles), kind="stable")])


def _morton(places: Floats) -> Integers:
    """Give Morton's numbers of places in space (k, 3): the bits of the three coordinates in turn (G. Morton, 1966)."""
    least = places.min(axis=0, initial=np.inf)
    width = max(float((places.max(axis=0, initial=-np.inf) - least).max(initial=0.0)), 1.0)
    grid = ((places - least) / width * _GRID).astype(np.int64)
    for shift, mask in (
        (32, 0x1F00000000FFFF),
        (16, 0x1F0000FF0000FF),
        (8, 0x100F00F00F00F00F),
        (4, 0x10C30C30C30C30C3),
        (2, 0x1249249249249249),
    ):
        grid = (grid | (grid << shift)) & mask
    return np.asarray(grid[:, 0] | (grid[:, 1] << 1) | (grid[:, 2] << 2))


def _boxes(vertices: Floats, bulges: Floats, pieces: Integers) -> Floats:
    """Give the boxes of the tree, (2 k, 6): least X, Y, Z and greatest; a piece lies in the hull of ends and bulge."""
    starts, ends, bulge = vertices[pieces], vertices[pieces + 1], bulges[pieces]
    least = np.minimum(starts, ends) + np.minimum(bulge, 0.0)
    greatest = np.maximum(starts, ends) + np.maximum(bulge, 0.0)
    leaves = 2 ** max(0, math.ceil(math.log2(len(pieces) / _LEAF)))
    boxes = np.empty((2 * leaves, 6))
    boxes[:, :3], boxes[:, 3:] = np.inf, -np.inf
    firsts = np.arange(0, len(pieces), _LEAF)
    boxes[leaves : leaves + len(firsts), :3] = np.minimum.reduceat(least, firsts)
    boxes[leaves : leaves + len(firsts), 3:] = np.maximum.reduceat(greatest, firsts)
    while leaves > 1:
        pairs = boxes[leaves : 2 * leaves].reshape(-1, 2, 6)
        leaves //= 2
        boxes[leaves : 2 * leaves, :3] = pairs[:, :, :3].min(axis=1)
        boxes[leaves : 2 * leaves, 3:] = pairs[:, :, 3:].max(axis=1)
    return boxes
