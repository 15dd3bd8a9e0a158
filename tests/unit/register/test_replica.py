"""One party's machine takes in all or nothing, and signs what it has and no more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey
from fakes.replicas import Machines
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.merkle import Tree, leaf_hash
from merestone.register.objects import KeyChangeKind, unsigned
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import ForkError, Replica, Taken
from merestone.register.store import Store


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """A host with three entries; the parties have none."""
    with Machines(tmp_path / "machines") as made:
        made.step("S1")
        made.step("S2")
        yield made


def test_what_was_taken_is_told(machines: Machines) -> None:
    """How many entries, whose heads; and each entry as it goes."""
    host, ours = machines.host.store, machines.replicas[Slot.A]
    told: list[int] = []
    taken = ours.take(host.entries(), machines.people.blobs, host.heads(), each=told.append)
    assert taken == Taken(3, ((Slot.OPERATOR, 1), (Slot.OPERATOR, 2), (Slot.OPERATOR, 3)))
    assert told == [1, 2, 3]
    assert ours.take((), (b"more",), ()) == Taken(0, ())
    assert ours.store.blob(sha256(b"more").hexdigest()) == b"more"
    assert ours.receive(machines.cosign(Slot.A)) == ((Slot.A, 3),)


def test_all_or_nothing(machines: Machines) -> None:
    """A wrong entry at the end: neither entries nor blobs nor heads are there."""
    host, ours = machines.host.store, machines.replicas[Slot.A]
    with refused(Rule.FORM, 3):
        ours.take([*host.entries(), b"{"], machines.people.blobs, host.heads())
    assert (ours.store.size, ours.store.blobs(), ours.store.heads()) == (0, (), ())


def test_heads_of_others_do_not_stand_for_the_operators(machines: Machines) -> None:
    """A head over exactly these entries, by a party alone, brings no entries."""
    machines.agree()
    machines.step("S3")
    machines.deliver(Slot.B)
    by_b = machines.cosign(Slot.B)
    ours = machines.replicas[Slot.A]
    with refused(Rule.LOG, why="the operator has not signed a head"):
        ours.take([machines.host.store.entry(3)], (), [by_b])
    ours.take([machines.host.store.entry(3)], (), [by_b, machines.host.store.heads()[-1]])
    assert ours.store.head(Slot.B, 4) == by_b


def test_heads_that_are_none_here(machines: Machines) -> None:
    """Of more entries than there are, by nobody, by a slot without a holder, of another register."""
    ours = machines.replicas[Slot.A]
    host = machines.host.store
    ours.take([host.entry(0)], machines.people.blobs, [host.heads()[0]])
    with refused(Rule.HEAD, why="the head has size 3, and this copy has size 1"):
        ours.receive(host.heads()[-1])
    with refused(Rule.HEAD, why="nobody has signed the head"):
        ours.receive(Head(host.register, 1, host.root(1), {}))
    by_mediator = Head(host.register, 1, host.root(1), {}).signed(Slot.MEDIATOR, CheapKey(b"m"), 1)
    with refused(Rule.HEAD, why="nobody holds the slot mediator"):
        ours.receive(by_mediator)
    with refused(Rule.HEAD, why="another register"):
        ours.receive(replace(host.heads()[0], register="0" * 64))


def other_history(machines: Machines, path: Path, sections: tuple[str, ...]) -> list[bytes]:
    """The entries of a second log of the operator that begins with the same charter."""
    with Store.create(path) as store:
        other = machines.with_host(Replica(store, machines.people.scheme))
        other.append(machines.host.store.entry(0), machines.people.blobs)
        for section in sections:
            other.step(section)
        return list(store.entries())


def forked(machines: Machines, entries: list[bytes], by: Slot, key: CheapKey) -> ForkError:
    """The refusal of a head over other entries."""
    tree = Tree(map(leaf_hash, entries))
    head = Head(machines.host.store.register, tree.size, tree.root(), {}).signed(by, key, 1)
    with pytest.raises(ForkError) as caught:
        machines.host.receive(head)
    return caught.value


def test_a_fork_by_somebody_who_signed_nothing_here_is_no_evidence(machines: Machines, tmp_path: Path) -> None:
    """A head of another history by A, of whom no head is here: refused, and nothing to prove it with."""
    entries = other_history(machines, tmp_path / "other", ("S9",))
    key: CheapKey = machines.people.keys["a"]  # type: ignore[assignment]
    fork = forked(machines, entries, Slot.A, key)
    assert fork.evidence is None
    assert "a complete bundle of the other history would prove it" in fork.why
    assert machines.host.evidence_of_fork(fork, entries) is None


def test_a_fork_after_the_last_head_here_is_no_conflict(machines: Machines, tmp_path: Path) -> None:
    """A signed one entry here, which both histories have: no two heads of A conflict."""
    host = machines.host.store
    key: CheapKey = machines.people.keys["a"]  # type: ignore[assignment]
    machines.host.receive(Head(host.register, 1, host.root(1), {}).signed(Slot.A, key, 1))
    entries = other_history(machines, tmp_path / "other", ("S9",))
    fork = forked(machines, entries, Slot.A, key)
    assert machines.host.evidence_of_fork(fork, entries) is None


def test_evidence_needs_the_entries_of_the_head(machines: Machines, tmp_path: Path) -> None:
    """Too few of them, or others."""
    entries = other_history(machines, tmp_path / "other", ("S9", "S8"))
    key: CheapKey = machines.people.keys["operator"]  # type: ignore[assignment]
    fork = forked(machines, entries, Slot.OPERATOR, key)
    assert fork.evidence is not None
    for wrong in (entries[:2], list(machines.host.store.entries()), []):
        with refused(Rule.EVIDENCE, why="do not have the root of the head"):
            machines.host.evidence_of_fork(fork, wrong)
    found = machines.host.evidence_of_fork(fork, [*entries, b"and more"])
    assert found is not None
    assert (found.index, found.heads[0].size, found.heads[1].size) == (1, 3, 3)
    assert len(machines.host.store.evidence()) == 2


def test_a_key_that_was_changed_since_still_convicts(machines: Machines, tmp_path: Path) -> None:
    """Signed the other history, then rotated its key here: the evidence names both keys."""
    entries = other_history(machines, tmp_path / "other", ("S9",))
    people = machines.people
    old: CheapKey = people.keys["operator"]  # type: ignore[assignment]
    fork = forked(machines, entries, Slot.OPERATOR, old)
    new = CheapKey(b"new")
    change = people.key_change(machines.host.store, KeyChangeKind.ROTATE, Slot.OPERATOR, new.public)
    envelope = unsigned(change).signed(people.register, "operator", old).signed(people.register, "new", new)
    people.keys = {**people.keys, "operator": new}
    machines.append(envelope.document())
    found = machines.host.evidence_of_fork(fork, entries)
    assert found is not None
    assert found.keys == (new.public, old.public)
    found.check(people.scheme)
    strange = fork.theirs.only().signed(Slot.OPERATOR, CheapKey(b"never here"), 1)
    with refused(Rule.EVIDENCE, why="not signed with any key that operator has had"):
        machines.host.evidence_of_fork(ForkError(Slot.OPERATOR, strange, None), entries)


def test_entries_are_read_back_before_they_are_signed(machines: Machines) -> None:
    """A bit that flipped on the disk since the last signature is found, and nothing is signed."""
    machines.deliver(Slot.A)
    ours = machines.replicas[Slot.A]
    with sqlite3.connect(ours.store.path) as db:
        db.execute("UPDATE entry SET data = x'00' WHERE idx = 2")
    db.close()
    with pytest.raises(RefusedError) as caught:
        machines.cosign(Slot.A)
    assert caught.value.rule is Rule.LOG
    assert ours.store.head(Slot.A) is None


def test_a_key_that_spoils_its_signature_signs_nothing(machines: Machines) -> None:
    """What is given out was checked first."""

    class Spoiled(CheapKey):
        def sign(self, message: bytes, context: bytes):  # type: ignore[no-untyped-def]
            return replace(super().sign(message, context), ed25519=bytes(64))

    machines.deliver(Slot.A)
    key: CheapKey = machines.people.keys["a"]  # type: ignore[assignment]
    with refused(Rule.HEAD, why="not made with its key"):
        machines.replicas[Slot.A].cosign(Slot.A, Spoiled(key.seed), 1)
    assert machines.replicas[Slot.A].store.head(Slot.A) is None


def test_a_transaction_that_sqlite_gave_up_is_given_up(machines: Machines) -> None:
    """Where nothing is left to roll back, what went wrong is what is told."""
    store = machines.host.store
    with pytest.raises(KeyError), store.writing():
        raise _rolled_back(store)
    with store.reading():
        _rolled_back(store)
    assert store.size == 3


def _rolled_back(store: Store) -> KeyError:
    store._execute("ROLLBACK")
    return KeyError("x")


def rotated(
    machines: Machines, slot: Slot, names: tuple[str, ...], kind: KeyChangeKind = KeyChangeKind.ROTATE
) -> CheapKey:
    """A slot's new key, put in."""
    new = CheapKey(b"new " + slot.value.encode())
    people = machines.people
    envelope = unsigned(people.key_change(machines.host.store, kind, slot, new.public))
    for name in names:
        envelope = envelope.signed(people.register, name, new if name == "new" else people.keys[name])
    people.keys = {**people.keys, slot.value: new}
    machines.append(envelope.document())
    return new


