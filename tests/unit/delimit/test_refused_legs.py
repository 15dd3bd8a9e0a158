"""A leg, or a start, that could not be understood leaves a gap: the line never runs past it."""

from __future__ import annotations

import pytest
from pyproj import Geod

from fakes.descriptions import SQUARE, errors, result_of, section
from merestone.delimit.boundary_line import CompiledLeg, Gap


def parts_of(body: str) -> list[tuple[str, str, str | None]]:
    """What became of each part of a section: leg or gap, its name, and the point that it starts from."""
    result = result_of(f"{SQUARE}section S\n{body}")
    found: list[tuple[str, str, str | None]] = []
    for part in result.line.sections[0].parts:
        if isinstance(part, Gap):
            found.append(("gap", part.name, part.start))
        else:
            found.append(("leg", part.name, part.vertex_names[0]))
    return found


def test_a_mistyped_kind_leaves_a_gap_and_the_next_leg_starts_at_its_end() -> None:
    """The end that a refused leg still names is where the next leg starts."""
    body = "  from A\n  leg 1 goedesic to B\n  leg 2 geodesic to C\n"
    assert parts_of(body) == [("gap", "1", "A"), ("leg", "2", "B")]


def test_after_a_leg_without_an_end_nothing_is_drawn_from_the_wrong_place() -> None:
    """Where a refused leg names no end, the leg after it is a gap too, and not drawn from where the last one ended."""
    body = "  from A\n  leg 1 geodesic to B\n  leg 2 geodesic too C\n  leg 3 geodesic to D\n"
    assert parts_of(body) == [("leg", "1", "A"), ("gap", "2", "B"), ("gap", "3", None)]


def test_a_start_that_could_not_be_understood_breaks_the_line() -> None:
    """After a refused `then from` the line does not go on from where it was before."""
    body = "  from A\n  leg 1 geodesic to B\n  then form C\n  leg 2 geodesic to D\n"
    assert [(what, name) for what, name, _ in parts_of(body)] == [("leg", "1"), ("gap", "line 12"), ("gap", "2")]


def test_a_row_that_could_not_be_understood_leaves_a_gap() -> None:
    """A refused row of a table of legs keeps its place in the line."""
    body = "  from A\n  table legs columns id, kind, to\n    1 | geodesic | B\n    2 | goedesic | C\n    3 | geodesic | D\n"
    assert [what for what, _, _ in parts_of(body)] == ["leg", "gap", "gap"]


def test_a_leg_that_is_named_twice_keeps_its_place() -> None:
    """Two legs of one name are both drawn; the second bears a name that nothing can refer to."""
    body = "  from A\n  leg 1 geodesic to B\n  leg 1 geodesic to C\n  leg 2 geodesic to D\n"
    result = result_of(f"{SQUARE}section S\n{body}")
    assert all(isinstance(part, CompiledLeg) for part in result.line.sections[0].parts)
    assert [leg.vertex_names for leg in result.line.legs] == [("A", "B"), ("B", "C"), ("C", "D")]
    assert [each.code for each in result.findings] == ["R402"]


@pytest.mark.parametrize(
    "words",
    [
        "geodesic at azimuth 90° for 3 nautical miles 2 miles",
        "parallel eastward until it meets meridian 21° E 30'",
    ],
)
def test_words_left_over_at_the_end_are_not_cut_off(words: str) -> None:
    """A leg whose last words nothing was made of is a gap: what it says may be longer, or elsewhere."""
    result = result_of(SQUARE + section(f"leg 1 {words}"), checked=True)
    assert errors(result)
    assert result.line.legs == ()
    assert [gap.name for gap in result.line.gaps] == ["1"]


def test_a_point_with_words_left_over_has_no_place() -> None:
    """A datum or a meridian behind the coordinates is not passed over."""
    result = result_of(
        "point P at 10°00'00\" N 20°10'00\" E (WGS 72)\n" + SQUARE + section("leg 1 geodesic to P"), checked=True
    )
    assert errors(result)
    assert "P" not in {point.name for point in result.line.points}
    assert result.line.legs == ()


def test_a_length_in_two_units_is_drawn_whole() -> None:
    """`1 km 250 m` is 1,250 m, and no longer words left over behind 1 km."""
    result = result_of(SQUARE + section("leg 1 geodesic at azimuth 90° for 1 km 250 m"))
    assert not errors(result)
    (leg,) = result.line.legs
    (lon, lat), (east, north) = leg.vertices / 1e9
    assert Geod(ellps="WGS84").inv(lon, lat, east, north)[2] == pytest.approx(1250.0, abs=1e-3)
