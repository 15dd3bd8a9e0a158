"""Chains and rings cut at the antimeridian, judged by an independent geometry library."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from merestone.publish.antimeridian import cut_chain, cut_ring

PLACE = st.tuples(st.integers(-700, 700), st.integers(-80, 80))


@given(st.lists(PLACE, min_size=2, max_size=12))
def test_a_cut_chain_is_whole_and_within_the_world(places: list[tuple[int, int]]) -> None:
    """The parts lie in [-180, 180] and together are as long as the chain."""
    chain = np.array(places, dtype=np.float64)
    parts = cut_chain(chain)
    assert all(np.abs(part[:, 0]).max() <= 180.0 for part in parts)
    length = sum(np.hypot(*np.diff(part, axis=0).T).sum() for part in parts)
    assert length == pytest.approx(np.hypot(*np.diff(chain, axis=0).T).sum(), abs=1e-6)


def test_a_vertex_on_the_antimeridian_divides_the_chain() -> None:
    """A chain that crosses exactly at a vertex is cut at that vertex."""
    west, east = cut_chain(np.array([[179.0, 0.0], [180.0, 1.0], [181.0, 0.0]]))
    assert west.tolist() == [[179.0, 0.0], [180.0, 1.0]]
    assert east.tolist() == [[-180.0, 1.0], [-179.0, 0.0]]


def test_a_chain_along_the_antimeridian_is_one_part() -> None:
    """A line that runs on the meridian of 180 degrees itself crosses nothing."""
    assert len(cut_chain(np.array([[180.0, 0.0], [180.0, 1.0], [180.0, 2.0]]))) == 1


def star(turn: float, middle: float, points: int) -> Any:
    angles = np.linspace(0.0, 2.0 * math.pi, 2 * points, endpoint=False) + turn
    radii = np.where(np.arange(2 * points) % 2, 3.0, 10.0)
    corners = np.column_stack([middle + radii * np.cos(angles), radii * np.sin(angles)])
    return np.concatenate([corners, corners[:1]])


@given(st.floats(0.0, 6.0), st.floats(171.0, 189.0), st.integers(3, 9))
def test_a_cut_ring_is_the_ring_cut(turn: float, middle: float, points: int) -> None:
    """The parts of a jagged ring are valid, counter-clockwise, and exactly what an independent library cuts out."""
    ring = star(turn, middle, points)
    parts = [shapely.Polygon(part) for part in cut_ring(ring)]
    whole = shapely.Polygon(ring)
    halves = (
        whole.intersection(shapely.box(0.0, -90.0, 180.0, 90.0)),
        shapely.affinity.translate(whole.intersection(shapely.box(180.0, -90.0, 360.0, 90.0)), xoff=-360.0),
    )
    assert all(part.is_valid and part.exterior.is_ccw for part in parts)
    assert shapely.union_all(parts).symmetric_difference(shapely.union_all(halves)).area < 1e-6


@pytest.mark.parametrize("turns", [-360.0, 0.0, 360.0])
def test_whole_turns_change_nothing(turns: float) -> None:
    """A ring moved by 360 degrees is cut into the same parts."""
    ring = star(0.3, 180.0, 5)
    moved, still = cut_ring(ring + np.array([turns, 0.0])), cut_ring(ring)
    assert len(moved) == len(still) == 2
    assert all(np.allclose(one, other, rtol=0.0, atol=2e-9) for one, other in zip(moved, still, strict=True))
