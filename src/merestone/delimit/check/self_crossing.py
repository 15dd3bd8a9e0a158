"""G501: a section or ring that crosses itself.

Legs are taken as chains of chords in longitude and latitude, long ones divided so that the chords stay close. What
touches itself without crossing, or runs back along itself, is not reported here, nor what the print explains.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg, CompiledSection
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.overruns import Chords, Overruns, Vertex, meeting
from merestone.delimit.figures_left_open import FiguresLeftOpen
from merestone.delimit.left_open import LeftOpen
from merestone.delimit.wording import listed
from merestone.diagnostics import Diagnostic, Label, Severity
from merestone.geodesy.arrays import Integers
from merestone.geodesy.elementary import direct
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.geodesic import Geodesic

BENDS_FROM_M = 20_000.0
"""A leg longer than this, or an arc, is divided into chords."""
CHORDS = 16
MANY = 600
"""Above this many chords only those whose boxes overlap are tried."""
MOST_SWEPT = 400_000_000
"""With more overlaps than this along either axis a section is not examined, and the finding says so."""
AT_ONCE = 2_000_000
"""Pairs handled at once."""

Pairs = Integers


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each section that crosses itself, with the legs that cross and where."""
    for section in evidence.compiled.line.sections:
        chords = _chords(section)
        if _too_many(chords):
            yield _not_examined(section)
            continue
        pairs = crossings(chords.starts, chords.ends) if len(chords.starts) > 2 else np.zeros((0, 2), dtype=np.int64)
        if len(pairs) and len(pairs := _beyond_print(evidence, section, chords, pairs)):
            yield _finding(section, chords, pairs)


def _beyond_print(evidence: Evidence, section: CompiledSection, chords: Chords, pairs: Pairs) -> Pairs:
    """The pairs whose crossing is more than the print of their vertices explains."""
    places = FiguresLeftOpen(LeftOpen(evidence.compiled.computation))
    overruns = Overruns(places, section, chords, evidence.ellipsoid)
    return pairs[[not overruns.explains(one, other) for one, other in pairs.tolist()]]


def _too_many(chords: Chords) -> bool:
    """Whether so many chords overlap along both axes that trying them all would take minutes."""
    if len(chords.starts) <= MANY:
        return False
    low, high = np.minimum(chords.starts, chords.ends), np.maximum(chords.starts, chords.ends)
    return min(_Sweep.along(axis, low, high).pairs for axis in (0, 1)) > MOST_SWEPT


def _not_examined(section: CompiledSection) -> Diagnostic:
    what = "ring" if section.ring else "section"
    return Diagnostic(
        "G501", Severity.NOTE,
        f"{what} {section.name} runs to and fro so often that it was not examined for crossings",
        section.node.name.span, subject=f"{what} {section.name}",
        hint="divide it into sections that each run one way",
    )  # fmt: skip


def _chords(section: CompiledSection) -> Chords:
    starts: list[Floats] = []
    ends: list[Floats] = []
    names: list[str] = []
    vertices: list[tuple[Vertex | None, Vertex | None]] = []
    between = _between(section.legs)
    for number, leg in enumerate(section.legs):
        places = leg.vertices / UNITS_PER_DEGREE
        inner = between.get(number)
        corners = places if inner is None else np.concatenate([places[:1], inner, places[1:]])
        starts.append(corners[:-1])
        ends.append(corners[1:])
        names += [leg.name] * (len(corners) - 1)
        inside: list[Vertex | None] = [None] * (0 if inner is None else len(inner))
        at: list[Vertex | None] = [(number, 0), *inside, *((number, each) for each in range(1, len(places)))]
        vertices += pairwise(at)
    if not starts:
        return Chords(np.zeros((0, 2)), np.zeros((0, 2)), [], [], section.ring)
    first, last = np.concatenate(starts), np.concatenate(ends)
    turns = 360.0 * np.round((first[0, 0] - first[:, 0]) / 360.0)
    step = np.mod(last[:, 0] - first[:, 0] + 180.0, 360.0) - 180.0
    longitudes = first[:, 0] + turns
    # Whole turns are added to the printed number, so that a vertex where two chords meet is the same number in both.
    ends_deg = last[:, 0] + 360.0 * np.round((longitudes + step - last[:, 0]) / 360.0)
    return Chords(
        np.column_stack([longitudes, first[:, 1]]), np.column_stack([ends_deg, last[:, 1]]), names, vertices,
        section.ring,
    )  # fmt: skip


def _is_bent(leg: CompiledLeg) -> bool:
    """Whether one chord from end to end is too far from a leg: it is long, or an arc."""
    return len(leg.vertices) == 2 and (leg.lengths_m[0] > BENDS_FROM_M or leg.kind.startswith("arc"))


