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
    `area_error_m2`; `profile` of the second line against the first; `tolerance_m`: what it has converged to,
    the tolerance asked for unless the ends lie so far apart that the profile has a kink.
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
    profile, reached_m = _profile(first, second, tolerance_m)
    back_m = np.linspace(0.0, second.length_m, 2 * _FIRST_INTERVALS + 1)
    there = _greatest(first, second, profile.along_m, profile.offset_m, tolerance_m)
    back = _greatest(second, first, back_m, _offsets(second, first, back_m), tolerance_m)
    greatest_m, place, other = max(there, back, key=lambda found: found[0])
    area_m2, error_m2 = _lenses(first, second, profile)
    return Separation(greatest_m, place, other, area_m2, error_m2, profile, max(tolerance_m, reached_m))


def _offsets(line: Line, other: Line, along_m: Floats) -> Floats:
    """Give the signed distances from places of a line to the other, positive where the other lies to the left.

    `Nearest` counts where the place lies as seen from the other line; here it is the other that is seen from the
    line, so the side is turned, and turned again where the two run in opposite directions.
    """
    found = other.nearest(line.position(along_m))
    along_other = np.cos(np.radians(other.azimuth(found.along_m) - line.azimuth(along_m)))
    return np.asarray(-found.separation_m * np.where(along_other < 0.0, -1.0, 1.0))


def _profile(first: Line, second: Line, tolerance_m: float) -> tuple[Profile, float]:
    """Give the profile at places evenly spaced and close enough to be joined straight, and the tolerance that keeps.

    It is more than was asked for only where 4096 intervals do not do, as beside ends that lie apart.

    Every other place shows by how much joining its neighbours would miss it; halving the spacing divides that by four.
    """
    intervals = 2 * _FIRST_INTERVALS
    along_m = np.linspace(0.0, first.length_m, intervals + 1)
    offset_m = _offsets(first, second, along_m)
    while True:
        missed_m = float(np.abs(offset_m[1::2] - (offset_m[:-1:2] + offset_m[2::2]) / 2.0).max()) / 4.0
        if missed_m <= tolerance_m or intervals >= _MOST_INTERVALS:
            return Profile(along_m, offset_m), missed_m
        finer = int(2 ** np.ceil(np.log2(1.1 * np.sqrt(missed_m / tolerance_m))))
        finer = min(max(finer, 2), _MOST_INTERVALS // intervals)
        fine_m = np.linspace(0.0, first.length_m, intervals * finer + 1)
        found_m = np.empty(len(fine_m))
        known = np.arange(len(fine_m)) % finer == 0
        found_m[known] = offset_m
        found_m[~known] = _offsets(first, second, fine_m[~known])
        intervals, along_m, offset_m = intervals * finer, fine_m, found_m


def _greatest(
    line: Line, other: Line, along_m: Floats, offset_m: Floats, tolerance_m: float
) -> tuple[float, Place, Place]:
    """Give the greatest distance from the line to the other, and both places, refined around the greatest sample."""
    tried_m, distance_m = along_m, np.abs(offset_m)
    for _ in range(_REFINEMENTS):
        around = _around_peak(tried_m, distance_m)
        found_m = np.abs(_offsets(line, other, around))
        gained_m = float(found_m.max() - distance_m.max())
        tried_m = np.concatenate([tried_m, around])
        tried_m, order = np.unique(tried_m, return_index=True)
        distance_m = np.concatenate([distance_m, found_m])[order]
        if gained_m < tolerance_m / 1000.0:
            break
    place = line.position(tried_m[[distance_m.argmax()]])
    found = other.nearest(place)
    lon, lat = place[0]
    other_lon, other_lat = found.lonlat[0]
    return abs(float(found.separation_m[0])), (float(lon), float(lat)), (float(other_lon), float(other_lat))


def _around_peak(along_m: Floats, distance_m: Floats) -> Floats:
    """Give three distances along: at the peak of the parabola through the greatest sample, and close on either side."""
    top = int(np.clip(distance_m.argmax(), 1, len(along_m) - 2))
    (left, here, right), (low, high, peak) = along_m[top - 1 : top + 2], distance_m[[top - 1, top + 1, top]]
    rise_left, rise_right = (peak - low) / (here - left), (peak - high) / (right - here)
    bend = rise_left + rise_right
    middle = (left + here) / 2.0 + rise_left * (right - left) / 2.0 / bend if bend > 0.0 else here
    width = min(here - left, right - here) / 16.0
    return np.asarray(np.clip(np.array([middle - width, middle, middle + width]), left, right))


def _lenses(first: Line, second: Line, profile: Profile) -> tuple[float, float]:
    """Give the area between the lines, lens by lens, and its error, in m²."""
    crossings_m = _crossings_m(first, second, profile)
    cuts_m = np.concatenate([[0.0], crossings_m, [first.length_m]])
    on_second_m = second.nearest(first.position(cuts_m)).along_m
    opposite = on_second_m[0] > on_second_m[-1]
    on_second_m[[0, -1]] = (second.length_m, 0.0) if opposite else (0.0, second.length_m)
    total_m2, error_m2 = 0.0, 0.0
    for index in range(len(cuts_m) - 1):
        there = Part(first, float(cuts_m[index]), float(cuts_m[index + 1]))
        back = Part(second, float(on_second_m[index + 1]), float(on_second_m[index]))
        lens = enclosed_area([there, back])
        total_m2, error_m2 = total_m2 + abs(lens.area_m2), error_m2 + lens.error_m2
    return total_m2, error_m2


def _crossings_m(first: Line, second: Line, profile: Profile) -> Floats:
    """Give the distances along at which the profile passes from one side to the other, not counting the ends.

    Straight between samples, then one step of the secant method: what it leaves squared is nothing to an area.
    """
    along_m, offset_m = profile.along_m, profile.offset_m
    apart = np.abs(offset_m) > 1e-6
    along_m, offset_m = along_m[apart], offset_m[apart]
    before = np.nonzero(np.sign(offset_m[1:]) != np.sign(offset_m[:-1]))[0]
    if not len(before):
        return np.empty(0)
    slope = (offset_m[before + 1] - offset_m[before]) / (along_m[before + 1] - along_m[before])
    crossing_m = along_m[before] - offset_m[before] / slope
    improved_m = crossing_m - _offsets(first, second, crossing_m) / slope
    return np.asarray(np.clip(improved_m, along_m[before], along_m[before + 1]))
