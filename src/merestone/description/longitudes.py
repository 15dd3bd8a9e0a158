"""What longitudes are counted from: `longitudes from Paris`, and the words `of Paris` behind a printed longitude."""

from __future__ import annotations

import re
from dataclasses import replace

from merestone.description.coordinates import coordinate
from merestone.description.cursor import Cursor
from merestone.description.phrases import by
from merestone.description.tree import LongitudesFrom
from merestone.geodesy.prime_meridians import BY_NAME, GREENWICH, PRIME_MERIDIANS

_SEVERAL_WORDS = re.compile(r"(?:Monte Mario|El Hierro|San Fernando)\b").match


def longitudes_from(cursor: Cursor) -> LongitudesFrom:
    """`longitudes from NAME`, or `longitudes from «NAME» at ANGLE E|W of Greenwich [BY]`."""
    cursor.need("from")
    start = cursor.start
    meridian = _name(cursor)
    span = cursor.span(start)
    if cursor.take("at"):
        cursor.conventions = replace(cursor.conventions, longitudes=None)
        value = coordinate(cursor, "longitude")
        return LongitudesFrom(meridian, value, by(cursor), cursor.span(0))
    if meridian.casefold() not in BY_NAME:
        known = ", ".join(each.name for each in PRIME_MERIDIANS if each is not GREENWICH)
        sentence = f"the EPSG registry has no value for the meridian of {meridian[:60]}"
        hint = (
            f"state it: `longitudes from «{meridian[:60]}» at ANGLE W of Greenwich by «WHO»`; the registry has {known}"
        )
        raise cursor.refuse("C235", sentence, span, "a prime meridian with a value", hint)
    return LongitudesFrom(meridian, None, None, cursor.span(0))


def _name(cursor: Cursor) -> str:
    several = _SEVERAL_WORDS(cursor.text, cursor.start)
    if several is not None:
        cursor.go(several.end())
        return several.group()
    return cursor.quoted_or_none() or cursor.name("the name of a prime meridian").text
