"""The catalogue's rows, the CSV and the text summary."""

from __future__ import annotations

import csv
import io
import itertools

import pytest

from fakes.boundary_lines import GEOD, HOSTILE, export, findings, hostile, ordinary, over_the_antimeridian
from merestone.delimit.boundary_line import BoundaryLine
from merestone.publish.angles import units_from_dms
from merestone.publish.catalogue import GapRow, Row, catalogue
from merestone.publish.csv_catalogue import COLUMNS, azimuth_decimal, write_csv
from merestone.publish.findings import measures_by_pair, quantity
from merestone.publish.summary import write_summary
from merestone.publish.text import width


def rows(line: BoundaryLine) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_csv(export(line)).decode(), newline="")))


def test_a_vertex_that_two_legs_share_is_one_row() -> None:
    """The catalogue runs A, B, a corner, C, then the gap; B has the leg that leaves it and the larger sigma."""
    main = [row for row in catalogue(ordinary()) if (row.section == "Main")]
    assert [row.name for row in main if isinstance(row, Row)] == ["A", "B", "", "C"]
    assert [row.number for row in main if isinstance(row, Row)] == [1, 2, 3, 4]
    assert isinstance(main[-1], GapRow)
    second = main[1]
    assert isinstance(second, Row)
    assert second.piece is not None
    assert (second.piece.leg, second.sigma_m) == ("2", 0.25)


@pytest.mark.parametrize("line", [ordinary(), hostile(), over_the_antimeridian()])
def test_csv_gives_back_every_vertex_exactly(line: BoundaryLine) -> None:
    """Both printed forms of every coordinate name the unit that is in the line."""
    kept = [row for row in catalogue(line) if isinstance(row, Row)]
    read = [row for row in rows(line) if row["number"]]
    for row, cells in zip(kept, read, strict=True):
        assert units_from_dms(cells["latitude"]) == row.latitude
        assert round(float(cells["latitude_deg"]) * 1e9) == row.latitude
        assert (units_from_dms(cells["longitude"]) - row.longitude) % (360 * 10**9) == 0
        assert (round(float(cells["longitude_deg"]) * 1e9) - row.longitude) % (360 * 10**9) == 0


def test_csv_prints_length_and_both_azimuths_of_each_piece() -> None:
    """From a printed vertex, the printed azimuth and length lead to the next one, by another library."""
    read = [row for row in rows(ordinary()) if row["section"] == "Main" and row["number"]]
    for here, there in itertools.pairwise(read):
        start = float(here["longitude_deg"]), float(here["latitude_deg"])
        lon, lat, back = GEOD.fwd(*start, float(here["azimuth_at_start_deg"]), float(here["length_m"]))
        _, _, off = GEOD.inv(lon, lat, float(there["longitude_deg"]), float(there["latitude_deg"]))
        # Half of the azimuth's seventh decimal over 937 km is 0.8 mm, half of the last millimetre of length 0.5 mm.
        assert off < 0.002
        assert (back + 180.0) % 360.0 == pytest.approx(float(here["azimuth_at_end_deg"]), abs=2e-7)


def test_no_cell_of_the_csv_is_a_formula() -> None:
    """A hostile name reaches every text column as text."""
    for row in rows(hostile()):
        for column, value in row.items():
            if column not in {"latitude_deg", "longitude_deg"}:
                assert value[:1] not in {"=", "+", "-", "@", "\t", "\r"}, column
    assert HOSTILE not in write_csv(export(hostile())).decode()


def test_every_row_of_the_csv_has_every_column() -> None:
    """Rows of gaps and of ends are as long as the header."""
    table = list(csv.reader(io.StringIO(write_csv(export(ordinary())).decode(), newline="")))
    assert {len(row) for row in table} == {len(COLUMNS)}
    assert all(row["standing"] == "not agreed" for row in rows(ordinary()))
    assert rows(ordinary())[4]["remark"] == "gap: the thalweg is not yet compiled"


def test_an_azimuth_is_less_than_a_full_turn() -> None:
    """What rounds to 360 prints as 0."""
    assert azimuth_decimal(359.99999999) == azimuth_decimal(0.0) == "0.0000000"


def test_the_summary_is_aligned_whatever_the_script() -> None:
    """In the table of points the last columns begin in the same column of the terminal, wide names or not."""
    lines = write_summary(export(hostile())).decode().splitlines()
    start = lines.index("Points")
    table = lines[start + 2 : start + 4]
    assert len({width(line[: line.index("coordinates")]) for line in table}) == 1


def test_the_summary_says_what_a_reader_must_know() -> None:
    """Whose reading, not agreed, the gap, the finding with its spread and what would settle it."""
    text = write_summary(export(ordinary())).decode()
    for said in (
        "Reading by the mapping office: not agreed",
        "1050.443 km",
        "3: the thalweg is not yet compiled [N001]",
        "ALF on the right, BET on the left",
        "separation 6.01 km between geodesic and loxodrome",
        "what would settle it: a protocol that names the kind of line",
    ):
        assert said in text


def test_the_summary_sends_no_command_to_a_terminal() -> None:
    """No control character but the line end is in the page."""
    text = write_summary(export(hostile())).decode()
    assert all(character == "\n" or ord(character) >= 32 for character in text)
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (6012.3, "m", "6.01 km"),
        (0.0, "m", "0.000 m"),
        (12.3456, "m", "12.3 m"),
        (0.01234, "m", "0.012 m"),
        (-5.0, "m", "-5.00 m"),
        (999.4, "m", "999 m"),
        (3746.4, "km2", "3,746 km²"),
        (301.26, "km2", "301 km²"),
        (0.0059, "km2", "5,900 m²"),
        (134.657, "deg", "134.6570°"),
    ],
)
def test_a_quantity_shows_three_digits(value: float, unit: str, text: str) -> None:
    """Quantities print to three significant digits or the third decimal, in the unit that keeps them short."""
    assert quantity(value, unit) == text


def test_measures_of_one_pair_are_one_row() -> None:
    """The separation and the area between the same two readings stand together."""
    (row,) = measures_by_pair(findings()[0].measures)
    assert row == ("geodesic and loxodrome", ("separation 6.01 km", "area between 3,765 km²"))
