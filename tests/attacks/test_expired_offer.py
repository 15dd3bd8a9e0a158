"""The cheat: an offer that one party signed long ago is accepted and put in when it suits the other."""

from __future__ import annotations

from fakes.refusals import refused
from fakes.registers import Story
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule
from merestone.register.rules import check_offer


def test_an_offer_is_good_up_to_its_last_index_and_no_further() -> None:
    """At that index it is accepted; one later it is refused, though nothing else has changed."""
    for later in (False, True):
        story = Story()
        people = story.people
        offer = people.act(story.ledger, people.change(Status.SIGNED), last_index=2)
        story.step(people.change(Status.SIGNED, section="S2"))
        if not later:
            story.put(offer)
            continue
        story.step(people.change(Status.SIGNED, section="S3"))
        with refused(Rule.EXPIRY, 3, "it could be entry 2 at the latest"):
            story.put(offer)


def test_an_expired_offer_is_not_signed_any_more() -> None:
    """Whoever is asked to sign is told before."""
    story = Story()
    people = story.people
    offer = unsigned(people.act(story.ledger, people.change(Status.SIGNED), last_index=1))
    check_offer(story.ledger, offer, people.scheme, story.ledger.has_blob)
    story.step(people.change(Status.SIGNED, section="S2"))
    with refused(Rule.EXPIRY):
        check_offer(story.ledger, offer, people.scheme, story.ledger.has_blob)


def test_no_clock_decides() -> None:
    """The day by which an answer is asked for is for people: the log takes the act with a day long past."""
    story = Story()
    story.step(story.people.change(Status.SIGNED), answer_by="1900-01-01")
