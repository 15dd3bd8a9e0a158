"""What either of two outlines has near the other: parts that answer to one another, as strands of one direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from merestone.compare.claim import Strand
from merestone.compare.states.matched_line import main_name
from merestone.compare.states.near_outline import Feet, NearPart, Sampled, joined, near_parts, sampled, spacing_m
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.state import State
from merestone.compare.states.unmatched_enclaves import Enclaves, unmatched_enclaves, without
from merestone.geodesy.ellipsoid import Ellipsoid

_SHORTEST_REACHES = 2.0
"""Parts shorter than this many times the reach are where outlines happen to pass one another."""


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """Parts of both outlines that answer to one another."""

    first: tuple[NearPart, ...]
    second: tuple[NearPart, ...]
    near_m: tuple[float, float]

    @property
    def length_m(self) -> float:
        return sum(part.length_m for part in self.first) + sum(part.length_m for part in self.second)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnLines:
    """What either outline has near the other: strands of both with the first State to the left, those that answer to
    one another under one name, of how many stretches, and how much of either outline is really near in metres (a strand
    also has what lies between two near parts); and the detached land that either encloses."""

    pair: Pairing
    strands: tuple[tuple[Strand, ...], tuple[Strand, ...]]
    stretches: int
    near_m: tuple[float, float]
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
    near_m = sum(each.near_m[0] for each in stretches), sum(each.near_m[1] for each in stretches)
    return DrawnLines(pair, _drawn(stretches, pair), len(stretches), near_m, enclaves, tuple(others))


def without_lines(lines: DrawnLines) -> DrawnLines:
    """Give the same with the detached land alone: the outlines merely touch."""
    return replace(lines, strands=((), ()), stretches=0, near_m=(0.0, 0.0))


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
    found = []
    for group in _groups(links):
        of_one, of_other = [first[i] for i in sorted(group[0])], [second[j] for j in sorted(group[1])]
        near_m = sum(part.length_m for part in of_one), sum(part.length_m for part in of_other)
        found.append(_Stretch(joined(one, of_one), joined(other, of_other), near_m))
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
