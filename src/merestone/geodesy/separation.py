"""How far two lines between the same ends part: in metres, in square metres, and all along.

The separation is the two-sided Hausdorff distance: the greatest distance from a place of either line to the nearest
place of the other. It and the profile are refined until they have converged to a stated tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.errors import MixedFramesError
from merestone.geodesy.area import Part, enclosed_area
from merestone.geodesy.line import Floats, Line, Place

_FIRST_INTERVALS = 32
_MOST_INTERVALS = 4096
_REFINEMENTS = 5


@dataclass(frozen=True, slots=True)
class Profile:
    """Cross-track offsets of one line from another.

    `offset_m` (n,): geodesic distance from the first line at `along_m` (n,) to the nearest place of the second,
    positive where the second lies to the left; joined straight, they are within the tolerance everywhere.
    """

    along_m: Floats
    offset_m: Floats


@dataclass(frozen=True, slots=True)
class Separation:
    """How far two lines part.

    `greatest_m`: the two-sided Hausdorff distance; `place` where it occurs on one line and `place_on_other` the
    nearest place of the other; `area_m2`: what they enclose, lens by lens, each counted positive, with
    `area_error_m2`; `profile` of the second line against the first; `tolerance_m` to which all this has converged.
    """

    greatest_m: float
    place: Place
    place_on_other: Place
    area_m2: float
    area_error_m2: float
    profile: Profile
    tolerance_m: float


def separation(first: Line, second: Line, tolerance_m: float = 0.1) -> Separation:
    """Give how far two lines with (roughly) common ends part, converged to `tolerance_m`.

    Where the ends differ, the enclosed area is closed by geodesics between them.
    """
    if first.ellipsoid != second.ellipsoid:
        raise MixedFramesError(first.ellipsoid.name, second.ellipsoid.name)
    profile = _profile(first, second, tolerance_m)
    back_m = np.linspace(0.0, second.length_m, 2 * _FIRST_INTERVALS + 1)
    there = _greatest(first, second, profile.along_m, profile.offset_m)
    back = _greatest(second, first, back_m, _offsets(second, first, back_m))
    greatest_m, place, other = max(there, back, key=lambda found: found[0])
    area_m2, error_m2 = _lenses(first, second, profile)
    return Separation(greatest_m, place, other, area_m2, error_m2, profile, tolerance_m)


def _offsets(line: Line, other: Line, along_m: Floats) -> Floats:
    """Give the signed distances from places of a line to the other, positive where the other lies to the left.

    `Nearest` counts where the place lies as seen from the other line; here it is the other that is seen from the
    line, so the side is turned, and turned again where the two run in opposite directions.
    """
    found = other.nearest(line.position(along_m))
    along_other = np.cos(np.radians(other.azimuth(found.along_m) - line.azimuth(along_m)))
    return np.asarray(-found.separation_m * np.where(along_other < 0.0, -1.0, 1.0))


def _profile(first: Line, second: Line, tolerance_m: float) -> Profile:
    """Give the profile, its intervals halved wherever joining straight misses their middles by over the tolerance."""
    along_m = np.linspace(0.0, first.length_m, _FIRST_INTERVALS + 1)
    offset_m = _offsets(first, second, along_m)
    unsettled = np.arange(_FIRST_INTERVALS)
    while len(unsettled) and len(along_m) <= _MOST_INTERVALS:
        middles_m = (along_m[unsettled] + along_m[unsettled + 1]) / 2.0
        found_m = _offsets(first, second, middles_m)
        missed_m = np.abs(found_m - (offset_m[unsettled] + offset_m[unsettled + 1]) / 2.0)
        along_m = np.insert(along_m, unsettled + 1, middles_m)
        offset_m = np.insert(offset_m, unsettled + 1, found_m)
        # Halving divides what is missed by four; halves that then keep the tolerance are settled.
        left = unsettled + np.arange(len(unsettled))
        unsettled = np.sort(np.concatenate([left, left + 1])[np.tile(missed_m > 3.0 * tolerance_m, 2)])
    return Profile(along_m, offset_m)


def _greatest(line: Line, other: Line, along_m: Floats, offset_m: Floats) -> tuple[float, Place, Place]:
    """Give the greatest distance from the line to the other, and both places, refined around the greatest sample."""
    top = int(np.abs(offset_m).argmax())
    low, high = along_m[max(top - 1, 0)], along_m[min(top + 1, len(along_m) - 1)]
    best_m = along_m[top]
    for _ in range(_REFINEMENTS):
        tried_m = np.unique(np.concatenate([np.linspace(low, high, 7), [best_m]]))
        distances_m = np.abs(other.nearest(line.position(tried_m)).separation_m)
        index = int(distances_m.argmax())
        best_m = tried_m[index]
        low, high = tried_m[max(index - 1, 0)], tried_m[min(index + 1, len(tried_m) - 1)]
    place = line.position(np.array([best_m]))
    found = other.nearest(place)
    lon, lat = place[0]
    other_lon, other_lat = found.lonlat[0]
    return abs(float(found.separation_m[0])), (float(lon), float(lat)), (float(other_lon), float(other_lat))


def _lenses(first: Line, second: Line, profile: Profile) -> tuple[float, float]:
    """Give the area between the lines, lens by lens, and its error, in m²."""
    crossings_m = _sign_changes(profile)
    cuts_m = np.concatenate([[0.0], crossings_m, [first.length_m]])
    on_second_m = second.nearest(first.position(cuts_m)).along_m
    opposite = float(second.nearest(first.ends[:1]).along_m[0]) > float(second.nearest(first.ends[1:]).along_m[0])
    on_second_m[[0, -1]] = (second.length_m, 0.0) if opposite else (0.0, second.length_m)
    total_m2, error_m2 = 0.0, 0.0
    for index in range(len(cuts_m) - 1):
        there = Part(first, float(cuts_m[index]), float(cuts_m[index + 1]))
        back = Part(second, float(on_second_m[index + 1]), float(on_second_m[index]))
        lens = enclosed_area([there, back])
        total_m2, error_m2 = total_m2 + abs(lens.area_m2), error_m2 + lens.error_m2
    return total_m2, error_m2


def _sign_changes(profile: Profile) -> Floats:
    """Give the distances along at which the profile passes from one side to the other, not counting the ends."""
    along_m, offset_m = profile.along_m, profile.offset_m
    apart = np.abs(offset_m) > 1e-6
    along_m, offset_m = along_m[apart], offset_m[apart]
    before = np.nonzero(np.sign(offset_m[1:]) != np.sign(offset_m[:-1]))[0]
    share = offset_m[before] / (offset_m[before] - offset_m[before + 1])
    return np.asarray(along_m[before] + share * (along_m[before + 1] - along_m[before]))
