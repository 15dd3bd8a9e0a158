"""The common boundary of two States, matched and drawn apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from merestone.compare.states.all_pairs import all_common_boundaries
from merestone.compare.states.common_boundary import common_boundary
from merestone.compare.states.pair_of_states import CommonBoundary, Meeting, PatchKind
from merestone.compare.states.state import State, state
from merestone.errors import WrongRequestError
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats
from merestone.geodesy.lonlat_area import ring_area_m2
from unit.compare.land import box, country

GEOD = Geod(a=WGS84.a_m, f=WGS84.f)


def codes(found: CommonBoundary) -> set[str]:
    """The codes of the remarks."""
    return {remark.code for remark in found.remarks}


def shape(found: CommonBoundary) -> object:
    """All numbers of a common boundary, to be held against another's."""
    strands = [[(s.name, s.lonlat.tolist(), s.left, s.right, s.departure_m) for s in drawn] for drawn in found.as_drawn]
    middle = [(s.name, s.lonlat.tolist(), s.departure_m) for s in found.strands]
    patches = [(p.kind, p.place, p.area_m2) for p in found.patches]
    return found.pair, strands, middle, found.ends, found.detached, patches, found.touching, found.remarks


def test_matched_neighbours_have_their_common_side() -> None:
    """The strand is the common side, with the alphabetically first State to the left whichever is asked for first."""
    west, east = country("A", box(0, 0, 1, 1)), country("B", box(1, 0, 2, 1))
    found = common_boundary(east, west)
    assert found.matched
    assert [(s.name, s.left, s.right, s.lonlat.tolist()) for s in found.strands] == [
        ("main", "A", "B", [[1.0, 0.0], [1.0, 1.0]])
    ]
    assert shape(found) == shape(common_boundary(west, east))
    assert found.remarks == ()


def test_a_third_state_makes_a_tripoint() -> None:
    """An end where a third State's land meets is a tripoint and names it; the other is an end."""
    found = common_boundary(
        country("A", box(0, 0, 1, 1)), country("B", box(1, 0, 2, 1)), others=[country("C", box(0.5, 1, 1, 2))]
    )
    assert [(end.at_start, end.meeting, end.others) for end in found.ends] == [
        (True, Meeting.END, ()),
        (False, Meeting.TRIPOINT, ("C",)),
    ]


def test_a_state_within_another_is_a_main_ring() -> None:
    """A State wholly within another has a closed main strand, and a remark gives its area."""
    inner = box(28, -30, 29, -29)
    found = common_boundary(country("ZAF", box(20, -35, 33, -22), holes=(inner,)), country("LSO", inner))
    assert [(s.name, s.ring) for s in found.strands] == [("main", True)]
    assert found.detached[0].whole
    (remark,) = [remark for remark in found.remarks if remark.code == "D211"]
    assert remark.size == pytest.approx(ring_area_m2(WGS84, inner), rel=1e-12)


def test_an_exclave_in_an_exclave_is_told_apart() -> None:
    """Land of B in A and land of A in that are two exclaves, each of its own State."""
    outer, inner = box(2, 2, 4, 4), box(2.5, 2.5, 3, 3)
    first = country("A", box(0, 0, 6, 6), inner, holes=(outer,))
    second = country("B", box(6, 0, 12, 6), outer, holes=(inner,))
    found = common_boundary(first, second)
    assert [(s.name, s.ring) for s in found.strands] == [
        ("main", False),
        ("detached part 1", True),
        ("detached part 2", True),
    ]
    assert [(each.of, each.within) for each in found.detached] == [("B", "A"), ("A", "B")]
    assert not found.patches


def test_exclaves_drawn_as_polygons_of_both_are_recognised_as_overlap_too() -> None:
    """Where upstream made polygons of inner rings, the exclave, the nested polygon and the overlap are all said."""
    exclave = box(2, 2, 3, 3)
    found = common_boundary(country("A", box(0, 0, 6, 6), exclave), country("B", box(6, 0, 12, 6), exclave))
    assert [(each.of, each.within) for each in found.detached] == [("B", "A")]
    assert codes(found) == {"D203", "D204", "D206"}
    (patch,) = found.patches
    assert patch.kind is PatchKind.OVERLAP
    assert patch.area_m2 == pytest.approx(ring_area_m2(WGS84, exclave), rel=1e-12)


