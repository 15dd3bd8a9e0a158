"""Several processes write one store at once, and some of them are killed: nothing that was acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

from crash.operations import History, audited
from crash.programs import SOAK, environment

WRITERS = 4
CLAIMS = 25
KILLS = 100 if SOAK else 8


def _writer(path: Path, number: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crash.writers", str(path), str(number), str(count)]
    return subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def _ended(writer: subprocess.Popen[str]) -> list[str]:
    """What a writer acknowledged; a line cut short was not acknowledged."""
    said, trouble = writer.communicate()
    assert not trouble, trouble[-2_000:]
    return [line.strip() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def _payloads(path: Path) -> list[str]:
    return [row[3] for row in audited(path) if row[0] == "entry"]


def test_four_at_once(memory: Path, history: History) -> None:
    """Four processes append 25 claims each to one section: all hundred are there, one after another, and nothing else."""
    path = memory / "store"
    history.fill(path, 1)
    writers = [_writer(path, number, CLAIMS) for number in range(WRITERS)]
    acknowledged = [digest for writer in writers for digest in _ended(writer)]
    payloads = _payloads(path)
    assert len(acknowledged) == WRITERS * CLAIMS
    assert sorted(payloads[1:]) == sorted(acknowledged)


def test_writers_are_killed(memory: Path, history: History) -> None:
    """Writers are killed at any moment while others write: what any of them acknowledged is there, once."""
    path = memory / "store"
    history.fill(path, 1)
    chance = Random(4)
    writers = {number: _writer(path, number, 10_000) for number in range(3)}
    acknowledged = []
    for kill in range(KILLS):
        _wait_for_more(path)
        time.sleep(chance.random() / 20)
        number = chance.choice(sorted(writers))
        writer = writers.pop(number)
        writer.kill()
        acknowledged += _ended(writer)
        writers[number + 3 * kill + 3] = _writer(path, number + 3 * kill + 3, 10_000)
    for writer in writers.values():
        writer.kill()
        acknowledged += _ended(writer)
    payloads = _payloads(path)
    assert set(acknowledged) <= set(payloads)
    assert len(acknowledged) == len(set(acknowledged)) >= KILLS
    assert len(payloads) - 1 - len(acknowledged) <= KILLS + len(writers)


def _wait_for_more(path: Path) -> None:
    """Waits until somebody has written something."""
    log = path.with_name(path.name + "-wal")
    before = log.stat().st_mtime_ns if log.exists() else 0
    for _ in range(3_000):
        if log.exists() and log.stat().st_mtime_ns != before:
            return
        time.sleep(0.01)
    raise AssertionError("nobody writes")
