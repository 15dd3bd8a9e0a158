"""A curve between two ends is one of two arcs, and what is printed of its length is a check that can fail."""

from __future__ import annotations

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import FRAME, HEAD, errors, no_files, result_of
from merestone.casefile.pipeline import Pipeline
from merestone.delimit.expectations import Evaluated, evaluate
from merestone.diagnostics import Diagnostic, Severity

G = Geodesic.WGS84
COARSE = "point A at 40°24' N 111°47' W\n"
"""Printed to a minute: half of it is 707 m eastward and 925 m northward."""
CHORD = "leg 1 curve to the right of radius 100.00 m{} on chord N 74°24'00\" E 60.00 m open"


def text(*lines: str, points: str = COARSE) -> str:
    """A section from A with these lines."""
    return points + "section S\n  from A\n" + "".join(f"  {line}\n" for line in lines)


def findings(*lines: str, points: str = COARSE) -> list[Diagnostic]:
    """What is found in it, frames left out."""
    return list(Pipeline(no_files).run(HEAD + FRAME + text(*lines, points=points)).findings)


def figure(*lines: str, points: str = COARSE) -> Evaluated:
    """The one figure that it states."""
    (found,) = evaluate(result_of(text(*lines, points=points)).compiled)[0]
    return found


# ---- two arcs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "minor"), [("", True), (" shorter arc", True), (" longer arc", False)])
@pytest.mark.parametrize("hand", ["right", "left"])
def test_each_arc_lies_at_the_radius_from_one_centre(words: str, minor: bool, hand: str) -> None:
    """Places along it are 100 m from its centre on the hand that it turns to, by GeographicLib; its length is r theta."""
    result = result_of(text(CHORD.format(words).replace("right", hand)))
    (leg,) = result.line.legs
    half = math.asin(60.0 / 200.0)
    assert leg.length_m == pytest.approx(200.0 * (half if minor else math.pi - half), abs=1e-3)
    start_deg = float(leg.azimuths_start_deg[0])
    lon, lat = leg.line.ends[0]
    centre = G.Direct(float(lat), float(lon), start_deg + (90.0 if hand == "right" else -90.0), 100.0)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        ((lon, lat),) = leg.line.position(share * leg.length_m * np.ones(1))
        assert G.Inverse(centre["lat2"], centre["lon2"], float(lat), float(lon))["s12"] == pytest.approx(
            100.0, abs=1e-3
        )
    chord = G.Inverse(*(float(each) for end in leg.line.ends for each in end[::-1]))
    assert chord["s12"] == pytest.approx(60.0, abs=1e-6)
    assert chord["azi1"] == pytest.approx(74.4, abs=1e-6)


def test_two_arcs_that_the_words_leave_are_shown() -> None:
    """O612 gives both lengths and how far apart the middles of the two arcs are: r (1 + cos) + r (1 - cos) = 2 r less nothing."""
    (found,) = findings(CHORD.format(""))
    assert (found.code, found.severity) == ("O612", Severity.OPEN)
    half = math.asin(0.3)
    assert [each.value for each in found.measures] == pytest.approx(
        [200.0 * half, 200.0 * (math.pi - half), 2.0 * 100.0 * math.cos(half)], abs=1e-2
    )


@pytest.mark.parametrize("words", [" shorter arc", " longer arc"])
def test_words_settle_which_arc_is_meant(words: str) -> None:
    """Nothing is left open then."""
    assert findings(CHORD.format(words)) == []


def test_a_printed_length_settles_which_arc_is_meant() -> None:
    """60.94 m is the length of the arc that is drawn, and not that of the other."""
    assert findings(CHORD.format(""), "  expect length 60.94 m") == []


def test_a_printed_length_of_the_other_arc_is_told() -> None:
    """567.38 m is the length of the longer arc: the finding says to write so; written so, it agrees."""
    found = {each.code: each for each in findings(CHORD.format(""), "  expect length 567.38 m")}
    assert set(found) == {"O612", "X701"}
    assert "that of the longer" in found["O612"].sentence
    assert findings(CHORD.format(" longer arc"), "  expect length 567.38 m") == []


def test_a_curve_that_leaves_in_a_direction_is_one_arc() -> None:
    """The direction at its start decides."""
    assert findings("leg 1 curve to the right of radius 100.00 m leaving at azimuth 45°00' for 300.00 m") == []


