"""Along how much of one line another one runs, whatever stretches of either they are and from whichever end either is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.texts.trace import Feet, Trace, feet
from merestone.geodesy.arrays import Flags
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True)
class RunTogether:
    """Along how many metres of the first line (of `first_m`) the second (of `second_m` metres) lies within the tolerance, and along
    how many of the second the first does; the greatest distance between them there, in metres; whether they run opposite ways."""

    along_first_m: float
    along_second_m: float
    first_m: float
    second_m: float
    apart_m: float
    is_backwards: bool

    @property
    def is_whole(self) -> bool:
        """Whether each runs along the whole of the other."""
        return self.along_first_m > 0.999 * self.first_m and self.along_second_m > 0.999 * self.second_m


def run_together(
    first: Sequence[Trace], second: Sequence[Trace], tolerance_m: float, least_m: float
) -> RunTogether | None:
    """How two lines, of one or more strands each, run together within a tolerance in metres; None where they do so along less
    than `least_m` metres in all. Strands that only cross or meet run together along next to nothing."""
    pairs = [(_along(one, other, tolerance_m), _along(other, one, tolerance_m)) for one in first for other in second]
    forth_m, back_m = (sum(pair[at].length_m for pair in pairs) for at in (0, 1))
    if max(forth_m, back_m) < least_m:
        return None
    turned_m = sum(each.turned_m for each, _ in pairs)
    apart_m = max(each.apart_m for pair in pairs for each in pair)
    first_m, second_m = (sum(each.length_m for each in line) for line in (first, second))
    return RunTogether(forth_m, back_m, first_m, second_m, apart_m, turned_m > forth_m / 2.0)


@dataclass(frozen=True, slots=True)
class _Run:
    """Along how many metres of one strand the other lies near, how many of them the other way, and the greatest distance."""

    length_m: float
    turned_m: float
    apart_m: float


def _along(one: Trace, other: Trace, tolerance_m: float) -> _Run:
    along_m = _stations(one, other, tolerance_m)
    found = feet(other, _places(one, along_m))
    near = found.distance_m <= tolerance_m
    steps_m, together = np.diff(along_m), _together(found, near, np.diff(along_m), tolerance_m)
    turned = together & (np.diff(found.along_m) < 0.0)
    used = np.concatenate([together, [False]]) | np.concatenate([[False], together])
    apart_m = float(found.distance_m[used].max(initial=0.0))
    return _Run(float(steps_m[together].sum()), float(steps_m[turned].sum()), apart_m)


def _together(found: Feet, near: Flags, steps_m: Floats, tolerance_m: float) -> Flags:
    """Between which stations the other strand goes along: near at both, and as far on in itself as the stations are apart."""
    on_m = np.abs(np.diff(found.along_m))
    return np.asarray(near[:-1] & near[1:] & (np.abs(on_m - steps_m) <= 2.0 * tolerance_m + 0.01 * steps_m))


def _stations(one: Trace, other: Trace, tolerance_m: float) -> Floats:
    """Places along a strand at which the other is looked at: its own, and those next to the other's where that is near."""
    beside = feet(one, other.lonlat)
    here_m = beside.along_m[beside.distance_m <= tolerance_m]
    return np.unique(np.concatenate([one.along_m, here_m]))


def _places(one: Trace, along_m: Floats) -> Floats:
    """Longitude and latitude (n, 2) of places along a strand, between its places as these lie: at most 250 m apart."""
    lon = np.interp(along_m, one.along_m, np.unwrap(one.lonlat[:, 0], period=360.0))
    return np.column_stack([lon, np.interp(along_m, one.along_m, one.lonlat[:, 1])])
