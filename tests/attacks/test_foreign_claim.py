"""The cheat: by claiming, a party displaces the other's claim, or a line in force, or claims without end."""

from __future__ import annotations

import pytest

from fakes.refusals import refused
from fakes.registers import Story
from merestone.register.keys import Slot
from merestone.register.objects import Kind, Status
from merestone.register.refusal import Rule


def test_a_claim_takes_the_place_of_ones_own_only() -> None:
    """Naming the other's claim, a line in force, or not naming one's own."""
    story = Story()
    people = story.people
    in_force = story.in_force()
    of_a = story.put(people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED)), "a")
    of_b = story.put(people.claim(story.ledger, Slot.B, people.change(Status.CLAIMED)), "b")
    for named in ((), (in_force,), (of_b,), (of_a, of_b), (in_force, of_a)):
        with refused(Rule.KINDS, 5, "must replace the present claim of a, if there is one, and nothing else"):
            story.put(people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED, supersedes=named)), "a")
    story.put(people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED, supersedes=(of_a,))), "a")
    assert [each.change for each in story.ledger.segments("S1")] == [in_force]
    assert story.ledger.claim("S1", Slot.B) == of_b


def test_a_claim_carries_nothing_on() -> None:
    """Neither its own nor an agreed change."""
    story = Story()
    people = story.people
    signed = story.step(people.change(Status.SIGNED))
    with refused(Rule.KINDS, 2, "must not carry another change forward"):
        story.put(people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED, carries=signed)), "a")


@pytest.mark.parametrize("kind", [Kind.STEP, Kind.EXCHANGE, Kind.CORRECTION])
def test_status_and_kind_belong_together(kind: Kind) -> None:
    """No claim in an act of both, no declared status in a claim."""
    story = Story()
    people = story.people
    changes = [people.change(Status.CLAIMED, section=name) for name in ("S1", "S2")]
    with refused(Rule.KINDS, 1, "cannot have the status"):
        story.step(*changes, kind=kind)
    with refused(Rule.KINDS, 1, "cannot have the status"):
        story.put(people.claim(story.ledger, Slot.A, people.change(Status.SIGNED)), "a")


def test_a_claim_by_one_is_signed_as_such() -> None:
    """An act of both that names one party, and a claim that names none, are not well formed."""
    story = Story()
    people = story.people
    with refused(Rule.FORM, why="a claim must name one party here"):
        story.step(people.change(Status.SIGNED), by=Slot.A)
    with refused(Rule.FORM, why="a claim must name one party here"):
        story.put(people.act(story.ledger, people.change(Status.CLAIMED), kind=Kind.CLAIM), "a")
