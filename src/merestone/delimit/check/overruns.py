"""Crossings that the print explains: a line overruns where it closes, begins, ends or is joined, by less than is open."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from merestone.delimit.boundary_line import CompiledSection
from merestone.delimit.figures_left_open import FiguresLeftOpen
from merestone.delimit.left_open import Shifts
from merestone.delimit.printed import on_ground
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

MOST_M = 1.0
"""A line that overruns by this much crosses itself, however coarse its print."""

Vertex = tuple[int, int]
"""A vertex by the number of its leg in the section, and its own number in the leg."""

Weighed = tuple[tuple[Vertex | None, float], ...]
"""Vertices with the share that each has in a place; None stands for a place inside a leg, of which nothing is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Chords:
    """The chords of a section, each from `starts` to `ends` (n, 2) in continuous degrees, with the leg of each.

    `vertices` are those that each begins and ends at; None inside a divided leg.
    """

    starts: Floats
    ends: Floats
    legs: list[str]
    vertices: list[tuple[Vertex | None, Vertex | None]]
    ring: bool


@dataclass(frozen=True, slots=True)
class Overrun:
    """What would go if a crossing went: how far it reaches at most in metres, and what has to move against what."""

    reach_m: float
    moves: Weighed


@dataclass(frozen=True, slots=True)
class Overruns:
    """What the print explains of a section's crossings."""

    open: FiguresLeftOpen
    section: CompiledSection
    chords: Chords
    ellipsoid: Ellipsoid

    def explains(self, one: int, other: int) -> bool:
        """Whether the crossing of chord `one` with the later chord `other` is within what the print leaves open."""
        overruns = self._overruns(one, other)
        return any(each.reach_m < MOST_M and each.reach_m <= self._open_m(each.moves) for each in overruns)

    def _overruns(self, one: int, other: int) -> Iterator[Overrun]:
        """The loop between the two; round a ring, the rest of it; along a section, what comes before or after."""
        chords, at = self.chords, meeting(self.chords, one, other)
        (start, to), (back, end) = chords.vertices[one], chords.vertices[other]
        before_m, after_m = self._length_m(self._before(at, one)), self._length_m(self._after(at, other))
        yield Overrun(self._length_m(self._loop(at, one, other)) / 2.0, ((to, 1.0), (back, -1.0)))
        if chords.ring:
            closing_m = self._length_m((chords.ends[-1], chords.starts[0]))
            yield Overrun((before_m + after_m + closing_m) / 2.0, ((start, 1.0), (end, -1.0)))
        else:
            yield Overrun(before_m, ((start, 1.0), *self._against(other, at)))
            yield Overrun(after_m, ((end, 1.0), *self._against(one, at)))

    def _loop(self, at: Floats, one: int, other: int) -> Iterator[Floats]:
        yield from (at, self.chords.ends[one])
        for number in range(one + 1, other):
            yield from (self.chords.starts[number], self.chords.ends[number])
        yield from (self.chords.starts[other], at)

    def _before(self, at: Floats, one: int) -> Iterator[Floats]:
        yield from (at, self.chords.starts[one])
        for number in range(one - 1, -1, -1):
            yield from (self.chords.ends[number], self.chords.starts[number])

    def _after(self, at: Floats, other: int) -> Iterator[Floats]:
        yield from (at, self.chords.ends[other])
        for number in range(other + 1, len(self.chords.starts)):
            yield from (self.chords.starts[number], self.chords.ends[number])

    def _length_m(self, places: Iterable[Floats]) -> float:
        """The length of a chain of places in metres; infinite from twice `MOST_M` on, where it is left."""
        length_m = 0.0
        for one, other in pairwise(places):
            east_m, north_m = on_ground((other[0] - one[0], other[1] - one[1]), self.ellipsoid, float(one[1]))
            length_m += math.hypot(east_m, north_m)
            if length_m >= 2.0 * MOST_M:
                return math.inf
        return length_m

    def _against(self, chord: int, at: Floats) -> Weighed:
        """The ends of a chord, with the shares that they have in a place on it, to be taken from another."""
        along, to = self.chords.ends[chord] - self.chords.starts[chord], at - self.chords.starts[chord]
        share = float(along @ to / (along @ along))
        start, end = self.chords.vertices[chord]
        return (start, share - 1.0), (end, -share)

    def _open_m(self, moves: Weighed) -> float:
        """What the print leaves open of places against each other in metres; 0 where one is inside a divided leg."""
        changes: Shifts = {}
        for vertex, share in moves:
            if vertex is None:
                return 0.0
            leg, number = vertex
            for key, (east_m, north_m) in self.open.of_leg(self.section.legs[leg])[number].items():
                east, north = changes.get(key, (0.0, 0.0))
                changes[key] = east + share * east_m, north + share * north_m
        return self.open.place_m(changes)


def meeting(chords: Chords, one: int, other: int) -> Floats:
    """Where two chords cross, in continuous degrees."""
    along, across = chords.ends[one] - chords.starts[one], chords.ends[other] - chords.starts[other]
    to = chords.starts[other] - chords.starts[one]
    part = (to[0] * across[1] - to[1] * across[0]) / (along[0] * across[1] - along[1] * across[0])
    return np.asarray(chords.starts[one] + part * along)
