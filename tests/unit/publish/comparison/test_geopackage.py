"""The GeoPackage of a comparison: its layers hold the lines, zones and connections, exactly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
import shapely

from fakes import comparisons
from merestone.compare.comparison import Comparison, Side
from merestone.errors import MixedFramesError
from merestone.publish.comparison.export import ComparisonExport, Crossing, LiesBetween
from merestone.publish.comparison.geopackage import write_geopackage
from merestone.publish.comparison.gpkg_schema import GEOMETRIES


@contextmanager
def opened(export: ComparisonExport) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(write_geopackage(export))
    yield connection
    connection.close()


def shapes(connection: sqlite3.Connection, layer: str) -> list[shapely.Geometry]:
    """The geometries of a layer: what follows the header and the bounds of each."""
    blobs = [row[0] for row in connection.execute(f"SELECT geom FROM {layer} ORDER BY fid")]  # noqa: S608
    return [shapely.from_wkb(blob[40 if blob[3] & 0b1110 else 8 :]) for blob in blobs]


@pytest.fixture(scope="module")
def made() -> Comparison:
    """The ordinary comparison."""
    return comparisons.ordinary()


def test_the_lines_are_there_vertex_by_vertex(made: Comparison) -> None:
    """Both lines have their strands with the vertices as given."""
    with opened(ComparisonExport(made)) as connection:
        for layer, claim in (("first_line", made.first), ("second_line", made.second)):
            found = shapes(connection, layer)
            assert len(found) == len(claim.strands)
            for shape, strand in zip(found, claim.strands, strict=True):
                assert shapely.get_coordinates(shape) == pytest.approx(strand.lonlat, abs=1e-9)


def test_the_zones_are_polygons_with_their_figures(made: Comparison) -> None:
    """Each zone is a valid polygon, counter-clockwise, beside its area and verdict."""
    with opened(ComparisonExport(made)) as connection:
        for shape, zone in zip(shapes(connection, "zones"), made.zones, strict=True):
            assert shape.is_valid
            assert shapely.get_coordinates(shape) == pytest.approx(zone.polygons[0][0], abs=1e-9)
        rows = connection.execute("SELECT zone, round(area_m2), verdict, standing FROM zones").fetchall()
    assert rows[0] == ("Z1", round(made.zones[0].area_m2), "different", "not agreed")


def test_a_zone_keeps_its_holes(made: Comparison) -> None:
    """A zone with a hole is written with it, also where it crosses the antimeridian."""
    outline, hole = _square(179.0, 181.0, 10.0, 11.0), _square(179.5, 180.5, 10.2, 10.8)[::-1]
    zone = replace(made.zones[0], polygons=((outline, hole),))
    with opened(ComparisonExport(replace(made, zones=(zone,)))) as connection:
        shape = shapes(connection, "zones")[0]
    assert shape.is_valid
    assert shape.area == pytest.approx(2.0 - 0.6)
    west, _, east, _ = shape.bounds
    assert (west, east) == (-180.0, 180.0)
    inside = replace(zone, polygons=((outline - [10.0, 0.0], hole - [10.0, 0.0]),))
    with opened(ComparisonExport(replace(made, zones=(inside,)))) as connection:
        shape = shapes(connection, "zones")[0]
    assert len(shape.geoms[0].interiors) == 1


def _square(west: float, east: float, south: float, north: float) -> np.ndarray:
    return np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])


def test_the_profile_joins_stations_with_the_nearest_places(made: Comparison) -> None:
    """A connection runs from each station to its foot, in both directions."""
    with opened(ComparisonExport(made)) as connection:
        found = shapes(connection, "profile")
        seen = connection.execute("SELECT seen_from, count(*) FROM profile GROUP BY seen_from").fetchall()
    one, two = made.stretches[0].profiles
    assert dict(seen) == {"first": len(one.along_m), "second": len(two.along_m)}
    assert shapely.get_coordinates(found[70]) == pytest.approx(np.array([one.lonlat[70], one.foot[70]]), abs=1e-9)


def test_unmatched_parts_and_partings_lie_on_their_lines(made: Comparison) -> None:
    """The end of the first line and the exclave of the second are drawn where they are; partings on both lines."""
    with opened(ComparisonExport(made)) as connection:
        end, ring = shapes(connection, "unmatched")
        partings = shapes(connection, "partings")
    main = shapely.LineString(made.first.strands[0].lonlat)
    assert shapely.hausdorff_distance(end, shapely.LineString(made.first.strands[0].lonlat[-13:])) < 1e-6
    assert shapely.get_coordinates(ring) == pytest.approx(made.second.strands[1].lonlat, abs=1e-7)
    assert len(partings) == 2 * len(made.partings)
    assert all(shapely.distance(main, shapely.Point(xy)) < 1e-6 for xy in shapely.get_coordinates(partings[0]))


def test_crossings_and_what_lies_between_have_their_tables(made: Comparison) -> None:
    """Points for crossings; rows for what lies in the zones."""
    crossings = (Crossing("M4", "road", (45.1, 40.7), of_second=True, zone=3),)
    between = (LiesBetween(3, Side.LEFT, "places", "village", 4, None, 1_200),)
    with opened(ComparisonExport(made, crossings=crossings, between=between)) as connection:
        point = shapes(connection, "crossings")[0]
        row = connection.execute("SELECT name, line, zone FROM crossings").fetchone()
        lies = connection.execute("SELECT zone, count, people FROM what_lies_between").fetchone()
    assert (point.x, point.y) == (45.1, 40.7)
    assert row == ("M4", "second", "Z3")
    assert lies == ("Z3", 4, 1_200)


def test_every_layer_with_a_shape_has_a_style(made: Comparison) -> None:
    """QGIS finds a default style for each layer that it can draw."""
    with opened(ComparisonExport(made)) as connection:
        styled = {row[0] for row in connection.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault")}
    assert styled == set(GEOMETRIES)


def test_lines_in_two_frames_are_refused(made: Comparison) -> None:
    """A file has one frame: two are an error that names both."""
    other = replace(made.second, frame=replace(made.second.frame, name="ETRF2000", code="EPSG:9067"))
    with pytest.raises(MixedFramesError, match="ETRF2000"):
        write_geopackage(ComparisonExport(replace(made, second=other)))
