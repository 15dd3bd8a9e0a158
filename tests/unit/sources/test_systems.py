"""A reference system is known by every spelling in use; what is not understood stays what was read and is never WGS 84."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from pyproj import CRS

from fakes import foreign_files as files
from merestone.casefile.claim_file import Wanted
from merestone.casefile.layer_frame import geographic
from merestone.errors import UnreadableFileError
from merestone.sources.child import read_unpacked
from merestone.sources.layer import Layer, Part, Role
from merestone.sources.limits import DEFAULT_LIMITS
from merestone.sources.systems import system_of
from merestone.sources.vectors import read_vectors

PULKOVO = CRS("EPSG:4284")
UNDERSTOOD: dict[str, list[object]] = {
    "EPSG:4284": ["EPSG:4284", "epsg:4284", "EPSG::4284", "EPSG 4284", "EPSG4284", "[EPSG:4284]",
                  "urn:ogc:def:crs:EPSG::4284", "urn:ogc:def:crs:EPSG:9.8:4284", "urn:ogc:def:crs:EPSG:4284",
                  "urn:x-ogc:def:crs:EPSG:6.6:4284", "urn:EPSG:geographicCRS:4284",
                  "http://www.opengis.net/def/crs/EPSG/0/4284", "https://www.opengis.net/def/crs/EPSG/9.8.5/4284",
                  "http://www.opengis.net/gml/srs/epsg.xml#4284", "https://epsg.io/4284",
                  "http://spatialreference.org/ref/epsg/4284/", "Pulkovo 1942", "pulkovo-1942",
                  PULKOVO.to_wkt(), PULKOVO.to_wkt("WKT1_ESRI"), PULKOVO.to_wkt("WKT1_GDAL"),
                  PULKOVO.to_json_dict()],
    "EPSG:4326": ["EPSG:4326", "WGS 84", "WGS84", "CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84",
                  "urn:ogc:def:crs:OGC::CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "EPSG:4979",
                  CRS("EPSG:4326").to_wkt("WKT1_ESRI"), CRS("EPSG:4326+5773").to_wkt(),
                  CRS("OGC:CRS84").to_json_dict()],
    "EPSG:4269": ["OGC:CRS83", "NAD83"],
    "EPSG:32638": ["WGS 84 / UTM zone 38N", CRS("EPSG:32638").to_wkt("WKT1_ESRI"),
                   CRS("+proj=utm +zone=38 +datum=WGS84").to_wkt()],
    "EPSG:3857": ["ESRI:102100", CRS("EPSG:3857").to_wkt("WKT1_ESRI")],
    "EPSG:4807": [CRS("EPSG:4807").to_wkt()],
    "ESRI:54030": ["ESRI:54030", "urn:ogc:def:crs:ESRI::54030", CRS("ESRI:54030").to_wkt("WKT1_ESRI")],
}  # fmt: skip
NOT_UNDERSTOOD: list[object] = [
    "EPSG:54030", "EPSG:99999", "urn:ogc:def:crs:EPSG::54030", "http://www.opengis.net/def/crs/EPSG/0/54030",
    "urn:ogc:def:crs,crs:EPSG::27700,crs:EPSG::5701", "urn:ogc:def:crs:EPSG::", "EPSG:", "foo:4326", "4326", "84",
    "lat/lon", "unknown", "WGS", "WGS 84 (something)", "http://example.org/4326", "OGC:CRS85", "LOCAL_CS[\"WGS 84\"]",
    CRS("+proj=longlat +ellps=WGS84").to_wkt(), CRS("+proj=longlat +ellps=krass").to_wkt(),
    CRS("+proj=utm +zone=38 +ellps=WGS84").to_wkt("WKT1_GDAL"), "GEOGCS[\"WGS 84\"", {"type": "GeographicCRS"}, {},
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Paris",2.33722917],'
    'UNIT["degree",0.0174532925199433]]',
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["grad",0.01570796326794897]]',
]  # fmt: skip


@pytest.mark.parametrize(("code", "stated"), [(code, text) for code, texts in UNDERSTOOD.items() for text in texts])
def test_every_spelling_of_a_system_is_known(code: str, stated: object) -> None:
    """Codes, URNs with and without version, addresses, names and definitions give one code."""
    assert system_of(stated) == (code, "")


@pytest.mark.parametrize("stated", NOT_UNDERSTOOD)
def test_what_is_not_understood_is_told_as_it_was_read(stated: object) -> None:
    """There is no code, and the text says what was read."""
    code, read = system_of(stated)
    assert code is None
    assert read.startswith("«")


def test_a_number_of_esri_under_the_wrong_authority_is_told(tmp_path: Path) -> None:
    """EPSG has no 54030; Esri has one of that number, and it is named."""
    assert "World_Robinson: ESRI:54030" in system_of("EPSG:54030")[1]
    with pytest.raises(UnreadableFileError, match=r"EPSG:54030.*\.claim\.toml"):
        _frame(_geojson(tmp_path, {"type": "name", "properties": {"name": "EPSG:54030"}}))


def _geojson(folder: Path, crs: object) -> Path:
    return files.write_json(folder / "a.geojson", files.collection(files.line(files.LINE), crs=crs))


def _frame(path: Path, frame: str | None = None) -> str | None:
    return geographic(Wanted(path, frame=frame), _layer(path))[0].code


def _layer(path: Path) -> Layer:
    """What a file states, read here and not by a child process where GDAL is not needed."""
    if path.suffix in {".gpkg", ".shp", ".fgb"}:
        return read_vectors(path)
    raw = read_unpacked(path, path.name, None, DEFAULT_LIMITS)
    parts = (Part(0, Role.LINE, raw.chains.lonlat),)
    return Layer(path.name, raw.name, raw.format, "", raw.crs, raw.attributes, parts, (), raw.crs_note)


@pytest.mark.parametrize(
    "member",
    [{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG:4284"}},
     {"type": "link", "properties": {"href": "http://www.opengis.net/def/crs/EPSG/0/4284", "type": "ogcwkt"}},
     {"type": "EPSG", "properties": {"code": 4284}},
     {"type": "OGC", "properties": {"urn": "urn:ogc:def:crs:EPSG::4284"}},
     "EPSG:4284", PULKOVO.to_json_dict()],
)  # fmt: skip
def test_every_form_of_a_geojson_crs_is_heeded(tmp_path: Path, member: object) -> None:
    """A name, a link, the forms of the drafts, a text and PROJJSON; in the collection, a feature or a geometry."""
    assert _frame(_geojson(tmp_path, member)) == "EPSG:4284"
    inside = files.collection(files.line(files.LINE))
    inside["features"][0]["crs"] = member
    assert _frame(files.write_json(tmp_path / "b.geojson", inside)) == "EPSG:4284"
    (tmp_path / "c.geojsonl").write_text(json.dumps(inside["features"][0]))
    assert _frame(tmp_path / "c.geojsonl") == "EPSG:4284"
    assert _frame(files.write_json(tmp_path / "d.geojson", {**files.line(files.LINE), "crs": member})) == "EPSG:4284"


@pytest.mark.parametrize("member", [None, {}, {"type": "name"}, {"type": "name", "properties": {}}, 4284, [], "",
                                    {"type": "link", "properties": {"href": "http://example.org/crs/1"}}])  # fmt: skip
def test_a_geojson_crs_that_says_nothing_usable_is_refused(tmp_path: Path, member: object) -> None:
    """Null says that no system can be assumed (GeoJSON 2008, 3); a broken member says that one was meant."""
    path = _geojson(tmp_path, member)
    with pytest.raises(UnreadableFileError, match=r"reference system .* is not understood"):
        _frame(path)
    assert _frame(path, "EPSG:4284") == "EPSG:4284"


def test_features_of_two_systems_are_refused(tmp_path: Path) -> None:
    """One layer has one system: two of them, or one for some of the features, are not read."""
    made = files.collection(files.line(files.LINE), files.line(files.OTHER))
    made["features"][0]["crs"] = {"type": "name", "properties": {"name": "EPSG:4284"}}
    with pytest.raises(UnreadableFileError, match="same `crs`"):
        read_vectors(files.write_json(tmp_path / "a.geojson", made))


def test_topojson_and_csv_name_their_system(tmp_path: Path) -> None:
    """A `crs` of a topology, a column and an SRID of a table are heeded, and refused where they are not understood."""
    topology = {"type": "Topology", "arcs": [files.LINE], "objects": {"a": {"type": "LineString", "arcs": [0]}}}
    named = {"type": "name", "properties": {"name": "EPSG:4284"}}
    assert _frame(files.write_json(tmp_path / "a.topojson", {**topology, "crs": named})) == "EPSG:4284"
    assert _frame(files.write_json(tmp_path / "b.topojson", topology)) == "EPSG:4326"
    table = tmp_path / "a.csv"
    for text in ("lon,lat,crs\n44,40,EPSG:4284\n45,41,EPSG:4284\n", "lon,lat,epsg\n44,40,4284\n45,41,4284\n",
                 'wkt\n"SRID=4284;LINESTRING(44 40,45 41)"\n'):  # fmt: skip
        table.write_text(text)
        assert _frame(table) == "EPSG:4284"
    table.write_text("lon,lat,crs\n44,40,lat/lon\n45,41,lat/lon\n")
    with pytest.raises(UnreadableFileError, match="lat/lon"):
        _frame(table)


def test_a_definition_that_gdal_drops_is_not_taken_for_silence(tmp_path: Path) -> None:
    """The `.prj` of a Shapefile is read by GDAL, or told as it stands; only where there is none is nothing stated."""
    path = files.write_with_gdal(tmp_path / "a.shp", "ESRI Shapefile", "EPSG:4284")
    prj = path.with_suffix(".prj")
    prj.write_text(PULKOVO.to_wkt("WKT1_ESRI"))
    assert _frame(path) == "EPSG:4284"
    for text in ("Pulkovo, as usual", 'LOCAL_CS["mine"]', CRS("+proj=longlat +ellps=krass").to_wkt("WKT1_ESRI")):
        prj.write_text(text)
        with pytest.raises(UnreadableFileError, match=r"reference system .* is not understood"):
            _frame(path)
    prj.unlink()
    assert _frame(path) == "EPSG:4326"


@pytest.mark.parametrize(("number", "says"), [(-1, "undefined"), (0, "undefined"), (77, "does not define")])
def test_an_undefined_system_of_a_geopackage_is_refused(tmp_path: Path, number: int, says: str) -> None:
    """-1 and 0 are undefined by the standard; a number without a row says nothing."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE gpkg_geometry_columns SET srs_id = ?", (number,))
    with pytest.raises(UnreadableFileError, match=says):
        _frame(path)


