"""Evidence is read strictly; what it proves, `tests/attacks` shows."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.refusals import refused, with_member
from fakes.registers import CheapScheme, cheap_keys
from merestone.register.canonical import read, write
from merestone.register.evidence import Evidence, Leaf, read_evidence
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.merkle import Tree, inclusion_proof, leaf_hash
from merestone.register.refusal import Rule

KEY = cheap_keys("a")["a"]
KEYS = (KEY.public, KEY.public)
REGISTER = "00" * 32
TREES = [
    Tree(leaf_hash(b"%d%s" % (number, which if number > 1 else b"")) for number in range(5)) for which in (b"x", b"y")
]


def head(tree: Tree, size: int) -> Head:
    """A head that A signed."""
    return Head(REGISTER, size, tree.root(size), {}).signed(Slot.A, KEY, 1)


def leaf(tree: Tree, index: int, size: int) -> Leaf:
    """A leaf with its path."""
    return Leaf(tree.subtree(0, index), inclusion_proof(index, size, tree.subtree))


ONE, OTHER = TREES
SIZE = Evidence(Slot.A, KEYS, (head(ONE, 4), head(OTHER, 4)))
INDEX = Evidence(Slot.A, KEYS, (head(ONE, 4), head(OTHER, 5)), 2, (leaf(ONE, 2, 4), leaf(OTHER, 2, 5)))


@pytest.mark.parametrize("evidence", [SIZE, INDEX], ids=["one size", "one index"])
def test_evidence_reads_back_and_holds(evidence: Evidence) -> None:
    """Of both kinds."""
    again = read_evidence(evidence.document())
    assert again == evidence
    again.check(CheapScheme())


@pytest.mark.parametrize(
    ("path", "value", "rule", "why"),
    [
        ("format", "merestone-proof", Rule.FORM, "/format"),
        ("version", 2, Rule.FORM, "/version"),
        ("register", "11" * 32, Rule.FORM, "another register"),
        ("slot", "c", Rule.FORM, "/slot"),
        ("kind", "one", Rule.FORM, "/kind"),
        ("kind", "one size", Rule.FORM, "/leaves: the array has 2 items; it must have 0 items"),
        ("heads", ["", "", ""], Rule.FORM, "/heads"),
        ("heads/0", 1, Rule.FORM, "/heads/0: a head is expected here"),
        ("heads/1", "", Rule.HEAD, "three lines"),
        ("keys/1", {}, Rule.FORM, "/keys/1"),
        ("keys", [KEY.public.document()] * 3, Rule.FORM, "/keys: the array has 3 items; it must have 2 items"),
        ("heads", [head(ONE, 4).note().decode()], Rule.FORM, "/heads: the array has 1 item; it must have 2 items"),
        ("keys", [KEY.public.document()], Rule.FORM, "/keys"),
        ("index", "2", Rule.FORM, "/index"),
        ("leaves/1", 1, Rule.FORM, "/leaves/1: a digest is expected here"),
        ("leaves/1", "0", Rule.FORM, "/leaves/1: a digest is expected here"),
        ("leaves", ["00" * 32], Rule.FORM, "/leaves"),
        ("paths", [], Rule.FORM, "/paths"),
        ("paths/0", "x", Rule.FORM, "/paths/0: a path of at most 64 digests"),
        ("paths/0", ["00" * 32] * 65, Rule.FORM, "/paths/0: a path of at most 64 digests"),
        ("paths/0/0", "", Rule.FORM, "/paths/0: a digest is expected here"),
    ],
)
def test_any_other_form_is_refused(path: str, value: Any, rule: Rule, why: str) -> None:
    """Each member."""
    document = with_member(read(INDEX.document(), 99_999), path, value)
    with refused(rule, why=why):
        read_evidence(write(document))


def test_a_path_may_have_sixty_four_digests() -> None:
    """And no more; it proves nothing, but it is read."""
    document = with_member(read(INDEX.document(), 99_999), "paths/0", ["00" * 32] * 64)
    assert read_evidence(write(document)).leaves is not None


def test_one_size_has_no_index() -> None:
    """It is 0, and written."""
    with refused(Rule.FORM, why="/index: 1 is more than 0"):
        read_evidence(write(with_member(read(SIZE.document(), 99_999), "index", 1)))


def test_a_conflict_is_shown_as_its_kind() -> None:
    """One size needs one size and two roots; one index needs two leaves."""
    for pair in ((head(ONE, 4), head(OTHER, 5)), (head(ONE, 4), head(ONE, 4))):
        with refused(Rule.EVIDENCE, why="do not have one size and two roots"):
            Evidence(Slot.A, KEYS, pair).check(CheapScheme())
    for index, rule in ((1, Rule.EVIDENCE), (4, Rule.PROOF)):
        leaves = (leaf(ONE, min(index, 3), 4), leaf(OTHER, index, 5))
        with refused(rule):
            Evidence(Slot.A, KEYS, INDEX.heads, index, leaves).check(CheapScheme())
