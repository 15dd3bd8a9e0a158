"""Whoever ends a comparison from outside finds no copy of anybody's file left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fakes import foreign_files as files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


@pytest.mark.parametrize(
    ("name", "every"), [("SIGTERM", False), ("SIGINT", False), ("SIGHUP", False), ("SIGTERM", True)]
)
def test_no_copy_of_a_file_outlives_a_comparison(tmp_path: Path, name: str, every: bool) -> None:
    """Ended while a child reads the copy, the program takes the copy away and says by its exit code what ended it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    square = [[[x / 1000.0, 40.0] for x in range(20_000)] + [[20.0, 41.0], [0.0, 41.0], [0.0, 40.0]]]
    big = files.collection(*[files.polygon(*square) for _ in range(8)])
    path = files.write_json(tmp_path / "claim.geojson", big)
    words = ["compare", str(path), str(path), *(["--every-pair", "--workers", "2"] if every else [])]
    environment = {**os.environ, "TMPDIR": str(folder)}
    running = subprocess.Popen(
        [sys.executable, "-m", "merestone", *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    for _ in range(600):
        if any(folder.glob("merestone-*/given*")) or running.poll() is not None:
            break
        time.sleep(0.05)
    assert any(folder.glob("merestone-*/given*")), running.communicate()
    running.send_signal(getattr(signal, name))
    said = running.communicate(timeout=120)
    assert running.returncode == 128 + getattr(signal, name), said
    assert b"Traceback" not in said[1]
    assert list(folder.glob("merestone-*")) == []
