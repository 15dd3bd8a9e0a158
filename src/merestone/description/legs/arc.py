"""`arc of LENGTH about POINT`: an arc of a circle, at a constant geodesic distance from its centre."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import length_text, name_text
from merestone.description.tree import NOWHERE, Length, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class ArcLeg:
    """An arc of `radius` about `centre`, run through clockwise or anticlockwise as seen from above."""

    radius: Length
    centre: Name
    clockwise: bool
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> ArcLeg:
    start = cursor.start
    cursor.need("arc", "of")
    radius = cursor.length("the radius with its unit")
    cursor.need("about")
    centre = cursor.name("the centre, a point")
    turn = cursor.take_any(("clockwise", "anticlockwise"))
    if turn is None:
        raise cursor.unexpected()
    return ArcLeg(radius, centre, turn == "clockwise", cursor.span(start))


def _print(leg: ArcLeg) -> str:
    turn = "clockwise" if leg.clockwise else "anticlockwise"
    return f"arc of {length_text(leg.radius)} about {name_text(leg.centre)} {turn}"


SYNTAX = LegSyntax(
    "arc", ("arc",), ArcLeg, _parse, _print, "leg 1 arc of 12 nautical miles about Lighthouse anticlockwise to B"
)
