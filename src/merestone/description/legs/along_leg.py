"""`along leg ID [of SECTION] [of SOURCE]`: the course of an earlier leg."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import on_leg
from merestone.description.spelling import name_text, on_leg_text
from merestone.description.tree import NOWHERE, Name, OnLeg
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class AlongLegLeg:
    """Along a leg of this description, or of an earlier line that `source` holds."""

    leg: OnLeg
    source: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> AlongLegLeg:
    start = cursor.start
    cursor.need("along")
    leg_start = cursor.start
    cursor.need("leg")
    leg = on_leg(cursor, leg_start)
    source = cursor.name("a source") if cursor.take("of") else None
    return AlongLegLeg(leg, source, cursor.span(start))


def _print(leg: AlongLegLeg) -> str:
    return f"along {on_leg_text(leg.leg)}" + ("" if leg.source is None else f" of {name_text(leg.source)}")


SYNTAX = LegSyntax("along leg", ("along leg",), AlongLegLeg, _parse, _print, "leg 2 along leg 1 of Main to B")
