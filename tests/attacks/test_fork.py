"""The cheat: whoever keeps the log shows one party one history and the other party another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.replicas import Machines
from merestone.register.evidence import read_evidence
from merestone.register.keys import Slot
from merestone.register.merkle import leaf_hash
from merestone.register.refusal import Rule
from merestone.register.replica import ForkError, Replica
from merestone.register.store import Store


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """Everybody at one entry, the charter, cosigned by both."""
    with Machines(tmp_path) as made:
        made.agree()
        yield made


@pytest.fixture
def forked(machines: Machines, tmp_path: Path) -> Iterator[Machines]:
    """Two logs of the operator: A knows section S1 from one, B knows S2 from the other."""
    with Store.create(tmp_path / "second.register") as store:
        other = machines.with_host(Replica(store, machines.people.scheme))
        other.append(machines.host.store.entry(0), machines.people.blobs)
        machines.step("S1")
        machines.deliver(Slot.A)
        other.step("S2")
        other.deliver(Slot.B)
        yield other


def test_two_heads_of_one_size_are_evidence(machines: Machines, forked: Machines) -> None:
    """When A sees the head that B was shown, the operator has convicted itself, and its public key alone proves it."""
    theirs = forked.host.store.heads()[-1]
    with pytest.raises(ForkError) as caught:
        machines.replicas[Slot.A].receive(theirs)
    assert caught.value.rule is Rule.HEAD
    assert caught.value.slot is Slot.OPERATOR
    (kept,) = machines.replicas[Slot.A].store.evidence()
    evidence = read_evidence(kept)
    evidence.check(machines.people.scheme)
    assert evidence.keys == (machines.people.keys["operator"].public,) * 2


def test_heads_of_two_sizes_are_evidence_with_the_entries(machines: Machines, forked: Machines) -> None:
    """Where the two logs differ in size, the entries of the other one give the proof."""
    forked.step("S3")
    theirs = forked.host.store.heads()[-1]
    machines.step("S4")
    machines.step("S5")
    machines.deliver(Slot.A, heads=[machines.host.store.heads()[-1]])
    with pytest.raises(ForkError) as caught:
        machines.replicas[Slot.A].receive(theirs)
    assert caught.value.evidence is None
    found = machines.replicas[Slot.A].evidence_of_fork(caught.value, forked.host.store.entries())
    assert found is not None
    read_evidence(found.document()).check(machines.people.scheme)
    assert found.index == 1
    assert found.leaves is not None
    assert found.leaves[1].hashed == leaf_hash(forked.host.store.entry(1))


def test_nothing_of_the_other_history_is_taken_in(machines: Machines, forked: Machines) -> None:
    """Entries that come with a head of another history stay outside, all of them."""
    ours = machines.replicas[Slot.A]
    before = ours.store.size, ours.store.root(ours.store.size)
    machines.step("S6")
    with pytest.raises(ForkError):
        ours.take([machines.host.store.entry(2)], (), [machines.host.store.heads()[-1], forked.host.store.heads()[-1]])
    assert (ours.store.size, ours.store.root(ours.store.size)) == before
    assert len(ours.store.evidence()) == 1


def test_one_history_is_received(machines: Machines) -> None:
    """The head that the other party was shown is received where both were shown the same."""
    machines.step("S1")
    machines.deliver(Slot.A)
    machines.deliver(Slot.B)
    machines.replicas[Slot.A].receive(machines.cosign(Slot.B))
    assert machines.replicas[Slot.A].store.evidence() == ()
