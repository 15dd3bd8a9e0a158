"""An audit finds whatever a store says that does not follow from its entries."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crash.operations import SCHEME, SECONDS, History
from merestone.register.audit import audit
from merestone.register.keys import Slot
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import ForkError, Replica
from merestone.register.schema import ORDER
from merestone.register.state import state
from merestone.register.store import Store

HISTORY = History()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a row in every table but one that a damaged copy is made of."""
    path = tmp_path_factory.mktemp("audit") / "store"
    HISTORY.fill(path, len(HISTORY.entries))
    with Store.open(path) as store:
        replica = Replica(store, SCHEME)
        replica.cosign(Slot.B, HISTORY.people.keys["b"], SECONDS)
        with pytest.raises(ForkError):
            replica.receive(HISTORY.head(Slot.OPERATOR, bytes(32)))
    return path


@pytest.fixture
def damaged(original: Path, tmp_path: Path) -> Path:
    """A copy to be damaged."""
    path = tmp_path / "store"
    path.write_bytes(original.read_bytes())
    return path


def _damage(path: Path, statement: str) -> None:
    db = sqlite3.connect(path)
    assert db.execute(statement).rowcount != 0
    db.commit()
    db.close()


def _refusal(path: Path) -> RefusedError:
    with Store.open(path) as store, pytest.raises(RefusedError) as refused:
        audit(store, SCHEME)
    return refused.value


def test_a_whole_store(original: Path) -> None:
    """Every table has rows, the audit accepts them, counts the entries, and gives back the ledger that they make."""
    counted: list[int] = []
    with Store.open(original) as store:
        assert all(any(store.rows(table)) for table in ORDER)
        ledger = audit(store, SCHEME, each=counted.append)
    assert state(ledger) == state(HISTORY.ledger)
    assert counted == list(range(1, len(HISTORY.entries) + 1))


@pytest.mark.parametrize("table", sorted(set(ORDER) - {"entry", "blob", "evidence", "head"}))
def test_a_row_is_missing(damaged: Path, table: str) -> None:
    """A row taken out of a table that follows from the entries is missed."""
    order = ORDER[table]
    _damage(damaged, f"DELETE FROM {table} WHERE ({order}) IN (SELECT {order} FROM {table} LIMIT 1)")  # noqa: S608
    refusal = _refusal(damaged)
    assert refusal.rule is Rule.LOG
    assert f": table {table}: 1 row is missing" in refusal.why


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("subtree", "UPDATE subtree SET hash = zeroblob(32) WHERE level = 1 AND position = 0"),
        ("key_change", "UPDATE key_change SET slots = 'a b' WHERE idx = 0"),
        ("holder", "UPDATE holder SET title = 'Nobody' WHERE slot = 'a' AND since = 0"),
        ("half", "INSERT INTO half VALUES (zeroblob(32))"),
        ("withdrawn", "UPDATE withdrawn SET idx = 1"),
        ("change", "UPDATE change SET ends = '2030-01-01' WHERE status = 'in force'"),
        ("carried", "UPDATE carried SET at = at + 1"),
        ("corrected", "UPDATE corrected SET at = at + 1"),
        ("claim", "UPDATE claim SET idx = idx + 1"),
        ("section", "UPDATE section SET declared = 1 WHERE name = 'S1'"),
        ("segment", "UPDATE segment SET begins = '1999-01-01' WHERE begins = '2026-01-01' AND section = 'S1'"),
    ],
)
def test_a_row_is_another(damaged: Path, table: str, statement: str) -> None:
    """A row that does not follow from the entries is named with its table."""
    _damage(damaged, statement)
    refusal = _refusal(damaged)
    assert refusal.rule is Rule.LOG
    assert f"damaged: table {table}: " in refusal.why


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE blob SET data = CAST('other' AS BLOB) WHERE rowid = 1", "blob: the bytes"),
        ("UPDATE blob SET sha3_256 = 'ff' WHERE rowid = 1", "blob: the bytes"),
        ("UPDATE entry SET payload = 'ff' WHERE idx = 3", "table entry: entry 3 is stored with another digest"),
        ("DELETE FROM entry WHERE idx = 3", "entry: entry 3 is missing"),
        ("UPDATE head SET slot = 'depositary' WHERE slot = 'b'", "table head: the head stored for depositary"),
        ("UPDATE head SET size = 77 WHERE slot = 'b'", "table head: the head stored for b at size 77 is another head"),
        ("UPDATE evidence SET digest = 'ff'", "table evidence: the evidence stored under ff"),
        ("CREATE TABLE more (one)", "its tables are not those of a register"),
        (
            "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM segment; END",
            "its tables are not those of a register",
        ),
    ],
)
def test_something_else_is_another(damaged: Path, statement: str, why: str) -> None:
    """Blobs, payloads, heads, evidence and the tables themselves are looked at too."""
    _damage(damaged, statement)
    assert why in _refusal(damaged).why


def test_an_entry_that_the_rules_refuse(damaged: Path) -> None:
    """An entry that was cut short is refused by the rule it breaks, at its index."""
    db = sqlite3.connect(damaged)
    db.execute("UPDATE entry SET data = ? WHERE idx = 1", (HISTORY.entries[1][:-1],))
    db.commit()
    db.close()
    assert _refusal(damaged).index == 1


def test_heads_of_another_log(damaged: Path) -> None:
    """A head that is none of this log, by a slot that nobody stands in, or not by the slot's key, is found."""
    b = HISTORY.people.keys["b"]
    size, root = HISTORY.ledger.size, HISTORY.ledger.root(HISTORY.ledger.size)
    other = HISTORY.head(Slot.B, bytes(32)).note()
    nobody = HISTORY.heads[-1].only().signed(Slot.MEDIATOR, b, SECONDS).note()
    strange = HISTORY.heads[-1].only().signed(Slot.B, HISTORY.people.keys["a.root"], SECONDS).note()
    assert root != bytes(32)
    for slot, note, why in (
        ("b", other, "does not belong to this log"),
        ("mediator", nobody, "nobody"),
        ("b", strange, "key"),
    ):
        db = sqlite3.connect(damaged)
        db.execute("DELETE FROM head")
        db.execute("INSERT INTO head VALUES (?, ?, ?)", (slot, size, note))
        db.commit()
        db.close()
        assert why in _refusal(damaged).why
