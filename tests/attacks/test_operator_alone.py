"""The cheat: whoever keeps the log writes into it, or says of it what the parties have not said."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Story
from fakes.replicas import Machines
from merestone.register.keys import Slot
from merestone.register.objects import KeyChangeKind, Status
from merestone.register.refusal import Rule


@pytest.mark.parametrize("names", [("operator",), ("a", "operator"), ("a", "b", "operator")])
def test_the_operator_signs_no_act(names: tuple[str, ...]) -> None:
    """Not alone, not in a party's place, and not besides: its signature has no weight."""
    story = Story()
    act = story.people.act(story.ledger, story.people.change(Status.SIGNED))
    with refused(Rule.SIGNERS, 1):
        story.put(act, *names)
    story.put(act)


@pytest.mark.parametrize("kind", list(KeyChangeKind))
@pytest.mark.parametrize("slot", [Slot.A, Slot.B, Slot.OPERATOR])
def test_the_operator_changes_no_keys_but_its_own(kind: KeyChangeKind, slot: Slot) -> None:
    """It may rotate its own key, and that is all."""
    story = Story()
    new = CheapKey(b"new")
    change = story.people.key_change(story.ledger, kind, slot, new.public)
    if (kind, slot) == (KeyChangeKind.ROTATE, Slot.OPERATOR):
        story.put(change, "operator", "new", keys={"new": new})
        return
    with refused(rule_of(kind, slot), 1):
        story.put(change, "operator", "new", keys={"new": new})


def rule_of(kind: KeyChangeKind, slot: Slot) -> Rule:
    """Which rule stands in the way: the slot has no such change, or the signatures are missing."""
    party = slot is not Slot.OPERATOR
    fits = kind is KeyChangeKind.ROTATE or party == (kind is not KeyChangeKind.APPOINT)
    return Rule.SIGNERS if fits else Rule.NEW_KEY


def test_without_the_parties_heads_nothing_is_agreed(tmp_path: Path) -> None:
    """The operator's own head makes nothing effective: the agreed size is the smaller of what both parties cosigned."""
    with Machines(tmp_path) as machines:
        machines.agree()
        machines.step("S1")
        assert machines.host.store.agreed_size == 1
        machines.deliver(Slot.A)
        machines.host.receive(machines.cosign(Slot.A))
        assert machines.host.store.agreed_size == 1
        machines.deliver(Slot.B)
        machines.host.receive(machines.cosign(Slot.B))
        assert machines.host.store.agreed_size == 2


def test_the_operator_cosigns_for_nobody(tmp_path: Path) -> None:
    """With its own key it signs only as the operator."""
    with Machines(tmp_path) as machines:
        for slot in (Slot.A, Slot.B, Slot.MEDIATOR):
            with refused(Rule.COSIGNING, why=f"not the key of {slot}"):
                machines.host.cosign(slot, machines.people.keys["operator"], 1)
        forged = machines.host.store.heads()[-1].signed(Slot.A, machines.people.keys["operator"], 1).only(Slot.A)
        with refused(Rule.HEAD, why="names another key"):
            machines.host.receive(forged)
