"""The statements of the head: what the description is of, who reads it, what it rests on, how numbers are taken."""

from __future__ import annotations

import re
from dataclasses import replace

from merestone.description.coordinates import coordinate
from merestone.description.cursor import Cursor
from merestone.description.frames import legs_in
from merestone.description.hemisphere_letters import is_known, known_tags
from merestone.description.numbers import Nature
from merestone.description.phrases import (
    LANGUAGE,
    by,
    declared_reading,
    in_languages,
    language,
    standing,
    without_letters,
)
from merestone.description.tree import (
    AnglesIn,
    Coordinate,
    DecimalSign,
    DecimalSignIs,
    Instrument,
    LegsIn,
    LettersIn,
    Name,
    Note,
    Numbers,
    Parties,
    Party,
    Precedence,
    ReadingBy,
    Source,
    StraightReading,
    Title,
    Tolerance,
    WithoutLetters,
    WordReading,
)
from merestone.geodesy.angle import LetterG

INSTRUMENT_KINDS = ("treaty", "award", "judgment", "agreement", "decree", "act", "protocol", "report", "map")
SOURCE_KINDS = ("elevation", "waters", "map", "survey", "line", "table")
PRECEDENCE_KINDS = ("marks", "words", "coordinates", "map")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}$").match


def boundary(cursor: Cursor) -> Title:
    """`boundary «TITLE» [in LANG «TITLE»] ...`."""
    title = cursor.quoted("the title of the description")
    return Title(title, in_languages(cursor), cursor.span(0))


def reading(cursor: Cursor) -> ReadingBy | StraightReading | WordReading:
    """`reading by «WHO»`, `reading of straight lines: ...` or `reading of «WORDS»: ...`."""
    if cursor.take("by"):
        who = cursor.quoted("who reads")
        return ReadingBy(who, cursor.date() if cursor.take("on") else None, cursor.span(0))
    if cursor.take("of", "straight", "lines"):
        if not cursor.sign(":"):
            raise cursor.unexpected()
        return StraightReading(declared_reading(cursor), cursor.span(0))
    cursor.need("of")
    start = cursor.start
    words = Name(cursor.quoted("`straight lines`, or the words"), cursor.span(start))
    if not cursor.sign(":"):
        raise cursor.unexpected()
    value = _parallel_or_meridian(cursor)
    authority, others = by(cursor), []
    if cursor.take("also"):
        others.append(_parallel_or_meridian(cursor))
        while cursor.sign(","):
            others.append(_parallel_or_meridian(cursor))
    return WordReading(words, value, authority, tuple(others), cursor.span(0))


def _parallel_or_meridian(cursor: Cursor) -> Coordinate:
    """`parallel ANGLE N|S` or `meridian ANGLE E|W`."""
    if cursor.take("parallel"):
        return coordinate(cursor, "latitude")
    if cursor.take("meridian"):
        return coordinate(cursor, "longitude")
    raise cursor.unexpected()


def parties(cursor: Cursor) -> Parties:
    """`parties ID «NAME» [in LANG «NAME»] ..., ID «NAME» ...`."""
    found = [_party(cursor)]
    while cursor.sign(","):
        found.append(_party(cursor))
    return Parties(tuple(found), cursor.span(0))


def _party(cursor: Cursor) -> Party:
    start = cursor.start
    name = cursor.name("the identity of a party")
    title = cursor.quoted("the party's name")
    return Party(name, title, in_languages(cursor), cursor.span(start))


def instrument(cursor: Cursor) -> Instrument:
    """`instrument NAME «TITLE»` and what is known of it."""
    name = cursor.name("the name of an instrument")
    title = cursor.quoted("the instrument's title")
    said: dict[str, str] = {}
    languages: tuple[str, ...] = ()
    while not cursor.at_end:
        if cursor.take("of", "kind"):
            said["kind"] = _one_of(cursor, INSTRUMENT_KINDS)
        elif cursor.take("dated"):
            said["dated"] = cursor.date()
        elif cursor.take("in"):
            languages = _languages(cursor)
        elif cursor.take("registered"):
            said["registered"] = cursor.quoted("the register's number")
        elif cursor.take("published"):
            said["published"] = cursor.quoted("where it is published")
        elif cursor.take("note"):
            said["note"] = cursor.quoted("a remark")
        elif LANGUAGE(cursor.word) and cursor.peek(cursor.word, "prevails"):
            said["prevails"] = cursor.word
            cursor.need(cursor.word, "prevails")
        else:
            cursor.expected.append("`LANGUAGE prevails`")
            raise cursor.unexpected()
    return Instrument(name, title, languages=languages, span=cursor.span(0), **said)


