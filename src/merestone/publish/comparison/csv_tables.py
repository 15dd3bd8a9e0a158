"""Zones and profiles of a comparison as CSV (RFC 4180, UTF-8): a header row, lines that end with CR LF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TypeVar

from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.fields import ZONES, Fields, Value, cells
from merestone.publish.comparison.stations import LABELS, MEASURED, Block, blocks
from merestone.publish.text import cell

T = TypeVar("T")


def write_zones(export: ComparisonExport) -> bytes:
    """A row for each zone; every row says that the lines are not agreed, and whose they are."""
    made = export.comparison
    marks = {
        "standing": "not agreed",
        "first": made.first.under_name,
        "second": made.second.under_name,
    }
    return csv_table(ZONES, made.zones, marks)


def write_profile(export: ComparisonExport) -> bytes:
    """A row for each station of each profile, those seen from the first line first."""
    keys = [key for key, _ in LABELS] + [each.key for each in MEASURED]
    head = ",".join(keys) + "\r\n"
    return "".join([head, *(_stations(block) for block in blocks(export.comparison))]).encode()


def _stations(block: Block) -> str:
    """The rows of a block, each number with its decimals, empty where there is none."""
    seen_from, stretch, strand = block.labels
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=",").writerow((seen_from, stretch, cell(strand)))
    form = ",".join(f"%.{each.decimals}f" for each in MEASURED) + "\r\n"
    numbers = [form % row for row in zip(*block.columns(), strict=True)]
    known = [row.replace("nan", "").replace("-inf", "").replace("inf", "") for row in numbers]
    return "".join(out.getvalue() + row for row in known)


def csv_table(fields: Fields[T], rows: Iterable[T], marks: dict[str, str]) -> bytes:
    """Rows under the keys of their fields, the marks at the end of each."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow((*(field.key for field in fields), *marks))
    decimals = [field.decimals for field in fields]
    said = tuple(cell(text) for text in marks.values())
    for row in rows:
        values = zip(cells(fields, row), decimals, strict=True)
        writer.writerow((*(_text(value, places) for value, places in values), *said))
    return out.getvalue().encode()


def _text(value: Value, decimals: int | None) -> str:
    """A value as a machine reads it: texts made safe for a spreadsheet, numbers with a point."""
    if value is None:
        return ""
    return cell(value) if isinstance(value, str) else f"{value:.{decimals or 0}f}"
