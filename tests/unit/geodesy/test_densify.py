"""Chains that keep within a tolerance of their curve."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Oracle

from merestone.errors import GeometryError
from merestone.geodesy.densify import densify
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.turning import Chord, departure_curvature


def chord_places(line: Line, vertices: Floats, chord: Chord, each: int) -> Floats:
    """Places the consumer draws between vertices, `each` to a piece, by independent means."""
    shares = (np.arange(each) + 0.5) / each
    if chord is Chord.LONLAT:
        steps = np.diff(vertices, axis=0)
        return (vertices[:-1, None, :] + shares[None, :, None] * steps[:, None, :]).reshape(-1, 2)
    oracle = Oracle(line.ellipsoid.a_m, line.ellipsoid.f)
    drawn = []
    for (lon1, lat1), (lon2, lat2) in itertools.pairwise(vertices):
        joined = oracle.InverseLine(lat1, lon1, lat2, lon2)
        drawn += [joined.Position(share * joined.s13) for share in shares]
    return np.array([(place["lon2"], place["lat2"]) for place in drawn])


@pytest.mark.parametrize("chord", list(Chord))
@pytest.mark.parametrize("tolerance_m", [1.0, 300.0])
def test_every_place_the_consumer_draws_is_within_the_tolerance(line: Line, chord: Chord, tolerance_m: float) -> None:
    """Places drawn between the vertices, by the consumer's rule, lie no further from the curve than was promised."""
    chain = densify(line, tolerance_m, chord)
    assert chain.greatest_m <= tolerance_m
    pieces = len(chain.lonlat) - 1
    drawn = chord_places(line, chain.lonlat, chord, 9 if pieces < 200 else 1)
    if len(drawn) > 1500:
        drawn = drawn[:: len(drawn) // 1500 + 1]
    assert np.abs(line.nearest(drawn).separation_m).max() <= chain.greatest_m * (1.0 + 1e-6) + 1e-6


@pytest.mark.parametrize("chord", list(Chord))
def test_every_place_of_the_curve_is_within_the_tolerance_of_the_chain(line: Line, chord: Chord) -> None:
    """Places of the curve lie no further from a fine sampling of the chain than was promised."""
    chain = densify(line, 500.0, chord)
    fine = chord_places(line, chain.lonlat, chord, 40)
    fine_xyz = cartesian(line.ellipsoid, np.concatenate([fine, chain.lonlat]))
    curve_xyz = cartesian(line.ellipsoid, line.position(np.linspace(0.0, line.length_m, 397)))
    nearest_m = np.array([np.sqrt(((fine_xyz - place) ** 2).sum(axis=1).min()) for place in curve_xyz])
    spacing_m = np.diff(chain.along_m).max() / 40
    assert nearest_m.max() <= np.hypot(chain.greatest_m, spacing_m) + 1e-6


@pytest.mark.parametrize("chord", list(Chord))
def test_no_more_vertices_than_even_spacing_needs(line: Line, chord: Chord) -> None:
    """The chain has no more pieces than evenly spaced ones at the greatest curvature, but for one or two."""
    chain = densify(line, 0.5, chord)
    curvature = departure_curvature(line, np.linspace(0.0, line.length_m, 2001), chord).max()
    even = line.length_m * np.sqrt(curvature / (8.0 * 0.5))
    if np.abs(line.position(np.linspace(0.0, line.length_m, 2001))[:, 1]).max() > 89.9:
        # Over a pole the curvature is nil but in one place; halving towards it takes two pieces a time, from both sides.
        even = 4.0 * np.log2(line.length_m / 0.5)
    assert len(chain.along_m) - 1 <= np.ceil(even * 1.002) + 1


def test_a_kind_that_the_consumer_draws_itself_needs_no_vertices() -> None:
    """A geodesic joined by geodesics and a parallel joined straight in lon/lat keep their two ends."""
    geodesic = Geodesic.between(WGS84, (0.0, 50.0), (80.0, 60.0))
    assert len(densify(geodesic, 0.001, Chord.GEODESIC).lonlat) == 2
    assert len(densify(Parallel.between(WGS84, (0.0, 60.0), (60.0, 60.0)), 0.001).lonlat) == 2


def test_vertices_lie_on_the_curve_in_order_with_exact_ends(line: Line) -> None:
    """Distances along increase, vertices are the line's own places, and the ends are exact."""
    chain = densify(line, 10.0)
    assert np.all(np.diff(chain.along_m) > 0.0)
    assert np.array_equal(chain.lonlat, line.position(chain.along_m))
    assert np.array_equal(chain.lonlat[[0, -1]], line.ends)


@pytest.mark.parametrize("tolerance_m", [0.0, -1.0, float("nan"), 1e-6])
def test_a_tolerance_that_cannot_be_kept_is_refused(tolerance_m: float) -> None:
    """Tolerances below a tenth of a millimetre, or none, are refused with a sentence."""
    with pytest.raises(GeometryError, match="tolerance"):
        densify(Parallel.between(WGS84, (0.0, 60.0), (60.0, 60.0)), tolerance_m)
