"""The cheat: a party took its signature back, and the other puts the act in all the same."""

from __future__ import annotations

from dataclasses import replace

from fakes.refusals import refused
from fakes.registers import Story
from merestone.register.keys import Slot
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule
from merestone.register.rules import check_offer


def test_what_was_taken_back_never_takes_effect() -> None:
    """Neither in the next entry nor later, and whichever party took it back."""
    for by in (Slot.A, Slot.B):
        story = Story()
        people = story.people
        offer = people.act(story.ledger, people.change(Status.SIGNED))
        story.put(people.withdrawal(story.ledger, unsigned(offer).digest, by), by.value)
        for section in ("S2", "S3"):
            with refused(Rule.WITHDRAWN, story.ledger.size, "taken its signature back"):
                story.put(offer)
            story.step(people.change(Status.SIGNED, section=section))
        with refused(Rule.WITHDRAWN):
            check_offer(story.ledger, unsigned(offer), people.scheme, story.ledger.has_blob)
        story.put(replace(offer, nonce=people.nonce()))


def test_what_is_an_entry_is_not_taken_back() -> None:
    """After it stands in the log it is too late."""
    story = Story()
    people = story.people
    story.step(people.change(Status.SIGNED))
    withdrawal = people.withdrawal(story.ledger, story.ledger.accepted[1].digest, Slot.A)
    with refused(Rule.WITHDRAWN, 2, "is already an entry"):
        story.put(withdrawal, "a")


def test_it_is_taken_back_once() -> None:
    """A second withdrawal by the same party says nothing new; one by the other is that party's own."""
    story = Story()
    people = story.people
    for by, expected in ((Slot.A, True), (Slot.B, True), (Slot.A, False), (Slot.B, False)):
        withdrawal = people.withdrawal(story.ledger, "1" * 64, by)
        if expected:
            story.put(withdrawal, by.value)
            continue
        with refused(Rule.WITHDRAWN, 3, "has already withdrawn it"):
            story.put(withdrawal, by.value)


def test_nobody_takes_back_for_another() -> None:
    """A withdrawal is signed by the party that it names, and by nobody besides."""
    story = Story()
    people = story.people
    withdrawal = people.withdrawal(story.ledger, "1" * 64, Slot.A)
    for names in (("b",), ("operator",), ("a.root",)):
        with refused(Rule.SIGNERS, 1, "signature of a is missing"):
            story.put(withdrawal, *names)
    with refused(Rule.SIGNERS, 1, "b may not sign this"):
        story.put(withdrawal, "a", "b")
    story.put(withdrawal, "a")
