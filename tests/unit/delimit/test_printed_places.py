"""The box of a description is that of every place that it prints."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.descriptions import result_of, section
from merestone.delimit.printed_places import WORLD, box_of, named_places
from merestone.geodesy.catalogue import find

FRAMES = "frame old is Pulkovo 1942\n"
POINTS = (
    "point A at the intersection of parallel 40° N and meridian 45° E\n"
    "point B at the intersection of meridian 46° E and parallel 41° N\n"
)


def test_parallels_and_meridians_count() -> None:
    """Points that are given only as meetings of parallels and meridians make the box."""
    resolved = result_of(POINTS + section("leg 1 geodesic to B")).compiled.resolved
    places = [place for _, place in named_places(resolved, {}, lambda _: find("WGS 84"))]
    assert box_of(np.array(places)) == (45.0, 40.0, 46.0, 41.0)


def test_a_regional_operation_is_found_for_such_a_description() -> None:
    """A leg in Pulkovo 1942 between such points is carried by an operation of the region."""
    result = result_of(FRAMES + POINTS + section("leg 1 geodesic to B in old"))
    assert [leg.frame.name for leg in result.line.legs] == ["Pulkovo 1942"]


@pytest.mark.parametrize(
    ("lonlat", "box"),
    [
        ([(179.0, 1.0), (-179.0, 2.0)], (179.0, 1.0, 181.0, 2.0)),
        ([(-10.0, 1.0), (20.0, -2.0)], (-10.0, -2.0, 20.0, 1.0)),
        ([(-100.0, 1.0), (60.0, 2.0), (110.0, 3.0)], (60.0, 1.0, 260.0, 3.0)),
        ([(-5.0, 1.0), (100.0, 2.0), (-165.0, 3.0)], (-5.0, 1.0, 195.0, 3.0)),
        ([(-170.0, 1.0), (30.0, 2.0), (142.0, 3.0)], (30.0, 1.0, 190.0, 3.0)),
        ([(-60.0, 1.0), (0.0, 1.0), (60.0, 1.0)], (-60.0, 1.0, 60.0, 1.0)),
    ],
)
def test_a_box_takes_the_shorter_way_round(
    lonlat: list[tuple[float, float]], box: tuple[float, float, float, float]
) -> None:
    """Across the antimeridian the east passes 180."""
    assert box_of(np.array(lonlat)) == box


def test_no_place_means_anywhere() -> None:
    """Where nothing is printed an operation must be good for the whole world."""
    assert box_of(np.empty((0, 2))) == WORLD
