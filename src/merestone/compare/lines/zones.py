"""The zones of difference: closed areas between two lines, each with its size, its place along them, and how sure it is.

Areas are those of rings straight in longitude and latitude on the ellipsoid (`geodesy.lonlat_area`). Areas narrower than
the error of computation are no zones; they are counted together as crumbs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Balance, Reach, Side, Zone
from merestone.compare.lines.arrangement import Faces, Lines, polygons_of
from merestone.compare.lines.orientation import Sides
from merestone.compare.lines.significance import Doubt, Edge, real, zone_area_sigma_m2
from merestone.compare.lines.widest import widest_m
from merestone.geodesy.blocks import blocks
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Flags, Floats, Indices
from merestone.geodesy.lonlat_area import ring_areas_m2
from merestone.geodesy.near_distance import near_distances_m

NOTHING = Balance(0.0, 0.0, 0.0, 0)
"""No area between two lines."""

_ON_LINE_M = 1e-4
_AT_ONCE = 200_000
_FINEST_PIECES = 4_000
"""Into how many pieces the edge of a zone is cut at most for the integral of the covariance."""


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """The edges of all faces: from vertex `start` to `start + 1` of the rings; `face` (e,); `line` (e,) 0 or 1 whose
    edge it is, -1 a connector's; `length_m` (e,); `at_m` (e,) the mean of the chainages of its middle on both lines."""

    start: Indices
    face: Indices
    line: Indices
    length_m: Floats
    at_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _OnLines:
    """All vertices of all rings against both lines: distance (n, 2), chainage (n, 2) on its whole track, strand (n, 2)."""

    apart_m: Floats
    along_m: Floats
    strand: Indices


@dataclass(frozen=True, slots=True, eq=False)
class Sized:
    """The sizes of all faces: `area_m2` (f,), whether each is large enough for a zone (f,); and of their edges: from
    vertex `start` (e,), `face` (e,), `length_m` (e,)."""

    area_m2: Floats
    large: Flags
    start: Indices
    face: Indices
    length_m: Floats

    def balance(self, left_of_first: Flags) -> Balance:
        """The areas by side."""
        left_m2, right_m2 = float(self.area_m2[left_of_first].sum()), float(self.area_m2[~left_of_first].sum())
        crumbs_m2 = float(self.area_m2[~self.large].sum())
        return Balance(left_m2, right_m2, crumbs_m2, int(np.count_nonzero(~self.large)))


def sized(ellipsoid: Ellipsoid, faces: Faces, error_m: float) -> Sized:
    """The sizes of faces; one that is narrower than `error_m` is too small for a zone."""
    count = len(faces.place)
    area_m2 = _summed(faces.face, ring_areas_m2(ellipsoid, faces.rings, faces.offsets), count)
    last = np.zeros(len(faces.rings), dtype=np.bool_)
    last[faces.offsets[1:] - 1] = True
    start = np.nonzero(~last)[0]
    face = faces.face[np.searchsorted(faces.offsets, start, side="right") - 1]
    length_m = np.empty(len(start))
    for part in blocks(len(start)):
        length_m[part] = near_distances_m(ellipsoid, faces.rings[start[part]], faces.rings[start[part] + 1])
    round_m = _summed(face, length_m, count)
    return Sized(area_m2, area_m2 > error_m * round_m / 2.0, start, face, length_m)


def zones(lines: Lines, faces: Faces, doubt: Doubt) -> tuple[tuple[Zone, ...], Balance]:
    """The zones in the order of their numbers, and the areas by side."""
    if not len(faces.place):
        return (), NOTHING
    sizes = sized(lines.ellipsoid, faces, doubt.settings.error_m)
    on = _on_lines(lines, faces.rings)
    edges = _edges(lines, faces, on, sizes)
    facts = _facts(faces, edges, on)
    del on
    areas = sizes.area_m2, sizes.large
    return _all_zones(lines, faces, edges, facts, areas, doubt), sizes.balance(faces.left_of_first)


def _summed(of: Indices, values: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(of, weights=values, minlength=count), dtype=np.float64)


def _on_lines(lines: Lines, places: Floats) -> _OnLines:
    """Places against both lines, so many at a time that what it takes stays small."""
    shape = len(places), 2
    on = _OnLines(np.empty(shape), np.empty(shape), np.empty(shape, dtype=np.int32))
    for part in blocks(len(places), _AT_ONCE):
        for line in (0, 1):
            feet, along_m = lines.parts[line].nearest(places[part])
            on.apart_m[part, line], on.strand[part, line] = feet.distance_m, feet.chain
            on.along_m[part, line] = along_m + lines.from_m[line][feet.chain]
    return on


def _edges(lines: Lines, faces: Faces, on: _OnLines, sizes: Sized) -> Edges:
    """All edges with the line that they belong to, and where they lie along the zone."""
    line, at_m = np.empty(len(sizes.start), dtype=np.intp), np.empty(len(sizes.start))
    for part in blocks(len(line)):
        start = sizes.start[part]
        line[part] = _line_of(lines, faces, on, start)
        at_m[part] = (on.along_m[start] + on.along_m[start + 1]).sum(axis=1) / 4.0
    return Edges(sizes.start, sizes.face, line, sizes.length_m, at_m)


