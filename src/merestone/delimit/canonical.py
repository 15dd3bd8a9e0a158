"""Canonical coordinates: whole numbers of 1e-9 degree, 0.11 mm on the ground.

What a person printed becomes an integer by exact arithmetic; what was computed becomes one by rounding a float once.
Longitudes lie in (-180, 180]. Everything further along is computed from the integers, so that a leg ends exactly at
its defining vertices and errors do not travel.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, Units
from merestone.description.tree import Coordinate, Hemisphere
from merestone.geodesy.line import Floats

FULL_TURN = 360 * UNITS_PER_DEGREE
HALF_TURN = 180 * UNITS_PER_DEGREE


def units_of(coordinate: Coordinate) -> int:
    """The printed angle in units, south and west negative, longitudes from Greenwich; exact, ties to even."""
    angle = coordinate.angle
    if coordinate.zero_deg:
        return round((signed(coordinate, angle.exact) + coordinate.zero_deg) * UNITS_PER_DEGREE)
    units = rounded_quotient(angle.count * angle.unit_numerator * UNITS_PER_DEGREE, angle.unit_denominator)
    return -units if coordinate.hemisphere in (Hemisphere.SOUTH, Hemisphere.WEST) else units


def signed(coordinate: Coordinate, value: Fraction) -> Fraction:
    """The size of a coordinate with its sign: south and west negative."""
    return -value if coordinate.hemisphere in (Hemisphere.SOUTH, Hemisphere.WEST) else value


def degrees_of(coordinate: Coordinate) -> float:
    """The printed angle in degrees, south and west negative, longitudes from Greenwich in (-180, 180]."""
    if coordinate.zero_deg:
        return wrapped(units_of(coordinate)) / UNITS_PER_DEGREE
    value: float = coordinate.angle.degrees
    return -value if coordinate.hemisphere in (Hemisphere.SOUTH, Hemisphere.WEST) else value


def rounded_quotient(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers, the denominator positive, rounded half to even."""
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2):
        return quotient + 1
    return quotient


def wrapped(longitude_units: int) -> int:
    """A longitude in units, brought into (-180, 180] degrees."""
    return HALF_TURN - (HALF_TURN - longitude_units) % FULL_TURN


def rounded(lonlat: Floats) -> Units:
    """Places (n, 2) in degrees as units, longitudes brought into (-180, 180]."""
    units: Units = np.rint(lonlat * UNITS_PER_DEGREE).astype(np.int64)
    units[..., 0] = HALF_TURN - (HALF_TURN - units[..., 0]) % FULL_TURN
    return units


def degrees(units: Units | tuple[int, int]) -> Floats:
    """Canonical coordinates in degrees: each the float nearest to its integer of units."""
    result: Floats = np.asarray(units, dtype=np.float64) / UNITS_PER_DEGREE
    return result
