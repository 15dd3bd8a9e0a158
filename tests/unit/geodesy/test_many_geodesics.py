"""Chains along many geodesics at once."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Oracle

from merestone.errors import GeometryError
from merestone.geodesy import many_geodesics
from merestone.geodesy.densify import densify, departure_m
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.many_geodesics import densify_geodesics
from merestone.geodesy.turning import Chord

ENDS = np.array(
    [
        [(24.0, 19.5), (16.0, 23.44)],
        [(170.0, 60.0), (-150.0, 65.0)],
        [(10.0, -3.0), (40.0, 5.0)],
        [(-70.0, -55.0), (-69.0, -55.4)],
        [(0.0, 80.0), (120.0, 84.0)],
        [(5.0, 89.5), (-170.0, 89.6)],
        [(12.0, 40.0), (12.0, 70.0)],
        [(0.0, 0.0), (50.0, 0.0)],
        [(-60.0, 45.0), (100.0, 50.0)],
        [(0.0, 60.0), (180.0, 70.0)],
        [(0.0, 89.999), (90.0, 89.0)],
    ]
)


def chains(tolerance_m: float) -> list[tuple[Geodesic, Floats]]:
    """Every geodesic with its chain."""
    found = densify_geodesics(WGS84, ENDS[:, 0], ENDS[:, 1], tolerance_m)
    lines = [Geodesic.between(WGS84, tuple(start), tuple(end)) for start, end in ENDS]
    return [(line, found.lonlat[a:b]) for line, a, b in zip(lines, found.offsets, found.offsets[1:], strict=False)]


@pytest.mark.parametrize("tolerance_m", [0.05, 1.0, 500.0])
def test_every_chain_keeps_the_tolerance(tolerance_m: float) -> None:
    """No piece, measured on the ellipsoid, departs from its geodesic by more than the tolerance."""
    for line, chain in chains(tolerance_m):
        along_m = line.nearest(chain).along_m
        assert np.all(np.diff(along_m) > 0.0)
        assert departure_m(line, along_m, Chord.LONLAT).max() <= 1.0021 * tolerance_m


def test_vertices_lie_on_the_geodesic_within_ten_micrometres() -> None:
    """GeographicLib's geodesic through the same ends passes every vertex."""
    oracle = Oracle(WGS84.a_m, WGS84.f)
    for line, chain in chains(1.0):
        joined = oracle.InverseLine(line.start[1], line.start[0], line.end[1], line.end[0])
        for lon, lat in chain[1 :: max(1, len(chain) // 20)]:
            along_m = oracle.Inverse(line.start[1], line.start[0], lat, lon)["s12"]
            there = joined.Position(along_m)
            assert oracle.Inverse(there["lat2"], there["lon2"], lat, lon)["s12"] < 1e-5


def test_about_as_many_vertices_as_one_line_at_a_time_needs() -> None:
    """In bulk no chain has over two hundredths, and two, more vertices than `densify` gives it."""
    for line, chain in chains(1.0):
        assert len(chain) <= 1.02 * len(densify(line, 1.0).lonlat) + 2


def test_ends_are_kept_and_longitudes_run_on() -> None:
    """Each chain starts and ends exactly at its ends, across the antimeridian too."""
    for (start, end), (_, chain) in zip(ENDS, chains(10.0), strict=True):
        assert np.array_equal(chain[0], start)
        assert chain[-1, 1] == end[1]
        assert (chain[-1, 0] - end[0]) % 360.0 == 0.0
        assert np.abs(np.diff(chain[:, 0])).max() <= 180.0


def test_compiled_and_interpreted_loops_agree_to_the_last_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether an input is large enough to be compiled for changes nothing in the result."""
    interpreted = densify_geodesics(WGS84, ENDS[:, 0], ENDS[:, 1], 1.0)
    monkeypatch.setattr(many_geodesics, "_COMPILED_FROM", 0)
    compiled = densify_geodesics(WGS84, ENDS[:, 0], ENDS[:, 1], 1.0)
    assert np.array_equal(interpreted.lonlat, compiled.lonlat)
    assert np.array_equal(interpreted.offsets, compiled.offsets)


def test_geodesic_chords_need_only_the_ends() -> None:
    """A consumer that joins by geodesics gets two vertices a line."""
    found = densify_geodesics(WGS84, ENDS[:, 0], ENDS[:, 1], 1.0, Chord.GEODESIC)
    assert found.lonlat.shape == (2 * len(ENDS), 2)


def test_pairs_without_a_geodesic_are_refused() -> None:
    """A pair of one place, or of opposite places, is refused as `Geodesic.between` refuses it."""
    for end in ((10.0, 10.0), (-170.0, -10.0)):
        with pytest.raises(GeometryError):
            densify_geodesics(WGS84, np.array([(10.0, 10.0)]), np.array([end]), 1.0)
