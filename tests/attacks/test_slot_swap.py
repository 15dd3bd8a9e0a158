"""The cheat: the signatures are real, but each stands under the other party's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import Delegations, Story
from merestone.register.envelope import read_envelope
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule


@pytest.mark.parametrize("people", [Delegations.cheap(), Delegations.real()], ids=["cheap", "real"])
def test_signatures_under_swapped_names_are_refused(people: Delegations) -> None:
    """A's signature under B and B's under A: neither is by the key of its slot."""
    story = Story(people)
    data = people.signed(unsigned(people.act(story.ledger, people.change(Status.SIGNED))), "a", "b")
    envelope = read_envelope(data)
    swapped = {"a": envelope.signatures["b"], "b": envelope.signatures["a"]}
    with refused(Rule.SIGNERS, 1, "signature of a was not made with its key"):
        story.put_bytes(replace(envelope, signatures=swapped).document())
    story.put_bytes(data)


def test_parties_do_not_change_places_in_the_charter() -> None:
    """Who is A and who is B follows from the identities: the other order is refused."""
    people = Delegations.cheap()
    charter = people.charter()
    a, b, *others = charter.roles
    swapped = replace(charter, roles=(replace(a, holder=b.holder), replace(b, holder=a.holder), *others))
    with refused(Rule.FORM, why="order of their identities"):
        unsigned(swapped)
    unsigned(charter)


def test_a_root_key_is_no_signing_key() -> None:
    """What a party signs with its root key under the name of its slot is not its signature on an act."""
    story = Story()
    act = story.people.act(story.ledger, story.people.change(Status.SIGNED))
    with refused(Rule.SIGNERS, 1):
        story.put(act, "a", "b", keys={"a": story.people.keys["a.root"]})
    with refused(Rule.SIGNERS, 1, "a.root may not sign this"):
        story.put(act, "a", "b", "a.root")
    story.put(act)
