"""The statement `point`: a name and every definition that the instrument gives of the point."""

from __future__ import annotations

import re
from dataclasses import replace

from merestone.description.clauses import clauses
from merestone.description.coordinates import at_place, place
from merestone.description.cursor import Cursor, Refusal
from merestone.description.directions import azimuth
from merestone.description.line_phrases import line
from merestone.description.phrases import choice, frame, on_leg, quoted_name, standing, straight_kind, wind
from merestone.description.printed_bearings import at_quadrant
from merestone.description.tree import (
    AtAzimuth,
    AtCoordinates,
    AtDistanceAlong,
    AtFoot,
    AtIntersection,
    AtMidpoint,
    AtNature,
    ByDistances,
    DistanceFrom,
    InDirection,
    NaturalPoint,
    Point,
    PointDefinition,
)
from merestone.description.units import LENGTH_UNITS

_LENGTH_AHEAD = re.compile(
    r"(?:about\s+)?[0-9][0-9 .,\xa0\u202f]*(?:"
    + "|".join(re.escape(unit) for unit in sorted(LENGTH_UNITS, reverse=True))
    + r")\s+along\b"
).match
_NAMED_LINE = re.compile(r"(?i:the\s+)?(?i:tropic|tr[oó]pico|tropique|equator|ecuador|parallel|meridian)").match
_NAMED_LINE_HINT = (
    "write `at the intersection of parallel «Tropic of Cancer» and meridian 16° E`, each line as it is named"
)
_NATURE_WORDS = tuple(tuple(natural.value.split()) for natural in NaturalPoint)


def point(cursor: Cursor) -> Point | None:
    """A point, after the word `point`; None where no definition of it could be understood."""
    start = 0
    name = cursor.name("the name of a point")
    label = cursor.quoted_or_none()
    mark = _mark(cursor) if cursor.take("mark") else None
    definitions: list[PointDefinition] = []
    try:
        definitions.append(_definition(cursor))
        while cursor.take("also"):
            definitions.append(_definition(cursor))
    except Refusal as refusal:
        cursor.findings.append(refusal.finding)
        _skip_definition(cursor)
        clauses(cursor, passing_over=True)
        return None
    said = () if cursor.at_end else clauses(cursor)
    return Point(name, tuple(definitions), label, mark, said, cursor.logical.span(start, cursor.size))


def _mark(cursor: Cursor) -> str | None:
    """A mark's number; reading goes on after one that is not quoted."""
    try:
        return cursor.quoted("the mark's number")
    except Refusal as refusal:
        if not cursor.is_name() or not cursor.word:
            raise
        cursor.findings.append(refusal.finding)
        cursor.go(cursor.stop)
        return None


def _skip_definition(cursor: Cursor) -> None:
    """Move on to the clauses after a definition that could not be understood."""
    match = re.compile(r"(?<!\S)(?:words|expect|note)(?=\s+(?:[«“a-z]))").search(cursor.text, cursor.start)
    cursor.go(match.start() if match else cursor.size)


def _definition(cursor: Cursor) -> PointDefinition:
    """One definition of a point."""
    start = cursor.start
    if cursor.take("at"):
        return _at(cursor, start)
    if cursor.take("approximately", "at"):
        return _coordinates(cursor, start, approximately=True)
    if cursor.take("in", "direction"):
        return _direction(cursor, start)
    if cursor.take("by", "distances"):
        return _distances(cursor, start)
    raise cursor.unexpected()