def test_the_first_key_convicts_too(tmp_path: Path) -> None:
    """A rotates in the first entry after the charter, having signed another history of two entries with the key of before."""
    with Machines(tmp_path / "machines") as machines:
        old: CheapKey = machines.people.keys["a"]  # type: ignore[assignment]
        entries = other_history(machines, tmp_path / "other", ("S9",))
        new = rotated(machines, Slot.A, ("a", "new"))
        host = machines.host.store
        machines.host.receive(Head(host.register, 2, host.root(2), {}).signed(Slot.A, new, 1))
        tree = Tree(map(leaf_hash, entries))
        theirs = Head(host.register, 2, tree.root(), {}).signed(Slot.A, old, 1)
        found = machines.host.evidence_of_fork(ForkError(Slot.A, theirs, None), entries)
        assert found is not None
        assert found.keys == (new.public, old.public)


def test_a_slot_that_was_empty_at_first_is_convicted(tmp_path: Path) -> None:
    """A mediator that was appointed later, and signs two histories."""
    with Machines(tmp_path / "machines") as machines:
        entries = other_history(machines, tmp_path / "other", ("S9", "S8"))
        key = rotated(machines, Slot.MEDIATOR, ("a", "b", "new"), KeyChangeKind.APPOINT)
        machines.step("S1")
        host = machines.host.store
        machines.host.receive(Head(host.register, 3, host.root(3), {}).signed(Slot.MEDIATOR, key, 1))
        fork = forked(machines, entries, Slot.MEDIATOR, key)
        found = machines.host.evidence_of_fork(fork, entries)
        assert found is not None
        assert found.index == 1
        never = fork.theirs.only().signed(Slot.MEDIATOR, CheapKey(b"never here"), 1)
        with refused(Rule.EVIDENCE, why="not signed with any key that mediator has had"):
            machines.host.evidence_of_fork(ForkError(Slot.MEDIATOR, never, None), entries)


