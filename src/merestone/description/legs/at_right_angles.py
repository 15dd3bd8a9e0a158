"""`at right angles to LINE to the left`, or `perpendicular to ...`: a line across another, to one hand of its direction."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.line_phrases import line
from merestone.description.phrases import by_kind
from merestone.description.spelling import by_text, line_text
from merestone.description.tree import NOWHERE, LineReference, StraightKind
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class AtRightAnglesLeg:
    """A line that leaves its start at right angles to `base`, to the left or right of the direction of `base`."""

    base: LineReference
    left: bool
    by: StraightKind | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> AtRightAnglesLeg:
    start = cursor.start
    if not cursor.take("perpendicular", "to"):
        cursor.need("at", "right", "angles", "to")
    base = line(cursor)
    cursor.need("to", "the")
    hand = cursor.take_any(("left", "right"))
    if hand is None:
        raise cursor.unexpected()
    return AtRightAnglesLeg(base, hand == "left", by_kind(cursor), cursor.span(start))


def _print(leg: AtRightAnglesLeg) -> str:
    return f"at right angles to {line_text(leg.base)} to the {'left' if leg.left else 'right'}{by_text(leg.by)}"


SYNTAX = LegSyntax(
    "at right angles",
    ("at right angles to", "perpendicular to"),
    AtRightAnglesLeg,
    _parse,
    _print,
    "leg 2 at right angles to leg 1 to the left by geodesic for 500 m",
)
