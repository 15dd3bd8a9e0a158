"""The cheat: honest heads are put together as evidence that their signer lied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Delegations
from fakes.replicas import Machines
from merestone.register.evidence import Evidence, Leaf, read_evidence
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.merkle import inclusion_proof
from merestone.register.refusal import RefusedError, Rule


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """A log of three entries, cosigned at each size."""
    with Machines(tmp_path) as made:
        for section in ("S1", "S2"):
            made.step(section)
        yield made


def leaf(machines: Machines, index: int, size: int) -> Leaf:
    """What the log has at an index, with its path."""
    store = machines.host.store
    return Leaf(store.subtree(0, index), inclusion_proof(index, size, store.subtree))


def test_heads_of_one_log_are_no_evidence(machines: Machines) -> None:
    """The same head twice, two sizes, and two sizes with the leaves that both trees have."""
    key = machines.people.keys["operator"].public
    scheme = machines.people.scheme
    one, two, three = machines.host.store.heads()
    for pair in ((one, one), (one, three)):
        with refused(Rule.EVIDENCE, why="do not have one size and two roots"):
            Evidence(Slot.OPERATOR, (key, key), pair).check(scheme)
    same = (leaf(machines, 1, 2), leaf(machines, 1, 3))
    with refused(Rule.EVIDENCE, why="the same leaf"):
        Evidence(Slot.OPERATOR, (key, key), (two, three), 1, same).check(scheme)


def test_other_leaves_do_not_lead_to_the_roots(machines: Machines) -> None:
    """A leaf of another place, or a path of another."""
    key = machines.people.keys["operator"].public
    _, two, three = machines.host.store.heads()
    for other in (
        leaf(machines, 0, 3),
        replace(leaf(machines, 1, 3), hashed=bytes(32)),
        Leaf(leaf(machines, 1, 3).hashed, ()),
    ):
        with refused(Rule.PROOF):
            Evidence(Slot.OPERATOR, (key, key), (two, three), 1, (leaf(machines, 1, 2), other)).check(
                machines.people.scheme
            )


def test_heads_by_two_signers_or_another_key(machines: Machines) -> None:
    """A forged head, and a head that another slot signed, convict nobody."""
    people = machines.people
    one = machines.host.store.heads()[0]
    forged = Head(one.register, 1, bytes(32), {}).signed(Slot.OPERATOR, CheapKey(b"forger"), 1)
    with refused(Rule.HEAD, why="names another key"):
        Evidence(Slot.OPERATOR, (people.keys["operator"].public,) * 2, (one, forged)).check(people.scheme)
    by_a = Head(one.register, 1, bytes(32), {}).signed(Slot.A, people.keys["a"], 1)
    with refused(Rule.HEAD, why="operator has not signed this head"):
        Evidence(Slot.OPERATOR, (people.keys["operator"].public,) * 2, (one, by_a)).check(people.scheme)


def test_heads_of_two_registers_are_no_conflict(machines: Machines, tmp_path: Path) -> None:
    """One operator serves two registers with one key: their roots differ, as they should."""
    people = machines.people
    one = machines.host.store.heads()[0]
    with Machines(tmp_path / "other", replace(people)) as other:
        two = other.host.store.heads()[0]
    with refused(Rule.EVIDENCE, why="different registers"):
        Evidence(Slot.OPERATOR, (people.keys["operator"].public,) * 2, (one, two)).check(people.scheme)
    document = Evidence(Slot.OPERATOR, (people.keys["operator"].public,) * 2, (one, two)).document()
    with refused(Rule.FORM, why="another register"):
        read_evidence(document)


def test_true_evidence_survives_its_file() -> None:
    """What is proven is proven after writing and reading; with one bit of a root changed it is not."""
    people = Delegations.real()
    register = "0" * 64
    heads = [Head(register, 5, bytes([n]) * 32, {}).signed(Slot.A, people.keys["a"], n) for n in (1, 2)]
    evidence = Evidence(Slot.A, (people.keys["a"].public,) * 2, (heads[0], heads[1]))
    read_evidence(evidence.document()).check(people.scheme)
    broken = replace(evidence, heads=(heads[0], replace(heads[1], root=bytes(32))))
    with pytest.raises(RefusedError):
        read_evidence(broken.document()).check(people.scheme)
