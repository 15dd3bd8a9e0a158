"""GeoPackage 1.3: legs, defining vertices, points, rings, gaps and findings, with styles that QGIS opens by itself.

Made with SQLite alone, in memory: the same line gives the same bytes with the same version of SQLite.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from merestone.delimit.boundary_line import BoundaryLine
from merestone.errors import NoFrameError
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.publish import map_styles, wkb
from merestone.publish.angles import Axis, dms
from merestone.publish.antimeridian import cut_chain, cut_ring
from merestone.publish.catalogue import Row, catalogue
from merestone.publish.drawing import (
    DrawnLeg,
    counter_clockwise,
    drawn_leg,
    drawn_legs,
    places,
    point_places,
    ring_of,
)
from merestone.publish.export import NOT_AGREED, Export, standing, unchanged
from merestone.publish.findings import measure_text, place_text
from merestone.publish.gpkg_schema import APPLICATION_ID, CORE, DESCRIPTIONS, GEOMETRIES, LAYERS, USER_VERSION
from merestone.publish.line_json import exact_text
from merestone.publish.properties import about, greatest_sigma_m, words_of
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


def write_geopackage(export: Export) -> bytes:
    """The file as bytes, in the frame of the description. Raises `NoFrameError` where the frame is unstated."""
    frame = export.line.frame
    if frame is None:
        raise NoFrameError("GeoPackage")
    system = reference_system(frame)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {USER_VERSION}")
        connection.execute("BEGIN")
        for statement in CORE.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        _fill(connection, export, system)
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, export: Export, system: ReferenceSystem) -> None:
    """All rows of all tables."""
    _insert(connection, "gpkg_spatial_ref_sys", _reference_systems(system))
    _add_metadata(connection, export)
    content = {
        "legs": _legs(export, system.srs_id),
        "vertices": _vertices(export.line, system.srs_id),
        "points": _points(export.line, system.srs_id),
        "rings": _rings(export, system.srs_id),
        "gaps": _gaps(export.line),
        "findings": _findings(export),
    }
    for name, records in content.items():
        _add_layer(connection, export, system, name, list(records))
    _add_styles(connection, export)


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
    plate = f"fixed to plate {plain(frame.plate)}" if frame.plate else "fixed in the frame or not said"
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


def _date(export: Export) -> str:
    """The date of the file as GeoPackage writes it."""
    return export.dated.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _add_metadata(connection: sqlite3.Connection, export: Export) -> None:
    """What the file is, as metadata of the whole."""
    uri = "http://www.geopackage.org/spec131/#extension_metadata"
    extensions = [(table, None, "gpkg_metadata", uri, "read-write") for table in METADATA_TABLES]
    text = json.dumps(about(export), ensure_ascii=False, allow_nan=False, indent=1)
    _insert(connection, "gpkg_extensions", extensions)
    _insert(
        connection,
        "gpkg_metadata",
        [(1, "dataset", "https://www.rfc-editor.org/rfc/rfc8259", "application/json", text)],
    )
    _insert(connection, "gpkg_metadata_reference", [("geopackage", None, None, None, _date(export), 1, None)])


METADATA_TABLES = ("gpkg_metadata", "gpkg_metadata_reference")


def _add_layer(
    connection: sqlite3.Connection, export: Export, system: ReferenceSystem, name: str, records: list[Record]
) -> None:
    """A layer or table: its definition, its entry in the contents, its rows."""
    geometry = GEOMETRIES.get(name)
    described = f"{DESCRIPTIONS[name]}. {standing(export.line)}."
    bounds = _bounds(records) if geometry else (None,) * 4
    kind, srs_id = ("features", system.srs_id) if geometry else ("attributes", None)
    connection.execute(LAYERS[name])
    _insert(
        connection,
        "gpkg_contents",
        [(name, kind, name, plain(described), _date(export), *bounds, srs_id)],
    )
    if geometry:
        _insert(connection, "gpkg_geometry_columns", [(name, "geom", geometry, system.srs_id, 0, 0)])
    _insert(connection, name, [(number, *record) for number, record in enumerate(records, 1)])


def _bounds(records: Sequence[Record]) -> tuple[float | None, ...]:
    """Least and greatest longitude and latitude of a layer, as gpkg_contents has them; nothing for an empty layer."""
    if not records:
        return (None,) * 4
    boxes = np.array([wkb.bounds(record[0]) for record in records if isinstance(record[0], bytes)])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _text(value: str | None) -> str | None:
    """A text of a person."""
    return None if value is None else plain(value)


def _legs(export: Export, srs_id: int) -> Iterator[Record]:
    """The layer of legs."""
    for drawn in drawn_legs(export.line, export.tolerance_m, export.to_frame):
        leg, section, reading = drawn.leg, drawn.section, drawn.leg.reading
        yield (
            wkb.multi_line(cut_chain(drawn.chain), srs_id),
            plain(section.name),
            plain(leg.name),
            plain(leg.kind),
            plain(leg.said),
            plain("\n".join(words.text for words in words_of(leg))),
            _text(reading.name if reading else None),
            _text(reading.by if reading else None),
            plain(", ".join(reading.also)) if reading else None,
            _text(section.left),
            _text(section.right),
            map_styles.status_value(section.status),
            round(leg.length_m, 3),
            greatest_sigma_m(leg),
            export.tolerance_m,
            plain(drawn.step.operation),
            drawn.step.accuracy_m,
            NOT_AGREED,
            plain(export.line.reading_by),
        )


def _vertices(line: BoundaryLine, srs_id: int) -> Iterator[Record]:
    """The layer of defining vertices, exactly where the canonical line has them."""
    rows = [row for row in catalogue(line) if isinstance(row, Row)]
    units = np.array([(row.longitude, row.latitude) for row in rows], dtype=np.int64).reshape(-1, 2)
    for row, (lon_deg, lat_deg) in zip(rows, places(units, unchanged("own frame")).tolist(), strict=True):
        piece = row.piece
        yield (
            wkb.point(lon_deg, lat_deg, srs_id),
            plain(row.section),
            row.number,
            plain(row.name),
            dms(row.latitude, Axis.LATITUDE),
            dms(row.longitude, Axis.LONGITUDE),
            row.latitude,
            row.longitude,
            row.source.value,
            row.tolerance_m,
            row.sigma_m,
            plain(piece.leg) if piece else None,
            plain(piece.kind) if piece else None,
            round(piece.length_m, 3) if piece else None,
            round(piece.azimuth_start_deg, 7) if piece else None,
            round(piece.azimuth_end_deg, 7) if piece else None,
            NOT_AGREED,
            plain(line.reading_by),
        )


def _points(line: BoundaryLine, srs_id: int) -> Iterator[Record]:
    """The layer of named points."""
    for point, position in zip(line.points, point_places(line, unchanged("own frame")), strict=True):
        longitude, latitude = point.units
        yield (
            wkb.point(position[0], position[1], srs_id),
            plain(point.name),
            dms(latitude, Axis.LATITUDE),
            dms(longitude, Axis.LONGITUDE),
            int(latitude),
            int(longitude),
            point.source.value,
            point.tolerance_m,
            NOT_AGREED,
            plain(line.reading_by),
        )


def _rings(export: Export, srs_id: int) -> Iterator[Record]:
    """The layer of the outlines of rings that have one."""
    line = export.line
    for section in line.sections:
        if not section.ring or len(section.legs) != len(section.parts):
            continue
        drawn: tuple[DrawnLeg, ...] = tuple(
            drawn_leg(section, leg, export.tolerance_m, export.to_frame) for leg in section.legs
        )
        outline: Floats | None = ring_of(drawn)
        if outline is not None:
            yield (
                wkb.multi_polygon(cut_ring(counter_clockwise(outline)), srs_id),
                plain(section.name),
                _text(section.right),
                _text(section.left),
                map_styles.status_value(section.status),
                dict(line.areas_m2).get(section.name),
                NOT_AGREED,
                plain(line.reading_by),
            )


def _gaps(line: BoundaryLine) -> Iterator[Record]:
    """The table of gaps."""
    for gap in line.gaps:
        yield (
            plain(gap.section),
            plain(gap.name),
            plain(gap.said),
            plain("\n".join(words.text for words in words_of(gap))),
            _text(gap.start),
            _text(gap.end),
            gap.why.code,
            plain(gap.why.sentence),
            NOT_AGREED,
            plain(line.reading_by),
        )


def _findings(export: Export) -> Iterator[Record]:
    """The table of findings."""
    for finding in export.findings:
        yield (
            finding.code,
            finding.severity.value,
            _text(finding.subject),
            place_text(finding) or None,
            plain(finding.sentence),
            plain("; ".join(map(measure_text, finding.measures))) or None,
            _text(finding.expected),
            _text(finding.hint),
            _text(finding.settles),
        )


def _add_styles(connection: sqlite3.Connection, export: Export) -> None:
    """The styles, and their table as one that the contents name."""
    styles = (
        ("legs", map_styles.legs_qml(), map_styles.legs_sld()),
        ("vertices", map_styles.vertices_qml(), map_styles.vertices_sld()),
        ("points", map_styles.vertices_qml(), map_styles.vertices_sld()),
        ("rings", map_styles.rings_qml(), map_styles.rings_sld()),
    )
    date = _date(export)
    _insert(
        connection,
        "layer_styles",
        [
            (number, "", "", layer, "geom", map_styles.STYLE_NAME, qml, sld, 1, NOT_AGREED, "", None, date)
            for number, (layer, qml, sld) in enumerate(styles, 1)
        ],
    )
    contents = ("layer_styles", "attributes", "layer_styles", "Styles of the layers", date, *(None,) * 5)
    _insert(connection, "gpkg_contents", [contents])
