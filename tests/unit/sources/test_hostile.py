"""Files made to harm: each is refused with a sentence, the process that asked survives, and nothing is left behind."""

from __future__ import annotations

import contextlib
import gzip
import json
import math
import os
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fakes import foreign_files as files
from merestone.errors import UnreadableFileError
from merestone.sources import child
from merestone.sources.limits import MIB, ReadingLimits
from merestone.sources.refused import RefusedError
from merestone.sources.soundness import sound
from merestone.sources.vectors import read_vectors

SMALL = ReadingLimits(file_bytes=4 * MIB, unpacked_bytes=8 * MIB, memory_bytes=1024 * MIB, processor_s=20, wall_s=60.0)


@pytest.fixture(autouse=True)
def staging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After every test the folder for temporary files is empty again."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def refused(path: Path, limits: ReadingLimits = SMALL, layer: str | None = None) -> str:
    """The reason for which a file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        read_vectors(path, layer, limits)
    assert caught.value.path == path
    return caught.value.why


def refused_here(path: Path) -> str:
    """The reason for which a file is refused, read in this process: for files that are wrong but not dangerous."""
    with pytest.raises(RefusedError) as caught:
        sound(child.read_unpacked(path, path.name, None, SMALL))
    return str(caught.value)


def _text(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _geojson(folder: Path, coordinates: str) -> Path:
    return _text(folder, "a.geojson", f'{{"type": "LineString", "coordinates": {coordinates}}}')


# --- what is no file of vectors ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.geojson", "a.json", "a.kml", "a.csv", "a.gpkg", "a.fgb", "a.shp"])
def test_a_virtual_file_under_any_name_is_refused(tmp_path: Path, name: str) -> None:
    """A VRT of GDAL, which points to another file, is not opened whatever it is called."""
    secret = files.write_json(tmp_path / "secret.geojson", files.collection(files.line(files.LINE)))
    vrt = (
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
        "</OGRVRTDataSource>"
    )
    assert "virtual file" in refused_here(_text(tmp_path, name, vrt))


def test_a_virtual_file_behind_a_long_comment_is_refused(tmp_path: Path) -> None:
    """What stands before the first element does not matter; an XML that is no KML is not read."""
    vrt = f"<!--{'kml' * 3000}--><OGRVRTDataSource></OGRVRTDataSource>"
    assert "first bytes say none" in refused(_text(tmp_path, "a.kml", vrt))
    vrt = f"<!--<kml {'x' * 9000}--><OGRVRTDataSource></OGRVRTDataSource>"
    assert "first element is <OGRVRTDataSource>" in refused(_text(tmp_path, "b.kml", vrt))


@pytest.mark.parametrize("name", ["a.vrt", "a.txt", "a", ".geojson", "a.gml", "a.xlsx", "a.shp.gz"])
def test_names_of_other_formats_are_refused(tmp_path: Path, name: str) -> None:
    """What is not in the list of formats is not looked into."""
    why = refused(_text(tmp_path, name, "{}"))
    assert any(said in why for said in ("read are", "Shapefile is several files", "it is a report for people"))


@pytest.mark.parametrize("name", ["a.gpkg", "a.kml", "a.fgb", "a.shp", "a.geojson.gz", "a.kmz", "a.zip"])
def test_a_name_that_its_content_belies_is_refused(tmp_path: Path, name: str) -> None:
    """GeoJSON under the name of another format is refused, with what to do."""
    why = refused(files.write_json(tmp_path / name, files.collection(files.line(files.LINE))))
    assert "give it the name that fits" in why


def test_an_unpacked_name_does_not_hide_an_archive(tmp_path: Path) -> None:
    """A gzip file must say so in its name."""
    assert "packed with gzip" in refused(files.write_gzip(tmp_path / "a.geojson", b"{}"))


@pytest.mark.parametrize(
    "path", ["/vsicurl/http://127.0.0.1/a.geojson", "/vsizip/a.zip/a.geojson", "http://x/a.geojson"]
)
def test_addresses_are_no_files(path: str) -> None:
    """Neither GDAL's virtual file systems nor addresses of the network are followed."""
    assert "cannot be opened" in refused(Path(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """Nobody writes to the pipe; opening it does not hang."""
    os.mkfifo(tmp_path / "a.geojson")
    assert "pipe" in refused(tmp_path / "a.geojson")


def test_a_device_reached_by_a_link_is_refused(tmp_path: Path) -> None:
    """An endless device under the name of a GeoJSON is no file."""
    (tmp_path / "a.geojson").symlink_to("/dev/zero")
    assert "device" in refused(tmp_path / "a.geojson")


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    """Both are said for what they are."""
    (tmp_path / "a.geojson").mkdir()
    assert "a folder" in refused(tmp_path / "a.geojson")
    assert "cannot be opened" in refused(tmp_path / "b.geojson")


@pytest.mark.parametrize("name", ["a.geojson", "a.csv", "a.kml", "a.gpkg", "a.shp", "a.fgb", "a.topojson"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    """No bytes, or only white space, are no layer."""
    assert "it is empty" in refused_here(_text(tmp_path, name, ""))
    assert "it is empty" in refused_here(_text(tmp_path, name, " \n"))


# --- bombs -------------------------------------------------------------------------------------------------------


def test_bombs_are_stopped_while_they_unpack(tmp_path: Path) -> None:
    """Gzip, KMZ and zipped Shapefile that unpack to far more than they are stop at the cap, by ratio or by size."""
    zeros = b'{"a":"' + bytes([32]) * (6 * MIB)
    assert "200 times its size" in refused(files.write_gzip(tmp_path / "a.geojson.gz", zeros))
    large = b" " * (9 * MIB)
    assert "larger than 8 MiB" in refused(files.write_zip(tmp_path / "a.kmz", {"doc.kml": large}))
    assert "larger than 8 MiB" in refused(files.write_zip(tmp_path / "a.zip", {"a.shp": large}))
    assert "times its size" in refused(files.write_zip(tmp_path / "b.kmz", {"doc.kml": zeros}))


def test_what_an_archive_says_of_its_sizes_is_not_believed(tmp_path: Path) -> None:
    """A KMZ whose directory states one byte is cut off all the same."""
    path = files.write_zip(tmp_path / "a.kmz", {"doc.kml": b" " * (6 * MIB)})
    data = bytearray(path.read_bytes())
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (1).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    assert refused(path)


def test_gzip_of_many_members_is_counted_as_a_whole(tmp_path: Path) -> None:
    """Ten members of one mebibyte each are ten mebibytes."""
    path = tmp_path / "a.geojson.gz"
    path.write_bytes(gzip.compress(os.urandom(512) * 2048) * 10)
    assert "larger than 8 MiB" in refused(path, ReadingLimits(unpacked_bytes=8 * MIB, ratio=100_000))


def test_broken_archives_are_refused(tmp_path: Path) -> None:
    """Cut off, damaged, crowded, ambiguous and encrypted archives each give their reason."""
    packed = gzip.compress(b"{}" * 100)
    (tmp_path / "a.geojson.gz").write_bytes(packed[:-12])
    assert "ends too early" in refused(tmp_path / "a.geojson.gz")
    (tmp_path / "b.geojson.gz").write_bytes(packed[:12] + b"\xff\xff" + packed[14:])
    assert "damaged" in refused(tmp_path / "b.geojson.gz")
    (tmp_path / "a.kmz").write_bytes(b"PK\x03\x04" + b"x" * 100)
    assert "not a valid zip archive" in refused(tmp_path / "a.kmz")
    crowd = files.write_zip(tmp_path / "b.kmz", {f"{number}.png": b"" for number in range(100)})
    assert "more than 64 files" in refused(crowd)
    assert "2 KML files" in refused(files.write_zip(tmp_path / "c.kmz", {"a.kml": b"<kml/>", "b.kml": b"<kml/>"}))
    assert "0 Shapefiles" in refused(files.write_zip(tmp_path / "d.zip", {"../../a.dbf": b""}))


def test_members_never_leave_the_folder(tmp_path: Path) -> None:
    """A member named with a way out is unpacked under our own name."""
    made = files.write_with_gdal(tmp_path / "in.shp", "ESRI Shapefile")
    members = {f"../../../escaped{end}": made.with_suffix(end).read_bytes() for end in (".shp", ".shx", ".dbf", ".prj")}
    assert len(read_vectors(files.write_zip(tmp_path / "a.zip", members)).parts) == 2
    assert not list(tmp_path.parent.glob("escaped*"))


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    """A hundred thousand brackets neither crash nor hang."""
    assert "nested deeper" in refused(_geojson(tmp_path, "[" * 100_000))
    nested = '{"type":"GeometryCollection","geometries":[' * 50 + "]}" * 50
    assert "nested too deep" in refused(_text(tmp_path, "b.geojson", nested))
    assert "nested deeper" in refused(_text(tmp_path, "c.kml", "<kml>" + "<Folder>" * 5000))


def test_entities_are_refused(tmp_path: Path) -> None:
    """A billion laughs, and an entity that would read a file of ours, end at the document type."""
    laughs = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><kml><name>&b;</name></kml>'
    assert "document type or entities" in refused(_text(tmp_path, "a.kml", laughs))
    outside = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><name>&x;</name></kml>'
    assert "document type or entities" in refused(_text(tmp_path, "b.kml", outside))


def test_a_topology_that_repeats_an_arc_ends_at_the_limits(tmp_path: Path) -> None:
    """A small file whose lines would hold 400 million vertices is refused."""
    arc = [[0.001 * number, 1.0] for number in range(20_000)]
    lines = {"type": "LineString", "arcs": [0, -1] * 10_000}
    topology = {"type": "Topology", "objects": {"a": lines}, "arcs": [arc]}
    assert "memory" in refused(files.write_json(tmp_path / "a.topojson", topology))


# --- limits of the child -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "limits",
    [
        ReadingLimits(wall_s=0.01),
        ReadingLimits(memory_bytes=1),
        ReadingLimits(file_bytes=1000),
        ReadingLimits(unpacked_bytes=1000),
        ReadingLimits(vertices=1000),
        ReadingLimits(features=0),
        ReadingLimits(attribute_bytes=10),
    ],
)
def test_whatever_the_child_dies_of_is_a_clean_error(tmp_path: Path, limits: ReadingLimits) -> None:
    """Time, memory and sizes that do not suffice give a sentence that says what to do."""
    coordinates = str([[index * 1e-6, 1.0] for index in range(200_000)])
    why = refused(_geojson(tmp_path, coordinates), limits)
    assert "; " in why


def test_a_child_that_is_killed_is_a_clean_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal from outside is reported as one."""
    script = tmp_path / "killed"
    script.write_text("#!/bin/sh\nkill -9 $$\n")
    script.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(script))
    assert "memory" in refused(_geojson(tmp_path, "[[1,2],[3,4]]"))


@pytest.mark.parametrize("answer", ["", "[]", "{", "{}", '{"without": ["A,B; rm"]}', '{"name": 1, "attributes": 3}'])
def test_an_answer_that_makes_no_sense_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """The parent believes nothing that a child taken over by a file might say."""
    script = tmp_path / "liar"
    script.write_text(f"#!/bin/sh\nfor last; do :; done\nprintf '%s' '{answer}' > \"$last/answer.json\"\n")
    script.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(script))
    assert "no answer that can be used" in refused(_geojson(tmp_path, "[[1,2],[3,4]]"))


# --- coordinates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coordinates", "why"),
    [
        ("[[1,2],[NaN,3]]", "feature 1, part 1, vertex 2 (nan, 3) is not a finite number"),
        ("[[1,2],[Infinity,3]]", "vertex 2 (inf, 3) is not a finite number"),
        ("[[1,2],[3,1e999]]", "vertex 2 (3, inf) is not a finite number"),
        ("[[1,2],[1e308,3]]", "vertex 2 (1e+308, 3) is beyond any place on Earth"),
        ("[[1,2],[200,95]]", "vertex 2 (200, 95) is out of range"),
        ("[[1,2],[400,5]]", "vertex 2 (400, 5) is out of range"),
        ("[[40,144],[41,151]]", "most likely swapped"),
        ("[[500000,4400000],[501000,4400000]]", "look like metres of a projection"),
        (f"[[1,2],[{'9' * 400},3]]", "more than 300 digits"),
        ('[["1","2"],[3,4]]', "not a number"),
        ("[[true,2],[3,4]]", "not a number"),
        ("[[null,2],[3,4]]", "not a number"),
        ("[[1],[3]]", "fewer than two numbers"),
        ("[1,2]", "not a list of positions"),
        ('"abc"', "not a list of positions"),
        ("null", "not a list of positions"),
        ("[]", "no geometry at all"),
        ("[[1,2],[1,2]]", "two distinct places"),
        ("[[1,2]]", "two distinct places"),
    ],
)
def test_bad_coordinates_are_refused_by_name(tmp_path: Path, coordinates: str, why: str) -> None:
    """The sentence names feature, part and vertex, and the likely reason."""
    assert why in refused_here(_geojson(tmp_path, coordinates))


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "null", '{"type":"FeatureCollection"}', '{"type":"FeatureCollection","features":[1]}', '{"type":"X"}',
     '{"type":"FeatureCollection","features":[]}', '{"type":"Feature","geometry":{"type":["x"]}}',
     '{"type":"Feature","geometry":5}', '{"type":"Polygon","coordinates":5}', '{"type":"MultiPolygon"}', "{'a':1}",
     '{"type":"Feature","geometry":null}', '{"type":"GeometryCollection"}', '{"type":"LineString","coordinates":[[1,2],'],
)  # fmt: skip
def test_broken_geojson_is_refused(tmp_path: Path, text: str) -> None:
    """JSON that is no GeoJSON, and GeoJSON without a geometry, give a reason and never a traceback."""
    why = refused_here(_text(tmp_path, "a.geojson", text))
    assert "; " in why


@pytest.mark.parametrize(
    "change",
    [{"arcs": None}, {"arcs": [[[0, 0], [1]]]}, {"objects": None}, {"objects": {}}, {"transform": {"scale": [1]}},
     {"objects": {"a": {"type": "LineString", "arcs": [9]}}}, {"objects": {"a": {"type": "LineString", "arcs": [-9]}}},
     {"objects": {"a": {"type": "LineString", "arcs": ["x"]}}}, {"objects": {"a": {"type": "Polygon", "arcs": [0]}}},
     {"objects": {"a": 5}}, {"type": "Topologie"}, {"transform": 5}],
)  # fmt: skip
def test_broken_topojson_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    """Arcs, objects and transforms that are not there or not what they should be give a reason."""
    sound = {"type": "Topology", "objects": {"a": {"type": "LineString", "arcs": [0]}}, "arcs": [[[0, 0], [1, 1]]]}
    assert "; " in refused_here(files.write_json(tmp_path / "a.topojson", sound | change))


def test_polygons_without_an_outline_are_refused(tmp_path: Path) -> None:
    """A hole never becomes a hole of the polygon before it."""
    ring = [[0, 0], [4, 0], [4, 4], [0, 0]]
    several = {"type": "MultiPolygon", "coordinates": [[ring], [[], ring]]}
    assert "hole and no outline" in refused_here(files.write_json(tmp_path / "a.geojson", files.collection(several)))
    polygon = "<Polygon><innerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing></innerBoundaryIs>"
    kml = f"<kml><Placemark>{polygon}</Polygon></Placemark></kml>"
    assert "hole and no outline" in refused_here(_text(tmp_path, "a.kml", kml))
    topology = {"type": "Topology", "arcs": [ring], "objects": {"a": {"type": "Polygon", "arcs": [[], [0]]}}}
    assert "hole and no outline" in refused_here(files.write_json(tmp_path / "a.topojson", topology))


def test_an_encoding_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    """XML may name any encoding; one that is not there is broken XML."""
    text = '<?xml version="1.0" encoding="UTF-0"?><kml></kml>'
    assert "unknown encoding" in refused_here(_text(tmp_path, "a.kml", text))


def _mutated(value: object, draw: random.Random) -> object:
    """A value with parts of it replaced or left out."""
    if draw.random() < 0.04:
        return draw.choice([None, True, -1, 1e308, math.nan, "x", [], {}, [[]], [None], {"type": "Point"}, 10**400])
    if isinstance(value, dict):
        return {key: _mutated(each, draw) for key, each in value.items() if draw.random() > 0.01}
    if isinstance(value, list):
        return [_mutated(each, draw) for each in value if draw.random() > 0.01]
    return value


@pytest.mark.parametrize("name", ["a.geojson", "a.topojson", "a.kml", "a.csv"])
def test_mutations_are_read_or_refused(tmp_path: Path, name: str) -> None:
    """Three hundred damaged files of each format that we read ourselves: none ends but by an answer or a refusal."""
    draw = random.Random(name)  # the same mutations every time
    square = [[0, 0], [4, 0], [4, 4], [0, 0]]
    collection = {"type": "GeometryCollection", "geometries": [{"type": "MultiPoint", "coordinates": [[1, 2, 3]]}]}
    shapes = {"type": "GeometryCollection", "geometries": [{"type": "MultiPolygon", "arcs": [[[0], [1]], [[-1]]]}]}
    sources: dict[str, object] = {
        "a.geojson": files.collection(files.line(files.LINE), files.polygon(square, square), collection, None),
        "a.topojson": {"type": "Topology", "arcs": [square, square[::-1]], "objects": {"a": shapes}},
        "a.kml": list(files.KML),
        "a.csv": list("line,lon,lat,note\na,44,40,=1\na,45,41,x\nb,1,2,y\nb,3,4,y\n"),
    }
    read = 0
    for _ in range(300):
        value = sources[name]
        if isinstance(value, list):
            text = "".join(draw.choice('<>,."0- =;\n\0') if draw.random() < 0.005 else each for each in value)
        else:
            text = json.dumps(_mutated(value, draw))
        path = _text(tmp_path, name, text)
        with contextlib.suppress(RefusedError):
            sound(child.read_unpacked(path, name, None, SMALL))
            read += 1
    assert 0 < read < 300  # some of each: mutations that are all refused, or none, would try nothing


# --- tables ------------------------------------------------------------------------------------------------------


def test_formulas_stay_text(tmp_path: Path) -> None:
    """A cell that a spreadsheet would evaluate is an attribute like any other, and is remarked."""
    layer = read_vectors(_text(tmp_path, "a.csv", 'lon,lat,note\n1,2,"=HYPERLINK(""http://x"")"\n3,4,x\n'))
    assert [remark.code for remark in layer.remarks] == ["D106", "D107"]
    layer = read_vectors(_text(tmp_path, "b.csv", "line,lon,lat\n=1+1,-1,2\n=1+1,3,4\n"))
    assert layer.attributes == ({"line": "=1+1"},)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("lon,lat\n=1+1,2\n3,4\n", "row 1 has «=1+1» under lon"),
        ("lon;lat\n44,5;40,1\n45;41\n", "decimal point"),
        ("lon,lat\n1_0,2\n3,4\n", "not a number"),
        ("lon,lat\n1,nan\n3,4\n", "not a finite number"),
        ("a,b\n1,2\n", "name its columns"),
        ("lon,lat\n", "name its columns"),
        ("lon,lat\n1,2,3\n", "row 1 has 3 cells"),
        ("lon,lat,lat\n1,2,3\n", "two of its columns"),
        ('wkt\n"LINESTRING(1 2"\n', "not WKT"),
        ('lon,lat\n"1,2\n', "broken table"),
        ("lat,lon\n144,40\n151,41\n", "most likely swapped"),
    ],
)
def test_broken_tables_are_refused(tmp_path: Path, text: str, why: str) -> None:
    """The row and what to write instead are said."""
    assert why in refused_here(_text(tmp_path, "a.csv", text))


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are not guessed at."""
    (tmp_path / "a.csv").write_bytes("lon,lat,name\n1,2,Grüne\n3,4,x\n".encode("cp1252"))
    assert "UTF-8" in refused(tmp_path / "a.csv")


# --- databases and shapefiles ------------------------------------------------------------------------------------


def test_a_cut_geopackage_is_refused(tmp_path: Path) -> None:
    """Half a database is no database."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG")
    path.write_bytes(path.read_bytes()[:20_000])
    assert "not a valid GeoPackage" in refused(path)


def _altered(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as database:
        database.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _: 0.0)
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path


def test_a_view_or_a_virtual_table_is_not_read(tmp_path: Path) -> None:
    """A layer that is a query over another table is refused; so is a database whose tables run code."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG")
    renamed = ["ALTER TABLE boundary RENAME TO hidden", "CREATE VIEW boundary AS SELECT * FROM hidden"]
    assert "is a view" in refused(_altered(path, *renamed))
    other = files.write_with_gdal(tmp_path / "b.gpkg", "GPKG")
    virtual = "CREATE VIRTUAL TABLE extra USING fts4('USING rtree(', content)"
    assert "virtual table" in refused(_altered(other, virtual))


def test_catalogue_tables_that_are_views_are_refused(tmp_path: Path) -> None:
    """The table of contents itself must be a table."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG")
    renamed = ["ALTER TABLE gpkg_contents RENAME TO hidden", "CREATE VIEW gpkg_contents AS SELECT * FROM hidden"]
    assert "is a view" in refused(_altered(path, "PRAGMA legacy_alter_table=ON", *renamed))


def test_triggers_do_not_run(tmp_path: Path) -> None:
    """A trigger waits for a change that reading does not make; the layer is read."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG")
    trigger = "CREATE TRIGGER t AFTER UPDATE ON boundary BEGIN DELETE FROM boundary; END"
    assert len(read_vectors(_altered(path, trigger)).parts) == 2


def test_a_blob_that_is_no_geometry_is_not_passed_over(tmp_path: Path) -> None:
    """GDAL reads a geometry of three megabytes of zeros as none at all; here the file is refused."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG")
    _altered(path, "DROP TRIGGER IF EXISTS rtree_boundary_geom_update6", "DROP TRIGGER IF EXISTS rtree_boundary_geom_update7",
             "UPDATE boundary SET geom = zeroblob(3000000) WHERE fid = 1")  # fmt: skip
    assert "geometries are broken" in refused(path)


def test_changes_that_lie_beside_a_geopackage_are_not_overlooked(tmp_path: Path) -> None:
    """A write-ahead log that holds something means that another program is at work."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG")
    (tmp_path / "a.gpkg-wal").write_bytes(b"x")
    assert "close the program" in refused(path)


