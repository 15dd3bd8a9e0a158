"""`along circle NAME`: an arc of a construction circle that becomes boundary."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import name_text
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class AlongCircleLeg:
    """Along the construction circle called `circle`, clockwise or anticlockwise as seen from above."""

    circle: Name
    clockwise: bool
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> AlongCircleLeg:
    start = cursor.start
    cursor.need("along", "circle")
    name = cursor.name("a construction circle")
    turn = cursor.take_any(("clockwise", "anticlockwise"))
    if turn is None:
        raise cursor.unexpected()
    return AlongCircleLeg(name, turn == "clockwise", cursor.span(start))


def _print(leg: AlongCircleLeg) -> str:
    return f"along circle {name_text(leg.circle)} {'clockwise' if leg.clockwise else 'anticlockwise'}"


SYNTAX = LegSyntax(
    "along circle",
    ("along circle",),
    AlongCircleLeg,
    _parse,
    _print,
    "leg 1 along circle Zone anticlockwise to B",
)
