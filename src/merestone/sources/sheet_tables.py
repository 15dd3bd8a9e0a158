"""The two tables of a map sheet: control points, and the digitised line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from difflib import get_close_matches

import numpy as np

from merestone.geodesy.line import Floats
from merestone.sources.map_sheet import ControlPoint
from merestone.sources.printed_degrees import degrees_of

MOST_CONTROL_POINTS = 1000
MOST_VERTICES = 1_000_000
LONGEST_CELL = 200
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{0,20})?([eE][+-]?[0-9]{1,2})?\Z")


class TableError(ValueError):
    """What is wrong in a table, as a sentence with the row; the reader of the sheet names the file."""


def control_points(content: bytes) -> tuple[tuple[ControlPoint, ...], bool]:
    """The control points of a table `name,x,y` with `lon,lat` or `east,north`, and whether they are in degrees."""
    header, rows = _rows(content, ("name", "x", "y", "lon", "lat", "east", "north"), MOST_CONTROL_POINTS)
    pairs = [pair for pair in (("lon", "lat"), ("east", "north")) if set(pair) & set(header)]
    if len(pairs) != 1:
        raise TableError("a table of control points has columns lon and lat, or east and north, one pair")
    _require(header, ("name", "x", "y", *pairs[0]))
    points = tuple(_control(number, row, pairs[0]) for number, row in rows)
    names = [point.name for point in points]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise TableError(f"two control points are called {twice!r}")
    return points, pairs[0] == ("lon", "lat")


def digitised(content: bytes) -> tuple[tuple[str, Floats], ...]:
    """The chains of a table `x,y[,line]`: names in order of appearance with places (n, 2) in the sheet's unit."""
    header, rows = _rows(content, ("x", "y", "line"), MOST_VERTICES)
    _require(header, ("x", "y"))
    chains: dict[str, list[tuple[float, float]]] = {}
    for number, row in rows:
        place = (_number(number, row["x"], "x"), _number(number, row["y"], "y"))
        chains.setdefault(row.get("line", ""), []).append(place)
    if not chains:
        raise TableError("it holds no vertex")
    short = next((name for name, places in chains.items() if len(set(places)) < 2), None)
    if short is not None:
        raise TableError(f"line {short!r} has fewer than two places")
    return tuple((name, np.array(places)) for name, places in chains.items())


def _control(number: int, row: dict[str, str], pair: tuple[str, str]) -> ControlPoint:
    """The control point of a row."""
    if not row["name"]:
        raise TableError(f"row {number}: a control point has no name")
    x, y = _number(number, row["x"], "x"), _number(number, row["y"], "y")
    if pair[0] == "east":
        return ControlPoint(
            row["name"], (x, y), (_number(number, row["east"], "east"), _number(number, row["north"], "north"))
        )
    ground = []
    for axis in pair:
        degrees = degrees_of(row[axis], axis)
        if isinstance(degrees, str):
            raise TableError(f"row {number}, {axis} {row[axis]!r}: {degrees}")
        ground.append(degrees)
    return ControlPoint(row["name"], (x, y), (ground[0], ground[1]))


def _number(number: int, cell: str, column: str) -> float:
    """The number in a cell; `nan`, `inf`, a decimal comma and an empty cell are none."""
    if not _NUMBER.match(cell):
        raise TableError(f"row {number}, {column}: {cell!r} is not a number such as 123.45")
    return float(cell)


def _require(header: list[str], columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in header]
    if missing:
        raise TableError(f"it has no column {missing[0]}; its first row names {', '.join(header)}")


def _rows(content: bytes, known: tuple[str, ...], most: int) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    """The header of a table and its rows with their numbers, the first row being 1."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(f"byte {error.start} is not UTF-8; save the table as UTF-8") from error
    first = text[:1000].partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = [cell.strip() for cell in next(_safely(reader), [])]
    for column in header:
        if column not in known:
            close = get_close_matches(column[:40], known, 1)
            meant = f"; did you mean {close[0]}?" if close else f"; columns are {', '.join(known)}"
            raise TableError(f"no column is called {column[:40]!r}{meant}")
    if len(set(header)) < len(header):
        raise TableError("a column stands twice in its first row")
    return header, _numbered(reader, header, most)


def _numbered(reader: Iterator[list[str]], header: list[str], most: int) -> Iterator[tuple[int, dict[str, str]]]:
    count = 0
    for number, cells in enumerate(_safely(reader), start=2):
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > most:
            raise TableError(f"it has more than {most} rows, which no such table has")
        if len(cells) != len(header):
            raise TableError(f"row {number} has {len(cells)} cells, but there are {len(header)} columns")
        if max(map(len, cells)) > LONGEST_CELL:
            raise TableError(f"row {number} has a cell of more than {LONGEST_CELL} characters")
        if not all(cell.strip().isprintable() for cell in cells):
            raise TableError(f"row {number} has a character that cannot be printed")
        yield number, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}


def _safely(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows of a reader, its complaints as ours."""
    try:
        yield from reader
    except csv.Error as error:
        raise TableError(f"it is not a table of comma-separated values: {error}") from error