def test_a_geopackage_whose_code_and_definition_differ_is_refused(tmp_path: Path) -> None:
    """The row says EPSG:4284 by its code and WGS 84 by its definition: both are told."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG", "EPSG:4284")
    assert _frame(path) == "EPSG:4284"
    with closing(sqlite3.connect(path)) as database, database:
        definition = CRS("EPSG:4326").to_wkt("WKT1_GDAL")
        database.execute("UPDATE gpkg_spatial_ref_sys SET definition = ? WHERE srs_id = 4284", (definition,))
    with pytest.raises(UnreadableFileError, match="EPSG:4284 by its code, EPSG:4326 by its definition"):
        _frame(path)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_flatgeobuf_states_its_system_or_none(tmp_path: Path) -> None:
    """A code, none, and a definition that is the same as no registry's."""
    for crs, expected in (("EPSG:4284", "EPSG:4284"), (None, "EPSG:4326"), ("ESRI:102100", None)):
        path = files.write_with_gdal(tmp_path / f"{expected}.fgb", "FlatGeobuf", crs)
        if expected:
            assert _frame(path) == expected
        else:
            assert read_vectors(path).crs == "EPSG:3857"
    path = files.write_with_gdal(
        tmp_path / "x.fgb", "FlatGeobuf", CRS("+proj=longlat +ellps=krass").to_wkt("WKT1_GDAL")
    )
    with pytest.raises(UnreadableFileError, match=r"reference system .* is not understood"):
        _frame(path)


