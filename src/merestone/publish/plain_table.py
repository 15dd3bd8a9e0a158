"""Sentences and tables for a terminal: folded to a page, aligned for scripts of every width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from merestone.publish.text import folded, padded, plain, width

PAGE_COLUMNS = 100
"""Sentences are folded to this width; tables are as wide as they must be."""


def item(name: str, text: str, columns: int = 10) -> Iterator[str]:
    """A name and its text, folded beside it."""
    for index, part in enumerate(folded(text, PAGE_COLUMNS - columns)):
        yield padded(name if index == 0 else "", columns) + part


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right_aligned: frozenset[str]) -> Iterator[str]:
    """Rows under headings, each column as wide as its widest cell; those named end at the right."""
    cells = [tuple(plain(cell) for cell in row) for row in rows]
    widths = [max(map(width, column)) for column in zip(headings, *cells, strict=True)]
    for row in (tuple(headings), *cells):
        columns = zip(row, widths, headings, strict=True)
        yield "  " + "  ".join(padded(cell, wide, right=heading in right_aligned) for cell, wide, heading in columns)


def indented(text: str, columns: int) -> Iterator[str]:
    """A sentence folded, every line indented."""
    for part in folded(text, PAGE_COLUMNS - columns):
        yield " " * columns + part
