"""Lengths of edges straight in lon/lat, against geodesics between places close together."""

from __future__ import annotations

import numpy as np
import pytest

from merestone.geodesy.elementary import inverse
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.lonlat_length import along_m, edge_lengths_m


@pytest.mark.parametrize("end", [(45.001, 40.0), (45.5, 41.0), (60.0, 70.0), (45.0, 41.0), (46.0, 40.0), (45.0, 40.0)])
def test_an_edge_is_as_long_as_its_pieces(end: tuple[float, float]) -> None:
    """An edge has the length of geodesics between its 200,000 places, to 1e-9."""
    start = np.array([45.0, 40.0])
    places = start + np.linspace(0.0, 1.0, 200_001)[:, None] * (np.array(end) - start)
    expected = float(inverse(WGS84, places[:-1], places[1:])[2].sum())
    found = edge_lengths_m(WGS84, start[None], np.array([end]))
    assert found.tolist() == pytest.approx([expected], rel=1e-9, abs=1e-9)


def test_chainage_adds_up() -> None:
    """The chainage of a vertex is the sum of the edges before it, from 0."""
    chain = np.array([[45.0, 40.0], [45.1, 40.0], [45.1, 40.2]])
    edges = edge_lengths_m(WGS84, chain[:-1], chain[1:])
    assert along_m(WGS84, chain).tolist() == pytest.approx([0.0, edges[0], edges.sum()])
