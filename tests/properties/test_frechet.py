"""Properties of the Fréchet distance that hold for any two chains."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.frechet import frechet_distance
from merestone.geodesy.geocentric_chain import at_along
from merestone.geodesy.line import Floats

GEOD = Geod(ellps="WGS84")
SLACK = 1.0 + 1.1e-3

lattice = st.tuples(st.integers(-20, 20), st.integers(-20, 20))
origins = st.sampled_from([(0.0, 0.0), (179.95, -45.0), (44.0, 41.0), (-60.0, 84.0), (10.0, 89.85)])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Two chains on one lattice of 0.007 degree, so that places, edges and ties coincide."""
    origin = np.array(draw(origins))
    first, second = (np.array(draw(st.lists(lattice, min_size=2, max_size=7)), dtype=np.float64) for _ in range(2))
    return origin + 0.007 * first, origin + 0.007 * second


def dense(chain: Floats) -> Floats:
    """The chain with every edge in 20 parts."""
    return at_along(chain, np.linspace(0.0, len(chain) - 1.0, 20 * (len(chain) - 1) + 1))


@settings(max_examples=60)
@given(pairs())
def test_swapping_and_reversing_change_nothing(pair: tuple[Floats, Floats]) -> None:
    """It is the same for the chains swapped, and for both reversed."""
    first, second = pair
    found = frechet_distance(WGS84, first, second)
    for again in (frechet_distance(WGS84, second, first), frechet_distance(WGS84, first[::-1], second[::-1])):
        assert again.at_least_m <= found.at_most_m * (1.0 + 1e-6) + 1e-5
        assert found.at_least_m <= again.at_most_m * (1.0 + 1e-6) + 1e-5


@settings(max_examples=60)
@given(pairs())
def test_it_is_not_below_the_hausdorff_distance(pair: tuple[Floats, Floats]) -> None:
    """No place of either chain is further than it from the other chain."""
    first, second = pair
    found = frechet_distance(WGS84, first, second)
    one, other = dense(first), dense(second)
    apart = np.asarray(
        GEOD.inv(
            np.repeat(one[:, 0], len(other)),
            np.repeat(one[:, 1], len(other)),
            np.tile(other[:, 0], len(one)),
            np.tile(other[:, 1], len(one)),
        )[2]
    ).reshape(len(one), len(other))
    half_m = max(float(np.max(GEOD.line_lengths(chain[:, 0], chain[:, 1]))) for chain in (one, other)) / 2.0
    hausdorff_m = max(apart.min(axis=1).max(), apart.min(axis=0).max())
    assert found.at_most_m >= hausdorff_m - half_m - 1e-5


@settings(max_examples=40)
@given(pairs())
def test_a_chain_answers_to_itself(pair: tuple[Floats, Floats]) -> None:
    """A chain is at no distance from itself, nor from itself with vertices added on its edges."""
    first, _ = pair
    assert frechet_distance(WGS84, first, first).at_most_m <= 1.1e-6
    assert frechet_distance(WGS84, first, dense(first)).at_most_m <= 1e-3


@settings(max_examples=40)
@given(pairs())
def test_vertices_on_edges_change_nothing(pair: tuple[Floats, Floats]) -> None:
    """Vertices added on the edges of one chain do not change its distance from another."""
    first, second = pair
    found, again = frechet_distance(WGS84, first, second), frechet_distance(WGS84, dense(first), second)
    assert again.at_most_m <= found.at_most_m * SLACK + 1e-3
    assert found.at_most_m <= again.at_most_m * SLACK + 1e-3


@settings(max_examples=60)
@given(pairs())
def test_a_way_goes_forward_within_the_distance(pair: tuple[Floats, Floats]) -> None:
    """The way given runs from the starts to the ends of both, never back, and never further apart."""
    first, second = pair
    found = frechet_distance(WGS84, first, second, with_path=True)
    knots = found.knots_along
    assert np.array_equal(knots[[0, -1]], [[0.0, 0.0], [len(first) - 1.0, len(second) - 1.0]])
    assert np.all(np.diff(knots, axis=0) >= 0.0)
    between = dense(knots)
    one, other = at_along(first, between[:, 0]), at_along(second, between[:, 1])
    apart_m = np.asarray(GEOD.inv(one[:, 0], one[:, 1], other[:, 0], other[:, 1])[2])
    assert apart_m.max() <= found.at_most_m * (1.0 + 5e-4) + 1e-3
