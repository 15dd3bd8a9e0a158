"""`along line NAME`: a stretch of a construction line that becomes boundary."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import name_text
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class AlongLineLeg:
    """Along the construction line called `line`."""

    line: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> AlongLineLeg:
    start = cursor.start
    cursor.need("along", "line")
    return AlongLineLeg(cursor.name("a construction line"), cursor.span(start))


def _print(leg: AlongLineLeg) -> str:
    return f"along line {name_text(leg.line)}"


SYNTAX = LegSyntax("along line", ("along line",), AlongLineLeg, _parse, _print, "leg 1 along line Rhumb to B")
