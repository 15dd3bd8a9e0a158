"""The cheat: a second line comes into force for dates that have one already, or displaces what it does not name."""

from __future__ import annotations

import pytest

from fakes.refusals import refused
from fakes.registers import Story
from merestone.register.objects import Reference, Status
from merestone.register.refusal import Rule


def signed(story: Story, **changed: object) -> Reference:
    """A second agreement on the section, signed."""
    return story.step(story.people.change(Status.SIGNED, **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-01-01", ""),
        ("2025-01-01", ""),
        ("2027-06-01", "2027-06-02"),
        ("2025-01-01", "2026-01-02"),
        ("9999-12-30", "9999-12-31"),
        ("0001-01-01", ""),
    ],
)
def test_dates_that_have_a_line_are_not_given_a_second_one(begin: str, end: str) -> None:
    """Overlapping by all, by years or by one day: what it displaces must be named."""
    story = Story()
    first = story.in_force("S1", "2026-01-01")
    second = signed(story)
    change = story.people.change
    with refused(Rule.FORCE, 4, "S1: it replaces 2/0, and the act says that it replaces nothing"):
        story.step(change(Status.IN_FORCE, begin, end, carries=second))
    story.step(change(Status.IN_FORCE, begin, end, carries=second, supersedes=(first,)))
    days = ("0001-01-01", "2025-12-31", "2026-01-01", "2027-06-01", "2027-06-02", "9999-12-30", "9999-12-31")
    assert all(sum(each.holds(day) for each in story.ledger.segments("S1")) <= 1 for day in days)


def test_dates_that_touch_do_not_overlap() -> None:
    """A line that ends on the day on which the other begins displaces nothing, and may not say so."""
    story = Story()
    first = story.in_force("S1", "2026-01-01")
    second = signed(story)
    change = story.people.change
    with refused(Rule.FORCE, 4):
        story.step(change(Status.IN_FORCE, "2025-01-01", "2026-01-01", carries=second, supersedes=(first,)))
    story.step(change(Status.IN_FORCE, "2025-01-01", "2026-01-01", carries=second))


def test_what_is_named_is_what_is_displaced() -> None:
    """Naming one of two, or one of another section, is refused."""
    story = Story()
    first = story.in_force("S1", "2026-01-01", end="2027-01-01")
    change = story.people.change
    second = story.step(change(Status.IN_FORCE, "2027-01-01", carries=signed(story)))
    other = story.in_force("S2", "2026-01-01")
    third = signed(story)
    for named in ((), (first,), (second,), (first, other), (first, second, other)):
        with refused(Rule.FORCE, story.ledger.size):
            story.step(change(Status.IN_FORCE, "2026-06-01", carries=third, supersedes=tuple(sorted(named))))
    story.step(change(Status.IN_FORCE, "2026-06-01", carries=third, supersedes=(first, second)))


@pytest.mark.parametrize("status", [Status.APPLIED, Status.SUSPENDED, Status.ENDED])
def test_every_status_with_dates_is_on_the_one_track(status: Status) -> None:
    """A provisional application, a suspension and an end too name what they take dates from."""
    story = Story()
    first = story.in_force("S1", "2026-01-01")
    change = story.people.change
    carries = signed(story) if status is Status.APPLIED else first
    with refused(Rule.FORCE, story.ledger.size):
        story.step(change(status, "2027-01-01", carries=carries))
    story.step(change(status, "2027-01-01", carries=carries, supersedes=(first,)))


def test_two_lines_in_one_act() -> None:
    """One act does not change a section twice."""
    story = Story()
    people = story.people
    first, second = signed(story), signed(story)
    changes = [
        people.change(Status.IN_FORCE, day, carries=each)
        for day, each in (("2026-01-01", first), ("2027-01-01", second))
    ]
    with refused(Rule.FORM, why="sections are not in order, or one is repeated"):
        story.step(*changes)
