"""What one line has and the other does not: ends that stick out, parts without a counterpart, rings of one line alone."""

from __future__ import annotations

import numpy as np

from merestone.compare.comparison import Reach, Unmatched
from merestone.compare.matching import Answer
from merestone.compare.track import Track


def leftovers(
    tracks: tuple[Track, ...], answers: tuple[Answer, ...], least_m: float, *, of_second: bool
) -> tuple[Unmatched, ...]:
    """The parts of a line, longer than `least_m`, that nothing answers to. Chainages count in the direction of the
    answering stretch of the strand, where it has one."""
    line = 1 if of_second else 0
    found: list[Unmatched] = []
    for track in tracks:
        mine = [answer for answer in answers if answer.track(line).name == track.name]
        if not mine:
            why = "ring without counterpart" if track.ring else "no counterpart"
            found.append(_unmatched(track, 0.0, track.length_m, why, of_second=of_second))
            continue
        shown = mine[0].track(line)
        if not shown.ring or not mine[0].ring:
            found += [each for each in _between(shown, mine, of_second=of_second) if each.reach.length_m > least_m]
    return tuple(found)


def _between(shown: Track, answers: list[Answer], *, of_second: bool) -> list[Unmatched]:
    """The parts of a strand before, between and after its stretches."""
    spans = sorted(answer.span(1 if of_second else 0, shown) for answer in answers)
    found, done_m = [], 0.0
    for number, (from_m, to_m) in enumerate(spans):
        if from_m > done_m:
            why = "beyond the end" if number == 0 else "no counterpart"
            found.append(_unmatched(shown, done_m, from_m, why, of_second=of_second))
        done_m = max(done_m, to_m)
    if shown.length_m > done_m:
        found.append(_unmatched(shown, done_m, shown.length_m, "beyond the end", of_second=of_second))
    return found


def _unmatched(track: Track, from_m: float, to_m: float, why: str, *, of_second: bool) -> Unmatched:
    lon, lat = track.position(np.array([(from_m + to_m) / 2.0]))[0]
    return Unmatched(of_second, Reach(track.name, from_m, to_m), why, (float(lon), float(lat)))
