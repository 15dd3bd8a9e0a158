"""What the print of a point's coordinates leaves open: half a unit of the last printed place, either way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.fix import Fix
from merestone.delimit.given import grid_last_place, grid_place
from merestone.description.tree import (
    AtCoordinates,
    AtIntersection,
    Coordinate,
    Geographic,
    Grid,
    OnMeridian,
    OnParallel,
    Point,
    PointDefinition,
    SquareReference,
)
from merestone.geodesy.elementary import radii_m
from merestone.geodesy.ellipsoid import Ellipsoid

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled
    from merestone.delimit.computation import Computation

Halves = tuple[float, float]
"""Half a printed unit of longitude and of latitude, in degrees."""

EXACT: Halves = (0.0, 0.0)
DEGREE_M = 111_200.0
"""A degree on the ground, near enough for half a printed unit."""


@dataclass(frozen=True, slots=True)
class Prints:
    """The printed latitude and longitude of points, by name; a point without a print of its own has none."""

    latitudes: Mapping[str, Coordinate]
    longitudes: Mapping[str, Coordinate]
    halves: Mapping[str, Halves]

    def halves_deg(self, point: str) -> Halves:
        """Half a printed unit of a point's longitude and latitude in degrees; zero where nothing is printed."""
        return self.halves.get(point, EXACT)

    def halves_m(self, point: str, ellipsoid: Ellipsoid, latitude_deg: float) -> Halves:
        """Half a printed unit on the ground in metres, eastward and northward."""
        return on_ground(self.halves_deg(point), ellipsoid, latitude_deg)


def on_ground(halves: Halves, ellipsoid: Ellipsoid, latitude_deg: float) -> Halves:
    """Small differences of longitude and latitude (degrees) on the ground in metres, eastward and northward."""
    meridian_m, prime_vertical_m = radii_m(ellipsoid, np.array([latitude_deg]))
    parallel_m = float(prime_vertical_m[0]) * float(np.cos(np.radians(latitude_deg)))
    return float(np.radians(halves[0])) * parallel_m, float(np.radians(halves[1])) * float(meridian_m[0])


def prints_of(compiled: Compiled, *, with_tables: bool = False) -> Prints:
    """The prints of every point of the description: by coordinates, on a printed meridian and parallel.

    `with_tables`: also how finely the points in tables are printed.
    """
    latitudes: dict[str, Coordinate] = {}
    longitudes: dict[str, Coordinate] = {}
    halves: dict[str, Halves] = {}
    places = {point.name: point.units for point in compiled.line.points}
    for name, point in compiled.resolved.points.items():
        grid = _grid(point)
        if grid is not None and name in places:
            unit_m = grid_last_place(grid) * compiled.computation.grid_units_m.get(name, 1.0)
            halves[name] = _halves_of_grid(unit_m, places[name][1] / UNITS_PER_DEGREE)
        for coordinate in _printed(point):
            table = latitudes if coordinate.hemisphere in "NS" else longitudes
            table.setdefault(name, coordinate)
    for name in {**latitudes, **longitudes}:
        halves[name] = _half(longitudes.get(name)), _half(latitudes.get(name))
    if with_tables:
        halves.update(halves_in_tables(compiled.computation))
    return Prints(latitudes, longitudes, halves)


def halves_of_point(name: str, computation: Computation, rows: Mapping[str, Halves]) -> Halves | None:
    """Half a printed unit of a point's longitude and latitude in degrees; None where it is built from other places.

    `rows` are the halves of the points in tables.
    """
    point = computation.resolved.points.get(name)
    if point is None:
        return rows.get(name)
    grid = _grid(point)
    if grid is not None:
        fix = computation.fixes.get(name)
        unit_m = grid_last_place(grid) * computation.grid_units_m.get(name, 1.0)
        return _halves_of_grid(unit_m, fix.place[1]) if isinstance(fix, Fix) else None
    printed = {coordinate.hemisphere in "NS": coordinate for coordinate in _printed(point)}
    return (_half(printed[False]), _half(printed[True])) if len(printed) == 2 else None


def halves_of_definition(name: str, definition: AtCoordinates, fix: Fix, computation: Computation) -> Halves:
    """Half a printed unit of the longitude and latitude of one definition of a point by coordinates, in degrees."""
    said = definition.coordinates
    if isinstance(said, Geographic):
        return _half(said.longitude), _half(said.latitude)
    unit_m = grid_place(said, computation.frames.of_point(definition.frame), f"point {name}").unit_m
    return _halves_of_grid(grid_last_place(said) * unit_m, fix.place[1])


def _half(coordinate: Coordinate | None) -> float:
    return float(coordinate.angle.unit) / 2.0 if coordinate is not None else 0.0


def _printed(point: Point) -> list[Coordinate]:
    """The printed coordinates of the first definition that has any."""
    for definition in point.definitions:
        found = _printed_in(definition)
        if found:
            return found
    return []


def _printed_in(definition: PointDefinition) -> list[Coordinate]:
    match definition:
        case AtCoordinates(coordinates=Geographic() as both, approximately=False):
            return [both.latitude, both.longitude]
        case AtIntersection():
            found = []
            for line in (definition.first, definition.second):
                if isinstance(line, OnParallel) and isinstance(line.latitude, Coordinate):
                    found.append(line.latitude)
                if isinstance(line, OnMeridian) and isinstance(line.longitude, Coordinate):
                    found.append(line.longitude)
            return found
        case _:
            return []


def _grid(point: Point) -> Grid | SquareReference | None:
    for definition in point.definitions:
        if isinstance(definition, AtCoordinates) and isinstance(definition.coordinates, Grid | SquareReference):
            return definition.coordinates
    return None


def _halves_of_grid(unit_m: float, latitude_deg: float) -> Halves:
    """Half a printed unit of grid coordinates (metres), in degrees, whichever way the axes run."""
    return unit_m / 2.0 / (DEGREE_M * float(np.cos(np.radians(latitude_deg)))), unit_m / 2.0 / DEGREE_M


def halves_in_tables(computation: Computation) -> dict[str, Halves]:
    """Half a printed unit of every point in a table."""
    halves: dict[str, Halves] = {}
    points = computation.table_points
    for name, columns in points.columns.items():
        if not len(columns.grid):
            pairs = zip(columns.lon_last_place / 2.0, columns.lat_last_place / 2.0, strict=True)
            halves.update(zip(columns.names, ((float(lon), float(lat)) for lon, lat in pairs), strict=True))
        else:
            latitudes_deg = points.units(name)[:, 1] / UNITS_PER_DEGREE
            north_deg = points.grid_last_place_m(name) / 2.0 / DEGREE_M
            east_deg = north_deg / np.cos(np.radians(latitudes_deg))
            halves.update(zip(columns.names, zip(east_deg.tolist(), north_deg.tolist(), strict=True), strict=True))
    return halves
