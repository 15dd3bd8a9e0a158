"""Texts that are right: every statement of the grammar parses, and prints back to itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.description.format import format_text
from merestone.description.legs import LEG_KINDS
from merestone.description.legs.syntax import LegSyntax
from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.description.tree import Leg, Section

EVERYTHING = (Path(__file__).parent / "every_statement.boundary").read_text(encoding="utf-8")


def test_every_statement_parses() -> None:
    """A text that uses every statement of the grammar has nothing wrong with it."""
    assert parse(EVERYTHING).diagnostics == ()


def test_every_statement_prints_back() -> None:
    """The canonical text of every statement has the same tree."""
    description = parse(EVERYTHING).description
    assert parse(print_description(description)).description == description


def test_formatting_keeps_what_is_said_and_the_comments() -> None:
    """Formatting changes nothing but the layout and the names of legs that had none."""
    before, after = parse(EVERYTHING).description, parse(format_text(EVERYTHING)).description
    assert [comment.text for comment in before.comments] == [comment.text for comment in after.comments]
    assert [s for s in before.statements if not isinstance(s, Section)] == [
        s for s in after.statements if not isinstance(s, Section)
    ]


@pytest.mark.parametrize("syntax", LEG_KINDS, ids=lambda syntax: syntax.name)
def test_the_example_of_each_kind_of_leg(syntax: LegSyntax) -> None:
    """The example that a kind of leg carries is a leg of that kind, and prints as it is written."""
    text = f"section S\n  from A\n  {syntax.example}\n"
    parsed = parse(text)
    assert parsed.diagnostics == ()
    section = parsed.description.statements[0]
    assert isinstance(section, Section)
    leg = section.body[1]
    assert isinstance(leg, Leg)
    assert isinstance(leg.kind, syntax.node)
    assert print_description(parsed.description) == text
