"""The places that a description prints, wherever it prints them: what decides which operations are good for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite

import numpy as np

from merestone.delimit.canonical import degrees_of
from merestone.delimit.drawn import TroubleError
from merestone.delimit.given import grid_place
from merestone.delimit.grid_places import grid_places_of_table
from merestone.description.point_rows import PointColumns
from merestone.description.resolved import Resolved
from merestone.description.tree import (
    AtCoordinates,
    AtIntersection,
    Coordinate,
    Geographic,
    Grid,
    Name,
    OnMeridian,
    OnParallel,
    PointDefinition,
    PointTable,
    SquareReference,
)
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.operation import Bounds

WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)


FrameOf = Callable[[Name | None], Frame]
"""The frame that a name means, None for that of the description; raises `TroubleError`."""


def named_places(
    resolved: Resolved, columns: Mapping[str, PointColumns], frame_of: FrameOf
) -> list[tuple[str, tuple[float, float]]]:
    """Every place that points print, with the point that prints it: longitude and latitude, degrees in its own frame.

    As coordinates of any kind, as a parallel and a meridian, or in a table. What has no place is left out here; it is
    reported where the point itself is computed.
    """
    named = [
        (name, place)
        for name, point in resolved.points.items()
        for definition in point.definitions
        if (place := _printed(name, definition, frame_of)) is not None
    ]
    for name, table in columns.items():
        rows = zip(table.names, _of_table(resolved.tables[name], table, frame_of).tolist(), strict=False)
        named += [(row, (lon, lat)) for row, (lon, lat) in rows if isfinite(lon) and isfinite(lat)]
    return named


def _of_table(said: PointTable, columns: PointColumns, frame_of: FrameOf) -> Floats:
    """The places of a table's rows in its frame, (n, 2) degrees; none where its grid gives none."""
    if not len(columns.grid):
        return np.column_stack([columns.lon_e9, columns.lat_e9]) / 1e9
    try:
        return grid_places_of_table(said, columns, frame_of(said.frame)).lonlat
    except TroubleError:
        return np.empty((0, 2))


def _printed(name: str, definition: PointDefinition, frame_of: FrameOf) -> tuple[float, float] | None:
    match definition:
        case AtCoordinates(coordinates=Grid() | SquareReference() as coordinates, frame=frame):
            return _on_grid(coordinates, frame, frame_of, f"point {name}")
        case AtCoordinates(coordinates=Geographic(latitude=latitude, longitude=longitude)):
            return _degrees(longitude), _degrees(latitude)
        case AtIntersection(first=OnParallel(Coordinate() as latitude), second=OnMeridian(Coordinate() as longitude)):
            return _degrees(longitude), _degrees(latitude)
        case AtIntersection(first=OnMeridian(Coordinate() as longitude), second=OnParallel(Coordinate() as latitude)):
            return _degrees(longitude), _degrees(latitude)
        case _:
            return None


def _on_grid(
    coordinates: Grid | SquareReference, frame: Name | None, frame_of: FrameOf, subject: str
) -> tuple[float, float] | None:
    try:
        lon, lat = grid_place(coordinates, frame_of(frame), subject).lonlat[0].tolist()
    except TroubleError:
        return None
    return (lon, lat) if isfinite(lon) and isfinite(lat) else None


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
