"""Which datum, taken for WGS 84 without a transformation, would put a line off by a constant offset.

Coordinates counted in another datum and drawn as if they were in WGS 84 lie off by the shift between the two, which
is almost constant over hundreds of kilometres: 104 m to the east for Pulkovo 1942 in the South Caucasus, 130 m to the
north-east for ED50 in the Alps. Two sources that differ by just that were most likely mixed up so. The shifts are those
of the operations that the EPSG registry names for the place, without grids. What is found is a suspicion: a constant
offset can have other causes, and which of two lines is the wrong one does not follow from it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from merestone.geodesy.catalogue import find, plausible
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Place
from merestone.geodesy.operation import operations
from merestone.sources.remark import Remark

SMALLEST_SHIFT_M = 10.0
"""Below it datums do not differ enough to be told from the errors of the lines."""
TOLERANCE_M = 5.0

_WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A datum that explains an offset.

    `frame` its name and `code`; `operation` the registry's operation to WGS 84 with its `accuracy_m`; `east_m`,
    `north_m` the offset that taking the frame for WGS 84 gives; `residual_m` what of the observed offset remains.
    `of_other` whether it is the other line that would be in this datum (the offset is the shift reversed).
    """

    frame: str
    code: str
    operation: str
    accuracy_m: float
    east_m: float
    north_m: float
    residual_m: float
    of_other: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """What taking a frame for WGS 84 does at a place: metres to the east and north of where it should be drawn."""

    frame: str
    code: str
    operation: str
    accuracy_m: float
    east_m: float
    north_m: float


def suspected_shift(
    offset_east_m: float, offset_north_m: float, lonlat: Place, tolerance_m: float = TOLERANCE_M
) -> tuple[Suspicion, ...]:
    """Give the datums that explain a constant offset of one line from another near a place, the closest first.

    The offset is from the other line to the one that is looked at, in metres. A datum explains it where no more than
    `tolerance_m` and the operation's stated accuracy remain, and less than a quarter of the shift.
    """
    found = [
        Suspicion(
            each.frame, each.code, each.operation, each.accuracy_m, sign * each.east_m, sign * each.north_m,
            math.hypot(offset_east_m - sign * each.east_m, offset_north_m - sign * each.north_m), sign < 0.0,
        )
        for each in known_shifts(lonlat)
        for sign in (1.0, -1.0)
    ]  # fmt: skip
    explaining = [each for each in found if _explains(each, tolerance_m)]
    return tuple(sorted(explaining, key=lambda each: (each.residual_m, each.code, each.of_other)))


def _explains(suspicion: Suspicion, tolerance_m: float) -> bool:
    size_m = math.hypot(suspicion.east_m, suspicion.north_m)
    return suspicion.residual_m <= min(tolerance_m + suspicion.accuracy_m, size_m / 4.0)


@lru_cache(maxsize=64)
def known_shifts(lonlat: Place) -> tuple[Shift, ...]:
    """Give the shifts against WGS 84 of all datums in whose area a place (degrees) lies, of 10 m and more."""
    lon = (lonlat[0] + 180.0) % 360.0 - 180.0
    place = np.array([[lon, lonlat[1]]])
    wgs_84 = find("EPSG:4326")
    shifts = []
    for frame in plausible((lon, lonlat[1])):
        ways = operations(frame, wgs_84, (lon, lonlat[1], lon, lonlat[1]))
        way = next((one for one in ways if len(one.steps) == 1 and not one.grids), None)
        if way is None or frame.code is None:
            continue
        azimuth, _, distance_m = inverse(wgs_84.ellipsoid, way.apply(place), place)
        east_m = float(distance_m[0] * np.sin(np.radians(azimuth[0])))
        north_m = float(distance_m[0] * np.cos(np.radians(azimuth[0])))
        if distance_m[0] >= SMALLEST_SHIFT_M:
            shifts.append(Shift(frame.name, frame.code, way.code, way.accuracy_m, east_m, north_m))
    return tuple(shifts)


def shift_remark(suspicions: tuple[Suspicion, ...], offset_east_m: float, offset_north_m: float, lonlat: Place,
                 of: str, other: str) -> Remark | None:  # fmt: skip
    """Give what is to be said of the offset of the line `of` from the line `other`; None where nothing explains it."""
    if not suspicions:
        return None
    best = suspicions[0]
    size_m = math.hypot(offset_east_m, offset_north_m)
    whose = other if best.of_other else of
    rest = sorted({each.frame for each in suspicions[1:]} - {best.frame})
    also = f"; {', '.join(rest)} would give nearly the same" if rest else ""
    sentence = (
        f"a constant offset of {size_m:.0f} m to the {_wind(offset_east_m, offset_north_m)} is what {best.frame} taken "
        f"for WGS 84 in {whose} gives ({best.operation}; {best.residual_m:.0f} m remain){also}"
    )
    return Remark("D115", sentence, lonlat, size_m, "m", whose)


def _wind(east_m: float, north_m: float) -> str:
    return _WINDS[round(math.degrees(math.atan2(east_m, north_m)) / 45.0) % 8]
