"""GeoPackage and KML, read by independent readers."""

from __future__ import annotations

import sqlite3
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from lxml import etree

from fakes.boundary_lines import OWN_FRAME, export, hostile, ordinary, over_the_antimeridian
from merestone.delimit.boundary_line import BoundaryLine
from merestone.description.tree import Status
from merestone.publish import map_styles, wkb
from merestone.publish.geopackage import write_geopackage
from merestone.publish.kml import NAMESPACE, write_kml

LINES = (ordinary(), hostile(), over_the_antimeridian())


def database(line: BoundaryLine) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(write_geopackage(export(line)))
    connection.row_factory = sqlite3.Row
    return connection


def test_the_file_calls_itself_a_geopackage_of_version_1_3() -> None:
    """Application id and user version stand in the header of the file."""
    data = write_geopackage(export(ordinary()))
    assert data[:16] == b"SQLite format 3\0"
    assert struct.unpack(">I", data[68:72])[0] == 0x47504B47
    assert struct.unpack(">I", data[60:64])[0] == 10300


def test_the_file_is_sound() -> None:
    """SQLite finds no fault with its pages or its references."""
    connection = database(ordinary())
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("line", LINES)
def test_the_defining_vertices_are_whole_units(line: BoundaryLine) -> None:
    """The columns of units and the geometry name the same place, and it is the line's."""
    every = {tuple(pair) for leg in line.legs for pair in leg.vertices.tolist()}
    rows = database(line).execute("SELECT * FROM vertices").fetchall()
    assert {(row["longitude_1e9"], row["latitude_1e9"]) for row in rows} == every
    for row in rows:
        place = shapely.from_wkb(row["geom"][8:])
        assert (place.x - row["longitude_1e9"] / 1e9) % 360.0 == pytest.approx(0.0, abs=1e-9)
        assert place.y == pytest.approx(row["latitude_1e9"] / 1e9, abs=1e-12)


@pytest.mark.parametrize("line", LINES)
def test_the_styles_match_the_values_in_the_layers(line: BoundaryLine) -> None:
    """Each layer has one default style in QML and in SLD, and every status in the layer has a stroke in both."""
    connection = database(line)
    for row in connection.execute("SELECT * FROM layer_styles"):
        assert row["useAsDefault"] == 1
        qml, sld = etree.fromstring(row["styleQML"].encode()), etree.fromstring(row["styleSLD"].encode())
        assert qml.tag == "qgis"
        assert etree.QName(sld).localname == "StyledLayerDescriptor"
        if row["f_table_name"] == "legs":
            values = {category.get("value") for category in qml.iter("category")}
            literals = {element.text for element in sld.iter("{http://www.opengis.net/ogc}Literal")}
            used = {leg["status"] for leg in connection.execute("SELECT status FROM legs")}
            assert used <= values == literals


def test_every_status_has_a_dash_and_a_dash_of_its_own() -> None:
    """No status is drawn unbroken, and no two are told apart by colour alone."""
    dashes = [stroke.dashes_mm for stroke in map_styles.STROKES.values()]
    assert set(map_styles.STROKES) == {None, *Status}
    assert all(len(dash) >= 2 and min(dash) > 0.0 for dash in dashes)
    assert len(set(dashes)) == len(dashes)


def test_an_own_frame_is_defined_by_its_ellipsoid() -> None:
    """A frame that no authority has numbered comes with its constants, under no authority's number."""
    connection = database(replace(ordinary(), frame=OWN_FRAME))
    row = connection.execute("SELECT * FROM gpkg_spatial_ref_sys WHERE organization = 'NONE' AND srs_id > 0").fetchone()
    assert '"Clarke 1880 (RGS)",6378249.145,293.465' in row["definition"]
    assert (
        connection.execute("SELECT srs_id FROM gpkg_contents WHERE table_name = 'legs'").fetchone()[0] == row["srs_id"]
    )


def test_gaps_and_findings_are_tables() -> None:
    """What could not be computed, and what the checker found, is in the file."""
    connection = database(ordinary())
    assert [row["why"] for row in connection.execute("SELECT why FROM gaps")] == ["the thalweg is not yet compiled"]
    assert [row["code"] for row in connection.execute("SELECT code FROM findings")] == ["O101", "X201"]


def test_a_geometry_is_well_known_binary_behind_its_header() -> None:
    """The bounds in the header are those of the geometry that follows it."""
    parts = [np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[-4.0, 0.0], [0.0, 1.0]])]
    blob = wkb.multi_line(parts, 4326)
    assert struct.unpack("<i", blob[4:8])[0] == 4326
    geometry = shapely.from_wkb(blob[40:])
    assert geometry.geom_type == "MultiLineString"
    assert wkb.bounds(blob) == geometry.bounds
    assert wkb.bounds(wkb.point(7.0, 8.0, 4326)) == (7.0, 8.0, 7.0, 8.0)


@pytest.mark.parametrize("line", LINES, ids=["ordinary", "hostile", "antimeridian"])
def test_gdal_reads_the_layers(line: BoundaryLine, tmp_path: Path) -> None:
    """An independent reader finds the layers, their rows and valid geometries."""
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "line.gpkg"
    path.write_bytes(write_geopackage(export(line)))
    assert {"legs", "vertices", "points", "rings", "gaps", "findings"} <= set(pyogrio.list_layers(path)[:, 0])
    meta, _, geometry, _ = pyogrio.raw.read(path, layer="legs")
    assert meta["crs"] == "EPSG:4326"
    assert len(geometry) == len(line.legs)
    assert all(shapely.from_wkb(blob).is_valid for blob in geometry)


def kml(line: BoundaryLine) -> Any:
    return etree.fromstring(write_kml(export(line)))


def find(element: Any, path: str) -> list[Any]:
    return list(element.iterfind(path.replace("/k:", f"/{{{NAMESPACE}}}")))


@pytest.mark.parametrize("line", LINES, ids=["ordinary", "hostile", "antimeridian"])
def test_kml_has_every_leg_and_point(line: BoundaryLine) -> None:
    """Each leg, point and gap is a placemark; lines lie on the ground; styles are defined."""
    root = kml(line)
    rings = sum(section.ring for section in line.sections)
    assert len(find(root, ".//k:Placemark")) == len(line.legs) + len(line.gaps) + len(line.points) + rings
    assert all(element.text == "1" for element in find(root, ".//k:LineString/k:tessellate"))
    styles = {element.get("id") for element in find(root, ".//k:Style")}
    assert {element.text[1:] for element in find(root, ".//k:styleUrl")} <= styles


def test_kml_writes_positions_as_longitude_then_latitude() -> None:
    """The first position of the first leg is its first vertex."""
    first = find(kml(ordinary()), ".//k:LineString/k:coordinates")[0].text.split()[0]
    assert first == "24.000000000,19.500000000"


def test_no_text_of_the_kml_is_markup_in_a_balloon() -> None:
    """Globes show texts as HTML after XML is unescaped: no text has a tag left."""
    root = kml(hostile())
    assert not any("<" in (element.text or "") for element in root.iter())
    assert find(root, ".//k:script") == []
