"""CSV: points in their order along a line, one a row, or one geometry in WKT a row. Formulas are text here.

Columns, whatever their case: `lon` and `lat`, `longitude` and `latitude`, `x` and `y`, or `easting` and `northing`, also by
other words that mean them; a column `line` says to which line a point belongs. Or a column `wkt` or `geometry`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from merestone.sources.chains import Gathering, RawLayer
from merestone.sources.column_headings import meant_by
from merestone.sources.layer import Role, Value
from merestone.sources.readers.values import chosen_layer, plain_attributes, shown_name
from merestone.sources.refused import RefusedError
from merestone.sources.systems import system_of

_PAIRS = (("lon", "lat"), ("longitude", "latitude"), ("x", "y"))
_WKT = ("wkt", "geometry")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|nan|[+-]?inf(inity)?", re.IGNORECASE | re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t")
_COLUMNS = "columns lon and lat, longitude and latitude, x and y, easting and northing, or wkt"
Row = dict[str, str]


def read(path: Path, layer: str | None) -> RawLayer:
    """Give the lines of a CSV file; its reference system where a column or the geometries name one."""
    chosen_layer([path.stem], layer)
    rows = _rows(path)
    names = set(rows[0]) if rows else set()
    pair = next((pair for pair in _PAIRS if set(pair) <= names), None) or _by_headings(names)
    column = next((name for name in _WKT if name in names), None)
    if pair is None and column is None:
        raise RefusedError(f"it has no rows under {_COLUMNS}; name its columns so")
    gathering = Gathering()
    attributes = _lines(rows, pair, gathering) if pair else _geometries(rows, str(column), gathering)
    code, note = _system(rows, column)
    return RawLayer(
        "", "CSV", code, tuple(attributes), gathering.chains(), note, gathering.collections, gathering.more_dimensions,
        {}, _formulas(rows),
    )  # fmt: skip


_EAST_AND_NORTH = (("longitude", "latitude"), ("easting", "northing"))


def _by_headings(names: set[str]) -> tuple[str, str] | None:
    """Give the one column to the east and the one to the north that the words of the headings mean; None where there is
    none, or more than one."""
    meant = {name: meant_by(name) or frozenset() for name in sorted(names)}
    for east, north in _EAST_AND_NORTH:
        pair = [[name for name, columns in meant.items() if side in columns and not columns & {"x", "y"}]
                for side in (east, north)]  # fmt: skip
        if len(pair[0]) == len(pair[1]) == 1:
            return pair[0][0], pair[1][0]
    return None


_SYSTEM = ("crs", "srs", "epsg", "srid")
_SRID = re.compile(r"\s*SRID\s*=\s*(\d+)\s*;", re.IGNORECASE | re.ASCII)


def _system(rows: list[Row], geometry: str | None) -> tuple[str | None, str]:
    """Give the code of the system that a column or the geometries name, or what was read of it; raise `RefusedError`
    where rows name different ones."""
    column = next((name for name in _SYSTEM if rows and name in rows[0]), None)
    stated = {row[column].strip() for row in rows} if column else set()
    if geometry is not None:
        stated |= {match[1] for row in rows if (match := _SRID.match(row[geometry]))}
    if len(stated) > 1:
        raise RefusedError("its rows name different reference systems; save those of one system alone")
    text = next(iter(stated), "")
    return system_of(f"EPSG:{text}" if text.isdecimal() else text)


LONGEST_CELL = 1 << 28
"""A line as well-known text is one cell."""


def _rows(path: Path) -> list[Row]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(f"it is not written in UTF-8 ({error}); save it as CSV UTF-8") from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise RefusedError(f"it is a broken table ({error}); save it again") from error
    finally:
        csv.field_size_limit(before)  # a setting of the whole process, which others rely on
    names = [shown_name(name.strip().lower()) for name in table[0]] if table else []
    rows = [row for row in table[1:] if any(cell.strip() for cell in row)]
    wrong = next((index for index, row in enumerate(rows) if len(row) != len(names)), None)
    if len(set(names)) != len(names):
        raise RefusedError("two of its columns have one name; give each its own")
    if wrong is not None:
        raise RefusedError(
            f"row {wrong + 1} has {len(rows[wrong])} cells, not {len(names)} as the first line; save it again"
        )
    return [dict(zip(names, row, strict=True)) for row in rows]


def _lines(rows: list[Row], pair: tuple[str, str], gathering: Gathering) -> list[Mapping[str, Value]]:
    """Add one line for each value of the column `line`, in the order in which they first occur."""
    groups: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(row.get("line", ""), []).append(index)
    attributes: list[Mapping[str, Value]] = []
    for feature, members in enumerate(groups.values()):
        places = [(_number(rows[i][pair[0]], i, pair[0]), _number(rows[i][pair[1]], i, pair[1])) for i in members]
        gathering.add(feature, Role.LINE, np.array(places, dtype=np.float64))
        first = rows[members[0]]
        same = [key for key in first if key not in pair and all(rows[i][key] == first[key] for i in members)]
        attributes.append(plain_attributes({key: first[key] for key in same}))
    return attributes


def _number(cell: str, row: int, column: str) -> float:
    if not _NUMBER.fullmatch(cell.strip()):
        raise RefusedError(
            f"row {row + 1} has «{shown_name(cell)}» under {column}, which is not a number; write degrees with a decimal point"
        )
    return float(cell)


def _geometries(rows: list[Row], column: str, gathering: Gathering) -> list[Mapping[str, Value]]:
    from shapely import GEOSException, from_wkt

    from merestone.sources.readers.geometries import add_geometries

    try:
        geometries = from_wkt([_SRID.sub("", row[column]) or None for row in rows])
    except GEOSException as error:
        raise RefusedError(f"its geometries are not WKT ({shown_name(error)}); ask for a corrected file") from error
    add_geometries(gathering, geometries)
    return [plain_attributes({key: value for key, value in row.items() if key != column}) for row in rows]


def _formulas(rows: list[Row]) -> int:
    """Give how many cells a spreadsheet would take for formulas."""
    return sum(
        cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell.strip()) and len(cell) > 1
        for row in rows
        for cell in row.values()
    )
