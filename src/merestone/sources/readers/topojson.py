"""TopoJSON 1.0: arcs that features share, quantized or not, put together to GeoJSON's coordinates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from merestone.geodesy.arrays import Floats
from merestone.sources.chains import Gathering, RawLayer
from merestone.sources.layer import Role
from merestone.sources.readers.geojson import loaded
from merestone.sources.readers.geojson_system import of_member
from merestone.sources.readers.positions import positions
from merestone.sources.readers.values import chosen_layer, plain_attributes, plain_value, shown_name
from merestone.sources.refused import RefusedError
from merestone.sources.systems import WGS_84

_BROKEN = "its topology is broken ({}); ask for a corrected file"
_COLLECTIONS_DEEP = 8


def read(path: Path, layer: str | None) -> RawLayer:
    """Give what a TopoJSON file holds; its objects are its layers."""
    return from_value(loaded(path.read_bytes()), layer)


def from_value(value: Any, layer: str | None) -> RawLayer:
    """Give one object of a topology as a layer; raise `RefusedError` for a value that is none."""
    if not isinstance(value, dict) or value.get("type") != "Topology":
        raise RefusedError("it is JSON, but no TopoJSON; name it .geojson if it is GeoJSON")
    objects = value.get("objects")
    if not isinstance(objects, dict):
        raise RefusedError(_BROKEN.format("no objects"))
    name = list(objects)[chosen_layer(list(objects), layer)]
    topology = _Topology(value)
    features = _features(objects[name])
    for index, feature in enumerate(features):
        topology.add(index, feature, 0)
    gathering = topology.gathering
    code, note = of_member(value["crs"]) if "crs" in value else (WGS_84, "")
    return RawLayer(
        shown_name(name), "TopoJSON", code, tuple(_attributes(feature) for feature in features),
        gathering.chains(), note, gathering.collections, gathering.more_dimensions,
    )  # fmt: skip


def _features(thing: Any) -> list[Any]:
    features = (
        thing.get("geometries") if isinstance(thing, dict) and thing.get("type") == "GeometryCollection" else [thing]
    )
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise RefusedError(_BROKEN.format("an object without geometries"))
    return features


def _attributes(feature: dict[str, Any]) -> dict[str, Any]:
    identity = {"id": plain_value(feature["id"])} if "id" in feature else {}
    return identity | dict(plain_attributes(feature.get("properties")))


class _Topology:
    """The arcs of a topology as coordinates, and the chains made from them."""

    def __init__(self, value: dict[str, Any]) -> None:
        transform = value.get("transform")
        self.quantized = transform is not None
        self.scale = _pair(transform, "scale") if self.quantized else np.ones(2)
        self.shift = _pair(transform, "translate") if self.quantized else np.zeros(2)
        arcs = value.get("arcs")
        if not isinstance(arcs, list):
            raise RefusedError(_BROKEN.format("no arcs"))
        self.gathering = Gathering()
        self.arcs = [self._placed(arc, cumulated=self.quantized) for arc in arcs]

    def _placed(self, arc: Any, *, cumulated: bool) -> Floats:
        places, _ = positions(arc, "an arc")
        return np.asarray((np.cumsum(places, axis=0) if cumulated else places) * self.scale + self.shift)

    def add(self, index: int, geometry: Any, deep: int) -> None:
        """Add the chains of a geometry to feature `index`."""
        kind = geometry.get("type") if isinstance(geometry, dict) else ""
        arcs, places = (geometry.get("arcs"), geometry.get("coordinates")) if isinstance(geometry, dict) else ([], [])
        match kind:
            case None:
                pass
            case "GeometryCollection" if deep < _COLLECTIONS_DEEP:
                self.gathering.collections += deep == 0
                for member in _listed(geometry.get("geometries")):
                    self.add(index, member, deep + 1)
            case "Point" | "MultiPoint":
                for place in [places] if kind == "Point" else _listed(places):
                    self.gathering.add(index, Role.POINT, self._placed([place], cumulated=False))
            case "LineString":
                self._chain(index, Role.LINE, arcs)
            case "MultiLineString":
                for line in _listed(arcs):
                    self._chain(index, Role.LINE, line)
            case "Polygon":
                self._rings(index, arcs)
            case "MultiPolygon":
                for polygon in _listed(arcs):
                    self._rings(index, polygon)
            case _:
                raise RefusedError(_BROKEN.format(f"feature {index + 1} has no known type"))

    def _rings(self, index: int, rings: Any) -> None:
        self.gathering.has_outline = False
        for number, ring in enumerate(_listed(rings)):
            self._chain(index, Role.HOLE if number else Role.SHELL, ring)

    def _chain(self, index: int, role: Role, numbers: Any) -> None:
        """Add the arcs one after the other; the first place of an arc is the last of the one before."""
        pieces = [self._arc(number, index) for number in _listed(numbers)]
        places = np.concatenate([*pieces[:1], *(piece[1:] for piece in pieces[1:]), np.empty((0, 2))])
        self.gathering.add(index, role, places)

    def _arc(self, number: Any, index: int) -> Floats:
        """Give an arc; the number ~i is arc i backwards."""
        at = ~number if isinstance(number, int) and number < 0 else number
        if type(at) is not int or at >= len(self.arcs):
            raise RefusedError(_BROKEN.format(f"feature {index + 1} names an arc that is not there"))
        return self.arcs[at] if number >= 0 else self.arcs[at][::-1]


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise RefusedError(_BROKEN.format("a list of arcs or geometries is missing"))
    return value


def _pair(transform: Any, name: str) -> Floats:
    pair = transform.get(name) if isinstance(transform, dict) else None
    return np.asarray(positions([pair], "the transform")[0][0])
