"""The tree of RFC 6962: roots, inclusion proofs and consistency proofs, made and verified (RFC 9162, section 2.1).

Hashes are 32 bytes. A tree is read through `Subtrees`: the hash of the complete subtree of 2^level leaves that begins at leaf
position * 2^level, for every complete subtree within the size. So a root or a proof costs O(log n) look-ups, O(log² n) where a
proof ends inside the incomplete part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TypeAlias

from merestone.register.refusal import RefusedError, Rule

Subtrees: TypeAlias = Callable[[int, int], bytes]
"""(level, position) to the hash of that complete subtree."""

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def new_subtrees(index: int, leaf: bytes, subtrees: Subtrees) -> Iterator[tuple[int, int, bytes]]:
    """The complete subtrees (level, position, hash) that leaf number `index` completes, its own first."""
    level, hashed = 0, leaf
    yield level, index, hashed
    while (index >> level) & 1:
        hashed = node_hash(subtrees(level, (index >> level) - 1), hashed)
        level += 1
        yield level, index >> level, hashed


def range_hash(begin: int, end: int, subtrees: Subtrees) -> bytes:
    """The tree hash of leaves begin to end (exclusive), where `begin` is a multiple of the least power of two that is not
    less than end - begin, as it is for every subtree of RFC 6962."""
    parts = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        parts.append(subtrees(level, begin >> level))
        begin += 1 << level
    hashed = parts.pop()
    while parts:
        hashed = node_hash(parts.pop(), hashed)
    return hashed


def root(size: int, subtrees: Subtrees) -> bytes:
    """The root of the first `size` leaves."""
    return range_hash(0, size, subtrees) if size else EMPTY_ROOT


def split(size: int) -> int:
    """The largest power of two below `size` (at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, subtrees: Subtrees) -> tuple[bytes, ...]:
    """The path of leaf `index` in the tree of `size` leaves, from the leaf upwards (RFC 9162, 2.1.3.1)."""
    path = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + split(end - begin)
        if index < middle:
            path.append(range_hash(middle, end, subtrees))
            end = middle
        else:
            path.append(range_hash(begin, middle, subtrees))
            begin = middle
    return tuple(reversed(path))


def check_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes], expected_root: bytes) -> None:
    """Raises `RefusedError` unless `path` leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise RefusedError(Rule.PROOF, f"there is no leaf {index} in a tree of {size}")
    position, last, hashed = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise RefusedError(Rule.PROOF, "the path is too long")
        if position & 1 or position == last:
            hashed = node_hash(sibling, hashed)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            hashed = node_hash(hashed, sibling)
        position >>= 1
        last >>= 1
    if last or hashed != expected_root:
        raise RefusedError(Rule.PROOF, "the path does not lead to the root")


def consistency_proof(first: int, second: int, subtrees: Subtrees) -> tuple[bytes, ...]:
    """The proof that the tree of `first` leaves is the beginning of that of `second` (RFC 9162, 2.1.4.1);
    0 < first <= second."""
    path: list[bytes] = []
    begin, end, whole = 0, second, True
    while first != end:
        middle = begin + split(end - begin)
        if first <= middle:
            path.append(range_hash(middle, end, subtrees))
            end = middle
        else:
            path.append(range_hash(begin, middle, subtrees))
            begin, whole = middle, False
    if not whole:
        path.append(range_hash(begin, end, subtrees))
    return tuple(reversed(path))


def check_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> None:
    """Raises `RefusedError` unless the proof shows one tree to be the beginning of the other (RFC 9162, 2.1.4.2)."""
    if not 0 < first <= second:
        raise RefusedError(Rule.PROOF, "the sizes are not in order")
    if first == second:
        if proof or first_root != second_root:
            raise RefusedError(Rule.PROOF, "two trees of one size have different roots, or the proof is not empty")
        return
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        raise RefusedError(Rule.PROOF, "the proof is empty")
    position, last = first - 1, second - 1
    while position & 1:
        position >>= 1
        last >>= 1
    one = other = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise RefusedError(Rule.PROOF, "the proof is too long")
        if position & 1 or position == last:
            one, other = node_hash(sibling, one), node_hash(sibling, other)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            other = node_hash(other, sibling)
        position >>= 1
        last >>= 1
    if last or one != first_root or other != second_root:
        raise RefusedError(Rule.PROOF, "the proof does not lead to both roots")


class Tree:
    """A tree in memory that leaves are added to: every complete subtree, so that any root or proof can be asked for."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.add(leaf)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def add(self, leaf: bytes) -> None:
        """One more leaf, given by its hash."""
        for level, _, hashed in new_subtrees(self.size, leaf, self.subtree):
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(hashed)

    def subtree(self, level: int, position: int) -> bytes:
        """The hash of a complete subtree."""
        return self._levels[level][position]

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, of all by default."""
        return root(self.size if size is None else size, self.subtree)
