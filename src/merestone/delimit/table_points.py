"""Points that stand in tables: columns of integers, and single rows as fixes when a name asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, Units, VertexSource
from merestone.delimit.canonical import degrees, rounded
from merestone.delimit.fix import Fix
from merestone.delimit.frames_in_use import FramesInUse
from merestone.delimit.grid_places import GridPlaces, check_counts_in_wgs84, grid_places_of_table
from merestone.delimit.lengths import metres
from merestone.description.point_rows import PointColumns
from merestone.description.resolve import common_tables
from merestone.description.resolved import Resolved
from merestone.description.tree import Standing
from merestone.diagnostics import Diagnostic
from merestone.geodesy.elementary import radii_m
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.uncertainty import Common, Component


@dataclass(slots=True)
class TablePoints:
    """The points of every table of a description, in its frame."""

    resolved: Resolved
    columns: Mapping[str, PointColumns]
    frames: FramesInUse
    grid_remarks: list[Diagnostic] = field(default_factory=list)
    _units: dict[str, Units] = field(default_factory=dict)
    _grid_units_m: dict[str, float] = field(default_factory=dict)
    _rows: dict[str, tuple[str, int]] | None = None

    def units(self, table: str) -> Units:
        """The points of a table in order, (n, 2) canonical units in the frame of the description."""
        if table not in self._units:
            self._units[table] = self._in_description(table)
        return self._units[table]

    def _in_description(self, table: str) -> Units:
        columns = self.columns[table]
        frame = self.frames.of_point(self.resolved.tables[table].frame)
        if columns.references:
            check_counts_in_wgs84(frame, self.resolved.tables[table].span, f"table {table}")
        if len(columns.grid):
            units = rounded(self._grid(table, frame).lonlat)
        else:
            units = np.column_stack([columns.lon_e9, columns.lat_e9])
        if frame == self.frames.description:
            return units
        return rounded(self.frames.many_to_description(degrees(units), frame))

    def _grid(self, table: str, frame: Frame) -> GridPlaces:
        """The places of a table of rectangular coordinates in its frame; what is to be said of them is kept."""
        found = grid_places_of_table(self.resolved.tables[table], self.columns[table], frame)
        self.grid_remarks.extend(found.remarks)
        self._grid_units_m[table] = found.unit_m
        return found

    def grid_last_place_m(self, table: str) -> Floats:
        """One unit of the last printed place of every row of a table of rectangular coordinates, in metres."""
        self.units(table)
        return self.columns[table].grid_last_place * self._grid_units_m[table]

    def names(self, table: str) -> tuple[str, ...]:
        """The names of a table's points in order."""
        return tuple(self.columns[table].names)

    def fix(self, name: str) -> Fix | None:
        """The point of this name, where a table holds one."""
        if self._rows is None:
            self._rows = self._found_rows()
        found = self._rows.get(name)
        if found is None:
            return None
        table, row = found
        lon, lat = self.units(table)[row]
        return Fix((int(lon), int(lat)), VertexSource.TABLE, components=self.components(table, row))

    def _found_rows(self) -> dict[str, tuple[str, int]]:
        """Where each row stands: the first table that holds the name, those of common points left out."""
        common = common_tables(self.resolved)
        found: dict[str, tuple[str, int]] = {}
        for table in (each for each in self.columns if each not in common):
            for number, row in enumerate(self.columns[table].names):
                found.setdefault(row, (table, number))
        return found

    def all_components(self, table: str) -> list[tuple[Component, ...]]:
        """The uncertainty of every row in order; one shared value where all rows are enacted."""
        rows = len(self.columns[table].names)
        numbers = self.resolved.tables[table].numbers or self.resolved.numbers
        if numbers.standing is Standing.ENACTED and rows:
            return [self.components(table, 0)] * rows
        return [self.components(table, row) for row in range(rows)]

    def components(self, table: str, row: int) -> tuple[Component, ...]:
        """The uncertainty of one row, as the table or the description says its numbers are to be taken."""
        numbers = self.resolved.tables[table].numbers or self.resolved.numbers
        source = f"point {self.columns[table].names[row]}"
        carried = self.frames.components(self.frames.of_point(self.resolved.tables[table].frame))
        match numbers.standing:
            case Standing.ENACTED:
                return carried
            case Standing.MEASURED if numbers.within is not None:
                return (
                    Component(source, metres(numbers.within), Common()),
                    *carried,
                )
            case _:
                return (Component(source, self._printed_unit_m(table, row) / np.sqrt(12.0), Common()), *carried)

    def _printed_unit_m(self, table: str, row: int) -> float:
        columns = self.columns[table]
        if len(columns.grid):
            return float(self.grid_last_place_m(table)[row])
        lat_deg = columns.lat_e9[row] / UNITS_PER_DEGREE
        meridian_m, prime_vertical_m = radii_m(self.frames.description.ellipsoid, np.array([lat_deg]))
        north_m = np.radians(float(columns.lat_last_place[row])) * meridian_m[0]
        east_m = np.radians(float(columns.lon_last_place[row])) * prime_vertical_m[0] * np.cos(np.radians(lat_deg))
        return float(max(north_m, east_m))
