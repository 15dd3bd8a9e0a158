"""The text of a comparison: what stands on the terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from fakes import comparisons
from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison, Side
from merestone.publish.comparison.export import ComparisonExport, LiesBetween
from merestone.publish.comparison.noticed import apart_per_cent, narrow_text, noticed
from merestone.publish.comparison.table_text import MOST_ROWS, table_text


def text_of(made: Comparison) -> str:
    return table_text(ComparisonExport(made))


def test_a_claim_is_named_with_its_claimant_and_nothing_is_agreed() -> None:
    """The head says that nothing is agreed, and whose each line is."""
    text = text_of(comparisons.ordinary())
    assert "Not agreed; shown without prejudice to the position of any party" in text
    assert "First     Line of 1976 (claim of Avalon, without prejudice)" in text
    assert "Second    Line of 2024 (claim of Borduria, without prejudice)" in text


def test_edges_and_accuracy_are_printed_as_stated() -> None:
    """How the vertices are joined, the stated sigma and the file's SHA-256 stand under each line."""
    text = " ".join(text_of(comparisons.ordinary()).split())
    assert (
        "edges straight in lon/lat; standard deviation 25.0 m (survey 0); line-1.geojson, layer boundary, GeoJSON"
        in text
    )
    assert "2" * 64 in text


def test_the_sentence_stands_before_the_tables() -> None:
    """How far apart at most and on average, and how much land lies between, comes before any table."""
    text = text_of(comparisons.ordinary())
    sentence = re.search(r"The two lines are at most ([\d.]+) km apart.* 259 to 271 m\s+apart\s+on\s+average", text)
    assert sentence is not None
    assert sentence.start() < text.index("length compared")
    assert float(sentence[1]) == pytest.approx(comparisons.ordinary().hausdorff_m / 1000, abs=0.005)


def test_every_zone_has_a_row_with_its_figures() -> None:
    """The row of a zone has who has it in either line, its area with sigma, widths, where it lies, verdict, chance."""
    made = comparisons.ordinary()
    row = next(line for line in text_of(made).splitlines() if line.startswith("  Z4 "))
    zone = made.zones[3]
    assert row.split()[:5] == [
        "Z4",
        "Borduria",
        "Avalon",
        f"{zone.area_m2 / 1e6:.3f}",
        f"{zone.area_sigma_m2 / 1e6:.3f}",
    ]
    assert "undecidable" in row
    assert row.endswith(f"{zone.probability * 100:.1f} %")


def test_a_zone_of_a_part_in_one_line_only_has_a_dash_for_the_other() -> None:
    """An exclave of the second line lies nowhere along the first."""
    row = next(line for line in text_of(comparisons.ordinary()).splitlines() if line.startswith("  Z13"))
    assert " -  " in row


def test_long_lists_are_cut_with_a_count() -> None:
    """Of 3,001 zones the forty largest are listed, and the rest are counted with their area."""
    made = comparisons.many_zones()
    text = text_of(made)
    listed = [int(number) for number in re.findall(r"^  Z(\d+) ", text, re.MULTILINE)]
    areas = {zone.number: zone.area_m2 for zone in made.zones}
    assert len(listed) == MOST_ROWS
    assert [areas[number] for number in listed] == sorted(areas.values(), reverse=True)[:MOST_ROWS]
    wide = sorted((zone.area_m2 for zone in noticed(made)), reverse=True)
    rest = sum(wide[MOST_ROWS:]) / 1e6
    assert f"and {len(wide) - MOST_ROWS:,} smaller zones, {rest:,.3f} km² in all" in text


def test_zones_narrower_than_the_tolerance_are_folded() -> None:
    """What is nowhere wider than the tolerance is no row: how many there are and how much they hold is a sentence."""
    made = comparisons.ordinary()
    tolerance_m = sorted(zone.greatest_width_m for zone in made.zones)[len(made.zones) // 2]
    made = replace(made, settings=replace(made.settings, tolerance_m=tolerance_m))
    text = text_of(made)
    listed = {int(number) for number in re.findall(r"^  Z(\d+) ", text, re.MULTILINE)}
    assert listed == {zone.number for zone in made.zones if zone.greatest_width_m > tolerance_m}
    assert " ".join(narrow_text(made).split()) in " ".join(text.split())


def test_nothing_is_judged_where_no_accuracy_is_stated() -> None:
    """Without a stated accuracy there is neither a verdict nor a probability to print."""
    made = comparisons.ordinary()
    assert "probability" in text_of(made)
    exact = replace(made, first=_exact(made.first), second=_exact(made.second))
    assert "probability" not in text_of(exact)
    assert "verdict" not in text_of(exact)


@pytest.mark.parametrize(
    ("separations_m", "per_cent"),
    [
        ((20.0, 20.0, 20.0), "100 %"),
        ((0.0, 0.0, 0.0), "0 %"),
        ((0.0, 20.0, 0.0), "50 %"),
        ((-20.0, -20.0, 0.0), "75 %"),
    ],
)
def test_the_share_that_is_apart_is_a_share(separations_m: tuple[float, float, float], per_cent: str) -> None:
    """Beyond 10 m, over 200 m of either line, linear between the stations; never more than all of it."""
    made = comparisons.ordinary()
    one = made.stretches[0].profiles[0]
    nothing = np.zeros(3)
    profile = replace(
        one, along_m=np.array([0.0, 100.0, 200.0]), separation_m=np.array(separations_m), lonlat=np.zeros((3, 2)),
        foot=np.zeros((3, 2)), foot_along_m=nothing, sigma_m=nothing, probability=nothing,
    )  # fmt: skip
    stretch = replace(made.stretches[0], profiles=(profile, profile))
    made = replace(made, stretches=(stretch,), settings=replace(made.settings, tolerance_m=10.0))
    assert apart_per_cent(made) == per_cent


def _exact(claim: Claim) -> Claim:
    return replace(claim, uncertainty=replace(claim.uncertainty, components=()))


def test_lines_that_are_one_say_so() -> None:
    """Identical lines have no zone and are the same over all that was compared."""
    text = text_of(comparisons.identical())
    assert "The two lines are identical along the 229.567 km compared." in text
    assert "There are no zones of difference." in text


def test_sides_that_nobody_named_are_left_and_right() -> None:
    """Without names the sides are those of the common orientation."""
    text = text_of(comparisons.nobody_named())
    assert "the files do not name the sides" in text
    assert "area left of Line of 1976, right of Line of 2024" in text


def test_a_published_version_is_nobodys_claim() -> None:
    """A version that nobody put forward is called that, and a reading is ours."""
    text = " ".join(text_of(comparisons.nobody_named()).split())
    assert "Line of 1976: published data, not a claim of a party" in text
    assert "Line of 2024: reading of an unnamed reader" in text


def test_what_lies_between_is_listed() -> None:
    """Rows of what lies in the zones have their own table."""
    rows = (LiesBetween(3, Side.LEFT, "places", "village", 4, None, 1_200),)
    text = table_text(ComparisonExport(comparisons.ordinary(), between=rows))
    assert re.search(r"Z3\s+left\s+places\s+village\s+4\s+1,200", text)


def test_nothing_of_a_hostile_text_reaches_the_terminal_as_a_command() -> None:
    """Direction overrides and controls are replaced."""
    text = text_of(comparisons.hostile())
    assert "\u202e" not in text
    assert all(character.isprintable() or character == "\n" for character in text)
