"""Curves made into chains: corners kept, long chains drawn at once like their pieces, the bound a bound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.boundary_lines import FRAME, leg, ordinary, section
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.densify import departure_m
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.lines.chain import Chain, geodesic_chain, loxodrome_chain
from merestone.geodesy.lines.path import Path
from merestone.geodesy.turning import Chord
from merestone.publish.drawing import _chain, _greatest_departure_m, drawn_leg, places, ring_of
from merestone.publish.export import unchanged

CHAINS = {"geodesic": geodesic_chain, "loxodrome": loxodrome_chain}


def wandering(kind: str, latitude: float, step_deg: float, seed: int) -> ChainedLine:
    steps = np.random.default_rng(seed).normal(0.0, step_deg, (30, 2))
    chain: Chain = CHAINS[kind](WGS84, np.array([179.0, latitude]) + np.cumsum(steps, axis=0))
    return ChainedLine(chain)


@pytest.mark.parametrize("kind", CHAINS)
@pytest.mark.parametrize("step_deg", [0.001, 0.5, 2.0])
def test_a_long_chain_is_drawn_like_its_pieces(kind: str, step_deg: float) -> None:
    """Measuring all pieces at once gives the vertices that the pieces one by one would have."""
    line = wandering(kind, 50.0, step_deg, seed=7)
    one_by_one = _chain(Path(line.pieces()), 0.5)
    assert np.allclose(_chain(line, 0.5), one_by_one, rtol=0.0, atol=1e-9)


@given(st.sampled_from(sorted(CHAINS)), st.floats(-75.0, 75.0), st.floats(1e-4, 1.0), st.integers(0, 10**6))
def test_no_piece_departs_further_than_the_bound(kind: str, latitude: float, step_deg: float, seed: int) -> None:
    """The quick bound is never below what is measured, so that no piece is left too coarse."""
    line = wandering(kind, latitude, step_deg, seed)
    measured = float(departure_m(line, line.starts_m, Chord.LONLAT).max())
    assert measured <= _greatest_departure_m(line) * 1.01 + 1e-6


def test_a_ring_with_a_hole_in_it_has_no_outline() -> None:
    """Legs whose ends lie apart are not joined."""
    open_ring = section("R", (leg("1", "R", ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), ("A", "B", "C")),), ring=True)
    drawn = tuple(drawn_leg(open_ring, part, 1.0, lambda frame: unchanged(frame.name)) for part in open_ring.legs)
    assert ring_of(drawn) is None
    assert ring_of(()) is None


def test_a_ring_around_a_pole_has_no_outline() -> None:
    """A ring that goes once around ends a full turn from where it began: no polygon in longitude and latitude."""
    corners = tuple((float(longitude), -80.0) for longitude in range(0, 361, 60))
    around = section("R", (leg("1", "R", corners, ("",) * 7),), ring=True)
    drawn = tuple(drawn_leg(around, part, 50.0, lambda frame: unchanged(frame.name)) for part in around.legs)
    assert drawn[0].chain[-1, 0] - drawn[0].chain[0, 0] == pytest.approx(360.0, abs=1e-9)
    assert ring_of(drawn) is None


def test_places_lie_within_the_world() -> None:
    """Longitudes beyond the antimeridian come back into (-180, 180], to 1e-9 degree."""
    units = np.array([[181 * 10**9, 0], [180 * 10**9, 1], [-180 * 10**9, 2], [16_000_000_001, 3]], dtype=np.int64)
    assert places(units, unchanged(FRAME.name))[:, 0].tolist() == [-179.0, 180.0, 180.0, 16.000000001]


def test_a_leg_is_drawn_by_the_step_of_its_own_frame() -> None:
    """The step is asked for with the frame in which the leg was computed."""
    asked = []

    def step(frame: object) -> object:
        asked.append(frame)
        return unchanged("none")

    line = ordinary()
    drawn_leg(line.sections[0], line.legs[0], 1.0, step)  # type: ignore[arg-type]
    assert asked == [line.legs[0].frame]
