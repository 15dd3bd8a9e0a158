"""The store of one replica: a file of SQLite that is never half written, and answers what the rules ask.

WAL with `synchronous=EXTRA`: an entry that was acknowledged survives a loss of power (Python's default journal does not
promise it). Writers are kept apart by `BEGIN IMMEDIATE`. This module and no other of the register reads and writes files.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha3_256, sha256
from pathlib import Path
from typing import Any, NoReturn

from merestone.register import merkle, schema
from merestone.register.envelope import read_envelope
from merestone.register.head import Head, read_head
from merestone.register.keys import PARTIES, Holder, PublicKey, Slot, read_key
from merestone.register.ledger import Accepted, Placement, Standing
from merestone.register.objects import Act, Blob, Content, KeyChange, KeyChangeKind, Reference, Status, read_content
from merestone.register.refusal import NoRegisterError, RefusedError, Rule, StoreFailedError
from merestone.register.track import Segment, exchanged

PATIENCE_S = 30.0
"""How long a writer waits for another one, in seconds."""

LEAST_FREE_BYTES = 64 * 1024
"""With less free room than this a store cannot even be opened."""

TROUBLE = (sqlite3.Error, UnicodeDecodeError)
"""What `sqlite3` raises; the second where a damaged file makes it say something that is no text."""


@lru_cache(maxsize=64)
def _key(text: str) -> PublicKey:
    """A key as the store keeps it."""
    return read_key(json.loads(text), "")


@dataclass(frozen=True, slots=True)
class Held:
    """What holds for a section on a day: the status, the change, and the SHA-256 of its line (empty where it has none)."""

    status: Status
    reference: Reference
    line: str


class Store:
    """One replica's entries, blobs and heads, and what follows from them. Use as a context manager; one thread at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    @staticmethod
    def create(path: Path) -> Store:
        """A new, empty store. Raises `RefusedError` if something is there already; the empty file that an interrupted
        creation leaves is nothing, and is taken over."""
        with _opened(path, "rwc") as db:
            _check_nothing_there(path, db)
            _configure(path, db, SETTINGS)
            store = Store(path, db)
            with store.writing():
                _check_nothing_there(path, db)
                db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {schema.VERSION}")
                for statement in schema.STATEMENTS:
                    db.execute(statement)
            return store

    @staticmethod
    def open(path: Path) -> Store:
        """The store in a file; one that cannot be written, as on a read-only medium, is opened to be read. Raises `RefusedError` if
        there is none, it is another's or damaged, or it cannot be read safely."""
        try:
            writable = not path.is_file() or _is_writable(path)
            if not writable:
                _check_at_rest(path)
        except OSError as trouble:
            _refuse(path, trouble)
        with _opened(path, "rw" if writable else "ro&immutable=1") as db:
            application, version = _made_by(db)
            if application != schema.APPLICATION_ID:
                raise RefusedError(Rule.LOG, f"{path}: this is not the store of a register")
            if version != schema.VERSION:
                raise RefusedError(
                    Rule.LOG,
                    f"{path}: another version of Merestone wrote this store (its tables have version {version}, and this program "
                    f"uses version {schema.VERSION}): make a new store from a bundle, which every version reads",
                )
            _configure(path, db, SETTINGS if writable else READING)
            return Store(path, db)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside is written, durably, or nothing is."""
        self._execute("BEGIN IMMEDIATE")
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment."""
        self._execute("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):  # whatever could not be rolled back now is when the file is next opened
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _execute(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(statement, values).fetchall()
        except TROUBLE as trouble:
            _refuse(self.path, trouble)

    def _row(self, statement: str, values: tuple[Any, ...] = ()) -> tuple[Any, ...] | None:
        rows = self._execute(statement, values)
        return rows[0] if rows else None

    @contextmanager
    def _intact(self) -> Iterator[None]:
        """What stands in a table that follows from the entries is read inside; if it is nothing of ours, the file is damaged."""
        try:
            yield
        except (ValueError, IndexError) as trouble:
            raise RefusedError(Rule.LOG, f"{self.path}: the store is damaged: {trouble}") from trouble

    def _one(self, statement: str, values: tuple[Any, ...] = ()) -> Any:
        row = self._row(statement, values)
        return None if row is None else row[0]

    # ---- what the rules ask (see `ledger.Ledger`) ------------------------------------------------------------------

    @property
    def size(self) -> int:
        """How many entries there are."""
        return int(self._one("SELECT coalesce(max(idx) + 1, 0) FROM entry"))

    @property
    def register(self) -> str:
        """The register's identity; the empty string before there is a charter."""
        return str(self._one("SELECT payload FROM entry WHERE idx = 0") or "")

    @property
    def key_changes(self) -> int:
        """How many entries are a charter or a change of keys."""
        return int(self._one("SELECT count(*) FROM key_change"))

    def key_changes_in(self, slot: Slot, kinds: frozenset[KeyChangeKind]) -> int:
        """How many entries are the charter or a change of these kinds in a slot."""
        rows = self._execute("SELECT what FROM key_change WHERE slots = ?", (slot.value,))
        return min(self.key_changes, 1) + sum(what in kinds for (what,) in rows)

    def subtree(self, level: int, position: int) -> bytes:
        """The hash of a complete subtree."""
        found = self._one("SELECT hash FROM subtree WHERE level = ? AND position = ?", (level, position))
        if found is None:
            raise RefusedError(Rule.LOG, f"{self.path}: the store is damaged: hash {level}/{position} is missing")
        return bytes(found)

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries."""
        return merkle.root(size, self.subtree)

    def holder(self, slot: Slot) -> Holder | None:
        """Who stands in a slot now."""
        return self.holder_at(slot, self.size)

    def holder_at(self, slot: Slot, size: int) -> Holder | None:
        """Who stands in a slot after the first `size` entries."""
        row = self._row(
            "SELECT identity, title, key, root FROM holder WHERE slot = ? AND since < ? ORDER BY since DESC LIMIT 1",
            (slot.value, size),
        )
        if row is None:
            return None
        with self._intact():
            root = _key(row[3]) if row[3] else None
            return Holder(row[0], row[1], _key(row[2]), root)

    def keys_of(self, slot: Slot) -> tuple[PublicKey, ...]:
        """Every signing key that a slot has had, the newest first."""
        rows = self._execute("SELECT key FROM holder WHERE slot = ? ORDER BY since DESC", (slot.value,))
        with self._intact():
            return tuple(dict.fromkeys(_key(row[0]) for row in rows))

    def changes_in(self, slot: Slot) -> tuple[tuple[int, KeyChange], ...]:
        """The changes of keys in a slot, with their indices, in order."""
        rows = self._execute("SELECT idx FROM key_change WHERE slots = ? ORDER BY idx", (slot.value,))
        found = ((index, self.content(index)) for (index,) in rows)
        return tuple((index, content) for index, content in found if isinstance(content, KeyChange))

    def knows_half(self, half: bytes) -> bool:
        """Whether half of a key was ever in this register."""
        return self._one("SELECT 1 FROM half WHERE half = ?", (half,)) is not None

    def has_payload(self, digest: str) -> bool:
        """Whether an entry has this payload."""
        return self._one("SELECT 1 FROM entry WHERE payload = ?", (digest,)) is not None

    def withdrawn_by(self, digest: str) -> frozenset[Slot]:
        """The parties whose withdrawals name this payload."""
        rows = self._execute("SELECT by FROM withdrawn WHERE payload = ?", (digest,))
        with self._intact():
            return frozenset(Slot(by) for (by,) in rows)

    def last_declared(self, section: str) -> int:
        """The index of the last act, claims apart, that changes a section; -1 if none does."""
        found = self._one("SELECT declared FROM section WHERE name = ?", (section,))
        return -1 if found is None else int(found)

    def last_claimed(self, section: str, by: Slot) -> int:
        """The index of the last claim of a party on a section; -1 if there is none."""
        found = self.claim(section, by)
        return -1 if found is None else found.index

    def claim(self, section: str, by: Slot) -> Reference | None:
        """The claim of a party on a section that stands."""
        row = self._row("SELECT idx, number FROM claim WHERE section = ? AND by = ?", (section, by.value))
        return None if row is None else Reference(*row)

    def segments(self, section: str) -> tuple[Segment, ...]:
        """The track of force of a section."""
        rows = self._execute(
            "SELECT begins, ends, idx, number FROM segment WHERE section = ? AND until IS NULL ORDER BY begins",
            (section,),
        )
        return tuple(Segment(begins, ends, Reference(idx, number)) for begins, ends, idx, number in rows)

    def standing(self, reference: Reference) -> Standing | None:
        """A change, and what has become of it."""
        place = (reference.index, reference.change)
        by = self._one("SELECT by FROM change WHERE idx = ? AND number = ?", place)
        if by is None:
            return None
        carried = self._execute("SELECT to_status FROM carried WHERE idx = ? AND number = ?", place)
        corrected = self._one("SELECT 1 FROM corrected WHERE idx = ? AND number = ?", place)
        act = self.content(reference.index)
        if not isinstance(act, Act):
            raise RefusedError(Rule.LOG, f"{self.path}: the store is damaged: entry {reference.index} is not an act")
        with self._intact():
            return Standing(
                act.changes[reference.change],
                Slot(by) if by else None,
                frozenset(Status(row[0]) for row in carried),
                corrected is not None,
            )

    def has_blob(self, blob: Blob) -> bool:
        """Whether the bytes are there, with that length and both digests."""
        found = self._row("SELECT length, sha3_256 FROM blob WHERE sha256 = ?", (blob.sha256,))
        return found == (blob.length, blob.sha3_256)

    # ---- entries, blobs, heads ----------------------------------------------------------------------------------------

    def entry(self, index: int) -> bytes:
        """The bytes of an entry, whose hash is what it was when it was written. Raises `RefusedError`."""
        data = self._one("SELECT data FROM entry WHERE idx = ?", (index,))
        if data is None:
            raise RefusedError(Rule.LOG, f"there is no entry {index}")
        if merkle.leaf_hash(data) != self.subtree(0, index):
            raise RefusedError(
                Rule.LOG, f"{self.path}: the store is damaged: entry {index} has changed since it was stored", index
            )
        return bytes(data)

    def entries(self, first: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes of entries `first` to `end` (exclusive, all by default)."""
        for index in range(first, self.size if end is None else end):
            yield self.entry(index)

    def content(self, index: int) -> Content:
        """What an entry holds."""
        return read_content(read_envelope(self.entry(index)))

    def blob(self, digest: str) -> bytes:
        """The bytes with a SHA-256, which they still have. Raises `RefusedError`."""
        data = self._one("SELECT data FROM blob WHERE sha256 = ?", (digest,))
        if data is None:
            raise RefusedError(Rule.BLOBS, f"the bytes with the SHA-256 {digest} are missing")
        if sha256(data).hexdigest() != digest:
            raise RefusedError(
                Rule.LOG, f"{self.path}: the store is damaged: the bytes stored under {digest} have another SHA-256"
            )
        return bytes(data)

    def blobs(self) -> tuple[str, ...]:
        """The digests of all bytes held, in order."""
        return tuple(row[0] for row in self._execute("SELECT sha256 FROM blob ORDER BY sha256"))

    def hold_blob(self, data: bytes) -> None:
        """Keeps some bytes; those that are here already are not written again."""
        self._execute(
            "INSERT OR IGNORE INTO blob (sha256, sha3_256, length, data) VALUES (?, ?, ?, ?)",
            (sha256(data).hexdigest(), sha3_256(data).hexdigest(), len(data), data),
        )

    def add(self, entry: Accepted) -> None:
        """One more entry, that the rules have accepted."""
        self._execute(
            "INSERT INTO entry (idx, data, payload) VALUES (?, ?, ?)", (entry.index, entry.data, entry.digest)
        )
        for level, position, hashed in merkle.new_subtrees(entry.index, merkle.leaf_hash(entry.data), self.subtree):
            self._execute("INSERT INTO subtree VALUES (?, ?, ?)", (level, position, hashed))
        if entry.changes_keys:
            slots = " ".join(slot.value for slot, _ in entry.holders)
            self._execute("INSERT INTO key_change VALUES (?, ?, ?)", (entry.index, slots, entry.changes))
        for slot, holder in entry.holders:
            keys = [json.dumps(key.document()) if key else "" for key in (holder.key, holder.root)]
            row = (slot.value, entry.index, holder.identity, holder.title, *keys)
            self._execute("INSERT INTO holder VALUES (?, ?, ?, ?, ?, ?)", row)
        for half in entry.halves:
            self._execute("INSERT INTO half VALUES (?)", (half,))
        if entry.withdraws is not None:
            payload, by = entry.withdraws
            self._execute("INSERT INTO withdrawn VALUES (?, ?, ?)", (payload, by.value, entry.index))
        for placement in entry.placements:
            self._place(placement, corrects=entry.corrects)

    def _place(self, placement: Placement, *, corrects: bool) -> None:
        change, (idx, number) = placement.change, (placement.reference.index, placement.reference.change)
        by = placement.by.value if placement.by else ""
        line = change.text.line.sha256 if change.text.line else ""
        row = (idx, number, change.section, by, change.status.value, change.valid_from, change.valid_to, line)
        self._execute("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._execute("INSERT OR IGNORE INTO section VALUES (?, ?, -1)", (change.section, idx))
        if by:
            self._execute("INSERT OR REPLACE INTO claim VALUES (?, ?, ?, ?)", (change.section, by, idx, number))
            return
        self._execute("UPDATE section SET declared = ? WHERE name = ?", (idx, change.section))
        if placement.track is not None:
            self._lay(change.section, placement.track, idx)
        if change.carries is not None:
            carried = (change.carries.index, change.carries.change)
            if corrects:
                self._execute("INSERT INTO corrected VALUES (?, ?, ?)", (*carried, idx))
            else:
                self._execute("INSERT INTO carried VALUES (?, ?, ?, ?)", (*carried, change.status.value, idx))

    def _lay(self, section: str, track: tuple[Segment, ...], at: int) -> None:
        """The track of a section as the entry `at` makes it: what is gone ends there, what is new begins there."""
        gone, new = exchanged(self.segments(section), track)
        for each in gone:
            place = (at, section, each.begin)
            self._execute("UPDATE segment SET until = ? WHERE section = ? AND begins = ? AND until IS NULL", place)
        for each in new:
            row = (section, each.begin, each.end, each.change.index, each.change.change, at)
            self._execute("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, NULL)", row)

    def put_head(self, slot: Slot, head: Head) -> None:
        """Keeps a slot's cosignature on a head; one that is here already stays."""
        note = head.only(slot).note()
        self._execute("INSERT OR IGNORE INTO head (slot, size, note) VALUES (?, ?, ?)", (slot.value, head.size, note))

    def head(self, slot: Slot, size: int | None = None) -> Head | None:
        """A slot's head of a size, of the largest by default."""
        if size is None:
            size = self._one("SELECT max(size) FROM head WHERE slot = ?", (slot.value,))
        note = self._one("SELECT note FROM head WHERE slot = ? AND size = ?", (slot.value, size))
        return None if note is None else read_head(note)

    def heads(self, since: int = 0) -> tuple[Head, ...]:
        """Heads of at least `since` entries, and the last of each slot, by size, each with every cosignature known."""
        found: dict[int, Head] = {}
        rows = self._execute(
            "SELECT note FROM head AS one WHERE size >= ? OR size ="
            " (SELECT max(size) FROM head AS other WHERE other.slot = one.slot) ORDER BY size, slot",
            (since,),
        )
        for (note,) in rows:
            head = read_head(note)
            found[head.size] = found[head.size].joined(head) if head.size in found else head
        return tuple(found.values())

    @property
    def agreed_size(self) -> int:
        """The smaller of the largest sizes that both parties have cosigned; 0 if one has cosigned none."""
        sizes = [self._one("SELECT max(size) FROM head WHERE slot = ?", (slot.value,)) or 0 for slot in PARTIES]
        return int(min(sizes))

    def put_evidence(self, digest: str, document: bytes) -> None:
        """Keeps evidence of a conflict."""
        self._execute("INSERT OR IGNORE INTO evidence VALUES (?, ?)", (digest, document))

    def evidence(self) -> tuple[bytes, ...]:
        """All evidence of conflicts."""
        return tuple(bytes(row[0]) for row in self._execute("SELECT document FROM evidence ORDER BY digest"))

    # ---- what an audit asks ---------------------------------------------------------------------------------------------

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """All rows of one of `schema`'s tables as they stand in the file, in the order of their keys."""
        order = schema.ORDER[table]
        try:
            yield from self._db.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 -- names of our own
        except TROUBLE as trouble:
            _refuse(self.path, trouble)

    def check_pages(self) -> None:
        """Raises `RefusedError` unless the file is whole as SQLite sees it, and has our tables and nothing beside them."""
        answer = self._one("PRAGMA integrity_check(1)")
        if answer == "ok":
            made = self._execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
            answer = (
                "ok"
                if [row[0] for row in made] == list(schema.STATEMENTS)
                else "its tables are not those of a register"
            )
        if answer != "ok":
            raise RefusedError(
                Rule.LOG, f"{self.path}: the store is damaged ({answer}); make a new store from a bundle"
            )

    # ---- answers --------------------------------------------------------------------------------------------------------

    def sections(self, size: int) -> tuple[str, ...]:
        """The sections that a change among the first `size` entries names, in order."""
        rows = self._execute("SELECT name FROM section WHERE named < ? ORDER BY name", (size,))
        return tuple(row[0] for row in rows)

    def in_force(self, day: str, size: int) -> dict[str, Held]:
        """For each section the change that holds on a day, as known after `size` entries. Of each section's segments the
        rows are read backwards from the day, to the first that was there at that size and has the day."""
        rows = self._execute(
            "SELECT section.name, change.status, change.idx, change.number, change.line FROM section JOIN segment"
            " ON (segment.section, segment.begins, segment.since) ="
            " (SELECT section, begins, since FROM segment WHERE section = section.name AND begins <= ?1 AND since < ?2"
            " AND (ends = '' OR ends > ?1) AND (until IS NULL OR until >= ?2) ORDER BY begins DESC, since DESC LIMIT 1)"
            " JOIN change ON (change.idx, change.number) = (segment.idx, segment.number) ORDER BY section.name",
            (day, size),
        )
        with self._intact():
            return {
                name: Held(Status(status), Reference(idx, number), line) for name, status, idx, number, line in rows
            }

    def history(self, section: str, size: int) -> tuple[tuple[Reference, Slot | None, Status, str, str], ...]:
        """All changes of a section among the first `size` entries: place, claimant, status, from, to."""
        rows = self._execute(
            "SELECT idx, number, by, status, begins, ends FROM change WHERE section = ? AND idx < ? ORDER BY idx, number",
            (section, size),
        )
        with self._intact():
            return tuple(
                (Reference(row[0], row[1]), Slot(row[2]) if row[2] else None, Status(row[3]), row[4], row[5])
                for row in rows
            )

    def closed_by(self, reference: Reference, size: int) -> tuple[int, ...]:
        """The entries among the first `size` that carry a change on or correct it."""
        place = (reference.index, reference.change, size)
        rows = self._execute(
            "SELECT at FROM carried WHERE idx = ?1 AND number = ?2 AND at < ?3 UNION"
            " SELECT at FROM corrected WHERE idx = ?1 AND number = ?2 AND at < ?3 ORDER BY at",
            place,
        )
        return tuple(row[0] for row in rows)


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """A connection, which is closed again if what is done with it at once fails."""
    try:
        if mode != "rwc" and not path.is_file():
            raise NoRegisterError(
                Rule.LOG, f"{path}: there is no register here: `init` begins one, `sync` makes a copy of one"
            )
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        db = sqlite3.connect(uri, uri=True, timeout=PATIENCE_S, isolation_level=None)
        try:
            yield db
        except BaseException:
            db.close()
            raise
    except (*TROUBLE, OSError) as trouble:
        _refuse(path, trouble)


SETTINGS = (
    ("trusted_schema = OFF", None),
    ("cell_size_check = ON", None),
    ("synchronous = EXTRA", None),
    ("journal_mode = WAL", "wal"),
)
"""What every connection is told, and what it must answer: SQLite leaves a journal mode as it was where it cannot be had."""


READING = (*SETTINGS[:2], ("query_only = ON", None))
"""What a connection is told that only reads."""


def _is_writable(path: Path) -> bool:
    """Whether a store can be written, and the files that SQLite lays beside it while it is open."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _check_at_rest(path: Path) -> None:
    """Raises `StoreFailedError` unless all of a store that is only read is in its one file: what a writer has open, or was torn from,
    lies in a file beside it, which cannot be taken in here."""
    beside = path.with_name(f"{path.name}-wal")
    if beside.exists():
        raise StoreFailedError(
            Rule.LOG,
            f"{path}: it cannot be written here, and part of it is still in {beside.name}: a program has it open, or it was copied "
            "while open. Copy the folder to a place where it can be written",
        )


def _configure(path: Path, db: sqlite3.Connection, settings: tuple[tuple[str, str | None], ...]) -> None:
    for setting, answer in settings:
        row = db.execute(f"PRAGMA {setting}").fetchone()
        if answer is not None and row != (answer,):
            raise RefusedError(
                Rule.LOG, f"{path}: SQLite cannot use {setting} on this file system: put the register on another one"
            )


def _made_by(db: sqlite3.Connection) -> tuple[int, int]:
    return db.execute("PRAGMA application_id").fetchone()[0], db.execute("PRAGMA user_version").fetchone()[0]


def _check_nothing_there(path: Path, db: sqlite3.Connection) -> None:
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables or _made_by(db) != (0, 0):
        raise RefusedError(Rule.LOG, f"{path}: a register or another database is already here")


def _cause(path: Path) -> str:
    """What SQLite does not say: a folder that cannot be written, or a full disk."""
    with suppress(OSError):
        if path.is_file() and not _is_writable(path):
            return "this file or its folder can only be read: copy the folder to a place where it can be written"
        if shutil.disk_usage(path.parent).free < LEAST_FREE_BYTES:
            return "the disk is full"
    return ""


def _refuse(path: Path, trouble: Exception) -> NoReturn:
    """What SQLite could not do, as a refusal. A write that failed at its very end may be found stored when the file is opened
    again; done again, it is not stored twice."""
    if isinstance(trouble, sqlite3.OperationalError | OSError):
        raise StoreFailedError(
            Rule.LOG,
            f"{path}: {_cause(path) or trouble}; nothing was acknowledged: remove the cause, then run the command again",
        ) from trouble
    raise RefusedError(
        Rule.LOG, f"{path}: the store is damaged ({trouble}); make a new store from a bundle"
    ) from trouble
