"""`geodesic`: the shortest line on the ellipsoid."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.directions import azimuth
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import azimuth_text
from merestone.description.tree import NOWHERE, Azimuth
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class GeodesicLeg:
    """A geodesic; `azimuth` is its azimuth at its start where the words give one."""

    azimuth: Azimuth | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> GeodesicLeg:
    start = cursor.start
    cursor.need("geodesic")
    angle = azimuth(cursor) if cursor.take("at", "azimuth") else None
    return GeodesicLeg(angle, cursor.span(start))


def _print(leg: GeodesicLeg) -> str:
    return "geodesic" if leg.azimuth is None else f"geodesic at azimuth {azimuth_text(leg.azimuth)}"


SYNTAX = LegSyntax("geodesic", ("geodesic",), GeodesicLeg, _parse, _print, "leg 1 geodesic to B")
