"""The track of force of a section: what takes whose dates."""

from __future__ import annotations

import pytest

from merestone.register.objects import Reference
from merestone.register.track import Segment, placed

ONE, TWO, NEW = Reference(1, 0), Reference(2, 0), Reference(3, 0)


def test_a_segment_holds_from_its_first_day_up_to_its_last() -> None:
    """The first day is in it, the day of its end is not; an open end is never reached."""
    closed, opened = Segment("2026-01-01", "2027-01-01", ONE), Segment("2026-01-01", "", ONE)
    for day, in_closed, in_opened in (
        ("2025-12-31", False, False),
        ("2026-01-01", True, True),
        ("2026-12-31", True, True),
        ("2027-01-01", False, True),
        ("9999-12-31", False, True),
    ):
        assert (closed.holds(day), opened.holds(day)) == (in_closed, in_opened)


@pytest.mark.parametrize(
    ("begin", "end", "left", "displaced"),
    [
        ("2026", "2027", [("2026", "2027", NEW), ("2030", "2040", ONE), ("2040", "", TWO)], set()),
        ("2026", "2030", [("2026", "2030", NEW), ("2030", "2040", ONE), ("2040", "", TWO)], set()),
        ("2026", "2031", [("2026", "2031", NEW), ("2031", "2040", ONE), ("2040", "", TWO)], {ONE}),
        ("2030", "2040", [("2030", "2040", NEW), ("2040", "", TWO)], {ONE}),
        (
            "2031",
            "2032",
            [("2030", "2031", ONE), ("2031", "2032", NEW), ("2032", "2040", ONE), ("2040", "", TWO)],
            {ONE},
        ),
        ("2035", "2045", [("2030", "2035", ONE), ("2035", "2045", NEW), ("2045", "", TWO)], {ONE, TWO}),
        ("2040", "", [("2030", "2040", ONE), ("2040", "", NEW)], {TWO}),
        ("2050", "", [("2030", "2040", ONE), ("2040", "2050", TWO), ("2050", "", NEW)], {TWO}),
        ("2000", "", [("2000", "", NEW)], {ONE, TWO}),
    ],
)
def test_a_segment_takes_its_dates(
    begin: str, end: str, left: list[tuple[str, str, Reference]], displaced: set[Reference]
) -> None:
    """From those that have them: shortened, split, gone."""
    track, gave_up = placed((Segment("2030", "2040", ONE), Segment("2040", "", TWO)), Segment(begin, end, NEW))
    assert [(each.begin, each.end, each.change) for each in track] == left
    assert gave_up == displaced
