"""How far the other line is, all along a line: the profile, and what it says in four figures.

Stations are the vertices of the line and more between them where they are far apart. A separation is the geodesic
distance from a station to the nearest place of the answering stretch of the other line; its sign says on which side of
the common orientation the other line lies there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Profile, Statistics
from merestone.compare.lines.matching import Answer, stations
from merestone.compare.lines.significance import Doubt
from merestone.compare.lines.track import Track, Tracks
from merestone.geodesy.line import Flags, Floats, Indices
from merestone.geodesy.near_chain import Stations


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A stretch ready for measuring: the part of each line that belongs to it, and the chainages where they begin."""

    parts: tuple[Tracks, Tracks]
    from_m: tuple[float, float]

    @classmethod
    def of(cls, answer: Answer) -> Ground:
        """The parts of both lines that answer to one another."""
        return cls((_part(answer.first, answer, 0), _part(answer.second, answer, 1)), answer.from_m)

    def track(self, line: int) -> Track:
        """The part of the first (0) or second (1) line."""
        return self.parts[line].tracks[0]

    def apart_m(self, line: int, along_m: Floats) -> Floats:
        """The distances of the other line from places of a line, at chainages from the start of its part: (n,)."""
        return self.parts[1 - line].nearest(self.track(line).position(along_m))[0].distance_m


def _part(track: Track, answer: Answer, line: int) -> Tracks:
    from_m, to_m = answer.from_m[line], answer.to_m[line]
    whole = from_m <= 0.0 and to_m >= track.length_m
    return Tracks.of((track if whole else track.part(from_m, to_m),))


def profile(ground: Ground, line: int, doubt: Doubt) -> Profile:
    """The profile of the first (0) or second (1) line of a stretch."""
    track = ground.track(line)
    along_m = stations(track, doubt.settings.stations)
    lonlat = track.position(along_m)
    feet, foot_m = ground.parts[1 - line].nearest(lonlat)
    # A station on the right of the other line has that line on its left.
    separation_m = np.where(feet.side > 0.0, -feet.distance_m, feet.distance_m)
    sigma_m = doubt.sigma_m(track.azimuth_deg(along_m))
    return Profile(
        along_m + ground.from_m[line],
        lonlat,
        feet.lonlat,
        foot_m + ground.from_m[1 - line],
        separation_m,
        sigma_m,
        doubt.probability(feet.distance_m, sigma_m),
    )


def statistics(profiles: tuple[Profile, ...], names: tuple[str, ...], greatest: tuple[Greatest, ...]) -> Statistics:
    """What the profiles of one line say, weighted by length; the separation is linear between stations."""
    apart_m = np.concatenate([_within(each).ravel() for each in profiles])
    length_m = np.concatenate([np.tile(np.diff(each.along_m) / _SHARES, _SHARES) for each in profiles])
    order = np.argsort(apart_m, kind="stable")
    share = np.cumsum(length_m[order])
    whole_m = float(share[-1])

    def below(part: float) -> float:
        return float(apart_m[order[min(int(np.searchsorted(share, part * whole_m)), len(order) - 1)]])

    top = int(np.argmax([round(each.apart_m, 6) for each in greatest]))
    peak = greatest[top]
    return Statistics(
        mean_m(profiles), below(0.5), below(0.95), peak.apart_m, peak.place, peak.foot, names[top], peak.along_m
    )


def mean_m(profiles: tuple[Profile, ...]) -> float:
    """The mean separation along the profiles of one line in metres, weighted by length."""
    total_m = sum(float(np.sum(_middles(each) * np.diff(each.along_m))) for each in profiles)
    return total_m / sum(float(each.along_m[-1] - each.along_m[0]) for each in profiles)


_SHARES = 4
"""Into how many parts the way between two stations is taken for the median and the 95 %."""


def _crosses(profile_: Profile) -> Flags:
    """Whether the lines can cross between neighbouring stations (n - 1,): the separation changes its sign, and by no more
    than the way in between; otherwise the nearest place has jumped."""
    one, other = profile_.separation_m[:-1], profile_.separation_m[1:]
    return np.asarray((one * other < 0.0) & (np.abs(one) + np.abs(other) <= np.diff(profile_.along_m)))


def _middles(profile_: Profile) -> Floats:
    """The mean separation between neighbouring stations, in metres: (n - 1,); where the lines cross in between, of
    both triangles."""
    one, other = np.abs(profile_.separation_m[:-1]), np.abs(profile_.separation_m[1:])
    total = np.maximum(one + other, 1e-300)
    return np.asarray(np.where(_crosses(profile_), (one**2 + other**2) / (2.0 * total), total / 2.0))


def _within(profile_: Profile) -> Floats:
    """The separations in the middle of equal shares of the way between neighbouring stations: (shares, n - 1)."""
    crosses = _crosses(profile_)
    one = np.where(crosses, profile_.separation_m[:-1], np.abs(profile_.separation_m[:-1]))
    other = np.where(crosses, profile_.separation_m[1:], np.abs(profile_.separation_m[1:]))
    at = (np.arange(_SHARES)[:, None] + 0.5) / _SHARES
    return np.asarray(np.abs(one + at * (other - one)))


@dataclass(frozen=True, slots=True)
class Greatest:
    """The greatest distance of a line from the other, in metres, exact to `error_m`; where, and the nearest place."""

    apart_m: float
    along_m: float
    place: tuple[float, float]
    foot: tuple[float, float]
    error_m: float


def greatest(ground: Ground, line: int, profile_: Profile, error_m: float) -> Greatest:
    """The greatest of all distances from a line to the other, not of its stations alone: the directed Hausdorff distance.

    It lies at a station, or between two where `ChainIndex.furthest` finds it; there it is measured once more.
    """
    track, other = ground.track(line), ground.parts[1 - line]
    at_m, apart_m = profile_.along_m - ground.from_m[line], np.abs(profile_.separation_m)
    edge = _edge_of(other.tracks[0], profile_.foot_along_m - ground.from_m[1 - line])
    between_m, bound_m = other.index.furthest(
        track.along_m, track.lonlat, Stations(at_m, profile_.lonlat, apart_m, edge), error_m
    )
    best = int(np.argmax(apart_m))
    found = (float(apart_m[best]), float(at_m[best]), profile_.lonlat[best], profile_.foot[best])
    if not math.isnan(between_m):
        place = track.position(np.array([between_m]))
        feet = other.index.nearest(place)
        found = max(found, (float(feet.distance_m[0]), between_m, place[0], feet.lonlat[0]), key=lambda each: each[0])
    apart, along_m, here, foot = found
    return Greatest(
        apart,
        along_m + ground.from_m[line],
        (float(here[0]), float(here[1])),
        (float(foot[0]), float(foot[1])),
        max(bound_m - apart, 0.0),
    )


def _edge_of(track: Track, along_m: Floats) -> Indices:
    """The pieces of a track at chainages: (n,) -> (n,)."""
    return np.clip(np.searchsorted(track.along_m, along_m, side="right") - 1, 0, len(track.along_m) - 2)
