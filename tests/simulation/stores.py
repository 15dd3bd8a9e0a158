"""Two kinds of store for a simulated replica: the real one on SQLite in memory, and a fake with the same face on a ledger in
memory, five times faster. Both can be copied, which is what a backup is; what they answer must agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha3_256, sha256
from pathlib import Path
from typing import Any, cast

from merestone.register import schema
from merestone.register.head import Head
from merestone.register.keys import PARTIES, Holder, PublicKey, Slot
from merestone.register.ledger import Accepted, MemoryLedger
from merestone.register.merkle import Tree
from merestone.register.objects import Content, Reference
from merestone.register.refusal import RefusedError, Rule
from merestone.register.store import Held, Store

_KEPT = ("_holders", "_halves", "_payloads", "_withdrawn", "_standing", "_blobs", "bytes_of", "kept_heads", "proofs")


class MemoryStore(MemoryLedger):
    """A ledger that keeps blobs, heads and evidence besides, and gives all of it back when a transaction fails."""

    def __init__(self) -> None:
        super().__init__()
        self.data: list[bytes] = []
        self.bytes_of: dict[str, bytes] = {}
        self.kept_heads: dict[tuple[Slot, int], Head] = {}
        self.proofs: dict[str, bytes] = {}
        self.since: dict[Slot, tuple[tuple[int, Holder], ...]] = {}

    def copy(self) -> MemoryStore:
        """Another store with the same contents."""
        other = MemoryStore()
        other.__dict__.update(self._snapshot())
        return other

    def _snapshot(self) -> dict[str, Any]:
        made = {**self.__dict__, **{name: self.__dict__[name].copy() for name in _KEPT}}
        made["since"] = dict(self.since)
        made["accepted"], made["data"] = list(self.accepted), list(self.data)
        made["tree"] = Tree()
        made["tree"]._levels = [list(level) for level in self.tree._levels]
        made["_sections"] = {
            name: type(each)(each.segments, each.declared, dict(each.claims), list(each.changes))
            for name, each in self._sections.items()
        }
        return made

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing."""
        before = self._snapshot()
        try:
            yield
        except BaseException:
            self.__dict__.update(before)
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """As the store's; nothing else moves here."""
        yield

    def content(self, index: int) -> Content:
        """What an entry holds."""
        return self.accepted[index].content

    def subtree(self, level: int, position: int) -> bytes:
        """The hash of a complete subtree."""
        return self.tree.subtree(level, position)

    def holder_at(self, slot: Slot, size: int) -> Holder | None:
        """Who stands in a slot after the first entries."""
        return next((holder for since, holder in reversed(self.since.get(slot, ())) if since < size), None)

    def keys_of(self, slot: Slot) -> tuple[PublicKey, ...]:
        """As the store's."""
        return tuple(dict.fromkeys(holder.key for _, holder in reversed(self.since.get(slot, ()))))

    def entry(self, index: int) -> bytes:
        """The bytes of an entry."""
        return self.data[index]

    def entries(self, first: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes of some entries."""
        return iter(self.data[first:end])

    def blob(self, digest: str) -> bytes:
        """The bytes with a digest. Raises `RefusedError`."""
        if digest not in self.bytes_of:
            raise RefusedError(Rule.BLOBS, f"the bytes {digest} are not here")
        return self.bytes_of[digest]

    def blobs(self) -> tuple[str, ...]:
        """The digests of all bytes held."""
        return tuple(sorted(self.bytes_of))

    def hold_blob(self, data: bytes) -> None:
        """Keeps some bytes."""
        digest = sha256(data).hexdigest()
        self.bytes_of[digest] = data
        self._blobs[digest] = len(data), sha3_256(data).hexdigest()

    def add(self, entry: Accepted) -> None:
        """One more entry, that the rules have accepted."""
        super().add(entry)
        self.data.append(entry.data)
        for slot, holder in entry.holders:
            self.since[slot] = (*self.since.get(slot, ()), (entry.index, holder))

    def put_head(self, slot: Slot, head: Head) -> None:
        """Keeps a slot's cosignature; the first of a size stays."""
        self.kept_heads.setdefault((slot, head.size), head.only(slot))

    def head(self, slot: Slot, size: int | None = None) -> Head | None:
        """A slot's head of a size, of the largest by default."""
        at = self._largest(slot) if size is None else size
        return self.kept_heads.get((slot, at))

    def heads(self, since: int = 0) -> tuple[Head, ...]:
        """Heads of at least so many entries, and the last of each slot, joined by size."""
        found: dict[int, Head] = {}
        last = {self._largest(slot) for slot in Slot}
        for (_, size), head in sorted(self.kept_heads.items(), key=lambda each: (each[0][1], each[0][0])):
            if size >= since or size in last:
                found[size] = found[size].joined(head) if size in found else head
        return tuple(found.values())

    def _largest(self, slot: Slot) -> int:
        return max((size for own, size in self.kept_heads if own is slot), default=0)

    @property
    def agreed_size(self) -> int:
        """The size that both parties have cosigned."""
        return min(self._largest(slot) for slot in PARTIES)

    def put_evidence(self, digest: str, document: bytes) -> None:
        """Keeps evidence."""
        self.proofs.setdefault(digest, document)

    def evidence(self) -> tuple[bytes, ...]:
        """All evidence."""
        return tuple(self.proofs[digest] for digest in sorted(self.proofs))

    def in_force(self, day: str, size: int) -> dict[str, Held]:
        """What holds on a day, as known now (the fake knows no earlier size)."""
        assert size == self.size
        held = {
            section: next((each.change for each in self.segments(section) if each.holds(day)), None)
            for section in self.sections
        }
        return {section: self._held(reference) for section, reference in held.items() if reference is not None}

    def _held(self, reference: Reference) -> Held:
        change = self._standing[reference].change
        return Held(change.status, reference, change.text.line.sha256 if change.text.line else "")


def memory_store() -> Store:
    """An empty fake store."""
    return cast("Store", MemoryStore())


def fake(store: object) -> MemoryStore | None:
    """The store, if it is the fake one."""
    return store if isinstance(store, MemoryStore) else None


def _connection() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _empty() -> bytes:
    db = _connection()
    for statement in schema.STATEMENTS:
        db.execute(statement)
    return db.serialize()


EMPTY = _empty()


def sqlite_store(contents: bytes = EMPTY) -> Store:
    """A real store in memory."""
    db = _connection()
    db.deserialize(contents)
    return Store(Path("memory"), db)


def copied(store: Store) -> Store:
    """Another store with the same contents."""
    if (memory := fake(store)) is not None:
        return cast("Store", memory.copy())
    return sqlite_store(store._db.serialize())


def moved_to_sqlite(store: Store) -> Store:
    """The contents of a fake store in a real one."""
    memory = fake(store)
    assert memory is not None
    made = sqlite_store()
    with made.writing():
        for data in memory.bytes_of.values():
            made.hold_blob(data)
        for each, entry in zip(memory.accepted, memory.data, strict=True):
            made.add(replace(each, data=entry))
        for (slot, _), head in memory.kept_heads.items():
            made.put_head(slot, head)
        for digest, document in memory.proofs.items():
            made.put_evidence(digest, document)
    return made


def head_count(store: Store) -> int:
    """How many cosignatures a store keeps."""
    if (memory := fake(store)) is not None:
        return len(memory.kept_heads)
    return int(store._one("SELECT count(*) FROM head"))
