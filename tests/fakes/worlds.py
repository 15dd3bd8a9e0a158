"""A small world made by hand, in two versions: polygons of five States, and lines with two attributes for the pair.

Aland and Bland lie in the north, Cland and Dland in the south, Eland within Aland. In the lines the boundary of Aland and
Bland runs 0.01 degrees further east; that of Cland and Dland is missing, and Bland has one with Fland.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from merestone.geodesy.line import Floats

EAST_DEG = 0.01
NORTH_DEG = 0.004


def between(start: tuple[float, float], end: tuple[float, float], pieces: int = 40) -> Floats:
    """A straight chain of places."""
    return np.column_stack([np.linspace(start[axis], end[axis], pieces + 1) for axis in (0, 1)])


def square(west: float, south: float, size: float = 1.0) -> Floats:
    """The closed outline of a square, anticlockwise, with many vertices."""
    corners = [(west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south)]
    sides = [between(one, other) for one, other in pairwise(corners)]
    return np.concatenate([sides[0], *(side[1:] for side in sides[1:])])


def polygons() -> dict[str, list[Floats]]:
    """The rings of each State, the outline first."""
    eland = square(20.4, 41.4, 0.2)
    return {
        "Aland": [square(20.0, 41.0), eland[::-1]],
        "Bland": [square(21.0, 41.0)],
        "Cland": [square(20.0, 40.0)],
        "Dland": [square(21.0, 40.0)],
        "Eland": [eland],
    }


def lines() -> dict[tuple[str, str], list[Floats]]:
    """The lines of each pair in the other version."""
    wiggle = between((20.0, 41.0), (21.0, 41.0), 100)
    wiggle[:, 1] += NORTH_DEG * np.sin(np.linspace(0.0, 12.0, 101))
    east = between((21.0 + EAST_DEG, 41.0), (21.0 + EAST_DEG, 42.0), 60)
    return {
        ("Bland", "Aland"): [east[30:], east[:31]],
        ("Aland", "Cland"): [wiggle],
        ("Aland", "Eland"): [square(20.401, 41.4003, 0.2)],
        ("Bland", "Dland"): [between((22.0, 41.0), (21.0, 41.0), 10)],
        ("Bland", "Fland"): [between((22.0, 41.0), (22.0, 42.0))],
    }


def polygons_file(folder: Path) -> Path:
    """The polygons as GeoJSON."""
    features = [
        _feature({"name": name}, {"type": "Polygon", "coordinates": [ring.tolist() for ring in rings]})
        for name, rings in polygons().items()
    ]
    return _written(folder / "polygons.geojson", features)


def lines_file(folder: Path) -> Path:
    """The lines as GeoJSON."""
    features = [
        _feature(
            {"a3_1": pair[0], "a3_2": pair[1]},
            {"type": "MultiLineString", "coordinates": [chain.tolist() for chain in chains]},
        )
        for pair, chains in lines().items()
    ]
    return _written(folder / "lines.geojson", features)


def _feature(properties: dict[str, str], geometry: dict[str, object]) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _written(path: Path, features: list[dict[str, object]]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path
