"""A line of any kinds as a chain of close places, and where it is nearest to many places at once.

The chain keeps within a fifth of a millimetre of the line and its places within 250 m of one another, so that the
straight chord in space between two of them, lifted to the ellipsoid, is the line. The nearest chord is found exactly:
if the sample nearest to a place lies at D, a chord of length s that is nearer has an end within sqrt(D² + s²/4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.geodesy.arrays import Indices
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.cut import cut
from merestone.geodesy.densify import densify
from merestone.geodesy.elementary import cartesian, inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.part import Part
from merestone.geodesy.lines.path import Path
from merestone.geodesy.turning import Chord

CHAIN_M = 2e-4
"""How far the chain may lie from the line."""
SPACING_M = 250.0
_LEAST_APART_M = 1e-3
MOST_PLACES = 400_000
"""A line so long that it would need more has its places wider apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A line as a chain: its edges, `starts_m` (edges + 1,) where each begins; of the places on it `along_m` (n,) from
    the start, `lonlat` (n, 2) degrees, `xyz` (n, 3) geocentric metres."""

    edges: tuple[Line, ...]
    starts_m: Floats
    along_m: Floats
    lonlat: Floats
    xyz: Floats

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid that it lies on."""
        return self.edges[0].ellipsoid

    @property
    def length_m(self) -> float:
        """Its length in metres."""
        return float(self.starts_m[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Feet:
    """Where a line is nearest to n places: `along_m` (n,) and `lonlat` (n, 2) of the feet, `distance_m` (n,) geodesic
    distances, `azimuth_deg` (n,) from each place to its foot."""

    along_m: Floats
    lonlat: Floats
    distance_m: Floats
    azimuth_deg: Floats


def edges_of(line: Line, count: int | None = None) -> tuple[Line, ...]:
    """The pieces of a line between its corners; with `count` the pieces as they were given where there are so many."""
    if isinstance(line, ChainedLine):
        return line.pieces()
    if isinstance(line, Part):
        line = cut(line.whole, line.from_m, line.to_m)
    if not isinstance(line, Path):
        return (line,)
    if len(line.pieces) == count:
        return line.pieces
    return tuple(edge for piece in line.pieces for edge in edges_of(piece))


def trace(edges: Sequence[Line]) -> Trace:
    """The chain of edges that follow one another, one at least."""
    starts_m = np.concatenate([[0.0], np.cumsum([edge.length_m for edge in edges])])
    spacing_m = max(SPACING_M, float(starts_m[-1]) / MOST_PLACES)
    along, places = [], []
    for edge, start_m in zip(edges, starts_m, strict=False):
        within_m = _samples_m(edge, spacing_m)
        along.append(within_m + start_m)
        places.append(edge.position(within_m))
    lonlat = np.concatenate(places)
    return Trace(tuple(edges), starts_m, np.concatenate(along), lonlat, cartesian(edges[0].ellipsoid, lonlat))


def _samples_m(edge: Line, spacing_m: float) -> Floats:
    """Distances along an edge, its ends included, close enough for the chain to keep to it."""
    if edge.kind in ("geodesic", "meridian"):
        return _even_m(edge, spacing_m)
    return close_places_m(edge, spacing_m, CHAIN_M)


def close_places_m(edge: Line, spacing_m: float, tolerance_m: float) -> Floats:
    """Distances along an edge, its ends included, at most `spacing_m` apart, between which a geodesic keeps within
    `tolerance_m` of it; no two closer than a millimetre."""
    even_m, dense_m = _even_m(edge, spacing_m), densify(edge, tolerance_m, Chord.GEODESIC).along_m
    new_m = dense_m[np.abs(dense_m - even_m[_nearest_index(even_m, dense_m)]) > _LEAST_APART_M]
    return np.sort(np.concatenate([even_m, new_m]))


def _even_m(edge: Line, spacing_m: float) -> Floats:
    return np.linspace(0.0, edge.length_m, max(2, int(np.ceil(edge.length_m / spacing_m)) + 1))


def _nearest_index(sorted_m: Floats, asked_m: Floats) -> Indices:
    """The indices of the entries nearest to each of the distances asked for."""
    after = np.clip(np.searchsorted(sorted_m, asked_m), 1, len(sorted_m) - 1)
    return np.asarray(after - (asked_m - sorted_m[after - 1] < sorted_m[after] - asked_m))


def feet(line: Trace, lonlat: Floats) -> Feet:
    """Where a line is nearest to each place: (n, 2) -> `Feet`."""
    places = cartesian(line.ellipsoid, lonlat)
    which, segment = _candidates(line, places)
    starts, ends = line.xyz[segment], line.xyz[segment + 1]
    chord = ends - starts
    square = np.maximum((chord**2).sum(axis=1), 1e-18)
    share = np.clip(((places[which] - starts) * chord).sum(axis=1) / square, 0.0, 1.0)
    found = starts + share[:, None] * chord
    apart = ((places[which] - found) ** 2).sum(axis=1)
    order = np.lexsort((segment, apart, which))
    best = order[np.searchsorted(which[order], np.arange(len(places)))]
    at = segment[best]
    along_m = line.along_m[at] + share[best] * (line.along_m[at + 1] - line.along_m[at])
    feet_lonlat = _on_ellipsoid(line.ellipsoid, found[best])
    azimuth_deg, _, distance_m = inverse(line.ellipsoid, lonlat, feet_lonlat)
    return Feet(along_m, feet_lonlat, distance_m, azimuth_deg)


def _candidates(line: Trace, places: Floats) -> tuple[Indices, Indices]:
    """Pairs of a place and a chord that may be the nearest to it: indices of places, indices of chords."""
    from scipy.spatial import cKDTree

    tree = cKDTree(line.xyz)
    nearest_m, _ = tree.query(places)
    longest_m = float(np.sqrt((np.diff(line.xyz, axis=0) ** 2).sum(axis=1)).max())
    reach_m = np.hypot(nearest_m, longest_m / 2.0) * (1.0 + 1e-9) + 1e-6
    found = tree.query_ball_point(places, reach_m)
    counts = np.array([len(each) for each in found])
    which = np.repeat(np.arange(len(places)), counts)
    sample = np.concatenate([np.asarray(each, dtype=np.int64) for each in found])
    last = len(line.xyz) - 2
    both = np.concatenate([np.maximum(sample - 1, 0), np.minimum(sample, last)])
    pairs = np.unique(np.column_stack([np.concatenate([which, which]), both]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _on_ellipsoid(ellipsoid: Ellipsoid, xyz: Floats) -> Floats:
    """Longitude and latitude (n, 2) of places within a metre of the ellipsoid, (n, 3) geocentric metres."""
    lon = np.arctan2(xyz[:, 1], xyz[:, 0])
    lat = np.arctan2(xyz[:, 2], np.hypot(xyz[:, 0], xyz[:, 1]) * (1.0 - ellipsoid.e2))
    return np.asarray(np.degrees(np.column_stack([lon, lat])))
