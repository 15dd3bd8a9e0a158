"""The zones of difference: closed areas between two lines, each with its size, its place along them, and how sure it is.

Areas are those of rings straight in longitude and latitude on the ellipsoid (`geodesy.lonlat_area`). Areas narrower than
the error of computation are no zones; they are counted together as crumbs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from merestone.compare.arrangement import Faces, Lines, polygons_of
from merestone.compare.comparison import Balance, Reach, Side, Zone
from merestone.compare.orientation import Sides
from merestone.compare.significance import Doubt, Edge, real, zone_area_sigma_m2
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Flags, Floats, Indices
from merestone.geodesy.lonlat_area import ring_areas_m2

_ON_LINE_M = 1e-4
_FINEST_PIECES = 4_000
"""Into how many pieces the edge of a zone is cut at most for the integral of the covariance."""


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """The edges of all faces: from vertex `start` to `start + 1` of the rings; `face` (e,); `line` (e,) 0 or 1 whose
    edge it is, -1 a connector's; `length_m` (e,); `at_m` (e, 2) chainages of its middle on both lines; `span_m`
    (e, 2) lowest and highest chainage on its own line; `strand` (e, 2) of both lines."""

    start: Indices
    face: Indices
    line: Indices
    length_m: Floats
    at_m: Floats
    span_m: Floats
    strand: Indices


@dataclass(frozen=True, slots=True, eq=False)
class _OnLines:
    """All vertices of all rings against both lines: distance (n, 2), chainage (n, 2) on its whole track, strand (n, 2)."""

    apart_m: Floats
    along_m: Floats
    strand: Indices


def zones(lines: Lines, faces: Faces, doubt: Doubt) -> tuple[tuple[Zone, ...], Balance]:
    """The zones in the order of their numbers, and the areas by side."""
    if not len(faces.place):
        return (), Balance(0.0, 0.0, 0.0, 0)
    ring_m2 = ring_areas_m2(lines.ellipsoid, faces.rings, faces.offsets)
    area_m2 = _summed(faces.face, ring_m2, len(faces.place))
    on = _on_lines(lines, faces.rings)
    edges = _edges(lines, faces, on)
    round_m = _summed(edges.face, edges.length_m, len(faces.place))
    large = area_m2 > doubt.settings.error_m * round_m / 2.0
    balance = _balance(area_m2, faces.left_of_first, large)
    found = _in_order(lines, _all_zones(lines, faces, edges, on, (area_m2, large), doubt))
    return _with_neighbours(found, faces), balance


def _summed(of: Indices, values: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(of, weights=values, minlength=count), dtype=np.float64)


def _balance(area_m2: Floats, left: Flags, large: Flags) -> Balance:
    left_m2, right_m2 = float(area_m2[left].sum()), float(area_m2[~left].sum())
    return Balance(left_m2, right_m2, float(area_m2[~large].sum()), int(np.count_nonzero(~large)))


def _on_lines(lines: Lines, places: Floats) -> _OnLines:
    columns = []
    for line in (0, 1):
        feet, along_m = lines.parts[line].nearest(places)
        columns.append((feet.distance_m, along_m + lines.from_m[line][feet.chain], feet.chain))
    apart, along, strand = (np.column_stack(each) for each in zip(*columns, strict=True))
    return _OnLines(apart, along, strand)


def _edges(lines: Lines, faces: Faces, on: _OnLines) -> Edges:
    """All edges with the line that they belong to: that on which both ends lie, else, where both lie on both, that on
    which the middle lies."""
    last = np.zeros(len(faces.rings), dtype=np.bool_)
    last[faces.offsets[1:] - 1] = True
    start = np.nonzero(~last)[0]
    ring = np.searchsorted(faces.offsets, start, side="right") - 1
    off_m = np.maximum(on.apart_m[start], on.apart_m[start + 1])
    on_both = (off_m < _ON_LINE_M).all(axis=1)
    if on_both.any():
        middles = (faces.rings[start[on_both]] + faces.rings[start[on_both] + 1]) / 2.0
        off_m[on_both] = _on_lines(lines, middles).apart_m
    line = np.where(off_m.min(axis=1) > _ON_LINE_M, -1, off_m.argmin(axis=1))
    length_m = inverse(lines.ellipsoid, faces.rings[start], faces.rings[start + 1])[2]
    own = np.maximum(line, 0)
    ends = np.stack([on.along_m[start, own], on.along_m[start + 1, own]])
    return Edges(
        start,
        faces.face[ring],
        line,
        length_m,
        (on.along_m[start] + on.along_m[start + 1]) / 2.0,
        np.column_stack([ends.min(axis=0), ends.max(axis=0)]),
        on.strand[start],
    )


def _all_zones(
    lines: Lines,
    faces: Faces,
    edges: Edges,
    on: _OnLines,
    areas: tuple[Floats, Flags],
    doubt: Doubt,
) -> list[Zone]:
    """Every face that is large enough as a zone, numbered by its face plus one until they are put in order."""
    area_m2, large = areas
    polygons = polygons_of(faces)
    vertex_face = np.repeat(faces.face, np.diff(faces.offsets))
    widest_m = np.zeros(len(faces.place))
    np.maximum.at(widest_m, vertex_face, on.apart_m.max(axis=1))
    order = np.argsort(edges.face, kind="stable")
    bounds = np.searchsorted(edges.face[order], np.arange(len(faces.place) + 1))
    found = []
    for face in np.nonzero(large)[0].tolist():
        mine = order[bounds[face] : bounds[face + 1]]
        left = bool(faces.left_of_first[face])
        lengths_m = tuple(float(edges.length_m[mine[edges.line[mine] == line]].sum()) for line in (0, 1))
        sigma_m2 = _sigma_m2(faces, edges, mine, doubt, left=left)
        probability = float(real(area_m2[[face]], np.array([sigma_m2]), 0.0)[0])
        stretch, sides = _belongs(lines, edges, mine)
        found.append(
            Zone(
                face + 1,
                stretch,
                Side.LEFT if left else Side.RIGHT,
                sides[0] if left else sides[1],
                sides[1] if left else sides[0],
                (polygons[face],),
                float(area_m2[face]),
                sigma_m2,
                (lengths_m[0], lengths_m[1]),
                float(widest_m[face]),
                float(area_m2[face]) / max(sum(lengths_m) / sum(length > 0.0 for length in lengths_m), 1e-9),
                _reaches(lines, edges, mine),
                (float(faces.place[face, 0]), float(faces.place[face, 1])),
                (),
                probability,
                doubt.verdict(probability),
            )
        )
    return found


def _reaches(lines: Lines, edges: Edges, mine: Indices) -> tuple[Reach | None, Reach | None]:
    """Where a zone lies along either line."""
    found: list[Reach | None] = []
    for line in (0, 1):
        own = mine[edges.line[mine] == line]
        if not len(own):
            found.append(None)
            continue
        strand = int(edges.strand[own[0], line])
        span = edges.span_m[own[edges.strand[own, line] == strand]]
        found.append(Reach(lines.parts[line].tracks[strand].name, float(span[:, 0].min()), float(span[:, 1].max())))
    return found[0], found[1]


def _belongs(lines: Lines, edges: Edges, mine: Indices) -> tuple[int | None, Sides]:
    """The stretch that a zone belongs to, None for a ring that only one line has, and who lies to either side of it."""
    stretches, sides = [], []
    for line in (0, 1):
        own = mine[edges.line[mine] == line]
        if len(own):
            strand = int(edges.strand[own[0], line])
            stretches.append(int(lines.stretch[line][strand]))
            sides.append(lines.sides[line][strand])
    alone = not stretches or min(stretches) < 0
    at = stretches.index(min(stretches)) if stretches else 0
    return None if alone else stretches[0], sides[at] if sides else (None, None)


def _sigma_m2(faces: Faces, edges: Edges, mine: Indices, doubt: Doubt, *, left: bool) -> float:
    """The standard deviation of a zone's area. Its rings run with the zone on their left: along the first line where
    the zone lies left of it, against it otherwise, and the other way along the second."""
    if not doubt.stated:
        return 0.0
    both = [_edge(faces, edges, mine[edges.line[mine] == line], doubt, forward=left == (line == 0)) for line in (0, 1)]
    return zone_area_sigma_m2(doubt, both[0], both[1])


def _edge(faces: Faces, edges: Edges, own: Indices, doubt: Doubt, *, forward: bool) -> Edge:
    """The edge of a zone along one line, in pieces that are short against every correlation length."""
    start, end = faces.rings[edges.start[own]], faces.rings[edges.start[own] + 1]
    if not forward:
        start, end = end, start
    step = end - start
    azimuth = np.degrees(np.arctan2(step[:, 0] * np.cos(np.radians((start[:, 1] + end[:, 1]) / 2.0)), step[:, 1]))
    at_m, length_m = edges.at_m[own].mean(axis=1), edges.length_m[own]
    finest_m = max(doubt.shortest_correlation_m / 4.0, float(length_m.sum()) / _FINEST_PIECES) if len(own) else 1.0
    cuts = np.maximum(1, np.ceil(np.minimum(length_m / finest_m, 2.0 * _FINEST_PIECES))).astype(np.intp)
    piece = np.repeat(np.arange(len(own)), cuts)
    rank = np.arange(len(piece)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    inside_m = at_m[piece] + length_m[piece] * ((rank + 0.5) / cuts[piece] - 0.5)
    return Edge(inside_m, azimuth[piece], length_m[piece] / cuts[piece])


def _in_order(lines: Lines, found: list[Zone]) -> list[tuple[int, Zone]]:
    """The zones along the common orientation with the faces they were: by stretch, then by where their middle lies on
    both lines; rings that only one line has come last, by their place."""

    def key(zone: Zone) -> tuple[int, float, float, float]:
        if zone.stretch is None:
            return len(lines.stretch[0]) + len(lines.stretch[1]), 0.0, round(zone.place[0], 7), round(zone.place[1], 7)
        middles = [(reach.from_m + reach.to_m) / 2.0 for reach in zone.reaches if reach is not None]
        middle_m = sum(middles) / len(middles) if middles else 0.0
        return zone.stretch, round(middle_m, 3), round(zone.place[0], 7), round(zone.place[1], 7)

    ordered = sorted(found, key=key)
    return [(zone.number - 1, replace(zone, number=number)) for number, zone in enumerate(ordered, 1)]


def _with_neighbours(found: list[tuple[int, Zone]], faces: Faces) -> tuple[Zone, ...]:
    """The zones with the numbers of those that share a vertex with them."""
    number = np.zeros(len(faces.place), dtype=np.intp)
    for face, zone in found:
        number[face] = zone.number
    of_vertex = number[np.repeat(faces.face, np.diff(faces.offsets))]
    order = np.lexsort((of_vertex, faces.rings[:, 1], faces.rings[:, 0]))
    same = (np.diff(faces.rings[order], axis=0) == 0.0).all(axis=1)
    one, other = of_vertex[order[:-1]][same], of_vertex[order[1:]][same]
    touching: dict[int, set[int]] = {}
    for here, there in zip(one.tolist(), other.tolist(), strict=True):
        if here and there and here != there:
            touching.setdefault(here, set()).add(there)
            touching.setdefault(there, set()).add(here)
    return tuple(replace(zone, neighbours=tuple(sorted(touching.get(zone.number, ())))) for _, zone in found)
