"""Where chords cross."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from merestone.delimit.check import self_crossing
from merestone.delimit.check.self_crossing import crossings


def walk(corners: int, seed: int) -> np.ndarray:
    """A random walk in the plane, which crosses itself often."""
    steps = np.random.default_rng(seed).normal(size=(corners, 2))
    return np.cumsum(steps, axis=0)


def by_shapely(corners: np.ndarray) -> set[tuple[int, int]]:
    """The pairs of chords that cross, found by GEOS one pair at a time."""
    chords = [shapely.LineString(corners[n : n + 2]) for n in range(len(corners) - 1)]
    tree = shapely.STRtree(chords)
    return {
        (int(one), int(other)) for one, other in tree.query(chords, predicate="crosses").T.tolist() if other - one > 1
    }


@pytest.mark.parametrize("corners", [40, 600, 2000])
def test_every_crossing_of_a_walk_is_found(corners: int) -> None:
    """Few chords are all compared, many are swept; either way the crossings are those that GEOS finds."""
    places = walk(corners, corners)
    found = {(int(one), int(other)) for one, other in crossings(places[:-1], places[1:])}
    assert found == by_shapely(places)
    assert found


def test_the_index_finds_what_the_sweep_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a sweep would meet too many pairs, an index finds the same crossings."""
    places = walk(1500, 7)
    swept = {tuple(pair) for pair in crossings(places[:-1], places[1:]).tolist()}
    monkeypatch.setattr(self_crossing, "MOST_SWEPT", 0)
    assert {tuple(pair) for pair in crossings(places[:-1], places[1:]).tolist()} == swept


def test_pairs_taken_in_blocks_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many pairs are handled at once changes nothing."""
    places = walk(1500, 8)
    whole = {tuple(pair) for pair in crossings(places[:-1], places[1:]).tolist()}
    monkeypatch.setattr(self_crossing, "AT_ONCE", 1000)
    assert {tuple(pair) for pair in crossings(places[:-1], places[1:]).tolist()} == whole


def test_a_line_that_goes_on_one_way_crosses_nothing() -> None:
    """A zigzag that always goes east never crosses itself."""
    places = np.column_stack([np.arange(1000.0), np.tile([0.0, 5.0], 500)])
    assert len(crossings(places[:-1], places[1:])) == 0
