"""Lines that meet themselves are found, and only they."""

from __future__ import annotations

import numpy as np
import pytest

from merestone.compare.lines.crossing_itself import meetings_with_itself

LOOP = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 2.0), (2.0, -2.0)]
BACK = [(0.0, 0.0), (3.0, 0.0), (2.0, 0.0), (4.0, 0.0)]
TOUCH = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 0.0), (0.0, 2.0)]
TWICE = [(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (1.0, 1.0), (0.0, 0.0)]
EIGHT = [(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)]


@pytest.mark.parametrize(
    ("chain", "first"),
    [(LOOP, (2.0, 0.0)), (BACK, (2.0, 0.0)), (TOUCH, (2.0, 0.0)), (TWICE, (1.0, 1.0)), (EIGHT, (1.0, 1.0))],
)
def test_the_first_place_where_a_line_meets_itself(
    chain: list[tuple[float, float]], first: tuple[float, float]
) -> None:
    """Crossed, run over again, touched at a vertex, there and back, a figure of eight."""
    np.testing.assert_allclose(meetings_with_itself(np.array(chain))[0], first, atol=1e-12)


@pytest.mark.parametrize(
    "chain", [[(0, 0), (1, 1)], [(0, 0), (1, 0), (1, 1), (0, 0)], [(0, 0), (1, 0), (0, 1e-9), (1, 1)]]
)
def test_a_line_that_keeps_clear_of_itself(chain: list[tuple[float, float]]) -> None:
    """An open line, a ring, and a sharp bend do not meet themselves."""
    assert not len(meetings_with_itself(np.array(chain, dtype=np.float64)))
