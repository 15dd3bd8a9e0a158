"""Made-up zones, lines and layers that lie over them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from merestone.compare.claim import Claim, Strand
from merestone.compare.comparison import Side, Verdict, Zone
from merestone.geodesy.catalogue import find
from merestone.geodesy.line import Floats
from merestone.sources.layer import Layer, Part, Role

WGS84 = find("EPSG:4326")
Chain = Sequence[Sequence[float]] | Floats
Feature = tuple[Mapping[str, Any], Sequence[tuple[Role, Any]]]
"""Attributes, and parts by their role."""


def claim(title: str, *chains: Chain) -> Claim:
    """A line of strands called a, b, ..."""
    strands = (Strand("abcdefgh"[index], np.array(chain, dtype=float)) for index, chain in enumerate(chains))
    return Claim(title, tuple(strands), WGS84)


def zone(
    number: int, outline: Chain, *holes: Chain, side: Side = Side.LEFT, held: tuple[str, str] = ("A", "B")
) -> Zone:
    """A zone of one polygon; what overlays do not read is nought."""
    rings = tuple(np.array([*ring, ring[0]], dtype=float) for ring in (outline, *holes))
    return Zone(
        number=number, stretch=None, in_first=side, held_in_first=held[0], held_in_second=held[1],
        polygons=(rings,), area_m2=0.0, area_sigma_m2=0.0, lengths_m=(0.0, 0.0), greatest_width_m=0.0,
        mean_width_m=0.0, reaches=(None, None), place=(0.0, 0.0), neighbours=(), probability=1.0,
        verdict=Verdict.DIFFERENT,
    )  # fmt: skip


def layer(
    name: str,
    features: Iterable[Feature],
    crs: str | None = "EPSG:4326",
) -> Layer:
    """A layer of features, each its attributes and its parts."""
    attributes, parts = [], []
    for index, (row, pieces) in enumerate(features):
        attributes.append(row)
        parts += [Part(index, role, np.array(chain, dtype=float).reshape(-1, 2)) for role, chain in pieces]
    return Layer(f"{name}.geojson", name, "GeoJSON", "0" * 64, crs, tuple(attributes), tuple(parts))


def points(name: str, places: Mapping[str, tuple[float, float]], people: int | None = None) -> Layer:
    """A layer of named points, each with as many people."""
    rows: list[Feature] = []
    for title, place in places.items():
        row = {"name": title} if people is None else {"name": title, "population": people}
        rows.append((row, [(Role.POINT, [place])]))
    return layer(name, rows)


def road(*chain: Sequence[float], name: str = "M4") -> Feature:
    """A road."""
    return {"highway": "primary", "name": name}, [(Role.LINE, chain)]


def from_geojson(path: Path) -> Layer:
    """A layer of points and lines of a plain GeoJSON file."""
    rows: list[Feature] = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        kind, coordinates = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        row = {key: value for key, value in feature["properties"].items() if not isinstance(value, list)}
        rows.append((row, [(Role.POINT, [coordinates]) if kind == "Point" else (Role.LINE, coordinates)]))
    return layer(path.stem, rows)
