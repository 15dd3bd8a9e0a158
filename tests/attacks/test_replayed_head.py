"""The cheat: a party's signature on one state of the log is shown as its signature on another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fakes.refusals import refused
from fakes.registers import Delegations
from fakes.replicas import Machines
from merestone.register.head import read_head
from merestone.register.keys import Slot
from merestone.register.refusal import Rule


def test_a_signature_is_on_one_size_and_one_root(tmp_path: Path) -> None:
    """Moved onto the next head, or onto the same size with another root, it does not verify."""
    with Machines(tmp_path, Delegations.real()) as machines:
        machines.agree()
        signed = machines.cosign(Slot.A)
        machines.step("S1")
        later = machines.host.store.heads()[-1]
        with refused(Rule.HEAD, why="not made with its key"):
            machines.host.receive(replace(later, cosignatures={Slot.A: signed.cosignatures[Slot.A]}))
        with refused(Rule.HEAD, why="not made with its key"):
            machines.host.receive(replace(signed, root=later.root))
        machines.host.receive(signed)


def test_a_signature_is_by_one_slot(tmp_path: Path) -> None:
    """A's signature under the name of B, or of the operator, names another key."""
    with Machines(tmp_path) as machines:
        machines.agree()
        made = machines.cosign(Slot.A).cosignatures[Slot.A]
        for slot in (Slot.B, Slot.OPERATOR):
            with refused(Rule.HEAD, why="names another key"):
                machines.host.receive(replace(machines.cosign(Slot.A), cosignatures={slot: made}))


def test_a_head_of_another_register_is_none_here(tmp_path: Path) -> None:
    """The same parties, keys and size, another charter."""
    with Machines(tmp_path / "one") as one, Machines(tmp_path / "other", replace(one.people)) as other:
        with refused(Rule.HEAD, why="another register"):
            other.host.receive(one.host.store.heads()[-1])
        other.host.receive(other.host.store.heads()[-1])


def test_the_time_is_signed(tmp_path: Path) -> None:
    """A head is not made to look newer: the time is in what is signed, by both halves."""
    with Machines(tmp_path) as machines:
        head = machines.host.store.heads()[-1]
        made = head.cosignatures[Slot.OPERATOR]
        later = replace(head, cosignatures={Slot.OPERATOR: replace(made, seconds=made.seconds + 86_400)})
        with refused(Rule.HEAD, why="not made with its key"):
            machines.host.receive(read_head(later.note()))
