"""The cheat: one key, or half of one, stands in two slots, so that one holder signs for two."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Delegations, Story, cheap_keys
from merestone.register.keys import PublicKey, Slot
from merestone.register.objects import Charter, KeyChangeKind, Status, unsigned
from merestone.register.refusal import Rule

PLACES = ("a", "a.root", "b", "b.root", "operator")


def with_key(charter: Charter, place: str, key: PublicKey) -> Charter:
    """The charter with another key in one place."""
    slot, _, root = place.partition(".")
    roles = []
    for role in charter.roles:
        holder = role.holder
        if role.slot == slot:
            holder = replace(holder, root=key) if root else replace(holder, key=key)
        roles.append(replace(role, holder=holder))
    return replace(charter, roles=tuple(roles))


@pytest.mark.parametrize(("one", "other"), list(combinations(PLACES, 2)))
@pytest.mark.parametrize("half", ["ed25519", "ml_dsa_65", "both"])
def test_no_charter_has_a_key_twice(one: str, other: str, half: str) -> None:
    """Whichever two places, and whichever half."""
    people = Delegations.cheap()
    shared, own = people.keys[one].public, people.keys[other].public
    key = shared if half == "both" else replace(own, **{half: getattr(shared, half)})
    with refused(Rule.FORM, why="is used twice"):
        unsigned(with_key(people.charter(), other, key))
    unsigned(people.charter())


@pytest.mark.parametrize("half", ["ed25519", "ml_dsa_65"])
@pytest.mark.parametrize("place", PLACES)
def test_no_change_of_keys_brings_a_key_that_is_here(place: str, half: str) -> None:
    """A new key that has half of anybody's key is refused, whoever rotates."""
    story = Story()
    fresh = cheap_keys("fresh")["fresh"].public
    key = replace(fresh, **{half: getattr(story.people.keys[place].public, half)})
    change = story.people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.B, key)
    with refused(Rule.NEW_KEY, 1, "was in this register before"):
        story.put(change, "b", "new", keys={"new": CheapKey(b"x")})


def test_one_key_does_not_sign_as_two() -> None:
    """A's key under both names is one signature too few."""
    story = Story()
    act = story.people.act(story.ledger, story.people.change(Status.SIGNED))
    with refused(Rule.SIGNERS, 1, "signature of b was not made with its key"):
        story.put(act, "a", "b", keys={"b": story.people.keys["a"]})
    story.put(act)


def test_a_name_does_not_stand_twice() -> None:
    """Two signatures under one name are refused before any is verified, and so is one name written in two ways."""
    story = Story()
    data = story.people.signed(unsigned(story.people.act(story.ledger, story.people.change(Status.SIGNED))), "a", "b")
    with refused(Rule.FORM, 1):
        story.put_bytes(data.replace(b'"b/', b'"a/'))
    with refused(Rule.SIGNERS, 1):
        story.put_bytes(data.replace(b'"b/', b'"aa/'))
