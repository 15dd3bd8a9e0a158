"""Directions as instruments print them: azimuths, bearings in a quadrant, winds; and the north they are counted from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from merestone.description.azimuths import AzimuthsFrom, CountedAzimuth, GridNorth, MagneticNorth, North, TrueNorth
from merestone.description.coordinates import one_angle
from merestone.description.cursor import Cursor
from merestone.description.grid_coordinates import grid_system
from merestone.description.phrases import by
from merestone.description.printed_bearings import quadrant, wind_letters
from merestone.description.tree import Hemisphere
from merestone.geodesy.angle import Angle, Form
from merestone.geodesy.winds import NAMES, WINDS

if TYPE_CHECKING:
    from merestone.description.tree import Azimuth

WHAT = "an azimuth such as 278°14'27\", a bearing such as N 45°30' E, or a compass direction such as north-east"
_DUE = {"north": 0, "east": 90, "south": 180, "west": 270}


_OTHER_WORDS = re.compile(
    r"(?i:(?P<ns>north|norte|nord|nörd|nor|south|süd|sud|sur|sul|[NS](?=\.))?[\s.-]*"
    r"(?P<ew>east|oeste|este|est|ost|öst|west|ouest|ovest|[EW](?=\.))?\.?(?:erly|lich|wards?)?)(?![^\W_])"
).match
"""Directions as other languages and adjectives have them, for the advice on what to write."""


def _letters(words: re.Match[str]) -> str:
    """The letters of the compass direction that other words mean; "" where they mean none."""
    latitude, longitude = (words["ns"] or "").casefold(), (words["ew"] or "").casefold()
    return ("" if not latitude else "N" if latitude[0] == "n" else "S") + (
        "" if not longitude else "W" if longitude[0] in "ow" and longitude != "ost" else "E"
    )


def azimuth(cursor: Cursor) -> Azimuth:
    """A direction with the north that it is counted from, where that is said beside it."""
    angle = direction(cursor)
    counted_from = north(cursor)
    return angle if counted_from is None else CountedAzimuth(angle, counted_from)


def direction(cursor: Cursor) -> Angle:
    """A direction as an angle clockwise from north, from 0° up to 360°, with the text that printed it; 360° is north."""
    start = cursor.start
    found = bearing(cursor) or _due(cursor) or _wind(cursor)
    if found is not None:
        return found
    other = _OTHER_WORDS(cursor.text, start)
    if other is not None and (letters := _letters(other)):
        span = cursor.logical.span(start, other.end())
        sentence = f"`{other.group()}` is not a compass direction in this language"
        raise cursor.refuse("C201", sentence, span, WHAT, f"write `{NAMES[letters]}` if the compass direction is meant")
    angle = one_angle(cursor, WHAT)
    if angle.exact == 360:
        return replace(angle, count=0)
    if angle.count < 0 or angle.exact > 360:
        sentence = f"an azimuth of {angle.text} is out of range"
        raise cursor.refuse("C232", sentence, cursor.span(start), "an azimuth from 0° up to 360°, clockwise from north")
    return angle


def bearing(cursor: Cursor) -> Angle | None:
    """A bearing in a quadrant, `N 45°30' E`, as the azimuth that it means; None where none stands here."""
    start = cursor.start
    found = quadrant(cursor)
    if found is None:
        return None
    printed, (first, second) = found.scanned, found.reading
    cursor.go(found.end)
    if printed.form is Form.BARE:
        hint = f"write {first} {printed.angle.text}° {second} if degrees are meant"
        raise cursor.refuse("C204", "the bearing has no degree sign", cursor.span(start), WHAT, hint)
    if printed.angle.count < 0 or printed.angle.exact > 90:
        names = NAMES[first.value], NAMES[second.value]
        sentence = f"a bearing of {printed.angle.text} from {names[0]} towards {names[1]} is out of range"
        raise cursor.refuse("C232", sentence, cursor.span(start), "at most 90° from north or south")
    text = " ".join(cursor.text[start : found.end].split())
    south, west = first is Hemisphere.SOUTH, second is Hemisphere.WEST
    return _in_quadrant(printed.angle, text, south=south, west=west)


def _in_quadrant(angle: Angle, text: str, *, south: bool, west: bool) -> Angle:
    """The azimuth of a bearing, in the units of its print."""
    half = 180 * angle.unit_denominator // angle.unit_numerator
    if south:
        count = half + angle.count if west else half - angle.count
    else:
        count = (2 * half - angle.count) % (2 * half) if west else angle.count
    return replace(angle, text=text, count=count)


def _due(cursor: Cursor) -> Angle | None:
    """`due north` and the like: an azimuth to the second."""
    start = cursor.start
    if not cursor.take("due"):
        return None
    word = cursor.take_any(tuple(_DUE))
    if word is None:
        raise cursor.unexpected()
    return Angle(" ".join(cursor.text[start : cursor.done].split()), _DUE[word] * 3600, 1, 3600)


def _wind(cursor: Cursor) -> Angle | None:
    """A wind as the azimuth at its middle: one of sixteen, so it is known to 22.5°."""
    word = cursor.word
    letters = wind_letters(cursor)
    if letters is None:
        return None
    return Angle(word, WINDS.index(letters), 45, 2)


def north(cursor: Cursor) -> North | None:
    """`from true north`, `from grid north of PROJECTION` or `from magnetic north ...`, if it stands here."""
    start = cursor.start
    if cursor.take("from", "true", "north"):
        return TrueNorth(cursor.span(start))
    if cursor.take("from", "grid", "north"):
        cursor.need("of")
        return GridNorth(grid_system(cursor), cursor.span(start))
    if not cursor.take("from", "magnetic", "north"):
        return None
    cursor.need("with", "declination")
    declination = one_angle(cursor, "the declination, such as 5°30' W")
    side = cursor.take_any(("E", "W", "east", "west"))
    if side is None:
        raise cursor.unexpected()
    if declination.count < 0 or declination.exact > 180:
        raise cursor.refuse("C232", "a declination is an angle of at most 180°, with E or W", cursor.span(start))
    cursor.need("on")
    return MagneticNorth(declination, side[0] in "Ee", cursor.date(), cursor.span(start))


def azimuths_from(cursor: Cursor) -> AzimuthsFrom:
    """The statement `azimuths from ... north [BY]`, after `azimuths`."""
    counted_from = north(cursor)
    if counted_from is None:
        raise cursor.unexpected()
    return AzimuthsFrom(counted_from, by(cursor), cursor.span(0))
