"""Text from outside made safe to print: no invisible commands to a terminal, a reader or a spreadsheet.

Names and quotations come from a description, and a description may come from anybody. Here a text loses what can
only deceive (control characters, direction overrides), and nothing else: letters of every script, joiners that
Persian and Indic spelling needs, and quotation marks stay. What a format must escape beyond that it escapes itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They reorder what is seen without changing what is stored ("Trojan Source", CVE-2021-42574)."""

_FORMULA_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet may take for the start of a formula, with the full-width forms."""


def plain(text: str) -> str:
    """The text on one line: line breaks and tabs as spaces, other controls as U+FFFD."""
    if text.isprintable() and not (set(text) & _DIRECTION_CONTROLS):
        return text
    return "".join(_plain_character(character) for character in text)


def _plain_character(character: str) -> str:
    """One character as `plain` prints it."""
    if character in "\n\r\t\v\f\x85\u2028\u2029":
        return " "
    if character in _DIRECTION_CONTROLS or unicodedata.category(character) in {"Cc", "Cs", "Cn"}:
        return REPLACEMENT
    return character


def cell(text: str) -> str:
    """The text for a cell of a table that a spreadsheet may open: never a formula.

    A text whose first visible character could start a formula gets an apostrophe in front, which spreadsheets take
    for "this is text" and a person sees as one. Numbers are not passed through here.
    """
    safe = plain(text)
    return f"'{safe}" if safe.lstrip()[:1] in _FORMULA_STARTS and safe.strip() else safe


def width(text: str) -> int:
    """How many columns of a terminal the text takes: two for wide East Asian characters, none for combining ones."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_columns, text))


@lru_cache(maxsize=20_000)
def _columns(character: str) -> int:
    """How many columns one character takes."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled with spaces to so many columns, on the right side of the column where `right`."""
    fill = " " * max(0, columns - width(text))
    return fill + text if right else text + fill


def folded(text: str, columns: int) -> tuple[str, ...]:
    """The text broken into lines of at most so many columns, at spaces where there are any."""
    lines: list[str] = []
    line = ""
    for word in plain(text).split():
        rest = word
        if line and width(line) + 1 + width(rest) <= columns:
            line = f"{line} {rest}"
            continue
        if line:
            lines.append(line)
        while width(rest) > columns:
            head = _head(rest, columns)
            lines.append(head)
            rest = rest[len(head) :]
        line = rest
    if line:
        lines.append(line)
    return tuple(lines)


def _head(word: str, columns: int) -> str:
    """The longest beginning of a word that fits in so many columns, one character at least."""
    taken = 0
    for index, character in enumerate(word):
        taken += _columns(character)
        if taken > columns:
            return word[: max(1, index)]
    return word


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (Arabic, Hebrew and their like)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 leg`, `2 legs`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


NO_BREAK = "\u00a0"
_WITHIN_NUMBERS = re.compile(
    r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))|(?<=[0-9°'\"′″]) (?=(?:m|km|mm|cm|m²|km²|ha|N|S|E|W|nautical|per)\b|%)"
)


def unbroken(text: str) -> str:
    """The text with blanks that do not break within grouped numbers, and between a number and its unit or letter."""
    return _WITHIN_NUMBERS.sub(NO_BREAK, text)
