"""`thalweg of «WATER»`, `median of`, `main channel of`, `left bank of`, `right bank of`: a line in or along a water. Not yet compiled."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import quoted_name
from merestone.description.spelling import quoted
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span

WHICH = ("thalweg", "median", "main channel", "left bank", "right bank")


@dataclass(frozen=True, slots=True)
class WaterLineLeg:
    """Along a line of a `water`: `which` is one of `WHICH`; `direction` is upstream or downstream where it is said."""

    which: str
    water: Name
    direction: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> WaterLineLeg:
    start = cursor.start
    which = next((words for words in WHICH if cursor.take(*words.split())), None)
    if which is None:
        raise cursor.unexpected()
    cursor.need("of")
    water = quoted_name(cursor, "a water")
    return WaterLineLeg(which, water, cursor.take_any(("upstream", "downstream")), cursor.span(start))


def _print(leg: WaterLineLeg) -> str:
    direction = "" if leg.direction is None else f" {leg.direction}"
    return f"{leg.which} of {quoted(leg.water.text)}{direction}"


SYNTAX = LegSyntax(
    "water line",
    ("thalweg", "median", "main channel", "left bank", "right bank"),
    WaterLineLeg,
    _parse,
    _print,
    "leg 1 thalweg of «Encuentro» upstream to B",
    compiled=False,
)
