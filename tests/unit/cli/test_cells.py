"""How a line of source is shown on a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.cli.cells import has_right_to_left, shown, visible
from merestone.publish.text import width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("44°30′", 6),
        ("中俄国界", 8),
        ("e\u0301", 1),
        ("ﾊ", 1),
        ("Граница", 7),
    ],
)
def test_width(text: str, columns: int) -> None:
    """Wide characters take two columns, combining ones none."""
    assert width(text) == columns


@pytest.mark.parametrize(
    ("character", "shown_as"),
    [
        ("\x1b", "␛"),
        ("\x00", "␀"),
        ("\x7f", "␡"),
        ("\u202e", "<U+202E>"),
        ("\u2066", "<U+2066>"),
        ("\u200b", "<U+200B>"),
        ("\ufeff", "<U+FEFF>"),
        ("\x85", "<U+0085>"),
        ("\u2028", "<U+2028>"),
        ("\t", "    "),
    ],
)
def test_what_acts_on_a_terminal_is_made_visible(character: str, shown_as: str) -> None:
    """No control or direction character reaches the terminal; what stands for it is seen."""
    assert visible(character) == shown_as


@given(st.text())
def test_columns_add_up(line: str) -> None:
    """Each character begins where the one before ends, and the line ends at its width."""
    cells = shown(line)
    assert len(cells.starts) == len(line) + 1
    assert cells.starts[-1] == width("".join(cells.cells))
    assert "\x1b" not in "".join(cells.cells)


def test_past_the_end_of_a_line() -> None:
    """A place behind the last character has a column too: the end of a text can be pointed at."""
    assert shown("中").column(3) == 4


@pytest.mark.parametrize(("text", "expected"), [("الحدود", True), ("גבול", True), ("граница", False), ("a", False)])
def test_right_to_left(text: str, expected: bool) -> None:
    """Arabic and Hebrew are known to run from right to left."""
    assert has_right_to_left(text) is expected
