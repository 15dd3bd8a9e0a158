"""Long arrays taken in blocks."""

from __future__ import annotations

import pytest

from merestone.geodesy.blocks import blocks


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 24])
def test_blocks_cover_every_row_once_and_in_order(count: int) -> None:
    """Blocks of eight rows put together are all rows, and none is longer than eight."""
    parts = list(blocks(count, 8))
    assert [row for part in parts for row in range(part.start, part.stop)] == list(range(count))
    assert all(0 < part.stop - part.start <= 8 for part in parts)
