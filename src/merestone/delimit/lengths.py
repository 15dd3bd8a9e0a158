"""Printed lengths and areas in metres and square metres."""

from __future__ import annotations

from merestone.description.tree import Area, Length
from merestone.geodesy import units


def metres(length: Length) -> float:
    """A printed length in metres: the printed number times the unit's definition, rounded once."""
    return units.metres(length.number.value, length.unit)


def last_place_m(length: Length) -> float:
    """One unit of the last printed digit of a length in metres."""
    return units.metres(length.number.last_place, length.unit)


def square_metres(area: Area) -> float:
    """A printed area in square metres."""
    return units.square_metres(area.number.value, area.unit)


def last_place_m2(area: Area) -> float:
    """One unit of the last printed digit of an area in square metres."""
    return units.square_metres(area.number.last_place, area.unit)
