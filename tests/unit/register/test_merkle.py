"""Trees and proofs: whatever is asked of a small tree is right, and nothing else is taken for right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

import pytest

from fakes.refusals import refused
from merestone.register.merkle import (
    EMPTY_ROOT,
    Tree,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    new_subtrees,
    split,
)
from merestone.register.refusal import RefusedError, Rule

MOST = 40
LEAVES = [leaf_hash(b"%d" % number) for number in range(MOST)]
TREE = Tree(LEAVES)
STRANGER = bytes(32)


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """The tree hash as RFC 9162, 2.1.1, defines it, by recursion."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return sha256(b"\x01" + plain_root(leaves[:middle]) + plain_root(leaves[middle:])).digest()


def not_proven(check: Callable[..., None], *arguments: object) -> None:
    """Passes if a check refuses as a proof is refused."""
    with pytest.raises(RefusedError) as caught:
        check(*arguments)
    assert caught.value.rule is Rule.PROOF


def spoiled(path: Sequence[bytes]) -> list[list[bytes]]:
    """The path with one hash another, left out, doubled, or one more at either end."""
    made = [[*path, STRANGER], [STRANGER, *path], [*path, *path] if path else [STRANGER]]
    for at in range(len(path)):
        made.append([*path[:at], STRANGER, *path[at + 1 :]])
        made.append([*path[:at], *path[at + 1 :]])
    return made


def test_roots_are_those_of_the_definition() -> None:
    """Every size, of a tree that has grown since and of one made afresh."""
    for size in range(MOST + 1):
        assert TREE.root(size) == plain_root(LEAVES[:size]) == Tree(LEAVES[:size]).root()
    assert Tree().root() == EMPTY_ROOT
    assert (Tree().size, TREE.size) == (0, MOST)


@pytest.mark.parametrize("size", range(1, 18))
def test_inclusion(size: int) -> None:
    """Every leaf of every size is proven, and nothing spoiled proves it."""
    root = TREE.root(size)
    for index in range(size):
        path = inclusion_proof(index, size, TREE.subtree)
        check_inclusion(index, size, LEAVES[index], path, root)
        for wrong in spoiled(path):
            not_proven(check_inclusion, index, size, LEAVES[index], wrong, root)
        not_proven(check_inclusion, index, size, STRANGER, path, root)
        not_proven(check_inclusion, index, size, LEAVES[index], path, STRANGER)
        for other in set(range(-1, size + 1)) - {index}:
            not_proven(check_inclusion, other, size, LEAVES[index], path, root)


@pytest.mark.parametrize("second", range(1, 18))
def test_consistency(second: int) -> None:
    """Every earlier size is proven to be a beginning, and nothing spoiled proves it."""
    new = TREE.root(second)
    for first in range(1, second + 1):
        old = TREE.root(first)
        proof = consistency_proof(first, second, TREE.subtree)
        check_consistency(first, old, second, new, proof)
        for wrong in spoiled(proof):
            not_proven(check_consistency, first, old, second, new, wrong)
        not_proven(check_consistency, first, STRANGER, second, new, proof)
        not_proven(check_consistency, first, old, second, STRANGER, proof)
        if first < second:
            not_proven(check_consistency, second, new, first, old, proof)
            not_proven(check_consistency, 0, EMPTY_ROOT, second, new, proof)


def test_no_leaf_and_no_size_that_is_not_there() -> None:
    """A negative index, one at the size, an empty tree, sizes in the wrong order."""
    for index, size in ((-1, 1), (1, 1), (0, 0), (5, 3)):
        with refused(Rule.PROOF, why=f"there is no leaf {index} in a tree of {size}"):
            check_inclusion(index, size, LEAVES[0], (), LEAVES[0])
    for first, second in ((0, 0), (0, 1), (2, 1), (-1, 1)):
        with refused(Rule.PROOF, why="sizes are not in order"):
            check_consistency(first, EMPTY_ROOT, second, LEAVES[0], ())
    with refused(Rule.PROOF, why="the proof is empty"):
        check_consistency(3, TREE.root(3), 5, TREE.root(5), ())
    with refused(Rule.PROOF, why="the path is too long"):
        check_inclusion(0, 1, LEAVES[0], [STRANGER], LEAVES[0])
    with refused(Rule.PROOF, why="the proof is too long"):
        check_consistency(1, LEAVES[0], 2, TREE.root(2), [LEAVES[1], STRANGER])
    with refused(Rule.PROOF, why="the proof is not empty"):
        check_consistency(2, TREE.root(2), 2, TREE.root(2), [STRANGER])
    with refused(Rule.PROOF, why="different roots"):
        check_consistency(2, TREE.root(2), 2, STRANGER, [])


def test_the_split_is_the_largest_power_of_two_below() -> None:
    """Of every size up to a thousand."""
    for size in range(2, 1_000):
        assert split(size) < size <= 2 * split(size)
        assert split(size).bit_count() == 1


def test_a_leaf_completes_its_subtrees() -> None:
    """Leaf 7 completes four: itself, the pair, the four, the eight."""
    made = [(level, position) for level, position, _ in new_subtrees(7, LEAVES[7], TREE.subtree)]
    assert made == [(0, 7), (1, 3), (2, 1), (3, 0)]
    assert [each[:2] for each in new_subtrees(6, LEAVES[6], TREE.subtree)] == [(0, 6)]


def test_a_proof_asks_for_few_hashes() -> None:
    """At any index of a million leaves it looks up no more than the square of its length."""
    asked = []

    def subtree(level: int, position: int) -> bytes:
        asked.append((level, position))
        return STRANGER

    for index in (0, 1, 499_999, 999_999):
        asked.clear()
        path = inclusion_proof(index, 1_000_000, subtree)
        assert len(path) <= 20
        assert len(asked) <= 60
