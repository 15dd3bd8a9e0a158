"""Every pair of States of a file: the same boundary as if only that pair had been asked for."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.cells import grid
from merestone.compare.states.all_pairs import all_common_boundaries, all_pairs
from merestone.compare.states.common_boundary import common_boundary
from merestone.compare.states.state import State
from unit.compare.land import box, country

DEEP = np.linspace(0.0, 1.0, 41)


def wavy(shift: float, of: float) -> list[list[float]]:
    """A line northwards near 1° E, that leaves it to either side by up to so many degrees."""
    return [[1.0 + of * np.sin(12.0 * lat + shift), float(lat)] for lat in DEEP]


def drawn_apart(of: float = 0.004) -> tuple[State, State, State]:
    """A and B with a boundary that each drew for itself, up to some 450 m apart, and C matched with B in the north."""
    one = np.array([[0.0, 0.0], *wavy(0.0, of), [0.0, 1.0], [0.0, 0.0]])
    other = np.array([[2.0, 0.0], [2.0, 1.0], *wavy(1.0, of)[::-1], [2.0, 0.0]])
    return country("A", one), country("B", other), country("C", box(2, 0, 3, 1))


def test_outlines_drawn_apart_are_not_lost() -> None:
    """A pair whose outlines share no edge is there, exactly as it is when asked for by itself."""
    states = drawn_apart()
    found = all_common_boundaries(states)
    assert set(found) == {("A", "B"), ("B", "C")}
    alone = common_boundary(states[0], states[1], others=states[2:])
    assert [
        np.array_equal(x.lonlat, y.lonlat) for x, y in zip(found["A", "B"].strands, alone.strands, strict=True)
    ] == [True]
    assert "D209" in {remark.code for remark in found["A", "B"].remarks}


@pytest.mark.parametrize("seed", range(30))
def test_each_pair_of_matched_cells_is_what_it_is_by_itself(seed: int) -> None:
    """Over many pairs of random grids, all at once and one by one give the same strands."""
    states = grid(seed).states()
    found = all_common_boundaries(states)
    for (one, other), line in found.items():
        by_name = {state.identity: state for state in states}
        others = [state for state in states if state.identity not in (one, other)]
        alone = common_boundary(by_name[one], by_name[other], others=others)
        assert alone.matched == line.matched
        assert [strand.lonlat.tolist() for strand in alone.strands] == [s.lonlat.tolist() for s in line.strands]


def test_a_strait_is_not_a_boundary_and_is_not_silent() -> None:
    """Coasts that face each other are no pair; beside a common line they are said where the file is matched."""
    far = [
        country(name, box(west, 10, west + 1, 30)) for name, west in (("F", 0), ("G", 1), ("H", 2), ("I", 3), ("J", 4))
    ]
    west = np.array([[0, 0], [1, 0], [1, 0.5], [0.99, 0.5], [0.99, 0.6], [0, 0.6], [0, 0]])
    found = all_common_boundaries([country("A", west), country("B", box(1, 0, 2, 0.6)), *far])
    assert "D217" in {remark.code for remark in found["A", "B"].remarks}
    apart = all_common_boundaries([country("A", box(0, 0, 1, 1)), country("B", box(1.01, 0, 2, 1)), *far])
    assert ("A", "B") not in apart


def apart_by(east_m: float) -> list[State]:
    """A and B with one line between them, drawn so many metres apart, and C in the north, which has an edge with either."""
    line = np.array(wavy(0.0, 0.02))
    moved = line + np.array([east_m / 111_319.490793, 0.0])
    one = np.array([[0.0, 0.0], *line.tolist(), [0.0, 1.0], [0.0, 0.0]])
    other = np.array([[2.0, 0.0], [2.0, 1.0], *moved[::-1].tolist(), [2.0, 0.0]])
    north = np.array([[0.0, 1.0], line[-1].tolist(), moved[-1].tolist(), [2, 1], [2, 2], [0, 2], [0, 1]])
    return [country("A", one), country("B", other), country("C", north)]


@pytest.mark.parametrize("east_m", [5.0, 50.0])
def test_a_narrow_strip_between_outlines_is_a_boundary_as_by_itself(east_m: float) -> None:
    """It was lost without a word: the outlines have no edge in common and do not cross."""
    states = apart_by(east_m)
    found, left_out = all_pairs(states)
    assert set(found) == {("A", "B"), ("A", "C"), ("B", "C")}
    assert left_out == ()
    alone = common_boundary(states[0], states[1], others=states[2:])
    assert [s.lonlat.tolist() for s in found["A", "B"].strands] == [s.lonlat.tolist() for s in alone.strands]


def test_a_wide_strip_is_not_a_boundary_and_is_not_silent() -> None:
    """1,500 m may be a strait: the pair is left out, with its length."""
    found, (remark,) = all_pairs(apart_by(1_500.0))
    assert set(found) == {("A", "C"), ("B", "C")}
    assert remark.code == "D218"
    assert remark.sentence.startswith("the outlines of A and B run close to each other without a common edge")
    assert remark.size == pytest.approx(115_000, rel=0.1)
