"""An audit believes the entries alone: whatever else the store says, or no longer says, is damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import LINE, WORDS, CheapScheme, Story, eventful
from merestone.register import store as store_module
from merestone.register.audit import audit
from merestone.register.evidence import Evidence
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import accept
from merestone.register.schema import DERIVED
from merestone.register.state import state
from merestone.register.store import Store


@pytest.fixture(scope="module")
def story() -> Story:
    """Everything has happened."""
    return eventful()


@pytest.fixture
def store(story: Story, tmp_path: Path) -> Iterator[Store]:
    """A store of it with a head of each party and evidence against a third."""
    keys = story.people.keys
    with Store.create(tmp_path / "s.register") as made:
        with made.writing():
            for data in (LINE, WORDS, LINE.replace(b"1}", b"2}")):
                made.hold_blob(data)
            for data in story.entries:
                made.add(accept(made, data, story.people.scheme))
            for slot in (Slot.A, Slot.B):
                made.put_head(slot, Head(made.register, 21, made.root(21), {}).signed(slot, keys[slot.value], 1))
            key = keys["operator"]
            heads = [Head(made.register, 5, bytes([n]) * 32, {}).signed(Slot.OPERATOR, key, n) for n in (1, 2)]
            document = Evidence(Slot.OPERATOR, (key.public, key.public), (heads[0], heads[1])).document()
            made.put_evidence(sha256(document).hexdigest(), document)
        yield made


def test_a_sound_store_gives_its_ledger(story: Story, store: Store) -> None:
    """The same state, told entry by entry."""
    told: list[int] = []
    assert state(audit(store, CheapScheme(), each=told.append)) == state(story.ledger)
    assert told == list(range(1, 22))


def spoiled(store: Store, statement: str) -> None:
    """Another program writes into the file."""
    with sqlite3.connect(store.path) as db:
        assert db.execute(statement).rowcount, "the statement changes something"
    db.close()


@pytest.mark.parametrize("table", [*DERIVED, "entry", "blob"])
def test_a_row_that_is_gone_is_missed(store: Store, table: str) -> None:
    """Of whichever table: the first ones there."""
    column = store._one("SELECT name FROM pragma_table_info(?)", (table,))
    spoiled(store, f"DELETE FROM {table} WHERE {column} = (SELECT min({column}) FROM {table})")  # noqa: S608
    with pytest.raises(RefusedError):
        audit(store, CheapScheme())


@pytest.mark.parametrize(
    ("statement", "rule", "index"),
    [
        ("UPDATE entry SET data = x'00' WHERE idx = 5", Rule.FORM, 5),
        ("UPDATE entry SET payload = 'x' WHERE idx = 5", Rule.LOG, None),
        ("UPDATE blob SET data = x'00'", Rule.LOG, None),
        ("UPDATE segment SET ends = '2099-01-01' WHERE ends = ''", Rule.LOG, None),
        ("UPDATE holder SET title = 'x' WHERE slot = 'a'", Rule.LOG, None),
        ("INSERT INTO withdrawn VALUES ('x', 'a', 3)", Rule.LOG, None),
        ("UPDATE head SET size = 20 WHERE slot = 'a'", Rule.LOG, None),
        ("UPDATE head SET slot = 'operator' WHERE slot = 'a'", Rule.LOG, None),
        ("UPDATE head SET note = x'00' WHERE slot = 'a'", Rule.HEAD, None),
        ("UPDATE evidence SET digest = 'x'", Rule.LOG, None),
        ("UPDATE subtree SET hash = zeroblob(32) WHERE level = 3", Rule.LOG, None),
    ],
)
def test_whatever_else_it_says_is_damage(store: Store, statement: str, rule: Rule, index: int | None) -> None:
    """Entries, blobs, tables, heads and evidence."""
    spoiled(store, statement)
    with refused(rule, index):
        audit(store, CheapScheme())


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (lambda store, key: Head("0" * 64, 3, store.root(3), {}).signed(Slot.A, key, 1), "does not belong to this log"),
        (
            lambda store, key: Head(store.register, 3, bytes(32), {}).signed(Slot.A, key, 1),
            "does not belong to this log",
        ),
        (
            lambda store, key: Head(store.register, 22, bytes(32), {}).signed(Slot.A, key, 1),
            "does not belong to this log",
        ),
        (lambda store, key: Head(store.register, 21, store.root(21), {}).signed(Slot.B, key, 1), "names another key"),
        (
            lambda store, key: Head(store.register, 3, store.root(3), {}).signed(Slot.MEDIATOR, key, 1),
            "nobody held the slot mediator",
        ),
    ],
)
def test_a_head_of_another_log_is_damage(story: Story, store: Store, head: object, why: str) -> None:
    """Of another register, root, size, key, or by a slot that nobody held then."""
    made = head(store, story.people.keys["a"])  # type: ignore[operator]
    (slot,) = made.cosignatures
    with store.writing():
        store._execute("INSERT OR REPLACE INTO head VALUES (?, ?, ?)", (slot.value, made.size, made.note()))
    with pytest.raises(RefusedError) as caught:
        audit(store, CheapScheme())
    assert why in caught.value.why


def test_pages_are_looked_at(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What SQLite finds wrong with its file is told; and a table that cannot be read is a refusal."""
    spoiled(store, "DELETE FROM evidence")
    monkeypatch.setattr(Store, "_one", lambda *_: "row 1 missing from index")
    with refused(Rule.LOG, why="damaged (row 1 missing from index)"):
        store.check_pages()
    store._db.execute("DROP TABLE evidence")
    with refused(Rule.LOG):
        list(store.rows("evidence"))


def test_a_file_system_without_shared_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite stays in another journal mode, no store is made."""
    monkeypatch.setattr(store_module, "SETTINGS", (("journal_mode = MEMORY", "wal"),))
    with refused(Rule.LOG, why="SQLite cannot use journal_mode = MEMORY on this file system"):
        Store.create(tmp_path / "s")
