"""`at azimuth AZIMUTH`: a line that leaves at an azimuth; which kind of line is declared or open."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.coordinates import azimuth
from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import by_kind
from merestone.description.spelling import by_text
from merestone.description.tree import NOWHERE, StraightKind
from merestone.diagnostics import Span
from merestone.geodesy.angle import Angle


@dataclass(frozen=True, slots=True)
class AtAzimuthLeg:
    """A line at `azimuth` from its start; `by` is its kind (geodesic or loxodrome), None: not said."""

    azimuth: Angle
    by: StraightKind | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> AtAzimuthLeg:
    start = cursor.start
    cursor.need("at", "azimuth")
    return AtAzimuthLeg(azimuth(cursor), by_kind(cursor), cursor.span(start))


def _print(leg: AtAzimuthLeg) -> str:
    return f"at azimuth {leg.azimuth.text}{by_text(leg.by)}"


SYNTAX = LegSyntax(
    "at azimuth", ("at azimuth",), AtAzimuthLeg, _parse, _print, "leg 1 at azimuth 278°14'27\" by geodesic for 12 km"
)
