"""Rows of exact text: nothing is lost where a row breaks, no mark is broken, directions are kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.publish.diff_text import Piece, plain_text
from merestone.publish.register.exact_rows import broken, bullet, grouped, isolated, isolated_row, numbered
from merestone.publish.text import width


@given(st.text("ab «é日\u0301", max_size=120), st.integers(20, 60))
def test_broken_rows_join_to_the_text(text: str, columns: int) -> None:
    """The pieces of a text are the text, and none but spaces at its end passes the width."""
    pieces = list(broken(text, columns))
    assert "".join(pieces) == text
    assert all(width(piece.rstrip()) <= columns for piece in pieces)


def test_a_mark_is_not_broken() -> None:
    """A mark stands whole in one row, even where it is wider than the row."""
    mark = "⟦U+FEFF ZERO WIDTH NO-BREAK SPACE⟧"
    assert list(broken(f"some words before {mark}after it", 24)) == ["some words before ", mark, "after it"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain «é»", "plain «é»"),
        ("خط", "\u2067خط\u2069"),
        ("line خط", "\u2066line خط\u2069"),
        ("קו⟦U+200B ZERO WIDTH SPACE⟧", "\u2067קו\u2066⟦U+200B ZERO WIDTH SPACE⟧\u2069\u2069"),
    ],
)
def test_directions(text: str, shown: str) -> None:
    """What holds letters from right to left is isolated in the direction that it begins with; nothing else is."""
    assert isolated(text) == shown


def test_a_row_of_pieces_is_isolated() -> None:
    """A row of a difference is isolated as a whole, behind its indent."""
    row = isolated_row((Piece("  "), Piece("خط "), Piece("[-من-]")))
    assert plain_text([row]) == "  \u2067خط [-من-]\u2069\n"
    assert isolated_row((Piece("  "), Piece("line"))) == (Piece("  "), Piece("line"))


def test_numbered_lines() -> None:
    """Lines have their numbers; a line end at the end of a text opens no further line, and a long one goes on below."""
    assert plain_text(numbered(("one", "", "word " * 8, ""), 40)) == (
        "   1 │ one\n   2 │\n   3 │ word word word word word word\n     ┆ word word\n"
    )


def test_bullets_hang() -> None:
    """A sentence behind a dash goes on under its first word, its deceiving characters marked."""
    shown = plain_text(bullet("one two\u200b three four", 22))
    assert shown == "- one two\n  ⟦U+200B ZERO WIDTH SPACE⟧\n  three four\n"


def test_grouped() -> None:
    """A digest stands in groups of eight."""
    assert grouped("0123456789abcdef") == "01234567 89abcdef"
