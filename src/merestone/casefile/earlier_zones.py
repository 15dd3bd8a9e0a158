"""The zones of an earlier comparison, from the GeoPackage that it wrote: a foreign file as any other."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

from merestone.compare.claim import Origin
from merestone.compare.comparison import Earlier, FormerZone
from merestone.errors import UnreadableFileError, WrongRequestError
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.sources.layer import Layer, Role, Value
from merestone.sources.vectors import read_vectors

ENDING = ".gpkg"
ZONES, GONE = "zones", "gone_zones"
_NAME = re.compile(r"Z([1-9][0-9]{0,8})")


def check_ending(path: Path) -> None:
    """Raises `WrongRequestError` for a file that cannot hold the outlines of zones."""
    if not path.name.lower().endswith(ENDING):
        raise WrongRequestError(
            f"{path}: --since needs the GeoPackage of an earlier comparison, because only a GeoPackage holds the outlines of the "
            "zones; write one each time, with -o comparison.gpkg"
        )


def earlier_zones(path: Path, frame: Frame) -> Earlier:
    """The zones of a GeoPackage of an earlier comparison, which must be in this frame.

    Raises `UnreadableFileError` where it is none, holds a number twice, or is in another frame.
    """
    layers = [_layer(path, name) for name in (ZONES, GONE)]
    for layer in layers:
        stated = layer.crs or layer.crs_read
        if stated and frame.code is not None and stated != frame.code:
            raise UnreadableFileError(
                path,
                f"its zones are in {stated}, and these lines are in {frame} ({frame.code}); compare files in the same frame",
            )
    zones = tuple(zone for layer in layers for zone in _zones(path, layer))
    if len({zone.number for zone in zones}) < len(zones):
        raise UnreadableFileError(path, "it holds two zones with the same number; give the file unchanged")
    rows = [row for layer in layers for row in layer.attributes]
    lines = [str(rows[0].get(key) or "unnamed") if rows else "unnamed" for key in ("first_line", "second_line")]
    about = layers[0]
    return Earlier(Origin(about.file, about.name, about.sha256, about.format), (lines[0], lines[1]), zones)


def _layer(path: Path, name: str) -> Layer:
    try:
        return read_vectors(path, name, may_be_empty=True)
    except UnreadableFileError as error:
        raise UnreadableFileError(path, f"it does not hold an earlier comparison: {error.why}") from error


def _zones(path: Path, layer: Layer) -> list[FormerZone]:
    outlines = _outlines(layer)
    return [
        _zone(path, row, outlines.get(feature, ()), gone=layer.name == GONE)
        for feature, row in enumerate(layer.attributes)
    ]


def _outlines(layer: Layer) -> dict[int, tuple[tuple[Floats, ...], ...]]:
    """The polygons of each feature: an outline and its holes."""
    found: dict[int, list[tuple[Floats, ...]]] = {}
    for part in layer.parts:
        polygons = found.setdefault(part.feature, [])
        if part.role is Role.SHELL:
            polygons.append((part.lonlat,))
        elif part.role is Role.HOLE and polygons:
            polygons[-1] = (*polygons[-1], part.lonlat)
    return {feature: tuple(polygons) for feature, polygons in found.items()}


def _zone(path: Path, row: Mapping[str, Value], polygons: tuple[tuple[Floats, ...], ...], *, gone: bool) -> FormerZone:
    name, area_m2 = _NAME.fullmatch(str(row.get("zone"))), row.get("area_m2")
    if name is None or not isinstance(area_m2, float | int) or not 0.0 <= area_m2 < math.inf:
        raise UnreadableFileError(
            path,
            "its zones do not have names (Z1, Z2, ...) and areas; give the GeoPackage that a comparison of two lines wrote",
        )
    return FormerZone(int(name[1]), polygons, float(area_m2), gone)
