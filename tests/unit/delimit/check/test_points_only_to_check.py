"""G503 speaks of points that the line or another statement rests on, and of legs that cannot go round."""

from __future__ import annotations

import pytest

from fakes.descriptions import SQUARE, result_of, section

LINE = section("leg 1 geodesic to B", "leg 2 geodesic to C")
SAME = "point B2 at 10°00'00\" N 21°00'00\" E\n"


def repeated(body: str) -> list[str]:
    """What G503 says of a description."""
    return [each.sentence for each in result_of(SQUARE + body, checked=True).findings if each.code == "G503"]


@pytest.mark.parametrize(
    "check",
    [
        f"{SAME}point E at 12° N 21° E\n  expect distance to B2 220 km\n",
        f"{SAME}  expect coordinates 10°00'00\" N 21°00'00\" E\n",
        "point B2 at the intersection of parallel 10° N and meridian 21° E\n  expect distance to B 0 km\n",
    ],
)
def test_a_point_made_only_to_be_compared_may_lie_on_another(check: str) -> None:
    """It is named by an expectation, or carries one, and nothing else rests on it."""
    assert repeated(check + LINE) == []


@pytest.mark.parametrize(
    "use",
    [
        f"{SAME}{LINE}",
        f"{SAME}  expect distance to C 111 km\npoint E at the midpoint of B2 and C\n{LINE}",
        f"{SAME}  expect distance to C 111 km\n{section('leg 1 geodesic to B', 'leg 2 geodesic to C', 'leg 3 geodesic to B2')}",
    ],
)
def test_a_point_that_something_rests_on_is_told(use: str) -> None:
    """An expectation on a point hides nothing of one that the line or another point rests on."""
    assert repeated(use) == ["B, B2 are one place"]


@pytest.mark.parametrize("kind", ["watershed", "traverse 90° 1 km", "nonsense"])
def test_a_leg_that_may_go_round_is_not_without_length(kind: str) -> None:
    """A leg from A to A that could not be drawn is reported for that alone where its kind can come back to its start."""
    assert repeated(section(f"leg 1 {kind} to A")) == []


def test_a_straight_leg_from_a_point_to_itself_is_told() -> None:
    """A geodesic cannot come back to its start."""
    assert len(repeated(section("leg 1 geodesic to A"))) == 1
