"""`meridian`: an arc of the meridian."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.tree import NOWHERE
from merestone.diagnostics import Span

MeridianDirection: TypeAlias = Literal["northward", "southward"]


@dataclass(frozen=True, slots=True)
class MeridianLeg:
    """Along the meridian of the place where the leg starts; `direction` where the words give one."""

    direction: MeridianDirection | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> MeridianLeg:
    start = cursor.start
    cursor.need("meridian")
    direction: MeridianDirection | None = None
    if cursor.take("northward"):
        direction = "northward"
    elif cursor.take("southward"):
        direction = "southward"
    return MeridianLeg(direction, cursor.span(start))


def _print(leg: MeridianLeg) -> str:
    return "meridian" if leg.direction is None else f"meridian {leg.direction}"


SYNTAX = LegSyntax("meridian", ("meridian",), MeridianLeg, _parse, _print, "leg 1 meridian northward to B")
