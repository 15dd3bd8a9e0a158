"""A line that a point, an ending or a name of the head refers to, as it is said."""

from __future__ import annotations

from merestone.description.coordinates import coordinate
from merestone.description.cursor import Cursor
from merestone.description.directions import azimuth
from merestone.description.named_lines import (
    CircleAbout,
    FromTowards,
    OnConstruction,
    OnSection,
    ThroughPoint,
    ThroughPoints,
)
from merestone.description.phrases import on_leg, quoted_name, straight_kind
from merestone.description.tree import (
    Between,
    Coordinate,
    FromAzimuth,
    LineReference,
    Name,
    OnFeature,
    OnMeridian,
    OnParallel,
    StraightKind,
)


def line(cursor: Cursor) -> LineReference:
    """A line that a point or an ending refers to."""
    start = cursor.start
    word = cursor.take_any(("parallel", "meridian", "leg", "feature", "circle", "line", "section", "ring"))
    match word:
        case "parallel" | "meridian":
            return _graticule(cursor, start, meridian=word == "meridian")
        case "leg":
            return on_leg(cursor, start)
        case "feature":
            return OnFeature(quoted_name(cursor, "a feature's name"), cursor.span(start))
        case "circle":
            return circle(cursor, start) if cursor.peek("of") else _construction(cursor, start, circle=True)
        case "line":
            return _construction(cursor, start, circle=False)
        case "section" | "ring":
            return OnSection(cursor.name(f"the name of a {word}"), word == "ring", cursor.span(start))
        case _:
            pass
    kind = straight_kind(cursor)
    if kind is None:
        raise cursor.unexpected()
    return _drawn(cursor, start, *kind)


def circle(cursor: Cursor, start: int) -> CircleAbout:
    """`of LENGTH about POINT`, after `circle` or a circle's name."""
    cursor.need("of")
    radius = cursor.length("the radius with its unit")
    cursor.need("about")
    return CircleAbout(radius, cursor.name("the centre, a point"), cursor.span(start))


def _construction(cursor: Cursor, start: int, *, circle: bool) -> OnConstruction:
    """`NAME [produced]`, after `line` or `circle`."""
    name = cursor.name("the name of a construction circle" if circle else "the name of a construction line")
    produced = not circle and cursor.take("produced")
    return OnConstruction(name, circle, produced, cursor.span(start))


def _graticule(cursor: Cursor, start: int, *, meridian: bool) -> LineReference:
    """`through POINT`, or the angle of a parallel or meridian."""
    if cursor.take("through"):
        return ThroughPoint(cursor.name("a point"), meridian, cursor.span(start))
    if meridian:
        return OnMeridian(_longitude_or_words(cursor), cursor.span(start))
    return OnParallel(_latitude_or_words(cursor), cursor.span(start))


def _drawn(cursor: Cursor, start: int, kind: StraightKind, projection: Name | None) -> LineReference:
    """A line of a kind from a point to a point, at an azimuth, or through points."""
    if cursor.take("through"):
        return _through(cursor, start, kind, projection)
    cursor.need("from")
    origin = cursor.name("a point")
    if cursor.take("to"):
        end = cursor.name("a point")
        return Between(kind, origin, end, projection, cursor.take("produced"), cursor.span(start))
    if cursor.take("towards"):
        return FromTowards(kind, origin, cursor.name("the point that it is aimed at"), projection, cursor.span(start))
    if cursor.take("at", "azimuth"):
        return FromAzimuth(kind, origin, azimuth(cursor), projection, cursor.span(start))
    raise cursor.unexpected()


def _through(cursor: Cursor, start: int, kind: StraightKind, projection: Name | None) -> ThroughPoints:
    """`POINT, POINT, ...` or `TABLE`, after `through`."""
    names = [cursor.name("a table of points, or points")]
    while cursor.sign(","):
        names.append(cursor.name("a point"))
    if len(names) == 1:
        return ThroughPoints(kind, (), names[0], projection, cursor.span(start))
    return ThroughPoints(kind, tuple(names), None, projection, cursor.span(start))


_WITH_COORDINATES = frozenset(("north", "south", "east", "west", "latitude", "longitude", "latitud", "longitud"))


def _words_instead(cursor: Cursor, example: str) -> Name | None:
    """Quoted words that need a reading, if they stand here; a hint where the quotes are missing."""
    start = cursor.start
    text = cursor.quoted_or_none()
    if text is not None:
        return Name(text, cursor.span(start))
    word = cursor.word
    if len(word) > 3 and word[0].isalpha() and word.lower() not in _WITH_COORDINATES:
        hint = f"quote the words, and say how they are read: {example}"
        what = "an angle with its letter, or «words»"
        raise cursor.refuse("C201", f"`{word[:60]}` is not a coordinate", cursor.here(), what, hint)
    return None


def _latitude_or_words(cursor: Cursor) -> Coordinate | Name:
    words = _words_instead(cursor, "parallel «Tropic of Cancer»")
    return words if words is not None else coordinate(cursor, "latitude")


def _longitude_or_words(cursor: Cursor) -> Coordinate | Name:
    words = _words_instead(cursor, "meridian «of the southernmost point of the island»")
    return words if words is not None else coordinate(cursor, "longitude")
