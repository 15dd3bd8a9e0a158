"""Whatever a text holds, it is parsed, formatted and scanned without an exception, and formatting settles at once."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from merestone.description.format import format_text
from merestone.description.parser import Parsed, parse
from merestone.description.point_rows import scan_point_table
from merestone.description.tree import PointTable

GOOD = (Path(__file__).parents[1] / "definitions" / "good" / "every_statement.boundary").read_text(encoding="utf-8")
LINES = GOOD.split("\n")
WORDS = sorted({word for line in LINES for word in line.split()})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ["«", "»", "“", "”", '"', "#", "\n", "\n  ", "|", ",", "°", "'", "-", "~", "o", "\u202e", "\0", "\t"]
    ),
    st.text(max_size=3),
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Some lines of a good text with pieces put in and characters taken out."""
    first = draw(st.integers(0, len(LINES) - 1))
    text = "\n".join(LINES[first : first + draw(st.integers(1, 12))])
    for _ in range(draw(st.integers(1, 5))):
        place, cut = draw(st.integers(0, len(text))), draw(st.integers(0, 4))
        text = text[:place] + draw(PIECES) + text[place + cut :]
    return text


def check(parsed: Parsed) -> None:
    """Every finding has a place and a sentence, and every table can be scanned."""
    for finding in parsed.diagnostics:
        assert finding.span is not None
        assert finding.span.line >= 1
        assert finding.span.column >= 1
        assert finding.sentence
        assert not finding.sentence.endswith(".")
    for statement in parsed.description.statements:
        if isinstance(statement, PointTable):
            scan_point_table(statement)


@given(damaged())
def test_a_damaged_text_is_answered_with_findings(text: str) -> None:
    """A good text with damage in it never raises, and formatting it twice is formatting it once."""
    check(parse(text))
    once = format_text(text)
    assert format_text(once) == once


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    """No text whatever raises."""
    check(parse(text))
    once = format_text(text)
    assert format_text(once) == once


@given(st.binary())
def test_any_bytes_are_answered(data: bytes) -> None:
    """No bytes whatever raise."""
    check(parse(data))
