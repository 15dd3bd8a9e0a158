"""Grid coordinates as treaties print them: X and Y, or northing and easting, and the projection they count on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, cast

from merestone.description.cursor import Cursor, Refusal
from merestone.description.number_refusals import number_refusal
from merestone.description.numbers import NUMBER, AlwaysMatches, Doubt, read_pair
from merestone.description.tree import Grid, Name, Number
from merestone.diagnostics import Span

BETWEEN = cast("AlwaysMatches", re.compile(r"\s*(?:[,;/]|(?:,\s*)?(?:and|y|et|и|und|по|و)\b)?\s*").match)
"""What may stand between the two coordinates of a place."""

APPROXIMATE = re.compile(r"\s*[~≈∼]").match
"""A sign that a number is only approximate."""

GRID_AXIS = re.compile(
    r"\s*(?:(X|x|Х|Y|y|У|[Nn]orthing|[Ee]asting)\s*[=:]?\s*(?=[~≈∼]?\s*[0-9])"
    r"|([NE])\s*[=:]?\s*(?=[0-9]{5}|[0-9]{1,3}[ .\xa0][0-9]{3}[ .\xa0]))"
).match
"""The axis of a grid coordinate, where a number follows it."""

# Where an axis was seen to stand, it and a number match.
_NEXT_GRID_AXIS, _NEXT_NUMBER = cast("AlwaysMatches", GRID_AXIS), cast("AlwaysMatches", NUMBER)
_SMALLEST_GRID_PLACE = 1e-6
_GRID_UNIT = re.compile(r"\s*m(?:etres?|eters?)?\.?(?=[\s,;]|$)").match


def grid_place(cursor: Cursor) -> Grid:
    """Rectangular coordinates: X and Y (north and east, as in Gauss-Kruger), or northing and easting, by name."""
    start = cursor.start
    first_axis, one, position = _grid_half(cursor, start)
    between = BETWEEN(cursor.text, position)
    if GRID_AXIS(cursor.text, between.end()) is None:
        missing = "an easting (Y)" if first_axis == "north" else "a northing (X)"
        span = cursor.logical.span(position, position + 1)
        raise cursor.refuse("C227", "one grid coordinate stands alone", span, missing)
    second_axis, other, end = _grid_half(cursor, between.end())
    if first_axis == second_axis:
        span = cursor.logical.span(start, end)
        raise cursor.refuse(
            "C227", f"both grid coordinates count to the {first_axis}", span, "a northing and an easting"
        )
    spans = cursor.logical.span(*one.span()), cursor.logical.span(*other.span())
    first, second = _as_pair(cursor, (one.group(), other.group()), spans)
    northing, easting = (first, second) if first_axis == "north" else (second, first)
    cursor.go(end)
    text = " ".join(cursor.text[start:end].split())
    prefix = int(easting.value) // 1_000_000 or None
    system = grid_system(cursor) if cursor.take("on") else None
    cursor.expected.clear()
    return Grid(text, northing, easting, prefix, system, cursor.logical.span(start, cursor.done))


def grid_numbers(first: Cursor, second: Cursor) -> tuple[Number, Number]:
    """The two grid coordinates of a row, each in its cell, with what is declared where the first stands."""
    one, other = _in_cell(first), _in_cell(second)
    spans = first.logical.span(*one.span()), second.logical.span(*other.span())
    numbers = _as_pair(first, (one.group(), other.group()), spans)
    for cursor, number in zip((first, second), numbers, strict=True):
        if abs(float(number.value)) >= 1e9 or float(number.last_place) < _SMALLEST_GRID_PLACE:
            raise cursor.refuse("C212", "the number has too many digits", cursor.logical.span(0, cursor.size))
    return numbers


def _in_cell(cursor: Cursor) -> re.Match[str]:
    """The number of a cell, moving past it and its unit."""
    printed = NUMBER(cursor.text, cursor.start)
    if printed is None:
        raise cursor.unexpected("a grid coordinate such as 5 490 500")
    unit = _GRID_UNIT(cursor.text, printed.end())
    cursor.go(unit.end() if unit else printed.end())
    return printed


def _as_pair(cursor: Cursor, printed: tuple[str, str], spans: tuple[Span, Span]) -> tuple[Number, Number]:
    """The two numbers of a pair, in which each sign has one meaning; refused where that leaves more than one reading."""
    declared = cursor.conventions.decimal_sign
    found = read_pair(printed, declared)
    refused = [
        number_refusal(text, doubt, declared, span, "a grid coordinate")
        for text, doubt, span in zip(printed, found, spans, strict=True)
        if isinstance(doubt, Doubt)
    ]
    if refused:
        cursor.findings.extend(refused[1:])
        raise Refusal(refused[0])
    one, other = (
        replace(each.number(text), span=span)
        for text, each, span in zip(printed, found, spans, strict=True)
        if not isinstance(each, Doubt)
    )
    return one, other


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


def _grid_half(cursor: Cursor, position: int) -> tuple[Literal["north", "east"], re.Match[str], int]:
    """One grid coordinate: which way it counts, its number as printed, the offset after it."""
    match = _NEXT_GRID_AXIS(cursor.text, position)
    axis: Literal["north", "east"] = (
        "north" if (match[1] or match[2]).lower() in ("x", "х", "n", "northing") else "east"
    )
    rough = APPROXIMATE(cursor.text, match.end())
    if rough is not None:
        span = cursor.logical.span(rough.end() - 1, rough.end())
        hint = "write `approximately at`, and the number without the sign"
        raise cursor.refuse("C229", "a coordinate is printed as approximate", span, hint=hint)
    printed = _NEXT_NUMBER(cursor.text, match.end())
    unit = _GRID_UNIT(cursor.text, printed.end())
    return axis, printed, unit.end() if unit else printed.end()
