"""`contour LENGTH on SOURCE`: a line of equal height. Not yet compiled."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import length_text, name_text
from merestone.description.tree import NOWHERE, Length, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class ContourLeg:
    """Along the contour of `height` in the elevation `source`."""

    height: Length
    source: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> ContourLeg:
    start = cursor.start
    cursor.need("contour")
    height = cursor.length("a height with its unit")
    cursor.need("on")
    return ContourLeg(height, cursor.name("a source"), cursor.span(start))


def _print(leg: ContourLeg) -> str:
    return f"contour {length_text(leg.height)} on {name_text(leg.source)}"


SYNTAX = LegSyntax(
    "contour",
    ("contour",),
    ContourLeg,
    _parse,
    _print,
    "leg 1 contour 1200 m on dem to B",
    compiled=False,
)
