"""What holds of every transformation, wherever it is used."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from merestone.geodesy.catalogue import find
from merestone.geodesy.operation import choose
from merestone.geodesy.uncertainty import Common, Component, Local, Uncertainty

INSIDE = st.tuples(st.floats(40.5, 51.0), st.floats(38.0, 43.0))
SOURCE, TARGET = find("Pulkovo 1942"), find("WGS 84")
OPERATION = choose(SOURCE, TARGET, (40.5, 38.0, 51.0, 43.0))

CORRELATIONS = st.one_of(st.just(Common()), st.builds(Common, st.floats(0, 360)), st.builds(Local, st.floats(1.0, 1e5)))
COMPONENTS = st.builds(Component, st.sampled_from("abc"), st.floats(0, 100), CORRELATIONS)
SUMS = st.builds(Uncertainty, st.lists(COMPONENTS, max_size=4).map(tuple))
CHAINS = st.lists(st.tuples(st.floats(0, 360), st.floats(0.1, 1e5)), min_size=1, max_size=8)


@given(INSIDE, st.integers(-2, 2))
def test_a_full_turn_of_longitude_changes_nothing(place: tuple[float, float], turns: int) -> None:
    """A place 360 degrees on is carried 360 degrees on."""
    here = OPERATION.apply(np.array([place]))
    there = OPERATION.apply(np.array([(place[0] + 360.0 * turns, place[1])]))
    assert np.allclose(there - here, [[360.0 * turns, 0.0]], atol=1e-9, rtol=0.0)


@given(INSIDE)
def test_places_are_carried_alone_as_in_company(place: tuple[float, float]) -> None:
    """A place gives the same bits alone and in an array."""
    alone = OPERATION.apply(np.array([place]))
    company = OPERATION.apply(np.array([(45.0, 40.0), place, (46.0, 41.0)]))
    assert alone[0].tolist() == company[1].tolist()


@given(SUMS)
def test_a_line_does_not_differ_from_itself(one: Uncertainty) -> None:
    """Whatever its components, the difference of a line and itself is exact."""
    assert one.minus(one) == Uncertainty()


@given(SUMS, SUMS, CHAINS)
def test_the_difference_is_the_same_from_either_side(
    one: Uncertainty, other: Uncertainty, chain: list[tuple[float, float]]
) -> None:
    """Swapping two lines changes neither the across-line sigma nor the area variance of their difference."""
    azimuth, length = np.array(chain).T
    there, back = one.minus(other), other.minus(one)
    assert np.allclose(there.across_sigma_m(azimuth), back.across_sigma_m(azimuth))
    assert np.isclose(there.area_variance_m4(azimuth, length), back.area_variance_m4(azimuth, length))


@given(SUMS, CHAINS)
def test_a_variance_is_never_negative_and_the_way_back_has_the_same(
    one: Uncertainty, chain: list[tuple[float, float]]
) -> None:
    """An area has the same variance beside the reversed line."""
    azimuth, length = np.array(chain).T
    forward = one.area_variance_m4(azimuth, length)
    assert forward >= -1e-6
    assert np.isclose(forward, one.area_variance_m4((azimuth + 180.0)[::-1], length[::-1]), atol=1e-3)
