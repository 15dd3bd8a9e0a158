"""Small States for tests: rectangles, and countries made of the cells of a chequered plane."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pyogrio
import shapely

from merestone.compare.states.state import State, state
from merestone.compare.states.states_of_layer import states_of_layer
from merestone.geodesy.line import Floats
from merestone.sources.layer import Layer, Part, Role


def box(west: float, south: float, east: float, north: float) -> Floats:
    """A closed rectangle in degrees, anticlockwise."""
    return np.array([[west, south], [east, south], [east, north], [west, north], [west, south]])


def country(name: str, *shells: Floats, holes: tuple[Floats, ...] = ()) -> State:
    """A State of rings."""
    return state(name, shells, holes)


def of_geometry(name: str, geometry: Any) -> State:
    """A State of the polygons of a shapely geometry."""
    polygons = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    shells = tuple(np.array(polygon.exterior.coords) for polygon in polygons)
    return state(name, shells, tuple(np.array(ring.coords) for polygon in polygons for ring in polygon.interiors))


def layer(features: list[tuple[Mapping[str, Any], list[Floats]]], file: str = "states.geojson") -> Layer:
    """A layer of features, each with attributes and shells."""
    parts = tuple(Part(index, Role.SHELL, ring) for index, (_, rings) in enumerate(features) for ring in rings)
    return Layer(file, "states", "GeoJSON", "", "EPSG:4326", tuple(dict(one) for one, _ in features), parts)


@lru_cache(maxsize=16)
def read_states(path: str, of_layer: str | None = None) -> dict[str, State]:
    """The States of a file of the shared data, by identity."""
    meta, _, geometries, columns = pyogrio.raw.read(path, layer=of_layer)
    rows = zip(*columns, strict=True)
    attributes = tuple(dict(zip(map(str, meta["fields"]), row, strict=True)) for row in rows)
    parts: list[Part] = []
    for index, geometry in enumerate(shapely.from_wkb(geometries)):
        for polygon in shapely.get_parts(geometry):
            if polygon.geom_type == "Polygon":
                parts.append(Part(index, Role.SHELL, np.array(polygon.exterior.coords)[:, :2]))
                parts += [Part(index, Role.HOLE, np.array(ring.coords)[:, :2]) for ring in polygon.interiors]
    found = states_of_layer(Layer(path, of_layer or "", "", "", "EPSG:4326", attributes, tuple(parts)))
    return {each.identity: each for each in found.states}
