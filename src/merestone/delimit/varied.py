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


def variations(node: T) -> Iterator[tuple[str, T]]:
    """Each number of a statement (where it stands in it) with the statement in which it is half a unit greater."""
    yield from _varied(node, "")


def _varied(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Angle):
        yield path, Angle(value.text, 2 * value.count + 1, value.unit_numerator, 2 * value.unit_denominator)
    elif isinstance(value, Length):
        yield path, replace(value, number=_half_a_unit_more(value.number))
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            for where, other in _varied(each, f"{path}.{place}"):
                yield where, (*value[:place], other, *value[place + 1 :])
    elif is_dataclass(value) and not isinstance(value, type):
        for name in (field.name for field in fields(value) if field.name not in LEFT_ALONE):
            for where, other in _varied(getattr(value, name), f"{path}.{name}"):
                yield where, replace(value, **{name: other})


def _half_a_unit_more(number: Number) -> Number:
    return replace(number, value=Fraction(number.value) + Fraction(number.last_place) / 2)
