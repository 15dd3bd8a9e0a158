"""GeoJSON (RFC 7946, and its forerunner of 2008 with a `crs`), whole or one feature a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from merestone.sources.chains import Gathering, RawLayer
from merestone.sources.layer import Role
from merestone.sources.readers.geojson_system import stated_system
from merestone.sources.readers.positions import positions
from merestone.sources.readers.values import chosen_layer, plain_attributes, plain_value, shown_name
from merestone.sources.refused import RefusedError

_COLLECTIONS_DEEP = 8


def loaded(text: bytes | str) -> Any:
    """Give what JSON holds; raise `RefusedError` where it is broken or nested deeper than any geometry."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise RefusedError("it is nested deeper than any geometry; ask for a corrected file") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise RefusedError(f"it is broken JSON ({shown_name(error)}); ask for the file again") from error


def read(path: Path, layer: str | None) -> RawLayer:
    """Give what a GeoJSON file holds."""
    return from_value(loaded(path.read_bytes()), layer)


def read_lines(path: Path, layer: str | None) -> RawLayer:
    """Give what a file with one GeoJSON feature a line holds."""
    texts = [line.lstrip(b"\x1e").strip() for line in path.read_bytes().splitlines()]
    features = [loaded(text) for text in texts if text]
    return from_value({"type": "FeatureCollection", "features": features}, layer, "newline-delimited GeoJSON")


def from_value(value: Any, layer: str | None, name: str = "GeoJSON") -> RawLayer:
    """Give what a GeoJSON value holds; raise `RefusedError` for a value that is none."""
    if not isinstance(value, dict):
        raise RefusedError("it is JSON, but no GeoJSON object; ask for the file again")
    if value.get("type") == "Topology":
        raise RefusedError("it is TopoJSON, not GeoJSON; name it .topojson")
    title = shown_name(value.get("name") or "")
    chosen_layer([title], layer)
    gathering = Gathering()
    features = _features(value)
    for index, feature in enumerate(features):
        if not isinstance(feature, dict):
            raise RefusedError(f"feature {index + 1} is not an object; ask for a corrected file")
        add_geometry(gathering, index, feature.get("geometry"))
    code, note = stated_system(value, features)
    return RawLayer(
        title, name, code, tuple(_attributes(feature) for feature in features),
        gathering.chains(), note, gathering.collections, gathering.more_dimensions, gathering.unread,
    )  # fmt: skip


def _features(value: dict[str, Any]) -> list[Any]:
    match value.get("type"):
        case "FeatureCollection":
            features = value.get("features")
            if isinstance(features, list):
                return features
            raise RefusedError("its collection has no list of features; ask for a corrected file")
        case "Feature":
            return [value]
        case str() as kind if kind in _ADD or kind == "GeometryCollection":
            return [{"geometry": value}]
        case _:
            raise RefusedError("it is JSON, but no GeoJSON object; ask for the file again")


def _attributes(feature: dict[str, Any]) -> dict[str, Any]:
    """Give the properties of a feature, and its `id` (RFC 7946, 3.2) unless a property is called so too."""
    properties = dict(plain_attributes(feature.get("properties")))
    own = plain_value(feature.get("id"))
    return properties if own is None or "id" in properties else {"id": own, **properties}


def add_geometry(gathering: Gathering, feature: int, geometry: Any, deep: int = 0) -> None:
    """Add the chains of a geometry; collections are taken apart, and counted once for each feature."""
    if geometry is None:
        return
    whose = f"feature {feature + 1}"
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection":
        members = geometry.get("geometries")
        if not isinstance(members, list) or deep >= _COLLECTIONS_DEEP:
            raise RefusedError(f"{whose} has a collection that is broken or nested too deep; ask for a corrected file")
        gathering.collections += deep == 0
        for member in members:
            add_geometry(gathering, feature, member, deep + 1)
        return
    add = _ADD.get(kind) if isinstance(kind, str) else None
    if add is None:
        raise RefusedError(f"{whose} has a geometry of no known type ({shown_name(kind)}); ask for a corrected file")
    add(gathering, feature, geometry.get("coordinates"), whose)


def _add_chain(gathering: Gathering, feature: int, role: Role, coordinates: Any, whose: str) -> None:
    lonlat, more = positions(coordinates, whose)
    gathering.add(feature, role, lonlat)
    gathering.more_dimensions += more


def _add_point(gathering: Gathering, feature: int, coordinates: Any, whose: str) -> None:
    if coordinates:
        _add_chain(gathering, feature, Role.POINT, [coordinates], whose)


def _add_line(gathering: Gathering, feature: int, coordinates: Any, whose: str) -> None:
    _add_chain(gathering, feature, Role.LINE, coordinates, whose)


def _add_polygon(gathering: Gathering, feature: int, coordinates: Any, whose: str) -> None:
    if not isinstance(coordinates, list):
        raise RefusedError(f"{whose} has a polygon without rings; ask for a corrected file")
    gathering.has_outline = False
    for index, ring in enumerate(coordinates):
        _add_chain(gathering, feature, Role.HOLE if index else Role.SHELL, ring, whose)


_Add = Callable[[Gathering, int, Any, str], None]


def _each(add: _Add) -> _Add:
    def add_all(gathering: Gathering, feature: int, coordinates: Any, whose: str) -> None:
        if not isinstance(coordinates, list):
            raise RefusedError(f"{whose} has a geometry without parts; ask for a corrected file")
        for part in coordinates:
            add(gathering, feature, part, whose)

    return add_all


_ADD: dict[str, _Add] = {
    "Point": _add_point,
    "MultiPoint": _each(_add_point),
    "LineString": _add_line,
    "MultiLineString": _each(_add_line),
    "Polygon": _add_polygon,
    "MultiPolygon": _each(_add_polygon),
}
