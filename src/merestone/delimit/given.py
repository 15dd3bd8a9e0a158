"""Points given by coordinates: what was printed, exactly, in the frame of the description."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.boundary_line import VertexSource
from merestone.delimit.canonical import rounded, units_of, wrapped
from merestone.delimit.drawn import trouble
from merestone.delimit.fix import Fix, Place
from merestone.delimit.lengths import metres
from merestone.description.tree import AtCoordinates, Coordinates, Geographic, Grid, Numbers, Point, Standing
from merestone.diagnostics import Span
from merestone.errors import UnknownFrameError
from merestone.geodesy.elementary import radii_m
from merestone.geodesy.frame import Frame
from merestone.geodesy.grid import Grid as GridSystem
from merestone.geodesy.grid import find_grid, prefixed_grid
from merestone.geodesy.line import Floats
from merestone.geodesy.uncertainty import Common, Component

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation


def given(point: Point, definition: AtCoordinates, computation: Computation) -> Fix:
    """The fix of a point given by coordinates; raises `TroubleError` for "approximately", which fixes nothing."""
    if definition.approximately:
        raise trouble(
            "O605",
            f"{point.name.text} is given approximately, which fixes nothing: the feature governs",
            definition.span,
            "coordinates without `approximately`, or the feature itself, would settle it",
            f"point {point.name.text}",
        )
    frame = computation.frames.of_point(definition.frame)
    place, units = _place(definition.coordinates, frame)
    numbers = definition.numbers or computation.resolved.numbers
    components = of_printed(f"point {point.name.text}", definition.coordinates, numbers, frame, place)
    if frame != computation.frames.description:
        moved = computation.frames.to_description(place, frame)
        units = _units(moved)
        components += computation.frames.components(frame)
    elif units is None:
        units = _units(place)
    return Fix(units, VertexSource.COORDINATES, components=components)


def _place(coordinates: Coordinates, frame: Frame) -> tuple[Place, tuple[int, int] | None]:
    """Longitude and latitude in the frame, and where they were printed as such, their exact units."""
    if isinstance(coordinates, Geographic):
        units = wrapped(units_of(coordinates.longitude)), units_of(coordinates.latitude)
        return (units[0] / 1e9, units[1] / 1e9), units
    return _from_grid(coordinates, frame), None


def _from_grid(coordinates: Grid, frame: Frame) -> Place:
    grid = _grid(coordinates, frame)
    if grid.base.code != frame.code:
        raise trouble(
            "F806",
            f"the grid {grid.name} belongs to {grid.base.name}, and the point is counted in {frame.name}",
            coordinates.span,
            f"say the frame after the coordinates: `in {grid.base.name}`",
        )
    pair = np.array([[float(coordinates.easting.value), float(coordinates.northing.value)]])
    lonlat = grid.lonlat(pair)
    return float(lonlat[0, 0]), float(lonlat[0, 1])


def _grid(coordinates: Grid, frame: Frame) -> GridSystem:
    """The grid system that is named, or that the zone prefix of the easting names on the frame."""
    try:
        if coordinates.system is not None:
            return find_grid(coordinates.system.text)
        if coordinates.zone_prefix is not None:
            return prefixed_grid(frame, float(coordinates.easting.value))
    except UnknownFrameError as error:
        named = coordinates.system.span if coordinates.system is not None else coordinates.span
        raise trouble("F805", str(error), named, "name the grid by its EPSG code, as in `on EPSG:28420`") from error
    raise trouble(
        "F807",
        "rectangular coordinates are given and no grid system is named",
        coordinates.span,
        "name it after them, as in `on EPSG:28420`",
    )


def grid_lonlat(easting_m: Floats, northing_m: Floats, frame: Frame, span: Span) -> Floats:
    """Rectangular coordinates with zone prefixes, (n,) and (n,) metres, as longitude and latitude (n, 2) in degrees."""
    places = np.empty((len(easting_m), 2))
    for prefix in np.unique(easting_m // 1e6):
        zone = easting_m // 1e6 == prefix
        try:
            grid = prefixed_grid(frame, float(easting_m[zone][0]))
        except UnknownFrameError as error:
            raise trouble("F805", str(error), span, "give the table's points as latitude and longitude") from error
        places[zone] = grid.lonlat(np.column_stack([easting_m[zone], northing_m[zone]]))
    return places


def _units(place: Place) -> tuple[int, int]:
    units = rounded(np.array(place))
    return int(units[0]), int(units[1])


def of_printed(
    source: str, coordinates: Coordinates, numbers: Numbers, frame: Frame, place: Place
) -> tuple[Component, ...]:
    """The uncertainty of printed coordinates: none where enacted, as stated where measured, the rounding of the
    print (unit / sqrt 12, the larger of the two directions) where rounded. Each point on its own."""
    match numbers.standing:
        case Standing.ENACTED:
            return ()
        case Standing.MEASURED if numbers.within is not None:
            return (Component(source, metres(numbers.within), Common()),)
        case _:
            return (Component(source, printed_unit_m(coordinates, frame, place) / math.sqrt(12.0), Common()),)


def printed_unit_m(coordinates: Coordinates, frame: Frame, place: Place) -> float:
    """One unit of the last printed place on the ground in metres, the larger of north-south and east-west."""
    if isinstance(coordinates, Grid):
        return max(float(coordinates.northing.last_place), float(coordinates.easting.last_place))
    meridian_m, prime_vertical_m = radii_m(frame.ellipsoid, np.array([place[1]]))
    north_m = math.radians(float(coordinates.latitude.angle.unit)) * float(meridian_m[0])
    cosine = math.cos(math.radians(place[1]))
    east_m = math.radians(float(coordinates.longitude.angle.unit)) * float(prime_vertical_m[0]) * cosine
    return max(north_m, east_m)
