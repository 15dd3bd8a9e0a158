"""`leg 1` is a line: it is read as one where a line is meant, and never as a point called `leg`."""

from __future__ import annotations

import pytest

from fakes.descriptions import SQUARE, end_of, errors, result_of, section

LINES = ["leg 1", "leg 1 of S", "section S", "line L"]


def test_perpendicular_is_at_right_angles() -> None:
    """Both words say one thing, to either hand."""
    for hand in ("left", "right"):
        ends = []
        for words in ("perpendicular to", "at right angles to"):
            text = SQUARE + section("leg 1 geodesic to B", f"leg 2 {words} leg 1 to the {hand} by geodesic for 500 m")
            result = result_of(text)
            assert not errors(result)
            ends.append(end_of(result.line.legs[1]))
        assert ends[0] == ends[1]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(
    "leg", ["geodesic to {}", "perpendicular to {}", "nonsense to {} to C", "geodesic perpendicular to {} for 5 m"]
)
def test_no_point_is_looked_for_by_a_word_of_the_language(line: str, leg: str) -> None:
    """What is refused is refused once, where it stands, and no second finding looks for a point of that name."""
    found = errors(result_of(SQUARE + section("leg 1 geodesic to B", f"leg 2 {leg.format(line)}")))
    assert len(found) == 1
    assert found[0].code.startswith("S")
    assert found[0].hint or found[0].expected


@pytest.mark.parametrize("line", LINES)
def test_a_line_where_a_point_is_meant_is_told_how_to_be_written(line: str) -> None:
    """The hint names the line as it is written, after words that are read."""
    (found,) = errors(result_of(SQUARE + section("leg 1 geodesic to B", f"leg 2 geodesic to {line}")))
    assert found.code == "S304"
    assert f"`until it meets {line}`" in (found.hint or "")
    (found,) = errors(result_of(SQUARE + f"point X at the midpoint of A and {line}\n" + section("leg 1 geodesic to B")))
    assert "`at the intersection of" in (found.hint or "")


def test_a_word_alone_is_still_told_to_be_quoted() -> None:
    """A point may be called leg."""
    (found,) = errors(result_of(SQUARE + section("leg 1 geodesic to leg")))
    assert found.hint == "if it is a name, quote it: «leg»"
