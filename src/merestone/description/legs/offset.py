"""`at LENGTH from «FEATURE»`: a line at a distance from a feature.

It is compiled where the head binds the feature to a line of the description.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import quoted_name
from merestone.description.spelling import length_text, quoted
from merestone.description.tree import NOWHERE, Length, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class OffsetLeg:
    """At `distance` from a `feature`."""

    distance: Length
    feature: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> OffsetLeg:
    start = cursor.start
    cursor.need("at")
    distance = cursor.length("`azimuth`, or a distance with its unit")
    cursor.need("from")
    return OffsetLeg(distance, quoted_name(cursor, "a feature"), cursor.span(start))


def _print(leg: OffsetLeg) -> str:
    return f"at {length_text(leg.distance)} from {quoted(leg.feature.text)}"


SYNTAX = LegSyntax(
    "offset",
    ("at",),
    OffsetLeg,
    _parse,
    _print,
    "leg 1 at 12 nautical miles from «baseline» to B",
    compiled=False,
)
