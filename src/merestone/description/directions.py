"""Directions as instruments print them: azimuths, bearings in a quadrant, winds; and the north they are counted from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from merestone.description.azimuths import AzimuthsFrom, CountedAzimuth, GridNorth, MagneticNorth, North, TrueNorth
from merestone.description.coordinates import one_angle
from merestone.description.cursor import Cursor
from merestone.description.grid_coordinates import grid_system
from merestone.description.keywords import WIND_WORDS, WINDS
from merestone.description.phrases import by
from merestone.geodesy.angle import Angle, AngleTrouble, scan_angle

if TYPE_CHECKING:
    from merestone.description.tree import Azimuth

WHAT = "an azimuth such as 278°14'27\", a bearing such as N 45°30' E, or a compass direction such as north-east"
_FROM = re.compile(r"(N|S|north|south|North|South|NORTH|SOUTH)\s*(?=[0-9])").match
_TO = re.compile(r"\s*(E|W|east|west|East|West|EAST|WEST)(?![\w'])").match
_DUE = {"north": 0, "east": 90, "south": 180, "west": 270}


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
    angle = one_angle(cursor, WHAT)
    if angle.exact == 360:
        return replace(angle, count=0)
    if angle.count < 0 or angle.exact > 360:
        sentence = f"an azimuth of {angle.text} is out of range"
        raise cursor.refuse("C232", sentence, cursor.span(start), "an azimuth from 0° up to 360°, clockwise from north")
    return angle


def at_bearing(cursor: Cursor) -> bool:
    """Whether a bearing in a quadrant seems to begin here, and not a wind."""
    return _FROM(cursor.text, cursor.start) is not None


def bearing(cursor: Cursor) -> Angle | None:
    """A bearing in a quadrant, `N 45°30' E`, as the azimuth that it means; None where none stands here."""
    start = cursor.start
    first = _FROM(cursor.text, start)
    scanned = scan_angle(cursor.text, first.end()) if first is not None else None
    if first is None or scanned is None or isinstance(scanned, AngleTrouble):
        return None
    second = _TO(cursor.text, scanned.end)
    if second is None:
        return None
    cursor.go(second.end())
    if scanned.form.name == "BARE":
        hint = f"write {first[1]} {scanned.angle.text}° {second[1]} if degrees are meant"
        raise cursor.refuse("C204", "the bearing has no degree sign", cursor.span(start), WHAT, hint)
    if scanned.angle.count < 0 or scanned.angle.exact > 90:
        sentence = f"a bearing of {scanned.angle.text} from {first[1]} towards {second[1]} is out of range"
        raise cursor.refuse("C232", sentence, cursor.span(start), "at most 90° from north or south")
    text = " ".join(cursor.text[start : second.end()].split())
    return _in_quadrant(scanned.angle, text, south=first[1][0] in "Ss", west=second[1][0] in "Ww")


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
    letters = word if word in WINDS else WIND_WORDS.get(word.lower())
    if letters is None:
        return None
    cursor.go(cursor.stop)
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