def _at(cursor: Cursor, start: int) -> PointDefinition:
    """What stands after `at`."""
    if _LENGTH_AHEAD(cursor.text, cursor.start):
        return _along_leg(cursor, start)
    if not cursor.word or cursor.word[0].isdigit():
        return _coordinates(cursor, start, approximately=False)
    if cursor.take("the", "intersection", "of"):
        first = line(cursor)
        cursor.need("and")
        second = line(cursor)
        return AtIntersection(first, second, choice(cursor), cursor.span(start))
    if cursor.take("the", "midpoint", "of"):
        one = cursor.name("a point")
        cursor.need("and")
        return AtMidpoint(one, cursor.name("a point"), cursor.span(start))
    if cursor.take("the", "foot", "of", "the", "perpendicular", "from"):
        origin = cursor.name("a point")
        cursor.need("to")
        return AtFoot(origin, line(cursor), cursor.span(start))
    if cursor.take("azimuth"):
        return _azimuth(cursor, start)
    nature = _nature(cursor, start)
    if nature is not None:
        return nature
    if at_place(cursor):
        return _coordinates(cursor, start, approximately=False)
    refusal = cursor.unexpected("coordinates")
    if refusal.finding.hint is None and _NAMED_LINE(cursor.text, cursor.start):
        raise Refusal(replace(refusal.finding, hint=_NAMED_LINE_HINT))
    raise refusal


def _coordinates(cursor: Cursor, start: int, *, approximately: bool) -> AtCoordinates:
    """`COORD [in FRAME] [enacted | rounded | measured within LENGTH]`."""
    where = place(cursor)
    if cursor.at_end:
        return AtCoordinates(where, None, None, approximately, cursor.logical.span(start, cursor.size))
    name = frame(cursor) if cursor.take("in") else None
    numbers = standing(cursor)
    return AtCoordinates(where, name, numbers, approximately, cursor.span(start))


def _along_leg(cursor: Cursor, start: int) -> AtDistanceAlong:
    """`LENGTH along leg ID [of SECTION] from POINT`."""
    distance = cursor.stated_length()
    cursor.need("along")
    leg_start = cursor.start
    cursor.need("leg")
    leg = on_leg(cursor, leg_start)
    cursor.need("from")
    return AtDistanceAlong(distance, leg, cursor.name("a point"), cursor.span(start))


def _azimuth(cursor: Cursor, start: int) -> AtAzimuth:
    """`AZIMUTH and LENGTH from POINT [along KIND]`."""
    angle = azimuth(cursor)
    cursor.need("and")
    distance = cursor.stated_length()
    cursor.need("from")
    origin = cursor.name("a point")
    if not cursor.take("along"):
        return AtAzimuth(angle, distance, origin, None, None, cursor.span(start))
    kind = straight_kind(cursor)
    if kind is None:
        raise cursor.unexpected()
    return AtAzimuth(angle, distance, origin, *kind, cursor.span(start))


def _direction(cursor: Cursor, start: int) -> InDirection:
    """`(COMPASS | AZIMUTH) from POINT`."""
    letters = None if at_quadrant(cursor) else wind(cursor)
    angle = azimuth(cursor) if letters is None else None
    cursor.need("from")
    return InDirection(angle, letters, cursor.name("a point"), cursor.span(start))


def _distances(cursor: Cursor, start: int) -> ByDistances:
    """`LENGTH [COMPASS] from POINT, ...`."""
    observations = [_observation(cursor)]
    while cursor.sign(","):
        observations.append(_observation(cursor))
    return ByDistances(tuple(observations), cursor.span(start))


def _observation(cursor: Cursor) -> DistanceFrom:
    start = cursor.start
    distance, letters = cursor.stated_length(), wind(cursor)
    cursor.need("from")
    return DistanceFrom(distance, letters, cursor.name("a point"), cursor.span(start))


def _nature(cursor: Cursor, start: int) -> AtNature | None:
    """A point that rests on nature or on a source, if one stands here."""
    for natural, words in zip(NaturalPoint, _NATURE_WORDS, strict=True):
        if cursor.take(*words):
            names = [quoted_name(cursor, "a name")]
            source = None
            if natural is NaturalPoint.CONFLUENCE:
                cursor.need("and")
                names.append(quoted_name(cursor, "a name"))
            if natural is NaturalPoint.PLACE:
                cursor.need("on")
                source = cursor.name("a source")
            return AtNature(natural, tuple(names), source, cursor.span(start))
    return None