def test_a_chord_that_cannot_be_drawn_has_its_end_in_the_words() -> None:
    """A chord longer than twice the radius is G543 alone, and no open ending."""
    found = findings("leg 1 curve to the right of radius 20.00 m on chord N 74°24'00\" E 60.00 m open")
    assert [each.code for each in found] == ["G543"]


# ---- lengths ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "leg 1 curve to the right of radius 25.00 m shorter arc on chord N 74°24'00\" E 13.45 m open",
        "leg 1 curve to the right of radius 25.00 m longer arc on chord N 74°24'00\" E 13.45 m open",
        "leg 1 curve to the left of radius 25.00 m leaving at azimuth 45°00'00\" for 13.62 m",
        "leg 1 parallel eastward for 250.00 m",
        "leg 1 loxodrome at azimuth 45°00'00\" for 250.00 m",
    ],
)
def test_the_length_of_what_bends_does_not_hang_on_the_print_of_its_start(words: str) -> None:
    """From a place printed to a minute its length is open by some millimetres: 20 m more is found, its own length agrees."""
    own_m = result_of(text(words)).line.legs[0].length_m
    assert figure(words, f"  expect length {own_m:.2f} m").agrees
    wrong = figure(words, f"  expect length {own_m + 20.0:.2f} m")
    assert not wrong.agrees
    assert wrong.rounding < 0.05


def test_what_the_print_of_a_curve_leaves_of_its_length() -> None:
    """DL = dr (theta - 2 tan(theta/2)) + dc / cos(theta/2): half a centimetre of radius and of chord."""
    words = "leg 1 curve to the right of radius 25.00 m shorter arc on chord N 74°24'00\" E 40.00 m open"
    half = math.asin(40.0 / 50.0)
    expected = 0.005 * abs(2.0 * half - 2.0 * math.tan(half)) + 0.005 / math.cos(half)
    assert figure(words, "  expect length 46.36 m").rounding == pytest.approx(expected, rel=0.01)


def test_a_curve_between_two_printed_ends_is_open_by_their_print() -> None:
    """Ends printed to a second: dc is what either end moves along the chord, and dL = dc / cos(theta/2)."""
    points = "point A at 40°24'00\" N 111°47'00\" W\npoint B at 40°24'20\" N 111°47'00\" W\n"
    found = figure(
        "leg 1 curve to the right of radius 1000.00 m shorter arc to B", "  expect length 620 m", points=points
    )
    chord_m = G.Inverse(40.4, -111.0 - 47 / 60, 40.4 + 20 / 3600, -111.0 - 47 / 60)["s12"]
    along_m = 2.0 * chord_m / 20.0 / 2.0
    half = math.asin(chord_m / 2000.0)
    own = 0.005 * abs(2.0 * half - 2.0 * math.tan(half))
    assert found.rounding == pytest.approx(along_m / math.cos(half) + own, rel=0.01)


def test_the_azimuth_of_a_curve_at_its_start_hangs_on_its_radius_and_chord() -> None:
    """It is that of the chord less half the angle: d = d(chord) + half the change of theta."""
    words = "leg 1 curve to the right of radius 25.00 m shorter arc on chord N 74°24'00\" E 13.45 m open"
    half = math.asin(13.45 / 50.0)
    found = figure(words, f"  expect azimuth {74.4 - math.degrees(half):.2f}°")
    open_deg = 0.5 / 3600.0 + math.degrees((0.005 / 50.0 + 13.45 * 0.005 / (2.0 * 25.0**2)) / math.cos(half))
    assert found.rounding == pytest.approx(open_deg, rel=0.02)
    assert found.agrees


def test_a_figure_that_rests_on_a_construction_is_open_by_its_numbers() -> None:
    """A point where a line at 45° (to a degree) from A meets a circle of 10 km: half a degree is 87 m there, and 5 m the radius."""
    points = (
        "point A at 40°24'00.000\" N 111°47'00.000\" W\nconstruction line Ray geodesic from A at azimuth 45°\n"
        "construction circle Ring of 10.00 km about A\npoint X at the intersection of line Ray and circle Ring\n"
        "  expect coordinates 40°27'50\" N 111°42'00\" W within 1 m\n"
    )
    (found,) = evaluate(result_of(text("leg 1 geodesic to X", points=points)).compiled)[0]
    assert found.rounding == pytest.approx(10_000.0 * math.radians(0.5) + 5.0, rel=0.01)


def test_the_test_texts_hold_no_error() -> None:
    """A check of these tests: the texts that they build are read."""
    assert errors(result_of(text(CHORD.format("")))) == []
