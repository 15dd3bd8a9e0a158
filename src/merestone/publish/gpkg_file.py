"""A GeoPackage 1.3 file around layers: reference systems, contents, metadata, styles that QGIS opens by itself.

Made with SQLite alone, in memory: the same layers give the same bytes with the same version of SQLite.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import numpy as np

from merestone.geodesy.frame import Frame
from merestone.geodesy.grid import Grid
from merestone.publish import map_styles, wkb
from merestone.publish.export import NOT_AGREED
from merestone.publish.gpkg_schema import APPLICATION_ID, CORE, USER_VERSION
from merestone.publish.line_json import exact_text
from merestone.publish.text import plain

Cell: TypeAlias = bytes | str | int | float | None
Record: TypeAlias = tuple[Cell, ...]

OWN_SRS_ID = 100_000
"""The number of a frame that no authority has numbered."""


@dataclass(frozen=True, slots=True)
class ReferenceSystem:
    """A row of gpkg_spatial_ref_sys; `definition` is well-known text of the first kind (OGC 01-009)."""

    name: str
    srs_id: int
    organization: str
    code: int
    definition: str
    description: str


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """How a layer is drawn: for QGIS (QML) and for any OGC client (SLD)."""

    qml: str
    sld: str


@dataclass(frozen=True, slots=True)
class GpkgLayer:
    """A layer or table: its name, the statement that makes it, its kind of geometry (None for a table), what it is,
    its records (the geometry first where there is one), and its style."""

    name: str
    statement: str
    geometry: str | None
    description: str
    records: Sequence[Record]
    style: LayerStyle | None = None


def write_gpkg(
    system: ReferenceSystem, layers: Sequence[GpkgLayer], about: Mapping[str, object], dated: datetime
) -> bytes:
    """The file as bytes; `about` goes into its metadata as JSON."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {USER_VERSION}")
        connection.execute("BEGIN")
        for statement in CORE.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        _fill(connection, system, layers, about, dated)
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


def _fill(
    connection: sqlite3.Connection,
    system: ReferenceSystem,
    layers: Sequence[GpkgLayer],
    about: Mapping[str, object],
    dated: datetime,
) -> None:
    """All rows of all tables."""
    date = dated.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    _insert(connection, "gpkg_spatial_ref_sys", _reference_systems(system))
    _add_metadata(connection, about, date)
    for layer in layers:
        _add_layer(connection, system, layer, date)
    _add_styles(connection, layers, date)


