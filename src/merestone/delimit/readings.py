"""The table of readings: for every straight line without a kind, how far each named pair of readings lies apart.

All straight lines on one ellipsoid with the same candidates are measured in one go (see `spread`); a chain of legs
is one row, whose separation is the greatest of its pieces and whose area is their sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.candidates import Candidate, candidates_of
from merestone.delimit.openness import StraightLine, straight_lines
from merestone.delimit.spread import Apart, Beside, compare, lay_beside, stations_for
from merestone.diagnostics import Span
from merestone.geodesy.elementary import direct
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled

LENGTH_FLOOR_M = 1e-3
"""A piece shorter than this has no direction and no readings."""


@dataclass(frozen=True, slots=True)
class PairSpread:
    """How far two readings lie apart: two-sided Hausdorff separation in m, area between them in m².

    `leg` of `section` is where the separation is greatest, `piece` the number of the piece in a chain (0 the first);
    there it is reached `along_m` from the piece's start, at `place` (longitude, latitude in degrees).
    """

    first: str
    second: str
    separation_m: float
    area_m2: float
    section: str
    leg: str
    piece: int
    along_m: float
    place: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A reading beside the geodesic: `along_m` (m,) from the start, `across_m` (m,) positive to the left."""

    reading: str
    along_m: Floats
    across_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class LegReadings:
    """The readings of one leg or chain of legs.

    `taken` is the reading that was drawn, None where none was declared; `pairs` every named pair, in the order of
    `readings`; `profiles` are those of the piece where the readings lie furthest apart; `unmeasured` the readings
    that could not be laid beside the geodesic everywhere, with the reason.
    """

    line: StraightLine
    length_m: float
    readings: tuple[str, ...]
    pairs: tuple[PairSpread, ...]
    profiles: tuple[Profile, ...]
    unmeasured: tuple[tuple[str, str], ...]

    @property
    def section(self) -> str:
        """The section that the leg belongs to."""
        return self.line.section

    @property
    def leg(self) -> str:
        """The leg's name."""
        return self.line.leg

    @property
    def taken(self) -> str | None:
        """The reading that was drawn."""
        return self.line.taken

    @property
    def span(self) -> Span | None:
        """The leg's place in the text."""
        return self.line.span

    @property
    def greatest(self) -> PairSpread | None:
        """The pair that lies furthest apart."""
        return max(self.pairs, key=lambda pair: pair.separation_m, default=None)

    @property
    def from_taken(self) -> PairSpread | None:
        """The pair of the reading that was drawn with the one that lies furthest from it."""
        pairs = (pair for pair in self.pairs if self.taken in (pair.first, pair.second))
        return max(pairs, key=lambda pair: pair.separation_m, default=None)


@dataclass(frozen=True, slots=True)
class ReadingsTable:
    """Leg by leg, and over the whole line: for each pair the greatest separation and the sum of the areas."""

    legs: tuple[LegReadings, ...]
    whole: tuple[PairSpread, ...]

    @property
    def greatest(self) -> PairSpread | None:
        """The pair that lies furthest apart anywhere."""
        return max(self.whole, key=lambda pair: pair.separation_m, default=None)


def readings(compiled: Compiled) -> ReadingsTable:
    """The table of readings of a compiled description."""
    return table_of(straight_lines(compiled))


def straight_readings(line: StraightLine) -> LegReadings:
    """The readings of one straight line."""
    return table_of((line,)).legs[0]


