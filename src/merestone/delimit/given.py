"""Points given by coordinates: what was printed, exactly, in the frame of the description."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.boundary_line import VertexSource
from merestone.delimit.canonical import rounded, units_of, wrapped
from merestone.delimit.drawn import trouble
from merestone.delimit.fix import Fix, Place
from merestone.delimit.grid_places import GridPlaces, grid_places, reference_place
from merestone.delimit.lengths import metres
from merestone.description.tree import AtCoordinates, Geographic, Grid, Numbers, Point, SquareReference, Standing
from merestone.geodesy.elementary import radii_m
from merestone.geodesy.frame import Frame
from merestone.geodesy.grid_reading import PrintedGrid
from merestone.geodesy.uncertainty import Common, Component

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation


def given(point: Point, definition: AtCoordinates, computation: Computation) -> Fix:
    """The fix of a point given by coordinates; raises `TroubleError` for "approximately", which fixes nothing."""
    if definition.approximately:
        raise trouble(
            "O605",
            f"{point.name.text} is given approximately. Approximate coordinates do not fix a point: the feature governs",
            definition.span,
            "coordinates without `approximately`, or the feature itself, would settle it",
            f"point {point.name.text}",
        )
    frame = computation.frames.of_point(definition.frame)
    subject, units = f"point {point.name.text}", None
    if isinstance(definition.coordinates, Geographic):
        place, units = _place(definition.coordinates)
        last_place_m = _last_place_m(definition.coordinates, frame, place)
    else:
        found = grid_place(definition.coordinates, frame, subject)
        computation.grid_remarks.extend(found.remarks)
        computation.grid_units_m[point.name.text] = found.unit_m
        place = float(found.lonlat[0, 0]), float(found.lonlat[0, 1])
        last_place_m = grid_last_place(definition.coordinates) * found.unit_m
    components = of_printed(subject, definition.numbers or computation.resolved.numbers, last_place_m)
    if frame != computation.frames.description:
        moved = computation.frames.to_description(place, frame)
        units = _units(moved)
        components += computation.frames.components(frame)
    elif units is None:
        units = _units(place)
    return Fix(units, VertexSource.COORDINATES, components=components)


def _place(coordinates: Geographic) -> tuple[Place, tuple[int, int]]:
    """Longitude and latitude, and the exact units they were printed in."""
    units = wrapped(units_of(coordinates.longitude)), units_of(coordinates.latitude)
    return (units[0] / 1e9, units[1] / 1e9), units


def grid_place(coordinates: Grid | SquareReference, frame: Frame, subject: str) -> GridPlaces:
    """The place of rectangular coordinates in the frame, (1, 2); raises `TroubleError`."""
    if isinstance(coordinates, SquareReference):
        return reference_place(coordinates, frame, subject)
    halves = (coordinates.first, coordinates.second)
    values = np.array([[float(half.number.value) for half in halves]])
    unit = next((half.unit for half in halves if half.unit is not None), None)
    printed = PrintedGrid((halves[0].axis, halves[1].axis), values, unit)
    return grid_places(printed, coordinates.system, frame, subject, coordinates.span)


def _units(place: Place) -> tuple[int, int]:
    units = rounded(np.array(place))
    return int(units[0]), int(units[1])


def of_printed(source: str, numbers: Numbers, last_place_m: float) -> tuple[Component, ...]:
    """The uncertainty of printed coordinates: none where enacted, as stated where measured, the rounding of the
    print (unit / sqrt 12, the larger of the two directions) where rounded. Each point on its own."""
    match numbers.standing:
        case Standing.ENACTED:
            return ()
        case Standing.MEASURED if numbers.within is not None:
            return (Component(source, metres(numbers.within), Common()),)
        case _:
            return (Component(source, last_place_m / math.sqrt(12.0), Common()),)


def grid_last_place(coordinates: Grid | SquareReference) -> float:
    """One unit of the last printed place of rectangular coordinates, the larger of the two, in the printed unit.

    That of a reference is its square.
    """
    if isinstance(coordinates, SquareReference):
        return 1.0
    return max(float(half.number.last_place) for half in (coordinates.first, coordinates.second))


def _last_place_m(coordinates: Geographic, frame: Frame, place: Place) -> float:
    """One unit of the last printed place on the ground in metres, the larger of north-south and east-west."""
    meridian_m, prime_vertical_m = radii_m(frame.ellipsoid, np.array([place[1]]))
    north_m = math.radians(float(coordinates.latitude.angle.unit)) * float(meridian_m[0])
    cosine = math.cos(math.radians(place[1]))
    east_m = math.radians(float(coordinates.longitude.angle.unit)) * float(prime_vertical_m[0]) * cosine
    return max(north_m, east_m)
