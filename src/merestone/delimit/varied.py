"""A statement with one of its printed numbers moved by half a unit of its last place, for each of its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar

from merestone.description.tree import Length, Number
from merestone.geodesy.angle import Angle

T = TypeVar("T")

LEFT_ALONE = ("span", "clauses", "name", "read_as", "choice", "frame", "numbers")
"""Fields of a statement that hold no number that its geometry is built from."""


def variations(node: T) -> Iterator[tuple[str, T, T]]:
    """Each number of a statement: where it stands, and the statement with it half a unit greater and smaller."""
    yield from _varied(node, "")


def _varied(value: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(value, Angle):
        yield path, _turned(value, 1), _turned(value, -1)
    elif isinstance(value, Length):
        more, less = (replace(value, number=_moved(value.number, half)) for half in (1, -1))
        yield path, more, less
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            before, after = value[:place], value[place + 1 :]
            for where, more, less in _varied(each, f"{path}.{place}"):
                yield where, (*before, more, *after), (*before, less, *after)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in (field.name for field in fields(value) if field.name not in LEFT_ALONE):
            for where, more, less in _varied(getattr(value, name), f"{path}.{name}"):
                yield where, replace(value, **{name: more}), replace(value, **{name: less})


def _turned(angle: Angle, half_units: int) -> Angle:
    return Angle(angle.text, 2 * angle.count + half_units, angle.unit_numerator, 2 * angle.unit_denominator)


def _moved(number: Number, half_units: int) -> Number:
    return replace(number, value=Fraction(number.value) + half_units * Fraction(number.last_place) / 2)
