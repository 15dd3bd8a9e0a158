"""Whoever ends a comparison from outside finds no copy of anybody's file left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes import foreign_files as files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for temporary files with a short path: sockets of workers, which lie in it, have paths of 107 bytes at most."""
    with tempfile.TemporaryDirectory(prefix="m") as name:
        yield Path(name)


@pytest.mark.parametrize(
    ("name", "every"), [("SIGTERM", False), ("SIGINT", False), ("SIGHUP", False), ("SIGTERM", True)]
)
def test_no_copy_of_a_file_outlives_a_comparison(tmp_path: Path, folder: Path, name: str, every: bool) -> None:
    """Ended while a child reads the copy, the program takes the copy away and says by its exit code what ended it."""
    square = [[[x / 1000.0, 40.0] for x in range(20_000)] + [[20.0, 41.0], [0.0, 41.0], [0.0, 40.0]]]
    big = files.collection(*[files.polygon(*square) for _ in range(8)])
    path = files.write_json(tmp_path / "claim.geojson", big)
    words = ["compare", str(path), str(path), *(["--every-pair", "--workers", "2"] if every else [])]
    for _ in range(5):  # the comparison may be over before the signal reaches it
        code, said = _ended(words, folder, getattr(signal, name))
        if code != OVER_BY_ITSELF:
            break
    assert code == 128 + getattr(signal, name), said
    assert b"Traceback" not in said
    assert list(folder.glob("merestone-*")) == []


OVER_BY_ITSELF = 2
"""The file names no State, so that a comparison that nobody ends is refused as soon as the file has been read."""


def _ended(words: list[str], folder: Path, number: int) -> tuple[int, bytes]:
    """The exit code and the errors of a comparison that got a signal while a child reads the copy of its file."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    running = subprocess.Popen(
        [sys.executable, "-m", "merestone", *words],
        env=environment,
        stderr=subprocess.PIPE,
        preexec_fn=_hearing,  # noqa: PLW1509
    )
    for _ in range(600):
        if any(folder.glob("merestone-*/given*")) or running.poll() is not None:
            break
        time.sleep(0.05)
    running.send_signal(number)
    _, said = running.communicate(timeout=120)
    return running.returncode, said


def _hearing() -> None:
    """Whoever runs the tests may have them ignore a request to end (`nohup`): this program is to hear it."""
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
