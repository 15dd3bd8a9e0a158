"""Whether a layer on a projection lies where that projection is meant to be used, or would if its axes were exchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError, UnknownFrameError
from merestone.geodesy.grid import Grid, find_grid
from merestone.geodesy.grid_reading import on_grid, outside_of
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection
from merestone.sources.layer import Layer

_PLACES = 200
"""So many vertices of a layer are looked at."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A layer outside the area of use of its projection: how far at most, and whether it lies inside with its axes
    exchanged."""

    outside_m: float
    exchanged: bool
    grid: str


def elsewhere(layer: Layer, code: str) -> Elsewhere | None:
    """How far a layer lies outside the area of use of its projection; None where it lies inside, or no area is stated."""
    try:
        grid = find_grid(code)
    except UnknownFrameError:
        return None
    if not layer.parts:
        return None
    places = np.concatenate([part.lonlat for part in layer.parts])
    places = places[:: max(1, len(places) // _PLACES)]
    outside_m = _outside_m(grid, places)
    if outside_m == 0.0:
        return None
    return Elsewhere(outside_m, _outside_m(grid, places[:, ::-1]) == 0.0, f"{code} ({grid.name})")


def _outside_m(grid: Grid, places: Floats) -> float:
    """How far places in the unit of a grid lie outside its area, taken as the projection takes them."""
    try:
        if all(axis.sign > 0 for axis in grid.axes):
            return on_grid("", grid, places).furthest_m
        lonlat = Projection(grid.code, grid.base.ellipsoid).inverse(places * grid.unit_m)
    except GeometryError:
        return float("inf")
    if not np.isfinite(lonlat).all():
        return float("inf")
    return float(np.max(outside_of(grid.areas, lonlat, grid.base.ellipsoid), initial=0.0))
