"""Text made safe to print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.publish.text import cell, folded, padded, plain, runs_right_to_left, width


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r+", "＝", "＋", "＠"])
def test_a_text_that_could_be_a_formula_is_marked_as_text(start: str) -> None:
    """Whatever a spreadsheet could take for a formula starts with an apostrophe."""
    assert cell(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("text", ["", " ", "pillar 16", "1-2", "Šešupė", "«чересполосица»"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    """A text that cannot be a formula is not touched."""
    assert cell(text) == text


@given(st.text())
def test_what_is_printed_is_one_line_without_commands(text: str) -> None:
    """No control character and no direction override is left, and the length is kept."""
    safe = plain(text)
    assert len(safe) == len(text)
    assert not any(
        ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" for c in safe
    )


def test_letters_of_every_script_stay() -> None:
    """Persian joiners, combining marks and characters beyond the first plane are not controls."""
    text = "می\u200cخواهم नमस्ते 𠀋 é"
    assert plain(text) == text


def test_wide_characters_take_two_columns() -> None:
    """East Asian wide characters count two, combining marks none."""
    assert width("東京") == 4
    assert width("e\u0301") == 1
    assert padded("東京", 6) == "東京  "


@given(st.text(alphabet="ab 東é", max_size=60), st.integers(2, 20))
def test_folding_loses_nothing_but_spaces(text: str, columns: int) -> None:
    """Folded lines hold the same letters in order, and none is wider than asked for."""
    lines = folded(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= columns for line in lines)


def test_the_first_strong_letter_decides_the_direction() -> None:
    """A text runs from right to left where its first letter with a direction does."""
    assert runs_right_to_left("12 مرز A")
    assert not runs_right_to_left("A مرز")
