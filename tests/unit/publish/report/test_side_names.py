"""Names of sides stand on the side that they name."""

from __future__ import annotations

import numpy as np
import pytest

from merestone.publish.report.labels import Room
from merestone.publish.report.side_names import side_names, side_of


@pytest.mark.parametrize(
    ("point", "side"), [((50.0, 10.0), -1.0), ((50.0, 90.0), 1.0), ((50.0, 50.0), 0.0), ((130.0, 51.0), 1.0)]
)
def test_right_and_left_are_those_of_the_direction(point: tuple[float, float], side: float) -> None:
    """With y downwards, what lies above a chain that runs to the right lies left of it."""
    assert side_of(np.array([[0.0, 50.0], [100.0, 50.0], [200.0, 50.0]]), *point) == side


def test_a_name_is_not_brought_across_by_a_bend() -> None:
    """Along a line of deep bends, where the local normal points to either side, each name stands on its own side."""
    x = np.linspace(100.0, 600.0, 400)
    chain = np.column_stack([x + 40.0 * np.sin(x / 9.0), 330.0 + 60.0 * np.cos(x / 4.5)])
    chain = np.concatenate([[[20.0, 330.0]], chain, [[700.0, 330.0]]])
    drawn = [str(markup) for markup in side_names(Room(720.0, 660.0, chain), chain, "Southland", "Northland")]
    assert len(drawn) == 2
    for markup, sign in zip(drawn, (1.0, -1.0), strict=True):
        place = markup.split("translate(")[1].split(")")[0].split()
        assert side_of(chain, float(place[0]), float(place[1])) == sign
