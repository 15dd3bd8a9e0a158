"""The register: verifying a replica from nothing, one more entry, proofs, the state on a date, bundles.

Beside the verification stand the bare signatures: what anybody who verifies the same two hybrid signatures of each act cannot do
without. Run: python -m benchmarks register, or python -m benchmarks.register ACTS for another size (100,000 acts take
some seven minutes to sign).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from types import SimpleNamespace
from typing import cast

from tests.fakes.registers import Delegations

from benchmarks.clock import Row, timed
from merestone.casefile.progress import silent
from merestone.casefile.register.answers import state
from merestone.casefile.register.desk import Desk
from merestone.casefile.register.proving import verify_bundle
from merestone.register import bundle, merkle
from merestone.register.envelope import entry_context, pae, read_envelope
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.objects import Act, Reference, Status, unsigned
from merestone.register.replica import Replica
from merestone.register.rules import accept
from merestone.register.signing import HybridScheme
from merestone.register.store import Store

SECTIONS = 500
ACTS = 2_000
PROOF_ENTRIES = 1_000_000
STATE_ACTS = 100_000
APPENDS = 300
MORE = 26


def rows(acts: int = ACTS) -> Iterator[Row]:
    """One row after another, as they are measured."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        people = Delegations.real()
        entries = _register(people, acts)
        yield from _verifying(people, entries, base, acts)
        yield from _growing(people, entries, base)
        yield from _appending(people, base)
        yield _proof(base)
        yield _state(base)


