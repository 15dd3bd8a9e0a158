"""Chains of many lines against the same lines one by one."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats, Line, Place
from merestone.geodesy.lines.chain import (
    Chain,
    geodesic_chain,
    lonlat_chain,
    loxodrome_chain,
    meridian_chain,
    parallel_chain,
    projected_chain,
)
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.meridian import Meridian
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.lines.projected import ProjectedStraight

ANYWHERE = np.array([(14.0, 40.0), (15.0, 41.0), (15.5, 40.2), (14.2, 40.9)])
OVER_180 = np.array([(178.0, 60.0), (-178.0, 61.0), (179.0, 58.0)])
ON_A_PARALLEL = np.array([(178.0, 60.0), (-178.0, 60.0), (170.0, 60.0)])
ON_A_MERIDIAN = np.array([(18.0, 60.0), (18.0, -10.0), (18.0, 5.0)])

CASES: dict[str, tuple[Chain, Callable[[Place, Place], Line], Floats]] = {
    "geodesic": (geodesic_chain(WGS84, OVER_180), lambda a, b: Geodesic.between(WGS84, a, b), OVER_180),
    "loxodrome": (loxodrome_chain(WGS84, OVER_180), lambda a, b: Loxodrome.between(WGS84, a, b), OVER_180),
    "lonlat": (lonlat_chain(WGS84, OVER_180), lambda a, b: StraightInLonLat.between(WGS84, a, b), OVER_180),
    "parallel": (parallel_chain(WGS84, ON_A_PARALLEL), lambda a, b: Parallel.between(WGS84, a, b), ON_A_PARALLEL),
    "meridian": (meridian_chain(WGS84, ON_A_MERIDIAN), lambda a, b: Meridian.between(WGS84, a, b), ON_A_MERIDIAN),
    "projected": (
        projected_chain(WGS84, ANYWHERE, "EPSG:32633"),
        lambda a, b: ProjectedStraight.between(WGS84, a, b, "EPSG:32633"),
        ANYWHERE,
    ),
}


@pytest.mark.parametrize("name", list(CASES))
def test_a_chain_measures_every_piece_as_the_line_of_its_kind(name: str) -> None:
    """Lengths and the azimuths at both ends of every piece are those of the single line."""
    chain, between, vertices = CASES[name]
    places = [(float(lon), float(lat)) for lon, lat in vertices]
    for index, (start, end) in enumerate(itertools.pairwise(places)):
        line = between(start, end)
        azimuth = line.azimuth(np.array([0.0, line.length_m]))
        assert chain.kind == line.kind
        assert chain.lengths_m[index] == pytest.approx(line.length_m, abs=1e-4 if name == "projected" else 1e-6)
        assert chain.start_azimuth_deg[index] == pytest.approx(azimuth[0], abs=3e-5)
        assert chain.end_azimuth_deg[index] == pytest.approx(azimuth[1], abs=3e-5)
    assert chain.length_m == pytest.approx(chain.lengths_m.sum())


def test_a_long_chain_is_measured_in_parts_without_a_seam() -> None:
    """A chain of more vertices than are measured at once has the pieces of its halves."""
    lon = np.linspace(10.0, 30.0, 100_050)
    whole = loxodrome_chain(WGS84, np.column_stack([lon, 45.0 + np.sin(lon)]))
    assert len(whole.lengths_m) == len(lon) - 1
    tail = loxodrome_chain(WGS84, whole.lonlat[99_990:])
    assert np.array_equal(whole.lengths_m[99_990:], tail.lengths_m)


@pytest.mark.parametrize("measure", [lambda: parallel_chain(WGS84, ANYWHERE), lambda: meridian_chain(WGS84, ANYWHERE)])
def test_a_parallel_or_meridian_chain_that_leaves_its_line_is_refused(measure: Callable[[], Chain]) -> None:
    """Vertices of differing latitude (longitude) are no chain along a parallel (meridian)."""
    with pytest.raises(GeometryError, match="keeps one"):
        measure()


@pytest.mark.parametrize("vertices", [np.zeros((1, 2)), np.array([(0.0, 0.0), (0.0, 91.0)]), np.zeros(4)])
def test_vertices_that_are_no_places_are_refused(vertices: Floats) -> None:
    """One vertex, a latitude beyond the pole, or another shape than (n, 2) is refused."""
    with pytest.raises(GeometryError):
        geodesic_chain(WGS84, vertices)
