"""The common boundary of two States whose outlines do not share vertices, three ways: as either draws it, and midway.

Neither outline is preferred. Each is a line of its own, to be compared with the other as two claims are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.claim import Strand
from merestone.compare.matched_line import main_name
from merestone.compare.midway import midway_between
from merestone.compare.near_outline import Feet, NearPart, Sampled, feet, joined, near_parts, sampled, spacing_m
from merestone.compare.pair_of_states import CommonBoundary, Detached, End, Meeting
from merestone.compare.shared_edges import Pairing
from merestone.compare.state import State, signed_area_deg2
from merestone.compare.state_polygons import place_in
from merestone.compare.unmatched_enclaves import DrawnEnclave, Enclaves, unmatched_enclaves, without
from merestone.geodesy.arrays import Floats
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.sources.remark import Remark

_SHORTEST_REACHES = 2.0
"""Parts shorter than this many times the reach are where outlines happen to pass one another."""


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """Parts of both outlines that answer to one another."""

    first: tuple[NearPart, ...]
    second: tuple[NearPart, ...]

    @property
    def length_m(self) -> float:
        return sum(part.length_m for part in self.first) + sum(part.length_m for part in self.second)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnLines:
    """What either outline has near the other: strands of both with the first State to the left, those that answer to
    one another under one name, of how many stretches; and the detached land that either encloses."""

    pair: Pairing
    strands: tuple[tuple[Strand, ...], tuple[Strand, ...]]
    stretches: int
    enclaves: Enclaves
    others: tuple[State, ...]


def drawn_lines(
    states: tuple[State, State], others: Sequence[State], within_m: float, ellipsoid: Ellipsoid
) -> DrawnLines:
    """Give the parts of either State's outline within a distance of the other's, the longest stretch first.

    `others`: States whose outlines nearer by show where the boundary ends.
    """
    pair = states[0].identity, states[1].identity
    enclaves = unmatched_enclaves(*states, ellipsoid)
    stretches = _stretches(states, enclaves, others, within_m, ellipsoid)
    return DrawnLines(pair, _drawn(stretches, pair), len(stretches), enclaves, tuple(others))


def unmatched_line(lines: DrawnLines, within_m: float, ellipsoid: Ellipsoid) -> CommonBoundary:
    """Give the common boundary of two States as each draws it, with the line midway between."""
    pair, drawn, enclaves = lines.pair, lines.strands, lines.enclaves
    middle = tuple(_middle(name, one, other, within_m, pair, ellipsoid) for name, one, other in _partners(drawn))
    rings = _rings(enclaves.found, pair, mains=lines.stretches)
    return CommonBoundary(
        pair,
        matched=False,
        strands=middle,
        as_drawn=((*drawn[0], *rings[0]), (*drawn[1], *rings[1])),
        ends=tuple(
            end for each in middle if not each.ring for end in near_ends(each, lines.others, within_m, ellipsoid)
        ),
        detached=rings[2],
        remarks=(*_on_joining(pair, middle, within_m), *_on_enclaves(rings[2], enclaves), *enclaves.remarks),
    )


def _stretches(
    states: tuple[State, State], enclaves: Enclaves, others: Sequence[State], within_m: float, ellipsoid: Ellipsoid
) -> list[_Stretch]:
    """Give the stretches of both outlines near one another, the longest first."""
    rings = [without(state, used) for state, used in zip(states, enclaves.used, strict=True)]
    if not (rings[0] and rings[1]):
        return []
    one, other = (sampled(each, spacing_m(within_m), ellipsoid) for each in rings)
    third_rings = [ring for state in others for ring in state.rings]
    third = sampled(third_rings, spacing_m(within_m), ellipsoid) if third_rings else None
    first, feet_first = near_parts(one, other, within_m, third)
    second, feet_second = near_parts(other, one, within_m, third)
    first, second = _long(first, within_m), _long(second, within_m)
    links = [(i, j) for i, j in enumerate(_answers(first, feet_first, second, other)) if j is not None]
    links += [(i, j) for j, i in enumerate(_answers(second, feet_second, first, one)) if i is not None]
    found = [
        _Stretch(
            joined(one, [first[i] for i in sorted(group[0])]), joined(other, [second[j] for j in sorted(group[1])])
        )
        for group in _groups(links)
    ]
    return sorted(found, key=lambda stretch: -stretch.length_m)


def _long(parts: list[NearPart], within_m: float) -> list[NearPart]:
    """Give the parts long enough to be a common line; the longest where none is."""
    kept = [part for part in parts if part.length_m >= _SHORTEST_REACHES * within_m]
    return kept or sorted(parts, key=lambda part: -part.length_m)[:1]


def _answers(parts: list[NearPart], feet: Feet, others: list[NearPart], on: Sampled) -> list[int | None]:
    """Give for each part the part of the other outline on which most of its feet lie."""
    found: list[int | None] = []
    for part in parts:
        ring, at = feet.ring[part.samples], feet.at[part.samples]
        votes: Counter[int] = Counter()
        for number, other in enumerate(others):
            turn = len(on.rings[other.ring]) - 1
            inside = (other.start <= at) & (at <= other.upto) | (at + turn <= other.upto)
            votes[number] = int(np.sum((ring == other.ring) & inside))
        best = max(votes, key=lambda number: (votes[number], -number), default=None)
        found.append(best if best is not None and votes[best] else None)
    return found


def _groups(links: list[tuple[int, int]]) -> list[tuple[set[int], set[int]]]:
    """Give what hangs together by links between members of two lists."""
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in links:
        touched = [group for group in groups if i in group[0] or j in group[1]]
        merged = ({i}.union(*(g[0] for g in touched)), {j}.union(*(g[1] for g in touched)))
        groups = [*(group for group in groups if group not in touched), merged]
    return groups


def _drawn(stretches: Sequence[_Stretch], pair: Pairing) -> tuple[tuple[Strand, ...], tuple[Strand, ...]]:
    """Give the strands as the first and as the second draws them, the first State to the left of both."""
    first: list[Strand] = []
    second: list[Strand] = []
    for rank, stretch in enumerate(stretches):
        for parts, strands, back in ((stretch.first, first, False), (stretch.second[::-1], second, True)):
            for number, part in enumerate(parts):
                name = main_name(rank) + (f", part {number + 1}" if len(parts) > 1 else "")
                strands.append(Strand(name, part.lonlat[::-1] if back else part.lonlat, part.whole, *pair))
    return tuple(first), tuple(second)


def _partners(drawn: tuple[tuple[Strand, ...], tuple[Strand, ...]]) -> list[tuple[str, Strand, Strand]]:
    """Give the strands that both outlines have under one name."""
    second = {strand.name: strand for strand in drawn[1]}
    return [(strand.name, strand, second[strand.name]) for strand in drawn[0] if strand.name in second]


def _middle(name: str, one: Strand, other: Strand, within_m: float, pair: Pairing, ellipsoid: Ellipsoid) -> Strand:
    second = _from_nearest(other.lonlat, one.lonlat[0]) if one.ring and other.ring else other.lonlat
    line = midway_between(one.lonlat, second, spacing_m(within_m), ellipsoid)
    return Strand(name, line.lonlat, one.ring and other.ring, *pair, departure_m=line.half_width_m)


def _from_nearest(ring: Floats, place: Floats) -> Floats:
    """Give a closed ring begun at its vertex nearest to a place."""
    scale = np.array([np.cos(np.radians(place[1])), 1.0])
    start = int(np.argmin(np.sum(((ring[:-1] - place) * scale) ** 2, axis=1)))
    return np.concatenate([ring[start:-1], ring[: start + 1]])


def _rings(
    found: Sequence[DrawnEnclave], pair: Pairing, mains: int
) -> tuple[tuple[Strand, ...], tuple[Strand, ...], tuple[Detached, ...]]:
    """Give the rings of enclaves as the first and the second draw them, and what lies in them."""
    drawn: dict[str, list[Strand]] = {pair[0]: [], pair[1]: []}
    detached = []
    whole = part = 0
    for each in found:
        name = main_name(mains + whole) if each.whole else f"exclave {part + 1}"
        whole, part = whole + each.whole, part + (not each.whole)
        for who, ring in ((each.of, each.shell), (each.within, each.hole)):
            if ring is not None:
                inside = (signed_area_deg2(ring) > 0.0) == (each.of == pair[0])
                drawn[who].append(Strand(name, ring if inside else ring[::-1], True, *pair))
        by = pair if each.hole is not None else (each.of,)
        detached.append(Detached(name, each.of, each.within, each.area_m2, each.whole, by))
    return tuple(drawn[pair[0]]), tuple(drawn[pair[1]]), tuple(detached)


def near_ends(strand: Strand, others: Sequence[State], within_m: float, ellipsoid: Ellipsoid) -> tuple[End, End]:
    """Give the ends of a strand, with the third States whose outlines lie within reach of them."""
    ends = strand.lonlat[[0, -1]]
    space = cartesian(ellipsoid, ends)
    near = {
        state.identity: feet(space, sampled(state.rings, spacing_m(within_m), ellipsoid)).distance_m <= within_m
        for state in others
        if state.rings
    }
    met = [tuple(sorted(name for name, close in near.items() if close[number])) for number in (0, 1)]
    first, last = (
        End(
            strand.name,
            not number,
            (float(lon), float(lat)),
            Meeting.TRIPOINT if met[number] else Meeting.END,
            met[number],
        )
        for number, (lon, lat) in enumerate(ends)
    )
    return first, last


def _on_joining(pair: Pairing, middle: Sequence[Strand], within_m: float) -> list[Remark]:
    """Say that the outlines are two lines, and how far apart at most."""
    if not middle:
        return []
    widest_m = 2.0 * max(strand.departure_m for strand in middle)
    lon, lat = middle[0].lonlat[0]
    sentence = (
        f"the outlines of {pair[0]} and {pair[1]} do not share their line: the parts of each within {within_m:g} m of "
        "the other were taken, as two lines of one boundary; places that answer to one another lie this far apart at most"
    )
    return [Remark("D209", sentence, (float(lon), float(lat)), widest_m, "m")]


def _on_enclaves(detached: Sequence[Detached], enclaves: Enclaves) -> list[Remark]:
    import shapely

    remarks = []
    for land, drawn in zip(detached, enclaves.found, strict=True):
        what = f"{land.strand} is land of {land.of} within {land.within}"
        if land.whole:
            what = f"{land.of} lies wholly within {land.within}"
        elif len(land.drawn_by) == 1:
            what += f", which the outline of {land.within} does not leave out"
        place = place_in(shapely.make_valid(shapely.Polygon(drawn.shell)))
        remarks.append(Remark("D211" if land.whole else "D203", what, place, land.area_m2, "m²", land.of))
    return remarks
