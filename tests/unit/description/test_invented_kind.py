"""A kind of leg that nobody has heard of is a module and a line in a table, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.format import format_text
from merestone.description.legs import LEG_KINDS
from merestone.description.legs.syntax import LegSyntax
from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.description.spelling import length_text
from merestone.description.tree import NOWHERE, Leg, Length, Section
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class ZigzagLeg:
    """A line that turns every so often."""

    every: Length
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def parse_zigzag(cursor: Cursor) -> ZigzagLeg:
    """`zigzag every LENGTH`."""
    start = cursor.start
    cursor.need("zigzag", "every")
    return ZigzagLeg(cursor.length(), cursor.span(start))


def print_zigzag(leg: ZigzagLeg) -> str:
    """The inverse."""
    return f"zigzag every {length_text(leg.every)}"


ZIGZAG = LegSyntax("zigzag", ("zigzag",), ZigzagLeg, parse_zigzag, print_zigzag, "leg 1 zigzag every 5 km to B")
KINDS = (*LEG_KINDS, ZIGZAG)
TEXT = "section S\n  from A\n  leg 1 zigzag every 5 km to B\n"


def test_an_invented_kind_is_parsed_printed_and_formatted() -> None:
    """With its table entry the kind is part of the language, in statements and in tables."""
    parsed = parse(TEXT, KINDS)
    assert parsed.diagnostics == ()
    section = parsed.description.statements[0]
    assert isinstance(section, Section)
    assert isinstance(section.body[1], Leg)
    assert isinstance(section.body[1].kind, ZigzagLeg)
    assert print_description(parsed.description, KINDS) == TEXT
    assert format_text(TEXT.replace("leg 1", "leg"), KINDS) == TEXT


def test_without_its_entry_it_is_no_kind() -> None:
    """The same text is refused where the table does not hold the kind."""
    assert [finding.code for finding in parse(TEXT).diagnostics] == ["S305"]


def test_a_mistyped_invented_kind_is_recognised() -> None:
    """The message knows the kinds of the table."""
    (finding,) = parse(TEXT.replace("zigzag", "zigzga"), KINDS).diagnostics
    assert finding.hint == "did you mean `zigzag`?"
