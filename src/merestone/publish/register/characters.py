"""A text with everything in it made visible: what cannot be seen, and what looks like something else, is named in place.

A mark stands in white square brackets: `⟦U+202E RIGHT-TO-LEFT OVERRIDE⟧`. It stands instead of a character that cannot be
seen, and after one that can. A bracket of this kind in the text itself is marked too, so that no text can hold a mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from merestone.publish.register.alphabets import looks_like, main_script, script_of

OPENED, CLOSED = "⟦", "⟧"


class Why(StrEnum):
    """Why a character is marked."""

    DIRECTION = "changes the order in which the text is displayed"
    CONTROL = "is a control character"
    INVISIBLE = "is invisible"
    SPACE = "is a space of another kind"
    PRIVATE = "has no meaning of its own (private use)"
    UNASSIGNED = "is not a character that is known here"
    BRACKET = "is one of the brackets that enclose marks"
    DIGIT = "is a digit of another script"
    FORM = "is another form of a common character"
    APART = "has letters and accents written apart (not in normal form C)"
    MIXED = "is in a word of another script"
    LOOKALIKE = "looks like letters of the script around it"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something marked: the line (from 1) and the column in characters (from 1), the characters, why, and their names."""

    line: int
    column: int
    characters: str
    why: Why
    name: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text line by line with its marks in place, the marks, and what is only counted.

    `no_break_spaces` are shown as spaces; `joiners` are those that spelling asks for (Persian, the scripts of India);
    `carriage_returns` are the line ends of two characters.
    """

    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    no_break_spaces: int
    joiners: int
    carriage_returns: int


_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What Unicode lets a program show as nothing (Default_Ignorable_Code_Point), and the empty Braille pattern."""
_NO_BREAK = frozenset("\u00a0\u202f")
_JOINERS = frozenset("\u200c\u200d")
_SPELT_WITH_JOINERS = re.compile("[\u0600-\u08ff\u0900-\u0dff]")
_ORDINALS = frozenset("ªº")
_LIKE_PUNCTUATION = frozenset("\u01c3\u02cb\u02d0\u2024\u2027\u2044\u201a\u2215\u2236\ua789")
_WORD = re.compile(r"[^\W_]+")
_FOREIGN_DIGITS = re.compile(r"(?:(?![0-9])\d)+")


def called(character: str) -> str:
    """A character as it is named in a mark: code point and Unicode name."""
    kind = {"Cc": "CONTROL CHARACTER", "Co": "PRIVATE USE"}.get(unicodedata.category(character), "UNASSIGNED")
    return f"U+{ord(character):04X} {unicodedata.name(character, kind)}"


@lru_cache(maxsize=20_000)
def _alone(character: str) -> Why | None:
    """Why a character is marked wherever it stands."""
    category = unicodedata.category(character)
    if character in _DIRECTION:
        return Why.DIRECTION
    if _UNSEEN.match(character) or category in {"Cf", "Zl", "Zp"}:
        return Why.INVISIBLE
    if character in (OPENED, CLOSED):
        return Why.BRACKET
    if category in {"Cc", "Co", "Cn", "Cs"}:
        return {"Cc": Why.CONTROL, "Co": Why.PRIVATE}.get(category, Why.UNASSIGNED)
    if category == "Zs" and character not in {" ", *_NO_BREAK}:
        return Why.SPACE
    return Why.FORM if _is_form(character, category) else None


def _is_form(character: str, category: str) -> bool:
    """Whether it is a letter or sign that stands for a common one: full width, ligature, mathematical, phonetic."""
    if character in _LIKE_PUNCTUATION or 0x0250 <= ord(character) <= 0x02AF:
        return True
    same = unicodedata.normalize("NFKC", character)
    if same == character or character in _ORDINALS:
        return False
    return category[0] == "L" or (category[0] in "PS" and len(same) == 1 and same.isascii())


_SHOWN_AFTER = frozenset({Why.BRACKET, Why.DIGIT, Why.FORM, Why.APART, Why.MIXED, Why.LOOKALIKE})
"""Reasons to mark what can be seen: the character stays, the mark follows it."""


def marked(text: str) -> Marked:
    """The text with its marks."""
    if text.isascii() and text.isprintable():
        return Marked((text,), (), 0, 0, 0)
    raw = text.split("\n")
    returns = sum(line.endswith("\r") for line in raw[:-1])
    lines = [line[:-1] if line.endswith("\r") and number < len(raw) else line for number, line in enumerate(raw, 1)]
    script = main_script(text)
    suspect = _search_for_suspects(text, script)
    composed = unicodedata.is_normalized("NFC", text)
    found: list[Mark] = []
    shown = []
    for number, line in enumerate(lines, 1):
        marks = list(_marks(line, number, script)) if not composed or suspect(line) else []
        found += marks
        shown.append(_with_marks(line, marks))
    spaces = sum(text.count(each) for each in _NO_BREAK)
    joiners = sum(text.count(each) for each in _JOINERS) - sum(mark.characters in _JOINERS for mark in found)
    return Marked(tuple(shown), tuple(found), spaces, joiners, returns)


