"""On which side of a line places lie where the line crosses itself: by levels.

A line that meets itself is a line that does not (its loops erased in the order in which they close; G. F. Lawler, A
self-avoiding random walk, Duke Math. J. 47, 1980) and closed loops. The *level* of a place is 1 on the left of the
former and 0 on its right, plus how often each loop winds around the place; it changes by one across any part of the line,
more on its left. A ring is a loop; where there is nothing else, the level of all that is far away is 0 for one that runs
anticlockwise, 1 for one that runs clockwise. A place lies on the left where its level is at least 1. An overshoot at a bend so changes nothing: its loop
has level 2 in land on the left, -1 in land on the right. A peninsula whose neck is one point has level 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.lines.track import Tracks, measured
from merestone.geodesy.line import Floats, Indices


@dataclass(frozen=True, slots=True, eq=False)
class Unlooped:
    """A chain without its loops (n, 2), and the edges of all its loops (e, 4): from x, y to x, y."""

    lonlat: Floats
    loops: Floats


def sides(tracks: Tracks, chains: list[Floats], places: Floats) -> Floats:
    """1.0 for places (q, 2) left of a line, -1.0 for those right of it: (q,). `chains` are its strands moved by whole
    turns to where the places are."""
    if all(track.simple for track in tracks.tracks):
        return np.asarray(tracks.nearest(places)[0].side)
    closed = [bool((chain[0] == chain[-1]).all()) for chain in chains]
    rings = [chain for chain, is_closed in zip(chains, closed, strict=True) if is_closed]
    strands = [
        (track, chain) for track, chain, is_closed in zip(tracks.tracks, chains, closed, strict=True) if not is_closed
    ]
    split = [unlooped(chain) for _, chain in strands]
    loops = np.concatenate([*map(_edges, rings), *(each.loops for each in split), np.empty((0, 4))])
    level = windings(loops, places)
    if strands:
        rest = tuple(
            measured(track.ellipsoid, each.lonlat, track) for (track, _), each in zip(strands, split, strict=True)
        )
        level += Tracks.of(rest).nearest(places)[0].side > 0.0
    else:
        level += int(min((_area(ring) for ring in rings), key=lambda area: -abs(area)) < 0.0)
    return np.where(level >= 1, 1.0, -1.0)


def _edges(chain: Floats) -> Floats:
    return np.column_stack([chain[:-1], chain[1:]])


def _area(ring: Floats) -> float:
    """The area of a ring in square degrees, anticlockwise positive: only its sign matters, and which is the largest."""
    x, y = (ring - ring[0]).T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2.0)


def unlooped(lonlat: Floats) -> Unlooped:
    """An open chain (n, 2) split into a chain with the same ends that does not meet itself, and loops."""
    walked: list[tuple[float, ...]] = []
    at: dict[tuple[float, ...], int] = {}
    loops: list[Floats] = []
    for place in map(tuple, noded(lonlat).tolist()):
        start = at.setdefault(place, len(walked))
        if start == len(walked):
            walked.append(place)
            continue
        loops.append(_edges(np.array([*walked[start:], place])))
        for gone in walked[start + 1 :]:
            del at[gone]
        del walked[start + 1 :]
    return Unlooped(np.array(walked), np.concatenate([*loops, np.empty((0, 4))]))


def noded(lonlat: Floats) -> Floats:
    """The chain with a vertex wherever it meets itself, the same coordinates on both parts: (m, 2)."""
    import shapely

    edges = np.stack([lonlat[:-1], lonlat[1:]], axis=1)
    segments = shapely.linestrings(edges)
    one, other = shapely.STRtree(segments).query(segments, predicate="intersects")
    apart = one < other
    one, other = one[apart], other[apart]
    met, pair = shapely.get_coordinates(shapely.intersection(segments[one], segments[other]), return_index=True)
    met = _at_vertices(edges, one[pair], other[pair], met)
    edge, place = np.concatenate([one[pair], other[pair]]), np.concatenate([met, met])
    along = np.hypot(*(place - lonlat[edge]).T)
    every = np.concatenate([np.arange(len(edges)), edge, [len(edges)]])
    at = np.concatenate([np.zeros(len(edges)), along, [0.0]])
    chain = np.concatenate([lonlat[:-1], place, lonlat[-1:]])[np.lexsort((at, every))]
    moved = np.concatenate([[True], (np.diff(chain, axis=0) != 0.0).any(axis=1)])
    return np.asarray(chain[moved])


def _at_vertices(edges: Floats, one: Indices, other: Indices, met: Floats) -> Floats:
    """Meeting places, those a hair from an end of either edge at that end."""
    moved = met.copy()
    for ends in (edges[other], edges[one]):
        for end in (0, 1):
            near = np.abs(ends[:, end] - met).max(axis=1) <= _HAIR_DEG
            moved[near] = ends[near, end]
    return moved


_HAIR_DEG = 1e-13
"""What rounding does to a crossing at most; a hundred-thousandth of a millimetre."""


def windings(edges: Floats, places: Floats) -> Indices:
    """How often closed chains of edges (e, 4) wind around places (q, 2), anticlockwise positive: (q,).

    Counted along a ray to the east (D. Sunday, Inclusion of a point in a polygon, 2001): edges that cross it upwards
    add one, downwards take one off.
    """
    import shapely

    found = np.zeros(len(places), dtype=np.intp)
    if not len(edges) or not len(places):
        return found
    east = max(float(edges[:, [0, 2]].max()), float(places[:, 0].max())) + 1.0
    rays = shapely.linestrings(np.stack([places, np.column_stack([np.full(len(places), east), places[:, 1]])], axis=1))
    ray, edge = shapely.STRtree(shapely.linestrings(edges.reshape(-1, 2, 2))).query(rays)
    (x, y), (x1, y1, x2, y2) = places[ray].T, edges[edge].T
    turn = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
    up, down = (y1 <= y) & (y < y2) & (turn > 0.0), (y2 <= y) & (y < y1) & (turn < 0.0)
    np.add.at(found, ray, up.astype(np.intp) - down.astype(np.intp))
    return found
