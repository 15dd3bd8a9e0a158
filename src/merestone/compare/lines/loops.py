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

from merestone.compare.lines.crossing_itself import HAIR_DEG, meetings_with_itself, visits
from merestone.compare.lines.track import Track, Tracks, measured
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
    split = [unlooped(chain, _moved(track, chain)) for track, chain in strands]
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


def _moved(track: Track, chain: Floats) -> Floats:
    """Where a strand meets itself, moved by whole turns as its chain was."""
    return np.asarray(track.meetings + (chain[0] - track.lonlat[0]))


def _edges(chain: Floats) -> Floats:
    return np.column_stack([chain[:-1], chain[1:]])


def _area(ring: Floats) -> float:
    """The area of a ring in square degrees, anticlockwise positive: only its sign matters, and which is the largest."""
    x, y = (ring - ring[0]).T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2.0)


def unlooped(lonlat: Floats, meetings: Floats | None = None) -> Unlooped:
    """An open chain (n, 2) split into a chain with the same ends that does not meet itself, and loops; `meetings` are the
    places where it meets itself, sought where they are not given."""
    places = meetings_with_itself(lonlat) if meetings is None else meetings
    if (lonlat[0] == lonlat[-1]).all() and not (places == lonlat[0]).all(axis=1).any():
        places = np.concatenate([places, lonlat[:1]])
    chain, stops, place = _with_stops(lonlat, places)
    stretches: list[tuple[int, int, int]] = []  # first and last position, and the place at the last
    at: dict[int, int] = {}
    loops: list[Floats] = []
    begun = 0
    for stop, reached in zip([*stops.tolist(), len(chain) - 1], [*place.tolist(), -1], strict=True):
        stretches.append((begun, stop, reached))
        begun = stop
        start = at.setdefault(reached, len(stretches))
        if start < len(stretches):
            gone = stretches[start:]
            loops.append(np.concatenate([_edges(chain[first : last + 1]) for first, last, _ in gone]))
            del stretches[start:]
            for _, _, left in gone[:-1]:
                del at[left]
    kept = [chain[first : last + 1] for first, last, _ in stretches if last > first] or [lonlat[:1]]
    joined = np.concatenate([kept[0], *(each[1:] for each in kept[1:])])
    return Unlooped(joined, np.concatenate([*loops, np.empty((0, 4))]))


def noded(lonlat: Floats) -> Floats:
    """The chain with a vertex wherever it meets itself, the same coordinates on all its parts there: (m, 2)."""
    return _with_stops(lonlat, meetings_with_itself(lonlat))[0]


def _with_stops(lonlat: Floats, places: Floats) -> tuple[Floats, Indices, Indices]:
    """The chain (n, 2) with a vertex at each visit to one of its places (k, 2): the chain (m, 2), the positions of the visits
    in it, in order (v,), and the place of each (v,)."""
    if not len(places):
        return lonlat, np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    place, edge = visits(lonlat, places)
    along, to_end = (np.abs(places[place] - lonlat[edge + end]).max(axis=1) for end in (0, 1))
    at_end = to_end <= HAIR_DEG
    vertex = np.where(at_end, edge + 1, edge)
    along = np.where(at_end | (along <= HAIR_DEG), 0.0, along)
    _, once = np.unique(np.column_stack([vertex, place]), axis=0, return_index=True)
    order = once[np.lexsort((along[once], vertex[once]))]
    vertex, along, place = vertex[order], along[order], place[order]
    between = along > 0.0
    chain = np.insert(lonlat, vertex[between] + 1, places[place[between]], axis=0)
    inserted_before = np.searchsorted(vertex[between], vertex, side="left")
    own = np.zeros(len(vertex), dtype=np.intp)
    own[between] = np.arange(int(between.sum())) - inserted_before[between] + 1
    stops = vertex + inserted_before + own
    chain[stops] = places[place]
    return chain, stops, place


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
