"""`meridian`: an arc of the meridian."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import through_point
from merestone.description.spelling import name_text
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span

MeridianDirection: TypeAlias = Literal["northward", "southward"]


@dataclass(frozen=True, slots=True)
class MeridianLeg:
    """Along the meridian of the place where the leg starts; `direction` where the words give one.

    `through` is a point of it that the words name; without a direction the leg runs towards that point.
    """

    direction: MeridianDirection | None = None
    through: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> MeridianLeg:
    start = cursor.start
    cursor.need("meridian")
    through = through_point(cursor, "meridian")
    direction: MeridianDirection | None = None
    if cursor.take("northward"):
        direction = "northward"
    elif cursor.take("southward"):
        direction = "southward"
    return MeridianLeg(direction, through, cursor.span(start))


def _print(leg: MeridianLeg) -> str:
    through = "" if leg.through is None else f" through {name_text(leg.through)}"
    return f"meridian{through}" if leg.direction is None else f"meridian{through} {leg.direction}"


SYNTAX = LegSyntax("meridian", ("meridian",), MeridianLeg, _parse, _print, "leg 1 meridian northward to B")
