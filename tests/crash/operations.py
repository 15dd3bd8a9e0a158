"""Every kind of thing that a replica writes, each with the store before it: what the tests of this folder interrupt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from fakes.registers import CheapKey, CheapScheme, Delegations
from merestone.register.audit import audit
from merestone.register.head import Head, read_head
from merestone.register.keys import Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.objects import Content, KeyChangeKind, Kind, Reference, Status, unsigned
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import ForkError, Replica
from merestone.register.rules import accept
from merestone.register.schema import ORDER
from merestone.register.store import Store

SECONDS = 1_700_000_000
SCHEME = CheapScheme()
SUFFIXES = ("", "-wal", "-shm", "-journal")

Files: TypeAlias = dict[str, bytes]
"""The files of a store by what stands after its name."""

Contents: TypeAlias = tuple[tuple[Any, ...], ...]
"""All rows of all tables."""


class History:
    """A register of every kind of entry, and the heads of the operator."""

    def __init__(self) -> None:
        self.people = Delegations.cheap()
        self.ledger = MemoryLedger(self.people.blobs)
        self.names: list[str] = []
        self.heads: list[Head] = []
        self.entries: list[bytes] = []
        self._write()

    def put_bytes(self, name: str, data: bytes) -> Reference:
        """One more entry with the operator's head."""
        self.ledger.add(accept(self.ledger, data, SCHEME))
        self.names.append(name)
        self.entries.append(data)
        self.heads.append(self.head(Slot.OPERATOR))
        return Reference(self.ledger.size - 1, 0)

    def head(self, slot: Slot, root: bytes | None = None) -> Head:
        """A slot's head of the present state; with another root, of another history."""
        size = self.ledger.size
        head = Head(self.ledger.register, size, root or self.ledger.root(size), {})
        return head.signed(slot, self.people.keys[slot.value], SECONDS)

    def put(self, name: str, content: Content, *signers: str, **keys: CheapKey) -> Reference:
        """One more entry, signed by both parties or by those named."""
        return self.put_bytes(name, self.people.signed(unsigned(content), *(signers or ("a", "b")), keys=keys))

    def _write(self) -> None:
        people, ledger, change = self.people, self.ledger, self.people.change
        self.put_bytes("charter", people.chartered(ledger))
        self.put("claim", people.claim(ledger, Slot.A, change(Status.CLAIMED)), "a")
        force = {}
        for section in ("S1", "S2"):
            signed = self.put("step", people.act(ledger, change(Status.SIGNED, section=section)))
            in_force = change(Status.IN_FORCE, "2026-01-01", carries=signed, section=section)
            force[section] = self.put("step in force", people.act(ledger, in_force))
        signed = self.put("step", people.act(ledger, *(change(Status.SIGNED, section=section) for section in force)))
        parts = [
            change(
                Status.IN_FORCE,
                "2027-01-01",
                carries=Reference(signed.index, number),
                supersedes=(force[section],),
                section=section,
            )
            for number, section in enumerate(force)
        ]
        exchange = self.put("exchange", people.act(ledger, *parts, kind=Kind.EXCHANGE))
        text = people.text(tolerance_um=2_000)
        corrected = change(Status.IN_FORCE, "2027-01-01", carries=exchange, supersedes=(exchange,), text=text)
        self.put("correction", people.act(ledger, corrected, kind=Kind.CORRECTION))
        key = CheapKey(bytes(range(32)))
        rotation = people.key_change(ledger, KeyChangeKind.ROTATE, Slot.A, key.public)
        self.put("key change", rotation, "a", "new", new=key)
        self.put("withdrawal", people.withdrawal(ledger, "0" * 64, Slot.B), "b")

    def fill(self, path: Path, size: int) -> None:
        """A store of the first entries."""
        with Store.create(path) as store:
            replica = Replica(store, SCHEME)
            for data in self.entries[:size]:
                replica.append(data, self.people.blobs, self.people.keys["operator"], SECONDS)

    def claim_after(self, size: int, number: int = 0) -> bytes:
        """A claim of B that any of these stores of at least one entry takes."""
        ledger = MemoryLedger(self.people.blobs)
        for data in self.entries[:size]:
            ledger.add(accept(ledger, data, SCHEME))
        change = self.people.change(Status.CLAIMED, section=f"N{number}")
        act = self.people.claim(ledger, Slot.B, change, nonce=f"{number:032x}", title="next")
        return self.people.signed(unsigned(act), "b")


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of writing: the number of entries before it, and what it does with a store that is open (None: it makes
    the store). `again` are the rules by which it may be refused once it is done."""

    name: str
    before: int
    act: Callable[[Replica], object] | None
    again: frozenset[Rule] = frozenset()
    wal_is_left: bool = False

    def perform(self, path: Path) -> None:
        """Does it. What comes back is acknowledged; raises `RefusedError` for all else."""
        if self.act is None:
            Store.create(path).close()
            return
        with Store.open(path) as store:
            self.act(Replica(store, SCHEME))


def operations(history: History) -> dict[str, Operation]:
    """All kinds of writing by name."""
    people = history.people
    operator = people.keys["operator"]
    last = len(history.entries)
    once = frozenset({Rule.ONCE, Rule.PLACE})

    def appending(data: bytes) -> Callable[[Replica], object]:
        return lambda replica: replica.append(data, people.blobs, operator, SECONDS)

    def stubborn(replica: Replica) -> object:
        try:
            return replica.append(history.entries[2], people.blobs, operator, SECONDS)
        except RefusedError as refusal:
            if refusal.rule in once:
                raise
            return replica.append(history.entries[2], people.blobs, operator, SECONDS)

    def taking(replica: Replica) -> object:
        size = replica.store.size
        return replica.take(history.entries[size:], people.blobs, history.heads[size:])

    def forked(replica: Replica) -> object:
        try:
            return replica.receive(history.head(Slot.OPERATOR, bytes(32)))
        except ForkError as fork:
            return fork.evidence

    kinds = {
        name: Operation(name, index, appending(history.entries[index]), once)
        for index, name in reversed(list(enumerate(history.names)))
    }
    made = [
        Operation("creation", 0, None, frozenset({Rule.LOG})),
        *reversed(kinds.values()),
        Operation("step after a crash", 2, appending(history.entries[2]), once, wal_is_left=True),
        Operation("step, again at once", 2, stubborn, once),
        Operation("take", last - 3, taking),
        Operation("cosign", last, lambda replica: replica.cosign(Slot.B, people.keys["b"], SECONDS)),
        Operation("receive", last, lambda replica: replica.receive(read_head(history.head(Slot.B).note()))),
        Operation("evidence", last, forked),
    ]
    return {each.name: each for each in made}


def files(path: Path, suffixes: Iterable[str] = SUFFIXES) -> Files:
    """The files of a store as they are."""
    named = {suffix: path.with_name(path.name + suffix) for suffix in suffixes}
    return {suffix: each.read_bytes() for suffix, each in named.items() if each.exists()}


def lay_out(found: Files, path: Path) -> None:
    """Makes the files of a store be these and no others."""
    for suffix in SUFFIXES:
        each = path.with_name(path.name + suffix)
        if suffix in found:
            each.write_bytes(found[suffix])
        else:
            each.unlink(missing_ok=True)


def before(history: History, operation: Operation, path: Path) -> Files:
    """The files that the operation finds; none for a creation. They are gone from `path` afterwards."""
    if operation.act is None:
        return {}
    history.fill(path, operation.before - operation.wal_is_left)
    if operation.wal_is_left:
        with Store.open(path) as store:
            data = history.entries[operation.before - 1]
            Replica(store, SCHEME).append(data, (), history.people.keys["operator"], SECONDS)
            found = files(path, ("", "-wal"))
    else:
        found = files(path)
    lay_out({}, path)
    return found


_READS = [f"SELECT '{table}', * FROM {table} ORDER BY {order}" for table, order in ORDER.items()]  # noqa: S608


def contents(store: Store) -> Contents:
    """All rows of all tables, after SQLite has found the file to be whole."""
    store.check_pages()
    with store.reading():
        return tuple(row for read in _READS for row in store._execute(read))


def audited(path: Path) -> Contents:
    """All rows of all tables of a store that an audit accepts."""
    with Store.open(path) as store:
        audit(store, SCHEME)
        return contents(store)


def refused(action: Callable[[], object]) -> Rule | None:
    """The rule by which an action was refused; None if it was done."""
    try:
        action()
    except RefusedError as refusal:
        return refusal.rule
    return None
