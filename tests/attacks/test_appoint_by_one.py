"""The cheat: one party puts its own machine in the operator's place, or names a mediator of its own."""

from __future__ import annotations

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Story
from merestone.register.keys import Slot
from merestone.register.objects import KeyChangeKind, Status
from merestone.register.refusal import Rule

NEW = CheapKey(b"of the friend")


@pytest.mark.parametrize("slot", [Slot.OPERATOR, Slot.MEDIATOR, Slot.DEPOSITARY])
@pytest.mark.parametrize(
    "names", [("a",), ("b",), ("a", "operator"), ("a", "a.root"), ("operator",), ("a.root", "b.root")]
)
def test_both_parties_appoint(slot: Slot, names: tuple[str, ...]) -> None:
    """One of them, with its root or with the operator, is not enough."""
    story = Story()
    change = story.people.key_change(story.ledger, KeyChangeKind.APPOINT, slot, NEW.public)
    with refused(Rule.SIGNERS, 1, "is missing"):
        story.put(change, *names, "new", keys={"new": NEW})
    with refused(Rule.SIGNERS, 1, "operator may not sign this"):
        story.put(change, "a", "b", "operator", "new", keys={"new": NEW})
    story.put(change, "a", "b", "new", keys={"new": NEW})


@pytest.mark.parametrize("slot", [Slot.A, Slot.B])
def test_a_party_is_not_appointed(slot: Slot) -> None:
    """Not even by both: who the parties are is said in the charter, once."""
    story = Story()
    change = story.people.key_change(story.ledger, KeyChangeKind.APPOINT, slot, NEW.public)
    with refused(Rule.NEW_KEY, 1, "is a party, and a party changes its own keys"):
        story.put(change, "a", "b", "new", keys={"new": NEW})


@pytest.mark.parametrize("slot", [Slot.MEDIATOR, Slot.DEPOSITARY])
def test_nobody_rotates_into_an_empty_slot(slot: Slot) -> None:
    """Without an appointment the slot has no holder who could rotate."""
    story = Story()
    change = story.people.key_change(story.ledger, KeyChangeKind.ROTATE, slot, NEW.public)
    with refused(Rule.NEW_KEY, 1, f"nobody holds the slot {slot}"):
        story.put(change, slot.value, "new", keys={slot.value: NEW, "new": NEW})


def test_who_was_appointed_signs_from_then_on() -> None:
    """A mediator that both appointed may sign the next act besides; it could not before."""
    story = Story()
    people = story.people
    act = people.act(story.ledger, people.change(Status.SIGNED))
    with refused(Rule.SIGNERS, 1, "mediator may not sign this"):
        story.put(act, "a", "b", "mediator", keys={"mediator": NEW})
    change = people.key_change(story.ledger, KeyChangeKind.APPOINT, Slot.MEDIATOR, NEW.public)
    story.put(change, "a", "b", "new", keys={"new": NEW})
    story.put(people.act(story.ledger, people.change(Status.SIGNED)), "a", "b", "mediator", keys={"mediator": NEW})