def test_states_that_touch_in_a_place_have_no_line() -> None:
    """A common corner is remarked with its place; States far apart are said not to touch."""
    found = common_boundary(country("A", box(0, 0, 1, 1)), country("B", box(1, 1, 2, 2)))
    assert found.strands == ()
    assert found.touching == ((1.0, 1.0),)
    assert [(r.code, r.place) for r in found.remarks] == [("D210", (1.0, 1.0))]
    assert codes(common_boundary(country("A", box(0, 0, 1, 1)), country("B", box(5, 5, 6, 6)))) == {"D210"}


def test_vertices_of_one_side_only_do_not_break_the_line() -> None:
    """A vertex of one State on the other's edge is counted, and the line stays one strand."""
    denser = np.array([[1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [1.0, 0.7], [1.0, 0.25], [1.0, 0.0]])
    found = common_boundary(country("A", box(0, 0, 1, 1)), country("B", denser))
    assert found.matched
    assert found.strands[0].lonlat.tolist() == [[1.0, 0.0], [1.0, 0.25], [1.0, 0.7], [1.0, 1.0]]
    assert [(r.code, r.size, r.of) for r in found.remarks] == [("D208", 2.0, "B")]


@pytest.mark.parametrize("mm", [3.0, 15.0])
def test_each_gap_that_a_vertex_closes_is_listed(mm: float) -> None:
    """Two vertices of B lie a few millimetres east of A's edge: counted with the widest, and listed one by one."""
    one_m = 1.0 / 111_319.490793  # degrees of the equator
    denser = np.array(
        [
            [1.0, 0.0],
            [2.0, 0.0],
            [2.0, 1.0],
            [1.0, 1.0],
            [1.0 + mm / 1e3 * one_m, 0.7],
            [1.0 + 2e-3 * one_m, 0.25],
            [1.0, 0.0],
        ]
    )
    found = common_boundary(country("A", box(0, 0, 1, 1)), country("B", denser))
    counted = next(r for r in found.remarks if r.code == "D208")
    assert counted.size == 2.0
    assert counted.sentence.endswith(f", up to {mm:.1f} mm beside them")
    gaps = [r for r in found.remarks if r.code == "D126"]
    assert [r.size for r in gaps] == pytest.approx([mm / 1e3, 2e-3], rel=2e-3)
    assert gaps[0].sentence == f"a gap of {mm:.1f} mm between the outlines of A and B was closed"
    assert gaps[0].place == pytest.approx((1.0, 0.7), abs=1e-6)
    every = all_common_boundaries([country("A", box(0, 0, 1, 1)), country("B", denser)])
    assert [r.sentence for r in every["A", "B"].remarks if r.code == "D208"] == [counted.sentence]


def test_a_crossing_outline_is_found_with_the_land_that_it_turns_over() -> None:
    """An outline in the shape of an eight is remarked at its crossing, with the area of the smaller loop."""
    eight = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [3.0, 3.0], [2.0, 3.0], [3.0, 2.0], [0.0, 2.0], [0.0, 0.0]])
    found = common_boundary(country("A", eight), country("B", box(-2, 0, 0, 2)))
    crossing = next(r for r in found.remarks if r.code == "D207")
    assert crossing.of == "A"
    assert crossing.place is not None
    assert crossing.size is not None
    assert crossing.size > 0.0


