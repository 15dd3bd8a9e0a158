"""A chain of legs goes on from where the line stands, and what two statements leave between them is reported."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import SQUARE, result_of, section
from merestone.casefile.pipeline import Result

G = Geodesic.WGS84


def length_m(*places: tuple[float, float]) -> float:
    """Length through places, (latitude, longitude) each, by GeographicLib."""
    return sum(float(G.Inverse(*one, *other)["s12"]) for one, other in pairwise(places))


def codes(result: Result) -> list[str]:
    """The codes of the findings, without those of every description of these tests."""
    return [each.code for each in result.findings]


MERIDIAN = """point A at 1°N 1°E
point B at 2°N 1°E
point C at 3°N 1°E
"""
TURNING = """point BP55 at 05°05'23.2"N 03°06'21.2"W
point A at 05°01'03.7"N 03°07'18.3"W
point B at 04°57'58.9"N 03°08'01.4"W
point C at 04°26'41.6"N 03°14'56.9"W
point D at 03°12'13.4"N 03°29'54.3"W
point E at 02°59'04.7"N 03°32'40.2"W
point F at 02°40'36.4"N 03°36'36.4"W
"""
"""Ghana/Côte d'Ivoire, Special Chamber of the ITLOS, judgment of 23 September 2017, paragraph 542."""


def test_a_chain_is_joined_to_its_start() -> None:
    """`from A` and a chain through B and C is A to B to C."""
    result = result_of(MERIDIAN + section("legs geodesic through B, C"))
    assert result.line.length_m == pytest.approx(length_m((1, 1), (2, 1), (3, 1)), abs=1e-3)
    assert result.line.legs[0].vertex_names == ("A", "B", "C")


@pytest.mark.parametrize("chain", ["A, B, C, D, E, F", "A to F", "Line"])
def test_the_line_of_ghana_and_cote_d_ivoire(chain: str) -> None:
    """From the land boundary terminus through the turning points: 272,651 m, not the 264,488 m from A on."""
    rows = "".join(f"  {row.split()[1]} | {row.split()[3]} | {row.split()[4]}\n" for row in TURNING.splitlines()[1:])
    places = TURNING.splitlines(keepends=True)[0] + "table points Line columns name, latitude, longitude\n" + rows
    result = result_of(
        (places if chain == "Line" else TURNING) + section(f"legs geodesic through {chain}", start="BP55")
    )
    assert result.line.length_m == pytest.approx(272_651.403, abs=2e-3)
    assert codes(result) == []


@pytest.mark.parametrize("kind", ["loxodrome", "straight on EPSG:3395", "parallel"])
def test_the_joining_piece_is_of_the_kind_of_the_chain(kind: str) -> None:
    """The piece from where the line stands is drawn as the others are: the chain is its legs one by one."""
    points = SQUARE + "point E at 10°N 22°E\npoint F at 10°N 23°E\n"
    names = ("B", "E", "F") if kind == "parallel" else ("C", "B", "D")
    chain = result_of(points + section(f"legs {kind} through {', '.join(names)}"))
    single = result_of(points + section(*(f"leg {kind} to {name}" for name in names)))
    assert chain.line.length_m == pytest.approx(single.line.length_m, abs=1e-4)
    assert chain.line.legs[0].vertices[0].tolist() == single.line.legs[0].vertices[0].tolist()


def test_a_chain_after_a_leg_without_an_end_point() -> None:
    """After `until it meets` a chain runs from where that leg ended."""
    result = result_of(
        SQUARE + section("leg parallel eastward until it meets meridian 20°30' E", "legs geodesic through C, D")
    )
    met, chain = result.line.legs
    assert chain.vertices[0].tolist() == met.vertices[-1].tolist() == [20_500_000_000, 10_000_000_000]
    assert chain.length_m == pytest.approx(length_m((10, 20.5), (11, 21), (11, 20)), abs=1e-3)


def test_no_piece_is_drawn_to_the_point_where_the_line_stands() -> None:
    """A chain whose first point is computed where the leg before it ended begins there: no piece of a tenth of a millimetre."""
    point = "point M at the intersection of geodesic from A to C and geodesic from B to D\n"
    words = ("leg geodesic at azimuth 44°12' until it meets geodesic from B to D", "legs geodesic through M, D")
    far = result_of(SQUARE + point + section(*words))
    assert far.line.legs[1].vertex_names == ("", "M", "D")
    words = ("leg along leg 1 of Other to M", "legs geodesic through M, D")
    near = result_of(SQUARE + point + section("leg 1 geodesic to C", name="Other") + section(*words))
    assert near.line.legs[-1].vertex_names == ("M", "D")


