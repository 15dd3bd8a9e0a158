"""The audit of a store: every entry is judged again from nothing, and all that the store keeps is compared with what follows.

The store answers out of tables that it wrote as entries came in. Here the entries alone are believed, once the rules accept
them: a table that says anything else, or less, is damage, whether a disk, a program or a person did it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha3_256, sha256
from typing import Any, NoReturn, TypeAlias

from merestone.register.evidence import read_evidence
from merestone.register.head import read_head
from merestone.register.keys import Holder, Slot
from merestone.register.ledger import Accepted, MemoryLedger
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import accept
from merestone.register.schema import DERIVED
from merestone.register.signing import Scheme
from merestone.register.store import Store
from merestone.register.track import Segment

Row: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = dict[str, set[Row]]
Tracks: TypeAlias = dict[str, dict[Segment, int]]
"""For each section the segments of its track, each with the entry that began it."""


def audit(store: Store, scheme: Scheme, *, each: Callable[[int], None] = lambda _: None) -> MemoryLedger:
    """The ledger that the store's entries make, replayed from nothing; `each` is told how many are done. Raises `RefusedError`
    for an entry that a rule refuses, and for anything else in the store that is not what follows from the entries."""
    with store.reading():
        store.check_pages()
        ledger = MemoryLedger()
        _hold_blobs(store, ledger)
        follows: Rows = {table: set() for table in DERIVED}
        holders: list[tuple[Slot, int, Holder]] = []
        tracks: Tracks = {}
        for entry in _replayed(store, ledger, scheme):
            _collect(follows, entry)
            _collect_segments(follows, tracks, entry)
            holders.extend((slot, entry.index, holder) for slot, holder in entry.holders)
            each(entry.index + 1)
        _collect_outcome(follows, ledger, tracks)
        for table, rows in follows.items():
            _compare(store, table, rows)
        _check_heads(store, ledger, holders, scheme)
        _check_evidence(store, scheme)
        return ledger


def _hold_blobs(store: Store, ledger: MemoryLedger) -> None:
    for digest, other, length, data in store.rows("blob"):
        if (sha256(data).hexdigest(), sha3_256(data).hexdigest(), len(data)) != (digest, other, length):
            _differs(
                "blob", f"the bytes stored under {digest} do not have this SHA-256, or have another length or SHA3-256"
            )
        ledger.hold_blob(data)


def _replayed(store: Store, ledger: MemoryLedger, scheme: Scheme) -> Iterator[Accepted]:
    for number, (index, data, payload) in enumerate(store.rows("entry")):
        if index != number:
            _differs("entry", f"entry {number} is missing")
        entry = accept(ledger, data, scheme)
        if payload != entry.digest:
            _differs("entry", f"entry {number} is stored with another digest than that of its payload, {entry.digest}")
        ledger.add(entry)
        yield entry


def _collect(follows: Rows, entry: Accepted) -> None:
    """Adds the rows that an entry leaves for good."""
    if entry.changes_keys:
        slots = " ".join(slot.value for slot, _ in entry.holders)
        follows["key_change"].add((entry.index, slots, entry.changes))
    for slot, holder in entry.holders:
        keys = (json.dumps(key.document()) if key else "" for key in (holder.key, holder.root))
        follows["holder"].add((slot.value, entry.index, holder.identity, holder.title, *keys))
    follows["half"].update((half,) for half in entry.halves)
    if entry.withdraws is not None:
        payload, party = entry.withdraws
        follows["withdrawn"].add((payload, party.value, entry.index))
    for placement in entry.placements:
        change, by = placement.change, placement.by.value if placement.by else ""
        line = change.text.line.sha256 if change.text.line else ""
        named = (change.section, by, change.status.value, change.valid_from, change.valid_to, line)
        follows["change"].add((entry.index, placement.reference.change, *named))
        if change.carries is None:
            continue
        carried = (change.carries.index, change.carries.change)
        if entry.corrects:
            follows["corrected"].add((*carried, entry.index))
        else:
            follows["carried"].add((*carried, change.status.value, entry.index))


def _collect_segments(follows: Rows, tracks: Tracks, entry: Accepted) -> None:
    """Adds the segments that an entry takes out of tracks, and remembers those that it begins."""
    for placement in entry.placements:
        if placement.track is None:
            continue
        section = placement.change.section
        before = tracks.get(section, {})
        tracks[section] = {each: before.get(each, entry.index) for each in placement.track}
        gone = before.keys() - tracks[section].keys()
        follows["segment"].update(_segment(section, each, before[each], entry.index) for each in gone)


def _segment(section: str, segment: Segment, since: int, until: int | None) -> Row:
    return section, segment.begin, segment.end, segment.change.index, segment.change.change, since, until


def _collect_outcome(follows: Rows, ledger: MemoryLedger, tracks: Tracks) -> None:
    """Adds the rows that say how things stand after all entries."""
    for level in range(ledger.size.bit_length()):
        hashes = ((level, position, ledger.tree.subtree(level, position)) for position in range(ledger.size >> level))
        follows["subtree"].update(hashes)
    for section in ledger.sections:
        named = min(reference.index for reference, _ in ledger.changes(section))
        follows["section"].add((section, named, ledger.last_declared(section)))
        for by, reference in ledger.claims(section).items():
            follows["claim"].add((section, by.value, reference.index, reference.change))
        now = tracks.get(section, {})
        follows["segment"].update(_segment(section, each, since, None) for each, since in now.items())


def _compare(store: Store, table: str, follows: set[Row]) -> None:
    count = 0
    for row in store.rows(table):
        if row not in follows:
            _differs(table, f"the row that begins with {_named(row)} does not follow from the entries")
        count += 1
    if count != len(follows):
        _differs(table, "1 row is missing" if len(follows) - count == 1 else f"{len(follows) - count} rows are missing")


def _named(row: Row) -> str:
    return ", ".join(each.hex() if isinstance(each, bytes) else str(each) for each in row[:2])


def _check_heads(store: Store, ledger: MemoryLedger, holders: list[tuple[Slot, int, Holder]], scheme: Scheme) -> None:
    for name, size, note in store.rows("head"):
        head = read_head(note)
        if [slot.value for slot in head.cosignatures] != [name] or head.size != size:
            _differs("head", f"the head stored for {name} at size {size} is another head")
        if head.register != ledger.register or not size <= ledger.size or head.root != ledger.root(size):
            _differs("head", f"the head of {name} at size {size} does not belong to this log")
        held = [holder for slot, since, holder in holders if slot.value == name and since < size]
        if not held:
            _differs("head", f"nobody held the slot {name} at size {size}")
        head.check(Slot(name), held[-1].key, scheme)


def _check_evidence(store: Store, scheme: Scheme) -> None:
    for digest, document in store.rows("evidence"):
        if sha256(document).hexdigest() != digest:
            _differs("evidence", f"the evidence stored under {digest} does not have this SHA-256")
        read_evidence(document).check(scheme)


def _differs(table: str, how: str) -> NoReturn:
    raise RefusedError(Rule.LOG, f"the store is damaged: table {table}: {how}; make a new store from a bundle")
