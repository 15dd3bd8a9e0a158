"""A plain table of text, columns aligned by what a terminal shows."""

from __future__ import annotations

from collections.abc import Sequence, Set

from merestone.cli.cells import visible
from merestone.publish.text import width

WIDEST = 40
"""A cell wider than this is cut, and ends in an ellipsis."""


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], right: Set[int] = frozenset(), notes: Sequence[str] = ()
) -> str:
    """The table as text, a line below the headings; the columns in `right` are set flush right.

    `notes` has a text for each row that is set on a line of its own below it, where it is not empty.
    """
    cells = [[_fitting(visible(cell)) for cell in row] for row in rows]
    widths = [max(width(row[column]) for row in [list(headings), *cells]) for column in range(len(headings))]
    lines = [_line(headings, widths, right), "  ".join("-" * columns for columns in widths)]
    for number, row in enumerate(cells):
        lines.append(_line(row, widths, right))
        if number < len(notes) and notes[number]:
            lines.append(f"    {visible(notes[number])}")
    return "".join(line.rstrip() + "\n" for line in lines)


def _line(row: Sequence[str], widths: Sequence[int], right: Set[int]) -> str:
    padded = []
    for column, (cell, columns) in enumerate(zip(row, widths, strict=True)):
        space = " " * (columns - width(cell))
        padded.append(space + cell if column in right else cell + space)
    return "  ".join(padded)


def _fitting(cell: str) -> str:
    if width(cell) <= WIDEST:
        return cell
    cut = cell
    while width(cut) > WIDEST - 1:
        cut = cut[:-1]
    return cut + "…"
