"""A file of comma-separated values as the rows of a table: its separator, its heading, its records.

Spreadsheets write with semicolons where the comma is the decimal sign, with tabs, with a line `sep=;` before the heading,
with quotation marks, with empty cells at the end of rows. What is read is the one way in which the rows have as many
cells as the description declares columns (RFC 4180 apart from the separator); where that is not one way, nothing is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from merestone.description.csv_headings import Heading, heading, is_data
from merestone.description.tree import PointTable
from merestone.diagnostics import Diagnostic, Severity

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LOOKED_AT = 50
"""Records from which the separator is found."""


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of a file with `|` between their cells, the number of the first of them in the file, the unit that stands
    in the headings (None where none does), and what is found in the heading. Without rows where that is an error."""

    rows: str
    first_row: int
    unit: str | None
    findings: tuple[Diagnostic, ...]


def rows_of_csv(table: PointTable, text: str) -> CsvRows:
    """The rows of a table that names a file with this content; raises `csv.Error` where that is no table."""
    text = text.removeprefix("\ufeff")
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    before = 1 if declared else 0
    separator = declared[1] if declared else _separator(table, body)
    if separator is None:
        sentence = f"{table.path} can be read with more than one separator between its cells"
        hint = "write `sep=;` (or the separator that is meant) as its first line"
        return CsvRows("", 1, None, (Diagnostic("S322", Severity.ERROR, sentence, table.span, hint=hint),))
    records = iter(_reader(body, separator))
    if not table.heading:
        return CsvRows(_as_rows(table, records), before + 1, None, ())
    first: list[str] = []
    for first in records:
        before += 1
        if any(map(str.strip, first)):
            break
    found, unit = _of_heading(table, _trimmed(table, first), separator)
    if any(each.severity is Severity.ERROR for each in found):
        return CsvRows("", 1, None, tuple(found))
    return CsvRows(_as_rows(table, records), before + 1, unit, tuple(found))


def _separator(table: PointTable, text: str) -> str | None:
    """The separator with which the records have as many cells as there are columns; None where several do.

    Where none does, the one that parts the first record into most cells: the findings then count the cells.
    """
    fitting, most = [], (0, ",")
    for separator in _SEPARATORS:
        records = islice(_reader(text, separator, strict=False), _LOOKED_AT)
        some = [record for record in records if any(map(str.strip, record))]
        if some and all(len(_trimmed(table, record)) == len(table.columns) for record in some):
            fitting.append(separator)
        if some and len(some[0]) > most[0]:
            most = len(some[0]), separator
    return most[1] if not fitting else fitting[0] if len(fitting) == 1 else None


def _reader(text: str, separator: str, *, strict: bool = True) -> Iterable[list[str]]:
    """The records of a text; where `strict`, a quotation that is not closed raises `csv.Error`."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _trimmed(table: PointTable, record: Sequence[str]) -> list[str]:
    """The cells of a record without empty ones behind the last column."""
    cells = list(record)
    while len(cells) > len(table.columns) and not cells[-1].strip():
        cells.pop()
    return cells


def _as_rows(table: PointTable, records: Iterable[list[str]]) -> str:
    return "\n".join(
        " | ".join(map(_one_line, _trimmed(table, record))) if any(map(str.strip, record)) else "" for record in records
    )


def _one_line(cell: str) -> str:
    return " ".join(cell.replace("|", "¦").split())


# ---- the heading --------------------------------------------------------------------------------------------------


def _of_heading(table: PointTable, first: list[str], separator: str) -> tuple[list[Diagnostic], str | None]:
    """What is found in the first record of a file, and the unit that it states."""
    if any(is_data(cell, column) for cell, column in zip(first, table.columns, strict=False)):
        sentence = f"the first row of {table.path} is not a heading but data: {_shown(first)}"
        hint = "write `without heading` after the digest, or give the file a heading"
        return [Diagnostic("S319", Severity.ERROR, sentence, table.span, hint=hint)], None
    if len(first) != len(table.columns):
        sentence = (
            f"the heading of {table.path}, read with {_SEPARATORS.get(separator, separator)}, has {len(first)} cells and the "
            f"table {len(table.columns)} columns: {_shown(first)}"
        )
        hint = "declare every column of the file; those that are not wanted are `skip`"
        return [
            Diagnostic("S322", Severity.ERROR, sentence, table.span, expected=", ".join(table.columns), hint=hint)
        ], None
    pairs = [(heading(cell.strip()), column) for cell, column in zip(first, table.columns, strict=True)]
    return _compared(table, pairs), _unit(pairs)


def _compared(table: PointTable, pairs: list[tuple[Heading, str]]) -> list[Diagnostic]:
    """An error for headings that say something else than their columns; a note for those that say nothing."""
    against = [f"«{said.text}» over `{column}`" for said, column in pairs if said.contradicts(column)]
    if against:
        sentence = f"the headings of {table.path} contradict the columns that are declared: {', '.join(against)}"
        hint = "declare the columns in the order of the file; use `skip` for those that are not wanted"
        return [Diagnostic("S320", Severity.ERROR, sentence, table.span, hint=hint)]
    unknown = [f"«{said.text}» as `{column}`" for said, column in pairs if said.columns is None and column != "skip"]
    if not unknown:
        return []
    sentence = (
        f"headings of {table.path} that are not known are taken as the columns are declared: {', '.join(unknown)}"
    )
    return [Diagnostic("S321", Severity.NOTE, sentence, table.span)]


def _unit(pairs: list[tuple[Heading, str]]) -> str | None:
    """The one unit of length in the headings of rectangular coordinates; None where there is none, or not one."""
    units = {said.unit for said, column in pairs if column not in ("name", "mark", "label", "words", "skip")}
    return units.pop() if len(units) == 1 else None


def _shown(cells: list[str]) -> str:
    shown = ", ".join(f"«{_one_line(cell)[:40]}»" for cell in cells[:8])
    return shown if len(cells) <= 8 else f"{shown} ..."
