"""`parallel`: an arc of the parallel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import through_point
from merestone.description.spelling import name_text
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span

ParallelDirection: TypeAlias = Literal["eastward", "westward"]


@dataclass(frozen=True, slots=True)
class ParallelLeg:
    """Along the parallel of the place where the leg starts; `direction` where the words give one.

    `through` is a point of it that the words name; without a direction the leg runs towards that point.
    """

    direction: ParallelDirection | None = None
    through: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> ParallelLeg:
    start = cursor.start
    cursor.need("parallel")
    through = through_point(cursor, "parallel")
    direction: ParallelDirection | None = None
    if cursor.take("eastward"):
        direction = "eastward"
    elif cursor.take("westward"):
        direction = "westward"
    return ParallelLeg(direction, through, cursor.span(start))


def _print(leg: ParallelLeg) -> str:
    through = "" if leg.through is None else f" through {name_text(leg.through)}"
    return f"parallel{through}" if leg.direction is None else f"parallel{through} {leg.direction}"


SYNTAX = LegSyntax("parallel", ("parallel",), ParallelLeg, _parse, _print, "leg 1 parallel eastward to B")
