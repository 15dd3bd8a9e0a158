"""Phrases that several statements share: frames, references, readings, kinds of line, winds."""

from __future__ import annotations

import re
from difflib import get_close_matches

from merestone.description.cursor import Cursor, did_you_mean
from merestone.description.grid_coordinates import grid_system
from merestone.description.hemisphere_letters import clash
from merestone.description.keywords import LOCATORS, WIND_WORDS, WINDS
from merestone.description.printed_bearings import wind_letters
from merestone.description.tree import (
    Choice,
    Chooser,
    DeclaredReading,
    Hemisphere,
    InLanguage,
    Name,
    Numbers,
    OnLeg,
    Reading,
    ReadingKind,
    Reference,
    Standing,
    StraightKind,
    WithoutLetters,
)
from merestone.diagnostics import Suggestion
from merestone.geodesy.winds import NAMES

FRAME_STOPS = frozenset(
    [
        "also",
        "approximately",
        "at",
        "by",
        "candidates",
        "columns",
        "enacted",
        "epoch",
        "expect",
        "fixed",
        "from",
        "heights",
        "in",
        "is",
        "legs",
        "mark",
        "measured",
        "note",
        "numbers",
        "on",
        "read",
        "rounded",
        "to",
        "transformed",
        "within",
        "without",
        "words",
    ]
)
"""Words that end the name of a frame that is written without quotes."""

_FRAME_GOES_ON = ("epoch", "fixed", "heights", "transformed", "candidates", "enacted", "rounded", "measured", "expect")

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$").match
_FRAME_WORD = re.compile(r"[^\s,«»“”\"#]+").match


def frame(cursor: Cursor) -> Name:
    """A frame: EPSG:NNNN, words up to a keyword or comma (`WGS 84 (G1762)`), or «quoted»."""
    what = "a frame such as WGS 84, EPSG:4326 or «its name»"
    start = cursor.start
    text = cursor.quoted_or_none()
    if text is not None:
        return Name(text, cursor.span(start))
    words: list[str] = []
    while cursor.word not in FRAME_STOPS:
        match = _FRAME_WORD(cursor.text, cursor.start)
        if match is None:
            break
        close = get_close_matches(match.group(), _FRAME_GOES_ON, 1, 0.65) if words else []
        if close:
            sentence = f"`{match.group()[:60]}` seems to be no part of a frame's name"
            hint = f"did you mean `{close[0]}`? If it is part of the name, quote the whole name"
            raise cursor.refuse("S301", sentence, cursor.here(), "words of a frame's name, or what follows it", hint)
        words.append(match.group())
        cursor.go(match.end())
    if not words:
        raise cursor.unexpected(what)
    return Name(" ".join(words), cursor.span(start))


def language(cursor: Cursor) -> str | None:
    """A language tag, if one stands here."""
    if cursor.word and LANGUAGE(cursor.word):
        tag = cursor.word
        cursor.go(cursor.stop)
        return tag
    cursor.expected.append("a language such as en")
    return None


def in_languages(cursor: Cursor) -> tuple[InLanguage, ...]:
    """`in LANG «TEXT»`, any number of times."""
    found: list[InLanguage] = []
    while cursor.take("in"):
        tag = language(cursor)
        if tag is None:
            raise cursor.unexpected()
        found.append(InLanguage(tag, cursor.quoted("a text in that language")))
    return tuple(found)


def locator(cursor: Cursor) -> str | None:
    """`art. 1`, `annex II para. 3`: the place in an instrument, None if none stands here."""
    parts: list[str] = []
    while (word := cursor.take_any(LOCATORS)) is not None:
        parts.append(f"{word} {cursor.token_of('the number of the article or section')}")
    return " ".join(parts) or None


def reference(cursor: Cursor) -> Reference:
    """An instrument and the place in it, or who says so, in «words»."""
    start = cursor.start
    who = cursor.quoted_or_none()
    if who is not None:
        return Reference(None, None, who, cursor.span(start))
    name = cursor.name("an instrument, or «who says so»")
    return Reference(name, locator(cursor), None, cursor.span(start))


def by(cursor: Cursor) -> Reference | None:
    """`by REF` or `by «WHO»`, if it stands here."""
    return reference(cursor) if cursor.take("by") else None


# ---- readings ---------------------------------------------------------------------------------------------------


def reading(cursor: Cursor) -> Reading:
    """One way to read "straight line"."""
    start = cursor.start
    if cursor.take("straight", "in", "longitude", "and", "latitude"):
        return Reading(ReadingKind.LONLAT, None, cursor.span(start))
    if cursor.take("straight", "on"):
        return Reading(ReadingKind.PROJECTED, grid_system(cursor), cursor.span(start))
    word = cursor.take_any(("geodesic", "loxodrome", "parallel"))
    if word is None:
        raise cursor.unexpected()
    return Reading(ReadingKind(word), None, cursor.span(start))


def declared_reading(cursor: Cursor) -> DeclaredReading:
    """A reading, on whose authority, and the alternatives kept beside it."""
    start = cursor.start
    chosen, authority, others = reading(cursor), by(cursor), []
    if cursor.take("also"):
        others.append(reading(cursor))
        while cursor.sign(","):
            others.append(reading(cursor))
    return DeclaredReading(chosen, authority, tuple(others), cursor.span(start))


