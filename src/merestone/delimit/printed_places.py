"""The places that a description prints, wherever it prints them: what decides which operations are good for it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from merestone.delimit.canonical import degrees_of
from merestone.description.point_rows import PointColumns
from merestone.description.resolved import Resolved
from merestone.description.tree import (
    AtCoordinates,
    AtIntersection,
    Coordinate,
    Geographic,
    OnMeridian,
    OnParallel,
    PointDefinition,
)
from merestone.geodesy.line import Floats
from merestone.geodesy.operation import Bounds

WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)


def named_places(resolved: Resolved, columns: Mapping[str, PointColumns]) -> list[tuple[str, tuple[float, float]]]:
    """The same places, each with the point that prints it."""
    named = [
        (name, place)
        for name, point in resolved.points.items()
        for definition in point.definitions
        if (place := _printed(definition)) is not None
    ]
    for table in columns.values():
        if not len(table.grid):
            places = np.column_stack([table.lon_e9, table.lat_e9]) / 1e9
            named += [(name, (lon, lat)) for name, (lon, lat) in zip(table.names, places.tolist(), strict=True)]
    return named


def printed_places(resolved: Resolved, columns: Mapping[str, PointColumns]) -> Floats:
    """Every latitude with its longitude that points print, as coordinates, as a parallel and a meridian, or in a table.

    Shape (n, 2), degrees.
    """
    places = [
        place
        for point in resolved.points.values()
        for definition in point.definitions
        if (place := _printed(definition)) is not None
    ]
    tables = [np.column_stack([table.lon_e9, table.lat_e9]) / 1e9 for table in columns.values() if not len(table.grid)]
    return np.concatenate([np.array(places).reshape(-1, 2), *tables])


def _printed(definition: PointDefinition) -> tuple[float, float] | None:
    match definition:
        case AtCoordinates(coordinates=Geographic(latitude=latitude, longitude=longitude)):
            return _degrees(longitude), _degrees(latitude)
        case AtIntersection(first=OnParallel(Coordinate() as latitude), second=OnMeridian(Coordinate() as longitude)):
            return _degrees(longitude), _degrees(latitude)
        case AtIntersection(first=OnMeridian(Coordinate() as longitude), second=OnParallel(Coordinate() as latitude)):
            return _degrees(longitude), _degrees(latitude)
        case _:
            return None


def _degrees(coordinate: Coordinate) -> float:
    return degrees_of(coordinate)


def box_of(places: Floats) -> Bounds:
    """The box around places (n, 2): west, south, east, north in degrees, the shorter way round; the world for none.

    East passes 180 where the box lies across the antimeridian.
    """
    if not len(places):
        return WORLD
    around = np.sort(np.mod(places[:, 0] + 180.0, 360.0) - 180.0)
    gaps = np.append(around[1:], around[0] + 360.0) - around
    widest = len(gaps) - 1 if gaps[-1] == gaps.max() else int(np.argmax(gaps))
    west = float(around[(widest + 1) % len(around)])
    east = float(around[widest])
    return west, float(places[:, 1].min()), east if east >= west else east + 360.0, float(places[:, 1].max())
