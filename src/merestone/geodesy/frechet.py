"""The Fréchet distance between two chains: the shortest leash on which one can run along both, never going back.

M. Fréchet, Sur quelques points du calcul fonctionnel, Rend. Circ. Mat. Palermo 22 (1906) 1-72; decided for one length at
a time after Alt and Godau (see `free_space`). It is never below the Hausdorff distance, and of two versions of one
boundary most often equal to it: then one decision suffices. Where not, the length is sought by steps that double
(J. L. Bentley and A. C. Yao, Inf. Process. Lett. 5 (1976) 82-87) and then by halving.

Distances are chords in space between pieces kept to 0.1 mm (`geocentric_chain`), turned into bounds of geodesic
distance (`chord_length`). Free space is taken to be convex in each cell; the bend of edges straight in lon/lat takes from
that at most some h tan(phi) / 8R of the distance, 4e-5 at latitude 45 for pieces h of 2 km, and less for shorter edges.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.chord_length import chord_within_m, geodesic_at_least_m
from merestone.geodesy.elementary import inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.geocentric_chain import GeocentricChain, checked_chain, geocentric_chain
from merestone.geodesy.line import Floats

_LEAST_M = 1e-6
"""Chains nearer to one another than this are one."""
_FINEST = 1e-6
_COLUMNS = 4096
"""Pieces of the first chain whose cells are held at a time while a way is traced."""


@dataclass(frozen=True, slots=True, eq=False)
class Frechet:
    """The Fréchet distance in metres lies from `at_least_m` to `at_most_m`.

    `knots_along` (k, 2): a way along both chains that is never further apart than `at_most_m`, straight between its
    knots: i + s is the place at the share s of the edge after vertex i. Empty (0, 2) where no way was asked for.
    """

    at_least_m: float
    at_most_m: float
    knots_along: Floats


def frechet_distance(
    ellipsoid: Ellipsoid,
    first: Floats,
    second: Floats,
    at_least_m: float = 0.0,
    relative: float = 1e-3,
    *,
    with_path: bool = False,
) -> Frechet:
    """Give the Fréchet distance in metres between two open chains straight in lon/lat, (n, 2) and (m, 2) degrees.

    `at_least_m` is a bound that the caller knows (the Hausdorff distance) and is believed; the interval given is no wider
    than `relative` of its lower end, or a micrometre, but for what chords leave open (1e-8 of 20 km, 2e-5 of 1000 km). Raise `GeometryError` for a chain without two places.
    """
    if not (_FINEST <= relative <= 1.0 and 0.0 <= at_least_m < math.inf):
        raise GeometryError(
            f"a Fréchet distance is found to {_FINEST:g} to 1 of itself, from a bound in metres, not to {relative} "
            f"from {at_least_m}; give `relative` and `at_least_m` within these"
        )
    first, second = checked_chain(first), checked_chain(second)
    ends_m = inverse(ellipsoid, first[[0, -1]], second[[0, -1]])[2]
    least_m = max(float(at_least_m), float(ends_m.max()))
    pair = _Pair(ellipsoid, geocentric_chain(ellipsoid, first), geocentric_chain(ellipsoid, second))
    low_m, high_m = _enclosed(pair, least_m, relative)
    return Frechet(low_m, high_m, pair.way(high_m) if with_path else np.empty((0, 2)))


def frechet_distance_closed(
    ellipsoid: Ellipsoid, first: Floats, second: Floats, at_least_m: float = 0.0, relative: float = 1e-3
) -> Frechet:
    """Give bounds of the Fréchet distance in metres between two rings, the first place of each again at its end.

    The second ring is opened at the vertices nearest to the first one's start, up to four of them; the least of what
    is found is an upper bound, since another pair of places may open them better. The lower bound is the caller's.
    """
    first, second = checked_chain(first), checked_chain(second)
    starts = np.broadcast_to(first[0], (len(second) - 1, 2))
    apart_m = inverse(ellipsoid, starts, second[:-1])[2]
    lower = (apart_m <= np.roll(apart_m, 1)) & (apart_m <= np.roll(apart_m, -1))
    tried = np.nonzero(lower)[0]
    tried = tried[np.argsort(apart_m[tried], kind="stable")][:4]
    found = [frechet_distance(ellipsoid, first, _opened(second, int(at)), at_least_m, relative) for at in tried]
    return Frechet(at_least_m, min(each.at_most_m for each in found), np.empty((0, 2)))


def _opened(ring: Floats, at: int) -> Floats:
    """Give the ring run from another of its vertices, longitudes running on."""
    turned = np.concatenate([ring[at:-1], ring[: at + 1]])
    turned[len(ring) - 1 - at :, 0] += ring[-1, 0] - ring[0, 0]
    return turned


def _enclosed(pair: _Pair, least_m: float, relative: float) -> tuple[float, float]:
    """Give a length that is not enough, or the least to be thought of, and one that is, in metres."""
    refused_m, high_m = 0.0, max(least_m, _LEAST_M) * (1.0 + relative)
    step = 2.0 * relative
    while not pair.within(high_m):
        refused_m, high_m, step = high_m, high_m * (1.0 + step), 2.0 * step
    while refused_m and high_m - refused_m > relative * refused_m * (1.0 + 1e-9):
        middle_m = math.sqrt(refused_m * high_m)
        if pair.within(middle_m):
            high_m = middle_m
        else:
            refused_m = middle_m
    return max(least_m, pair.beyond_m(refused_m)), high_m


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """Two chains in space, of which lengths are asked."""

    ellipsoid: Ellipsoid
    first: GeocentricChain
    second: GeocentricChain

    def within(self, geodesic_m: float) -> bool:
        """Whether both can be run along together within the distance."""
        from merestone.geodesy.free_space import first_border, swept

        limit2 = chord_within_m(self.ellipsoid, geodesic_m) ** 2
        border = first_border(self.first.vertices, self.second.vertices, self.second.bulges, limit2)
        cells, parts, _ = swept(*self._pieces, limit2, (0, len(self.first.bulges)), border, 0)[0]
        return bool(len(cells)) and cells[-1] == len(self.second.bulges) - 1 and bool(parts[-1, 1] == 1.0)

    def beyond_m(self, geodesic_m: float) -> float:
        """What is exceeded for certain where they are not within the distance, in metres."""
        return geodesic_at_least_m(self.ellipsoid, chord_within_m(self.ellipsoid, geodesic_m))

    def way(self, geodesic_m: float) -> Floats:
        """A way along both within a distance that allows one, (k, 2) shares run, first to last.

        Borders are kept every some thousand columns, and the cells between two of them are visited once more.
        """
        from merestone.geodesy.free_space import first_border, swept, traced

        limit2 = chord_within_m(self.ellipsoid, geodesic_m) ** 2
        columns, rows = len(self.first.bulges), len(self.second.bulges)
        blocks = [(begin, min(begin + _COLUMNS, columns)) for begin in range(0, columns, _COLUMNS)]
        borders = [first_border(self.first.vertices, self.second.vertices, self.second.bulges, limit2)]
        visited = []
        for block in blocks:
            border, cells, _ = swept(*self._pieces, limit2, block, borders[-1], 0)
            borders.append(border)
            visited.append(cells)
        leaving = (columns - 1, rows - 1, 1.0, 1.0)
        parts = [np.array([[columns, rows]], dtype=np.float64)]
        for block, border, cells in zip(blocks[::-1], borders[-2::-1], visited[::-1], strict=True):
            _, _, record = swept(*self._pieces, limit2, block, border, cells)
            part, leaving = traced(*self._pieces, block, record, leaving)
            parts.append(part)
            if part[-1, 1] == 0.0:
                break
        return self._whole(np.concatenate(parts)[::-1])

    @property
    def _pieces(self) -> tuple[Floats, Floats, Floats, Floats]:
        return self.first.vertices, self.first.bulges, self.second.vertices, self.second.bulges

    def _whole(self, way: Floats) -> Floats:
        """Give the way from the starts of both, passing every piece's end that lies before its first knot."""
        column, row = way[0]
        waiting = np.arange(0.0, math.ceil(max(column, row)))[:, None]
        way = np.concatenate([waiting * ([[1.0, 0.0]] if row == 0.0 else [[0.0, 1.0]]), way])
        distinct = np.append(True, np.any(np.diff(way, axis=0) != 0.0, axis=1))
        way = way[distinct]
        return np.column_stack([self.first.along_at(way[:, 0]), self.second.along_at(way[:, 1])])