def test_layer_names_cannot_speak_to_a_terminal(tmp_path: Path) -> None:
    """Control and direction characters in names are replaced before anybody sees them."""
    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG", layer="b\x1b[2Jo\u202eundary")
    assert read_vectors(path).name == "b\ufffd[2Jo\ufffdundary"
    named = files.collection(files.line(files.LINE), name="x\x07y\n")
    assert read_vectors(files.write_json(tmp_path / "a.geojson", named)).name == "x\ufffdy\ufffd"
    assert "«nothing\ufffd»" in refused(path, layer="nothing\x1b")


def test_texts_hold_no_control_characters(tmp_path: Path) -> None:
    """An escape sequence or half a character in an attribute comes out as a mark of replacement."""
    made = files.collection(files.line(files.LINE))
    made["features"][0]["properties"] = {"a": "x\x1b[2J\ud800", "b": {"c": [1]}, "d": float("nan"), "e": "two\nlines"}
    layer = read_vectors(files.write_json(tmp_path / "a.geojson", made))
    assert layer.attributes == ({"a": "x\ufffd[2J\ufffd", "b": '{"c": [1]}', "d": None, "e": "two\nlines"},)


def test_a_shapefile_without_its_companions_is_read(tmp_path: Path) -> None:
    """The index can be made anew, attributes and system are only missed; nothing is written beside the original."""
    path = files.write_with_gdal(tmp_path / "a.shp", "ESRI Shapefile")
    for ending in (".shx", ".dbf", ".prj", ".cpg"):
        path.with_suffix(ending).unlink(missing_ok=True)
    layer = read_vectors(path)
    assert (len(layer.parts), layer.crs) == (2, None)
    assert [each.name for each in tmp_path.glob("a.*")] == ["a.shp"]


def test_a_companion_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A link to attributes elsewhere is not followed; one within the folder is."""
    path = files.write_with_gdal(tmp_path / "a.shp", "ESRI Shapefile")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    path.with_suffix(".dbf").rename(outside / "a.dbf")
    path.with_suffix(".dbf").symlink_to(outside / "a.dbf")
    assert "link out of its folder" in refused(path)
    path.with_suffix(".dbf").unlink()
    (outside / "a.dbf").rename(tmp_path / "other.dbf")
    path.with_suffix(".dbf").symlink_to("other.dbf")
    assert read_vectors(path).attributes == ({"name": "a"}, {"name": "b"})


@pytest.mark.parametrize("driver", ["GPKG", "FlatGeobuf", "ESRI Shapefile"])
def test_damaged_bytes_never_bring_the_parent_down(tmp_path: Path, driver: str) -> None:
    """Files with bytes overwritten here and there are read or refused, nothing else."""
    suffix = {"GPKG": ".gpkg", "FlatGeobuf": ".fgb", "ESRI Shapefile": ".shp"}[driver]
    path = files.write_with_gdal(tmp_path / f"a{suffix}", driver)
    whole = path.read_bytes()
    for seed in range(3):
        at = 100 + (seed * 7919) % (len(whole) - 110)
        path.write_bytes(whole[:at] + b"\xff\x7f\x00\xff" + whole[at + 4 :])
        with contextlib.suppress(UnreadableFileError):
            read_vectors(path, limits=SMALL)
    path.write_bytes(whole)
    assert read_vectors(path, limits=SMALL).parts
