"""What stands in for a store and is none, and what an interrupted creation leaves."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from fakes.replicas import Machines
from merestone.register import store as production
from merestone.register.refusal import RefusedError, StoreFailedError
from merestone.register.store import Store


def test_an_interrupted_creation_is_done_again(tmp_path: Path) -> None:
    """An empty file, or one that SQLite had begun with, becomes a store."""
    for path in (tmp_path / "one", tmp_path / "other"):
        path.touch()
    db = sqlite3.connect(tmp_path / "other")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    for path in (tmp_path / "one", tmp_path / "other"):
        with Store.create(path) as store:
            assert store.size == 0


def test_nothing_is_made_over_something(tmp_path: Path) -> None:
    """A store, another database and a text are left as they are."""
    store, database, text = (tmp_path / name for name in ("store", "database", "text"))
    Store.create(store).close()
    db = sqlite3.connect(database)
    db.execute("CREATE TABLE one (two)")
    db.close()
    text.write_text("A line.", encoding="utf-8")
    for path in (store, database, text):
        before = path.read_bytes()
        with pytest.raises(RefusedError):
            Store.create(path)
        assert path.read_bytes() == before


@pytest.mark.parametrize("content", [None, b"", b"A line.", b"SQLite format 3\x00" + bytes(84)])
def test_what_is_no_store_is_not_opened(tmp_path: Path, content: bytes | None) -> None:
    """No file, an empty one, a text and the beginning of a database are refused."""
    path = tmp_path / "store"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RefusedError):
        Store.open(path)


def test_settings_are_had_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite does not give the journal that is asked for, the store is refused: nothing falls back silently."""
    monkeypatch.setattr(production, "SETTINGS", (("journal_mode = WAL", "memory"),))
    with pytest.raises(RefusedError, match="put the register on another one"):
        Store.create(tmp_path / "store")


def test_every_connection_is_told(tmp_path: Path) -> None:
    """A store writes ahead, and waits for the disk with all that SQLite can wait for."""
    Store.create(tmp_path / "store").close()
    with Store.open(tmp_path / "store") as store:
        assert store._one("PRAGMA journal_mode") == "wal"
        assert store._one("PRAGMA synchronous") == 3
        assert store._one("PRAGMA trusted_schema") == 0


def test_what_hinders_a_store_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be written, a full disk, and what SQLite says where it is neither, or where nobody knows."""

    def hindered() -> str:
        with pytest.raises(StoreFailedError) as refusal:
            _ = store.size
        return refusal.value.why

    class Failing:
        def execute(self, *_: object) -> None:
            raise sqlite3.OperationalError("disk I/O error")

    def unknown(*_: object) -> bool:
        raise OSError("gone")

    store = Store.create(tmp_path / "store")
    store.close()
    monkeypatch.setattr(store, "_db", Failing())
    assert "disk I/O error" in hindered()
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
        assert "the disk is full" in hindered()
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        assert "copy the folder to a place where it can" in hindered()
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", unknown)
        assert "disk I/O error" in hindered()


def test_a_store_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register on a read-only medium is read, and lays nothing beside itself; what would be written is refused with the reason."""
    with Machines(tmp_path / "made") as machines:
        machines.step("S1")
        path = machines.host.store.path
    monkeypatch.setattr(os, "access", lambda *_: False)
    before = path.read_bytes()
    with Store.open(path) as store:
        assert store.size == 2
        with store.reading():
            assert len(store.entry(1)) > 100
        assert [each.name for each in path.parent.glob(f"{path.name}*")] == [path.name]
        assert store._one("PRAGMA query_only") == 1
        with pytest.raises(StoreFailedError, match="can only be read: copy the folder"), store.writing():
            store.hold_blob(b"more")
        store.check_pages()
    assert path.read_bytes() == before


def test_a_store_that_somebody_has_open_is_not_read_past_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where part of a store lies beside it, and cannot be taken in, what is there could be an older state: it is refused."""
    with Machines(tmp_path) as machines:
        path = machines.host.store.path
        assert path.with_name(f"{path.name}-wal").exists()
        monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(StoreFailedError, match=r"part of it is still in operator\.register-wal"):
            Store.open(path)
    with Store.open(path) as store:
        assert store.size == 1


def test_a_disk_that_fails_at_the_first_look_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk while the store is looked for is a refusal that names the file, not a defect."""
    Store.create(tmp_path / "store").close()

    def fails(path: Path) -> bool:
        raise OSError(5, "Input/output error", str(path))

    monkeypatch.setattr(Path, "is_file", fails)
    with pytest.raises(StoreFailedError, match="Input/output error"):
        Store.open(tmp_path / "store")
