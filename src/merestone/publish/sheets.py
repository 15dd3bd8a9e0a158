"""Sheets of a workbook (XLSX): a line of standing, headings that stay in sight, rows; never a formula or a link.

Every text of a person is written as a text. The file is made in memory and is the same bytes for the same rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from merestone.errors import MerestoneError
from merestone.publish.text import folded, plain

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | float | int | None

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767


class TooManyRowsError(MerestoneError):
    """A line has more vertices than a sheet has rows; the CSV catalogue has no such limit."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"a sheet holds at most {MOST_ROWS} rows, and there are {rows}; write the catalogue as .csv")
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, width in characters, and the form of its numbers ("" for texts)."""

    heading: str
    width: int
    form: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, columns, rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class BookHead:
    """What a book says of itself: title, standing, author, comments, date; and which output holds a text whole that a
    cell cannot."""

    title: str
    standing: str
    author: str
    comments: str
    created: datetime
    whole_in: str


def write_book(head: BookHead, sheets: Iterable[Sheet]) -> bytes:
    """The book as bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {
            "title": plain(head.title),
            "subject": plain(head.standing),
            "author": plain(head.author),
            "comments": head.comments,
            "created": head.created.replace(tzinfo=None),
        }
    )
    written = _Sheets(book, head)
    for sheet in sheets:
        written.add(sheet.name, sheet.columns, sheet.rows)
    book.close()
    return out.getvalue()


HEADING_ROWS = 2
"""The standing, and the headings."""


class _Sheets:
    """The book under construction, with the few forms that its cells take."""

    def __init__(self, book: Workbook, head: BookHead) -> None:
        self._book = book
        self._standing = plain(head.standing)
        self._whole_in = head.whole_in
        self._heading: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._italic: Format = book.add_format({"italic": True})
        self._forms: dict[str, Format] = {}

    def add(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet: the standing on top, headings that stay in sight and repeat in print, then the rows."""
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, self._standing, self._italic)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(1, number, column.heading, self._heading)
        last = 1
        for last, row in enumerate(rows, HEADING_ROWS):
            for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
                self._write(sheet, last, number, cell, column)
            lines = max(_lines(cell, column) for cell, column in zip(row, columns, strict=True))
            if lines > 1:
                sheet.set_row(last, min(lines * POINTS_PER_LINE, TALLEST_ROW_POINTS))
        sheet.freeze_panes(HEADING_ROWS, 0)
        sheet.autofilter(1, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(A3 if len(columns) > MOST_COLUMNS_ON_A4 else A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.set_footer("&L&A&C&P / &N&RSHA-256 and standing: see About")

    def _write(self, sheet: Worksheet, row: int, number: int, cell: Cell, column: Column) -> None:
        """One cell: a text as a text, a number in the form of its column."""
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            sheet.write_string(row, number, _short(plain(cell), self._whole_in), self._wrapped)
        else:
            sheet.write_number(row, number, cell, self._form(column.form))

    def _form(self, form: str) -> Format:
        """The form of a number, made once."""
        if form not in self._forms:
            self._forms[form] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._forms[form]


POINTS_PER_LINE = 15.0
TALLEST_ROW_POINTS = 409.0
"""The tallest row that the format allows."""
_SURE = 0.9
"""The part of a column that is reckoned with: letters differ in width, and no font is at hand."""


def _lines(cell: Cell, column: Column) -> int:
    """How many lines a cell takes in its column. Programs differ in whether they fit heights themselves, so it is said."""
    if not isinstance(cell, str) or len(cell) < column.width * _SURE:
        return 1
    return max(1, len(folded(cell[:MOST_CHARACTERS], max(4, int(column.width * _SURE)))))


A3, A4 = 8, 9
"""Sizes of paper by their numbers in the format."""
MOST_COLUMNS_ON_A4 = 10


def _short(text: str, whole_in: str) -> str:
    """The text, cut visibly where it is longer than a cell can be."""
    mark = f" … (shortened; the full text is in {whole_in})"
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(mark)] + mark
