"""A parallel that runs around the Earth against its end, and legs that start near the line that they should run to."""

from __future__ import annotations

import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import no_files
from merestone.casefile.pipeline import Pipeline, Result

HEAD = """boundary «t»
reading by «x»
frame WGS 84 (G1762) epoch 2016.0
point A at 10°00'00.000" N 20°00'00.000" E
point B at 10°00'00.000" N 21°00'00.000" E
"""


def run(leg: str) -> Result:
    return Pipeline(no_files).run(f"{HEAD}section S\n  from A\n  leg 1 {leg}\n")


@pytest.mark.parametrize(
    "leg",
    [
        "parallel westward to B",
        "parallel eastward until it meets meridian 19° E",
        "parallel westward until it meets meridian 170° W",
    ],
)
def test_a_parallel_the_long_way_around_is_a_warning(leg: str) -> None:
    """It is drawn as the words say, 39,361 km for 110 km in the first case, and no longer without a word."""
    result = run(leg)
    (finding,) = [each for each in result.findings if each.code == "G546"]
    whole_m, other_m = (measure.value for measure in finding.measures)
    assert whole_m == pytest.approx(result.line.legs[0].length_m)
    assert whole_m > other_m
    assert whole_m + other_m == pytest.approx(360 * 109_639.3655, rel=1e-6)  # a degree of this parallel on WGS 84


@pytest.mark.parametrize(
    "leg",
    ["parallel eastward to B", "parallel westward until it meets meridian 19° E", "parallel eastward for 25000 km"],
)
def test_the_short_way_and_a_stated_length_are_no_warning(leg: str) -> None:
    assert [each for each in run(leg).findings if each.code == "G546"] == []


@pytest.mark.parametrize("azimuth", [0, 30, 137])
def test_a_leg_from_the_centre_of_a_circle_to_it_is_clear(azimuth: int) -> None:
    """The start moves with the circle: the print left 150 km of 50 km open, a false alarm."""
    result = run(f"geodesic at azimuth {azimuth}° until it meets circle of 50 km about A")
    assert [each for each in result.findings if each.code == "G507"] == []
    expected = Geodesic.WGS84.Direct(10, 20, azimuth, 50_000)
    longitude, latitude = result.line.legs[0].vertices[-1] / 1e9
    assert (longitude, latitude) == pytest.approx((expected["lon2"], expected["lat2"]), abs=2e-9)


def test_a_leg_that_touches_the_line_says_that_the_meeting_is_open() -> None:
    """A geodesic due east touches its parallel; the finding gave 18,919,185,025,487 m."""
    (finding,) = [
        each for each in run("geodesic at azimuth 90° until it meets parallel 10° N").findings if each.code == "G507"
    ]
    assert (
        "the print leaves where they meet open" in finding.sentence or "leaves where they meet open" in finding.sentence
    )
    assert "000 m open" not in finding.sentence
