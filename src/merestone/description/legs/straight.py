"""`straight`: a straight line as the instrument writes it, undefined until a reading is declared."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.tree import NOWHERE
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class StraightLeg:
    """A straight line, without a word about which."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> StraightLeg:
    start = cursor.start
    cursor.need("straight")
    return StraightLeg(cursor.span(start))


def _print(leg: StraightLeg) -> str:
    return "straight"


SYNTAX = LegSyntax("straight", ("straight",), StraightLeg, _parse, _print, "leg 1 straight to B")