def test_the_charter_too_is_read_back_before_it_is_signed(machines: Machines) -> None:
    """The first signature looks at every entry, the next one at those since."""
    machines.deliver(Slot.A)
    path = machines.replicas[Slot.A].store.path
    with sqlite3.connect(path) as db:
        db.execute("UPDATE entry SET data = x'00' WHERE idx = 0")
    db.close()
    with pytest.raises(RefusedError):
        machines.cosign(Slot.A)


def test_hashes_are_made_again_before_they_are_signed(machines: Machines) -> None:
    """A hash inside the tree that flipped on the disk is found, and nothing is signed."""
    machines.deliver(Slot.A)
    ours = machines.replicas[Slot.A]
    with sqlite3.connect(ours.store.path) as db:
        db.execute("UPDATE subtree SET hash = zeroblob(32) WHERE level = 1 AND position = 0")
    db.close()
    with pytest.raises(RefusedError) as caught:
        machines.cosign(Slot.A)
    assert caught.value.rule is Rule.LOG
    assert ours.store.head(Slot.A) is None


def test_who_notes_a_head_hears_of_it_before_it_is_signed(machines: Machines) -> None:
    """Of a head that is these entries', also where it was signed before; of none where the key is another's, or before there
    is a charter."""
    heard: list[Head] = []
    ours = machines.replicas[Slot.A]
    with refused(Rule.COSIGNING, why="no charter yet"):
        ours.cosign(Slot.A, machines.people.keys["a"], 1, None, heard.append)
    machines.deliver(Slot.A)
    with refused(Rule.COSIGNING, why="not the key of a"):
        ours.cosign(Slot.A, machines.people.keys["b"], 1, None, heard.append)
    assert heard == []
    for _ in range(2):
        ours.cosign(Slot.A, machines.people.keys["a"], 1, None, heard.append)
    assert [(head.size, head.root) for head in heard] == [(3, ours.store.root(3))] * 2
