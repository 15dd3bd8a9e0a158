"""The cheat: a thief who has a party's signing key, or the other party, replaces it as if it had been lost."""

from __future__ import annotations

from itertools import combinations

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Story
from merestone.register.keys import Slot
from merestone.register.objects import KeyChangeKind
from merestone.register.refusal import Rule

NEW = CheapKey(b"of the thief")
OTHERS = ("a", "b", "b.root", "operator")


@pytest.mark.parametrize("kind", [KeyChangeKind.RECOVER, KeyChangeKind.ROTATE_ROOT])
@pytest.mark.parametrize("names", [names for count in range(4) for names in combinations(OTHERS, count)], ids="+".join)
def test_only_the_root_key_recovers(kind: KeyChangeKind, names: tuple[str, ...]) -> None:
    """The signing key, the other party and the operator together do not replace A's key or its root."""
    story = Story()
    change = story.people.key_change(story.ledger, kind, Slot.A, NEW.public)
    with refused(Rule.SIGNERS, 1, "signature of a.root is missing"):
        story.put(change, *names, "new", keys={"new": NEW})
    story.put(change, "a.root", "new", keys={"new": NEW})


def test_the_signing_key_under_the_name_of_the_root() -> None:
    """Is not the root's."""
    story = Story()
    change = story.people.key_change(story.ledger, KeyChangeKind.RECOVER, Slot.A, NEW.public)
    with refused(Rule.SIGNERS, 1, "signature of a.root was not made with its key"):
        story.put(change, "a.root", "new", keys={"new": NEW, "a.root": story.people.keys["a"]})


def test_the_root_alone_rotates_nothing_in_the_name_of_the_key() -> None:
    """A planned rotation is by the key that goes; the root is for when it cannot."""
    story = Story()
    change = story.people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.A, NEW.public)
    with refused(Rule.SIGNERS, 1, "signature of a is missing"):
        story.put(change, "a.root", "new", keys={"new": NEW})


@pytest.mark.parametrize("slot", [Slot.OPERATOR, Slot.MEDIATOR, Slot.DEPOSITARY])
@pytest.mark.parametrize("kind", [KeyChangeKind.RECOVER, KeyChangeKind.ROTATE_ROOT])
def test_who_has_no_root_key_recovers_nothing(kind: KeyChangeKind, slot: Slot) -> None:
    """The operator, a mediator and a depositary are appointed anew by both parties."""
    story = Story()
    change = story.people.key_change(story.ledger, kind, slot, NEW.public)
    with refused(Rule.NEW_KEY, 1, f"{slot} has no root key"):
        story.put(change, "a.root", "new", keys={"new": NEW})
