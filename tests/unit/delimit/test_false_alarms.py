"""What is computed, or is no leg, is not reported as a gap."""

from __future__ import annotations

from fakes.descriptions import SQUARE, result_of, section


def test_a_misplaced_expectation_is_no_gap_in_the_line() -> None:
    """`expect` at the indentation of a leg is reported once; the legs about it are one line without a gap."""
    result = result_of(
        SQUARE + section("leg 1 geodesic to B", "expect length 3 km", "leg 2 geodesic to C"), checked=True
    )
    assert [each.code for each in result.findings if each.code[0] in "RS"] == ["S307"]
    assert not result.line.gaps
    assert len(result.line.legs) == 2


def test_an_open_traverse_has_its_end() -> None:
    """`traverse ... open` ends at its last corner and is drawn: no finding says that it is a gap."""
    words = "leg 1 traverse 45°30' 120 m, 92°00' 1.2 km by geodesic open"
    result = result_of(SQUARE + section(words), checked=True)
    assert len(result.line.legs) == 1
    assert "O609" not in [each.code for each in result.findings]
