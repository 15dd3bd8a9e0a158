"""Chains to measure: two versions of one wandering line, and boundaries scattered over the world, from a seed."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import numpy as np

from merestone.geodesy.line import Floats

_SPACING_M = 10.0
_METRES_A_DEGREE = np.array([85_390.0, 111_030.0])
"""At latitude 40."""


def versions(vertices: int, apart_m: float = 30.0) -> tuple[Floats, Floats]:
    """Two lines with vertices 10 m apart, up to so many metres from one another: (n, 2) each, degrees."""
    chance = np.random.default_rng(vertices)
    heading = np.cumsum(chance.normal(0.0, 0.1, vertices)) % (2.0 * np.pi)
    heading = 0.8 * np.sin(heading)
    path = _SPACING_M * np.cumsum(np.column_stack([np.cos(heading), np.sin(heading)]), axis=0)
    along = np.arange(vertices) * _SPACING_M
    aside = apart_m * np.sin(along / 700.0) * np.sin(along / 5_000.0)
    moved = path + np.column_stack([-np.sin(heading) * aside, aside])
    origin = np.array([0.0, 40.0])
    return origin + _turned(path) / _METRES_A_DEGREE, origin + _turned(moved) / _METRES_A_DEGREE


def _turned(path: Floats) -> Floats:
    """Give the path wound about a circle of 300 km, so that a long one stays at its latitude."""
    radius_m = 300_000.0
    angle, out = path[:, 0] / radius_m, 1.0 + path[:, 1] / radius_m
    return radius_m * np.column_stack([out * np.sin(angle), 1.0 - out * np.cos(angle)])


def world() -> tuple[list[Floats], list[int], str]:
    """The land boundaries of the world where the shared data is there, else as many vertices scattered; of which pair of
    States each chain is; and which of the two it was."""
    folder = Path(os.environ.get("MERESTONE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    file = folder / "data" / "world-land-boundaries" / "osm_2017_world_land_boundaries.geojson.gz"
    if file.is_file():
        features = json.loads(gzip.decompress(file.read_bytes()))["features"]
        chains = [_lines(feature["geometry"]) for feature in features]
        pair = [number for number, lines in enumerate(chains) for _ in lines]
        return [chain for lines in chains for chain in lines], pair, "world's land boundaries"
    chance = np.random.default_rng(1)
    starts = np.column_stack([chance.uniform(-170.0, 170.0, 300), chance.uniform(-50.0, 70.0, 300)])
    chains = [start + np.cumsum(chance.normal(0.0, 0.003, (2_700, 2)), axis=0) for start in starts]
    return chains, list(range(300)), "scattered chains"


def _lines(geometry: dict[str, list[list[float]]]) -> list[Floats]:
    several = geometry["type"] == "MultiLineString"
    lines = geometry["coordinates"] if several else [geometry["coordinates"]]
    return [np.array(line)[:, :2] for line in lines if len(line) > 1]
