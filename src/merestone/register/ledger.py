"""What the rules ask of the entries before one, and what an accepted entry adds. `Ledger` is the question, `MemoryLedger` an
answer that is kept in memory; the store answers out of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha3_256, sha256
from typing import Protocol

from merestone.register.keys import PARTIES, Holder, Slot
from merestone.register.merkle import Tree, leaf_hash
from merestone.register.objects import Blob, Change, Content, KeyChange, KeyChangeKind, Reference, Status
from merestone.register.track import Segment

ON_TRACK = frozenset({Status.APPLIED, Status.IN_FORCE, Status.SUSPENDED, Status.ENDED})
"""The statuses that hold on dates."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A change of an accepted act, and what has become of it: to which statuses it was carried, whether it was corrected."""

    change: Change
    by: Slot | None = None
    carried_to: frozenset[Status] = frozenset()
    corrected: bool = False


class Ledger(Protocol):
    """The accepted entries as the rules see them. Digests of payloads are in hexadecimal, roots are bytes."""

    @property
    def size(self) -> int:
        """How many entries there are."""

    @property
    def register(self) -> str:
        """The register's identity; the empty string before there is a charter."""

    @property
    def key_changes(self) -> int:
        """How many entries are a charter or a change of keys."""

    def key_changes_in(self, slot: Slot, kinds: frozenset[KeyChangeKind]) -> int:
        """How many entries are the charter or a change of these kinds in a slot."""

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries, 0 < size <= the ledger's."""

    def holder(self, slot: Slot) -> Holder | None:
        """Who stands in a slot now."""

    def knows_half(self, half: bytes) -> bool:
        """Whether half of a key was ever in this register."""

    def has_payload(self, digest: str) -> bool:
        """Whether an entry has this payload."""

    def withdrawn_by(self, digest: str) -> frozenset[Slot]:
        """The parties whose withdrawals name this payload."""

    def last_declared(self, section: str) -> int:
        """The index of the last act, claims apart, that changes a section; -1 if none does."""

    def last_claimed(self, section: str, by: Slot) -> int:
        """The index of the last claim of a party on a section; -1 if there is none."""

    def claim(self, section: str, by: Slot) -> Reference | None:
        """The claim of a party on a section that stands."""

    def segments(self, section: str) -> tuple[Segment, ...]:
        """The track of force of a section."""

    def standing(self, reference: Reference) -> Standing | None:
        """A change, and what has become of it."""

    def has_blob(self, blob: Blob) -> bool:
        """Whether the bytes are there, with that length and both digests."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A change at its place, with the track of its section as it becomes; None where the track stays as it is."""

    reference: Reference
    change: Change
    by: Slot | None
    track: tuple[Segment, ...] | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """An entry that keeps every rule, and what it adds to the ledger."""

    index: int
    data: bytes
    digest: str
    content: Content
    register: str
    holders: tuple[tuple[Slot, Holder], ...] = ()
    halves: tuple[bytes, ...] = ()
    withdraws: tuple[str, Slot] | None = None
    placements: tuple[Placement, ...] = ()
    corrects: bool = False

    @property
    def changes_keys(self) -> bool:
        """Whether it is a charter or a change of keys."""
        return bool(self.holders)

    @property
    def changes(self) -> str:
        """What kind of change of keys it is; empty for a charter."""
        return self.content.change.value if isinstance(self.content, KeyChange) else ""


@dataclass(slots=True)
class _Section:
    segments: tuple[Segment, ...] = ()
    declared: int = -1
    claims: dict[Slot, Reference] = field(default_factory=dict)
    changes: list[Reference] = field(default_factory=list)


