"""Where text goes: two streams, their width and whether they take colour."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from merestone.cli.render import Role, Row, plain

PAPER_COLUMNS = 120
"""The width of what is not shown on a terminal."""

_STYLES = {
    Role.SENTENCE: "bold",
    Role.GUTTER: "bold blue",
    Role.ERROR: "bold red",
    Role.OPEN: "bold magenta",
    Role.WARNING: "bold yellow",
    Role.NOTE: "bold green",
    Role.LABEL: "bold cyan",
    Role.ADDED: "bold green",
    Role.REMOVED: "bold red",
}


def prepare_streams() -> None:
    """Makes results the same bytes in every locale: UTF-8 and plain line feeds, unless a terminal reads them.

    A character that a terminal cannot show is written as an escape and never ends the program.
    """
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if is_terminal(stream):
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _nowhere() -> TextIO:
    """A stream in place of one that was closed before the program began."""
    return Path(os.devnull).open("w", encoding="utf-8")


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at the stream."""
    return not stream.closed and stream.isatty()


def takes_colour(stream: TextIO) -> bool:
    """Whether the stream is a terminal that shows colours, and the user has not asked for none."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """The width to write for: the terminal's, or a page's where there is none."""
    return shutil.get_terminal_size((PAPER_COLUMNS, 24)).columns if is_terminal(stream) else PAPER_COLUMNS


def write_rows(rows: Iterable[Row], stream: TextIO) -> None:
    """Writes rows of text, in colour where the stream takes it; the characters are the same."""
    if not takes_colour(stream):
        stream.write(plain(rows))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
    for row in rows:
        console.print(Text.assemble(*((piece.text, _STYLES.get(piece.role, "")) for piece in row)))
