"""How far two lines between the same ends part."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from merestone.errors import MixedFramesError
from merestone.geodesy.area import Part, enclosed_area
from merestone.geodesy.ellipsoid import GRS80, WGS84
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.projected import ProjectedStraight
from merestone.geodesy.separation import separation

START, END = (-112.5, 65.5), (-120.6808, 68.0)
READINGS: list[Line] = [
    Geodesic.between(WGS84, START, END),
    Loxodrome.between(WGS84, START, END),
    StraightInLonLat.between(WGS84, START, END),
    ProjectedStraight.between(WGS84, START, END, "EPSG:32611"),
]


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(range(4), 2)))
def test_separation_is_the_greatest_of_a_dense_sampling(one: int, other: int) -> None:
    """No sampled place of either line is further from the other than stated, and one is nearly as far."""
    first, second = READINGS[one], READINGS[other]
    found = separation(first, second)
    sampled = [
        np.abs(to.nearest(line.position(np.linspace(0.0, line.length_m, 2001))).separation_m).max()
        for line, to in ((first, second), (second, first))
    ]
    assert max(sampled) <= found.greatest_m + 1e-6
    assert max(sampled) >= found.greatest_m * (1.0 - 1e-5)
    assert first.nearest(np.array([found.place])).separation_m[0] == pytest.approx(0.0, abs=1e-6) or (
        second.nearest(np.array([found.place])).separation_m[0] == pytest.approx(0.0, abs=1e-6)
    )


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(range(4), 2)))
def test_exchanging_or_reversing_the_lines_changes_nothing_but_sides(one: int, other: int) -> None:
    """Separation and area are the same from either line and either end."""
    here = separation(READINGS[one], READINGS[other])
    for there in (
        separation(READINGS[other], READINGS[one]),
        separation(READINGS[one].reversed(), READINGS[other]),
        separation(READINGS[one].reversed(), READINGS[other].reversed()),
    ):
        assert there.greatest_m == pytest.approx(here.greatest_m, abs=1e-4)
        assert there.area_m2 == pytest.approx(here.area_m2, abs=0.05)


def test_the_profile_joined_straight_keeps_its_tolerance_and_its_sign() -> None:
    """Between the profile's places, offsets interpolated straight are right to the tolerance; left is positive."""
    geodesic, loxodrome = READINGS[:2]
    profile = separation(geodesic, loxodrome, 0.5).profile
    tried_m = np.linspace(0.0, geodesic.length_m, 700)
    feet = loxodrome.nearest(geodesic.position(tried_m))
    assert np.abs(np.interp(tried_m, profile.along_m, profile.offset_m) + feet.separation_m).max() < 0.5
    # North-westward, the loxodrome lies to the equator's side of the geodesic: to the left.
    assert profile.offset_m[len(profile.offset_m) // 2] > 0.0


def test_area_is_counted_lens_by_lens() -> None:
    """Two lines that cross between their ends enclose the sum of their lenses, not the difference."""
    north = (START[0], START[1] + 0.02)
    south = (END[0], END[1] - 0.02)
    geodesic, crossing = READINGS[0], Geodesic.between(WGS84, north, south)
    found = separation(geodesic, crossing)
    signed = enclosed_area([Part(geodesic, 0.0, geodesic.length_m), Part(crossing, crossing.length_m, 0.0)])
    assert found.area_m2 > 5.0 * abs(signed.area_m2)
    profile = found.profile
    assert found.area_m2 == pytest.approx(np.trapezoid(np.abs(profile.offset_m), profile.along_m), rel=1e-2)


def test_a_line_does_not_part_from_itself() -> None:
    """Two equal lines part by nothing and enclose nothing."""
    found = separation(READINGS[0], READINGS[0])
    assert found.greatest_m < 1e-6
    assert found.area_m2 < 1.0


def test_lines_on_two_ellipsoids_are_refused() -> None:
    """Lines on different ellipsoids have no separation."""
    with pytest.raises(MixedFramesError):
        separation(READINGS[0], Geodesic.between(GRS80, START, END))
