"""`along section NAME [of SOURCE]`: the course of an earlier section."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.spelling import name_text
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class AlongSectionLeg:
    """Along a section of this description, or of an earlier line that `source` holds."""

    section: Name
    source: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> AlongSectionLeg:
    start = cursor.start
    cursor.need("along", "section")
    section = cursor.name("the name of a section")
    source = cursor.name("a source") if cursor.take("of") else None
    return AlongSectionLeg(section, source, cursor.span(start))


def _print(leg: AlongSectionLeg) -> str:
    source = "" if leg.source is None else f" of {name_text(leg.source)}"
    return f"along section {name_text(leg.section)}{source}"


SYNTAX = LegSyntax(
    "along section", ("along section",), AlongSectionLeg, _parse, _print, "leg 2 along section Main to B"
)