def test_a_chain_after_a_gap_begins_at_its_first_point() -> None:
    """Where the line stands is not known: what lies before the first point is a gap, and the rest is drawn."""
    result = result_of(SQUARE + section("leg 1 along road «N 7» open", "legs 2 geodesic through B, C"))
    assert [(gap.start, gap.end) for gap in result.line.gaps] == [("A", None), (None, "B")]
    assert result.line.gaps[1].name == "2 (to B)"
    assert result.line.legs[0].vertex_names == ("B", "C")


def test_a_table_with_an_unreadable_row_is_not_run_past() -> None:
    """A chain through a table with a row of 70 minutes is a gap from its first point to its last, not a line past the row."""
    table = "table points T columns name, latitude, longitude\n  P | 1°N | 1°E\n  Q | 1°70'N | 2°E\n  R | 1°N | 3°E\n"
    result = result_of(MERIDIAN + table + section("legs geodesic through T", start="P"))
    assert codes(result) == ["C210", "R411"]
    assert [(gap.start, gap.end) for gap in result.line.gaps] == [("P", "R")]


@pytest.mark.parametrize("broken", ["point B at 2°70'N 1°E", "pont B at 2°N 1°E"])
def test_a_range_with_an_unreadable_point_is_not_run_past(broken: str) -> None:
    """`A to C` does not run from A to C where the point between them means nothing."""
    text = MERIDIAN.replace("point B at 2°N 1°E", broken)
    result = result_of(text + section("legs geodesic through A to C"))
    assert "R411" in codes(result)
    assert [(gap.start, gap.end) for gap in result.line.gaps] == [("A", "C")]


def test_a_start_that_another_start_replaces() -> None:
    """`from A` followed by `from B` is reported: nothing runs from A."""
    result = result_of(SQUARE + "section S\n  from A\n  from B\n  leg 1 geodesic to C\n", checked=True)
    assert "R412" in codes(result)


def test_every_gap_of_the_words_is_measured() -> None:
    """A start in mid-section that is not where the line stands is a gap with its width, each time, declared or not."""
    words = ("leg 1 geodesic to B", "then from C", "leg 2 geodesic to B", "then from C", "leg 3 geodesic to D", "from B",
             "leg 4 geodesic to C")  # fmt: skip
    result = result_of(SQUARE + section(*words), checked=True)
    gaps = [each for each in result.findings if each.code == "G502"]
    meridian_m, diagonal_m = length_m((10, 21), (11, 21)), length_m((11, 20), (10, 21))
    found = [each.measures[0].value for each in gaps]
    assert found == pytest.approx([meridian_m, meridian_m, diagonal_m], abs=1e-3)
    assert [each.severity.value for each in gaps] == ["open", "open", "warning"]


def test_a_ring_with_a_gap_that_does_not_come_back() -> None:
    """A ring is held against its start also where one of its legs could not be drawn."""
    ring = "ring R\n  from A\n  leg 1 geodesic to B\n  leg 2 along road «N 7» to C\n  leg 3 geodesic to D\n"
    found = [each for each in result_of(SQUARE + ring, checked=True).findings if each.code == "G502"]
    assert found[0].measures[0].value == pytest.approx(length_m((11, 20), (10, 20)), abs=1e-3)


def test_no_leg_runs_along_a_section_across_its_gap() -> None:
    """A section that the words interrupt is no one line, so that nothing runs along it across the gap."""
    other = section("leg 1 geodesic to B", "then from C", "leg 2 geodesic to D", name="Other")
    across = result_of(SQUARE + other + section("leg 1 along section Other to D"))
    assert [gap.why.code for gap in across.line.gaps] == ["G540"]


def test_a_joined_chain_in_another_frame() -> None:
    """A chain computed in another frame starts at the very vertex where the leg before it ended."""
    own = (
        "frame Own is «Own» on ellipsoid «International 1924» transformed to WGS 84 "
        "by 3 parameters tx -148 m ty 136 m tz 90 m accuracy 5 m\n"
    )
    words = ("leg 1 geodesic to B", "leg 2 geodesic at azimuth 10° for 5 km", "legs 3 geodesic through C, D in Own")
    result = result_of(SQUARE + section(*words), frame=f"frame WGS 84\n{own}")
    assert [len(leg.vertices) for leg in result.line.legs] == [2, 2, 3], codes(result)
    assert np.array_equal(result.line.legs[2].vertices[0], result.line.legs[1].vertices[-1])
