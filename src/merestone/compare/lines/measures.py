"""The figures of a whole comparison, gathered from its stretches."""

from __future__ import annotations

import numpy as np

from merestone.compare.comparison import AtResolution, Pair, Profile, Share, Statistics, Stretch, Verdict
from merestone.compare.lines.matching import Answer
from merestone.compare.lines.orientation import Sides, sides_of
from merestone.compare.lines.profile import Greatest, Ground, statistics
from merestone.compare.lines.significance import Doubt
from merestone.compare.lines.track import Track

OPENINGS_M = (100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0)
"""The openings of the dividers with which both lines are walked."""


def resolutions(grounds: tuple[Ground, ...]) -> tuple[AtResolution, ...]:
    """The lengths of the compared parts of both lines at common resolutions, as far as the shorter line goes."""
    from merestone.geodesy.dividers import lengths_at

    totals = np.zeros((2, len(OPENINGS_M)))
    for ground in grounds:
        for line in (0, 1):
            track = ground.track(line)
            totals[line] += lengths_at(track.ellipsoid, track.lonlat, np.array(OPENINGS_M))
    shortest_m = min((ground.track(line).length_m for ground in grounds for line in (0, 1)), default=0.0)
    return tuple(
        AtResolution(opening_m, (float(totals[0, at]), float(totals[1, at])))
        for at, opening_m in enumerate(OPENINGS_M)
        if opening_m <= shortest_m / 4.0
    )


def statistics_of(
    stretches: tuple[Stretch, ...], peaks: tuple[tuple[Greatest, Greatest], ...]
) -> tuple[Statistics, Statistics] | None:
    """The separations of either line from the other, None where nothing is compared."""
    if not stretches:
        return None
    one, other = (
        statistics(
            tuple(stretch.profiles[line] for stretch in stretches),
            tuple(stretch.reaches[line].strand for stretch in stretches),
            tuple(peak[line] for peak in peaks),
        )
        for line in (0, 1)
    )
    return one, other


def greatest_frechet(stretches: tuple[Stretch, ...]) -> Pair:
    """The Fréchet distance of all stretches in metres, as (at least, at most): the greatest of them."""
    at_least = max((stretch.frechet_m[0] for stretch in stretches), default=float("nan"))
    return at_least, max((stretch.frechet_m[1] for stretch in stretches), default=float("nan"))


def compared_lengths(stretches: tuple[Stretch, ...]) -> Pair:
    """The lengths in metres of what is compared."""
    one, other = (sum(stretch.reaches[line].length_m for stretch in stretches) for line in (0, 1))
    return one, other


def whole_length(tracks: tuple[Track, ...]) -> float:
    """The length in metres of all that a line holds."""
    return sum(track.length_m for track in tracks)


def sides_of_all(answers: tuple[Answer, ...]) -> Sides:
    """Who lies to either side of all stretches; None where they differ, or nobody is named."""
    found = {sides_of(answer) for answer in answers}
    return found.pop() if len(found) == 1 else (None, None)


def shares(profiles: tuple[tuple[Profile, Profile], ...], doubt: Doubt) -> tuple[Share, ...]:
    """How much of either line falls under each verdict: every station speaks for half the way to its neighbours."""
    lengths = {verdict: [0.0, 0.0] for verdict in Verdict}
    for pair in profiles:
        for line, each in enumerate(pair):
            steps = np.diff(each.along_m)
            speaks_m = (np.concatenate([[0.0], steps]) + np.concatenate([steps, [0.0]])) / 2.0
            different = each.probability > doubt.settings.different_above
            lost = each.probability < doubt.settings.within_error_below
            lengths[Verdict.DIFFERENT][line] += float(speaks_m[different].sum())
            lengths[Verdict.WITHIN_ERROR][line] += float(speaks_m[lost & ~different].sum())
            lengths[Verdict.UNDECIDABLE][line] += float(speaks_m[~lost & ~different].sum())
    return tuple(Share(verdict, (pair[0], pair[1])) for verdict, pair in lengths.items())
