"""G501: a section or ring that crosses itself.

Legs are taken as chains of chords in longitude and latitude, long ones divided so that the chords stay close. What
touches itself without crossing, or runs back along itself, is not reported here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg, CompiledSection
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.wording import listed
from merestone.diagnostics import Diagnostic, Label, Severity
from merestone.geodesy.line import Floats

BENDS_FROM_M = 20_000.0
"""A leg longer than this, or an arc, is divided into chords."""
CHORDS = 16
MANY = 600
"""Above this many chords only those whose boxes overlap are tried."""
MOST_SWEPT = 40_000_000
"""With more overlaps than this along either axis an index finds the boxes that overlap."""
AT_ONCE = 2_000_000
"""Pairs handled at once."""

Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Chords:
    """The chords of a section: corners (n + 1, 2) in continuous degrees, breaks where one does not follow another."""

    starts: Floats
    ends: Floats
    legs: list[str]


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each section that crosses itself, with the legs that cross and where."""
    for section in evidence.compiled.line.sections:
        chords = _chords(section)
        pairs = crossings(chords.starts, chords.ends) if len(chords.starts) > 2 else np.zeros((0, 2), dtype=np.int64)
        if len(pairs):
            yield _finding(section, chords, pairs)


def _chords(section: CompiledSection) -> _Chords:
    starts: list[Floats] = []
    ends: list[Floats] = []
    names: list[str] = []
    for leg in section.legs:
        corners = _corners(leg)
        starts.append(corners[:-1])
        ends.append(corners[1:])
        names += [leg.name] * (len(corners) - 1)
    if not starts:
        return _Chords(np.zeros((0, 2)), np.zeros((0, 2)), [])
    first, last = np.concatenate(starts), np.concatenate(ends)
    turns = 360.0 * np.round((first[0, 0] - first[:, 0]) / 360.0)
    step = np.mod(last[:, 0] - first[:, 0] + 180.0, 360.0) - 180.0
    longitudes = first[:, 0] + turns
    return _Chords(np.column_stack([longitudes, first[:, 1]]), np.column_stack([longitudes + step, last[:, 1]]), names)


def _corners(leg: CompiledLeg) -> Floats:
    """The corners of the chords of a leg: its vertices, or places along it where it is long or bent."""
    places = leg.vertices / UNITS_PER_DEGREE
    bent = len(places) == 2 and (leg.lengths_m[0] > BENDS_FROM_M or leg.kind.startswith("arc"))
    if not bent:
        return np.asarray(places)
    along_m = np.linspace(0.0, leg.line.length_m, CHORDS + 1)[1:-1]
    return np.concatenate([places[:1], leg.line.position(along_m), places[1:]])


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


def _side(starts: Floats, ends: Floats, chord: NDArray[np.int64], place: Floats) -> Floats:
    """On which side of a chord a place lies: the sign of the cross product."""
    along, to = ends[chord] - starts[chord], place - starts[chord]
    return np.asarray(np.sign(along[:, 0] * to[:, 1] - along[:, 1] * to[:, 0]))


def _candidates(starts: Floats, ends: Floats) -> tuple[Pairs, Pairs]:
    """The pairs of chords, not neighbours, whose boxes overlap: by a sweep along the better axis, else by an index."""
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    sweeps = [_Sweep.along(axis, low, high) for axis in (0, 1)]
    sweep = min(sweeps, key=lambda each: each.pairs)
    first, second = sweep.overlapping(low, high) if sweep.pairs <= MOST_SWEPT else _by_index(low, high)
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


def _by_index(low: Floats, high: Floats) -> tuple[Pairs, Pairs]:
    import shapely

    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    first, second = shapely.STRtree(boxes).query(boxes)
    once = first < second
    return np.asarray(first[once], dtype=np.int64), np.asarray(second[once], dtype=np.int64)


def _finding(section: CompiledSection, chords: _Chords, pairs: Pairs) -> Diagnostic:
    legs = list(dict.fromkeys((chords.legs[one], chords.legs[other]) for one, other in pairs))
    places = {leg.name: leg.span for leg in section.legs}
    said = [f"leg {one} and leg {other}" if one != other else f"leg {one} with itself" for one, other in legs]
    labels = tuple(Label(span, f"crosses leg {one}") for one, other in legs[:3] if (span := places[other]) is not None)
    lon, lat = _meeting(chords, pairs[0])
    what = "ring" if section.ring else "section"
    return Diagnostic(
        "G501", Severity.WARNING,
        f"{what} {section.name} crosses itself: {listed(said, 3)}, first near {_place(lon, lat)}",
        places[legs[0][0]] or section.node.name.span, labels=labels, subject=f"{what} {section.name}",
        hint="check the coordinates of these legs and the order of the points: two of them may be exchanged",
    )  # fmt: skip


def _meeting(chords: _Chords, pair: Pairs) -> tuple[float, float]:
    """Where two chords cross, in degrees."""
    one, other = int(pair[0]), int(pair[1])
    along, across = chords.ends[one] - chords.starts[one], chords.ends[other] - chords.starts[other]
    to = chords.starts[other] - chords.starts[one]
    part = (to[0] * across[1] - to[1] * across[0]) / (along[0] * across[1] - along[1] * across[0])
    place = chords.starts[one] + part * along
    return float(np.mod(place[0] + 180.0, 360.0) - 180.0), float(place[1])


def _place(lon: float, lat: float) -> str:
    return f"{abs(lat):.4f}° {'N' if lat >= 0 else 'S'} {abs(lon):.4f}° {'E' if lon >= 0 else 'W'}"
