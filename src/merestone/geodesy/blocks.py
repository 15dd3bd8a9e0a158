"""Long arrays taken in blocks, so that what is needed in between does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator

ROWS = 1 << 16
"""Rows of a block where nothing else is asked."""


def blocks(count: int, rows: int = ROWS) -> Iterator[slice]:
    """Give slices of at most so many rows that together cover `count` rows, in order."""
    for first in range(0, count, rows):
        yield slice(first, min(first + rows, count))