def _register(people: Delegations, acts: int) -> list[bytes]:
    """A charter and so many acts, two by two: a line is signed, then in force, in the place of the section's former one. Each
    section has twenty lines, one after another."""
    ledger = MemoryLedger(people.blobs)
    entries = [people.chartered(ledger)]
    ledger.add(accept(ledger, entries[0], people.scheme))
    sections = max(acts // 40, 1)
    for number in range(acts):
        act = _act(people, ledger, number, sections)
        data = people.signed(unsigned(act), "a", "b")
        ledger.add(accept(ledger, data, people.scheme))
        entries.append(data)
    return entries


def _act(people: Delegations, ledger: MemoryLedger, number: int, sections: int) -> Act:
    """Act `number` stands at the place after the charter: the even ones are signed, the odd ones bring them into force."""
    pair = number // 2
    section = f"S{pair % sections:05d}"
    if number % 2 == 0:
        return people.act(ledger, people.change(Status.SIGNED, section=section))
    former = ledger.size - 2 * sections
    change = people.change(
        Status.IN_FORCE,
        f"{2000 + pair // sections:04d}-01-01",
        carries=Reference(ledger.size - 1, 0),
        supersedes=(Reference(former, 0),) if former > 0 else (),
        section=section,
    )
    return people.act(ledger, change)


def _heads(people: Delegations, register: str, size: int, root: bytes, *slots: Slot) -> Head:
    head = Head(register, size, root, {})
    for slot in slots:
        head = head.signed(slot, people.keys[slot.value], 0)
    return head


def _written(people: Delegations, path: Path, entries: list[bytes]) -> int:
    tree = merkle.Tree(map(merkle.leaf_hash, entries))
    head = _heads(people, people.register, len(entries), tree.root(), Slot.A, Slot.B, Slot.OPERATOR)
    blobs = sorted((sha256(data).hexdigest(), data) for data in people.blobs)
    contents = bundle.Contents(people.register, blobs, 0, entries, [(head.size, head.note())])
    with path.open("wb") as stream:
        return sum(stream.write(piece) for piece in bundle.written(contents))


def _verifying(people: Delegations, entries: list[bytes], base: Path, acts: int) -> Iterator[Row]:
    path = base / "whole.bundle"
    _written(people, path, entries)

    def ours() -> object:
        with path.open("rb") as stream:
            return verify_bundle(stream, silent)

    envelopes = [read_envelope(data) for data in entries[1:]]
    keys = {name: people.keys[name].public for name in ("a", "b")}
    scheme = HybridScheme()

    def bare() -> None:
        for envelope in envelopes:
            for name, signature in envelope.signatures.items():
                message = pae(envelope.payload_type, envelope.payload)
                scheme.check(keys[name], message, entry_context(people.register, name), signature)

    one, other = timed(ours, 1), timed(bare, 1)
    note = f"{one.processor_s / acts * 1e3:.2f} ms an act, {path.stat().st_size / 2**20:.0f} MiB"
    yield Row(
        "verify a register from nothing",
        f"{acts:,} acts",
        one.processor_s,
        one.wall_s,
        "signatures alone",
        other.processor_s,
        note,
    )


def _growing(people: Delegations, entries: list[bytes], base: Path) -> Iterator[Row]:
    """More entries, one by one, taken in by replicas of several sizes that were closed and opened again, and the bundle that
    brings one. The median: the first after opening reads what the others find read."""
    for size in sorted({len(entries) // 16 + 1, len(entries) // 4, len(entries) - MORE}):
        path = base / f"at-{size}.sqlite"
        tree = merkle.Tree(map(merkle.leaf_hash, entries[: size + MORE]))
        with Store.create(path) as store:
            head = _heads(people, people.register, size, tree.root(size), Slot.OPERATOR)
            Replica(store, people.scheme).take(entries[:size], people.blobs, [head])
        took, carried = [], 0
        with Store.open(path) as store:
            replica = Replica(store, people.scheme)
            for at in range(size, size + MORE):
                head = _heads(people, people.register, at + 1, tree.root(at + 1), Slot.OPERATOR)
                took.append(timed(lambda r=replica, d=entries[at], h=head: r.take([d], (), [h]), 1))
                contents = bundle.Contents(people.register, (), at, [entries[at]], [(at + 1, head.note())])
                carried = max(carried, sum(map(len, bundle.written(contents))))
        processor_s, wall_s = median(each.processor_s for each in took), median(each.wall_s for each in took)
        path.unlink()
        yield Row("take in one more entry", f"of {size:,}", processor_s, wall_s, note=f"bundle of {carried:,} bytes")


def _appending(people: Delegations, base: Path) -> Iterator[Row]:
    with Store.create(base / "appends.sqlite") as store:
        replica = Replica(store, people.scheme)
        replica.append(people.chartered(store), people.blobs, people.keys["operator"], 0)
        walls = []
        began = time.process_time()
        for number in range(APPENDS):
            act = people.claim(store, Slot.A, people.change(Status.CLAIMED, section=f"C{number}"))
            data = people.signed(unsigned(act), "a")
            clock = time.perf_counter()
            replica.append(data, (), people.keys["operator"], 0)
            walls.append(time.perf_counter() - clock)
        spent = (time.process_time() - began) / APPENDS
    p99 = quantiles(walls, n=100)[98]
    note = f"p50 {median(walls) * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms on the wall, with the operator's head"
    yield Row("durable append", f"{APPENDS} appends", spent, median(walls), note=note)


def _proof(base: Path) -> Row:
    """An inclusion proof out of a store's table of hashes, filled for a million leaves."""
    tree = merkle.Tree(merkle.leaf_hash(number.to_bytes(8, "big")) for number in range(PROOF_ENTRIES))
    with Store.create(base / "proofs.sqlite") as store:
        levels = [(level, PROOF_ENTRIES >> level) for level in range(PROOF_ENTRIES.bit_length())]
        hashes = ((level, at, tree.subtree(level, at)) for level, count in levels for at in range(count))
        with store.writing():
            store._db.executemany("INSERT INTO subtree VALUES (?, ?, ?)", hashes)
        asked = range(7, PROOF_ENTRIES, PROOF_ENTRIES // 500)
        made = timed(lambda: [merkle.inclusion_proof(index, PROOF_ENTRIES, store.subtree) for index in asked], 3)
        path = merkle.inclusion_proof(12_345, PROOF_ENTRIES, store.subtree)
        merkle.check_inclusion(12_345, PROOF_ENTRIES, tree.subtree(0, 12_345), path, tree.root())
    count = len(asked)
    return Row(
        "inclusion proof",
        "1,000,000 entries",
        made.processor_s / count,
        made.wall_s / count,
        note=f"{32 * len(path)} bytes",
    )


def _state(base: Path) -> Row:
    """The state of all sections on a date at a size, in a table of 100,000 changes of so many sections: each line is followed
    by another a year later, so that every change leaves two segments."""
    with Store.create(base / "state.sqlite") as store:
        with store.writing():
            for statement, rows in _changes():
                store._db.executemany(statement, rows)
        places = [
            (f"{year}-06-01", size) for year in (1901, 1950, 2050, 2099) for size in (500, 5_000, 50_000, 100_000)
        ]
        desk = cast("Desk", SimpleNamespace(store=store))
        asked = timed(lambda: [state(desk, day, size) for day, size in places], 3)
        slowest = max(timed(lambda p=place: state(desk, *p), 3).wall_s for place in places)
    count = len(places)
    note = f"{SECTIONS} sections; slowest {slowest * 1e3:.0f} ms"
    return Row(
        "state on a date, as known at a size",
        "100,000 acts",
        asked.processor_s / count,
        asked.wall_s / count,
        note=note,
    )


def _changes() -> Iterator[tuple[str, Iterator[tuple[object, ...]]]]:
    """Statements that fill the tables of `_state`, with their rows."""

    def year(index: int) -> str:
        return f"{1900 + index // SECTIONS:04d}-01-01"

    def lives(index: int) -> Iterator[tuple[object, ...]]:
        after = index + SECTIONS if index + SECTIONS < STATE_ACTS else None
        place = f"S{index % SECTIONS:03d}", year(index)
        yield (*place, "", index, 0, index, after)
        if after is not None:
            yield (*place, year(after), index, 0, after, None)

    named = ((f"S{number:03d}", number, 0) for number in range(SECTIONS))
    yield "INSERT INTO section VALUES (?, ?, ?)", named
    status = Status.IN_FORCE.value
    changes = ((i, 0, f"S{i % SECTIONS:03d}", "", status, year(i), "", "0" * 64) for i in range(STATE_ACTS))
    yield "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)", changes
    yield "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?)", (row for i in range(STATE_ACTS) for row in lives(i))


def main() -> None:
    """The rows alone, for a size from the command line."""
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else ACTS):
        peer = f", {row.peer} {row.peer_s:.4g} s" if row.peer_s else ""
        print(f"{row.what}, {row.size}: {row.ours_s:.4g} s (wall {row.wall_s:.4g} s){peer}; {row.note}", flush=True)


if __name__ == "__main__":
    main()
