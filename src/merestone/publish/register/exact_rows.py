"""Text with marks laid out in rows: nothing is dropped, no mark is broken, and what runs from right to left is isolated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from merestone.publish.diff_text import Piece, Row, Tone
from merestone.publish.register.characters import CLOSED, OPENED
from merestone.publish.register.text_changes import in_place
from merestone.publish.text import padded, runs_right_to_left, width

_LRI, _RLI, _PDI = "\u2066", "\u2067", "\u2069"
_TOKEN = re.compile(f"{OPENED}[^{OPENED}{CLOSED}]*{CLOSED}|[^\\s{OPENED}]+|\\s+|{OPENED}")
_MARK = re.compile(f"({OPENED}[^{OPENED}{CLOSED}]*{CLOSED})")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of scripts that run from right to left (Unicode Standard Annex 9, section 3.2)."""
LEAST_COLUMNS = 20


def isolated(text: str) -> str:
    """The text in an isolate of its own direction where it holds letters that run from right to left, its marks in isolates
    that run from left to right. The text itself holds no direction control: those are marks by now."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return text
    inside = _MARK.sub(rf"{_LRI}\1{_PDI}", text)
    return f"{_RLI if runs_right_to_left(text) else _LRI}{inside}{_PDI}"


def isolated_row(row: Row) -> Row:
    """A row of several pieces, the first of them its indent, isolated like a text."""
    text = "".join(piece.text for piece in row)
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return row
    opened = Piece(_RLI if runs_right_to_left(text) else _LRI)
    return (*row[:1], opened, *row[1:], Piece(_PDI))


def broken(text: str, columns: int) -> Iterator[str]:
    """The text in pieces of at most so many columns, broken before words and before marks; every space is kept."""
    room = max(columns, LEAST_COLUMNS)
    if width(text) <= room:
        yield text
        return
    row, used = "", 0
    for token in _pieces(text, room):
        wide = width(token)
        if row and used + wide > room and not token.isspace():
            yield row
            row, used = "", 0
        row, used = row + token, used + wide
    if row:
        yield row


def _pieces(text: str, room: int) -> Iterator[str]:
    """Words, spaces and marks; words longer than a row in parts, a base letter never parted from what combines with it."""
    for token in _TOKEN.findall(text):
        if width(token) <= room or token.startswith(OPENED):
            yield token
            continue
        start = used = 0
        for at, character in enumerate(token):
            wide = width(character)
            if used + wide > room:
                yield token[start:at]
                start, used = at, 0
            used += wide
        yield token[start:]


def item(name: str, text: str, columns: int, indent: str = "", beside: int = 13) -> Iterator[Row]:
    """A name and a text beside it; the text is marked here."""
    room = columns - width(indent) - beside
    for number, part in enumerate(broken(in_place(text), room)):
        label = padded(name if number == 0 else "", beside)
        yield (Piece(indent), Piece(label, Tone.SOFT), Piece(isolated(part)))


def sentence(text: str, columns: int, indent: str = "", tone: Tone = Tone.PLAIN) -> Iterator[Row]:
    """A sentence in rows; it is marked here."""
    for part in broken(in_place(text), columns - width(indent)):
        yield (Piece(indent), Piece(isolated(part), tone))


def bullet(text: str, columns: int, indent: str = "", tone: Tone = Tone.PLAIN) -> Iterator[Row]:
    """A sentence in rows behind a dash; it is marked here."""
    for number, part in enumerate(broken(in_place(text), columns - width(indent) - 2)):
        yield (Piece(indent), Piece("- " if number == 0 else "  "), Piece(isolated(part), tone))


def numbered(lines: tuple[str, ...], columns: int, indent: str = "") -> Iterator[Row]:
    """The lines of a text with their numbers; they are marked already. Behind the last line end there is no line."""
    lines = lines[:-1] if lines[-1:] == ("",) else lines
    beside = max(4, len(str(len(lines))))
    room = columns - width(indent) - beside - 3
    for number, line in enumerate(lines, 1):
        for part_number, part in enumerate(broken(line, room) if line else [""]):
            label = f"{number:>{beside}} │ " if part_number == 0 else f"{'':>{beside}} ┆ "
            yield (Piece(indent), Piece(label, Tone.SOFT), Piece(isolated(part)))


def heading(text: str) -> Row:
    """A heading; it is marked here."""
    return (Piece(isolated(in_place(text)), Tone.HEAD),)


def grouped(digest: str) -> str:
    """A digest as people read it to one another: groups of eight digits."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