def standing(cursor: Cursor) -> Numbers | None:
    """How numbers are to be taken, if it is said here."""
    start = cursor.start
    if cursor.take("enacted"):
        return Numbers(Standing.ENACTED, None, cursor.span(start))
    if cursor.take("rounded"):
        return Numbers(Standing.ROUNDED, None, cursor.span(start))
    if cursor.take("measured"):
        cursor.need("within")
        return Numbers(Standing.MEASURED, cursor.length(), cursor.span(start))
    return None


_ACROSS = {"north": "south", "south": "north", "east": "west", "west": "east"}


def without_letters(cursor: Cursor) -> WithoutLetters:
    """What coordinates without letters mean: two words in the order in which the coordinates are printed."""
    start = cursor.start
    words = {"north": Hemisphere.NORTH, "south": Hemisphere.SOUTH, "east": Hemisphere.EAST, "west": Hemisphere.WEST}
    first = cursor.take_any(tuple(words))
    if first is None or not cursor.sign(","):
        raise cursor.unexpected()
    rest = ("east", "west") if first in ("north", "south") else ("north", "south")
    second = cursor.take_any(rest)
    if second is None:
        raise cursor.unexpected()
    signed = cursor.sign(",")
    if signed:
        cursor.need("minus", "is")
        cursor.need(_ACROSS[first])
        if not cursor.sign(","):
            raise cursor.unexpected()
        cursor.need(_ACROSS[second])
    span = cursor.span(start)
    if first in ("north", "south"):
        return WithoutLetters(words[first], words[second], False, signed, span)
    return WithoutLetters(words[second], words[first], True, signed, span)


# ---- lines and winds --------------------------------------------------------------------------------------------


def wind(cursor: Cursor) -> str | None:
    """A wind direction (`NNE`, `north-north-east`) as its letters, if one stands here."""
    printed = cursor.word
    here = cursor.here()
    letters = wind_letters(cursor)
    if letters is None:
        cursor.expected.append("a compass direction such as NNE or north-north-east")
    elif clash(cursor.conventions.lettering) and printed.lower() not in WIND_WORDS:
        advised = (Suggestion(NAMES[letters], here),)
        sentence = f"`{printed}` is {NAMES[letters]} in the declared language, and another direction in English"
        raise cursor.refuse("C225", sentence, here, "a compass direction in words", f"write {NAMES[letters]}", advised)
    return letters


def need_wind(cursor: Cursor) -> str:
    """The wind direction that must stand here."""
    letters = wind(cursor)
    if letters is None:
        if cursor.word:
            hint = did_you_mean(cursor.word, [*WIND_WORDS, *WINDS])
            what = "one of the sixteen compass directions, such as NNE or north-north-east"
            raise cursor.refuse("S312", f"`{cursor.word[:60]}` is not a compass direction", cursor.here(), what, hint)
        raise cursor.unexpected()
    return letters


def straight_kind(cursor: Cursor) -> tuple[StraightKind, Name | None] | None:
    """The kind of a line that is drawn to find a point, and its projection; None if none stands here."""
    if cursor.take("straight", "on"):
        return StraightKind.PROJECTED, grid_system(cursor)
    word = cursor.take_any(("geodesic", "loxodrome", "straight"))
    return None if word is None else (StraightKind(word), None)


def on_leg(cursor: Cursor, start: int) -> OnLeg:
    """`ID [of SECTION] [produced]`, after `leg`."""
    name = cursor.name("the name of a leg")
    section = cursor.name("the name of a section") if cursor.take("of") else None
    return OnLeg(name, section, cursor.take("produced"), cursor.span(start))


_CHOOSERS = tuple(chooser for chooser in Chooser if chooser is not Chooser.NEAREST)


def choice(cursor: Cursor) -> Choice | None:
    """Which of several intersections is meant, if it is said here."""
    start = cursor.start
    if cursor.take("nearest", "to"):
        return Choice(Chooser.NEAREST, cursor.name("a point"), cursor.span(start))
    for chooser in _CHOOSERS:
        if cursor.take(*chooser.value.split()):
            return Choice(chooser, None, cursor.span(start))
    return None


def by_kind(cursor: Cursor) -> StraightKind | None:
    """`by geodesic` or `by loxodrome`, if it stands here."""
    if not cursor.take("by"):
        return None
    word = cursor.take_any(("geodesic", "loxodrome"))
    if word is None:
        raise cursor.unexpected()
    return StraightKind(word)


def quoted_name(cursor: Cursor, what: str) -> Name:
    """A name that must be quoted: of a water, a feature, a place."""
    start = cursor.start
    return Name(cursor.quoted(what), cursor.span(start))


def kind_or_grid(cursor: Cursor) -> tuple[StraightKind | None, Name | None]:
    """`by geodesic`, `by loxodrome` or `on the grid of PROJECTION`, if one stands here."""
    if cursor.take("on", "the", "grid", "of"):
        return StraightKind.PROJECTED, grid_system(cursor)
    return by_kind(cursor), None


def through_point(cursor: Cursor, what: str) -> Name | None:
    """The point that a parallel or meridian passes `through`, if it is said; a chain's `through` is the chain's own."""
    if cursor.text.startswith("legs ") or not cursor.take("through"):
        return None
    return cursor.name(f"a point of the {what}")
