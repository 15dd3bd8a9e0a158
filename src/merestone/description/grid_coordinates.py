"""Grid coordinates as treaties print them: X and Y, or northing and easting, and the projection they count on.

Which number is which is not decided here: that is the definition of the projection's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast

from merestone.description.cursor import Cursor, Refusal
from merestone.description.number_refusals import number_refusal
from merestone.description.numbers import NUMBER, AlwaysMatches, Doubt, read_pair
from merestone.description.tree import Grid, GridCoordinate, Name, SquareReference
from merestone.description.units import LENGTH_UNITS
from merestone.diagnostics import Span

BETWEEN = cast(
    "AlwaysMatches",
    re.compile(
        r"\s*(?:(?:,\s*)?(?:(?:and|y|e|et|ed|i|и|und|en|og|och|по|و)\b|&)|[,;/]|(?<!\s)[–—]|[–—](?=\s)|(?<=\s)-(?=\s)|(?<=\w)-(?=[0-9]))?\s*"
    ).match,
)
"""What may stand between the two coordinates of a place."""

APPROXIMATE = re.compile(r"\s*[~≈∼]").match
"""A sign that a number is only approximate."""

_AXES: dict[str, str] = {
    **dict.fromkeys(("x", "х"), "X"),
    **dict.fromkeys(("y", "у"), "Y"),
    **dict.fromkeys(("n", "northing", "northings", "norte", "nord", "hochwert", "h"), "northing"),
    **dict.fromkeys(("e", "easting", "eastings", "este", "est", "ost", "rechtswert", "r"), "easting"),
    **dict.fromkeys(("s", "southing", "southings"), "southing"),
    **dict.fromkeys(("w", "westing", "westings"), "westing"),
}
"""What an axis is called, by the letter or word that is printed."""

_MANY_DIGITS = r"[-−+]?(?:[0-9]{5}|[0-9]{1,3}[ \xa0][0-9]{3}[ .\xa0]|[0-9]{1,3}[.][0-9]{3}[.][0-9]{3})"
_GROUPED = r"[0-9]{1,3}(?:(?:[.][0-9]{3})+|(?:['’][0-9]{3})+|(?:,[0-9]{3})+)(?![0-9°º˚'’])(?=.*\son\s)"
"""A number with a sign between its thousands, in a statement that names its projection (`on EPSG:2056`)."""
GRID_AXIS = re.compile(
    r"\s*(?:(X|x|Х|х|Y|y|у|(?:[Nn]orth|[Ee]ast|[Ss]outh|[Ww]est)ings?|Hochwert|Rechtswert|[RHУ](?!\s*[0-9.,]{1,9}\s*[°º˚]))"
    r"\s*[=:]?\s*(?=[~≈∼]?\s*[-−+]?[0-9])"
    rf"|([NESW]|[Nn]orte|[Ee]ste|[Nn]ord|[Ee]st|[Oo]st)\s*(?:[=:]?\s*(?={_MANY_DIGITS})|[=:]?\s*(?=[-−+]?{_GROUPED})))"
).match
"""The axis of a grid coordinate, where a number follows it: letters of hemispheres only before many digits,
and R, H and У, which are east in Lithuanian, south in Basque and east in Belarusian, not before degrees."""

_NUMBER_BEFORE = rf"(?={_MANY_DIGITS})[-−+]?[0-9](?:[0-9 .,\xa0]*[0-9])?\s*"
_AXIS_BEHIND = r"\s*(?:[NESW]|(?:[Nn]orth|[Ee]ast|[Ss]outh|[Ww]est)ing)(?!\w)"
_METRES = rf"{_NUMBER_BEFORE}m{_AXIS_BEHIND}"
_NUMBERS = rf"{_NUMBER_BEFORE}(?:m|ft)?{_AXIS_BEHIND}"
GRID_PAIR_AFTER = re.compile(rf"{_METRES}[\s,;]*{_METRES}|{_NUMBERS}[\s,;]*{_NUMBERS}(?=\s+on\s)").match
"""Two grid coordinates with their axes behind them: `424600 mE 7543210 mN`; without a unit only before a projection."""

_AXIS_AFTER = re.compile(r"\s*(?P<unit>m|ft)?\s*(?P<axis>[NESW]|(?:[Nn]orth|[Ee]ast|[Ss]outh|[Ww]est)ing)(?!\w)").match

# Where an axis was seen to stand, it and a number match.
_NEXT_GRID_AXIS, _NEXT_NUMBER = cast("AlwaysMatches", GRID_AXIS), cast("AlwaysMatches", NUMBER)
_SMALLEST_GRID_PLACE = 1e-6
GRID_UNITS = {
    spelling: unit
    for spelling, unit in LENGTH_UNITS.items()
    if unit in ("m", "km", "feet", "US survey feet", "yards", "chains", "links")
}
"""The units that rectangular coordinates are printed in, by their spellings."""

_UNIT_WORDS = "|".join(re.escape(spelling) for spelling in sorted(GRID_UNITS, key=len, reverse=True))
_GRID_UNIT = re.compile(rf"\s*({_UNIT_WORDS})\.?(?=[\s,;|]|$)").match
_REFERENCE = re.compile(
    r"(?:[0-9]{1,2}\s*[C-HJ-NP-X]|[ABYZ])\s*[A-HJ-NP-Z]{2}(?:\s*[0-9]{1,5}\s+[0-9]{1,5}|\s*[0-9]{2,10})?(?!\w)"
).match
_ALONG = {
    "northing": "north or south",
    "southing": "north or south",
    "easting": "east or west",
    "westing": "east or west",
}


def grid_place(cursor: Cursor) -> Grid:
    """Rectangular coordinates by letters or by words, as they stand; the projection says what X and Y are."""
    start = cursor.start
    after = GRID_PAIR_AFTER(cursor.text, start) is not None
    half = _half_before_axis if after else _grid_half
    one, position = half(cursor, start)
    between = BETWEEN(cursor.text, position)
    if not after and GRID_AXIS(cursor.text, between.end()) is None:
        span = cursor.logical.span(position, position + 1)
        raise cursor.refuse("C227", "one grid coordinate stands alone", span, _other(one.axis))
    other, end = half(cursor, between.end())
    span = cursor.logical.span(start, end)
    if _same_axis(one.axis, other.axis):
        sentence = f"both grid coordinates count to the {_ALONG.get(one.axis, one.axis)}"
        raise cursor.refuse("C227", sentence, span, "a northing and an easting, or X and Y")
    if one.unit != other.unit and None not in (one.unit, other.unit):
        raise cursor.refuse("C227", "the two grid coordinates are in different units", span, "one unit for both")
    first, second = _as_pair(cursor, one, other)
    cursor.go(end)
    text = " ".join(cursor.text[start:end].split())
    system = grid_system(cursor) if cursor.take("on") else None
    cursor.expected.clear()
    return Grid(text, first, second, system, cursor.logical.span(start, cursor.done))


def square_reference(cursor: Cursor) -> SquareReference:
    """A reference such as 18S UJ 23483 06479, as it stands."""
    found = _REFERENCE(cursor.text, cursor.start)
    if found is None:
        raise cursor.unexpected("a grid reference such as 18S UJ 23483 06479")
    cursor.go(found.end())
    text = " ".join(found.group().split())
    return SquareReference(text, cursor.logical.span(found.start(), found.end()))


def _other(axis: str) -> str:
    """What belongs to a coordinate that is called so."""
    if axis in ("X", "Y"):
        return "Y" if axis == "X" else "X"
    return "an easting" if axis in ("northing", "southing") else "a northing"


def _same_axis(one: str, other: str) -> bool:
    return one == other or (one in _ALONG and _ALONG.get(one) == _ALONG.get(other))


def grid_axis(word: str) -> str:
    """What an axis is called (`X`, `Y`, `northing` ...), by the letter or word that is printed."""
    return _AXES[word.lower()]


def grid_cells(cells: tuple[tuple[str, Cursor], tuple[str, Cursor]]) -> tuple[GridCoordinate, GridCoordinate]:
    """The two grid coordinates of a row, each in the cell of its axis."""
    (one_axis, one), (other_axis, other) = cells
    pair = _as_pair(one, _in_cell(one_axis, one), _in_cell(other_axis, other))
    for cursor, found in zip((one, other), pair, strict=True):
        if abs(float(found.number.value)) >= 1e9 or float(found.number.last_place) < _SMALLEST_GRID_PLACE:
            raise cursor.refuse("C212", "the number has too many digits", cursor.logical.span(0, cursor.size))
    return pair


@dataclass(frozen=True, slots=True)
class _Printed:
    """One grid coordinate as it is printed: its axis, its number, the unit that stands with it, its place."""

    axis: str
    text: str
    unit: str | None
    span: Span


def _in_cell(axis: str, cursor: Cursor) -> _Printed:
    """The coordinate of a cell, moving past it and its unit."""
    printed = NUMBER(cursor.text, cursor.start)
    if printed is None:
        raise cursor.unexpected("a grid coordinate such as 5 490 500")
    unit = _GRID_UNIT(cursor.text, printed.end())
    cursor.go(unit.end() if unit else printed.end())
    return _Printed(axis, printed.group(), GRID_UNITS[unit[1]] if unit else None, cursor.logical.span(*printed.span()))


def _as_pair(cursor: Cursor, one: _Printed, other: _Printed) -> tuple[GridCoordinate, GridCoordinate]:
    """The two coordinates of a pair, in which each sign has one meaning; refused where more than one reading is left."""
    declared = cursor.conventions.decimal_sign
    first, second = read_pair((one.text, other.text), declared)
    refused = [
        number_refusal(each.text, doubt, declared, each.span, "a grid coordinate")
        for each, doubt in ((one, first), (other, second))
        if isinstance(doubt, Doubt)
    ]
    if isinstance(first, Doubt) or isinstance(second, Doubt):
        cursor.findings.extend(refused[1:])
        raise Refusal(refused[0])
    return (
        GridCoordinate(one.axis, replace(first.number(one.text), span=one.span), one.unit),
        GridCoordinate(other.axis, replace(second.number(other.text), span=other.span), other.unit),
    )


def grid_system(cursor: Cursor) -> Name:
    """The name of a projection: an EPSG code, or «quoted»."""
    what = "a projection such as EPSG:32719 or «its name»"
    start = cursor.start
    if cursor.word == "EPSG":
        match = re.compile(r"EPSG:[0-9]{4,6}(?![\w.])").match(cursor.text, start)
        if match is None:
            raise cursor.unexpected(what)
        cursor.go(match.end())
        return Name(match.group(), cursor.span(start))
    text = cursor.quoted_or_none()
    if text is None:
        raise cursor.unexpected(what)
    return Name(text, cursor.span(start))


def _grid_half(cursor: Cursor, position: int) -> tuple[_Printed, int]:
    """One grid coordinate as it is printed, and the offset after it."""
    match = _NEXT_GRID_AXIS(cursor.text, position)
    axis = grid_axis(match[1] or match[2])
    rough = APPROXIMATE(cursor.text, match.end())
    if rough is not None:
        span = cursor.logical.span(rough.end() - 1, rough.end())
        hint = "write `approximately at`, and the number without the sign"
        raise cursor.refuse("C229", "a coordinate is printed as approximate", span, hint=hint)
    printed = _NEXT_NUMBER(cursor.text, match.end())
    unit = _GRID_UNIT(cursor.text, printed.end())
    end = unit.end() if unit else printed.end()
    span = cursor.logical.span(*printed.span())
    return _Printed(axis, printed.group(), GRID_UNITS[unit[1]] if unit else None, span), end


def _half_before_axis(cursor: Cursor, position: int) -> tuple[_Printed, int]:
    """One grid coordinate that stands before its axis, and the offset after both."""
    printed = NUMBER(cursor.text, position)
    behind = _AXIS_AFTER(cursor.text, printed.end()) if printed is not None else None
    if printed is None or behind is None:
        span = cursor.logical.span(position, position + 1)
        raise cursor.refuse(
            "C230", "the number cannot be read in one way", span, "a grid coordinate such as 424 600 mE"
        )
    unit = GRID_UNITS[behind["unit"]] if behind["unit"] else None
    span = cursor.logical.span(*printed.span())
    return _Printed(grid_axis(behind["axis"]), printed.group(), unit, span), behind.end()
