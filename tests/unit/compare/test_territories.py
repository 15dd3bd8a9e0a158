"""The territory balance of two versions, beside geographiclib; it owes nothing to any line."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from merestone.compare.states.territories import territories, territory_balance
from merestone.geodesy.line import Floats
from unit.compare.land import box, country

A_1 = country("A", box(0, 50, 1, 51), box(3, 50, 3.2, 50.1))
B_1 = country("B", box(1, 50, 3, 51))
A_2 = country("A", box(0, 50, 0.9, 51))
B_2 = country("B", box(0.9, 50, 3, 51), box(3, 50, 3.2, 50.1))


def area_m2(ring: Floats) -> float:
    """The area by geographiclib of a ring with edges straight in longitude and latitude, followed closely."""
    polygon = Geodesic.WGS84.Polygon()
    for start, end in itertools.pairwise(ring):
        for share in np.linspace(0.0, 1.0, 400, endpoint=False):
            lon, lat = start + share * (end - start)
            polygon.AddPoint(lat, lon)
    return float(abs(polygon.Compute()[2]))


def test_land_passes_with_islands() -> None:
    """A strip of the mainland and an island that no common line touches pass from A to B, and nothing passes back."""
    found = territory_balance(territories((A_1, B_1), (A_2, B_2)))
    expected = area_m2(box(0.9, 50, 1, 51)) + area_m2(box(3, 50, 3.2, 50.1))
    assert found.areas_m2 == pytest.approx((expected, 0.0), rel=1e-6)
    assert [land.both for land in found.changed] == [("A", "B"), ("B", "A")]
    assert len(found.changed[0].polygons) == 2


def test_the_other_way_round_the_two_ways_are_exchanged() -> None:
    """What passes from A to B passes from B to A where the versions are exchanged."""
    there = territory_balance(territories((A_1, B_1), (A_2, B_2)))
    back = territory_balance(territories((A_2, B_2), (A_1, B_1)))
    assert back.areas_m2 == pytest.approx(there.areas_m2[::-1], rel=1e-12)


def test_land_of_both_in_one_version_is_counted_and_does_not_pass() -> None:
    """A file held against itself gives nothing away, even where its two outlines overlap."""
    overlapping = country("A", box(0, 50, 1.1, 51)), B_1
    found = territory_balance(territories(overlapping, overlapping))
    expected = area_m2(box(1, 50, 1.1, 51))
    assert found.areas_m2 == pytest.approx((expected, expected), rel=1e-6)
    assert found.passes_m2 == pytest.approx((0.0, 0.0), abs=1.0)
    assert not found.changed[0].polygons


def test_of_one_state_it_says_what_either_version_alone_has() -> None:
    """Where only A is known, the land is what A has in one version and not in the other."""
    found = territory_balance(territories((A_1,), (country("A", box(0.5, 50, 1.2, 51)),)))
    expected = area_m2(box(0, 50, 0.5, 51)) + area_m2(box(3, 50, 3.2, 50.1)), area_m2(box(1, 50, 1.2, 51))
    assert found.areas_m2 == pytest.approx(expected, rel=1e-6)
    assert [land.both for land in found.changed] == [("A", None), (None, "A")]


def test_who_holds_a_place_is_what_the_polygons_say() -> None:
    """A place lies in the land of a State, of both or of neither, whichever turn its longitude is counted in."""
    land = territories((A_1, B_1), (A_2, B_2))
    assert land.holders((0.95, 50.5), of_second=False) == ("A",)
    assert land.holders((360.95, 50.5), of_second=True) == ("B",)
    assert land.holders((10.0, 50.5), of_second=True) == ()