def _search_for_suspects(text: str, script: str) -> Callable[[str], object]:
    """Whether a line holds anything that could be marked; each distinct character of the text is asked about once."""
    suspects = "".join(sorted(each for each in set(text) - {"\n"} if _is_suspect(each, script)))
    return re.compile(f"[{re.escape(suspects)}]").search if suspects else lambda _: None


def _is_suspect(character: str, script: str) -> bool:
    if _alone(character) is not None or (character.isdigit() and not character.isascii()):
        return True
    return script_of(character) not in {"", script}


def _marks(line: str, number: int, script: str) -> Iterator[Mark]:
    """The marks of a line in their order."""
    found = [
        *_single(line),
        *_digits(line),
        *_apart(line),
        *_mixed_words(line, script),
        *_whole_words(line, script),
    ]
    found.sort(key=lambda each: (each[0], each[1]))
    for start, characters, why, name in found:
        yield Mark(number, start + 1, characters, why, name)


_Found = tuple[int, str, Why, str]


def _single(line: str) -> Iterator[_Found]:
    for at, character in enumerate(line):
        why = _alone(character)
        joins = character in _JOINERS and at > 0 and _SPELT_WITH_JOINERS.match(line[at - 1])
        if why is not None and not joins:
            yield at, character, why, called(character)


def _digits(line: str) -> Iterator[_Found]:
    for run in _FOREIGN_DIGITS.finditer(line):
        values = "".join(str(unicodedata.decimal(digit)) for digit in run[0])
        kind = unicodedata.name(run[0][0], "").rpartition(" DIGIT ")[0]
        name = called(run[0]) if len(run[0]) == 1 else f"{kind} DIGITS {values}"
        yield run.start(), run[0], Why.DIGIT, name


def _apart(line: str) -> Iterator[_Found]:
    """Letters with what combines with them, where they are not in normal form C."""
    if unicodedata.is_normalized("NFC", line):
        return
    start = 0
    for at in range(1, len(line) + 1):
        if at < len(line) and (unicodedata.combining(line[at]) or "\u1160" <= line[at] <= "\u11ff"):
            continue
        piece = line[start:at]
        if not unicodedata.is_normalized("NFC", piece):
            yield start, piece, Why.APART, "NOT NFC: " + " ".join(f"U+{ord(each):04X}" for each in piece)
        start = at


def _mixed_words(line: str, script: str) -> Iterator[_Found]:
    """Letters in a word most of which is of another script."""
    for word in _WORD.finditer(line):
        scripts = Counter(each for each in map(script_of, word[0]) if each)
        if len(scripts) < 2:
            continue
        own = min(scripts, key=lambda each: (-scripts[each], each != script, each))
        for at, letter in enumerate(word[0], word.start()):
            if script_of(letter) not in {"", own} and _alone(letter) is None:
                yield at, letter, Why.MIXED, called(letter)


def _whole_words(line: str, script: str) -> Iterator[_Found]:
    """Words of another script than the text, every letter of which looks like one of the text's script.

    A phrase in another script has letters that do not; then none of its words is meant to deceive.
    """
    words = [(word, {each for each in map(script_of, word[0]) if each}) for word in _WORD.finditer(line)]
    runs = groupby((each for each in words if each[1]), key=lambda each: min(each[1]) if len(each[1]) == 1 else "")
    for own, run in runs:
        phrase = [word for word, _ in run]
        letters = [letter for word in phrase for letter in word[0] if script_of(letter)]
        if own in {"", script} or not all(looks_like(letter, script) for letter in letters):
            continue
        for word in phrase:
            yield word.start(), word[0], Why.LOOKALIKE, _named(word[0], own)


def _named(word: str, script: str) -> str:
    return called(word) if len(word) == 1 else f"{script} " + " ".join(f"U+{ord(each):04X}" for each in word)


def _with_marks(line: str, marks: list[Mark]) -> str:
    pieces, done = [], 0
    for mark in marks:
        start = mark.column - 1
        end = start + len(mark.characters)
        kept = end if mark.why in _SHOWN_AFTER else start
        pieces += [line[done:kept] if kept > done else "", f"{OPENED}{mark.name}{CLOSED}"]
        done = max(done, end)
    return "".join(pieces) + line[done:]
