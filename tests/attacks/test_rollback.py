"""The cheat: the log is put back to an earlier state, and what came after is to be forgotten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.replicas import Machines
from merestone.register.keys import Slot
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule
from merestone.register.replica import ForkError, Replica
from merestone.register.store import Store


def rolled_back(machines: Machines, tmp_path: Path) -> Replica:
    """The host's log as it was after the charter."""
    store = Store.create(tmp_path / "rolled-back.register")
    replica = Replica(store, machines.people.scheme)
    replica.append(machines.host.store.entry(0), machines.people.blobs, machines.people.keys["operator"], 1)
    return replica


def test_a_shorter_log_takes_nothing_away(tmp_path: Path) -> None:
    """Whoever is given an older head keeps what it has: it is a head of the same log, and nothing is removed."""
    with Machines(tmp_path) as machines:
        older = machines.host.store.heads()[-1]
        machines.step("S1")
        machines.agree()
        for slot in (Slot.A, Slot.B):
            machines.replicas[slot].receive(older)
            assert machines.replicas[slot].store.size == 2
            assert machines.replicas[slot].store.agreed_size == 2


def test_another_entry_in_the_place_of_one_forgotten_is_found(tmp_path: Path) -> None:
    """An operator that goes back and puts another entry there has signed two roots for one size."""
    with Machines(tmp_path) as machines:
        machines.step("S1")
        machines.agree()
        back = rolled_back(machines, tmp_path)
        change = machines.people.change(Status.SIGNED, section="S9")
        act = machines.people.signed(unsigned(machines.people.act(back.store, change)), "a", "b")
        head = back.append(act, (), machines.people.keys["operator"], 2)
        with pytest.raises(ForkError) as caught:
            machines.replicas[Slot.A].receive(head)
        assert caught.value.evidence is not None
        caught.value.evidence.check(machines.people.scheme)
        back.store.close()


def test_no_slot_signs_a_smaller_size(tmp_path: Path) -> None:
    """A party whose store has its own head of two entries and one entry only signs nothing."""
    with Machines(tmp_path) as machines:
        machines.deliver(Slot.A)
        copy = tmp_path / "copy.register"
        machines.replicas[Slot.A].store.close()
        shutil.copyfile(tmp_path / "a.register", copy)
        machines.replicas[Slot.A] = Replica(Store.open(tmp_path / "a.register"), machines.people.scheme)
        machines.step("S1")
        machines.deliver(Slot.A)
        signed = machines.cosign(Slot.A)
        older = Replica(Store.open(copy), machines.people.scheme)
        with older.store.writing():
            older.store.put_head(Slot.A, signed)
        with refused(Rule.COSIGNING, why="size 2 that does not belong to this store"):
            older.cosign(Slot.A, machines.people.keys["a"], 3)
        older.store.close()
