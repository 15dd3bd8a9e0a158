"""The length of a chain walked with dividers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from scipy.optimize import brentq

from merestone.errors import GeometryError
from merestone.geodesy.dividers import lengths_at, walked_length_m
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.geocentric_chain import at_along
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.many_geodesics import densify_geodesics

GEOD = Geod(ellps="WGS84")


def stepped_m(chain: Floats, opening_m: float) -> float:
    """The length one way, by Karney's distances: the next crossing bracketed on a fine grid, then by Brent's method."""
    grid = np.linspace(0.0, len(chain) - 1.0, 400 * (len(chain) - 1) + 1)
    places = at_along(chain, grid)
    at, length_m = 0.0, 0.0
    while True:
        lon, lat = at_along(chain, np.array([at]))[0]
        ahead = np.nonzero(grid > at)[0]
        far = np.asarray(
            GEOD.inv(np.full(len(ahead), lon), np.full(len(ahead), lat), places[ahead, 0], places[ahead, 1])[2]
        )
        beyond = np.nonzero(far >= opening_m)[0]
        if not len(beyond):
            return length_m + (float(far[-1]) if len(far) else 0.0)
        last = int(ahead[beyond[0]])

        def excess(along: float, lon: float = lon, lat: float = lat) -> float:
            return float(GEOD.inv(lon, lat, *at_along(chain, np.array([along]))[0])[2]) - opening_m

        at = float(brentq(excess, max(at, grid[last - 1]), grid[last], xtol=1e-13))
        length_m += opening_m


@pytest.mark.parametrize("lat", [-80.0, 0.0, 45.0])
@pytest.mark.parametrize("opening_m", [300.0, 2_000.0, 9_000.0])
def test_it_is_the_mean_of_both_ways_by_karneys_distances(lat: float, opening_m: float) -> None:
    """Steps found one by one with pyproj give the same length."""
    chance = np.random.default_rng(7)
    chain = np.array([179.99, lat]) + np.cumsum(chance.normal(0.004, 0.01, (12, 2)), axis=0)
    expected = (stepped_m(chain, opening_m) + stepped_m(chain[::-1], opening_m)) / 2.0
    assert walked_length_m(WGS84, chain, opening_m) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("opening_m", [10.0, 12_345.6, 200_000.0])
def test_a_geodesic_has_one_length(opening_m: float) -> None:
    """However wide the dividers, a geodesic is as long as it is."""
    line = Geodesic.between(WGS84, (24.0, 19.5), (16.0, 23.4436111))
    ends = np.array([line.start, line.end])
    chain = densify_geodesics(WGS84, ends[:1], ends[1:], 0.01).lonlat
    assert walked_length_m(WGS84, chain, opening_m) == pytest.approx(line.length_m, rel=5e-7)


@pytest.mark.parametrize("corners", [3, 6, 12])
def test_a_circle_is_walked_along_its_polygon(corners: int) -> None:
    """A circle of 5 km walked with the side of a regular polygon is as long as the polygon."""
    azimuth = np.linspace(0.0, 360.0, 7201)
    lon, lat, _ = GEOD.fwd(np.full(7201, 44.0), np.full(7201, 41.0), azimuth, np.full(7201, 5_000.0))
    side_m = 2.0 * 5_000.0 * math.sin(math.pi / corners)
    walked_m = walked_length_m(WGS84, np.column_stack([lon, lat]), side_m)
    assert walked_m == pytest.approx(corners * side_m, rel=1e-4)


def test_wider_than_the_chain_it_is_the_distance_of_the_ends() -> None:
    """Dividers that reach from end to end and beyond measure that distance."""
    chain = np.array([[0.0, 50.0], [0.1, 50.2], [0.3, 50.0]])
    ends_m = GEOD.inv(*chain[0], *chain[-1])[2]
    assert walked_length_m(WGS84, chain, 60_000.0) == pytest.approx(ends_m, rel=1e-8)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=9),
    st.floats(50.0, 5_000.0),
    st.sampled_from([0.0, 60.0, 89.8]),
)
def test_reversing_changes_nothing_and_no_step_is_longer_than_its_part(
    lattice: list[tuple[int, int]], opening_m: float, lat: float
) -> None:
    """A chain and its reverse have one length, never above the length along the edges, finely measured."""
    chain = np.array([10.0, lat]) + 0.01 * np.array(lattice, dtype=np.float64)
    walked_m = walked_length_m(WGS84, chain, opening_m)
    assert walked_length_m(WGS84, chain[::-1], opening_m) == walked_m
    fine = at_along(chain, np.linspace(0.0, len(chain) - 1.0, 200 * (len(chain) - 1) + 1))
    assert walked_m <= GEOD.line_length(fine[:, 0], fine[:, 1]) * (1.0 + 1e-6) + 0.01


def test_several_openings_at_once() -> None:
    """Lengths at several openings are those at each."""
    chain = np.array([10.0, 50.0]) + np.cumsum(np.random.default_rng(1).normal(0.0, 0.01, (50, 2)), axis=0)
    openings_m = np.array([100.0, 1_000.0, 10_000.0])
    found_m = lengths_at(WGS84, chain, openings_m)
    assert np.array_equal(found_m, [walked_length_m(WGS84, chain, opening_m) for opening_m in openings_m])
    assert np.all(np.diff(found_m) < 0.0)


@pytest.mark.parametrize("opening_m", [0.0, -1.0, float("nan"), 2e7])
def test_openings_that_no_dividers_have_are_refused(opening_m: float) -> None:
    """An opening is a length from a centimetre to a quarter of a meridian."""
    with pytest.raises(GeometryError):
        walked_length_m(WGS84, np.array([[0.0, 0.0], [1.0, 1.0]]), opening_m)
