"""`line shown on SOURCE`: the line that a map shows. Not yet compiled."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import name_text, quoted
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class MapLineLeg:
    """Along the line that the map `source` shows; `which` names it where the map shows several."""

    source: Name
    which: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> MapLineLeg:
    start = cursor.start
    cursor.need("line", "shown", "on")
    source = cursor.name("a source")
    return MapLineLeg(source, cursor.quoted_or_none(), cursor.span(start))


def _print(leg: MapLineLeg) -> str:
    which = "" if leg.which is None else f" {quoted(leg.which)}"
    return f"line shown on {name_text(leg.source)}{which}"


SYNTAX = LegSyntax(
    "map line",
    ("line shown on",),
    MapLineLeg,
    _parse,
    _print,
    "leg 1 line shown on sheet3 to B",
    compiled=False,
)
