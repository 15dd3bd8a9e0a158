"""The facts of a comparison, and that they are symmetric in the two lines."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes import comparisons
from merestone.compare.claim import Standing
from merestone.compare.comparison import Comparison
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.facts import facts, write_json
from merestone.publish.comparison.figures import figures, sentence
from merestone.publish.comparison.table_text import table_text

SKETCHES = st.builds(
    comparisons.Sketch,
    amplitudes_m=st.lists(st.floats(-900.0, 900.0), min_size=1, max_size=6).map(tuple),
    per_zone=st.integers(4, 12),
    middle=st.tuples(st.floats(-180.0, 180.0), st.floats(-70.0, 70.0)),
    size_m=st.floats(30_000.0, 300_000.0),
    sides=st.sampled_from([("Avalon", "Borduria"), (None, None)]),
    standings=st.tuples(st.sampled_from(Standing), st.sampled_from(Standing)),
    exclave=st.booleans(),
    tail=st.booleans(),
)
FLIPPED = {"left": "right", "right": "left", "first": "second", "second": "first"}


def facts_of(made: Comparison) -> dict[str, Any]:
    return facts(ComparisonExport(made), profiles=True)


def mirrored(found: dict[str, Any]) -> dict[str, Any]:
    """The facts with the two lines changed over, by the meaning of the keys alone."""
    areas = found["areas"]
    return found | {
        "title": None,
        "standing": None,
        "first": found["second"],
        "second": found["first"],
        "lengths_m": found["lengths_m"][::-1],
        "whole_lengths_m": found["whole_lengths_m"][::-1],
        "statistics": found["statistics"][::-1],
        "areas": areas
        | {"left_in_first_m2": areas["right_in_first_m2"], "right_in_first_m2": areas["left_in_first_m2"]},
        "verdicts": [row | {"lengths_m": row["lengths_m"][::-1]} for row in found["verdicts"]],
        "zones": [
            zone
            | {
                "held_in_first": zone["held_in_second"],
                "held_in_second": zone["held_in_first"],
                "side_of_first": FLIPPED[zone["side_of_first"]],
                "edges_m": zone["edges_m"][::-1],
                "reaches": zone["reaches"][::-1],
            }
            for zone in found["zones"]
        ],
        "partings": [
            row | {"reaches": row["reaches"][::-1], "second_lies": FLIPPED[row["second_lies"]]}
            for row in found["partings"]
        ],
        "unmatched": [row | {"line": FLIPPED[row["line"]]} for row in found["unmatched"]],
        "resolutions": [row | {"lengths_m": row["lengths_m"][::-1]} for row in found["resolutions"]],
        "stretches": [
            row | {"reaches": row["reaches"][::-1], "profiles": row["profiles"][::-1]} for row in found["stretches"]
        ],
    }


@settings(max_examples=40)
@given(SKETCHES)
def test_swapping_the_lines_mirrors_every_fact(sketch: comparisons.Sketch) -> None:
    """The facts of the swapped comparison are the facts with every pair turned and every side flipped."""
    made = comparisons.of(sketch)
    swapped = facts_of(comparisons.swapped(made)) | {"title": None, "standing": None}
    assert swapped == mirrored(facts_of(made))


@settings(max_examples=40)
@given(SKETCHES)
def test_swapping_the_lines_leaves_the_figures_and_turns_the_table(sketch: comparisons.Sketch) -> None:
    """The big figures are the same whichever line comes first; the text holds the same numbers of every zone."""
    made = comparisons.of(sketch)
    turned = comparisons.swapped(made)
    assert [figure.value for figure in figures(made)] == [figure.value for figure in figures(turned)]
    assert sentence(made) == sentence(turned)
    one, two = (zone_rows(table_text(ComparisonExport(each))) for each in (made, turned))
    assert one == two


def zone_rows(text: str) -> list[list[str]]:
    """The words of every zone's row, in an order that does not depend on which line comes first."""
    return [sorted(line.split()) for line in text.splitlines() if line.startswith("  Z")]


def test_every_number_is_the_comparisons_own() -> None:
    """Lengths, areas, statistics and zones are given unrounded."""
    made = comparisons.ordinary()
    found = facts_of(made)
    assert found["lengths_m"] == list(made.lengths_m)
    assert found["hausdorff_m"] == made.hausdorff_m
    assert [zone["area_m2"] for zone in found["zones"]] == [zone.area_m2 for zone in made.zones]
    assert made.statistics is not None
    assert found["statistics"][1]["p95_m"] == made.statistics[1].p95_m


def test_profiles_are_given_where_they_are_asked_for() -> None:
    """The flag adds the stations of both directions; without it the key is there and null."""
    made = comparisons.ordinary()
    separation = facts_of(made)["stretches"][0]["profiles"][1]["separation_m"]
    assert separation == pytest.approx(made.stretches[0].profiles[1].separation_m, abs=5e-4)
    short: Any = facts(ComparisonExport(made))
    assert short["stretches"][0]["profiles"] is None


def test_the_keys_are_always_there() -> None:
    """A comparison of identical lines has the same keys as any other."""
    assert facts_of(comparisons.identical()).keys() == facts_of(comparisons.ordinary()).keys()


def test_what_is_no_number_is_null() -> None:
    """JSON holds no NaN: a sigma that is unknown is null."""
    made = comparisons.one_zone()
    made.stretches[0].profiles[0].sigma_m[0] = np.nan
    found = facts_of(made)
    assert found["stretches"][0]["profiles"][0]["sigma_m"][0] is None


def test_the_file_is_json_of_the_facts() -> None:
    """The file parses, and holds the facts without the profiles."""
    export = ComparisonExport(comparisons.hostile())
    assert json.loads(write_json(export)) == json.loads(json.dumps(facts(export)))
