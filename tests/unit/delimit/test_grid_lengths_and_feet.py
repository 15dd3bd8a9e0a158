"""Lengths that an instrument counts on a grid, feet of two kinds, and figures that show their difference."""

from __future__ import annotations

import pyproj
import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import HEAD, no_files
from merestone.casefile.pipeline import Pipeline
from merestone.delimit.expectations import Evaluated, evaluate
from merestone.delimit.wording import metres_text, off_text, unlike_texts
from merestone.diagnostics import Diagnostic, Severity

SIRGAS = (
    "decimal sign point\nframe SIRGAS 2000\npoint M1 at northing 7963415.08757 easting 425106.63339 on EPSG:31984\n"
)
TEXAS = "decimal sign point\nframe NAD83\npoint P at N 10070000.00 E 3120000.00 on EPSG:2277\n"


def run(head: str, *lines: str, start: str = "M1") -> tuple[list[Diagnostic], list[Evaluated]]:
    """What is found in a section of these lines, and the figures of it."""
    body = f"{head}section S\n  from {start}\n" + "".join(f"  {line}\n" for line in lines)
    result = Pipeline(no_files).run(HEAD + body)
    found = [each for each in result.findings if each.code[0] in "XCSR" or each.code == "F827"]
    return found, list(evaluate(result.compiled)[0])


GRID_COURSE = "leg 1 at azimuth 90°00'00\" on the grid of EPSG:31984 for 10000.00 m"


def test_a_course_on_the_grid_has_its_length_on_the_grid() -> None:
    """`expect length` of a leg whose courses count on a grid is that of the grid: 10,000 m, and not 10,003.40 m."""
    found, (figure,) = run(SIRGAS, GRID_COURSE, "  expect length 10000.00 m")
    assert found == []
    assert figure.computed == pytest.approx(10_000.0, abs=1e-4)


@pytest.mark.parametrize("words", ["straight on EPSG:31984 to M2", "geodesic to M2", "loxodrome to M2"])
def test_a_length_on_a_named_projection(words: str) -> None:
    """`on EPSG:31984` counts the length of any leg on the plane, as pyproj's plane has it; without it, on the ellipsoid."""
    points = SIRGAS + "point M2 at northing 7973415.08757 easting 435106.63339 on EPSG:31984\n"
    plane_m = (10_000.0**2 + 10_000.0**2) ** 0.5
    found, (figure,) = run(points, f"leg 1 {words}", f"  expect length {plane_m:.3f} m on EPSG:31984")
    assert found == []
    assert figure.computed == pytest.approx(plane_m, abs=2e-4)
    (other,), _ = run(points, f"leg 1 {words}", f"  expect length {plane_m:.3f} m")
    assert other.code == "X701"
    assert other.hint is not None
    assert other.hint.startswith("suspect the scale of the grid first")
    to_geographic = pyproj.Transformer.from_crs(31984, 4674, always_xy=True)
    ends = [to_geographic.transform(*each) for each in ((425106.63339, 7963415.08757), (435106.63339, 7973415.08757))]
    on_ellipsoid_m = Geodesic(6378137.0, 1 / 298.257222101).Inverse(ends[0][1], ends[0][0], ends[1][1], ends[1][0])[
        "s12"
    ]
    assert f"{plane_m / on_ellipsoid_m:.6f}" in other.hint


def test_a_length_on_the_ellipsoid_of_a_course_on_the_grid() -> None:
    """The other way round: the ellipsoidal length of a course on the grid agrees, and the hint says so."""
    (found,), _ = run(SIRGAS, GRID_COURSE, "  expect length 10003.40 m")
    assert found.code == "X701"
    assert found.hint is not None
    assert "on the ellipsoid the length is 10,003.39" in found.hint


def test_a_length_that_no_scale_explains_keeps_its_other_suspects() -> None:
    """10,100 m is no grid length."""
    (found,), _ = run(SIRGAS, GRID_COURSE, "  expect length 10100.00 m")
    assert found.hint is not None
    assert "scale" not in found.hint


