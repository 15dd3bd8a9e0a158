"""What one line has and the other does not: ends that stick out, parts without a counterpart, rings of one line alone."""

from __future__ import annotations

import numpy as np

from merestone.compare.comparison import Reach, Unmatched
from merestone.compare.lines.matching import Answer
from merestone.compare.lines.track import Track

CLOSED_ALONE = "closed line without counterpart"
"""Why a ring to which nothing answers is left over."""


def leftovers(
    tracks: tuple[Track, ...], answers: tuple[Answer, ...], least_m: float, *, of_second: bool
) -> tuple[Unmatched, ...]:
    """The parts of a line, longer than `least_m`, that nothing answers to. Chainages count in the direction of the
    answering stretch of the strand, where it has one."""
    found: list[Unmatched] = []
    for track in tracks:
        mine = [answer for answer in answers if _track(answer, of_second=of_second).name == track.name]
        if not mine:
            why = CLOSED_ALONE if track.ring else "no counterpart"
            found.append(_unmatched(track, 0.0, track.length_m, why, of_second=of_second))
            continue
        shown = _track(mine[0], of_second=of_second)
        if not shown.ring or not mine[0].ring:
            found += [each for each in _between(shown, mine, of_second=of_second) if each.reach.length_m > least_m]
    return tuple(found)


def _track(answer: Answer, *, of_second: bool) -> Track:
    return answer.second if of_second else answer.first


def _between(shown: Track, answers: list[Answer], *, of_second: bool) -> list[Unmatched]:
    """The parts of a strand before, between and after its stretches."""
    spans = sorted(span for answer in answers for span in _spans(answer, shown, of_second=of_second))
    found, done_m = [], 0.0
    for number, (from_m, to_m) in enumerate(spans):
        if from_m > done_m:
            why = "beyond the end" if number == 0 and not shown.ring else "no counterpart"
            found.append(_unmatched(shown, done_m, from_m, why, of_second=of_second))
        done_m = max(done_m, to_m)
    if shown.length_m > done_m:
        why = "no counterpart" if shown.ring else "beyond the end"
        found.append(_unmatched(shown, done_m, shown.length_m, why, of_second=of_second))
    return found


def _spans(answer: Answer, shown: Track, *, of_second: bool) -> list[tuple[float, float]]:
    """Where a stretch lies on a strand as it is shown: in its direction, and, of a ring, from its start; two parts
    where the stretch runs over that start."""
    line = 1 if of_second else 0
    track, from_m, to_m = answer.track(line), answer.from_m[line], answer.to_m[line]
    if np.array_equal(track.lonlat, shown.lonlat):
        return [(from_m, to_m)]
    if not track.ring:
        return [(track.length_m - to_m, track.length_m - from_m)]
    places = track.position(np.array([from_m, (from_m + to_m) / 2.0, to_m]))
    start_m, middle_m, end_m = shown.feet(places)[0].tolist()
    low_m, high_m = sorted((start_m, end_m))
    if low_m <= middle_m <= high_m:
        return [(low_m, high_m)]
    return [(0.0, low_m), (high_m, shown.length_m)]


def _unmatched(track: Track, from_m: float, to_m: float, why: str, *, of_second: bool) -> Unmatched:
    lon, lat = track.position(np.array([(from_m + to_m) / 2.0]))[0]
    return Unmatched(of_second, Reach(track.name, from_m, to_m), why, (float(lon), float(lat)))
