"""The cheat: a party withdraws what it has nothing to sign on, so that the other's own claim or change of keys cannot go in."""

from __future__ import annotations

from fakes.refusals import refused
from fakes.registers import CheapKey, Story
from merestone.register.keys import Slot
from merestone.register.objects import Act, KeyChange, KeyChangeKind, Status, unsigned
from merestone.register.refusal import Rule


def _b_own(story: Story) -> list[tuple[Act | KeyChange, tuple[str, ...]]]:
    """B's claim, B's new key, and a new key for the operator: none needs A."""
    people, ledger, new = story.people, story.ledger, CheapKey(b"new").public
    return [
        (people.claim(ledger, Slot.B, people.change(Status.CLAIMED)), ("b",)),
        (people.key_change(ledger, KeyChangeKind.ROTATE, Slot.B, new), ("b", "new")),
        (people.key_change(ledger, KeyChangeKind.ROTATE, Slot.OPERATOR, new), ("operator", "new")),
        (people.key_change(ledger, KeyChangeKind.RECOVER, Slot.B, new), ("b.root", "new")),
    ]


def test_a_withdrawal_takes_back_its_own_signature_alone() -> None:
    """The other's claim and changes of keys go in although a withdrawal of them is an entry."""
    for number in range(4):
        story = Story()
        offer, names = _b_own(story)[number]
        story.put(story.people.withdrawal(story.ledger, unsigned(offer).digest, Slot.A), "a")
        story.put(offer, *names, keys={"new": CheapKey(b"new")})


def test_one_s_own_is_withdrawn() -> None:
    """The honest one: B takes back its claim and its new key, and either party an appointment."""
    for number in range(2):
        story = Story()
        offer, names = _b_own(story)[number]
        story.put(story.people.withdrawal(story.ledger, unsigned(offer).digest, Slot.B), "b")
        with refused(Rule.WITHDRAWN, 2, "taken its signature back"):
            story.put(offer, *names, keys={"new": CheapKey(b"new")})
    for by in (Slot.A, Slot.B):
        story = Story()
        new = CheapKey(b"new")
        offer = story.people.key_change(story.ledger, KeyChangeKind.APPOINT, Slot.OPERATOR, new.public)
        story.put(story.people.withdrawal(story.ledger, unsigned(offer).digest, by), by.value)
        with refused(Rule.WITHDRAWN, 2, "taken its signature back"):
            story.put(offer, "a", "b", "new", keys={"new": new})