def _languages(cursor: Cursor) -> tuple[str, ...]:
    found = []
    while True:
        tag = language(cursor)
        if tag is None:
            raise cursor.unexpected()
        found.append(tag)
        if not cursor.sign(","):
            return tuple(found)


def _one_of(cursor: Cursor, words: tuple[str, ...]) -> str:
    word = cursor.take_any(words)
    if word is None:
        raise cursor.unexpected()
    return word


def precedence(cursor: Cursor) -> Precedence:
    """`precedence WHAT, WHAT ...`: each of marks, words, coordinates, map at most once."""
    order: list[str] = []
    while True:
        start = cursor.start
        word = _one_of(cursor, PRECEDENCE_KINDS)
        if word in order:
            raise cursor.refuse("S309", f"`{word}` stands in the order twice", cursor.span(start))
        order.append(word)
        if not cursor.sign(","):
            return Precedence(tuple(order), cursor.span(0))


def source(cursor: Cursor) -> Source:
    """`source NAME KIND «PATH»` and what is known of it."""
    name = cursor.name("the name of a source")
    kind = _one_of(cursor, SOURCE_KINDS)
    path = cursor.quoted("the path of a file inside the case")
    said: dict[str, str] = {}
    scale, accuracy = None, None
    while not cursor.at_end:
        if cursor.take("sha256"):
            said["sha256"] = sha256(cursor)
        elif cursor.take("dated"):
            said["dated"] = cursor.date()
        elif cursor.take("scale"):
            if not cursor.sign("1:"):
                raise cursor.unexpected()
            scale = cursor.number("the scale's number, as in 1:50000", Nature.WHOLE)
        elif cursor.take("edition"):
            said["edition"] = cursor.quoted("the edition")
        elif cursor.take("on", "duty"):
            said["on_duty"] = cursor.date()
        elif cursor.take("accuracy"):
            accuracy = cursor.length()
        elif cursor.take("note"):
            said["note"] = cursor.quoted("a remark")
        else:
            raise cursor.unexpected()
    return Source(name, kind, path, scale=scale, accuracy=accuracy, span=cursor.span(0), **said)


def sha256(cursor: Cursor) -> str:
    """A SHA-256 digest in hexadecimal, in lower case."""
    start = cursor.start
    token = cursor.token_of("a SHA-256 digest")
    if not _SHA256(token):
        sentence = f"`{token[:60]}` is not a SHA-256 digest: it has {len(token)} characters"
        raise cursor.refuse("S316", sentence, cursor.span(start), "64 hexadecimal digits")
    return token.lower()


def coordinates(cursor: Cursor) -> WithoutLetters:
    """`coordinates without letters are north, east [, minus is south, west]`."""
    cursor.need("without", "letters", "are")
    said = without_letters(cursor)
    return replace(said, span=cursor.span(0))


def decimal(cursor: Cursor) -> DecimalSignIs:
    """`decimal sign (point | comma | apostrophe)`."""
    cursor.need("sign")
    return DecimalSignIs(DecimalSign(_one_of(cursor, tuple(DecimalSign))), cursor.span(0))


def letters(cursor: Cursor) -> LettersIn:
    """`letters in LANG`: the language of the letters of hemispheres."""
    cursor.need("in")
    tag = language(cursor)
    if tag is None:
        raise cursor.unexpected()
    if not is_known(tag):
        sentence = f"the letters of hemispheres in the language `{tag}` are not known"
        expected = f"one of {', '.join(known_tags())}"
        raise cursor.refuse("S301", sentence, cursor.span(0), expected, "write the directions as words")
    return LettersIn(tag, cursor.span(0))


def angles(cursor: Cursor) -> AnglesIn:
    """`angles in (gons | degrees [, minutes, seconds])`: what the letter g and groups of digits without signs mean."""
    cursor.need("in")
    unit = LetterG(_one_of(cursor, tuple(LetterG)))
    in_groups = unit is LetterG.DEGREES and cursor.sign(",")
    if in_groups:
        cursor.need("minutes")
        if not cursor.sign(","):
            raise cursor.unexpected()
        cursor.need("seconds")
    return AnglesIn(unit, in_groups, cursor.span(0))


def numbers(cursor: Cursor) -> Numbers:
    """`numbers (enacted | measured within LENGTH | rounded)`."""
    said = standing(cursor)
    if said is None:
        raise cursor.unexpected()
    return said


def tolerance(cursor: Cursor) -> Tolerance:
    """`tolerance LENGTH`."""
    return Tolerance(cursor.length(), cursor.span(0))


def note(cursor: Cursor) -> Note:
    """`note «TEXT»`."""
    return Note(cursor.quoted("a remark"), cursor.span(0))


def legs(cursor: Cursor) -> LegsIn:
    """`legs in FRAME`."""
    return legs_in(cursor)
