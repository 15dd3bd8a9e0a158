"""Files of points as others write them: every row counts, under the column that its heading says."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.description.csv_headings import heading, is_data
from merestone.description.parser import parse
from merestone.description.point_rows import PointColumns, scan_point_table
from merestone.description.printer import print_description
from merestone.description.tree import PointTable

DIGEST = "0" * 64
PLACES = "name, latitude, longitude"


def scan(text: str, columns: str = PLACES, said: str = "") -> PointColumns:
    """The points of a file with this content under these columns; north and east without letters."""
    parsed = parse(f"table points T without letters north, east from «t.csv» sha256 {DIGEST}{said} columns {columns}\n")
    assert parsed.diagnostics == ()
    (table,) = parsed.description.statements
    assert isinstance(table, PointTable)
    return scan_point_table(table, text)


def codes(columns: PointColumns) -> list[str]:
    """The codes of what is found."""
    return [finding.code for finding in columns.diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        "A,42.5°,3°\nB,41°,2°\n",
        "A;42,5°;3°\nB;41°;2°\n",
        'A,"42°30\'00""",3°\n',
        "A,N 42°30',E 3°\n",
        "A,42.5,3\n",
        "A,-42.5,3\n",
        "A,42°30' с.ш.,3° в.д.\n",
        "A,北纬49°10′,东经87°48′\n",
    ],
)
def test_a_first_row_of_data_is_refused_and_not_lost(text: str) -> None:
    """A file without a heading is read whole where that is said, and not at all where it is not."""
    found = scan(text)
    assert (found.names, codes(found)) == ((), ["S319"])
    whole = scan(text, said=" without heading")
    assert len(whole.names) + len(whole.diagnostics) == text.count("\n")
    assert "S319" not in codes(whole)


@pytest.mark.parametrize(
    ("columns", "first"),
    [
        (PLACES, "name,longitude,latitude"),
        (PLACES, "id,X,Y"),
        (PLACES, "Punkt,Länge,Breite"),
        (PLACES, "точка,долгота,широта"),
        (PLACES, "punto,longitud,latitud"),
        (PLACES, "lat,lon,name"),
        (PLACES, "name,lat,height"),
        (PLACES, "name,Lat (gon),Lon (gon)"),
        ("name, easting, northing", "P,Hochwert,Rechtswert"),
        ("name, easting, northing", "P,N,E"),
        ("name, x, y", "P,Y,X"),
        ("name, x, y", "P,easting,northing"),
        ("name, coordinates, skip", "name,latitude,longitude"),
        ("name, latitude, longitude, label", "name,lat,lon,northing"),
    ],
)
def test_a_heading_that_contradicts_its_column_stops_the_table(columns: str, first: str) -> None:
    """Exchanged headings, in whatever language, other angles, and a coordinate over a label."""
    found = scan(f"{first}\nA,1,2{',x' * (columns.count(',') - 2)}\n", columns)
    assert (found.names, codes(found)) == ((), ["S320"])


@pytest.mark.parametrize(
    ("columns", "first"),
    [
        (PLACES, "Name,Lat.,Long."),
        (PLACES, "ID,LATITUDE (deg),LONGITUDE (deg)"),
        (PLACES, "Punkt,geogr. Breite,geogr. Länge"),
        (PLACES, "Название,Широта,Долгота"),
        (PLACES, "pt,Y,X"),
        (PLACES, "id,N,E"),
        (PLACES, "id,lat_wgs84,lon_wgs84"),
        ("name, easting, northing", "Punktnummer,Rechtswert,Hochwert"),
        ("name, easting, northing", "id,E(X),N(Y)"),
        ("name, northing, easting", "id,X,Y"),
        ("name, x, y", "id,POINT_X,POINT_Y"),
        ("name, x, y", "id,X (EPSG:31370),Y (EPSG:31370)"),
        ("name, x, y", "id,X coordinate,Y coordinate"),
    ],
)
def test_a_heading_that_agrees_says_nothing(columns: str, first: str) -> None:
    """What others call their columns is understood without a word."""
    found = scan(f"{first}\nA,1,2\n", columns)
    assert (found.names, codes(found)) == (("A",), [])


def test_an_unknown_heading_is_told_with_how_it_is_taken() -> None:
    """VALUE1 says nothing; it is taken as declared, and the note names it."""
    found = scan("name,VALUE1,VALUE2\nA,1,2\n")
    assert (found.names, codes(found)) == (("A",), ["S321"])
    assert "«VALUE1» as `latitude`, «VALUE2» as `longitude`" in found.diagnostics[0].sentence


