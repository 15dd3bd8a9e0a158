"""Evidence that a slot signed two histories: two heads that no one log can have, checkable with the slot's public key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from merestone.register.canonical import read, write
from merestone.register.fields import DIGEST, Fields, refuse
from merestone.register.head import MOST_BYTES, Head, read_head
from merestone.register.keys import PublicKey, Slot, read_key, read_slot
from merestone.register.merkle import check_inclusion
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import Scheme

ONE_SIZE = "one size"
ONE_INDEX = "one index"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one of two trees has at an index: the leaf's hash and its path to the root."""

    hashed: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two heads by one slot; where their sizes differ, the index at which their trees do, with the leaf of each."""

    slot: Slot
    keys: tuple[PublicKey, PublicKey]
    heads: tuple[Head, Head]
    index: int = 0
    leaves: tuple[Leaf, Leaf] | None = None

    def check(self, scheme: Scheme) -> None:
        """Raises `RefusedError` unless both heads are signed by the slot and cannot be of one log."""
        one, other = self.heads
        if one.register != other.register:
            _refuse("the two heads belong to different registers")
        for head, key in zip(self.heads, self.keys, strict=True):
            head.check(self.slot, key, scheme)
        if self.leaves is None:
            if one.size != other.size or one.root == other.root:
                _refuse("the two heads do not have one size and two roots")
            return
        for head, leaf in zip(self.heads, self.leaves, strict=True):
            check_inclusion(self.index, head.size, leaf.hashed, leaf.path, head.root)
        if self.leaves[0].hashed == self.leaves[1].hashed:
            _refuse(f"both trees have the same leaf at index {self.index}")

    def document(self) -> bytes:
        """The evidence as canonical JSON."""
        leaves = self.leaves or ()
        return write(
            {
                "format": "merestone-evidence",
                "version": 1,
                "register": self.heads[0].register,
                "slot": self.slot.value,
                "kind": ONE_INDEX if leaves else ONE_SIZE,
                "heads": [head.note().decode() for head in self.heads],
                "keys": [key.document() for key in self.keys],
                "index": self.index,
                "leaves": [leaf.hashed.hex() for leaf in leaves],
                "paths": [[each.hex() for each in leaf.path] for leaf in leaves],
            }
        )


def read_evidence(data: bytes) -> Evidence:
    """The evidence that bytes hold, unverified. Raises `RefusedError`."""
    names = ("format", "version", "register", "slot", "kind", "heads", "keys", "index", "leaves", "paths")
    fields = Fields(read(data, 4 * MOST_BYTES), "", *names)
    fields.constant("format", "merestone-evidence")
    fields.constant("version", 1)
    one, other = fields.items("heads", 2, 2, _note)
    if {one.register, other.register} != {fields.digest("register")}:
        refuse("/heads", "the heads belong to another register")
    kind = fields.choice("kind", (ONE_SIZE, ONE_INDEX))
    count = 2 if kind == ONE_INDEX else 0
    hashes = fields.items("leaves", count, count, _hash)
    paths = fields.items("paths", count, count, _path)
    leaves = tuple(Leaf(hashed, path) for hashed, path in zip(hashes, paths, strict=True))
    index = fields.integer("index", None if count else 0)
    pair = (leaves[0], leaves[1]) if count else None
    first, second = fields.items("keys", 2, 2, read_key)
    return Evidence(read_slot(fields), (first, second), (one, other), index, pair)


def _note(value: Any, where: str) -> Head:
    if type(value) is not str:
        refuse(where, "a head is expected here")
    return read_head(value.encode())


def _hash(value: Any, where: str) -> bytes:
    if type(value) is not str or not DIGEST.fullmatch(value):
        refuse(where, "a digest is expected here")
    return bytes.fromhex(value)


def _path(value: Any, where: str) -> tuple[bytes, ...]:
    if type(value) is not list or len(value) > 64:
        refuse(where, "a path of at most 64 digests is expected here")
    return tuple(_hash(each, where) for each in value)


def _refuse(why: str) -> None:
    raise RefusedError(Rule.EVIDENCE, why)
