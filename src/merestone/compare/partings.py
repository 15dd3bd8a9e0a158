"""Stretches along which two lines are further apart than a tolerance."""

from __future__ import annotations

import numpy as np

from merestone.compare.comparison import Parting, Profile, Reach, Side, Stretch
from merestone.geodesy.line import Floats


def partings(stretches: tuple[Stretch, ...], tolerance_m: float) -> tuple[Parting, ...]:
    """The stretches that part, in order. Runs found from either line that overlap on both are one, so that it does not
    matter from which line one looks."""
    found: list[Parting] = []
    for number, stretch in enumerate(stretches):
        boxes = [
            *_runs(stretch.profiles[0], tolerance_m),
            *(_turned(run) for run in _runs(stretch.profiles[1], tolerance_m)),
        ]
        found += [_parting(number, stretch, box) for box in _united(boxes)]
    return tuple(found)


Box = tuple[float, float, float, float]
"""From and to on the first line, from and to on the second, in metres."""


def _runs(profile: Profile, tolerance_m: float) -> list[Box]:
    """The runs of stations beyond the tolerance; their ends are where the separation passes it, linear in between."""
    beyond = np.abs(profile.separation_m) > tolerance_m
    edges = np.flatnonzero(np.diff(np.concatenate([[False], beyond, [False]]).astype(np.int8)))
    found = []
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        from_m = _passes(profile, start - 1, start, tolerance_m) if start else float(profile.along_m[0])
        to_m = _passes(profile, stop, stop - 1, tolerance_m) if stop < len(beyond) else float(profile.along_m[-1])
        feet_m = profile.foot_along_m[start:stop]
        found.append((from_m, to_m, float(feet_m.min()), float(feet_m.max())))
    return found


def _passes(profile: Profile, inside: int, outside: int, tolerance_m: float) -> float:
    """The chainage between two neighbouring stations at which the separation passes the tolerance."""
    low, high = abs(float(profile.separation_m[inside])), abs(float(profile.separation_m[outside]))
    share = (tolerance_m - low) / (high - low)
    return float(profile.along_m[inside] + share * (profile.along_m[outside] - profile.along_m[inside]))


def _turned(box: Box) -> Box:
    return box[2], box[3], box[0], box[1]


def _united(boxes: list[Box]) -> list[Box]:
    """Boxes that overlap on both lines made one, until none do: a sweep along the first line."""
    united: list[Box] = []
    for box in sorted(boxes):
        merged = box
        while united and _overlap(united[-1], merged):
            last = united.pop()
            merged = (
                min(last[0], merged[0]),
                max(last[1], merged[1]),
                min(last[2], merged[2]),
                max(last[3], merged[3]),
            )
        united.append(merged)
    return united


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[1] and other[0] <= one[1] and one[2] <= other[3] and other[2] <= one[3]


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
