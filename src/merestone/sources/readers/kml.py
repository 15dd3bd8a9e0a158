"""KML 2.2: placemarks with points, lines and polygons. A document type or an entity is refused; links are not followed.

Styles, overlays, models and tracks are no boundaries and are left out; models and tracks are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

import numpy as np

from merestone.geodesy.arrays import Floats
from merestone.sources.chains import Gathering, RawLayer
from merestone.sources.layer import Role, Value
from merestone.sources.readers.values import chosen_layer, shown_name
from merestone.sources.refused import RefusedError

_DEEPEST = 100
_GEOMETRIES = {"Point": Role.POINT, "LineString": Role.LINE, "LinearRing": Role.LINE}
_NOT_READ = {"Model", "Track", "MultiTrack"}
_TEXTS = {"coordinates", "name", "value", "SimpleData", "description"}


def read(path: Path, layer: str | None) -> RawLayer:
    """Give the placemarks of a KML file as one layer."""
    document = _Document()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.text
    try:
        parser.Parse(path.read_bytes(), True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise RefusedError(f"it is broken XML ({shown_name(error)}); ask for the file again") from error
    chosen_layer([document.title], layer)
    gathering = document.gathering
    return RawLayer(
        document.title, "KML", "EPSG:4326", tuple(document.attributes), gathering.chains(), "",
        gathering.collections, gathering.more_dimensions, gathering.unread,
    )  # fmt: skip


def _refuse_doctype(*_: Any) -> None:
    raise RefusedError("it declares a document type or entities, which no KML needs; ask for a corrected file")


class _Document:
    """What the elements seen so far amount to."""

    def __init__(self) -> None:
        self.gathering = Gathering()
        self.attributes: list[Mapping[str, Value]] = []
        self.title = ""
        self._open: list[str] = []
        self._keys: list[str] = []
        self._placemark: dict[str, Value] | None = None
        self._rings = 0
        self._pieces: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(" ")[2]
        if not self._open and name != "kml":
            raise RefusedError(
                f"it is XML, but its first element is <{shown_name(name)}> and not <kml>; give a KML file"
            )
        if len(self._open) >= _DEEPEST:
            raise RefusedError("it is nested deeper than any KML; ask for a corrected file")
        self._open.append(name)
        self._keys.append(attributes.get("name", ""))
        self._pieces = [] if name in _TEXTS else None
        if name == "Placemark":
            self._placemark = {}
        elif name == "Polygon":
            self._rings = 0
            self.gathering.has_outline = False
        elif name in _NOT_READ and self._placemark is not None:
            self.gathering.unread[name] = self.gathering.unread.get(name, 0) + 1

    def text(self, data: str) -> None:
        """Characters come in."""
        if self._pieces is not None:
            self._pieces.append(data)

    def end(self, _tag: str) -> None:
        """An element ends."""
        name, key = self._open.pop(), self._keys.pop()
        text = "".join(self._pieces or [])
        self._pieces = None
        inside = self._open[-1] if self._open else ""
        if name == "coordinates" and self._placemark is not None and inside in _GEOMETRIES:
            self._add(inside, text)
        elif name == "Placemark" and self._placemark is not None:
            self.attributes.append(self._placemark)
            self._placemark = None
        elif name == "name" and inside == "Document" and not self.title:
            self.title = shown_name(text.strip())
        elif self._placemark is not None:
            self._attribute(name, key, text, inside)

    def _attribute(self, name: str, key: str, text: str, inside: str) -> None:
        assert self._placemark is not None  # noqa: S101 (its caller has looked)
        if name in {"name", "description"} and inside == "Placemark":
            self._placemark[name] = text.strip()
        elif name == "SimpleData":
            self._placemark[shown_name(key)] = text
        elif name == "value" and inside == "Data":
            self._placemark[shown_name(self._keys[-1])] = text

    def _add(self, kind: str, text: str) -> None:
        feature = len(self.attributes)
        lonlat, more = _places(text, f"feature {feature + 1}")
        role = _GEOMETRIES[kind]
        if self._open[-2] in {"outerBoundaryIs", "innerBoundaryIs"}:
            role = Role.SHELL if self._open[-2] == "outerBoundaryIs" else Role.HOLE
            if role is Role.SHELL and self._rings:
                raise RefusedError(f"feature {feature + 1} has a polygon with two outlines; ask for a corrected file")
            self._rings += 1
        self.gathering.add(feature, role, lonlat)
        self.gathering.more_dimensions += more


def _places(text: str, whose: str) -> tuple[Floats, bool]:
    """Give KML's `lon,lat[,height]` separated by white space as (n, 2), and whether there are heights but 0."""
    tuples = [each.split(",") for each in text.split()]
    if any(len(each) not in {2, 3} for each in tuples):
        raise RefusedError(f"{whose} has a coordinate that is not lon,lat[,height]; ask for a corrected file")
    try:
        lonlat = np.array([(float(each[0]), float(each[1])) for each in tuples], dtype=np.float64).reshape(-1, 2)
        heights = any(float(each[2] or 0.0) != 0.0 for each in tuples if len(each) == 3)
    except ValueError as error:
        raise RefusedError(f"{whose} has a coordinate that is not a number; ask for a corrected file") from error
    return lonlat, heights
