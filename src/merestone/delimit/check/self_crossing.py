"""G501: a section or ring that crosses itself.

Legs are taken as chains of chords in longitude and latitude, long ones divided so that the chords stay close. What
touches itself without crossing, or runs back along itself, is not reported here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
"""Above this many chords the search is done by an index."""

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
    bent = len(places) == 2 and (leg.length_m > BENDS_FROM_M or leg.kind.startswith("arc"))
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
    crossing = (_side(starts, ends, first, starts[second]) * _side(starts, ends, first, ends[second]) < 0.0) & (
        _side(starts, ends, second, starts[first]) * _side(starts, ends, second, ends[first]) < 0.0
    )
    return np.column_stack([first[crossing], second[crossing]])


def _side(starts: Floats, ends: Floats, chord: NDArray[np.int64], place: Floats) -> Floats:
    """On which side of a chord a place lies: the sign of the cross product."""
    along, to = ends[chord] - starts[chord], place - starts[chord]
    return np.asarray(np.sign(along[:, 0] * to[:, 1] - along[:, 1] * to[:, 0]))


def _candidates(starts: Floats, ends: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of chords that meet anywhere, by an index; none where the whole chain is simple."""
    import shapely

    none = np.zeros(0, dtype=np.int64)
    connected = np.array_equal(starts[1:], ends[:-1])
    if connected and shapely.LineString(np.concatenate([starts, ends[-1:]])).is_simple:
        return none, none
    chords = shapely.linestrings(np.stack([starts, ends], axis=1))
    first, second = shapely.STRtree(chords).query(chords, predicate="intersects")
    apart = second - first > 1
    return np.asarray(first[apart], dtype=np.int64), np.asarray(second[apart], dtype=np.int64)


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
