"""The cheat, or the accident: a party's machine is set up from an old backup and signs a size a second time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import Delegations
from fakes.replicas import Machines
from merestone.register.keys import Slot
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule
from merestone.register.replica import Replica
from merestone.register.store import Store


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[tuple[Machines, Replica]]:
    """A has signed two entries; its store is put back to one."""
    machines = Machines(tmp_path / "machines")
    machines.deliver(Slot.A)
    machines.cosign(Slot.A)
    machines.replicas[Slot.A].store.close()
    shutil.copyfile(machines.folder / "a.register", tmp_path / "backup")
    machines.replicas[Slot.A] = Replica(Store.open(machines.folder / "a.register"), machines.people.scheme)
    machines.step("S1")
    machines.deliver(Slot.A)
    with machines, Store.open(tmp_path / "backup") as backup:
        yield machines, Replica(backup, machines.people.scheme)


def test_the_key_remembers_what_the_store_forgot(restored: tuple[Machines, Replica]) -> None:
    """The last head is remembered beside the key: an older store signs nothing until it has caught up."""
    machines, backup = restored
    last = machines.cosign(Slot.A)
    key = machines.people.keys["a"]
    with refused(Rule.COSIGNING, why="the store is an older copy"):
        backup.cosign(Slot.A, key, 9, last)
    backup.take([machines.host.store.entry(1)], (), machines.host.store.heads())
    backup.receive(last)
    assert backup.cosign(Slot.A, key, 10, last) == last


def test_a_store_of_the_same_size_with_another_history_signs_nothing(restored: tuple[Machines, Replica]) -> None:
    """Caught up with other entries than those that were signed."""
    machines, backup = restored
    last = machines.cosign(Slot.A)
    act = machines.people.act(backup.store, machines.people.change(Status.SIGNED, section="S8"))
    backup.append(machines.people.signed(unsigned(act), "a", "b"), (), machines.people.keys["operator"], 5)
    assert backup.store.size == last.size
    with refused(Rule.COSIGNING, why="the store is an older copy"):
        backup.cosign(Slot.A, machines.people.keys["a"], 9, last)


def test_the_key_of_another_register_signs_nothing_here(restored: tuple[Machines, Replica], tmp_path: Path) -> None:
    """What it remembers is a head of another register."""
    machines, backup = restored
    people = Delegations(machines.people.keys, machines.people.scheme, nonces=100)
    with (
        Machines(tmp_path / "other", people) as other,
        refused(Rule.COSIGNING, why="the file of heads beside the key is for another register"),
    ):
        backup.cosign(Slot.A, machines.people.keys["a"], 9, other.host.store.heads()[-1])


def test_one_size_is_signed_once(restored: tuple[Machines, Replica]) -> None:
    """Asked again, the slot gives the signature that it has given, not a second one."""
    machines, _ = restored
    assert machines.cosign(Slot.A) is not None
    first = machines.cosign(Slot.A)
    machines.seconds += 100
    assert machines.cosign(Slot.A) == first


def test_an_older_floor_is_no_hindrance(restored: tuple[Machines, Replica]) -> None:
    """A key that remembers an earlier head of this log signs the newer one."""
    machines, backup = restored
    floor = backup.store.head(Slot.A)
    assert floor is not None
    assert machines.cosign(Slot.A, floor).size == 2