def _insert(connection: sqlite3.Connection, table: str, records: Sequence[Record]) -> None:
    """Records into a table of our own schema."""
    if records:
        marks = ", ".join("?" * len(records[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", records)  # noqa: S608 - our own table names


def reference_system(frame: Frame) -> ReferenceSystem:
    """The reference system of a frame: by its EPSG code where it has one, else by its own definition."""
    organization, _, code = (frame.code or "").partition(":")
    if organization == "EPSG" and code.isdigit():
        from pyproj import CRS

        definition = CRS.from_epsg(int(code)).to_wkt("WKT1_GDAL")
        return ReferenceSystem(frame.name, int(code), "EPSG", int(code), definition, _frame_remark(frame))
    return ReferenceSystem(
        plain(frame.name), OWN_SRS_ID, "NONE", OWN_SRS_ID, own_definition(frame), _frame_remark(frame)
    )


def grid_system(grid: Grid) -> ReferenceSystem:
    """The reference system of a grid, by its EPSG code."""
    from pyproj import CRS

    number = int(grid.code.partition(":")[2])
    definition = CRS.from_epsg(number).to_wkt("WKT1_GDAL")
    return ReferenceSystem(grid.name, number, "EPSG", number, definition, _frame_remark(grid.base))


def own_definition(frame: Frame) -> str:
    """A frame that no authority has numbered as well-known text."""
    name = plain(frame.name).replace('"', "'")
    ellipsoid = frame.ellipsoid
    constants = f"{exact_text(ellipsoid.a_m)},{exact_text(ellipsoid.inverse_flattening)}"
    spheroid = plain(ellipsoid.name).replace('"', "'")
    return (
        f'GEOGCS["{name}",DATUM["{name}",SPHEROID["{spheroid}",{constants}]],PRIMEM["Greenwich",0],'
        'UNIT["degree",0.0174532925199433],AXIS["Latitude",NORTH],AXIS["Longitude",EAST]]'
    )


def _frame_remark(frame: Frame) -> str:
    """What the reference system does not say by itself: epoch and plate."""
    epoch = f"epoch {frame.epoch}" if frame.epoch is not None else "no epoch stated"
    plate = f"fixed to plate {plain(frame.plate)}" if frame.plate else "fixed in the frame or not stated"
    return f"{epoch}; {plate}"


def _reference_systems(system: ReferenceSystem) -> list[Record]:
    """The rows that every GeoPackage has, and the line's own."""
    rows: list[Record] = [
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ]
    if system.srs_id != WGS84_ROW[1]:
        rows.append(WGS84_ROW)
    rows.append((system.name, system.srs_id, system.organization, system.code, system.definition, system.description))
    return sorted(rows, key=lambda row: str(row[1]))


WGS84_ROW: Record = (
    "WGS 84 geodetic",
    4326,
    "EPSG",
    4326,
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
    "longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid",
)


def _add_metadata(connection: sqlite3.Connection, about: Mapping[str, object], date: str) -> None:
    """What the file is, as metadata of the whole."""
    uri = "http://www.geopackage.org/spec131/#extension_metadata"
    extensions = [(table, None, "gpkg_metadata", uri, "read-write") for table in METADATA_TABLES]
    text = json.dumps(about, ensure_ascii=False, allow_nan=False, indent=1)
    _insert(connection, "gpkg_extensions", extensions)
    _insert(
        connection,
        "gpkg_metadata",
        [(1, "dataset", "https://www.rfc-editor.org/rfc/rfc8259", "application/json", text)],
    )
    _insert(connection, "gpkg_metadata_reference", [("geopackage", None, None, None, date, 1, None)])


METADATA_TABLES = ("gpkg_metadata", "gpkg_metadata_reference")


def _add_layer(connection: sqlite3.Connection, system: ReferenceSystem, layer: GpkgLayer, date: str) -> None:
    """A layer or table: its definition, its entry in the contents, its rows."""
    name, geometry = layer.name, layer.geometry
    bounds = _bounds(layer.records) if geometry else (None,) * 4
    kind, srs_id = ("features", system.srs_id) if geometry else ("attributes", None)
    connection.execute(layer.statement)
    _insert(connection, "gpkg_contents", [(name, kind, name, plain(layer.description), date, *bounds, srs_id)])
    if geometry:
        _insert(connection, "gpkg_geometry_columns", [(name, "geom", geometry, system.srs_id, 0, 0)])
    _insert(connection, name, [(number, *record) for number, record in enumerate(layer.records, 1)])


def _bounds(records: Sequence[Record]) -> tuple[float | None, ...]:
    """Least and greatest longitude and latitude of a layer, as gpkg_contents has them; nothing for an empty layer."""
    shapes = [wkb.bounds(record[0]) for record in records if isinstance(record[0], bytes)]
    if not shapes:
        return (None,) * 4
    boxes = np.array(shapes)
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _add_styles(connection: sqlite3.Connection, layers: Sequence[GpkgLayer], date: str) -> None:
    """The styles, and their table as one that the contents name."""
    styled = [(layer.name, layer.style) for layer in layers if layer.style is not None]
    name, status = map_styles.STYLE_NAME, NOT_AGREED
    _insert(
        connection,
        "layer_styles",
        [
            (number, "", "", layer, "geom", name, style.qml, style.sld, 1, status, "", None, date)
            for number, (layer, style) in enumerate(styled, 1)
        ],
    )
    contents = ("layer_styles", "attributes", "layer_styles", "Styles of the layers", date, *(None,) * 5)
    _insert(connection, "gpkg_contents", [contents])
