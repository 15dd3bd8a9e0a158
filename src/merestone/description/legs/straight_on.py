"""`straight on PROJECTION`: straight on the plane of a named projection."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.grid_coordinates import grid_system
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import projection_text
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class StraightOnLeg:
    """A straight line on the plane of `projection`."""

    projection: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> StraightOnLeg:
    start = cursor.start
    cursor.need("straight", "on")
    return StraightOnLeg(grid_system(cursor), cursor.span(start))


def _print(leg: StraightOnLeg) -> str:
    return f"straight on {projection_text(leg.projection)}"


SYNTAX = LegSyntax("straight on", ("straight on",), StraightOnLeg, _parse, _print, "leg 1 straight on EPSG:32719 to B")
