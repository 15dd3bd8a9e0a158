"""Where a line meets itself: there it is a rule (`loops`) and not the line that says what lies left and right of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from merestone.geodesy.blocks import blocks
from merestone.geodesy.line import Floats, Indices
from merestone.sources.remark import Remark

if TYPE_CHECKING:
    from merestone.compare.lines.track import Track


def crossing_itself(title: str, tracks: tuple[Track, ...]) -> tuple[Remark, ...]:
    """A remark for every strand of a line that crosses, touches or runs back over itself, at the first such place,
    with how many there are. Edges are straight in longitude and latitude, as everywhere in a comparison."""
    found = []
    for track in tracks:
        places = track.meetings
        if len(places):
            count = len(places)
            sentence = (
                f"{track.name} crosses, touches or runs back over itself; land in such a loop counts as land of the "
                "side where the loop lies, or, if the line only touches itself, of the side around which the loop is drawn"
            )
            place = float(places[0, 0]), float(places[0, 1])
            found.append(Remark("D307", sentence, place, float(count), "place" if count == 1 else "places", title))
    return tuple(found)


HAIR_DEG = 1e-12
"""What rounding does to a crossing at most: a ten-thousandth of a millimetre."""


def meetings_with_itself(lonlat: Floats) -> Floats:
    """The places where a chain (n, 2) meets itself, in their order along it: (k, 2); the ends of what it runs over
    twice are such places. Meetings of neighbouring edges at their vertex, and the closing of a ring, are none."""
    import shapely

    chain = shapely.LineString(lonlat) if len(lonlat) > 1 else None
    if chain is None or shapely.is_simple(chain):
        return np.empty((0, 2))
    pieces = shapely.get_parts(shapely.union_all([chain]))
    coordinates, piece = shapely.get_coordinates(pieces, return_index=True)
    first = np.searchsorted(piece, np.arange(len(pieces)))
    last = np.append(first[1:], len(piece)) - 1
    places, met = np.unique(np.concatenate([coordinates[first], coordinates[last]]), axis=0, return_counts=True)
    ring = (lonlat[0] == lonlat[-1]).all()
    meeting = met > np.where(ring & (places == lonlat[0]).all(axis=1), 2, 1)
    places = places[meeting] if meeting.any() else places
    place, edge = visits(lonlat, places)
    _, earliest = np.unique(place, return_index=True)
    found, first_edge = place[earliest], edge[earliest]
    along = np.hypot(*(places[found] - lonlat[first_edge]).T)
    return np.asarray(places[found[np.lexsort((along, first_edge))]], dtype=np.float64)


def visits(lonlat: Floats, places: Floats) -> tuple[Indices, Indices]:
    """Which edges of a chain (n, 2) pass through which of its places (k, 2): the place and the edge of each visit, in the
    order of the edges. Places are sorted along the axis on which edges span the fewest of them."""
    low, high = np.minimum(lonlat[:-1], lonlat[1:]) - HAIR_DEG, np.maximum(lonlat[:-1], lonlat[1:]) + HAIR_DEG
    orders = [np.argsort(places[:, axis], kind="stable") for axis in (0, 1)]
    spans = [
        (
            np.searchsorted(places[order, axis], low[:, axis], "left"),
            np.searchsorted(places[order, axis], high[:, axis], "right"),
        )
        for axis, order in enumerate(orders)
    ]
    axis = int(np.argmin([(to - since).sum() for since, to in spans]))
    (since, to), order = spans[axis], orders[axis]
    found = []
    for part in blocks(len(lonlat) - 1):
        count = to[part] - since[part]
        edge = np.repeat(np.arange(part.start, part.start + len(count)), count)
        within = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
        place = order[np.repeat(since[part], count) + within]
        near = _apart(lonlat[edge], lonlat[edge + 1], places[place]) <= HAIR_DEG
        found.append((place[near], edge[near]))
    return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])


def _apart(start: Floats, end: Floats, place: Floats) -> Floats:
    """How far places lie from edges in the plane, each from its own: (v,)."""
    along, to_place = end - start, place - start
    length2 = (along**2).sum(axis=1)
    share = np.clip((along * to_place).sum(axis=1) / np.where(length2 > 0.0, length2, 1.0), 0.0, 1.0)
    return np.asarray(np.hypot(*(to_place - share[:, None] * along).T))
