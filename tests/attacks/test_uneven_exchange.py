"""The cheat: in an exchange one part comes into force and the other does not, or later, or never."""

from __future__ import annotations

import pytest

from fakes.refusals import refused
from fakes.registers import Story
from merestone.register.objects import Kind, Reference, Status
from merestone.register.refusal import Rule


@pytest.fixture
def story() -> Story:
    """Two sections signed as one exchange."""
    made = Story()
    change = made.people.change
    made.step(change(Status.SIGNED), change(Status.SIGNED, section="S2"), kind=Kind.EXCHANGE)
    return made


ONE, OTHER = Reference(1, 0), Reference(1, 1)


def test_the_parts_change_as_one(story: Story) -> None:
    """One status and one day, or the exchange is refused whole."""
    change = story.people.change
    one = change(Status.IN_FORCE, "2026-01-01", carries=ONE)
    for other in (
        change(Status.IN_FORCE, "2026-01-02", carries=OTHER, section="S2"),
        change(Status.RATIFIED, carries=OTHER, section="S2"),
        change(Status.APPLIED, "2026-01-01", carries=OTHER, section="S2"),
    ):
        with refused(Rule.KINDS, 2, "one status and begin on one day"):
            story.step(one, other, kind=Kind.EXCHANGE)
    story.step(one, change(Status.IN_FORCE, "2026-01-01", carries=OTHER, section="S2"), kind=Kind.EXCHANGE)


def test_an_exchange_has_two_sides(story: Story) -> None:
    """One section is no exchange."""
    with refused(Rule.KINDS, 2, "at least two sections"):
        story.step(story.people.change(Status.IN_FORCE, "2026-01-01", carries=ONE), kind=Kind.EXCHANGE)


def test_if_one_part_is_wrong_nothing_takes_effect(story: Story) -> None:
    """The other part is not accepted without it."""
    change = story.people.change
    one = change(Status.IN_FORCE, "2026-01-01", carries=ONE)
    with refused(Rule.KINDS, 2):
        story.step(one, change(Status.IN_FORCE, "2026-01-01", carries=ONE, section="S2"), kind=Kind.EXCHANGE)
    assert story.ledger.segments("S1") == ()
