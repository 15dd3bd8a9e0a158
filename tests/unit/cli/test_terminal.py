"""Colour, and the same text without it."""

from __future__ import annotations

import io
import re

import pytest

from merestone.cli.render import Source, plain, render
from merestone.cli.terminal import PAPER_COLUMNS, columns, takes_colour, write_rows
from merestone.diagnostics import Diagnostic, Label, Severity, Span

FINDING = Diagnostic(
    "O101",
    Severity.OPEN,
    "a «straight line» [without] a kind",
    Span(1, 1, 1, 3),
    labels=(Label(Span(1, 4, 1, 6), "界碑 :smile: [red]"),),
    hint="say which: " + "geodesic, " * 30 + "loxodrome",
)


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Whether it is a terminal: yes."""
        return True


@pytest.fixture(autouse=True)
def _colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that shows colours and a user who wants them."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_the_text_is_the_same_with_colour() -> None:
    """Colours taken away, a terminal gets the characters that a file gets: no markup, no emoji, no wrapping."""
    rows = render(FINDING, Source.of("a.boundary", "AB 中中\n"))
    screen = Screen()
    write_rows(rows, screen)
    assert "\x1b[1;35m" in screen.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()) == plain(rows)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_is_respected(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A user who wants no colour, or whose terminal has none, gets none."""
    monkeypatch.setenv(name, value)
    assert not takes_colour(Screen())


def test_a_file_gets_no_colour_and_a_fixed_width() -> None:
    """What goes to a file does not depend on the terminal it was asked from."""
    assert not takes_colour(io.StringIO())
    assert columns(io.StringIO()) == PAPER_COLUMNS
