"""A line of a treaty as a terminal shows it: how wide each character is, and which must not reach the terminal as is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from merestone.publish.text import width

TAB = "    "
"""A tab is shown as four spaces wherever it stands, so that carets below line up."""

_ZERO_WIDTH_JOINERS = "\u200c\u200d"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A source line as shown: `cells` (one entry a character) what each character is shown as, `starts` the terminal
    column (from 0) at which it begins, with one more entry for the end of the line."""

    cells: tuple[str, ...]
    starts: tuple[int, ...]

    def column(self, character: int) -> int:
        """The terminal column at which a character (counted from 0) begins; past the end, one column each."""
        last = len(self.cells)
        return self.starts[character] if character <= last else self.starts[last] + character - last


def shown(line: str) -> ShownLine:
    """How a terminal shows a line: tabs widened, control and direction characters made visible."""
    cells = tuple(_shown_character(character) for character in line)
    starts = [0]
    for cell in cells:
        starts.append(starts[-1] + width(cell))
    return ShownLine(cells, tuple(starts))


def visible(text: str) -> str:
    """A text that cannot move the cursor, change colours or reverse the direction of what follows."""
    return "".join(_shown_character(character) for character in text)


def has_right_to_left(text: str) -> bool:
    """Whether a terminal may show part of the text from right to left, so that carets do not line up with it."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def _shown_character(character: str) -> str:
    if character == "\t":
        return TAB
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if character.isascii() or character in _ZERO_WIDTH_JOINERS:
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"<U+{code:04X}>"
    return character
