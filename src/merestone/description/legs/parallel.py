"""`parallel`: an arc of the parallel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.tree import NOWHERE
from merestone.diagnostics import Span

ParallelDirection: TypeAlias = Literal["eastward", "westward"]


@dataclass(frozen=True, slots=True)
class ParallelLeg:
    """Along the parallel of the place where the leg starts; `direction` where the words give one."""

    direction: ParallelDirection | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> ParallelLeg:
    start = cursor.start
    cursor.need("parallel")
    direction: ParallelDirection | None = None
    if cursor.take("eastward"):
        direction = "eastward"
    elif cursor.take("westward"):
        direction = "westward"
    return ParallelLeg(direction, cursor.span(start))


def _print(leg: ParallelLeg) -> str:
    return "parallel" if leg.direction is None else f"parallel {leg.direction}"


SYNTAX = LegSyntax("parallel", ("parallel",), ParallelLeg, _parse, _print, "leg 1 parallel eastward to B")
