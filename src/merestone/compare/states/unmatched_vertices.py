"""Vertices of one State that stand on an edge of another without being a vertex there.

Where one file has more vertices on a straight piece than its neighbour, the edges differ and the common boundary
would break. The missing vertices are put into the edges that they stand on. They are looked for only where it can
matter: on edges that no other State has but one end of which another State also has. What was put in may give new
such ends, so the search is repeated until nothing is found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.states.outlines import Outlines, with_inserted
from merestone.geodesy.arrays import Flags, Floats, Indices
from merestone.geodesy.elementary import radii_m
from merestone.geodesy.ellipsoid import Ellipsoid

ON_EDGE_M = 0.02
"""A vertex this near to an edge stands on it: coordinates rounded to seven decimals leave it up to 15 mm away."""

_PASSES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Inserted:
    """Vertices put into edges: their places (k, 2), the index of the State whose edge it is and of theirs, (k,), and how
    far from the edge they lay in metres, (k,): the gap between the outlines that is closed there."""

    lonlat: Floats
    into: Indices
    of: Indices
    across_m: Floats


def with_unmatched_vertices(
    lines: Outlines, ellipsoid: Ellipsoid, within_m: float = ON_EDGE_M
) -> tuple[Outlines, Inserted]:
    """Give the outlines with every State's vertices put into the edges of others that they stand on, and which."""
    found = []
    for _ in range(_PASSES):
        edge, place, across_m = _standing_on(lines, ellipsoid, within_m)
        if not len(edge):
            break
        found.append((lines.lonlat[place], lines.state[edge], lines.state[place], across_m))
        lines = with_inserted(lines, edge, lines.lonlat[place])
    if not found:
        nothing = np.empty(0, dtype=np.intp)
        return lines, Inserted(np.empty((0, 2)), nothing, nothing, np.empty(0))
    return lines, Inserted(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _standing_on(lines: Outlines, ellipsoid: Ellipsoid, within_m: float) -> tuple[Indices, Indices, Floats]:
    """Give edges, the places of other States that stand on them, one for each place and edge, and how far off these lie."""
    edge, single = single_edges(lines)
    common = _common_vertices(lines)
    anchored = edge[single & (common[lines.vertex[edge]] | common[lines.vertex[edge + 1]])]
    unmatched = edge[single]
    taken = np.zeros(len(lines.ring), dtype=bool)
    taken[unmatched] = taken[unmatched + 1] = True
    if not len(anchored):
        return anchored, anchored, np.empty(0)
    places = np.nonzero(taken & _in_cells_of(lines.lonlat, anchored))[0]
    which, candidate = _near(lines.lonlat, anchored, places, within_m)
    own = (lines.vertex[candidate] == lines.vertex[which]) | (lines.vertex[candidate] == lines.vertex[which + 1])
    foreign = ~own & (lines.state[candidate] != lines.state[which])
    which, candidate = which[foreign], candidate[foreign]
    on_edge, across_m = _on_edge(lines.lonlat, which, candidate, ellipsoid, within_m)
    which, candidate, across_m = which[on_edge], candidate[on_edge], across_m[on_edge]
    # One vertex of several States is put into an edge once.
    kept = np.unique(np.column_stack([which, lines.vertex[candidate]]), axis=0, return_index=True)[1]
    kept.sort()
    return which[kept], candidate[kept], across_m[kept]


def single_edges(lines: Outlines) -> tuple[Indices, Flags]:
    """Give all edges and whether each stands in one ring only."""
    edge = lines.edges
    start, end = lines.vertex[edge], lines.vertex[edge + 1]
    key = np.minimum(start, end) * lines.vertices + np.maximum(start, end)
    order = np.argsort(key, kind="stable")
    alike = key[order][1:] == key[order][:-1]
    paired = np.empty(len(edge), dtype=bool)
    paired[order] = np.append(alike, False) | np.append(False, alike)
    return edge, ~paired


def _common_vertices(lines: Outlines) -> Flags:
    """Give for each vertex number whether more than one State has it."""
    least = np.full(lines.vertices, len(lines.identities), dtype=np.intp)
    most = np.full(lines.vertices, -1, dtype=np.intp)
    np.minimum.at(least, lines.vertex, lines.state)
    np.maximum.at(most, lines.vertex, lines.state)
    return np.asarray(least != most)


def _in_cells_of(lonlat: Floats, edges: Indices) -> Flags:
    """Give whether each place lies in a cell of a degree that an edge's box meets, or next to one."""
    cells = np.zeros((360, 184), dtype=bool)
    lon, lat = (np.floor(lonlat[:, axis]).astype(np.intp) for axis in (0, 1))
    west, east = (choose(lon[edges], lon[edges + 1]) for choose in (np.minimum, np.maximum))
    south, north = (choose(lat[edges], lat[edges + 1]) for choose in (np.minimum, np.maximum))
    for x0, x1, y0, y1 in zip(west, east, south, north, strict=True):
        cells[np.arange(x0 - 1, min(x1 + 2, x0 + 361)) % 360, y0 + 90 : y1 + 93] = True
    return np.asarray(cells[lon % 360, np.clip(lat + 91, 0, 183)])


def _near(lonlat: Floats, edges: Indices, places: Indices, within_m: float) -> tuple[Indices, Indices]:
    """Give pairs of edge and place whose boxes in longitude and latitude meet, sorted by edge, then place."""
    import shapely

    low = np.minimum(lonlat[edges], lonlat[edges + 1])
    high = np.maximum(lonlat[edges], lonlat[edges + 1])
    north = within_m / 100_000.0
    east = north / np.maximum(np.cos(np.radians(np.maximum(np.abs(low[:, 1]), np.abs(high[:, 1])))), 0.01)
    boxes = shapely.box(low[:, 0] - east, low[:, 1] - north, high[:, 0] + east, high[:, 1] + north)
    of_place, of_edge = shapely.STRtree(boxes).query(shapely.points(lonlat[places]))
    order = np.lexsort((of_place, of_edge))
    return edges[of_edge[order]], places[of_place[order]]


def _on_edge(
    lonlat: Floats, edge: Indices, place: Indices, ellipsoid: Ellipsoid, within_m: float
) -> tuple[Flags, Floats]:
    """Give whether each place lies within a distance of its edge, between its ends, and that distance in metres; (k,)."""
    meridian, prime_vertical = radii_m(ellipsoid, lonlat[place, 1])
    scale = np.radians(np.column_stack([prime_vertical * np.cos(np.radians(lonlat[place, 1])), meridian]))
    step = (lonlat[edge + 1] - lonlat[edge]) * scale
    away = (lonlat[place] - lonlat[edge]) * scale
    length2 = np.maximum(np.sum(step * step, axis=1), 1e-30)
    share = np.sum(away * step, axis=1) / length2
    across = np.abs(step[:, 0] * away[:, 1] - step[:, 1] * away[:, 0]) / np.sqrt(length2)
    return np.asarray((across <= within_m) & (share > 0.0) & (share < 1.0)), np.asarray(across)
