"""What an exchange gives, takes and balances, to the square metre, by GeographicLib's polygons of geodesics."""

from __future__ import annotations

import pytest
from pyproj import Geod

from fakes.descriptions import SQUARE, errors, result_of
from merestone.casefile.pipeline import Result
from merestone.diagnostics import Diagnostic

RINGS = """ring North
  from A
  leg 1 geodesic to B
  leg 2 geodesic to C
  leg 3 geodesic to A
ring South
  from A
  leg 1 geodesic to C
  leg 2 geodesic to D
  leg 3 geodesic to A
"""
GEOD = Geod(ellps="WGS84")
NORTH_M2 = abs(GEOD.polygon_area_perimeter([20, 21, 21], [10, 10, 11])[0])
SOUTH_M2 = abs(GEOD.polygon_area_perimeter([20, 21, 20], [10, 11, 11])[0])


def checked(expected: str) -> Result:
    """The exchange of the two triangles, with this expectation."""
    text = f"{SQUARE}{RINGS}exchange Both ring North from A to B, ring South from B to A\n  expect {expected}\n"
    result = result_of(text, checked=True)
    assert not errors(result), errors(result)
    return result


def finding(result: Result) -> Diagnostic:
    """The one finding about the exchange."""
    (found,) = (each for each in result.findings if each.subject == "exchange Both")
    return found


@pytest.mark.parametrize(
    ("party", "share", "area_m2"),
    [
        ("A", "gives", NORTH_M2),
        ("A", "takes", SOUTH_M2),
        ("B", "gives", SOUTH_M2),
        ("B", "gains", NORTH_M2 - SOUTH_M2),
        ("A", "loses", NORTH_M2 - SOUTH_M2),
    ],
)
def test_the_share_of_a_party(party: str, share: str, area_m2: float) -> None:
    """A figure that is right is silent; one that is wrong by 100 km² is shown with the area that is right."""
    right = checked(f"{party} {share} {area_m2:.0f} m²")
    assert "X712" not in [each.code for each in right.findings]
    wrong = finding(checked(f"{party} {share} {area_m2 + 1e8:.0f} m²"))
    assert wrong.code == "X712"
    assert wrong.measures[0].value == pytest.approx(area_m2, abs=1.0)


def test_the_balance_of_an_exchange() -> None:
    """It is not even by the difference of the triangles, and is within a tolerance of that size."""
    found = finding(checked("balance"))
    assert found.code == "X712"
    assert found.measures[0].value == pytest.approx(abs(NORTH_M2 - SOUTH_M2), abs=1.0)
    even = checked(f"balance within {abs(NORTH_M2 - SOUTH_M2) + 10:.0f} m²")
    assert "X712" not in [each.code for each in even.findings]


def test_what_an_exchange_names_must_exist_and_move_once() -> None:
    """An unknown ring or party is an error, and so is a ring that is given twice."""
    for words in ("ring West from A to B", "ring North from A to NOBODY"):
        assert "R401" in [each.code for each in errors(result_of(f"{SQUARE}{RINGS}exchange E {words}\n"))]
    twice = result_of(f"{SQUARE}{RINGS}exchange E ring North from A to B, ring North from B to A\n")
    assert "R402" in [each.code for each in errors(twice)]


def test_a_ring_that_does_not_close_is_not_counted() -> None:
    """Nothing is added up from part of an exchange."""
    broken = RINGS.replace("  leg 3 geodesic to A\nring South", "ring South")
    result = result_of(f"{SQUARE}{broken}exchange Both ring North from A to B\n  expect A gives 3 km²\n", checked=True)
    assert finding(result).code == "X711"
