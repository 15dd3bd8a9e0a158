"""Pieces of a line whose ends miss one another by rounding are one line, and every gap is told with its size."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Oracle

from merestone.compare.lines.edge_matching import JOINED_M, edge_matched, gaps_left_open
from merestone.compare.lines.joined import joined_strands
from merestone.geodesy.arrays import Floats
from merestone.geodesy.ellipsoid import WGS84
from merestone.sources.layer import Layer, Part, Role

WHOLE = np.column_stack([10.0 + np.arange(41) * 0.05, 50.0 + 0.02 * np.sin(np.arange(41))])


def layer(*chains: Floats) -> Layer:
    parts = tuple(Part(index, Role.LINE, np.asarray(chain, dtype=np.float64)) for index, chain in enumerate(chains))
    return Layer("a.geojson", "", "GeoJSON", "", "EPSG:4326", ({},) * len(parts), parts)


def pieces(gap_m: float, count: int = 4, *, backwards: bool = False) -> list[Floats]:
    """The whole line in pieces, each start `gap_m` metres east of the end before; every other one backwards if asked."""
    step = 40 // count
    found = []
    for index in range(count):
        chain = WHOLE[index * step : (index + 1) * step + 1].copy()
        if index:
            east = Oracle.WGS84.Direct(chain[0, 1], chain[0, 0], 90.0, gap_m)
            chain[0] = east["lon2"], east["lat2"]
        found.append(chain[::-1] if backwards and index % 2 else chain)
    return found


@pytest.mark.parametrize("gap_m", [0.002, 0.01, 0.0199])
@pytest.mark.parametrize("backwards", [True, False])
def test_ends_within_two_centimetres_are_joined_and_told(gap_m: float, backwards: bool) -> None:
    """Four pieces become one strand with the vertices of the whole; three gaps are told with size and place."""
    matched, remarks = edge_matched(layer(*pieces(gap_m, backwards=backwards)), WGS84)
    (strand,) = joined_strands(matched)
    assert len(strand.lonlat) == len(WHOLE)
    assert [each.code for each in remarks] == ["D126"] * 3
    assert [each.size for each in remarks] == pytest.approx([gap_m] * 3, rel=1e-3)
    assert all(each.place is not None for each in remarks)
    assert gaps_left_open((strand,), WGS84, "a") == ()


@pytest.mark.parametrize("gap_m", [0.0201, 0.5, 99.0])
def test_wider_gaps_stay_and_are_told(gap_m: float) -> None:
    """What is not joined but near is a finding with its size; beyond 100 m nothing is said."""
    matched, remarks = edge_matched(layer(*pieces(gap_m)), WGS84)
    strands = joined_strands(matched)
    assert (len(strands), remarks) == (4, ())
    found = gaps_left_open(strands, WGS84, "a")
    assert [each.code for each in found] == ["D127"] * 3
    assert [each.size for each in found] == pytest.approx([gap_m] * 3, rel=1e-3)
    assert gaps_left_open(joined_strands(layer(*pieces(101.0))), WGS84, "a") == ()


def test_ends_that_coincide_are_no_gap() -> None:
    """Nothing is moved or told where pieces meet, nor where three lines meet in one place."""
    given = layer(*pieces(0.0), np.array([WHOLE[10], [10.5, 51.0]]))
    matched, remarks = edge_matched(given, WGS84)
    assert matched is given
    assert remarks == ()
    assert gaps_left_open(joined_strands(matched), WGS84, "a") == ()


def test_a_junction_of_three_is_one_place_and_joins_nothing() -> None:
    """Three ends within a centimetre meet in one place and stay three lines."""
    centre = np.array([10.0, 50.0])
    lines = [np.array([[10.0 + i * 1e-7, 50.0], centre + away]) for i, away in enumerate([(1, 0), (0, 1), (-1, -1)])]
    matched, remarks = edge_matched(layer(*lines), WGS84)
    assert len(remarks) == 1 + 1
    strands = joined_strands(matched)
    assert len(strands) == 3
    assert all((strand.lonlat[[0, -1]] == centre).all(axis=1).any() for strand in strands)


def test_a_ring_that_misses_its_start_is_closed() -> None:
    """A ring whose end lies a centimetre from its start is a ring."""
    ring = np.array([[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0 + 1e-7, 50.0]])
    matched, remarks = edge_matched(layer(ring), WGS84)
    (strand,) = joined_strands(matched)
    assert strand.ring
    assert len(remarks) == 1
    assert JOINED_M == 0.02


def test_a_piece_shorter_than_the_tolerance_vanishes() -> None:
    """A crumb of a line between two pieces is no line of its own."""
    one, other = pieces(0.01, 2)
    matched, _ = edge_matched(layer(one, np.array([one[-1], other[0]]), other), WGS84)
    (strand,) = joined_strands(matched)
    assert len(strand.lonlat) == len(WHOLE)


def test_many_gaps_are_told_up_to_twenty() -> None:
    """Of more than twenty gaps the rest is counted."""
    matched, remarks = edge_matched(layer(*pieces(0.01, 40)), WGS84)
    assert len(joined_strands(matched)) == 1
    assert len(remarks) == 21
    assert (remarks[-1].size, remarks[-1].unit) == (19.0, "gaps")


def test_the_antimeridian_harms_no_piece() -> None:
    """A line that was cut at 180 and -180 degrees is one again, and no chain is torn over the whole globe."""
    one, other = np.array([[179.0, 10.0], [180.0, 10.0]]), np.array([[-180.0 + 1e-8, 10.0], [-179.0, 10.0]])
    matched, _ = edge_matched(layer(one, other), WGS84)
    assert all(np.abs(np.diff(part.lonlat[:, 0])).max() < 1.1 for part in matched.parts)
    (strand,) = joined_strands(matched)
    assert strand.lonlat[[0, -1], 0].tolist() == [179.0, 181.0]
