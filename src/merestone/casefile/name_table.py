"""A table of a user that says what the names in foreign files mean: a CSV of two columns, name and code."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from merestone.casefile.files import read_description
from merestone.compare.world.identity import compared_names, identity, is_code
from merestone.errors import UnreadableFileError

_LARGEST_BYTES = 1 << 20
_HEADINGS = {"name", "file name", "names"}


def read_names(path: Path) -> Mapping[str, str]:
    """The codes of a table by name, as names are compared; raises `UnreadableFileError` for what is no such table, for a
    code that ISO 3166-1 does not have, and for a name that stands twice with different codes."""
    try:
        text = read_description(path, _LARGEST_BYTES).decode("utf-8-sig")
        rows = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=";" if _by_semicolon(text) else ",", strict=True)
        )
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFileError(path, f"it cannot be read as a CSV in UTF-8 ({error})") from error
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].casefold() in _HEADINGS):
            continue
        if len(cells) != 2 or not all(cells):
            raise UnreadableFileError(path, f"row {number} is not a name and a code, such as Iran,IRN")
        name, code = cells[0], identity(cells[1])
        if not is_code(code):
            raise UnreadableFileError(path, f"row {number}: {cells[1]!r:.40} is not a code of ISO 3166-1")
        (key,) = compared_names({name: code})
        if found.setdefault(key, code) != code:
            raise UnreadableFileError(path, f"row {number}: {name!r:.60} is listed twice with different codes")
    return found


def _by_semicolon(text: str) -> bool:
    head = text.partition("\n")[0]
    return head.count(";") > head.count(",")
