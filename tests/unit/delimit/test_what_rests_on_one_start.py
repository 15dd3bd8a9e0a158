"""What rests on one start moves with it: the rounding of the start is no tolerance of what is built from it."""

from __future__ import annotations

import math

import pytest

from fakes.descriptions import FRAME, HEAD, no_files, result_of
from merestone.casefile.pipeline import Pipeline
from merestone.delimit.expectations import Evaluated, evaluate
from merestone.delimit.left_open import LeftOpen

COARSE = "point A at 40°N 100°W\n"
"""Printed to a degree: half of it is 42.7 km eastward and 55.5 km northward."""


def figures(text: str) -> list[Evaluated]:
    """The figures of a description, weighed."""
    return list(evaluate(result_of(text).compiled)[0])


def codes(text: str) -> list[str]:
    """The codes of what the checker finds, frames left out."""
    result = Pipeline(no_files).run(HEAD + FRAME + text)
    return [each.code for each in result.findings]


def section(*lines: str) -> str:
    """A section from A with these lines."""
    return "section S\n  from A\n" + "".join(f"  {line}\n" for line in lines)


BY_POINT = COARSE + "point B at azimuth 90° and 300 m from A along geodesic\n"


@pytest.mark.parametrize("points", [BY_POINT, COARSE], ids=["by a point", "by a leg"])
@pytest.mark.parametrize(
    ("said", "code"),
    [("length 40 km", "X701"), ("azimuth 190°", "X702"), ("direction west", "X703"), ("length 302 m", "X701"),
     ("azimuth 92°", "X702"), ("length 300 m", None), ("azimuth 90°", None), ("direction east", None)],
)  # fmt: skip
def test_a_course_does_not_hang_on_the_rounding_of_its_start(points: str, said: str, code: str | None) -> None:
    """A course of 300 m at 90° from a place printed to a degree is 300 m at 90°, and nothing else agrees with it."""
    leg = "leg 1 geodesic to B" if points is BY_POINT else "leg 1 geodesic at azimuth 90° for 300 m"
    assert codes(points + section(leg, f"  expect {said}")) == ([] if code is None else [code])


def traverse(said: str) -> str:
    """A ring of courses that encloses 15.03 ha, with what is expected of it."""
    legs = ("90°00' for 300.60 m", "180°00' for 500.00 m", "270°00' for 300.60 m")
    lines = "".join(f"  leg {n} geodesic at azimuth {each}\n" for n, each in enumerate(legs, start=1))
    return f"{COARSE}ring R\n  expect {said}\n  from A\n{lines}  leg 4 geodesic to A\n"


@pytest.mark.parametrize(
    ("said", "agrees"),
    [("area 15.2 ha", False), ("area 15.03 ha", True), ("area 14.9 ha", False), ("area 15.0 ha", True)],
)
def test_the_area_of_a_traverse_does_not_hang_on_its_start(said: str, agrees: bool) -> None:
    """15.03 ha from a start printed to a degree, courses to 1' and 1 cm: 15.2 ha is found."""
    (figure,) = figures(traverse(said))
    assert figure.computed == pytest.approx(300.6 * 500.0, rel=2e-4)
    assert figure.agrees is agrees
    assert figure.rounding < 150.0


def test_the_print_of_the_courses_counts() -> None:
    """An azimuth printed to 1' over 300 m, and a distance to 1 m: a third side may differ by what they leave open."""
    text = COARSE + section("leg 1 geodesic at azimuth 90°00' for 300 m", "leg 2 geodesic at azimuth 0°00' for 400 m",
                            "leg 3 geodesic to A", "  expect length 500 m")  # fmt: skip
    (figure,) = figures(text)
    half_minute = math.radians(0.5 / 60.0)
    along = 0.5 * 0.6 + 0.5 * 0.8
    across = 300.0 * half_minute * 0.8 + 400.0 * half_minute * 0.6
    assert figure.rounding == pytest.approx(along + across, rel=1e-3)


def test_two_points_built_from_one_start() -> None:
    """The distance of two points that both rest on A is open by their own prints alone."""
    text = BY_POINT + "point C at azimuth 0° and 400 m from A along geodesic\n  expect distance to B 40 km\n"
    (figure,) = figures(text + section("leg 1 geodesic to B"))
    assert not figure.agrees
    assert figure.rounding < 10.0


def test_a_midpoint_moves_half_with_each_of_its_ends() -> None:
    """Half of the print of either end, eastward and northward."""
    points = "point A at 10°00' N 20°00' E\npoint B at 10°30' N 20°00' E\npoint M at the midpoint of A and B\n"
    open_ = LeftOpen(result_of(points + section("leg 1 geodesic to B")).compiled.computation)
    for name in ("A", "B"):
        whole, half = open_.of_point(name)[f"latitude of {name}"], open_.of_point("M")[f"latitude of {name}"]
        assert half[1] == pytest.approx(whole[1] / 2.0, rel=1e-4)


def test_coordinates_of_what_is_built_from_printed_places_are_open() -> None:
    """An intersection rests on the prints of the four ends: its place is open by what they leave open, not by nothing."""
    points = (
        "point A at 10°00' N 20°00' E\npoint B at 10°00' N 21°00' E\npoint C at 11°00' N 21°00' E\n"
        "point D at 11°00' N 20°00' E\npoint X at the intersection of geodesic from A to C and geodesic from B to D\n"
        "  expect coordinates 10°30.2' N 20°30.0' E\n"
    )
    (figure,) = figures(points + section("leg 1 geodesic to B"))
    assert 1_000.0 < figure.rounding < 3_000.0


@pytest.mark.parametrize("said", ["length 1.6 km", "azimuth 20°", "direction north"])
def test_a_check_that_proves_nothing_says_so(said: str) -> None:
    """Between two marks 1.9 km apart that are printed to a degree and to a minute any length and direction agrees."""
    text = COARSE + "point C at 40°01'N 100°W\n" + section("leg 1 geodesic to C", f"  expect {said}")
    assert codes(text) == ["X713"]


def test_a_stated_tolerance_can_make_a_check_void() -> None:
    """`within 500 m` of 300 m proves nothing either."""
    text = BY_POINT + section("leg 1 geodesic to B", "  expect length 310 m within 500 m")
    assert codes(text) == ["X713"]


def test_a_long_chain_of_courses_does_not_nest() -> None:
    """A hundred and twenty points, each by azimuth and distance from the one before, are weighed without a recursion."""
    points = "".join(
        f"point P{n} at azimuth 10° and 100 m from {'A' if n == 1 else f'P{n - 1}'} along geodesic\n"
        for n in range(1, 121)
    )
    (figure,) = figures(COARSE + points + section("leg 1 geodesic to P120", "  expect length 12 km"))
    assert figure.agrees
    assert figure.rounding == pytest.approx(120 * 0.5, rel=0.05)
