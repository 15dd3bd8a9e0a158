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
                f"{track.name} crosses, touches or runs back over itself; land in a loop counts to the side on which the "
                "loop lies, or, where it only touches there, to the side that it is drawn around"
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
    order of the edges."""
    import shapely

    tree = shapely.STRtree(shapely.points(places))
    found = []
    for part in blocks(len(lonlat) - 1):
        ends = lonlat[part.start : part.stop + 1]
        edges = shapely.linestrings(np.stack([ends[:-1], ends[1:]], axis=1))
        edge, place = tree.query(edges, predicate="dwithin", distance=HAIR_DEG)
        order = np.argsort(edge, kind="stable")
        found.append((place[order], part.start + edge[order]))
    return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])
