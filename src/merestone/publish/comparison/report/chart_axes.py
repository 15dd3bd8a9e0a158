"""The axes of a profile: chainage to pixels across, separation to pixels up and down, the stations worth drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Comparison, Profile, Reach, Stretch
from merestone.geodesy.arrays import Floats, Indices

WIDTH_PX, HEIGHT_PX = 720.0, 178.0
LEFT_PX, RIGHT_PX, TOP_PX, BOTTOM_PX = 66.0, 10.0, 24.0, 36.0
TALL_PX = HEIGHT_PX - TOP_PX - BOTTOM_PX
_WIDE_PX = WIDTH_PX - LEFT_PX - RIGHT_PX
_GAPS_PX = 60.0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch on the axis: its strand and reach on the line seen from, its left end in pixels, pixels to a metre."""

    profile: Profile
    reach: Reach
    left_px: float
    px_per_m: float

    def x(self, along_m: Floats | float) -> Floats:
        """Pixels of chainages, kept within the stretch."""
        inside = np.clip(along_m, self.reach.from_m, self.reach.to_m)
        return np.asarray(self.left_px + (inside - self.reach.from_m) * self.px_per_m)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be written: seen from the second line or not, its spans by the index of their stretch, and the
    separations in metres at its lower and upper edge."""

    made: Comparison
    from_second: bool
    spans: dict[int, Span]
    low_m: float
    high_m: float

    def y(self, separation_m: Floats | float) -> Floats:
        """Pixels of separations, left of the line up."""
        return np.asarray(TOP_PX + (self.high_m - np.asarray(separation_m)) / (self.high_m - self.low_m) * TALL_PX)


def chart(made: Comparison, *, from_second: bool) -> Chart | None:
    """The chart of one direction, None where no stretch has a profile."""
    which = int(from_second)
    held = {
        number: stretch
        for number, stretch in enumerate(made.stretches)
        if len(stretch.profiles[which].along_m) > 1 and stretch.reaches[which].length_m > 0.0
    }
    if not held:
        return None
    low_m, high_m = _range(made, [stretch.profiles[which] for stretch in held.values()])
    return Chart(made, from_second, _spans(held, which), low_m, high_m)


def _spans(held: dict[int, Stretch], which: int) -> dict[int, Span]:
    """The stretches one after another, with small gaps between them."""
    whole_m = sum(stretch.reaches[which].length_m for stretch in held.values())
    gap_px = min(10.0, _GAPS_PX / len(held))
    per_m = (_WIDE_PX - gap_px * (len(held) - 1)) / whole_m
    spans, left = {}, LEFT_PX
    for number, stretch in held.items():
        reach = stretch.reaches[which]
        spans[number] = Span(stretch.profiles[which], reach, left, per_m)
        left += reach.length_m * per_m + gap_px
    return spans


def _range(made: Comparison, profiles: list[Profile]) -> tuple[float, float]:
    """The separations that the chart spans: zero, all of the curve with one sigma, and never less than the tolerance.

    A sigma larger than the curve is shown to half as much again, not in full: the curve is what is looked at.
    """
    curve = np.concatenate([profile.separation_m for profile in profiles])
    sigma = np.concatenate([stated_sigma(profile) for profile in profiles])
    most = float(np.abs(curve).max())
    least = max(1.5 * made.settings.tolerance_m, 1.5 * float(np.median(sigma)), 1e-3)
    low = min(max(float((curve - sigma).min()), float(curve.min()) - most / 2), -least)
    high = max(min(float((curve + sigma).max()), float(curve.max()) + most / 2), least)
    return low * 1.08, high * 1.08


def kept(span: Span) -> Indices:
    """The stations that a pixel column can show: of each column the least and the greatest, and both ends."""
    column = np.floor(span.x(span.profile.along_m)).astype(np.intp)
    order = np.lexsort((span.profile.separation_m, column))
    edges = np.flatnonzero(np.diff(column[order])) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges - 1, [len(order) - 1]])
    return np.unique(np.concatenate([order[starts], order[ends], [0, len(order) - 1]]))


def stated_sigma(profile: Profile) -> Floats:
    """The sigmas of a profile, 0 where none is known."""
    return np.nan_to_num(profile.sigma_m, nan=0.0, posinf=0.0)


def one_per_column(span: Span) -> Indices:
    """Of each pixel column the station furthest from the axis."""
    column = np.floor(span.x(span.profile.along_m)).astype(np.intp)
    order = np.lexsort((np.abs(span.profile.separation_m), column))
    ends = np.concatenate([np.flatnonzero(np.diff(column[order])), [len(order) - 1]])
    return np.sort(order[ends])
