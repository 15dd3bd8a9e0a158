"""Which of many boundaries is nearest to a place, on the ellipsoid."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from pyproj import Geod

from merestone.errors import GeometryError
from merestone.geodesy.boundary_index import BoundaryIndex
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.geocentric_chain import at_along
from merestone.geodesy.line import Floats, Indices

GEOD = Geod(ellps="WGS84")


def nearest_of(index: BoundaryIndex, places: Floats) -> tuple[Indices, Floats, Floats]:
    """The chains of the places nearest to places, where these are, and how far."""
    found = index.nearest(places)
    return found.chain, found.lonlat, found.distance_m


def distances_m(place: Floats, others: Floats) -> Floats:
    """Karney's distances from one place."""
    lon, lat = np.full(len(others), place[0]), np.full(len(others), place[1])
    return np.asarray(GEOD.inv(lon, lat, others[:, 0], others[:, 1])[2])


def nearest_by_trying(place: Floats, chain: Floats) -> float:
    """The distance to a chain: every edge that can be nearest, sampled finer and finer about its best place."""
    far_m = distances_m(place, chain)
    lengths_m = np.asarray(GEOD.inv(chain[:-1, 0], chain[:-1, 1], chain[1:, 0], chain[1:, 1])[2])
    # An edge straight in lon/lat is longer than the geodesic: up to a half more for these, beside a pole.
    possible = np.nonzero(np.minimum(far_m[:-1], far_m[1:]) - 0.8 * lengths_m <= far_m.min())[0]
    best_m = far_m.min()
    for edge in possible:
        low, high = 0.0, 1.0
        for _ in range(5):
            shares = np.linspace(low, high, 41)
            apart_m = distances_m(place, at_along(chain[edge : edge + 2], shares))
            at = int(apart_m.argmin())
            best_m = min(best_m, float(apart_m[at]))
            low, high = shares[max(at - 1, 0)], shares[min(at + 1, 40)]
    return float(best_m)


def scattered(seed: int, number: int) -> list[Floats]:
    """Chains of all sizes all over the ellipsoid, among them near both poles and across the antimeridian."""
    chance = np.random.default_rng(seed)
    starts = [(179.9, 10.0), (-179.8, -30.0), (20.0, 88.5), (-100.0, -88.0), (0.0, 0.0)]
    starts += [(chance.uniform(-180.0, 180.0), chance.uniform(-80.0, 80.0)) for _ in range(number - len(starts))]
    chains = []
    for start in starts:
        steps = chance.normal(0.0, chance.choice([0.01, 0.3]), (30, 2))
        chain = np.asarray(start) + np.cumsum(steps, axis=0)
        chain[:, 1] = np.clip(chain[:, 1], -89.99, 89.99)
        chains.append(chain)
    return chains


def asked(seed: int, number: int) -> Floats:
    """Places evenly over the sphere, and at the poles and the antimeridian."""
    chance = np.random.default_rng(seed)
    lat = np.degrees(np.arcsin(chance.uniform(-1.0, 1.0, number)))
    special = [[0.0, 90.0], [77.0, -90.0], [180.0, 10.0], [-180.0, -30.0], [200.0, 60.0], [20.0, 89.9]]
    return np.concatenate([np.column_stack([chance.uniform(-180.0, 180.0, number), lat]), special])


@pytest.mark.parametrize("seed", range(3))
def test_nearest_is_what_trying_every_edge_finds(seed: int) -> None:
    """Of scattered chains, the one found is the one that Karney's distances to every edge find, at their distance."""
    chains, places = scattered(seed, 40), asked(seed, 60)
    index, foot, distance_m = nearest_of(BoundaryIndex.of(WGS84, chains), places)
    for row, place in enumerate(places):
        rough_m = np.array([distances_m(place, chain).min() for chain in chains])
        rivals = np.nonzero(rough_m <= rough_m.min() + 300_000.0)[0]
        tried_m = {int(rival): nearest_by_trying(place, chains[rival]) for rival in rivals}
        best_m = min(tried_m.values())
        allowed_m = 2e-4 + 0.0075 * WGS84.e2 * best_m * (best_m / WGS84.a_m) ** 4
        assert tried_m[int(index[row])] == pytest.approx(best_m, abs=1e-3)
        assert distance_m[row] == pytest.approx(best_m, abs=2.0 * allowed_m)
        assert distances_m(place, foot[[row]])[0] == pytest.approx(distance_m[row], abs=2e-6)


