"""How far two curves lie apart that follow data: the greatest distance from a place of either to the other.

Two tracings of one river agree as curves though no vertex of the one is a vertex of the other. Both are laid out densely,
and densely again wherever the distance between two places could still pass the tolerance: along one edge of the other curve
a distance has no peak between two places, elsewhere it rises by no more than the way between them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.texts.trace import Feet, Trace, feet, trace
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.chain import geodesic_chain

_ON_EDGE_M = 1e-4
_FINEST = 0.125
"""Places nearer to one another than this share of the tolerance are not parted further."""
_MOST_ROUNDS = 48


@dataclass(frozen=True, slots=True)
class Apart:
    """The greatest distance in metres between two curves, the place (degrees) of the one, and the nearest of the other."""

    distance_m: float
    place: tuple[float, float]
    foot: tuple[float, float]


def farthest_apart(ellipsoid: Ellipsoid, one: Floats, other: Floats, tolerance_m: float) -> Apart:
    """The greatest distance, both ways, between two chains of geodesics (n, 2), (m, 2) in degrees.

    What comes out at most `tolerance_m` is so to an eighth of it; what comes out above is a distance that is there.
    """
    lines = ChainedLine(geodesic_chain(ellipsoid, one)), ChainedLine(geodesic_chain(ellipsoid, other))
    traces = trace(lines[0].pieces()), trace(lines[1].pieces())
    ways = (
        _one_way(lines[0], traces[0], traces[1], tolerance_m),
        _one_way(lines[1], traces[1], traces[0], tolerance_m),
    )
    return max(ways, key=lambda way: way.distance_m)


def _one_way(line: ChainedLine, places: Trace, other: Trace, tolerance_m: float) -> Apart:
    along_m = np.unique(places.along_m)
    lonlat = line.position(along_m)
    found = feet(other, lonlat)
    for _ in range(_MOST_ROUNDS):
        open_ = _undecided(along_m, found, other, tolerance_m)
        if not open_.any() or found.distance_m.max() > tolerance_m:
            break
        middle_m = (along_m[:-1][open_] + along_m[1:][open_]) / 2.0
        lonlat_there = line.position(middle_m)
        order = np.argsort(np.concatenate([along_m, middle_m]), kind="stable")
        along_m = np.concatenate([along_m, middle_m])[order]
        lonlat = np.concatenate([lonlat, lonlat_there])[order]
        found = _joined(found, feet(other, lonlat_there), order)
    worst = int(found.distance_m.argmax())
    (lon, lat), (foot_lon, foot_lat) = lonlat[worst], found.lonlat[worst]
    return Apart(float(found.distance_m[worst]), (float(lon), float(lat)), (float(foot_lon), float(foot_lat)))


def _undecided(
    along_m: Floats, found: Feet, other: Trace, tolerance_m: float
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Between which neighbouring places the distance could pass the tolerance."""
    distance_m, way_m = found.distance_m, np.diff(along_m)
    low_m = np.minimum(found.along_m[:-1], found.along_m[1:]) + _ON_EDGE_M
    high_m = np.maximum(found.along_m[:-1], found.along_m[1:]) - _ON_EDGE_M
    first = np.searchsorted(other.starts_m, low_m, side="right")
    last = np.searchsorted(other.starts_m, high_m, side="left")
    at_most_m = np.where(
        last <= first,
        np.maximum(distance_m[:-1], distance_m[1:]),
        (distance_m[:-1] + distance_m[1:] + way_m) / 2.0,
    )
    return np.asarray((at_most_m > tolerance_m) & (way_m > _FINEST * tolerance_m))


def _joined(one: Feet, other: Feet, order: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Feet:
    return Feet(
        np.concatenate([one.along_m, other.along_m])[order],
        np.concatenate([one.lonlat, other.lonlat])[order],
        np.concatenate([one.distance_m, other.distance_m])[order],
        np.concatenate([one.azimuth_deg, other.azimuth_deg])[order],
    )
