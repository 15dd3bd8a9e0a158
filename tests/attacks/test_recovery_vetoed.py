"""The cheat: whoever holds a stolen key, or the other party, keeps its owner from putting a new one in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Story
from merestone.register.keys import Slot
from merestone.register.objects import KeyChange, KeyChangeKind, Status, unsigned
from merestone.register.refusal import Rule

NEW, THIEF = CheapKey(b"new"), CheapKey(b"thief")
ROOTS = (KeyChangeKind.RECOVER, KeyChangeKind.ROTATE_ROOT)


def made(story: Story, kind: KeyChangeKind = KeyChangeKind.RECOVER, **changed: object) -> KeyChange:
    """A's new key, signed for by its root key."""
    return story.people.key_change(story.ledger, kind, Slot.A, NEW.public, **changed)


@pytest.mark.parametrize("kind", ROOTS)
def test_nobody_withdraws_what_the_root_key_signs(kind: KeyChangeKind) -> None:
    """Not the other party, nor the thief with the stolen signing key."""
    story = Story()
    recovery = made(story, kind)
    for by in (Slot.A, Slot.B):
        story.put(story.people.withdrawal(story.ledger, unsigned(recovery).digest, by), by.value)
    story.put(recovery, "a.root", "new", keys={"new": NEW})


@pytest.mark.parametrize("kind", ROOTS)
def test_no_other_change_of_keys_voids_it(kind: KeyChangeKind) -> None:
    """The thief rotates the stolen key, the other party its own, a new operator is appointed: it still goes in."""
    story = Story()
    people, ledger = story.people, story.ledger
    recovery = made(story, kind)
    story.put(people.key_change(ledger, KeyChangeKind.ROTATE, Slot.A, THIEF.public), "a", "new", keys={"new": THIEF})
    new = CheapKey(b"yearly")
    story.put(people.key_change(ledger, KeyChangeKind.ROTATE, Slot.B, new.public), "b", "new", keys={"new": new})
    root = CheapKey(b"other root")
    change = people.key_change(ledger, KeyChangeKind.ROTATE_ROOT, Slot.B, root.public)
    story.put(change, "b.root", "new", keys={"new": root})
    host = CheapKey(b"host")
    appointed = people.key_change(ledger, KeyChangeKind.APPOINT, Slot.OPERATOR, host.public)
    story.put(appointed, "a", "b", "new", keys={"a": THIEF, "b": new, "new": host})
    story.put(recovery, "a.root", "new", keys={"new": NEW})
    holder = story.ledger.holder(Slot.A)
    assert holder is not None
    assert NEW.public == (holder.key if kind is KeyChangeKind.RECOVER else holder.root)


def test_it_is_not_outlasted() -> None:
    """With the last index that tools write, entries of others do not make it lapse."""
    story = Story()
    recovery = made(story, last_index=2**53 - 1)
    for number in range(120):
        story.put(story.people.withdrawal(story.ledger, f"{number:064x}", Slot.A), "a")
    story.put(recovery, "a.root", "new", keys={"new": NEW})


def test_an_older_recovery_does_not_come_after_a_newer_one() -> None:
    """Its own holder alone makes a recovery void, with another one: a key that was lost before its entry does not come back."""
    for kind in ROOTS:
        story = Story()
        older = made(story)
        newer = story.people.key_change(story.ledger, kind, Slot.A, CheapKey(b"newer").public)
        story.put(newer, "a.root", "new", keys={"new": CheapKey(b"newer")})
        root = {"a.root": CheapKey(b"newer")} if kind is KeyChangeKind.ROTATE_ROOT else {}
        with refused(Rule.KEY_SET, 2, "made under key set 1, and key set 2 is in use now"):
            story.put(older, "a.root", "new", keys={"new": NEW, **root})
        story.put(made(story), "a.root", "new", keys={"new": NEW, **root})


def test_an_appointment_hangs_on_no_rotation() -> None:
    """Who holds a stolen key of a slot that the parties fill cannot rotate on for ever to keep it."""
    story = Story()
    people, ledger = story.people, story.ledger
    host = CheapKey(b"host")
    appointed = people.key_change(ledger, KeyChangeKind.APPOINT, Slot.OPERATOR, host.public)
    change = people.key_change(ledger, KeyChangeKind.ROTATE, Slot.OPERATOR, THIEF.public)
    story.put(change, "operator", "new", keys={"new": THIEF})
    story.put(appointed, "a", "b", "new", keys={"new": host})
    again = replace(appointed, nonce=people.nonce(), key=CheapKey(b"again").public)
    with refused(Rule.KEY_SET, 3):
        story.put(again, "a", "b", "new", keys={"new": CheapKey(b"again")})


def test_a_withdrawal_hangs_on_its_own_key_alone() -> None:
    """The other party's rotation does not make a withdrawal void while what it takes back stays good."""
    story = Story()
    people, ledger = story.people, story.ledger
    host, new = CheapKey(b"host"), CheapKey(b"yearly")
    appointed = people.key_change(ledger, KeyChangeKind.APPOINT, Slot.OPERATOR, host.public)
    withdrawal = people.withdrawal(ledger, unsigned(appointed).digest, Slot.A)
    story.put(
        people.key_change(ledger, KeyChangeKind.ROTATE, Slot.OPERATOR, new.public), "operator", "new", keys={"new": new}
    )
    story.put(withdrawal, "a")
    with refused(Rule.WITHDRAWN, 3):
        story.put(appointed, "a", "b", "new", keys={"new": host})


def test_acts_still_hang_on_every_change_of_keys() -> None:
    """The honest version for acts: what was signed before a key was stopped is not entered after it."""
    story = Story()
    act = story.people.act(story.ledger, story.people.change(Status.SIGNED))
    story.put(made(story), "a.root", "new", keys={"new": NEW})
    with refused(Rule.KEY_SET, 2):
        story.put(act)
