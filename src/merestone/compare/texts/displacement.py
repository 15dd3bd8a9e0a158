"""How far a line moved: the new line seen from the old one.

Only what differs is measured: edges that stand in both lines are left out. Each run of edges that differ is laid
against what stands in its place, both ways, and the land between them is measured lens by lens, closed by geodesics
where the ends moved too. Land between two neighbours is closed by the same geodesic, so nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from merestone.compare.texts.trace import Feet, Trace, edges_of, feet, trace
from merestone.errors import MixedFramesError
from merestone.geodesy.area import Part, enclosed_area
from merestone.geodesy.cut import cut
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Floats, Line, Place
from merestone.geodesy.lines.path import Path

CLOSED_M = 1e-3
_CROSSING_M = 1e-6
"""Nearer than this two lines lie on one another, and neither is to the left."""


@dataclass(frozen=True, slots=True)
class Displacement:
    """How far a line moved, in metres and m²; left and right as seen along the old line.

    `greatest_m` the greatest distance between a place of either line and the other; there, `place` on the old line,
    `foot` on the new one and `azimuth_deg` from the one to the other; `mean_m` over the length of both; `moved_m` the
    lengths of the old and of the new line further than the tolerance from the other; `left_m2`, `right_m2` the land
    between where the new line lies to the left, and to the right; `turned`: the new line runs the other way.
    """

    greatest_m: float
    place: Place
    foot: Place
    azimuth_deg: float
    mean_m: float
    moved_m: tuple[float, float]
    left_m2: float
    right_m2: float
    turned: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run of edges adds: the sum of distance by length (m²) and what `Displacement` has."""

    greatest_m: float
    place: Place
    foot: Place
    azimuth_deg: float
    sum_m2: float
    moved_m: tuple[float, float]
    left_m2: float
    right_m2: float


def displacement(old: Sequence[Line], new: Sequence[Line], tolerance_m: float) -> Displacement:
    """The displacement of edges that follow one another, to 0.5 mm; lines on one ellipsoid, one edge each at least.

    Raises `MixedFramesError` for lines on two ellipsoids.
    """
    if old[0].ellipsoid != new[0].ellipsoid:
        raise MixedFramesError(old[0].ellipsoid.name, new[0].ellipsoid.name)
    turned = runs_opposite(old, new)
    there = [edge.reversed() for edge in reversed(new)] if turned else list(new)
    if _closes(old) and _closes(there):
        there = _started_at(there, old[0].ends[:1])
    runs = [_run(one, other, tolerance_m) for one, other in _differing(old, there)]
    total_m = sum(edge.length_m for edge in [*old, *new])
    start = (float(old[0].ends[0, 0]), float(old[0].ends[0, 1]))
    worst = max(runs, key=lambda run: run.greatest_m, default=_Run(0.0, start, start, 0.0, 0.0, (0.0, 0.0), 0.0, 0.0))
    return Displacement(
        worst.greatest_m,
        worst.place,
        worst.foot,
        worst.azimuth_deg,
        sum(run.sum_m2 for run in runs) / total_m,
        (sum(run.moved_m[0] for run in runs), sum(run.moved_m[1] for run in runs)),
        sum(run.left_m2 for run in runs),
        sum(run.right_m2 for run in runs),
        turned,
    )


# ---- laid side by side ------------------------------------------------------------------------------------------


def runs_opposite(old: Sequence[Line], new: Sequence[Line]) -> bool:
    """Whether the new line runs against the old one: its nearest places come one before the other."""
    if list(old) == list(new):
        return False
    ends, ends_there = np.array([old[0].ends[0], old[-1].ends[1]]), np.array([new[0].ends[0], new[-1].ends[1]])
    if not (_closes(old) or _closes(new)):
        same_m, crossed_m = (inverse(old[0].ellipsoid, ends, each)[2].sum() for each in (ends_there, ends_there[::-1]))
        return bool(crossed_m < same_m)
    line = trace(old)
    some = line.lonlat[np.linspace(0, len(line.lonlat) - 1, 65).astype(np.int64)]
    steps_m = np.diff(feet(trace(new), some).along_m)
    return bool(np.sign(steps_m).sum() < 0.0)


def _closes(edges: Sequence[Line]) -> bool:
    gap_m = inverse(edges[0].ellipsoid, edges[0].ends[:1], edges[-1].ends[1:])[2][0]
    return bool(gap_m < CLOSED_M)


def _started_at(ring: list[Line], place: Floats) -> list[Line]:
    """A ring begun where it is nearest to a place (1, 2), at the corner there if there is one."""
    line = trace(ring)
    along_m = float(feet(line, place).along_m[0])
    corner = int(np.abs(line.starts_m - along_m).argmin())
    if abs(line.starts_m[corner] - along_m) < CLOSED_M:
        return [*ring[corner:], *ring[:corner]]
    path = Path(tuple(ring))
    return [*edges_of(cut(path, along_m, path.length_m)), *edges_of(cut(path, 0.0, along_m))]


def _differing(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[Sequence[Line], Sequence[Line]]]:
    """Runs of edges that differ, never empty: one that has nothing in its place takes a neighbour along."""
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        back = int((i == j or k == m) and i > 0 and k > 0)
        ahead = int((i == j or k == m) and not back)
        yield old[i - back : j + ahead], new[k - back : m + ahead]


# ---- one run ----------------------------------------------------------------------------------------------------


