"""The cheat: a key comes back into use after it was replaced, or passes from one holder to another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Story
from merestone.register.keys import PublicKey, Slot
from merestone.register.objects import KeyChangeKind
from merestone.register.refusal import Rule

NEW, FRESH = CheapKey(b"new"), CheapKey(b"fresh")


def rotate(story: Story, slot: Slot, key: PublicKey, old: CheapKey) -> None:
    """A slot's own rotation to a key."""
    change = story.people.key_change(story.ledger, KeyChangeKind.ROTATE, slot, key)
    story.put(change, slot.value, "new", keys={slot.value: old, "new": NEW})


@pytest.mark.parametrize("half", ["ed25519", "ml_dsa_65", "both"])
@pytest.mark.parametrize("slot", [Slot.A, Slot.B, Slot.OPERATOR])
def test_a_key_that_was_ever_here_does_not_come_back(slot: Slot, half: str) -> None:
    """Neither to its own slot nor to another, and neither half of it."""
    story = Story()
    old: CheapKey = story.people.keys["a"]  # type: ignore[assignment]
    rotate(story, Slot.A, NEW.public, old)
    key = old.public if half == "both" else replace(FRESH.public, **{half: getattr(old.public, half)})
    with refused(Rule.NEW_KEY, 2, "was in this register before"):
        rotate(story, slot, key, NEW)


def test_the_present_key_is_no_new_key() -> None:
    """Rotating to the key that one has."""
    story = Story()
    key: CheapKey = story.people.keys["b"]  # type: ignore[assignment]
    with refused(Rule.NEW_KEY, 1):
        rotate(story, Slot.B, key.public, key)


def test_a_new_key_is_shown_to_be_held() -> None:
    """Somebody else's public key cannot be brought in: its holder must sign as `new`."""
    story = Story()
    change = story.people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.A, NEW.public)
    with refused(Rule.SIGNERS, 1, "signature of new is missing"):
        story.put(change, "a")
    with refused(Rule.SIGNERS, 1, "signature of new was not made with its key"):
        story.put(change, "a", "new", keys={"new": FRESH})
    story.put(change, "a", "new", keys={"new": NEW})