class MemoryLedger:
    """A ledger in memory: for verifying a register from nothing, and for tests."""

    def __init__(self, blobs: Iterable[bytes] = ()) -> None:
        self.tree = Tree()
        self.accepted: list[Accepted] = []
        self._register = ""
        self._key_changes = 0
        self._holders: dict[Slot, Holder] = {}
        self._halves: set[bytes] = set()
        self._payloads: set[str] = set()
        self._withdrawn: set[tuple[str, Slot]] = set()
        self._sections: dict[str, _Section] = {}
        self._standing: dict[Reference, Standing] = {}
        self._blobs: dict[str, tuple[int, str]] = {}
        for data in blobs:
            self.hold_blob(data)

    @property
    def size(self) -> int:
        """How many entries there are."""
        return self.tree.size

    @property
    def register(self) -> str:
        """The register's identity; the empty string before there is a charter."""
        return self._register

    @property
    def key_changes(self) -> int:
        """How many entries are a charter or a change of keys."""
        return self._key_changes

    def key_changes_in(self, slot: Slot, kinds: frozenset[KeyChangeKind]) -> int:
        """How many entries are the charter or a change of these kinds in a slot."""
        return min(self.size, 1) + sum(each.change in kinds for _, each in self.changes_in(slot))

    def changes_in(self, slot: Slot) -> tuple[tuple[int, KeyChange], ...]:
        """The changes of keys in a slot, with their indices, in order."""
        found = ((each.index, each.content) for each in self.accepted)
        return tuple((i, each) for i, each in found if isinstance(each, KeyChange) and each.slot is slot)

    def holder_at(self, slot: Slot, size: int) -> Holder | None:
        """Who stands in a slot after the first `size` entries."""
        entries = reversed(self.accepted[:size])
        return next((holder for each in entries for own, holder in each.holders if own is slot), None)

    @property
    def holders(self) -> Mapping[Slot, Holder]:
        """Who stands in which slot now."""
        return self._holders

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that any change names, in order."""
        return tuple(sorted(self._sections))

    def changes(self, section: str) -> tuple[tuple[Reference, Standing], ...]:
        """All changes of a section, in order, with what has become of them."""
        return tuple((each, self._standing[each]) for each in self._sections[section].changes)

    def claims(self, section: str) -> Mapping[Slot, Reference]:
        """The claims on a section that stand."""
        return self._sections[section].claims

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries."""
        return self.tree.root(size)

    def holder(self, slot: Slot) -> Holder | None:
        """Who stands in a slot now."""
        return self._holders.get(slot)

    def knows_half(self, half: bytes) -> bool:
        """Whether half of a key was ever in this register."""
        return half in self._halves

    def has_payload(self, digest: str) -> bool:
        """Whether an entry has this payload."""
        return digest in self._payloads

    def withdrawn_by(self, digest: str) -> frozenset[Slot]:
        """The parties whose withdrawals name this payload."""
        return frozenset(slot for slot in PARTIES if (digest, slot) in self._withdrawn)

    def last_declared(self, section: str) -> int:
        """The index of the last act, claims apart, that changes a section; -1 if none does."""
        found = self._sections.get(section)
        return found.declared if found else -1

    def last_claimed(self, section: str, by: Slot) -> int:
        """The index of the last claim of a party on a section; -1 if there is none."""
        found = self.claim(section, by)
        return found.index if found else -1

    def claim(self, section: str, by: Slot) -> Reference | None:
        """The claim of a party on a section that stands."""
        found = self._sections.get(section)
        return found.claims.get(by) if found else None

    def segments(self, section: str) -> tuple[Segment, ...]:
        """The track of force of a section."""
        found = self._sections.get(section)
        return found.segments if found else ()

    def standing(self, reference: Reference) -> Standing | None:
        """A change, and what has become of it."""
        return self._standing.get(reference)

    def has_blob(self, blob: Blob) -> bool:
        """Whether the bytes are there, with that length and both digests."""
        return self._blobs.get(blob.sha256) == (blob.length, blob.sha3_256)

    def hold_blob(self, data: bytes) -> None:
        """Keeps the digests of some bytes (not the bytes)."""
        self._blobs[sha256(data).hexdigest()] = len(data), sha3_256(data).hexdigest()

    def add(self, entry: Accepted) -> None:
        """One more entry, that the rules have accepted. Its bytes are not kept."""
        self._add(leaf_hash(entry.data), replace(entry, data=b""))

    def at(self, size: int) -> MemoryLedger:
        """The ledger as it was after the first `size` entries (without blobs)."""
        before = MemoryLedger()
        for index, entry in enumerate(self.accepted[:size]):
            before._add(self.tree.subtree(0, index), entry)
        return before

    def _add(self, leaf: bytes, entry: Accepted) -> None:
        self.tree.add(leaf)
        self.accepted.append(entry)
        self._register = entry.register
        self._key_changes += entry.changes_keys
        self._payloads.add(entry.digest)
        self._holders.update(entry.holders)
        self._halves.update(entry.halves)
        if entry.withdraws is not None:
            self._withdrawn.add(entry.withdraws)
        for placement in entry.placements:
            self._place(placement, corrects=entry.corrects)

    def _place(self, placement: Placement, *, corrects: bool) -> None:
        change = placement.change
        section = self._sections.setdefault(change.section, _Section())
        self._standing[placement.reference] = Standing(change, placement.by)
        section.changes.append(placement.reference)
        if placement.by is not None:
            section.claims[placement.by] = placement.reference
            return
        section.declared = placement.reference.index
        if placement.track is not None:
            section.segments = placement.track
        if change.carries is not None:
            carried = self._standing[change.carries]
            self._standing[change.carries] = (
                replace(carried, corrected=True)
                if corrects
                else replace(carried, carried_to=carried.carried_to | {change.status})
            )
