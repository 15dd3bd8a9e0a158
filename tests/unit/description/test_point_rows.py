"""The rows of tables of points: the fast way and the scanner's way give the same exact integers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.description.parser import parse
from merestone.description.point_rows import PointColumns, scan_point_table
from merestone.description.tree import PointTable


def scan(text: str, csv: str | None = None) -> PointColumns:
    """The columns of the only table of a text that is right."""
    parsed = parse(text)
    assert parsed.diagnostics == ()
    table = parsed.description.statements[-1]
    assert isinstance(table, PointTable)
    return scan_point_table(table, csv)


HEAD = "table points T columns name, latitude, longitude\n"


def test_exact_integers_and_printed_places() -> None:
    """Degrees, minutes and seconds become units of 1e-9 degree, rounded half to even, south and west negative."""
    columns = scan(HEAD + "  N1 | 60°00'N | 102°00'W\n  N2 | 61°00'30.5\"N | 102°12,34'E\n")
    assert columns.diagnostics == ()
    assert columns.names == ("N1", "N2")
    assert columns.lat_e9.tolist() == [60 * 10**9, 61_008_472_222]
    assert columns.lon_e9.tolist() == [-102 * 10**9, 102_205_666_667]
    assert columns.lat_last_place.tolist() == pytest.approx([1 / 60, 1 / 36000], rel=1e-10)
    assert columns.lines.tolist() == [2, 3]


def test_half_goes_to_the_even_unit() -> None:
    """Half a unit of 1e-9 degree is rounded to the even one, in both ways of reading."""
    fast = scan(HEAD + "  A | 0°00'00.0000018\"N | 0°00'00.000009\"E\n")
    slow = scan(HEAD + "  A | 0.0000000005°N | 0.0000000025°E\n  B | 0.0000000015° N | 0.0000000035° E\n")
    assert fast.lon_e9.tolist() == [2]  # 2.5 units
    assert slow.lat_e9.tolist() == [0, 2]
    assert slow.lon_e9.tolist() == [2, 4]


@given(
    st.lists(
        st.tuples(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59), st.text("0123456789", max_size=6)),
        min_size=1,
        max_size=20,
    )
)
def test_the_two_ways_agree(values: list[tuple[int, int, int, str]]) -> None:
    """Rows read all at once and the same rows read one by one give the same integers, which are the exact ones."""
    printed = [f"{d}°{m:02d}'{s:02d}{'.' * bool(f)}{f}\"" for d, m, s, f in values]
    fast = scan(HEAD + "".join(f"  P{n} | {text}N | {text}W\n" for n, text in enumerate(printed)))
    slow = scan(HEAD + "".join(f"  P{n} | {text} Norte | {text} Oeste\n" for n, text in enumerate(printed)))
    exact = [round((d * 3600 + m * 60 + s + Fraction(f"0.{f or 0}")) * 10**9 / 3600) for d, m, s, f in values]
    assert fast.lat_e9.tolist() == slow.lat_e9.tolist() == exact
    assert fast.lon_e9.tolist() == slow.lon_e9.tolist() == [-value for value in exact]
    assert fast.names == slow.names
    assert fast.lat_last_place.tolist() == slow.lat_last_place.tolist()


def test_rows_in_other_forms_keep_their_place() -> None:
    """Comments, blank lines and rows in rare forms stand between common ones without disturbing the order."""
    columns = scan(HEAD + "  A | 1°N | 1°E\n  # comment\n\n  B | 2o30'N | 2 E\n  C | 3°N | 3°E\n")
    assert columns.names == ("A", "B", "C")
    assert columns.lines.tolist() == [2, 5, 6]
    assert columns.lat_e9.tolist() == [10**9, 2_500_000_000, 3 * 10**9]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("to | 61°N | 102°W", "S304", 3),
        ("N | 61°N | 202°W", "C223", 14),
        ("N | 61°N | 102°N", "C226", 14),
        ("N | 91°N | 102°W", "C222", 7),
        ("N | 61°75'N | 102°W", "C210", 10),
        ("N | 61° | 102°W", "C220", 7),
        ("N | 61°N", "S311", 1),
        ("N | 61°N | 102°W x", "S301", 20),
    ],
)
def test_a_bad_row_is_told_where_it_stands(row: str, code: str, column: int) -> None:
    """A row that cannot be read is left out and reported with line and column; the others stay."""
    columns = scan(HEAD + f"  A | 1°N | 1°E\n  {row}\n  B | 2°N | 2°E\n")
    assert columns.names == ("A", "B")
    (finding,) = columns.diagnostics
    assert finding.span is not None
    assert (finding.code, finding.span.line, finding.span.column) == (code, 3, column)


def test_letters_declared_for_the_table() -> None:
    """A table's own declaration says what coordinates without letters mean, and which comes first."""
    columns = scan("table points T without letters west, south columns name, coordinates\n  A | 102°30' 60°\n")
    assert columns.lat_e9.tolist() == [-60 * 10**9]
    assert columns.lon_e9.tolist() == [-102_500_000_000]


