"""Land that a file gives to one State more than once."""

from __future__ import annotations

import pytest

from merestone.compare.states.common_boundary import common_boundary
from merestone.compare.states.repeated_land import without_repeats
from merestone.compare.states.states_of_layer import states_of_layer
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.lonlat_area import ring_area_m2
from unit.compare.land import box, country, layer

B = country("B", box(1, 0, 2, 1))


@pytest.mark.parametrize(
    "again", [box(0, 0, 1, 1), box(0, 0, 1, 1)[[2, 3, 0, 1, 2]], box(0.5, 0, 1, 1), box(0.9, 0.2, 1, 2)]
)
def test_a_state_that_is_there_twice_keeps_its_boundary(again: object) -> None:
    """The same polygon, the same begun at another corner, a province beside the whole, one that overlaps: A borders on B
    along one line, and it is said how much land was there twice."""
    found = states_of_layer(layer([({"iso_a3": "A"}, [box(0, 0, 1, 1)]), ({"iso_a3": "A"}, [again])]))  # type: ignore[list-item]
    (one,) = found.states
    (remark,) = [each for each in found.remarks if each.code == "D215"]
    assert remark.size is not None
    assert remark.size > 0.0
    boundary = common_boundary(one, B)
    assert boundary.matched
    assert [(strand.name, strand.lonlat[:, 1].min(), strand.lonlat[:, 1].max()) for strand in boundary.strands] == [
        ("main", 0.0, 1.0)
    ]


def test_how_much_is_there_twice_is_measured_on_the_ellipsoid() -> None:
    """The figure is the land of the repeated polygon."""
    _, (remark,) = without_repeats(country("A", box(0, 0, 1, 1), box(0.5, 0, 1, 1)))
    assert remark.size == pytest.approx(ring_area_m2(WGS84, box(0.5, 0, 1, 1)), rel=1e-9)


def test_parts_that_touch_and_polygons_wholly_inside_stay_as_they_are() -> None:
    """Parts side by side, islands in a lake and a polygon wholly inside another are not taken together."""
    side_by_side = country("A", box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 1, 3, 2))
    in_a_lake = country("A", box(0, 0, 6, 6), box(2, 2, 3, 3), holes=(box(1, 1, 4, 4),))
    inside = country("A", box(0, 0, 6, 6), box(2, 2, 3, 3))
    for each in (side_by_side, in_a_lake, inside):
        assert without_repeats(each) == (each, ())
