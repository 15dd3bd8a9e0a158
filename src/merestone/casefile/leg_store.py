"""Drawn legs kept from run to run in one SQLite file: data, never code.

The file is only ever a saving of time. Whatever goes wrong with it (another layout, damage, a full disk, a second
process) is answered by computing afresh: a cache may forget, and must never be the reason that a run fails.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self

MOST_ROWS = 200_000
"""When the file holds more, the oldest are forgotten."""
WAIT_S = 0.2


class SqliteStore:
    """A `LegStore` in a file; a context manager: what was put is written when it closes, all or nothing."""

    def __init__(self, path: Path, code: str = "") -> None:
        """Open the file, or start it; `code` stands for the code that draws, and is part of every key."""
        self._code = code
        self._fresh: dict[str, str] = {}
        self._database = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, key: str) -> str | None:
        """The value put under this key in this run or an earlier one by the same code."""
        key = self._code + key
        if key in self._fresh or self._database is None:
            return self._fresh.get(key)
        try:
            row = self._database.execute("SELECT value FROM legs WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row is not None and isinstance(row[0], str) else None

    def put(self, key: str, value: str) -> None:
        """Keep a value until the store closes, and then in the file."""
        self._fresh[self._code + key] = value

    def close(self) -> None:
        """Write what is new and close the file; failures are forgotten."""
        if self._database is None:
            return
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO legs VALUES (?, ?)", self._fresh.items())
                self._database.execute(
                    "DELETE FROM legs WHERE rowid <= (SELECT max(rowid) FROM legs) - ?", (MOST_ROWS,)
                )
        except sqlite3.Error:
            pass
        finally:
            self._database.close()
            self._database = None


DRAWING = ("delimit", "description", "geodesy")
"""The packages whose modules draw legs."""


def digest_of_code(packages: tuple[str, ...] = DRAWING) -> str:
    """A digest of the modules that compute what is kept, so that a changed checkout never serves what other code made."""
    digest = blake2b(digest_size=8)
    package = Path(__file__).parent.parent
    for folder in packages:
        for module in sorted((package / folder).rglob("*.py")):
            digest.update(module.read_bytes())
    return digest.hexdigest()


def _opened(path: Path) -> sqlite3.Connection | None:
    """The open file with its table; None where it cannot be had. A file that is damaged, or no database, is replaced."""
    for attempt in (1, 2):
        database = None
        try:
            database = sqlite3.connect(path, timeout=WAIT_S)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("CREATE TABLE IF NOT EXISTS legs (key TEXT UNIQUE NOT NULL, value TEXT NOT NULL)")
            database.execute("SELECT key, value FROM legs LIMIT 1").fetchone()
        except (sqlite3.Error, OSError) as error:
            if database is not None:
                database.close()
            if attempt == 2 or not _is_damage(error):
                return None
            if not _removed(path):
                return None
        else:
            return database
    return None


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is at fault, and not who may read or write it now."""
    said = str(error)
    return any(words in said for words in ("not a database", "malformed", "no such column"))


def _removed(path: Path) -> bool:
    """Remove the file with its journal, which must not be played back into the next one."""
    try:
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            name.unlink(missing_ok=True)
    except OSError:
        return False
    return True
