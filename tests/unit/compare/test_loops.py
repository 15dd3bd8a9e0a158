"""On which side of a line that meets itself places lie, against levels counted by angles and lines mended by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.claims import claim
from merestone.compare.comparison import Balance, Settings
from merestone.compare.lines.compare import compare
from merestone.compare.lines.loops import noded, sides, unlooped, windings
from merestone.compare.lines.track import Tracks, tracks_of
from merestone.geodesy.line import Floats

LEFT_LOOP = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 2.0), (2.0, -2.0), (8.0, -2.0)]
"""Goes east, turns left about 2 by 2, crosses itself at (2, 0) and goes on."""
RIGHT_LOOP = [(x, -y) for x, y in LEFT_LOOP]
NECK = [(0.0, 0.0), (4.0, 0.0), (6.0, -3.0), (2.0, -3.0), (4.0, 0.0), (8.0, 0.0)]
"""A peninsula of the right side's land with a neck of one point: drawn clockwise below the line."""
NECK_LEFT = [(0.0, 0.0), (4.0, 0.0), (2.0, -3.0), (6.0, -3.0), (4.0, 0.0), (8.0, 0.0)]
"""The same drawn anticlockwise: land of the left side below the line."""
BACK = [(0.0, 0.0), (5.0, 0.0), (3.0, 0.0), (8.0, 0.0)]
EIGHT = [(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)]


def side_of(chain: list[tuple[float, float]], *places: tuple[float, float]) -> list[float]:
    lonlat = np.array(chain)
    tracks = Tracks.of(tracks_of(claim(lonlat)))
    found: list[float] = sides(tracks, [track.lonlat for track in tracks.tracks], np.array(places)).tolist()
    return found


def test_an_overshoot_changes_nothing() -> None:
    """Land in a loop, and beside it, counts to the side on which the loop lies."""
    places = ((3.0, 1.0), (4.5, 1.0), (1.5, 1.0), (3.0, 3.0), (3.0, -1.0), (1.0, -0.5))
    assert side_of(LEFT_LOOP, *places) == [1.0, 1.0, 1.0, 1.0, 1.0, -1.0]
    assert side_of(RIGHT_LOOP, *((x, -y) for x, y in places)) == [-1.0, -1.0, -1.0, -1.0, -1.0, 1.0]


def test_a_neck_of_one_point_keeps_its_land() -> None:
    """A line that returns to a place without crossing itself goes around land of the side on which it keeps it."""
    inside, beside = (4.0, -2.0), (7.0, -2.0)
    assert side_of(NECK_LEFT, inside, beside) == [1.0, -1.0]
    assert side_of(NECK, inside, beside) == [-1.0, -1.0]


def test_back_and_forth_has_no_land() -> None:
    """A line that runs back over itself has its sides as the line without that."""
    assert side_of(BACK, (4.0, 0.1), (4.0, -0.1), (7.0, 0.1)) == [1.0, -1.0, 1.0]


def test_a_figure_of_eight() -> None:
    """The lobe that it runs anticlockwise is on its left; the other, and all outside, on its right."""
    bottom_left, top_right, outside = (0.2, 1.0), (1.8, 1.0), (5.0, 1.0)
    big = [(0.0, 0.0), (2.0, 2.0), (4.0, 0.0), (4.0, 4.0), (2.0, 2.0), (0.0, 4.0), (0.0, 0.0)]
    assert side_of(big, (3.5, 2.0), (0.5, 2.0), (9.0, 2.0)) == [1.0, 1.0, -1.0]
    assert side_of(EIGHT, bottom_left, top_right, outside)[0] != side_of(EIGHT, bottom_left, top_right, outside)[1]


def level_by_angles(chain: Floats, place: Floats) -> int:
    """How often a closed chain turns about a place, by adding up angles."""
    seen = chain - place
    angle = np.arctan2(seen[:, 1], seen[:, 0])
    return round(float(((np.diff(angle) + np.pi) % (2.0 * np.pi) - np.pi).sum() / (2.0 * np.pi)))


steps = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)).filter(any), min_size=3, max_size=14)


@given(steps)
def test_levels_are_those_counted_by_angles(walk: list[tuple[int, int]]) -> None:
    """Random walks on a grid, closed: windings about places off the grid are the sums of angles; and a chain and its
    loops together wind as the chain as drawn does."""
    lonlat = np.concatenate([[[0.0, 0.0]], np.cumsum(np.array(walk, dtype=np.float64), axis=0)])
    far = np.array([[60.0, lonlat[-1, 1]], [60.0, -70.0], [lonlat[0, 0] - 70.0, -70.0], lonlat[0]])
    generator = np.random.default_rng(1)
    places = np.round(lonlat[generator.integers(0, len(lonlat), 12)]) + generator.uniform(0.1, 0.4, (12, 2)) * [1, -1]
    split = unlooped(lonlat)
    rest = np.concatenate([split.lonlat, far])
    edges = np.concatenate([split.loops, np.column_stack([rest[:-1], rest[1:]])])
    whole = np.concatenate([lonlat, far])
    assert windings(edges, places).tolist() == [level_by_angles(whole, place) for place in places]
    visited = [tuple(place) for place in np.round(noded(split.lonlat), 9)]
    assert len(set(visited)) == len(visited)


def balance(first: Floats, second: Floats) -> Balance:
    return compare(claim(first), claim(second), Settings()).balance


@pytest.mark.parametrize("up", [1.0, -1.0])
def test_zones_beside_a_loop_balance_with_those_of_the_mended_line(up: float) -> None:
    """An overshoot of a kilometre leaves the areas by side as they are without it, to a square millimetre in a square
    metre; swapped inputs mirror them. The nearest place of the line as drawn had the land around the loop wrong."""
    other = np.array([[10.0, 45.0], [10.3, 45.0 - 0.02 * up], [10.6, 45.0 + 0.03 * up], [11.0, 45.0]])
    looped = np.array(
        [[10.0, 45.0], [10.52, 45.0], [10.52, 45.0 + 0.01 * up], [10.5, 45.0 + 0.01 * up], [10.5, 45.0 - 0.01 * up], [11.0, 45.0]]
    )  # fmt: skip
    mended = np.array([[10.0, 45.0], [10.5, 45.0], [10.5, 45.0 - 0.01 * up], [11.0, 45.0]])
    found, wanted = balance(looped, other), balance(mended, other)
    assert found.left_in_first_m2 == pytest.approx(wanted.left_in_first_m2, rel=1e-9)
    assert found.right_in_first_m2 == pytest.approx(wanted.right_in_first_m2, rel=1e-9)
    swapped = balance(other, looped)
    assert swapped.left_in_first_m2 == pytest.approx(found.right_in_first_m2, rel=1e-9)
