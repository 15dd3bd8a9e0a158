"""The stations of the profiles as columns: a profile may have a million of them, so they are never taken one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Comparison, Profile
from merestone.geodesy.arrays import Floats, Indices

LABELS = (("seen_from", "Seen from the line"), ("stretch", "Stretch"), ("strand", "Part of the line"))
"""Keys and headings of what all stations of a block have in common."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A column of numbers: its key in CSV, its heading for people, its decimals, what it holds of a profile (n,)."""

    key: str
    heading: str
    decimals: int
    of: Callable[[Profile], Floats]


MEASURED = (
    Measured("along_m", "Chainage, m", 3, lambda profile: profile.along_m),
    Measured("separation_m", "Separation, m (left +)", 3, lambda profile: profile.separation_m),
    Measured("sigma_m", "Sigma, m", 3, lambda profile: profile.sigma_m),
    Measured("probability", "Probability that they are apart", 6, lambda profile: profile.probability),
    Measured("latitude_deg", "Latitude, °", 9, lambda profile: profile.lonlat[:, 1]),
    Measured("longitude_deg", "Longitude, °", 9, lambda profile: wrapped(profile.lonlat[:, 0])),
    Measured("foot_along_m", "Chainage of the nearest, m", 3, lambda profile: profile.foot_along_m),
    Measured("foot_latitude_deg", "Latitude of the nearest, °", 9, lambda profile: profile.foot[:, 1]),
    Measured("foot_longitude_deg", "Longitude of the nearest, °", 9, lambda profile: wrapped(profile.foot[:, 0])),
)


@dataclass(frozen=True, slots=True)
class Block:
    """Stations of one stretch seen from one line: the indices `at` (n,) of its profile."""

    from_second: bool
    stretch: int
    strand: str
    profile: Profile
    at: Indices

    @property
    def labels(self) -> tuple[str, int, str]:
        """What all its stations have in common, in the order of `LABELS`."""
        return "second" if self.from_second else "first", self.stretch + 1, self.strand

    def columns(self) -> list[list[float]]:
        """The numbers column by column, rounded as they are printed; never a negative zero."""
        return [(np.round(each.of(self.profile)[self.at], each.decimals) + 0.0).tolist() for each in MEASURED]

    def rows(self) -> Iterator[tuple[str | int | float | None, ...]]:
        """The stations row by row under their labels; a number that is not finite is None."""
        for row in zip(*self.columns(), strict=True):
            yield *self.labels, *(value if np.isfinite(value) else None for value in row)


def blocks(made: Comparison, most: int | None = None) -> Iterator[Block]:
    """The stations of all profiles, from the first line and then from the second; `most` in each direction at most,
    evenly chosen, with the ends and the greatest separation of each stretch."""
    for which, from_second in enumerate((False, True)):
        count = sum(len(stretch.profiles[which].along_m) for stretch in made.stretches)
        every = 1 if most is None else max(1, -(-count // most))
        for number, stretch in enumerate(made.stretches):
            profile = stretch.profiles[which]
            yield Block(from_second, number, stretch.reaches[which].strand, profile, _thinned(profile, every))


def _thinned(profile: Profile, every: int) -> Indices:
    """The indices of every so-manieth station, with both ends and the greatest separation."""
    count = len(profile.along_m)
    if every <= 1 or count == 0:
        return np.arange(count)
    kept = np.arange(0, count, every)
    return np.union1d(kept, [count - 1, int(np.argmax(np.abs(profile.separation_m)))])


def wrapped(longitudes_deg: Floats) -> Floats:
    """Longitudes in (-180, 180] degrees; those that are there already to the last bit as they are."""
    inside = (longitudes_deg > -180.0) & (longitudes_deg <= 180.0)
    return np.where(inside, longitudes_deg, 180.0 - (180.0 - longitudes_deg) % 360.0)
