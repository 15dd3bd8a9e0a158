"""Two lines of a million vertices compared. Not part of the whole table: python -m benchmarks compare_million."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.clock import Row
from benchmarks.compare_lines import synthetic, synthetic_row
from merestone.compare.comparison import Settings
from merestone.compare.lines.compare import compare


def rows() -> Iterator[Row]:
    """One row."""
    compare(*synthetic(100), Settings())
    yield synthetic_row(1_000_000, 1)
