"""Edges that two States share, chained into strands."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from merestone.compare.states.outlines import outlines
from merestone.compare.states.shared_edges import SharedStrand, shared_strands
from merestone.compare.states.state import State
from merestone.compare.states.unmatched_vertices import with_unmatched_vertices
from merestone.geodesy.ellipsoid import WGS84
from unit.compare.land import box, country, of_geometry


def strands(*states: State) -> list[SharedStrand]:
    """The shared strands of States."""
    return shared_strands(outlines(states))


def test_two_neighbours_share_one_strand_with_the_first_on_its_left() -> None:
    """The side of two squares is one strand that runs north when the first lies to the west."""
    (found,) = strands(country("B", box(1, 0, 2, 1)), country("A", box(0, 0, 1, 1)))
    assert found.pair == ("A", "B")
    assert found.lonlat.tolist() == [[1.0, 0.0], [1.0, 1.0]]
    assert not found.ring
    assert not found.same_side


def test_where_a_ring_begins_does_not_cut_a_strand() -> None:
    """A common line on which the first's ring begins is one strand."""
    west = np.array([[1.0, 1.0], [1.0, 2.0], [0.0, 2.0], [0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    east = np.array([[1.0, 2.0], [1.0, 1.0], [1.0, 0.0], [2.0, 0.0], [2.0, 2.0], [1.0, 2.0]])
    (found,) = strands(country("A", west), country("B", east))
    assert found.lonlat.tolist() == [[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]


def test_a_strand_passes_from_one_ring_of_a_state_to_the_next() -> None:
    """Parts of one State side by side have no boundary between them, and their neighbour's line runs on."""
    found = strands(country("A", box(0, 0, 1, 1), box(0, 1, 1, 2)), country("B", box(1, 0, 2, 1), box(1, 1, 2, 2)))
    assert [each.lonlat.tolist() for each in found] == [[[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]]


def test_an_enclave_is_a_ring() -> None:
    """A State in a hole of another shares a closed strand."""
    inner = box(1, 1, 2, 2)
    (found,) = strands(country("Z", box(0, 0, 3, 3), holes=(inner,)), country("L", inner))
    assert found.ring
    assert found.lonlat[0].tolist() == found.lonlat[-1].tolist()
    assert not found.same_side


def test_polygons_of_both_states_lie_on_the_same_side() -> None:
    """A ring that both States have as a shell is told from one that parts them."""
    (found,) = strands(country("A", box(0, 0, 1, 1)), country("B", box(0, 0, 1, 1)))
    assert found.ring
    assert found.same_side


def test_longitudes_a_turn_apart_are_one_place_and_a_cut_is_no_boundary() -> None:
    """A line along 180 degrees is shared by States on either side of it; the cut inside one State is nobody's line."""
    (found,) = strands(country("A", box(170, 0, 180, 5)), country("B", box(-180, 0, -170, 5)))
    assert found.lonlat.tolist() == [[180.0, 0.0], [180.0, 5.0]]
    assert strands(country("A", box(170, 0, 180, 5), box(-180, 0, -170, 5)), country("B", box(170, 5, 180, 9))) != []
    cut = country("A", box(170, 0, 180, 5), box(-180, 0, -170, 5))
    north = country("B", box(170, 5, 180, 9), box(-180, 5, -170, 9))
    (across,) = strands(cut, north)
    assert np.allclose(np.abs(np.diff(across.lonlat[:, 0])), 10.0)


def test_states_that_touch_in_a_corner_share_no_strand() -> None:
    """One common place is no common line."""
    assert strands(country("A", box(0, 0, 1, 1)), country("B", box(1, 1, 2, 2))) == []


def test_nothing_comes_of_nothing() -> None:
    """No States, or States without land, share nothing."""
    assert strands() == []
    assert strands(country("A"), country("B")) == []


cells = st.lists(st.sampled_from("ABCD"), min_size=36, max_size=36)


@given(cells, st.booleans(), st.integers(0, 5))
def test_a_chequered_plane_is_divided_as_its_cells_are(owners: list[str], simplified: bool, turned: int) -> None:
    """Of countries made of cells, enclaves, corners and exclaves among them, every side between two owners is found
    once, with its first State to the left, though each outline has its own vertices only."""
    grid = np.array(owners).reshape(6, 6)
    states = []
    for name in sorted(set(owners)):
        land = shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in np.argwhere(grid == name)])
        whole = of_geometry(name, shapely.simplify(land, 0.0) if simplified else land)
        shells = tuple(
            np.concatenate([r[turned % (len(r) - 1) : -1], r[: turned % (len(r) - 1) + 1]]) for r in whole.shells
        )
        states.append(State(name, shells, whole.holes))
    lines, _ = with_unmatched_vertices(outlines(states), WGS84)
    found = shared_strands(lines)
    length: dict[tuple[str, str], float] = {}
    for strand in found:
        for (x0, y0), (x1, y1) in pairwise(strand.lonlat):
            dx, dy = np.sign(x1 - x0), np.sign(y1 - y0)
            for k in range(round(abs(x1 - x0) + abs(y1 - y0))):
                x, y = x0 + dx * (k + 0.5), y0 + dy * (k + 0.5)
                left = grid[int(np.floor(x - dy / 2)), int(np.floor(y + dx / 2))]
                right = grid[int(np.floor(x + dy / 2)), int(np.floor(y - dx / 2))]
                assert (left, right) == strand.pair
                length[strand.pair] = length.get(strand.pair, 0.0) + 1.0
    expected: dict[tuple[str, str], float] = {}
    sides = [*zip(grid[:-1].ravel(), grid[1:].ravel(), strict=True)]
    sides += [*zip(grid[:, :-1].ravel(), grid[:, 1:].ravel(), strict=True)]
    for one, other in sides:
        if one != other:
            pair = min(one, other), max(one, other)
            expected[pair] = expected.get(pair, 0.0) + 1.0
    assert length == expected


def test_a_ring_touching_the_main_line_does_not_cut_it() -> None:
    """An enclave that touches the common line in one vertex leaves that line whole."""
    west = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 2.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]])
    enclave = np.array([[4.0, 2.0], [3.0, 3.0], [3.0, 1.0], [4.0, 2.0]])
    east = np.array([[4.0, 0.0], [8.0, 0.0], [8.0, 4.0], [4.0, 4.0], [4.0, 2.0], [4.0, 0.0]])
    found = strands(country("A", west, holes=(enclave,)), country("B", east, enclave))
    assert sorted((len(each.lonlat), each.ring) for each in found) == [(3, False), (4, True)]