def _run(old: Sequence[Line], new: Sequence[Line], tolerance_m: float) -> _Run:
    here, there = trace(old), trace(new)
    to_new, to_old = feet(there, here.lonlat), feet(here, there.lonlat)
    signed_m = _signed_m(here, to_new)
    left_m2, right_m2 = _land_m2(here, there, to_new, signed_m)
    one, other = int(to_new.distance_m.argmax()), int(to_old.distance_m.argmax())
    if to_new.distance_m[one] >= to_old.distance_m[other]:
        place, foot, greatest_m = here.lonlat[one], to_new.lonlat[one], to_new.distance_m[one]
    else:
        place, foot, greatest_m = to_old.lonlat[other], there.lonlat[other], to_old.distance_m[other]
    azimuth_deg = inverse(here.ellipsoid, place[None, :], foot[None, :])[0][0]
    return _Run(
        float(greatest_m),
        (float(place[0]), float(place[1])),
        (float(foot[0]), float(foot[1])),
        float(azimuth_deg),
        _sum_m2(here, to_new) + _sum_m2(there, to_old),
        (_beyond_m(here, signed_m, tolerance_m), _beyond_m(there, _signed_m(there, to_old), tolerance_m)),
        left_m2,
        right_m2,
    )


def _signed_m(line: Trace, found: Feet) -> Floats:
    """Distances to the feet in metres, positive where the foot lies to the left of the line."""
    aside = np.sin(np.radians(found.azimuth_deg - _azimuth_deg(line)))
    return np.asarray(np.where(aside <= 0.0, found.distance_m, -found.distance_m))


def _azimuth_deg(line: Trace) -> Floats:
    """The direction at each place of a chain: that of the chord ahead, at the end of the line of the one behind."""
    azimuth_deg, _, length_m = inverse(line.ellipsoid, line.lonlat[:-1], line.lonlat[1:])
    ahead = np.append(azimuth_deg, azimuth_deg[-1])
    empty = np.append(length_m, 1.0) < _CROSSING_M
    ahead[:-1][empty[:-1]] = ahead[1:][empty[:-1]]
    return ahead


def _sum_m2(line: Trace, found: Feet) -> float:
    """The integral of the distance along a line in m²."""
    return float(np.trapezoid(found.distance_m, line.along_m))


def _beyond_m(line: Trace, signed_m: Floats, tolerance_m: float) -> float:
    """The length of a line in metres over which the distance exceeds a tolerance, distances joined straight."""
    low, high = np.minimum(signed_m[:-1], signed_m[1:]), np.maximum(signed_m[:-1], signed_m[1:])
    within = np.maximum(np.minimum(high, tolerance_m) - np.maximum(low, -tolerance_m), 0.0)
    steady = (high - low) < 1e-12
    share = np.where(steady, np.abs(low) <= tolerance_m, within / np.where(steady, 1.0, high - low))
    return float(((1.0 - share) * np.diff(line.along_m)).sum())


def _land_m2(old: Trace, new: Trace, found: Feet, signed_m: Floats) -> tuple[float, float]:
    """The land between two lines in m², to the left and to the right of the old one: lens by lens between crossings."""
    cuts_m, cuts_there_m = _cuts_m(old, new, found, signed_m)
    left_m2, right_m2 = 0.0, 0.0
    for index in range(len(cuts_m) - 1):
        forth = _parts(old, float(cuts_m[index]), float(cuts_m[index + 1]))
        back = _parts(new, float(cuts_there_m[index]), float(cuts_there_m[index + 1]))
        area_m2 = enclosed_area([*forth, *(Part(part.line, part.to_m, part.from_m) for part in back[::-1])]).area_m2
        left_m2, right_m2 = left_m2 + max(area_m2, 0.0), right_m2 + max(-area_m2, 0.0)
    return left_m2, right_m2


def _parts(line: Trace, from_m: float, to_m: float) -> list[Part]:
    """The edges of a line between two distances along it, the first and last cut; one at least."""
    last = len(line.edges) - 1
    first = int(np.clip(np.searchsorted(line.starts_m, from_m, side="right") - 1, 0, last))
    final = int(np.clip(np.searchsorted(line.starts_m, to_m, side="left") - 1, first, last))
    starts_m = line.starts_m[first : final + 1].tolist()
    return [
        Part(edge, max(from_m - start_m, 0.0), min(to_m - start_m, edge.length_m))
        for edge, start_m in zip(line.edges[first : final + 1], starts_m, strict=True)
    ]


def _cuts_m(old: Trace, new: Trace, found: Feet, signed_m: Floats) -> tuple[Floats, Floats]:
    """Where the lines cross, as distances along the old and along the new one, with both ends."""
    apart = np.nonzero(found.distance_m > _CROSSING_M)[0]
    turn = np.nonzero(np.sign(signed_m[apart[:-1]]) != np.sign(signed_m[apart[1:]]))[0]
    before, after = apart[turn], apart[turn + 1]
    share = found.distance_m[before] / (found.distance_m[before] + found.distance_m[after])
    at_m = old.along_m[before] + share * (old.along_m[after] - old.along_m[before])
    there_m = found.along_m[before] + share * (found.along_m[after] - found.along_m[before])
    cuts_m = np.concatenate([[0.0], at_m, [old.length_m]])
    return cuts_m, np.maximum.accumulate(np.concatenate([[0.0], np.clip(there_m, 0.0, new.length_m), [new.length_m]]))
