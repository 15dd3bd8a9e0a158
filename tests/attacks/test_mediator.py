"""The cheat: the mediator signs in a party's place, alone, or for its own account."""

from __future__ import annotations

import pytest

from fakes.refusals import refused, with_member
from fakes.registers import CheapKey, Delegations, Story
from merestone.register.canonical import read, write
from merestone.register.envelope import Envelope
from merestone.register.keys import Slot
from merestone.register.objects import KeyChangeKind, Status, unsigned
from merestone.register.refusal import Rule


@pytest.fixture
def story() -> Story:
    """A register with a mediator."""
    return Story(Delegations.cheap("mediator"))


@pytest.mark.parametrize("names", [("mediator",), ("a", "mediator"), ("b", "mediator"), ("mediator", "operator")])
def test_a_mediator_is_no_party(story: Story, names: tuple[str, ...]) -> None:
    """With one party, with the operator, or alone: the party's signature is missing."""
    with refused(Rule.SIGNERS, 1, "is missing"):
        story.put(story.people.act(story.ledger, story.people.change(Status.SIGNED)), *names)
    story.put(story.people.act(story.ledger, story.people.change(Status.SIGNED)), "a", "b", "mediator")


def test_a_mediator_under_the_name_of_a_party(story: Story) -> None:
    """Its key is not that of the slot."""
    act = story.people.act(story.ledger, story.people.change(Status.SIGNED))
    with refused(Rule.SIGNERS, 1, "signature of b was not made with its key"):
        story.put(act, "a", "b", keys={"b": story.people.keys["mediator"]})


@pytest.mark.parametrize("by", ["mediator", "operator", "depositary", "c"])
def test_nobody_but_a_party_claims(story: Story, by: str) -> None:
    """A claim by another slot is not well formed."""
    people = story.people
    claim = unsigned(people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED)))
    payload = write(with_member(read(claim.payload, 9_999), "by", by))
    with refused(Rule.FORM, 1, "is not one of"):
        story.put_bytes(people.signed(Envelope(claim.payload_type, payload, {}), "mediator"))


def test_a_mediator_changes_nobodys_keys_but_its_own(story: Story) -> None:
    """It rotates its own key, appoints nobody and recovers nothing."""
    people = story.people
    new = CheapKey(b"new")
    for kind, slot in (
        (KeyChangeKind.ROTATE, Slot.A),
        (KeyChangeKind.RECOVER, Slot.B),
        (KeyChangeKind.APPOINT, Slot.OPERATOR),
    ):
        with refused(Rule.SIGNERS, 1):
            story.put(people.key_change(story.ledger, kind, slot, new.public), "mediator", "new", keys={"new": new})
    story.put(
        people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.MEDIATOR, new.public),
        "mediator",
        "new",
        keys={"new": new},
    )


def test_a_register_without_a_mediator_takes_none() -> None:
    """A signature by a slot that nobody holds has nothing to sign, even with both parties'."""
    story = Story()
    act = story.people.act(story.ledger, story.people.change(Status.SIGNED))
    with refused(Rule.SIGNERS, 1, "mediator may not sign this"):
        story.put(act, "a", "b", "mediator", keys={"mediator": CheapKey(b"m")})