@pytest.mark.parametrize(
    "text",
    [
        "name;lat;lon\nA;42,5°;3,25°\nB;41°;2°\n",
        "name\tlat\tlon\nA\t42,5°\t3,25°\nB\t41°\t2°\n",
        "name|lat|lon\nA|42,5°|3,25°\nB|41°|2°\n",
        "sep=;\nname;lat;lon\nA;42,5°;3,25°\nB;41°;2°\n",
        "\ufeffname,lat,lon\nA,42.5°,3.25°\nB,41°,2°\n",
        "name,lat,lon,,\nA,42.5°,3.25°,,\nB,41°,2°\n",
        "\n\nname,lat,lon\n\nA,42.5°,3.25°\n,,\nB,41°,2°\n\n",
        'name,lat,lon\r\n"A",42°30\',"3°15\'00"""\r\nB,41°,2°\r\n',
    ],
)
def test_separators_marks_blank_and_trailing_cells(text: str) -> None:
    """Spreadsheets write one table in many ways, and it stays one."""
    found = scan(text)
    assert (found.names, codes(found)) == (("A", "B"), [])
    assert found.lat_e9.tolist() == [42_500_000_000, 41_000_000_000]
    assert found.lon_e9.tolist() == [3_250_000_000, 2_000_000_000]


@pytest.mark.parametrize(
    "text",
    [
        "name,lat;lon;x,y\nA,1;2;3,4\n",
        "Beacons of 1912\nname,lat,lon\nA,1,2\n",
        "name,lat,lon,height\nA,1,2,3\n",
        "",
    ],
)
def test_cells_that_are_not_the_columns(text: str) -> None:
    """Two separators that fit, a title, a column too many, nothing at all: the table is not guessed."""
    found = scan(text)
    assert (found.names, codes(found)) == ((), ["S322"])


def test_a_quotation_that_is_not_closed_is_refused() -> None:
    """It would take all rows behind it into one cell."""
    assert codes(scan('name,lat,lon\nA,1,"2\nB,2,3\n')) == ["R409"]


def test_a_name_is_the_whole_cell_and_a_cell_is_no_comment() -> None:
    """Names with spaces, words of the language, and the sign that begins a comment elsewhere."""
    found = scan('name,lat,lon,label\nA #3,1,2,x # y\nleg,2,3,\n"a, b",1,4,\n', f"{PLACES}, label")
    assert (found.names, found.labels) == (("A #3", "leg", "a, b"), ("x # y", "", ""))


def test_a_unit_over_a_column_is_that_of_its_numbers() -> None:
    """Easting (ft) means feet; another unit in a row contradicts it."""
    columns = "name, easting, northing on EPSG:2227"
    found = scan("id,Easting (ft),Northing (ft)\nA,6561666,2000000\n", columns)
    assert (found.grid_unit, found.grid.tolist()) == ("feet", [[6_561_666.0, 2_000_000.0]])
    assert codes(scan("id,Easting (ft),Northing (ft)\nA,6561666 m,2000000 m\n", columns)) == ["S310"]


@given(st.lists(st.tuples(st.integers(0, 89), st.integers(0, 179)), min_size=1, max_size=20), st.sampled_from(",;\t|"))
def test_every_row_that_a_file_holds_is_a_point(rows: list[tuple[int, int]], separator: str) -> None:
    """With a heading or without, in any separator: as many points as rows, each where its row says."""
    for first in ([], [("name", "lat", "lon")]):
        stream = io.StringIO()
        named = [(f"P{n}", f"{lat}°", f"{lon}°") for n, (lat, lon) in enumerate(rows)]
        csv.writer(stream, delimiter=separator).writerows([*first, *named])
        found = scan(stream.getvalue(), said="" if first else " without heading")
        assert found.diagnostics == ()
        assert list(zip(found.lat_e9 // 10**9, found.lon_e9 // 10**9, strict=True)) == rows


def test_the_head_of_a_table_is_printed_as_it_is_parsed() -> None:
    """A file without a heading, on a projection."""
    text = f"table points T from «t.csv» sha256 {DIGEST} without heading columns name, y, x on EPSG:2048 in WGS 84\n"
    parsed = parse(text)
    assert print_description(parsed.description) == text
    assert parsed.description.statements[0].heading is False  # type: ignore[union-attr]


def test_digits_of_a_datum_or_a_code_are_no_data() -> None:
    """A heading may name what it counts in."""
    assert not is_data("lat_wgs84", "latitude")
    assert not is_data("X (1970)", "x")
    assert is_data("X 150000", "x")
    assert heading("E(X)").columns == frozenset(("easting", "longitude"))
