"""Clauses: what the instrument says of a point, leg, section or ring: its words, what it prints, remarks."""

from __future__ import annotations

import re

from merestone.description.coordinates import one_angle, place
from merestone.description.cursor import Cursor, Refusal
from merestone.description.directions import azimuth
from merestone.description.grid_coordinates import grid_system
from merestone.description.keywords import CLAUSE_WORDS
from merestone.description.phrases import LANGUAGE, locator, need_wind
from merestone.description.tree import (
    Clause,
    ExpectArea,
    ExpectAzimuth,
    ExpectCoordinates,
    ExpectDirection,
    ExpectDistance,
    ExpectLength,
    ExpectSide,
    Length,
    Name,
    Note,
    StraightKind,
    Words,
)

_SIDES = (("on", "the", "left"), ("on", "the", "right"), ("inside",), ("outside",))
_NEXT_CLAUSE = re.compile(r"«[^»]*»|“[^”]*”|(?<!\S)(words|expect|note)(?!\S)")


def clauses(cursor: Cursor, *, passing_over: bool = False) -> tuple[Clause, ...]:
    """All clauses up to the end of the statement. One that cannot be understood is reported and does not hide the
    next.

    Words that begin no clause belong to what stands before them. A clause that they follow is not understood to its end
    and is left out. Where they follow the statement itself the refusal is raised, for they may say another length, place
    or datum; with `passing_over` they are reported only.
    """
    found: list[Clause] = []
    left_over: Refusal | None = None
    while not cursor.at_end:
        start = cursor.start
        begins = cursor.word in CLAUSE_WORDS
        try:
            found.append(_clause(cursor))
        except Refusal as refusal:
            if not begins and not found and not passing_over:
                left_over = refusal
            else:
                cursor.findings.append(refusal.finding)
            if not begins and found:
                found.pop()
            if not _skip_to_next(cursor, max(start + 1, cursor.start)):
                break
    if left_over is not None:
        raise left_over
    return tuple(found)


def _skip_to_next(cursor: Cursor, offset: int) -> bool:
    """Move to the next word that begins a clause; False if there is none."""
    for match in _NEXT_CLAUSE.finditer(cursor.text, offset):
        if match[1]:
            cursor.go(match.start())
            return True
    cursor.go(cursor.size)
    return False


def _clause(cursor: Cursor) -> Clause:
    start = cursor.start
    if cursor.take("words"):
        return _words(cursor, start)
    if cursor.take("expect"):
        return _expectation(cursor, start)
    if cursor.take("note"):
        return Note(cursor.quoted("a remark"), cursor.span(start))
    raise cursor.unexpected(known=CLAUSE_WORDS)


def _words(cursor: Cursor, start: int) -> Words:
    """`words [LANG] [art. TOKEN] «TEXT»`."""
    tag = None
    if cursor.word and LANGUAGE(cursor.word):
        tag = cursor.word
        cursor.go(cursor.stop)
    article = locator(cursor)
    return Words(cursor.quoted("the instrument's words"), tag, article, cursor.span(start))


def _within(cursor: Cursor) -> Length | None:
    return cursor.length() if cursor.take("within") else None


def _expectation(cursor: Cursor, start: int) -> Clause:
    """What stands after `expect`."""
    if cursor.take("length"):
        length, tolerance = cursor.stated_length(), _within(cursor)
        plane = grid_system(cursor) if cursor.take("on") else None
        return ExpectLength(length, tolerance, plane, cursor.span(start))
    if cursor.take("azimuth"):
        return _azimuth(cursor, start)
    if cursor.take("direction"):
        return ExpectDirection(need_wind(cursor), cursor.span(start))
    if cursor.take("area"):
        area = cursor.stated_area()
        within = cursor.area() if cursor.take("within") else None
        projection = grid_system(cursor) if cursor.take("on") else None
        return ExpectArea(area, within, projection, _net_of(cursor), cursor.span(start))
    if cursor.take("coordinates"):
        return ExpectCoordinates(place(cursor), _within(cursor), cursor.span(start))
    if cursor.take("distance", "to"):
        point = cursor.name("a point")
        return ExpectDistance(point, cursor.stated_length(), _within(cursor), cursor.span(start))
    return _side(cursor, start)


def _net_of(cursor: Cursor) -> tuple[Name, ...]:
    """`net of ring NAME, ring NAME ...`, if it stands here."""
    if not cursor.take("net", "of"):
        return ()
    rings: list[Name] = []
    while not rings or cursor.sign(","):
        cursor.need("ring")
        rings.append(cursor.name("the name of a ring"))
    return tuple(rings)


def _azimuth(cursor: Cursor, start: int) -> ExpectAzimuth:
    """`AZIMUTH [at start | at end] [within ANGLE] [of geodesic | of loxodrome]`."""
    angle = azimuth(cursor)
    at_end = not cursor.take("at", "start") and cursor.take("at", "end")
    within = one_angle(cursor, "an angle") if cursor.take("within") else None
    kind = None
    if cursor.take("of"):
        word = cursor.take_any(("geodesic", "loxodrome"))
        if word is None:
            raise cursor.unexpected()
        kind = StraightKind(word)
    return ExpectAzimuth(angle, at_end, kind, within, cursor.span(start))


def _side(cursor: Cursor, start: int) -> ExpectSide:
    """`POINT on the left`, and the like."""
    point = cursor.name("`length`, `azimuth`, `direction`, `area`, `coordinates`, `distance to`, or a point")
    if cursor.take("on", "the", "side", "of"):
        return ExpectSide(point, cursor.name("a party").text, cursor.span(start))
    for phrase in _SIDES:
        if cursor.take(*phrase):
            return ExpectSide(point, phrase[-1], cursor.span(start))
    known = ("length", "azimuth", "direction", "area", "coordinates", "distance")
    hint = None
    if close := [word for word in known if word[:3] == point.text[:3].lower()]:
        hint = f"did you mean `expect {close[0]}`?"
    refusal = cursor.unexpected()
    if hint and refusal.finding.hint is None:
        finding = refusal.finding
        raise cursor.refuse(finding.code, finding.sentence, finding.span or cursor.here(), finding.expected, hint)
    raise refusal
