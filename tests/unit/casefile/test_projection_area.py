"""Tables of eastings and northings are lines on their projection, and what lies elsewhere is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from merestone.casefile.claim_file import Wanted
from merestone.casefile.layer_frame import geographic
from merestone.errors import UnreadableFileError
from merestone.sources.layer import Layer
from merestone.sources.vectors import read_vectors

PLACES = np.array([[500000.0, 4649776.0], [500100.0, 4649876.0], [500200.0, 4649776.0]])


def layer(path: Path, heading: str, code: int, places: np.ndarray = PLACES) -> Layer:
    """A table with these headings over its coordinates, read and brought to longitude and latitude."""
    rows = "".join(f"{one},{other},{code}\n" for one, other in places.tolist())
    path.write_text(f"{heading},epsg\n{rows}", encoding="utf-8")
    return geographic(Wanted(path), read_vectors(path))[1]


@pytest.mark.parametrize("heading", ["easting,northing", "x,y", "E,N", "Rechtswert,Hochwert", "Easting (m),Northing (m)", "este,norte"])  # fmt: skip
def test_a_table_of_eastings_and_northings_is_a_line(tmp_path: Path, heading: str) -> None:
    """It lies where PROJ puts it, whatever the columns are called."""
    lonlat = layer(tmp_path / "a.csv", heading, 32632).parts[0].lonlat
    expected = np.column_stack(Transformer.from_crs(32632, 4326, always_xy=True).transform(*PLACES.T))
    assert lonlat == pytest.approx(expected, abs=1e-9)


def test_columns_in_the_other_order_are_found_by_their_headings(tmp_path: Path) -> None:
    """Northing before easting, and latitude before longitude under German words."""
    lonlat = layer(tmp_path / "a.csv", "northing,easting", 32632, PLACES[:, ::-1]).parts[0].lonlat
    assert lonlat[0] == pytest.approx([9.0, 42.0], abs=1e-5)
    assert (
        layer(tmp_path / "b.csv", "Breite,Länge", 4326, np.array([[42.0, 9.0], [42.5, 9.5]])).parts[0].lonlat[0, 0] == 9
    )


def test_exchanged_columns_are_refused_and_places_elsewhere_told(tmp_path: Path) -> None:
    """Exchanged, the line would lie inside the area; in a zone farther west it lies some 1,000 km outside."""
    with pytest.raises(UnreadableFileError, match="easting and northing are exchanged"):
        layer(tmp_path / "a.csv", "x,y", 32632, PLACES[:, ::-1])
    found = layer(tmp_path / "b.csv", "x,y", 32632, PLACES + np.array([1_000_000.0, 0.0]))
    (remark,) = (each for each in found.remarks if each.code == "D129")
    assert remark.size == pytest.approx(735_000, rel=0.05)


def test_negative_numbers_on_a_grid_that_counts_to_the_south_and_west_are_told(tmp_path: Path) -> None:
    """EPSG:5513 has no negative numbers: they lie elsewhere, and the remark says so."""
    krovak = np.array([[-568991.0, -1050538.0], [-568891.0, -1050638.0]])
    with_axes = layer(tmp_path / "a.csv", "easting,northing", 5514, krovak)
    assert with_axes.parts[0].lonlat[0] == pytest.approx([16.85, 50.21], abs=0.01)
    assert "D129" not in [each.code for each in with_axes.remarks]
    found = layer(tmp_path / "b.csv", "easting,northing", 5513, krovak)
    assert "D129" in [each.code for each in found.remarks]
