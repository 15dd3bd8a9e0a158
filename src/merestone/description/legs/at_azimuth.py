"""`at azimuth AZIMUTH`: a line that leaves at an azimuth; which kind of line is declared or open."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.directions import azimuth
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import kind_or_grid
from merestone.description.spelling import azimuth_text, by_text
from merestone.description.tree import NOWHERE, Azimuth, Name, StraightKind
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class AtAzimuthLeg:
    """A line at `azimuth` from its start; `by` is its kind (geodesic or loxodrome), None: not said.

    With a `projection` the direction and the length are those of its grid, and the line is straight on it.
    """

    azimuth: Azimuth
    by: StraightKind | None = None
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> AtAzimuthLeg:
    start = cursor.start
    cursor.need("at", "azimuth")
    return AtAzimuthLeg(azimuth(cursor), *kind_or_grid(cursor), cursor.span(start))


def _print(leg: AtAzimuthLeg) -> str:
    return f"at azimuth {azimuth_text(leg.azimuth)}{by_text(leg.by, leg.projection)}"


SYNTAX = LegSyntax(
    "at azimuth", ("at azimuth",), AtAzimuthLeg, _parse, _print, "leg 1 at azimuth 278°14'27\" by geodesic for 12 km"
)