def _between(legs: tuple[CompiledLeg, ...]) -> dict[int, Floats]:
    """Places along the bent legs, (CHORDS - 1, 2) degrees for each, by the number of the leg; geodesics all at once."""
    bent = [number for number, leg in enumerate(legs) if _is_bent(leg)]
    ellipsoid = legs[0].line.ellipsoid if legs else None
    geodesics = [
        number
        for number in bent
        if isinstance(legs[number].line, Geodesic) and legs[number].line.ellipsoid == ellipsoid
    ]
    found: dict[int, Floats] = {}
    shares = np.linspace(0.0, 1.0, CHORDS + 1)[1:-1]
    if geodesics:
        lines = [line for number in geodesics if isinstance(line := legs[number].line, Geodesic)]
        starts = np.repeat([line.start for line in lines], len(shares), axis=0)
        azimuths = np.repeat([line.start_azimuth_deg for line in lines], len(shares))
        along_m = np.concatenate([shares * line.length_m for line in lines])
        places = direct(lines[0].ellipsoid, starts, azimuths, along_m)[0].reshape(-1, len(shares), 2)
        found.update(zip(geodesics, places, strict=True))
    for number in bent:
        if number not in found:
            found[number] = legs[number].line.position(shares * legs[number].line.length_m)
    return found


def crossings(starts: Floats, ends: Floats) -> Pairs:
    """The pairs (k, 2) of chords that cross properly, each from `starts` to `ends` (n, 2)."""
    if len(starts) <= MANY:
        first, second = np.triu_indices(len(starts), 2)
    else:
        first, second = _candidates(starts, ends)
        if not len(first):
            return np.zeros((0, 2), dtype=np.int64)
    crossing = (_side(starts, ends, first, starts[second]) * _side(starts, ends, first, ends[second]) < 0.0) & (
        _side(starts, ends, second, starts[first]) * _side(starts, ends, second, ends[first]) < 0.0
    )
    return np.column_stack([first[crossing], second[crossing]])


def _side(starts: Floats, ends: Floats, chord: Integers, place: Floats) -> Floats:
    """On which side of a chord a place lies: the sign of the cross product."""
    along, to = ends[chord] - starts[chord], place - starts[chord]
    return np.asarray(np.sign(along[:, 0] * to[:, 1] - along[:, 1] * to[:, 0]))


def _candidates(starts: Floats, ends: Floats) -> tuple[Pairs, Pairs]:
    """The pairs of chords, not neighbours, whose boxes overlap: by a sweep along the better axis, else by an index."""
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    sweeps = [_Sweep.along(axis, low, high) for axis in (0, 1)]
    sweep = min(sweeps, key=lambda each: each.pairs)
    first, second = sweep.overlapping(low, high)
    apart = np.abs(second - first) > 1
    return np.minimum(first, second)[apart], np.maximum(first, second)[apart]


@dataclass(frozen=True, slots=True, eq=False)
class _Sweep:
    """Chords in the order in which a sweep along an axis meets them: how many of the next each overlaps there."""

    axis: int
    order: Pairs
    counts: Pairs

    @classmethod
    def along(cls, axis: int, low: Floats, high: Floats) -> _Sweep:
        order = np.argsort(low[:, axis], kind="stable")
        until = np.searchsorted(low[order, axis], high[order, axis], side="right")
        return cls(axis, order, until - np.arange(len(order)) - 1)

    @property
    def pairs(self) -> int:
        """How many pairs overlap along the axis."""
        return int(self.counts.sum())

    def overlapping(self, low: Floats, high: Floats) -> tuple[Pairs, Pairs]:
        """The pairs that overlap along both axes."""
        across = 1 - self.axis
        before = np.concatenate([[0], np.cumsum(self.counts)])
        found: list[tuple[Pairs, Pairs]] = []
        cuts = np.searchsorted(before, np.arange(0, before[-1] + AT_ONCE, AT_ONCE))
        blocks = sorted({0, len(self.order), *np.minimum(cuts, len(self.order)).tolist()})
        for one, other in pairwise(blocks):
            here = np.repeat(np.arange(one, other), self.counts[one:other])
            there = here + 1 + np.arange(len(here)) - (before[here] - before[one])
            first, second = self.order[here], self.order[there]
            meet = (low[first, across] <= high[second, across]) & (low[second, across] <= high[first, across])
            found.append((first[meet], second[meet]))
        return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])


def _finding(section: CompiledSection, chords: Chords, pairs: Pairs) -> Diagnostic:
    legs = list(dict.fromkeys((chords.legs[one], chords.legs[other]) for one, other in pairs))
    places = {leg.name: leg.span for leg in section.legs}
    said = [f"leg {one} and leg {other}" if one != other else f"leg {one} with itself" for one, other in legs]
    labels = tuple(Label(span, f"crosses leg {one}") for one, other in legs[:3] if (span := places[other]) is not None)
    lon, lat = meeting(chords, *pairs[0].tolist())
    what = "ring" if section.ring else "section"
    return Diagnostic(
        "G501", Severity.WARNING,
        f"{what} {section.name} crosses itself: {listed(said, 3)}, first near {_place(float(np.mod(lon + 180.0, 360.0) - 180.0), float(lat))}",
        places[legs[0][0]] or section.node.name.span, labels=labels, subject=f"{what} {section.name}",
        hint="check the coordinates of these legs and the order of the points: two of them may be exchanged",
    )  # fmt: skip


def _place(lon: float, lat: float) -> str:
    return f"{abs(lat):.4f}° {'N' if lat >= 0 else 'S'} {abs(lon):.4f}° {'E' if lon >= 0 else 'W'}"