def test_feet_lie_on_the_edges() -> None:
    """A foot is on its edge, straight in lon/lat: a long edge along a parallel has all feet on that parallel."""
    parallel = np.array([[-120.0, 49.0], [-95.0, 49.0]])
    places = np.column_stack([np.linspace(-119.0, -96.0, 50), np.full(50, 50.0)])
    _, foot, distance_m = nearest_of(BoundaryIndex.of(WGS84, [parallel]), places)
    assert np.abs(foot[:, 1] - 49.0).max() < 1e-13
    # The nearest place of a parallel lies on the meridian of the place asked for.
    assert np.abs(foot[:, 0] - places[:, 0]).max() * 73_000.0 < 1.0
    assert np.abs(distance_m - GEOD.inv(0.0, 49.0, 0.0, 50.0)[2]).max() < 1e-3


def test_places_on_a_chain_are_at_no_distance() -> None:
    """A place of a chain is nearest to itself."""
    chains = scattered(9, 10)
    for number, chain in enumerate(chains):
        places = at_along(chain, np.linspace(0.0, 29.0, 100))
        index, _, distance_m = nearest_of(BoundaryIndex.of(WGS84, chains), places)
        assert distance_m.max() < 1e-3
        assert np.mean(index == number) > 0.9


def test_of_boundaries_that_are_equally_near_the_first_is_given() -> None:
    """At a tripoint that is nearest, and where two boundaries run together, the one that comes first is given."""
    shared_edge = np.array([[10.0, 50.0], [10.0, 51.0]])
    legs = [np.array([[10.0, 50.0], end]) for end in ([9.0, 50.5], [11.0, 50.5])]
    index = BoundaryIndex.of(WGS84, [legs[0], shared_edge, shared_edge[::-1], legs[1]])
    found, foot, _ = nearest_of(index, np.array([[10.0, 40.0], [10.05, 50.9]]))
    assert found.tolist() == [0, 1]
    assert foot[0].tolist() == [10.0, 50.0]


def test_how_many_are_asked_at_once_changes_nothing() -> None:
    """A place has the same answer to the last bit alone, among others, and in another order."""
    chains, places = scattered(4, 60), asked(4, 400)
    index = BoundaryIndex.of(WGS84, chains)
    whole = nearest_of(index, places)
    back = nearest_of(index, places[::-1])
    single = [nearest_of(index, places[[row]]) for row in range(0, len(places), 7)]
    for part in range(3):
        assert np.array_equal(whole[part], back[part][::-1])
        assert np.array_equal(whole[part][::7], np.concatenate([one[part] for one in single]))


def test_longitudes_by_whole_turns_are_the_same_place() -> None:
    """A place whose longitude is a turn further has the same nearest boundary."""
    chains, places = scattered(4, 20), asked(5, 50)
    index = BoundaryIndex.of(WGS84, chains)
    here, there = nearest_of(index, places), nearest_of(index, places + np.array([360.0, 0.0]))
    assert np.array_equal(here[0], there[0])
    assert np.abs(here[2] - there[2]).max() < 1e-3


def test_no_places_have_no_answer() -> None:
    """Asked for nothing, nothing is given."""
    found, foot, distance_m = nearest_of(BoundaryIndex.of(WGS84, scattered(1, 6)), np.empty((0, 2)))
    assert (len(found), foot.shape, len(distance_m)) == (0, (0, 2), 0)


def test_what_is_no_index_and_no_place_is_refused() -> None:
    """No chains, a chain of one vertex, and places beyond the poles are refused."""
    for chains in ([], [np.zeros((1, 2))]):
        with pytest.raises(GeometryError):
            BoundaryIndex.of(WGS84, chains)
    index = BoundaryIndex.of(WGS84, scattered(1, 6))
    for place in ([0.0, 91.0], [np.nan, 0.0]):
        with pytest.raises(GeometryError):
            index.nearest(np.array([place]))


def test_all_land_boundaries_of_the_world(shared: Path) -> None:
    """Of all land boundaries of the world, no vertex of another is nearer than the boundary found."""
    file = shared / "data" / "world-land-boundaries" / "osm_2017_world_land_boundaries.geojson.gz"
    if not file.is_file():
        pytest.skip("needs the world's land boundaries in the shared case data")
    features = json.loads(gzip.decompress(file.read_bytes()))["features"]
    chains = []
    for geometry in (feature["geometry"] for feature in features):
        lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
        chains += [np.array(line)[:, :2] for line in lines if len(line) > 1]
    vertices = np.concatenate(chains)
    of_chain = np.repeat(np.arange(len(chains)), [len(chain) for chain in chains])
    places = asked(0, 2)[:5]
    index, _, distance_m = nearest_of(BoundaryIndex.of(WGS84, chains), places)
    for row, place in enumerate(places):
        far_m = distances_m(place, vertices)
        allowed_m = 1e-3 + 0.015 * WGS84.e2 * distance_m[row] * (distance_m[row] / WGS84.a_m) ** 4
        assert distance_m[row] <= far_m.min() + allowed_m
        assert distance_m[row] == pytest.approx(nearest_by_trying(place, chains[index[row]]), abs=allowed_m)
        assert far_m[of_chain == index[row]].min() >= distance_m[row] - 1e-3
