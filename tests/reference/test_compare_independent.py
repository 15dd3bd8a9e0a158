"""Zones and separations of three real pairs of lines against a slow computation that shares no code with ours.

Areas: every zone of at least 0.01 km², its outline's edges straight in longitude and latitude cut into n and into 2 n pieces
(n = 1 below 500 m), each piece a geodesic of geographiclib's polygon. What lies between a piece and its geodesic falls with
the square of its length, so that (4 A(2 n) - A(n)) / 3 is the area inside straight edges (L. F. Richardson, 1911). The sum
of geographiclib is itself rounded by some 1e-5 m² an edge, which below 0.1 km² is more than 1e-9; there that is allowed.

Separations: from each of 200 stations, chosen at random, the whole other line is sampled every 25 m or less; of every edge
that can hold the nearest place the nearest is found by thirds, with Karney's distances as PROJ computes them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from benchmarks.published_versions import REFERENCE, VERSIONS, claim_of
from geographiclib.geodesic import Geodesic
from pyproj import Geod

from merestone.compare.comparison import Comparison, Profile, Settings
from merestone.compare.lines.compare import compare
from merestone.compare.lines.track import tracks_of
from merestone.geodesy.line import Floats

GEOD = Geod(ellps="WGS84")
LEAST_M2, SURE_M2 = 1e4, 1e5
ROUNDED_M2 = 5e-5
"""What geographiclib's own rounding comes to, times the square root of the edges."""
STATIONS = 200
SETTINGS = Settings()
VERSUS = ("osm_2024", "tz_world", "ne_v5.1.2")


@pytest.fixture(scope="module")
def versions(shared: Path) -> Path:
    """The folder of versions of one boundary; the test is skipped without it."""
    folder = shared / "data" / "armenia-azerbaijan-versions"
    if not folder.is_dir():
        pytest.skip("needs the versions of the Armenia-Azerbaijan boundary in the shared data")
    return folder


@lru_cache(maxsize=3)
def compared(versions: Path, version: str) -> Comparison:
    """A version against `osm_2026`, exclaves included."""
    reference = VERSIONS[REFERENCE].files
    return compare(claim_of(versions, VERSIONS[version].files), claim_of(versions, reference), SETTINGS)


def geographiclib_area_m2(ring: Floats, pieces: int) -> float:
    """The area inside a ring, each edge cut into `pieces` geodesics for every 500 m begun."""
    polygon = Geodesic.WGS84.Polygon()
    for start, end in pairwise(ring):
        count = pieces * max(1, int(np.ceil(np.hypot(*(end - start) * [85_000.0, 111_000.0]) / 500.0)))
        for share in np.arange(count) / count:
            lon, lat = start + share * (end - start)
            polygon.AddPoint(lat, lon)
    return abs(float(polygon.Compute()[2]))


def straight_area_m2(ring: Floats) -> float:
    """The area inside a ring straight in longitude and latitude, by extrapolation."""
    return (4.0 * geographiclib_area_m2(ring, 2) - geographiclib_area_m2(ring, 1)) / 3.0


@pytest.mark.parametrize("version", VERSUS)
def test_areas_of_zones_are_those_of_geographiclib(versions: Path, version: str) -> None:
    """Every zone of at least 0.1 km² has the area of its outline less its holes to 1e-9 of itself, smaller ones down to
    0.01 km² to the rounding of geographiclib."""
    chosen = [zone for zone in compared(versions, version).zones if zone.area_m2 >= LEAST_M2]
    assert sum(zone.area_m2 >= SURE_M2 for zone in chosen) >= 4
    for zone in chosen:
        expected = sum(straight_area_m2(rings[0]) - sum(map(straight_area_m2, rings[1:])) for rings in zone.polygons)
        edges = sum(len(ring) for rings in zone.polygons for ring in rings)
        rounded_m2 = 0.0 if zone.area_m2 >= SURE_M2 else ROUNDED_M2 * float(np.sqrt(edges))
        assert zone.area_m2 == pytest.approx(expected, rel=1e-9, abs=rounded_m2), zone.name


@pytest.mark.parametrize("line", [0, 1])
@pytest.mark.parametrize("version", VERSUS)
def test_separations_are_those_of_brute_force(versions: Path, version: str, line: int) -> None:
    """At 200 stations the separation is the least of all distances to the other line, within the declared error, and
    has the sign of the side on which the other line lies."""
    made = compared(versions, version)
    stretch = max(made.stretches, key=lambda each: each.reaches[0].length_m)
    profile, reach = stretch.profiles[line], stretch.reaches[1 - line]
    (other,) = (track for track in tracks_of((made.first, made.second)[1 - line]) if track.name == reach.strand)
    chain = other.between(reach.from_m, reach.to_m)
    for station in np.random.default_rng(line).choice(len(profile.along_m), STATIONS, replace=False).tolist():
        apart_m, left = nearest(profile.lonlat[station], chain)
        ours_m = float(profile.separation_m[station])
        assert -1e-6 <= abs(ours_m) - apart_m <= SETTINGS.error_m
        assert foot_apart_m(profile, station) == pytest.approx(abs(ours_m), abs=1e-6)
        if left is not None and apart_m > 1e-3:
            assert (ours_m < 0.0) == left


def foot_apart_m(profile: Profile, station: int) -> float:
    """Karney's distance from a station to the foot that is given for it."""
    return float(GEOD.inv(*profile.lonlat[station], *profile.foot[station])[2])


def nearest(place: Floats, chain: Floats) -> tuple[float, bool | None]:
    """The least distance of a place from a chain in metres, and whether the place lies left of it; None where the nearest
    place is a vertex."""
    edges = _possible(place, chain)
    low, high = np.zeros(len(edges)), np.ones(len(edges))
    for _ in range(70):
        one, two = low + (high - low) / 3.0, high - (high - low) / 3.0
        nearer = _apart_m(place, chain, edges, one) < _apart_m(place, chain, edges, two)
        low, high = np.where(nearer, low, one), np.where(nearer, two, high)
    apart_m = _apart_m(place, chain, edges, (low + high) / 2.0)
    best = int(np.argmin(apart_m))
    (dx, dy), (px, py) = chain[edges[best] + 1] - chain[edges[best]], place - chain[edges[best]]
    inside = 1e-4 < low[best] < 1.0 - 1e-4
    return float(apart_m[best]), bool(dx * py - dy * px > 0.0) if inside else None


def _possible(place: Floats, chain: Floats) -> Floats:
    """The edges on which the nearest place can lie: sampled every 25 m, in a local plane, with 1 % and 40 m to spare."""
    scale = np.array([np.cos(np.radians(place[1])), 1.0]) * 111_200.0
    count = np.maximum(1, np.ceil(np.linalg.norm(np.diff(chain, axis=0) * scale, axis=1) / 25.0)).astype(int)
    edge = np.repeat(np.arange(len(count)), count)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)) / count[edge]
    there = chain[edge] + share[:, None] * (chain[edge + 1] - chain[edge])
    rough_m = np.linalg.norm((there - place) * scale, axis=1)
    return np.unique(edge[rough_m <= 1.01 * rough_m.min() + 40.0])


def _apart_m(place: Floats, chain: Floats, edges: Floats, share: Floats) -> Floats:
    there = chain[edges] + share[:, None] * (chain[edges + 1] - chain[edges])
    lon, lat = np.full(len(edges), place[0]), np.full(len(edges), place[1])
    return np.asarray(GEOD.inv(lon, lat, there[:, 0], there[:, 1])[2])