def _line_of(lines: Lines, faces: Faces, on: _OnLines, start: Indices) -> Indices:
    """The line that edges belong to (k,): that on which both ends lie, else, where both lie on both, that on which the
    middle lies; -1 where it is neither."""
    off_m = np.maximum(on.apart_m[start], on.apart_m[start + 1])
    on_both = (off_m < _ON_LINE_M).all(axis=1)
    if on_both.any():
        middles = (faces.rings[start[on_both]] + faces.rings[start[on_both] + 1]) / 2.0
        off_m[on_both] = _on_lines(lines, middles).apart_m
    return np.where(off_m.min(axis=1) > _ON_LINE_M, -1, off_m.argmin(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """What is known of every face on either line (f, 2): the length of its edge, from and to, the strand of its first
    edge (-1: no edge there); and its greatest width (f,)."""

    lengths_m: Floats
    from_m: Floats
    to_m: Floats
    strand: Indices
    widest_m: Floats


def _facts(faces: Faces, edges: Edges, on: _OnLines) -> _Facts:
    count = len(faces.place)
    lengths_m, from_m, to_m = np.zeros((count, 2)), np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    strand = np.full((count, 2), -1, dtype=np.intp)
    for line in (0, 1):
        own = np.nonzero(edges.line == line)[0][::-1]
        face, start = edges.face[own], edges.start[own]
        lengths_m[:, line] = _summed(face, edges.length_m[own], count)
        strand[face, line] = on.strand[start, line]  # of several the first stays, since they come backwards
        mine = on.strand[start, line] == strand[face, line]
        face, start = face[mine], start[mine]
        for end in (start, start + 1):
            np.minimum.at(from_m[:, line], face, on.along_m[end, line])
            np.maximum.at(to_m[:, line], face, on.along_m[end, line])
    widest_m = np.zeros(count)
    np.maximum.at(widest_m, np.repeat(faces.face, np.diff(faces.offsets)), on.apart_m.max(axis=1))
    return _Facts(lengths_m, from_m, to_m, strand, widest_m)


def _all_zones(
    lines: Lines, faces: Faces, edges: Edges, facts: _Facts, areas: tuple[Floats, Flags], doubt: Doubt
) -> tuple[Zone, ...]:
    """Every face that is large enough as a zone, in order, with its neighbours."""
    area_m2, large = areas
    chosen = _in_order(lines, faces, facts, np.nonzero(large)[0])
    number = np.zeros(len(faces.place), dtype=np.intp)
    number[chosen] = np.arange(1, len(chosen) + 1)
    neighbours = _neighbours(faces, number)
    polygons = polygons_of(faces)
    sigma_m2 = _sigmas_m2(faces, edges, chosen, doubt)
    probability = real(area_m2[chosen], sigma_m2, 0.0)
    mean_width_m = area_m2 / _long_m(edges, facts)
    between = np.asarray((facts.lengths_m > 0.0).all(axis=1))
    found = []
    for rank, face in enumerate(chosen.tolist()):
        left = bool(faces.left_of_first[face])
        stretch, sides = _belongs(lines, facts.strand[face].tolist())
        found.append(
            Zone(
                rank + 1,
                stretch,
                Side.LEFT if left else Side.RIGHT,
                sides[0] if left else sides[1],
                sides[1] if left else sides[0],
                (polygons[face],),
                float(area_m2[face]),
                float(sigma_m2[rank]),
                (float(facts.lengths_m[face, 0]), float(facts.lengths_m[face, 1])),
                float(facts.widest_m[face])
                if between[face] and stretch is not None
                else widest_m(lines.ellipsoid, polygons[face]),
                float(mean_width_m[face]),
                (_reach(lines, facts, face, 0), _reach(lines, facts, face, 1)),
                (float(faces.place[face, 0]), float(faces.place[face, 1])),
                neighbours.get(rank + 1, ()),
                float(probability[rank]),
                doubt.verdict(float(probability[rank])),
            )
        )
    return tuple(found)


def _long_m(edges: Edges, facts: _Facts) -> Floats:
    """How long every face is (f,): the mean of its edges on the lines that it has an edge on, half its edge round where
    it lies on neither."""
    edged = (facts.lengths_m > 0.0).sum(axis=1)
    half_round_m = _summed(edges.face, edges.length_m, len(edged)) / 2.0
    return np.where(edged > 0, facts.lengths_m.sum(axis=1) / np.maximum(edged, 1), half_round_m)


def _reach(lines: Lines, facts: _Facts, face: int, line: int) -> Reach | None:
    """Where a zone lies along a line."""
    strand = int(facts.strand[face, line])
    if strand < 0:
        return None
    name = lines.parts[line].tracks[strand].name
    return Reach(name, float(facts.from_m[face, line]), float(facts.to_m[face, line]))


def _belongs(lines: Lines, strands: list[int]) -> tuple[int | None, Sides]:
    """The stretch that a zone belongs to, None for a ring that only one line has, and who lies to either side of it."""
    found = [
        (int(lines.stretch[line][strand]), lines.sides[line][strand])
        for line, strand in enumerate(strands)
        if strand >= 0
    ]
    stretch, sides = min(found, key=lambda each: each[0], default=(-1, (None, None)))
    return None if stretch < 0 else stretch, sides


def _sigmas_m2(faces: Faces, edges: Edges, chosen: Indices, doubt: Doubt) -> Floats:
    """The standard deviations of the areas of the chosen faces, in m² (k,)."""
    if not doubt.stated:
        return np.zeros(len(chosen))
    order = np.argsort(edges.face, kind="stable")
    bounds = np.searchsorted(edges.face[order], np.arange(len(faces.place) + 1))
    return np.array(
        [
            _sigma_m2(faces, edges, order[bounds[face] : bounds[face + 1]], doubt, left=bool(faces.left_of_first[face]))
            for face in chosen.tolist()
        ]
    )


def _sigma_m2(faces: Faces, edges: Edges, mine: Indices, doubt: Doubt, *, left: bool) -> float:
    """The standard deviation of a zone's area. Its rings run with the zone on their left: along the first line where
    the zone lies left of it, against it otherwise, and the other way along the second."""
    both = [_edge(faces, edges, mine[edges.line[mine] == line], doubt, forward=left == (line == 0)) for line in (0, 1)]
    return zone_area_sigma_m2(doubt, both[0], both[1])


def _edge(faces: Faces, edges: Edges, own: Indices, doubt: Doubt, *, forward: bool) -> Edge:
    """The edge of a zone along one line, in pieces that are short against every correlation length."""
    start, end = faces.rings[edges.start[own]], faces.rings[edges.start[own] + 1]
    if not forward:
        start, end = end, start
    step = end - start
    azimuth = np.degrees(np.arctan2(step[:, 0] * np.cos(np.radians((start[:, 1] + end[:, 1]) / 2.0)), step[:, 1]))
    at_m, length_m = edges.at_m[own], edges.length_m[own]
    finest_m = max(doubt.shortest_correlation_m / 4.0, float(length_m.sum()) / _FINEST_PIECES) if len(own) else 1.0
    cuts = np.maximum(1, np.ceil(np.minimum(length_m / finest_m, 2.0 * _FINEST_PIECES))).astype(np.intp)
    piece = np.repeat(np.arange(len(own)), cuts)
    rank = np.arange(len(piece)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    inside_m = at_m[piece] + length_m[piece] * ((rank + 0.5) / cuts[piece] - 0.5)
    return Edge(inside_m, azimuth[piece], length_m[piece] / cuts[piece])


def _in_order(lines: Lines, faces: Faces, facts: _Facts, chosen: Indices) -> Indices:
    """The chosen faces along the common orientation: by stretch, then by where their middle lies on both lines; rings
    that only one line has come last, by their place."""
    stretch = np.stack([lines.stretch[line][facts.strand[chosen, line]] for line in (0, 1)])
    stretch = np.where(facts.strand[chosen].T >= 0, stretch, np.iinfo(np.intp).max)
    stretch = np.where(stretch.min(axis=0) < 0, np.iinfo(np.intp).max, stretch.min(axis=0))
    with np.errstate(invalid="ignore"):
        middles = np.where(facts.strand[chosen] >= 0, (facts.from_m[chosen] + facts.to_m[chosen]) / 2.0, 0.0)
    middle_m = middles.sum(axis=1) / np.maximum((facts.strand[chosen] >= 0).sum(axis=1), 1)
    lon, lat = np.round(faces.place[chosen], 7).T
    return np.asarray(chosen[np.lexsort((lat, lon, np.round(middle_m, 3), stretch))])


def _neighbours(faces: Faces, number: Indices) -> dict[int, tuple[int, ...]]:
    """For the number of each zone, the numbers of those that share a vertex with it; `number` (f,) by face, 0: none."""
    of_vertex = number[np.repeat(faces.face, np.diff(faces.offsets))]
    order = np.lexsort((of_vertex, faces.rings[:, 1], faces.rings[:, 0]))
    same = np.ones(len(order) - 1, dtype=np.bool_)
    for column in faces.rings.T:
        ordered = column[order]
        same &= ordered[1:] == ordered[:-1]
    one, other = of_vertex[order[:-1]][same], of_vertex[order[1:]][same]
    touching: dict[int, set[int]] = {}
    for here, there in zip(one.tolist(), other.tolist(), strict=True):
        if here and there and here != there:
            touching.setdefault(here, set()).add(there)
            touching.setdefault(there, set()).add(here)
    return {each: tuple(sorted(others)) for each, others in touching.items()}