def test_grid_coordinates() -> None:
    """Rectangular coordinates stay numbers in the order of their columns, with the coarser of the two printed places."""
    columns = scan("table points T columns name, x, y\n  A | 5 490 500 | 20 564 000.25\n")
    assert columns.grid.tolist() == [[5_490_500.0, 20_564_000.25]]
    assert (columns.grid_last_place.tolist(), columns.grid_unit) == ([1.0], None)
    assert columns.lat_e9.tolist() == []


def test_grid_coordinates_in_feet_to_the_south_and_west() -> None:
    """Columns say which way the numbers count; their unit stands in every row or in none."""
    columns = scan("table points T columns name, westing, southing on EPSG:2048\n  A | -5 ft | 7 ft\n  B | -6 ft | 8\n")
    assert (columns.grid.tolist(), columns.grid_unit) == ([[-5.0, 7.0]], "feet")
    (finding,) = columns.diagnostics
    assert finding.code == "S310"
    assert "no unit" in finding.sentence


@pytest.mark.parametrize("columns", ["name, x", "name, x, easting", "name, northing, southing", "name, latitude, y"])
def test_columns_that_make_no_points_are_refused(columns: str) -> None:
    """A pair of columns counts two ways: a latitude and a longitude, x and y, or by the words."""
    parsed = parse(f"table points T columns {columns}\n  A | 1 | 2\n")
    assert [finding.code for finding in parsed.diagnostics][:1] == ["S310"]


def test_a_csv_file() -> None:
    """The content of a file is read as comma-separated values whose first record is a heading."""
    digest = "0" * 64
    text = f"table points T from «t.csv» sha256 {digest} columns name, latitude, longitude, label\n"
    columns = scan(text, 'id,lat,lon,what\nA,"60°00\'30""N",102°W,"a, corner"\nB,61°N,202°W,\n')
    assert columns.names == ("A",)
    assert columns.labels == ("a, corner",)
    assert columns.lat_e9.tolist() == [60_008_333_333]
    assert [finding.sentence for finding in columns.diagnostics] == [
        "row 3 of t.csv: a longitude of 202° is more than 180°"
    ]


def test_very_many_bad_rows_are_counted() -> None:
    """Of very many bad rows the first are told one by one and the rest counted."""
    columns = scan(HEAD + "  A | 75'N | 5°E\n" * 150)
    assert len(columns.diagnostics) == 101
    assert columns.diagnostics[-1].sentence.startswith("50 more rows")


@pytest.mark.parametrize(
    ("columns", "row", "empty"),
    [
        ("name, latitude, longitude", "A | | 10°20'30\" E", "latitude"),
        ("name, latitude, longitude", "A | 45°10'20\" N | ", "longitude"),
        ("name, coordinates, words", "A | | «x»", "coordinates"),
        ("name, mgrs, words", "A | | «x»", "mgrs"),
    ],
)
def test_an_empty_cell_is_named(columns: str, row: str, empty: str) -> None:
    """It was `the statement ends too early`."""
    parsed = parse(f"table points T columns {columns}\n  {row}\n")
    table = parsed.description.statements[-1]
    assert isinstance(table, PointTable)
    (finding,) = scan_point_table(table).diagnostics
    assert (finding.code, finding.sentence) == ("S310", f"the column {empty} of this row is empty")
