"""`geodesic towards POINT`: a line aimed at a point, which may lie before its end or beyond it."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.grid_coordinates import grid_system
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import name_text, projection_text
from merestone.description.tree import NOWHERE, Name, StraightKind
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class TowardsLeg:
    """A line of a kind aimed at `point`; `beyond`: it passes through the point, and ends further on."""

    kind: StraightKind
    point: Name
    beyond: bool = False
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> TowardsLeg:
    start = cursor.start
    word = cursor.take_any(("geodesic", "loxodrome", "straight"))
    cursor.need("towards")
    point = cursor.name("the point that the leg is aimed at")
    kind, projection = StraightKind(word or ""), None
    if kind is StraightKind.STRAIGHT and cursor.take("on"):
        kind, projection = StraightKind.PROJECTED, grid_system(cursor)
    beyond = cursor.take("and", "beyond")
    return TowardsLeg(kind, point, beyond, projection, cursor.span(start))


def _print(leg: TowardsLeg) -> str:
    word = leg.kind.value if leg.projection is None else StraightKind.STRAIGHT.value
    on = "" if leg.projection is None else f" on {projection_text(leg.projection)}"
    return f"{word} towards {name_text(leg.point)}{on}{' and beyond' if leg.beyond else ''}"


SYNTAX = LegSyntax(
    "towards",
    ("geodesic towards", "loxodrome towards", "straight towards"),
    TowardsLeg,
    _parse,
    _print,
    "leg 1 geodesic towards B until it meets meridian 16° E",
)
