"""Printed lengths and areas in metres and square metres."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from merestone.description.tree import Area, Length
from merestone.geodesy.units import find_area, find_length


@lru_cache(maxsize=64)
def _metres(unit: str) -> Fraction:
    return find_length(unit).in_metres(1)


@lru_cache(maxsize=64)
def _square_metres(unit: str) -> Fraction:
    return find_area(unit).square_metres


def metres(length: Length) -> float:
    """A printed length in metres: the printed number times the unit's definition, rounded once."""
    return float(Fraction(length.number.value) * _metres(length.unit))


def last_place_m(length: Length) -> float:
    """One unit of the last printed digit of a length in metres."""
    return float(Fraction(length.number.last_place) * _metres(length.unit))


def square_metres(area: Area) -> float:
    """A printed area in square metres."""
    return float(Fraction(area.number.value) * _square_metres(area.unit))


def last_place_m2(area: Area) -> float:
    """One unit of the last printed digit of an area in square metres."""
    return float(Fraction(area.number.last_place) * _square_metres(area.unit))
