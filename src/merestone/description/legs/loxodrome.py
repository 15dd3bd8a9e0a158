"""`loxodrome`: the line of constant azimuth."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.directions import azimuth
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import azimuth_text
from merestone.description.tree import NOWHERE, Azimuth
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class LoxodromeLeg:
    """A loxodrome; `azimuth` is its azimuth at its start where the words give one."""

    azimuth: Azimuth | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> LoxodromeLeg:
    start = cursor.start
    cursor.need("loxodrome")
    angle = azimuth(cursor) if cursor.take("at", "azimuth") else None
    return LoxodromeLeg(angle, cursor.span(start))


def _print(leg: LoxodromeLeg) -> str:
    return "loxodrome" if leg.azimuth is None else f"loxodrome at azimuth {azimuth_text(leg.azimuth)}"


SYNTAX = LegSyntax("loxodrome", ("loxodrome",), LoxodromeLeg, _parse, _print, "leg 1 loxodrome to B")
