"""Land that changes hands between versions, straight from polygons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.compare.states.changed_land import land_of_one_in_the_other
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.lonlat_area import ring_area_m2
from unit.compare.land import box, country


def test_a_moved_side_gives_away_the_strip() -> None:
    """Where the neighbour's side moved, what lies in both is the strip between, on the ellipsoid."""
    found = land_of_one_in_the_other(country("A", box(0, 50, 1, 51)), country("B", box(0.9, 50, 2, 51)))
    assert found == pytest.approx(ring_area_m2(WGS84, box(0.9, 50, 1, 51)), rel=1e-9)


def test_holes_and_parts_count_as_they_lie() -> None:
    """A hole of either takes its land away, an island in a hole counts, and a longitude a turn away is the same land."""
    one = country("A", box(0, 0, 10, 10), box(4, 4, 5, 5), holes=(box(3, 3, 6, 6),))
    other = country("B", box(362, 2, 367, 7))
    expected = sum(ring_area_m2(WGS84, ring) * sign for ring, sign in ((box(2, 2, 7, 7), 1), (box(3, 3, 6, 6), -1)))
    expected += ring_area_m2(WGS84, box(4, 4, 5, 5))
    assert land_of_one_in_the_other(one, other) == pytest.approx(expected, rel=1e-9)


@given(st.floats(0.1, 5.0), st.floats(-60.0, 60.0))
def test_it_is_the_same_either_way(width: float, south: float) -> None:
    """What A has in B is what B has in A."""
    one, other = country("A", box(0, south, width, south + 2)), country("B", box(width / 3, south + 1, 9, south + 3))
    there, back = land_of_one_in_the_other(one, other), land_of_one_in_the_other(other, one)
    assert there == pytest.approx(back, rel=1e-12)
    assert there == pytest.approx(ring_area_m2(WGS84, box(width / 3, south + 1, width, south + 2)), rel=1e-9)