def table_of(lines: Sequence[StraightLine]) -> ReadingsTable:
    """The table of readings of these straight lines, each measured once."""
    groups: dict[tuple[Ellipsoid, tuple[Candidate, ...]], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        groups[line.ellipsoid, candidates_of(line.places, line.declared)].append(index)
    stations = stations_for(sum(len(line.places) - 1 for line in lines))
    found: dict[int, LegReadings] = {}
    for (ellipsoid, candidates), members in groups.items():
        measured = _measure(ellipsoid, candidates, [lines[index] for index in members], stations)
        found.update(zip(members, measured, strict=True))
    legs = tuple(found[index] for index in range(len(lines)))
    families = {candidate.name: candidate.family for _, candidates in groups for candidate in candidates}
    return ReadingsTable(legs, _whole(legs, families))


def _measure(
    ellipsoid: Ellipsoid, candidates: tuple[Candidate, ...], lines: list[StraightLine], stations: int
) -> list[LegReadings]:
    """Measure lines that share their candidates, all pieces at once."""
    starts = np.concatenate([line.places[:-1] for line in lines])
    ends = np.concatenate([line.places[1:] for line in lines])
    first_piece = np.cumsum([0, *(len(line.places) - 1 for line in lines)])
    beside = lay_beside(ellipsoid, starts, ends, candidates, stations)
    pairs = list(combinations([candidate.name for candidate in candidates], 2))
    compared = [compare(beside, *pair) for pair in pairs]
    at_most = [np.where(np.isnan(apart.separation_m), -1.0, apart.separation_m) for apart in compared]
    best = [_best_of_each(values, first_piece) for values in at_most]
    places = [_places(ellipsoid, beside, apart, pieces) for apart, pieces in zip(compared, best, strict=True)]
    areas = [np.add.reduceat(np.nan_to_num(apart.area_m2), first_piece[:-1]) for apart in compared]
    measured = []
    for row, line in enumerate(lines):
        spreads = tuple(
            PairSpread(
                pair[0], pair[1], float(values[pieces[row]]), float(area[row]), line.section, line.leg,
                int(pieces[row] - first_piece[row]), float(apart.along_m[pieces[row]]),
                (float(at[row, 0]), float(at[row, 1])),
            )
            for pair, apart, values, pieces, area, at in zip(pairs, compared, at_most, best, areas, places, strict=True)
            if values[pieces[row]] >= 0.0
        )  # fmt: skip
        measured.append(_leg_readings(line, candidates, beside, slice(*first_piece[row : row + 2]), spreads))
    return measured


def _best_of_each(values: Floats, first_piece: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[int]:
    """The piece of greatest value of each line."""
    if len(first_piece) == len(values) + 1:
        return list(range(len(values)))
    return [int(low + np.argmax(values[low:high])) for low, high in pairwise(first_piece)]


def _places(ellipsoid: Ellipsoid, beside: Beside, apart: Apart, pieces: list[int]) -> Floats:
    """Where on the geodesic the separation is greatest: (n, 2)."""
    along_m = np.nan_to_num(apart.along_m[pieces])
    return direct(ellipsoid, beside.starts[pieces], beside.azimuths_deg[pieces], along_m)[0]


def _leg_readings(
    line: StraightLine, candidates: tuple[Candidate, ...], beside: Beside, pieces: slice, pairs: tuple[PairSpread, ...]
) -> LegReadings:
    names = tuple(candidate.name for candidate in candidates)
    length_m = beside.length_m[pieces]
    missing = {name: int(np.isnan(beside.across_m[name][pieces]).any(axis=1).sum()) for name in names}
    total = len(length_m)
    unmeasured = tuple(
        (name, _why_not(count, total, float(length_m.min()))) for name, count in missing.items() if count
    )
    greatest = max(pairs, key=lambda pair: pair.separation_m, default=None)
    profiles: tuple[Profile, ...] = ()
    if greatest is not None:
        row = pieces.start + greatest.piece
        stations = beside.across_m[names[0]].shape[1]
        along_m = np.linspace(0.0, float(beside.length_m[row]), stations)
        profiles = tuple(Profile(name, along_m, beside.across_m[name][row]) for name in names)
    return LegReadings(line, float(length_m.sum()), names, pairs, profiles, unmeasured)


def _why_not(count: int, total: int, shortest_m: float) -> str:
    if shortest_m < LENGTH_FLOOR_M:
        return "its two ends are one place"
    reason = "it leaves the projection's domain, or turns too far from the geodesic to be laid beside it"
    return reason if total == 1 else f"{reason}, in {count} of {total} pieces"


def _whole(legs: tuple[LegReadings, ...], families: dict[str, str]) -> tuple[PairSpread, ...]:
    """For each pair of readings, by the names they share over zones: greatest separation and sum of areas."""
    found: dict[tuple[str, str], PairSpread] = {}
    for leg in legs:
        for pair in leg.pairs:
            names = families[pair.first], families[pair.second]
            names = names if names in found or names[::-1] not in found else names[::-1]
            known = found.get(names)
            if known is None:
                found[names] = replace(pair, first=names[0], second=names[1])
                continue
            wider = pair if pair.separation_m > known.separation_m else known
            area_m2 = known.area_m2 + pair.area_m2
            found[names] = replace(wider, first=names[0], second=names[1], area_m2=area_m2)
    return tuple(found.values())
