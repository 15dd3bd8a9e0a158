"""Every format is read to the same places, and what the file says of itself comes along."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from fakes import foreign_files as files
from merestone.errors import UnreadableFileError
from merestone.sources.layer import Layer, Role
from merestone.sources.vectors import read_vectors


def _topology() -> dict[str, object]:
    """The two lines as quantized TopoJSON: steps of 0.1 degree from (40, 30)."""
    arcs = [[[40, 100], [5, 2]], [[50, 105], [-5, -3]], [[60, 90], [5, 5]]]
    geometries = [
        {"type": "LineString", "arcs": [0, -2], "id": "a", "properties": {"name": "a"}},
        {"type": "MultiLineString", "arcs": [[2]], "properties": {"name": "b"}},
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [40.0, 30.0]},
        "objects": {"boundary": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


def _write(folder: Path, name: str) -> Path:
    path = folder / name
    drivers = {".gpkg": "GPKG", ".fgb": "FlatGeobuf", ".shp": "ESRI Shapefile"}
    collection = files.collection(files.line(files.LINE), files.line(files.OTHER))
    match path.suffix:
        case ending if ending in drivers:
            return files.write_with_gdal(path, drivers[ending])
        case ".geojson" | ".json":
            return files.write_json(path, collection)
        case ".topojson":
            return files.write_json(path, _topology())
        case ".geojsonl":
            path.write_text("\n".join(json.dumps(each) for each in collection["features"]))
        case ".kml":
            path.write_text(files.KML)
        case ".kmz":
            files.write_zip(path, {"doc.kml": files.KML.encode(), "files/icon.png": b"\x89PNG"})
        case ".csv":
            path.write_text("line;Lon;Lat\na;44;40\na;44.5;40.2\nb;46;39\na;45;40.5\nb;46.5;39.5\n")
        case ".zip":
            files.write_with_gdal(folder / "in.shp", "ESRI Shapefile")
            files.write_zip(path, {f"x/{each.name}": each.read_bytes() for each in folder.glob("in.*")})
        case ".gz":
            files.write_gzip(path, _write(folder, path.stem).read_bytes())
    return path


def _places(layer: Layer) -> list[list[list[float]]]:
    return [part.lonlat.round(9).tolist() for part in layer.parts]


@pytest.mark.parametrize(
    "name",
    ["a.gpkg", "a.fgb", "a.shp", "a.geojson", "a.json", "a.topojson", "a.geojsonl", "a.kml", "a.kmz", "a.csv", "a.zip",
     "a.gpkg.gz", "a.geojson.gz", "a.topojson.gz", "a.kml.gz", "a.csv.gz", "a.fgb.gz", "A.GEOJSON"],
)  # fmt: skip
def test_every_format_gives_the_same_places(tmp_path: Path, name: str) -> None:
    """The same two lines come out of every format, longitude first, with the digest of the file as it was given."""
    path = _write(tmp_path, name) if name != "A.GEOJSON" else _write(tmp_path, "a.geojson").rename(tmp_path / name)
    layer = read_vectors(path)
    assert _places(layer) == [files.LINE, files.OTHER]
    assert [(part.feature, part.role) for part in layer.parts] == [(0, Role.LINE), (1, Role.LINE)]
    assert layer.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert layer.file == name
    assert layer.crs == (None if ".csv" in name else "EPSG:4326")
    assert len(layer.attributes) == 2


def test_attributes_come_along(tmp_path: Path) -> None:
    """Names and values of a feature are plain text and numbers; KML's extended data too."""
    assert read_vectors(_write(tmp_path, "a.gpkg")).attributes == ({"name": "a"}, {"name": "b"})
    assert read_vectors(_write(tmp_path, "a.kml")).attributes == ({"name": "a", "source": "map"}, {"name": "b"})
    assert read_vectors(_write(tmp_path, "a.topojson")).attributes == ({"id": "a", "name": "a"}, {"name": "b"})
    assert read_vectors(_write(tmp_path, "a.csv")).attributes == ({"line": "a"}, {"line": "b"})


def test_a_ring_with_a_hole_keeps_its_roles(tmp_path: Path) -> None:
    """A hole follows the outline that it lies in, from GeoJSON and from WKT in CSV alike."""
    shell, hole = [[0, 0], [4, 0], [4, 4], [0, 0]], [[2, 1], [3, 2], [3, 1], [2, 1]]
    made = files.write_json(tmp_path / "a.geojson", files.collection(files.polygon(shell, hole)))
    table = tmp_path / "a.csv"
    table.write_text('wkt\n"POLYGON((0 0,4 0,4 4,0 0),(2 1,3 2,3 1,2 1))"\n')
    for path in (made, table):
        layer = read_vectors(path)
        assert [part.role for part in layer.parts] == [Role.SHELL, Role.HOLE]
        assert _places(layer) == [shell, hole]