def test_a_sliver_between_matched_ends_is_a_gap_and_a_lake_is_none() -> None:
    """Narrow land of neither is a gap with its area; what is wide, or a third State's, is not."""
    west = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.5], [0.99, 0.6], [1.0, 0.7], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    east = np.array([[1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [1.0, 0.7], [1.0, 0.5], [1.0, 0.0]])
    sliver = np.array([[1.0, 0.5], [1.0, 0.7], [0.99, 0.6], [1.0, 0.5]])
    first, second = country("A", west), country("B", east)
    (gap,) = common_boundary(first, second).patches
    assert gap.kind is PatchKind.GAP
    assert gap.area_m2 == pytest.approx(ring_area_m2(WGS84, sliver), rel=1e-9)
    assert common_boundary(first, second, 100.0).patches == ()
    assert common_boundary(first, second, others=[country("C", sliver)]).patches == ()


def wavy(offset_m: float, phase: float, count: int) -> Floats:
    """A line north along 45 E from 40 N to 41 N that swings by 3 km, moved east by some metres, in its own vertices."""
    lat = np.linspace(40.0, 41.0, count)
    lon = 45.0 + 0.035 * np.sin(9.0 * (lat - 40.0) + phase) + offset_m / 85_000.0
    return np.column_stack([lon, lat])


def drawn_apart(offset_m: float = 40.0) -> tuple[State, State]:
    """Two States either side of one line that two sources drew."""
    west, east = wavy(0.0, 0.3, 400), wavy(offset_m, 0.3, 330)
    first = np.concatenate([west, [[43.0, 41.0], [43.0, 40.0]]])
    second = np.concatenate([east[::-1], [[47.0, 40.0], [47.0, 41.0]]])
    return state("A", (first,)), state("B", (second,))


def test_lines_drawn_apart_are_given_three_ways() -> None:
    """Each outline's own line runs from end to end of the common part, and the line between keeps the middle."""
    found = common_boundary(*drawn_apart())
    assert not found.matched
    assert codes(found) == {"D209"} | ({"D204"} & codes(found)) | ({"D205"} & codes(found))
    (one,), (other,), (middle,) = (*found.as_drawn, found.strands)
    for strand in (one, other, middle):
        assert (strand.left, strand.right) == ("A", "B")
        assert strand.lonlat[0, 1] == pytest.approx(40.0, abs=0.002)
        assert strand.lonlat[-1, 1] == pytest.approx(41.0, abs=0.002)
    inside = middle.lonlat[(middle.lonlat[:, 1] > 40.005) & (middle.lonlat[:, 1] < 40.995)]
    between = np.interp(inside[:, 1], *wavy(20.0, 0.3, 5000).T[::-1])
    assert np.max(np.abs(inside[:, 0] - between)) * 85_000.0 < 5.0
    assert 10.0 < middle.departure_m < 80.0


@settings(max_examples=10)
@given(st.floats(5.0, 800.0))
def test_swapping_states_that_are_drawn_apart_changes_nothing(offset_m: float) -> None:
    """Asked for the other way round, and with the names exchanged, every number is the same or mirrored."""
    first, second = drawn_apart(offset_m)
    found = common_boundary(first, second)
    assert shape(found) == shape(common_boundary(second, first))
    mirrored = common_boundary(replace(first, identity="Z"), second)
    assert mirrored.pair == ("B", "Z")
    for mine, theirs in zip(found.as_drawn, mirrored.as_drawn[::-1], strict=True):
        assert [s.lonlat.tolist() for s in mine] == [s.lonlat[::-1].tolist() for s in theirs]
    assert [patch.area_m2 for patch in found.patches] == pytest.approx([patch.area_m2 for patch in mirrored.patches])


def test_outlines_that_part_in_between_are_joined_and_what_they_share_is_kept() -> None:
    """Where two outlines share most of a line and part for a while, the line is one, exact where it is shared."""
    common = wavy(0.0, 0.0, 101)
    detour = common.copy()
    detour[40:60, 0] += 0.002 * np.sin(np.linspace(0.0, np.pi, 20))[:]
    first = np.concatenate([common, [[43.0, 41.0], [43.0, 40.0]]])
    second = np.concatenate([detour[::-1], [[47.0, 40.0], [47.0, 41.0]]])
    found = common_boundary(state("A", (first,)), state("B", (second,)))
    (strand,) = found.strands
    assert not found.matched
    assert found.as_drawn[0][0].lonlat.tolist() == common.tolist()
    assert found.as_drawn[1][0].lonlat.tolist() == detour.tolist()
    kept = {tuple(place) for place in strand.lonlat.tolist()}
    assert all(tuple(place) in kept for place in [*common[:40].tolist(), *common[60:].tolist()])
    assert strand.departure_m == pytest.approx(0.001 * 85_000.0, rel=0.05)


def test_an_exclave_that_one_outline_lacks_is_found_by_its_polygon() -> None:
    """Drawn apart, an exclave is known by its shell within the other State, and a remark says who does not draw it."""
    first, second = drawn_apart()
    exclave, empty = box(46.0, 40.4, 46.1, 40.5), box(43.5, 40.4, 43.6, 40.5)
    found = common_boundary(state("A", (*first.shells, exclave), (empty,)), second)
    (land,) = found.detached
    assert (land.of, land.within, land.drawn_by) == ("A", "B", ("A",))
    assert [s.name for s in found.as_drawn[0]] == ["main", "detached part 1"]
    assert [s.name for s in found.as_drawn[1]] == ["main"]
    (hole,) = [remark for remark in found.remarks if remark.code == "D212"]
    assert hole.size == pytest.approx(ring_area_m2(WGS84, empty), rel=1e-9)


def test_a_third_state_ends_lines_that_are_drawn_apart() -> None:
    """With the third State given, a narrow wedge of it between the outlines does not lengthen the boundary."""
    west = np.array([[1.0, 0.0], [1.0, 1.0], [0.9, 1.5], [0.0, 1.5], [0.0, 0.0]])
    east = np.array([[1.0003, 0.0], [2.0, 0.0], [2.0, 1.5], [1.0003, 1.5], [1.0003, 0.4]])
    wedge = np.array([[1.0, 1.0], [1.0003, 1.5], [0.9, 1.5]])
    first, second = state("A", (west,)), state("B", (east,))
    open_end = common_boundary(first, second).as_drawn[0][0].lonlat[-1]
    found = common_boundary(first, second, others=[state("C", (wedge,))])
    assert open_end[1] > 1.05
    assert found.as_drawn[0][0].lonlat[-1, 1] == pytest.approx(1.0, abs=0.003)
    assert found.ends[1].others == ("C",)


def test_outlines_over_the_antimeridian_meet_whatever_their_turn() -> None:
    """A State drawn past 180 degrees and one drawn from -180 have their line and their overlap."""
    first = country("A", box(175, 0, 181, 2))
    second = country("B", box(-179.001, 0, -170, 2))
    found = common_boundary(first, second)
    assert [s.name for s in found.as_drawn[0]] == ["main"]
    expected = ring_area_m2(WGS84, box(-179.001, 0, -179, 2))
    assert sum(patch.area_m2 for patch in found.patches) == pytest.approx(expected, rel=1e-9)


def test_requests_that_make_no_sense_are_refused() -> None:
    """A State with itself, or a distance that is none, is refused."""
    one = country("A", box(0, 0, 1, 1))
    with pytest.raises(WrongRequestError, match="no boundary with itself"):
        common_boundary(one, one)
    with pytest.raises(WrongRequestError, match="a positive number of metres"):
        common_boundary(one, country("B", box(1, 0, 2, 1)), float("nan"))


def test_states_without_land_or_with_the_same_land_are_said() -> None:
    """Nothing is found beside a State without land; two States of one polygon overlap wholly, and no side is taken."""
    one, twin = country("A", box(0, 0, 1, 1)), country("B", box(0, 0, 1, 1))
    assert codes(common_boundary(country("Z"), one)) == {"D210"}
    assert codes(common_boundary(country("Z"), country("Y"))) == {"D210"}
    found = common_boundary(one, twin)
    assert found.detached == ()
    assert codes(found) == {"D204"}


def test_a_third_state_that_comes_near_an_end_makes_a_tripoint() -> None:
    """Where a third State's outline misses the end of a shared line by some metres, the end is a tripoint all the same."""
    found = common_boundary(
        country("A", box(0, 0, 1, 1)), country("B", box(1, 0, 2, 1)), others=[country("C", box(0, 1.0001, 2, 2))]
    )
    assert [(end.at_start, end.meeting, end.others) for end in found.ends] == [
        (True, Meeting.END, ()),
        (False, Meeting.TRIPOINT, ("C",)),
    ]


def test_far_states_are_left_aside() -> None:
    """States that cannot come near the pair change nothing, whatever their turn of longitude."""
    pair = country("A", box(0, 0, 1, 1)), country("B", box(1, 0, 2, 1))
    far = [country("C", box(100, 0, 110, 1)), country("D", box(-300, 50, -290, 60))]
    assert shape(common_boundary(*pair, others=far)) == shape(common_boundary(*pair))
    beside = country("E", box(361, 1, 362, 2))
    assert common_boundary(*pair, others=[beside]).ends[1].others == ("E",)