@pytest.mark.parametrize("on", ["on the grid of EPSG:2277", "by geodesic"])
def test_feet_where_the_grid_counts_in_another_foot_are_shown_both_ways(on: str) -> None:
    """20,000 feet are 6,096.000 m or 6,096.0122 m: a finding with both and 12.2 mm between them."""
    found, _ = run(TEXAS, f"leg 1 at azimuth 0°00'00\" {on} for 20000.00 feet", start="P")
    (finding,) = [each for each in found if each.code == "F827"]
    assert finding.severity is Severity.WARNING
    assert finding.measures[0].value == pytest.approx(20_000.0 * (1200.0 / 3937.0 - 0.3048), rel=1e-6)
    assert "6,096.0000 m" in finding.sentence
    assert "6,096.0122 m" in finding.sentence


@pytest.mark.parametrize("unit", ["US survey feet", "international feet", "m"])
def test_a_foot_that_is_said_leaves_nothing_open(unit: str) -> None:
    """No finding where the text says which foot, or none."""
    found, _ = run(TEXAS, f"leg 1 at azimuth 0°00'00\" on the grid of EPSG:2277 for 20000.00 {unit}", start="P")
    assert "F827" not in [each.code for each in found]


@pytest.mark.parametrize(
    ("print_", "code"), [("360°", None), ("360°00'00\"", None), ("361°", "C209"), ("360°00'01\"", "C209")]
)
def test_a_full_turn_is_north(print_: str, code: str | None) -> None:
    """An azimuth of 360° is 0°; more than a full turn is refused."""
    found, _ = run(SIRGAS, f"leg 1 geodesic at azimuth {print_} for 100 m")
    assert [each.code for each in found] == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("easting", "written"), [("500123.45", "3500123.45"), ("1000", "3501000"), ("-1000", "3499000")]
)
def test_an_easting_without_its_zone_says_what_to_write(easting: str, written: str) -> None:
    """`R` as in Rechtswert on Gauss-Krüger zone 3, without the zone's number: the finding has the number to write."""
    text = f"decimal sign point\nframe DHDN\npoint A at R {easting} H 5541000 on EPSG:31467\nsection S\n  from A\n"
    found = [each for each in Pipeline(no_files).run(HEAD + text).findings if each.code == "F821"]
    assert f"easting written as {written}" in found[0].sentence


def test_texts_of_two_figures_show_that_they_differ() -> None:
    """10,000.4 m and 10,000.0 m are both 10.000 km to the metre, so a digit more is printed."""
    assert unlike_texts(10_000.4, 10_000.0, "m") == ("10.0004 km", "10.0000 km")
    assert unlike_texts(15_000_001.0, 15_000_000.0, "m2") == ("15.000001 km²", "15.000000 km²")
    assert unlike_texts(5.0, 5.0, "m") == ("5.00 m", "5.00 m")


def test_a_small_figure_is_never_printed_as_nothing() -> None:
    """Millimetres have a unit that shows them."""
    assert [off_text(each) for each in (0.0, 3e-8, 0.0004, 0.0452, 8.264, 1204.5)] == [
        "0 m", "less than 0.1 mm", "0.4 mm", "45.2 mm", "8.26 m", "1,204.50 m",
    ]  # fmt: skip
    assert metres_text(3e-8) == "less than 0.1 mm"


ENCLAVE = """point A at 10°00'00" N 20°00'00" E
point B at 10°00'00" N 21°00'00" E
point C at 11°00'00" N 21°00'00" E
point D at 11°00'00" N 20°00'00" E
point E at 10°20'00" N 20°20'00" E
point F at 10°20'00" N 20°40'00" E
point G at 10°40'00" N 20°40'00" E
point H at 10°40'00" N 20°20'00" E
point V at 10°30'00" N 20°30'00" E
ring Outer with A inside, B outside
  expect V on the side of {}
  from A
  leg 1 geodesic to B
  leg 2 geodesic to C
  leg 3 geodesic to D
  leg 4 geodesic to A
ring Enclave with B inside, A outside
  from E
  leg 1 geodesic to F
  leg 2 geodesic to G
  leg 3 geodesic to H
  leg 4 geodesic to E
"""


@pytest.mark.parametrize(("party", "codes"), [("B", []), ("A", ["X707"])])
def test_a_place_in_an_enclave_is_on_the_side_of_its_party(party: str, codes: list[str]) -> None:
    """V lies in B's enclave within A's ring: an expectation on the outer ring that it is B's is right, that it is A's wrong."""
    text = "frame WGS 84 (G1762) epoch 2016.0 fixed in frame\n" + ENCLAVE.format(party)
    assert [each.code for each in Pipeline(no_files).run(HEAD + text).findings] == codes
