"""The printed coordinates of points that stand in tables, read again from their rows when a finding needs the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.canonical import wrapped
from merestone.delimit.printed import Prints
from merestone.description.point_rows import PointColumns
from merestone.description.tables import cells
from merestone.description.tree import Coordinate, Hemisphere, LongitudesFrom, PointTable
from merestone.diagnostics import Span
from merestone.geodesy.angle import AngleTrouble, scan_angle

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled


def with_rows(prints: Prints, compiled: Compiled, names: Iterable[str]) -> Prints:
    """The prints with those of some points in tables added.

    Only tables that stand in the text, with a column for latitude and one for longitude, are read again.
    """
    wanted = set(names)
    latitudes, longitudes = dict(prints.latitudes), dict(prints.longitudes)
    for table_name, columns in compiled.computation.table_points.columns.items():
        table = compiled.resolved.tables[table_name]
        if table.path is not None or not {"latitude", "longitude"} <= set(table.columns):
            continue
        for row in [number for number, name in enumerate(columns.names) if name in wanted]:
            for coordinate in _in_row(table, columns, row, table.longitudes or compiled.resolved.longitudes):
                sides = latitudes if coordinate.hemisphere in "NS" else longitudes
                sides.setdefault(columns.names[row], coordinate)
    return replace(prints, latitudes=latitudes, longitudes=longitudes)


def _in_row(
    table: PointTable, columns: PointColumns, row: int, longitudes: LongitudesFrom | None
) -> Iterator[Coordinate]:
    """The latitude and the longitude printed in one row; none that cannot be read alone."""
    line = int(columns.lines[row])
    text = table.rows.split("\n")[line - table.first_line]
    for column, (offset, cell) in zip(table.columns, cells(text), strict=False):
        if column not in ("latitude", "longitude"):
            continue
        scanned = scan_angle(cell)
        if isinstance(scanned, AngleTrouble):
            continue
        zero_deg = Fraction(0) if longitudes is None or column == "latitude" else longitudes.zero_deg
        value = int(columns.lat_e9[row] if column == "latitude" else columns.lon_e9[row])
        if zero_deg:
            value = wrapped(value - round(zero_deg * UNITS_PER_DEGREE))
        hemisphere = _hemisphere(column, negative=value < 0)
        if abs(abs(value) - round(scanned.angle.exact * UNITS_PER_DEGREE)) > 1:
            continue  # another meridian is printed behind it
        span = Span(line, offset + 1, line, offset + 1 + scanned.end)
        yield Coordinate(scanned.angle, hemisphere, zero_deg, span=span)


def _hemisphere(column: str, *, negative: bool) -> Hemisphere:
    if column == "latitude":
        return Hemisphere.SOUTH if negative else Hemisphere.NORTH
    return Hemisphere.WEST if negative else Hemisphere.EAST
