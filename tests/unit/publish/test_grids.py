"""Plane coordinates: what is written is what PROJ gives when asked directly, and chains keep to the line in the plane."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import ezdxf
import numpy as np
import pytest
from pyproj import Transformer

from fakes.boundary_lines import export, ordinary
from fakes.descriptions import no_files
from merestone.casefile.exporting import content
from merestone.casefile.outcome import DelimitOptions
from merestone.casefile.pipeline import Pipeline
from merestone.errors import WrongRequestError
from merestone.geodesy.grid import find_grid
from merestone.publish.catalogue import Row, catalogue
from merestone.publish.csv_catalogue import write_csv
from merestone.publish.dxf import write_dxf
from merestone.publish.formats import format_of
from merestone.publish.gridded import plane_chain
from merestone.publish.point_list import write_point_list

GRID = find_grid("EPSG:32633")
DIRECT = Transformer.from_crs("EPSG:4326", "EPSG:32633", always_xy=True)
ROWS = [row for row in catalogue(ordinary()) if isinstance(row, Row)]
PLANE = [DIRECT.transform(row.longitude / 1e9, row.latitude / 1e9) for row in ROWS]


def test_the_catalogue_has_the_values_of_every_vertex() -> None:
    """Two columns named by axis and unit, equal to what PROJ gives to 0.1 mm."""
    text = write_csv(replace(export(ordinary()), grid=GRID)).decode()
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["number"]]
    assert {row["grid"] for row in rows} == {"EPSG:32633"}
    for row, (east, north) in zip(rows, PLANE, strict=True):
        assert float(row["easting_m"]) == pytest.approx(east, abs=6e-5)
        assert float(row["northing_m"]) == pytest.approx(north, abs=6e-5)


def test_the_list_of_points_has_northing_first_and_no_heading() -> None:
    """P,N,E,Z,D: five fields a line, every name once, and no height where none is known."""
    lines = list(csv.reader(io.StringIO(write_point_list(replace(export(ordinary()), grid=GRID)).decode())))
    once = list(dict.fromkeys(PLANE))
    assert len(once) == len(ROWS) - 1  # the enclave closes at its first vertex
    assert [len(line) for line in lines] == [5] * len(once)
    for line, (east, north) in zip(lines, once, strict=True):
        assert (float(line[1]), float(line[2])) == pytest.approx((north, east), abs=6e-5)
        assert line[3] == ""
    assert len({line[0] for line in lines}) == len(lines)


def test_the_drawing_is_read_by_its_own_library() -> None:
    """Polylines on the layer of their status, a point for each vertex, the standing as a text, the same bytes twice."""
    made = write_dxf(replace(export(ordinary()), grid=GRID))
    assert made == write_dxf(replace(export(ordinary()), grid=GRID))
    space = ezdxf.read(io.StringIO(made.decode())).modelspace()  # type: ignore[attr-defined]
    points = [tuple(point.dxf.location)[:2] for point in space.query("POINT")]
    assert np.allclose(points, PLANE, atol=1e-4)
    assert len(space.query("LWPOLYLINE")) == len(ordinary().legs)
    assert any("not agreed" in text.dxf.text for text in space.query("TEXT"))


def test_a_parallel_is_a_bow_in_the_plane() -> None:
    """A chain of two vertices along ten degrees of 45° N is bent until it keeps within the tolerance of the parallel."""
    tolerance_m = 0.5
    chain = plane_chain(GRID, np.array([[10.0, 45.0], [20.0, 45.0]]), tolerance_m)
    middles = (chain[:-1] + chain[1:]) / 2.0
    _, latitudes = DIRECT.transform(middles[:, 0], middles[:, 1], direction="INVERSE")
    off_m = np.abs(latitudes - 45.0) * 111_132.0
    assert off_m.max() <= tolerance_m * 1.01
    assert off_m.max() > tolerance_m / 10.0


@pytest.mark.parametrize("name", ["x.dxf", "x.pnez.csv"])
def test_a_plane_format_asks_for_a_grid(name: str) -> None:
    """Without a grid nothing is written in degrees instead."""
    kind = format_of(name)
    assert kind is not None
    with pytest.raises(WrongRequestError, match="projected system"):
        kind.write(export(ordinary()))


@pytest.mark.parametrize("name", ["x.dxf", "x.pnez.csv", "x.gpkg"])
def test_a_grid_that_counts_to_the_south_is_refused(name: str) -> None:
    """Northing and easting are not what such a system counts, and their signs are not exchanged in silence."""
    kind = format_of(name)
    assert kind is not None
    with pytest.raises(WrongRequestError, match="counts to the south and west"):
        kind.write(replace(export(ordinary()), grid=find_grid("EPSG:5513")))


def test_a_point_is_listed_once_however_often_the_line_passes_it() -> None:
    """A ring closes at A, a second section begins at C: controllers refuse a second point of the same name."""
    text = """boundary «t»
reading by «x»
frame WGS 84 (G1762) epoch 2016.0
point A at 42°00'00" N 80°00'00" W
point B at 42°00'00" N 79°00'00" W
point C at 43°00'00" N 79°00'00" W
ring R
  from A
  leg 1 geodesic to B
  leg 2 geodesic to C
  leg 3 geodesic to A
section S
  from C
  leg 1 meridian northward for 10 km
"""
    result = Pipeline(no_files).run(text)
    kind = format_of("x.pnez.csv")
    assert kind is not None
    options = DelimitOptions(crs="EPSG:32617")
    written = content(result, Path("a.boundary"), kind, options, Path("x.pnez.csv")).decode()
    rows = list(csv.reader(io.StringIO(written)))
    assert [row[0] for row in rows] == ["A", "B", "C", "S-2"]
    assert [row[4].split(";")[0] for row in rows] == ["R 1, R 4", "R 2", "R 3, S 1", "S 2"]
    east, north = Transformer.from_crs(4326, 32617, always_xy=True).transform(-80.0, 42.0)
    assert (float(rows[0][1]), float(rows[0][2])) == pytest.approx((north, east), abs=1e-3)
