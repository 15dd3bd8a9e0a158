"""Bearings in a quadrant and winds as instruments print them: in English, or in the letters of the description's languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from merestone.description.cursor import Cursor, Refusal
from merestone.description.hemisphere_letters import LETTERS, Lettering, Reading, clash, letters_of, read
from merestone.description.hemisphere_words import HEMISPHERES
from merestone.description.keywords import WIND_WORDS, WINDS
from merestone.description.letters_in_doubt import Apart, in_doubt
from merestone.description.tree import Hemisphere
from merestone.diagnostics import Measure
from merestone.geodesy.angle import AngleTrouble, Scanned
from merestone.geodesy.winds import azimuth_of_wind

_QUADRANTS: frozenset[Reading] = frozenset(
    product((Hemisphere.NORTH, Hemisphere.SOUTH), (Hemisphere.EAST, Hemisphere.WEST))
)
_WINDS: dict[Reading, str] = {tuple(map(Hemisphere, wind)): wind for wind in WINDS}
_BEFORE_ANGLE = re.compile(r"([^\W\d_]+)\.?\s*(?=[0-9])").match
_BEHIND_ANGLE = re.compile(r"\s*([^\W\d_]+)\.?(?![\w'])").match
_LONGEST_LETTER = 2


@dataclass(frozen=True, slots=True)
class _Token:
    """A direction as printed: its letter, where it begins, and what it means if it is a word."""

    letter: str
    start: int
    word: Hemisphere | None


@dataclass(frozen=True, slots=True)
class Quadrant:
    """A bearing as printed: from north or south, by an angle, towards east or west; and where it ends."""

    reading: Reading
    scanned: Scanned
    end: int


def at_quadrant(cursor: Cursor) -> bool:
    """Whether a bearing in a quadrant seems to begin here, and not a wind."""
    first = _BEFORE_ANGLE(cursor.text, cursor.start)
    return first is not None and bool(_tokens(first, cursor.conventions.lettering))


def quadrant(cursor: Cursor) -> Quadrant | None:
    """`N 45°30' E`, `N 84° O` or `NW 28°58'6"`; None where none stands here, refused where its letters are in doubt."""
    first = _BEFORE_ANGLE(cursor.text, cursor.start)
    tokens = _tokens(first, cursor.conventions.lettering) if first is not None else ()
    scanned = cursor.conventions.scan_bare(cursor.text, first.end()) if first is not None else None
    if not tokens or scanned is None or isinstance(scanned, AngleTrouble):
        return None
    end = scanned.end
    if len(tokens) == 1:
        second = _BEHIND_ANGLE(cursor.text, end)
        towards = _tokens(second, cursor.conventions.lettering) if second is not None else ()
        if second is None or len(towards) != 1:
            return None
        tokens, end = (*tokens, *towards), second.end()
    reading = _reading(cursor, tokens, frozenset(_QUADRANTS), _quadrants_apart(scanned))
    return Quadrant(reading, scanned, end) if reading in _QUADRANTS else None


def wind_letters(cursor: Cursor) -> str | None:
    """The English letters of the wind that stands here, past which the cursor moves; None for another word."""
    word = cursor.word
    lettering = cursor.conventions.lettering
    found = WIND_WORDS.get(word.lower())
    if found is None and word in WINDS and not clash(lettering):
        found = word
    if found is None and 0 < len(word) <= 3 and set(word) <= letters_of(lettering) | LETTERS:
        tokens = tuple(_Token(letter, cursor.start + n, None) for n, letter in enumerate(word))
        found = _WINDS.get(_reading(cursor, tokens, frozenset(_WINDS), _winds_apart) or ())
    if found is not None:
        cursor.go(cursor.stop)
    return found


def _tokens(printed: re.Match[str], lettering: Lettering) -> tuple[_Token, ...]:
    """The directions that a word is: one, or two by their letters (`NW`); none for another word."""
    word, start = printed[1], printed.start(1)
    known = letters_of(lettering) | LETTERS
    letter = word.upper() if len(word) == 1 else word
    if len(word) <= _LONGEST_LETTER and letter in known:
        return (_Token(letter, start, None),)
    if len(word) == _LONGEST_LETTER and word in WINDS:
        return tuple(_Token(each, start + n, None) for n, each in enumerate(word))
    if len(word) == _LONGEST_LETTER and word.isupper() and set(word) <= letters_of(lettering):
        return tuple(_Token(each, start + n, None) for n, each in enumerate(word))
    meant = HEMISPHERES.get(word.lower()) if len(word) > _LONGEST_LETTER else None
    return () if meant is None else (_Token(word, start, meant),)


def _reading(cursor: Cursor, tokens: tuple[_Token, ...], wanted: frozenset[Reading], apart: Apart) -> Reading | None:
    """What directions mean that stand together: one of the readings `wanted`, or None if they can be none of these."""
    lettered = tuple(token for token in tokens if token.word is None)
    if not lettered:
        return tuple(token.word for token in tokens if token.word is not None)
    possible = {_of_letters(tokens, each): each for each in wanted if _agrees(tokens, each)}
    letters = tuple(token.letter for token in lettered)
    reading = read(letters, cursor.conventions.lettering, frozenset(possible))
    if reading is not None:
        return possible[reading]
    if not _doubtful(letters, cursor.conventions.lettering):
        return None
    raise _refused(cursor, lettered, frozenset(possible), apart)


def _refused(cursor: Cursor, tokens: tuple[_Token, ...], possible: frozenset[Reading], apart: Apart) -> Refusal:
    spans = [cursor.logical.span(token.start, token.start + len(token.letter)) for token in tokens]
    letters = tuple((token.letter, span) for token, span in zip(tokens, spans, strict=True))
    return in_doubt(cursor, letters, possible, apart)


def _doubtful(letters: tuple[str, ...], lettering: Lettering) -> bool:
    """Whether some letter is not simply English."""
    return clash(lettering) or any(letter not in "NSEW" for letter in letters)


def _agrees(tokens: tuple[_Token, ...], reading: Reading) -> bool:
    return len(tokens) == len(reading) and all(
        token.word in (None, each) for token, each in zip(tokens, reading, strict=True)
    )


def _of_letters(tokens: tuple[_Token, ...], reading: Reading) -> Reading:
    return tuple(each for token, each in zip(tokens, reading, strict=True) if token.word is None)


def _azimuth_deg(reading: Reading, angle_deg: float) -> float:
    """The azimuth of an angle in a quadrant, in degrees."""
    signed = angle_deg if reading[1] is Hemisphere.EAST else -angle_deg
    return (180.0 - signed if reading[0] is Hemisphere.SOUTH else signed) % 360.0


def _quadrants_apart(scanned: Scanned) -> Apart:
    """How far apart two readings of a bearing are, in degrees."""
    angle = float(scanned.angle.exact)

    def apart(one: Reading, other: Reading) -> Measure | None:
        if len(one) != len(other) or len(one) != 2:
            return None
        return _turned(_azimuth_deg(one, angle), _azimuth_deg(other, angle))

    return apart


def _winds_apart(one: Reading, other: Reading) -> Measure:
    return _turned(azimuth_of_wind(_WINDS[one]), azimuth_of_wind(_WINDS[other]))


def _turned(one_deg: float, other_deg: float) -> Measure:
    apart = abs((one_deg - other_deg + 180.0) % 360.0 - 180.0)
    return Measure("between the readings", apart, "deg", (f"azimuth {one_deg:.4g}°", f"azimuth {other_deg:.4g}°"))
