"""`median between «FEATURE» and «FEATURE» [weight NUMBER]`: a line equally far from both. Not yet compiled."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.numbers import Nature
from merestone.description.phrases import quoted_name
from merestone.description.spelling import quoted
from merestone.description.tree import NOWHERE, Name, Number
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class MedianBetweenLeg:
    """Between two features; `weight` is the ratio of the distance from the first to that from the second, None: 1."""

    first: Name
    second: Name
    weight: Number | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> MedianBetweenLeg:
    start = cursor.start
    cursor.need("median", "between")
    first = quoted_name(cursor, "a feature")
    cursor.need("and")
    second = quoted_name(cursor, "a feature")
    weight = cursor.number("a weight", Nature.DECIMAL) if cursor.take("weight") else None
    return MedianBetweenLeg(first, second, weight, cursor.span(start))


def _print(leg: MedianBetweenLeg) -> str:
    weight = "" if leg.weight is None else f" weight {leg.weight.text}"
    return f"median between {quoted(leg.first.text)} and {quoted(leg.second.text)}{weight}"


SYNTAX = LegSyntax(
    "median between",
    ("median between",),
    MedianBetweenLeg,
    _parse,
    _print,
    "leg 1 median between «Coast of A» and «Coast of B» to C",
    compiled=False,
)
