"""Nearest places of chains, beside all distances that PROJ can measure."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats
from merestone.geodesy.near_chain import ChainIndex
from merestone.geodesy.near_distance import near_distances_m

GEOD = Geod(ellps="WGS84")


def brute_force_m(place: Floats, chains: list[Floats]) -> float:
    """The least geodesic distance to finely spaced places of all edges, then to places around the best of them."""
    best = np.inf
    for chain in chains:
        shares = np.linspace(0.0, 1.0, 60)
        fine = (chain[:-1, None, :] + shares[None, :, None] * np.diff(chain, axis=0)[:, None, :]).reshape(-1, 2)
        apart = GEOD.inv(np.full(len(fine), place[0]), np.full(len(fine), place[1]), fine[:, 0], fine[:, 1])[2]
        top = int(np.argmin(apart))
        low, high = max(top - 1, 0), min(top + 1, len(fine) - 1)
        around = np.concatenate(
            [fine[low] + (fine[top] - fine[low]) * np.linspace(0, 1, 2000)[:, None],
             fine[top] + (fine[high] - fine[top]) * np.linspace(0, 1, 2000)[:, None]]
        )  # fmt: skip
        apart = GEOD.inv(np.full(len(around), place[0]), np.full(len(around), place[1]), around[:, 0], around[:, 1])[2]
        best = min(best, float(apart.min()))
    return best


def chains() -> list[Floats]:
    noise = np.random.default_rng(4)
    across_180 = np.column_stack([np.linspace(176.0, 184.0, 400), 60.0 + np.cumsum(noise.normal(0, 0.02, 400))])
    north = np.column_stack([np.linspace(-20.0, 20.0, 800), np.linspace(83.0, 86.0, 800)])
    here = np.column_stack([np.linspace(10.0, 12.0, 500), 45.0 + np.cumsum(noise.normal(0, 0.004, 500))])
    return [across_180, north, here]


def test_no_place_of_any_chain_is_nearer_than_the_foot_close_by() -> None:
    """Within 50 km the distance is the least one to a millimetre in a kilometre of separation."""
    noise = np.random.default_rng(5)
    found = chains()
    index = ChainIndex.of(WGS84, found)
    vertices = np.concatenate(found)
    places = vertices[noise.integers(0, len(vertices), 60)] + noise.normal(0.0, 0.05, (60, 2))
    feet = index.nearest(places)
    for place, distance_m in zip(places, feet.distance_m, strict=True):
        least_m = brute_force_m(place, found)
        assert distance_m == pytest.approx(least_m, abs=1e-3 + 1e-6 * least_m)


def test_no_place_of_any_chain_is_nearer_than_the_foot_far_away() -> None:
    """Anywhere on the Earth the distance is the least one to a hundred-thousandth."""
    noise = np.random.default_rng(6)
    found = chains()
    places = np.column_stack([noise.uniform(-180, 180, 60), np.degrees(np.arcsin(noise.uniform(-1, 1, 60)))])
    feet = ChainIndex.of(WGS84, found).nearest(places)
    for place, distance_m in zip(places, feet.distance_m, strict=True):
        assert distance_m == pytest.approx(brute_force_m(place, found), rel=1e-5)


def test_the_order_of_the_places_changes_nothing() -> None:
    """What was searched before does not change what is found."""
    noise = np.random.default_rng(7)
    index = ChainIndex.of(WGS84, chains())
    places = np.column_stack([noise.uniform(-180, 180, 500), noise.uniform(-80, 80, 500)])
    shuffled = noise.permutation(500)
    there, again = index.nearest(places), index.nearest(places[shuffled])
    assert np.array_equal(there.edge[shuffled], again.edge)
    assert np.array_equal(there.distance_m[shuffled], again.distance_m)


@pytest.mark.parametrize(
    ("place", "side"),
    [
        ((1.0, 1.0), 1.0),
        ((1.0, -1.0), -1.0),
        ((1.0, 0.0), 0.0),
        ((2.5, 0.5), -1.0),
        ((2.2, 2.0), -1.0),
        ((1.8, 1.0), 1.0),
    ],
)
def test_a_place_lies_left_or_right_of_its_foot(place: tuple[float, float], side: float) -> None:
    """Left and right are told at edges, at a corner, and exactly on the line."""
    corner = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 3.0]])
    feet = ChainIndex.of(WGS84, [corner]).nearest(np.array([place]))
    assert feet.side[0] == side


def test_beyond_a_corner_the_sum_of_both_edges_decides() -> None:
    """A place whose foot is the tip of a hairpin lies outside it, though one of both edges has it on its other side."""
    hairpin = np.array([[0.0, 0.0], [1.0, 0.01], [0.0, 0.02]])
    feet = ChainIndex.of(WGS84, [hairpin]).nearest(np.array([[1.2, 0.0099], [1.2, 0.0101], [0.5, 0.01]]))
    assert feet.side.tolist() == [-1.0, -1.0, 1.0]


def test_a_chain_of_one_vertex_is_refused() -> None:
    """What has no edge cannot be searched."""
    with pytest.raises(GeometryError, match="two vertices"):
        ChainIndex.of(WGS84, [np.zeros((1, 2))])


@pytest.mark.parametrize("latitude", [0.0, 45.0, -70.0, 87.0, 89.5])
@pytest.mark.parametrize("size_deg", [1e-6, 1e-3, 0.1, 5.0])
def test_near_distances_are_geodesic(latitude: float, size_deg: float) -> None:
    """Distances are Karney's to two micrometres, at every latitude and size, across the antimeridian too."""
    noise = np.random.default_rng(8)
    starts = np.column_stack([noise.uniform(179.0, 181.0, 50), np.full(50, latitude)])
    ends = starts + noise.uniform(-size_deg, size_deg, (50, 2))
    ends[:, 1] = np.clip(ends[:, 1], -90.0, 90.0)
    ends[::2, 0] -= 360.0
    expected = GEOD.inv(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])[2]
    assert np.abs(near_distances_m(WGS84, starts, ends) - expected).max() < 2e-6