def test_a_flatgeobuf_with_a_code_that_nobody_has_is_refused(tmp_path: Path) -> None:
    """GDAL drops such a code with a warning; the header is asked instead."""
    path = files.write_with_gdal(tmp_path / "a.fgb", "FlatGeobuf", "EPSG:4284")
    content = path.read_bytes()
    assert content.count(np.int32(4284).tobytes()) == 1
    path.write_bytes(content.replace(np.int32(4284).tobytes(), np.int32(54030).tobytes()))
    with pytest.raises(UnreadableFileError, match="54030"):
        _frame(path)


def test_silence_is_taken_for_wgs_84_and_said_with_what_it_may_cost(tmp_path: Path) -> None:
    """In the Caucasus the same numbers in Pulkovo 1942 lie a good hundred metres off; a claim settles it, and what it
    says against the file is said."""
    (tmp_path / "a.csv").write_text("lon,lat\n44,40\n45,41\n")
    layer = _layer(tmp_path / "a.csv")
    (remark,) = geographic(Wanted(tmp_path / "a.csv"), layer)[1].remarks
    assert (remark.code, remark.unit) == ("D107", "m")
    assert remark.size is not None
    assert 100.0 < remark.size < 200.0
    assert not geographic(Wanted(tmp_path / "a.csv", frame="Pulkovo 1942"), layer)[1].remarks
    path = _geojson(tmp_path, {"type": "name", "properties": {"name": "EPSG:4284"}})
    frame, against = geographic(Wanted(path, frame="ED50"), _layer(path))
    assert (frame.code, [each.code for each in against.remarks]) == ("EPSG:4230", ["D124"])
