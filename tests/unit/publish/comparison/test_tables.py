"""CSV and workbook of a comparison, read with other programs."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from fakes import comparisons
from merestone.compare.comparison import Comparison, Side
from merestone.publish.comparison.csv_tables import write_profile, write_zones
from merestone.publish.comparison.export import ComparisonExport, Crossing, LiesBetween
from merestone.publish.comparison.workbook import MOST_STATIONS, write_workbook


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def book_of(export: ComparisonExport) -> Any:
    return load_workbook(io.BytesIO(write_workbook(export)))


@pytest.fixture(scope="module")
def made() -> Comparison:
    """The ordinary comparison."""
    return comparisons.ordinary()


def test_a_row_for_each_zone_with_its_figures(made: Comparison) -> None:
    """The numbers of CSV are those of the zones, rounded as their columns say."""
    rows = rows_of(write_zones(ComparisonExport(made)))
    assert [row["zone"] for row in rows] == [zone.name for zone in made.zones]
    assert [float(row["area_m2"]) for row in rows] == pytest.approx([z.area_m2 for z in made.zones], abs=0.06)
    assert [row["held_in_second"] for row in rows] == [zone.held_in_second for zone in made.zones]
    assert rows[-1]["from_first_m"] == ""
    assert rows[-1]["from_second_m"] == "0.0"


def test_every_row_of_zones_says_that_nothing_is_agreed(made: Comparison) -> None:
    """A row cut out of the file still says whose the lines are, and that they are not agreed."""
    for row in rows_of(write_zones(ComparisonExport(made))):
        assert row["standing"] == "not agreed"
        assert row["first"] == "Line of 1976 (claim of Avalon, without prejudice)"


def test_the_profile_has_every_station_in_both_directions(made: Comparison) -> None:
    """Stations seen from the first line come first, then those from the second; none is left out."""
    rows = rows_of(write_profile(ComparisonExport(made)))
    profiles = made.stretches[0].profiles
    assert len(rows) == sum(len(profile.along_m) for profile in profiles)
    second = [float(row["separation_m"]) for row in rows if row["seen_from"] == "second"]
    assert second == pytest.approx(profiles[1].separation_m, abs=5e-4)


def test_longitudes_are_brought_within_half_a_turn() -> None:
    """A line that runs on beyond 180 degrees is listed with longitudes in (-180, 180]."""
    rows = rows_of(write_profile(ComparisonExport(comparisons.over_the_antimeridian())))
    longitudes = [float(row["longitude_deg"]) for row in rows]
    assert min(longitudes) < -178
    assert max(longitudes) <= 180


def test_no_text_becomes_a_formula() -> None:
    """What begins like a formula is text in CSV (an apostrophe) and in the workbook (a string cell)."""
    export = ComparisonExport(comparisons.hostile())
    assert all(row["second"].startswith("'=") for row in rows_of(write_zones(export)))
    book = book_of(export)
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_the_workbook_has_its_sheets_in_order(made: Comparison) -> None:
    """Sheets of what lies between and of crossings are there where there are any."""
    plain = ["Summary", "Zones", "Profile", "Stretches apart", "No counterpart", "Resolutions", "Findings", "About"]
    assert book_of(ComparisonExport(made)).sheetnames == plain
    between = (LiesBetween(1, Side.LEFT, "places", "village", 2),)
    crossings = (Crossing("M4", "road", (45.0, 40.0), of_second=True),)
    more = book_of(ComparisonExport(made, crossings=crossings, between=between))
    assert more.sheetnames == [*plain[:6], "Between", "Crossings", *plain[6:]]
    assert more["Crossings"]["A3"].value == "M4"


def test_the_sheets_hold_the_numbers_as_numbers(made: Comparison) -> None:
    """Areas can be added up: the sum of the sheet is the balance."""
    sheet = book_of(ComparisonExport(made))["Zones"]
    areas = [row[4] for row in sheet.iter_rows(min_row=3, values_only=True)]
    balance = made.balance
    assert sum(areas) == pytest.approx(balance.left_in_first_m2 + balance.right_in_first_m2, abs=1.0)


def test_a_long_profile_is_thinned_and_said_to_be() -> None:
    """The sheet of a profile is cut to a number of stations with the greatest among them; About says of how many."""
    long = comparisons.long_lines(60_000)
    book = book_of(ComparisonExport(long))
    rows = list(book["Profile"].iter_rows(min_row=3, values_only=True))
    assert len(rows) <= 2 * (MOST_STATIONS + 3)
    assert long.statistics is not None
    assert max(abs(row[4]) for row in rows) == pytest.approx(long.statistics[0].greatest_m, abs=1e-3)
    about = {row[0]: row[1] for row in book["About"].iter_rows(min_row=3, values_only=True)}
    assert "of 120002 in all" in about["Profile"]


def test_the_same_comparison_gives_the_same_bytes(made: Comparison) -> None:
    """No clock is in the files."""
    export = ComparisonExport(made)
    assert write_workbook(export) == write_workbook(export)
    assert write_zones(export) == write_zones(export)
