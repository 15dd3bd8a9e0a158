"""Stretches along which two lines are further apart than a tolerance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Parting, Profile, Reach, Side, Stretch
from merestone.geodesy.line import Floats


def partings(stretches: tuple[Stretch, ...], tolerance_m: float) -> tuple[Parting, ...]:
    """The stretches that part, in order. Runs found from either line that overlap are one, so that it does not matter
    from which line one looks; they overlap where the mean of the shares run of both lines does."""
    found: list[Parting] = []
    for number, stretch in enumerate(stretches):
        runs = [*_runs(stretch, 0, tolerance_m), *_runs(stretch, 1, tolerance_m)]
        found += [_parting(number, stretch, run.box) for run in _united(runs)]
    return tuple(found)


Box = tuple[float, float, float, float]
"""From and to on the first line, from and to on the second, in metres."""


@dataclass(frozen=True, slots=True, order=True)
class _Run:
    """A run of stations beyond the tolerance: from and to in the mean of the shares run of both lines, and its box."""

    start: float
    end: float
    box: Box


def _runs(stretch: Stretch, line: int, tolerance_m: float) -> list[_Run]:
    """The runs of one line's stations; their ends are where the separation passes the tolerance, linear in between."""
    profile, share = stretch.profiles[line], _shares(stretch, line)
    beyond = np.abs(profile.separation_m) > tolerance_m
    edges = np.flatnonzero(np.diff(np.concatenate([[False], beyond, [False]]).astype(np.int8)))
    found = []
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        from_m = _passes(profile, start - 1, start, tolerance_m) if start else float(profile.along_m[0])
        to_m = _passes(profile, stop, stop - 1, tolerance_m) if stop < len(beyond) else float(profile.along_m[-1])
        feet_m, within = profile.foot_along_m[start:stop], share[start:stop]
        own, other = (from_m, to_m), (float(feet_m.min()), float(feet_m.max()))
        box = (*own, *other) if line == 0 else (*other, *own)
        found.append(_Run(float(within.min()), float(within.max()), box))
    return found


def _shares(stretch: Stretch, line: int) -> Floats:
    """The mean of the shares run of both lines at the stations of one: (n,), 0 at the start and 1 at the end."""
    profile, own, other = stretch.profiles[line], stretch.reaches[line], stretch.reaches[1 - line]
    run = (profile.along_m - own.from_m) / own.length_m + (profile.foot_along_m - other.from_m) / other.length_m
    return np.asarray(run / 2.0)


def _united(runs: list[_Run]) -> list[_Run]:
    """Runs that overlap made one."""
    united: list[_Run] = []
    for run in sorted(runs):
        if united and run.start <= united[-1].end:
            last = united[-1]
            low = [min(last.box[at], run.box[at]) for at in (0, 2)]
            high = [max(last.box[at], run.box[at]) for at in (1, 3)]
            united[-1] = _Run(last.start, max(last.end, run.end), (low[0], high[0], low[1], high[1]))
        else:
            united.append(run)
    return united


def _passes(profile: Profile, inside: int, outside: int, tolerance_m: float) -> float:
    """The chainage between two neighbouring stations at which the separation passes the tolerance."""
    low, high = abs(float(profile.separation_m[inside])), abs(float(profile.separation_m[outside]))
    share = (tolerance_m - low) / (high - low)
    return float(profile.along_m[inside] + share * (profile.along_m[outside] - profile.along_m[inside]))


def _parting(number: int, stretch: Stretch, box: Box) -> Parting:
    """The parting of a box, with the greatest separation among the stations of both lines."""
    candidates = []
    for line, profile in enumerate(stretch.profiles):
        first = int(np.searchsorted(profile.along_m, box[2 * line]))
        last = int(np.searchsorted(profile.along_m, box[2 * line + 1], side="right"))
        if last > first:
            top = first + int(np.argmax(np.abs(profile.separation_m[first:last])))
            candidates.append((round(abs(float(profile.separation_m[top])), 6), _place(profile, top, line)))
    greatest_m, (place, separation_m) = max(candidates, key=lambda each: each[0])
    reaches = (
        Reach(stretch.reaches[0].strand, box[0], box[1]),
        Reach(stretch.reaches[1].strand, box[2], box[3]),
    )
    return Parting(number, reaches, greatest_m, place, Side.LEFT if separation_m > 0.0 else Side.RIGHT)


def _place(profile: Profile, station: int, line: int) -> tuple[tuple[float, float], float]:
    """The place midway between a station and its foot, and the separation as the first line sees it."""
    middle: Floats = (profile.lonlat[station] + profile.foot[station]) / 2.0
    separation_m = float(profile.separation_m[station])
    return (float(middle[0]), float(middle[1])), separation_m if line == 0 else -separation_m
