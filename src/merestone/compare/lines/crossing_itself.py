"""Where a line meets itself: there it is a rule (`loops`) and not the line that says what lies left and right of it."""

from __future__ import annotations

import numpy as np

from merestone.compare.lines.track import Track
from merestone.geodesy.blocks import blocks
from merestone.geodesy.line import Floats, Indices
from merestone.sources.remark import Remark


def crossing_itself(title: str, tracks: tuple[Track, ...]) -> tuple[Remark, ...]:
    """A remark for every strand of a line that crosses, touches or runs back over itself, at the first such place,
    with how many there are. Edges are straight in longitude and latitude, as everywhere in a comparison."""
    found = []
    for track in tracks:
        places = np.empty((0, 2)) if track.simple else meetings_with_itself(track.lonlat)
        if len(places):
            count = len(places)
            sentence = (
                f"{track.name} crosses, touches or runs back over itself; land in a loop counts to the side on which the "
                "loop lies, or, where it only touches there, to the side that it is drawn around"
            )
            place = float(places[0, 0]), float(places[0, 1])
            found.append(Remark("D307", sentence, place, float(count), "place" if count == 1 else "places", title))
    return tuple(found)


def meetings_with_itself(lonlat: Floats) -> Floats:
    """The places where a chain (n, 2) meets itself, in their order along it: (k, 2); the ends of what it runs over
    twice are such places. Meetings of neighbouring edges at their vertex, and the closing of a ring, are none."""
    import shapely

    chain = shapely.LineString(lonlat)
    if shapely.is_simple(chain):
        return np.empty((0, 2))
    pieces = shapely.get_parts(shapely.union_all([chain]))
    ends = np.concatenate([shapely.get_coordinates(each)[[0, -1]] for each in pieces])
    places, met = np.unique(ends, axis=0, return_counts=True)
    ring = (lonlat[0] == lonlat[-1]).all()
    meeting = met > np.where(ring & (places == lonlat[0]).all(axis=1), 2, 1)
    places = places[meeting] if meeting.any() else places
    return np.asarray(places[_order(lonlat, places)], dtype=np.float64)


def _order(lonlat: Floats, places: Floats) -> Indices:
    """The order in which a chain first comes to places on it: (k,)."""
    first = _first_edges(lonlat, places)
    along = np.hypot(*(places - lonlat[first]).T)
    return np.asarray(np.lexsort((along, first)), dtype=np.intp)


def _first_edges(lonlat: Floats, places: Floats) -> Indices:
    """The edge of a chain nearest to each place, of several the first: (k,). A tree of GEOS takes some 300 bytes an edge,
    so there is one for each block of edges, one after the other."""
    import shapely

    points = shapely.points(places)
    nearest, first = np.full(len(places), np.inf), np.full(len(places), len(lonlat) - 2, dtype=np.intp)
    for part in blocks(len(lonlat) - 1):
        ends = lonlat[part.start : part.stop + 1]
        edges = shapely.STRtree(shapely.linestrings(np.stack([ends[:-1], ends[1:]], axis=1)))
        (place, edge), apart = edges.query_nearest(points, return_distance=True)
        least, found = np.full(len(places), np.inf), np.full(len(places), len(lonlat) - 2, dtype=np.intp)
        least[place] = apart
        np.minimum.at(found, place, part.start + edge)
        nearer = least < nearest
        nearest[nearer], first[nearer] = least[nearer], found[nearer]
    return first
