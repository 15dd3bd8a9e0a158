"""The cheat: with a key that was declared stolen, another history is signed, so that its owner seems to have signed two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.registers import CheapKey
from fakes.replicas import Machines
from merestone.register.declared import declared, stopped
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.merkle import Tree, leaf_hash
from merestone.register.objects import KeyChangeKind, unsigned
from merestone.register.replica import ForkError
from merestone.register.rules import accept

NEW = CheapKey(b"new")


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """The charter, an act, and the key of A, which is stolen."""
    with Machines(tmp_path / "machines") as made:
        made.step("S1")
        yield made


def recovered(machines: Machines, kind: KeyChangeKind = KeyChangeKind.RECOVER) -> int:
    """A new key for A, the old one declared stolen, entered; gives back its index."""
    people = machines.people
    names = ("a.root", "new") if kind is KeyChangeKind.RECOVER else ("a", "new")
    change = people.key_change(machines.host.store, kind, Slot.A, NEW.public)
    machines.append(people.signed(unsigned(change), *names, keys={"new": NEW}))
    people.keys = {**people.keys, "a": NEW, "old": people.keys["a"]}
    return machines.host.store.size - 1


def head(machines: Machines, size: int, root: bytes, slot: Slot = Slot.A, key: str = "old") -> Head:
    """A head that a key signs."""
    return Head(machines.people.register, size, root, {}).signed(slot, machines.people.keys[key], 1)


def test_a_head_by_a_stolen_key_is_left_out_and_told(machines: Machines) -> None:
    """Another history, or more entries than when the key was stopped: it convicts nobody, nor keeps anything else out."""
    index = recovered(machines)
    machines.step("S2")
    store = machines.host.store
    theirs = (
        head(machines, 2, b"\1" * 32),
        head(machines, 3, b"\1" * 32),
        head(machines, 4, store.root(4)),
        head(machines, 9, b"\1" * 32),
    )
    for each in theirs:
        taken = machines.deliver(Slot.B, heads=[*store.heads(), each])
        assert [slot for slot, _ in taken.heads] == [Slot.OPERATOR] * len(store.heads())
        assert f"a key of a that entry {index} declares lost or stolen" in taken.left_out[0]
        assert machines.host.receive(each) == ()
    assert machines.replicas[Slot.B].store.size == 4
    assert machines.replicas[Slot.B].store.evidence() == ()


def test_what_it_signed_of_this_log_before_stays(machines: Machines) -> None:
    """The honest version: heads of this log, up to the entry that stopped the key, are cosignatures as before."""
    index = recovered(machines)
    store = machines.host.store
    for size in range(1, index + 1):
        assert machines.host.receive(head(machines, size, store.root(size))) == ((Slot.A, size),)


def test_a_key_that_was_only_rotated_convicts(machines: Machines) -> None:
    """And so does the operator's in the same bundle, which nobody declared stolen."""
    recovered(machines, KeyChangeKind.ROTATE)
    store = machines.host.store
    machines.host.receive(head(machines, 2, store.root(2)))
    with pytest.raises(ForkError) as fork:
        machines.host.receive(head(machines, 2, b"\1" * 32))
    assert fork.value.slot is Slot.A
    assert fork.value.evidence is not None
    joint = head(machines, 2, b"\1" * 32, Slot.OPERATOR, "operator")
    with pytest.raises(ForkError) as fork:
        machines.host.receive(joint)
    assert fork.value.slot is Slot.OPERATOR


def test_the_new_key_convicts(machines: Machines) -> None:
    """What its owner signs with the key that came after is its own."""
    index = recovered(machines)
    size = index + 1
    machines.host.receive(head(machines, size, machines.host.store.root(size), key="a"))
    with pytest.raises(ForkError) as fork:
        machines.host.receive(head(machines, size, b"\1" * 32, key="a"))
    assert fork.value.evidence is not None


def test_a_whole_other_history_convicts_no_stolen_key(machines: Machines) -> None:
    """With all its entries at hand, and a head by the owner here that parts from it, the stolen key is still nobody's hand."""
    people, store = machines.people, machines.host.store
    entries = [store.entry(0), people.signed(unsigned(machines.act("S9")), "a", "b")]
    theirs = head(machines, 2, Tree(map(leaf_hash, entries)).root(), key="a")
    machines.host.receive(head(machines, 2, store.root(2), key="a"))
    recovered(machines)
    assert machines.host.evidence_of_fork(ForkError(Slot.A, theirs, None), entries) is None
    assert store.evidence() == ()


def test_which_keys_an_entry_declares(machines: Machines) -> None:
    """Those from its base on, a thief's own among them; none before; and for a slot without a root key an appointment that names
    the holder it has."""
    people, store = machines.people, machines.host.store
    base = people.base(store)
    old, thief = people.keys["a"], CheapKey(b"thief")
    change = people.key_change(store, KeyChangeKind.ROTATE, Slot.A, thief.public)
    machines.append(people.signed(unsigned(change), "a", "new", keys={"new": thief}))
    change = people.key_change(store, KeyChangeKind.RECOVER, Slot.A, NEW.public, base=base)
    machines.append(people.signed(unsigned(change), "a.root", "new", keys={"new": NEW}))
    assert declared(store, Slot.A) == {old.public: 3, thief.public: 3}
    newer = CheapKey(b"newer")
    change = people.key_change(store, KeyChangeKind.RECOVER, Slot.A, newer.public)
    machines.append(people.signed(unsigned(change), "a.root", "new", keys={"new": newer}))
    assert declared(store, Slot.A) == {old.public: 3, thief.public: 3, NEW.public: 4}
    people.keys = {**people.keys, "a": newer}
    hosts = [CheapKey(b"host %d" % number) for number in range(2)]
    for identity, host in zip(("HOST", "OTHER"), hosts, strict=True):
        change = people.key_change(store, KeyChangeKind.APPOINT, Slot.OPERATOR, host.public, identity=identity)
        people.keys = {**people.keys, "operator": host}
        machines.append(people.signed(unsigned(change), "a", "b", "new", keys={"new": host}))
    assert len(declared(store, Slot.OPERATOR)) == 1
    assert hosts[0].public not in declared(store, Slot.OPERATOR)
    ledger = MemoryLedger(people.blobs)
    for data in store.entries():
        ledger.add(accept(ledger, data, people.scheme))
    assert [declared(ledger, slot) for slot in Slot] == [declared(store, slot) for slot in Slot]


def test_a_declaration_in_the_other_history_counts_if_the_root_key_made_it(machines: Machines) -> None:
    """Whoever was shown a history without the recovery accuses nobody once the other is known; an invented one excuses nobody."""
    people = machines.people
    store = machines.host.store
    change = people.key_change(store, KeyChangeKind.RECOVER, Slot.A, NEW.public)
    honest = people.signed(unsigned(change), "a.root", "new", keys={"new": NEW})
    forged = [
        people.signed(unsigned(change), "new", keys={"new": NEW}),
        people.signed(unsigned(change), "a.root", "new", keys={"new": NEW, "a.root": CheapKey(b"thief")}),
        b"no entry",
    ]
    old = people.keys["a"].public
    assert stopped(store, Slot.A, [*forged, honest], people.scheme) == {old}
    assert stopped(store, Slot.A, forged, people.scheme) == frozenset()
    assert stopped(store, Slot.B, [honest], people.scheme) == frozenset()
    change = people.key_change(store, KeyChangeKind.ROTATE, Slot.OPERATOR, CheapKey(b"x").public)
    assert stopped(store, Slot.OPERATOR, [people.signed(unsigned(change), "operator")], people.scheme) == frozenset()
