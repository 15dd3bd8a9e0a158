"""The commands that are given most often, from the shell to their last word, beside an interpreter that does nothing."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Row, command
from benchmarks.descriptions import prose

PYTHON = [sys.executable]


def rows() -> Iterator[Row]:
    """One row for each command."""
    nothing = command([*PYTHON, "-c", "pass"])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "twenty.boundary"
        file.write_text(prose(20), encoding="utf-8")
        for arguments in (["--help"], ["check", str(file)], ["format", str(file)]):
            ours = command([*PYTHON, "-m", "merestone", *arguments])
            size = "20 legs" if len(arguments) > 1 else ""
            yield Row(
                f"merestone {arguments[0]}", size, ours.processor_s, ours.wall_s, "python -c pass", nothing.processor_s
            )
