"""The cheat: a key that was replaced, because it was lost or stolen, signs once more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Delegations, Story
from fakes.replicas import Machines
from merestone.register.keys import Slot
from merestone.register.objects import KeyChangeKind, Status, unsigned
from merestone.register.refusal import Rule

NEW = CheapKey(b"the new key")


def rotated(story: Story, kind: KeyChangeKind = KeyChangeKind.ROTATE) -> None:
    """A has a new signing key."""
    signer = "a" if kind is KeyChangeKind.ROTATE else "a.root"
    change = story.people.key_change(story.ledger, kind, Slot.A, NEW.public)
    story.put(change, signer, "new", keys={"new": NEW})


@pytest.mark.parametrize("kind", [KeyChangeKind.ROTATE, KeyChangeKind.RECOVER])
def test_the_old_key_signs_nothing_more(kind: KeyChangeKind) -> None:
    """From the change on only the new key is A's; what the old one signed before stays."""
    story = Story()
    before = story.in_force()
    rotated(story, kind)
    act = story.people.act(story.ledger, story.people.change(Status.SIGNED, section="S2"))
    with refused(Rule.SIGNERS, 4, "signature of a was not made with its key"):
        story.put(act)
    story.put(act, keys={"a": NEW})
    assert story.ledger.segments("S1")[0].change == before


def test_an_act_signed_before_is_not_put_in_after() -> None:
    """Signed in good time with the key of then: its key set is no longer the one in use, so a thief gains no time."""
    story = Story()
    people = story.people
    act = people.act(story.ledger, people.change(Status.SIGNED))
    rotated(story)
    with refused(Rule.KEY_SET, 2, "made under key set 1, and key set 2 is in use now"):
        story.put(act)
    with refused(Rule.KEY_SET, 2):
        story.put(replace(act, keys=3), keys={"a": NEW})
    with refused(Rule.SIGNERS, 2):
        story.put(replace(act, keys=2))
    story.put(replace(act, keys=2), keys={"a": NEW})


def test_the_old_key_does_not_rotate_back() -> None:
    """Nor does it appoint itself anew."""
    story = Story()
    rotated(story)
    other = CheapKey(b"of the thief")
    change = story.people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.A, other.public)
    with refused(Rule.SIGNERS, 2, "signature of a was not made with its key"):
        story.put(change, "a", "new", keys={"new": other})


def test_the_old_root_key_recovers_nothing_more() -> None:
    """After a change of the root key the new root is the one."""
    story = Story()
    people = story.people
    story.put(
        people.key_change(story.ledger, KeyChangeKind.ROTATE_ROOT, Slot.A, NEW.public),
        "a.root",
        "new",
        keys={"new": NEW},
    )
    fresh = CheapKey(b"fresh")
    change = people.key_change(story.ledger, KeyChangeKind.RECOVER, Slot.A, fresh.public)
    with refused(Rule.SIGNERS, 2, "signature of a.root was not made with its key"):
        story.put(change, "a.root", "new", keys={"new": fresh})
    story.put(change, "a.root", "new", keys={"new": fresh, "a.root": NEW})


def test_the_old_key_signs_no_new_head(tmp_path: Path) -> None:
    """A head of a size after the change is by the new key; heads of before stay valid under the old one."""
    people = Delegations.cheap()
    with Machines(tmp_path, people) as machines:
        machines.agree()
        old = people.keys["a"]
        earlier = machines.host.store.head(Slot.A)
        change = people.key_change(machines.host.store, KeyChangeKind.ROTATE, Slot.A, NEW.public)
        envelope = unsigned(change).signed(people.register, "a", old).signed(people.register, "new", NEW)
        head = machines.append(envelope.document())
        with refused(Rule.HEAD, why="names another key"):
            machines.host.receive(head.signed(Slot.A, old, 1).only(Slot.A))
        machines.host.receive(head.signed(Slot.A, NEW, 1))
        assert earlier is not None
        machines.host.receive(earlier)
        with refused(Rule.COSIGNING, why="not the key of a"):
            machines.host.cosign(Slot.A, old, 2)