def test_a_projected_system_is_reported_and_its_coordinates_left_alone(tmp_path: Path) -> None:
    """Eastings and northings are not taken for degrees where the code says what they are."""
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
    places = [[500_000.0, 4_400_000.0], [501_000.0, 4_400_000.0]]
    layer = read_vectors(files.write_json(tmp_path / "a.geojson", files.collection(files.line(places), crs=crs)))
    assert (layer.crs, _places(layer), layer.remarks) == ("EPSG:32638", [places], ())


def test_a_system_is_recognised_by_its_definition(tmp_path: Path) -> None:
    """The `.prj` of a Shapefile in Pulkovo 1942 gives the code of the registry; without one that is said."""
    assert read_vectors(files.write_with_gdal(tmp_path / "a.shp", "ESRI Shapefile", "EPSG:4284")).crs == "EPSG:4284"
    (tmp_path / "a.prj").unlink()
    layer = read_vectors(tmp_path / "a.shp")
    assert layer.crs is None
    assert [remark.code for remark in layer.remarks] == ["D107"]


def test_one_of_several_layers_must_be_named(tmp_path: Path) -> None:
    """A file with two layers is refused with their names, and each is read under its name."""
    topology = _topology()
    objects = topology["objects"]
    assert isinstance(objects, dict)
    objects["other"] = {"type": "LineString", "arcs": [2]}
    path = files.write_json(tmp_path / "a.topojson", topology)
    with pytest.raises(UnreadableFileError, match="«boundary», «other»"):
        read_vectors(path)
    assert _places(read_vectors(path, "other")) == [files.OTHER]
    with pytest.raises(UnreadableFileError, match="no layer «third»"):
        read_vectors(path, "third")


def test_a_layer_of_a_geopackage_is_chosen_by_name(tmp_path: Path) -> None:
    """The named table is read, whatever else the GeoPackage holds."""
    import pyogrio

    path = files.write_with_gdal(tmp_path / "a.gpkg", "GPKG")
    _, _, geometry, _ = pyogrio.raw.read(path)
    pyogrio.raw.write(
        path, geometry=geometry[1:], field_data=[], fields=np.array([]), driver="GPKG", layer="second",
        geometry_type="MultiLineString", crs="EPSG:4326", append=False,
    )  # fmt: skip
    assert _places(read_vectors(path, "second")) == [files.OTHER]
    assert read_vectors(path, "boundary").name == "boundary"


def test_the_arrays_cannot_be_written_to(tmp_path: Path) -> None:
    """What was read is a value."""
    layer = read_vectors(_write(tmp_path, "a.geojson"))
    with pytest.raises(ValueError, match="read-only"):
        layer.parts[0].lonlat[0, 0] = 0.0


def _versions(shared: Path) -> list[Path]:
    return sorted((shared / "data" / "armenia-azerbaijan-versions").glob("*.geojson"))


def test_all_versions_of_a_real_boundary_read_as_gdal_reads_them(shared: Path) -> None:
    """Sixteen public versions: the same features and, repeated vertices apart, the same vertices as GDAL gives."""
    import pyogrio
    import shapely

    versions = _versions(shared)
    if not versions:
        pytest.skip("needs the versions of a boundary in the shared data")
    for path in versions:
        layer = read_vectors(path)
        theirs = shapely.get_coordinates(shapely.from_wkb(pyogrio.raw.read(path)[2]))
        ours = np.concatenate([part.lonlat for part in layer.parts])
        if not any(remark.code == "D113" for remark in layer.remarks):
            assert np.array_equal(ours, theirs), path.name
        assert len(layer.attributes) == pyogrio.read_info(path)["features"]


def test_nested_shells_of_a_real_file_are_found_with_their_size(shared: Path) -> None:
    """The exclaves that osm_2017 gives to both countries lie inside outlines of the same feature: 81 km² in all."""
    path = shared / "data" / "armenia-azerbaijan-versions" / "osm_2017_geomaps_with_neighbours.geojson"
    if not path.is_file():
        pytest.skip("needs the versions of a boundary in the shared data")
    nested = [remark for remark in read_vectors(path).remarks if remark.code == "D122"]
    assert len(nested) == 3
    assert sum(remark.size or 0.0 for remark in nested) == pytest.approx(81.7e6, abs=1e6)


def test_all_boundaries_of_the_world_read(shared: Path) -> None:
    """Gzipped GeoJSON of 814,319 vertices, Natural Earth, and TopoJSON with shared arcs."""
    folder = shared / "data" / "world-land-boundaries"
    if not folder.is_dir():
        pytest.skip("needs the boundaries of the world in the shared data")
    vertices = {
        path.name: sum(len(part.lonlat) for part in read_vectors(path).parts) for path in sorted(folder.glob("*.gz"))
    }
    assert vertices["osm_2017_world_land_boundaries.geojson.gz"] == 814_319
    assert len(vertices) == 4
    countries = read_vectors(folder / "countries-10m.topojson", "countries")
    assert len(countries.attributes) > 200
    assert max(np.abs(part.lonlat[:, 0]).max() for part in countries.parts) <= 180.0
