"""Two lines compared: the whole of it, its cost a vertex, and what one would use instead.

Ours is `compare` with all its passes: matching, profiles, Hausdorff and Fréchet distance, zones with their areas, lengths
at common resolutions, and the uncertainty of both lines (a local error of 10 m each). Instead: `planar_overlay`, on the
very parts that ours compares. The notes give both errors: of the areas together against geodesic areas by PROJ, of the
greatest distance against a search by PROJ at the place that ours names. Memory is the peak of a process of its own.

Run: python -m benchmarks compare_lines; 2 x 1,000,000 vertices are measured by python -m benchmarks compare_million.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import numpy as np
from pyproj import Geod

from benchmarks.chains import versions
from benchmarks.clock import Row, in_fresh_process, peak_mib, timed
from benchmarks.planar_overlay import Planar, planar_overlay
from benchmarks.published_versions import REFERENCE, VERSIONS, claim_of, versions_folder
from merestone.compare.claim import Claim, Strand
from merestone.compare.comparison import Comparison, Settings
from merestone.compare.lines.compare import compare
from merestone.compare.lines.track import tracks_of
from merestone.geodesy.catalogue import find
from merestone.geodesy.line import Floats
from merestone.geodesy.uncertainty import Component, Local, Uncertainty

GEOD = Geod(ellps="WGS84")
SIZES = ((10_000, 5), (100_000, 3))
DISTANCES_UP_TO = 10_000
"""Vertices up to which shapely's Hausdorff and Fréchet distance end in a minute and in memory."""


def rows() -> Iterator[Row]:
    """A row for each size, and one for a real pair where its files are there."""
    compare(*synthetic(100), Settings())
    for vertices, runs in SIZES:
        yield synthetic_row(vertices, runs)
    folder = versions_folder()
    if folder.is_dir():
        names = "ne_v5.1.2", REFERENCE
        pair = tuple(_stated(claim_of(folder, VERSIONS[name].files, east_only=True), name) for name in names)
        sizes = [len(claim.strands[0].lonlat) for claim in pair]
        yield _row(f"{names[0]} and {names[1]}, {sizes[0]:,} and {sizes[1]:,} vertices", (pair[0], pair[1]), 5)


def synthetic(vertices: int) -> tuple[Claim, Claim]:
    """Two versions of one wandering line, each with its own error."""
    first, second = versions(vertices)
    frame = find("EPSG:4326")
    made = [
        Claim(name, (Strand(name, chain, left="Aland", right="Bland"),), frame)
        for name, chain in (("one", first), ("other", second))
    ]
    return _stated(made[0], "one"), _stated(made[1], "other")


def _stated(claim: Claim, source: str) -> Claim:
    """The claim with a local error of 10 m."""
    uncertainty = Uncertainty((Component(source, 10.0, Local(1_000.0)),))
    return Claim(claim.title, claim.strands, claim.frame, uncertainty=uncertainty)


def synthetic_row(vertices: int, runs: int) -> Row:
    """The row of a size, with cost and memory."""
    memory = in_fresh_process("benchmarks.compare_lines", str(vertices))["peak_mib"]
    return _row(f"2 x {vertices:,} vertices", synthetic(vertices), runs, f"{memory:.0f} MiB")


def _row(size: str, pair: tuple[Claim, Claim], runs: int, memory: str = "") -> Row:
    ours = timed(lambda: compare(*pair, Settings()), runs)
    made: Comparison = ours.result
    parts = compared_parts(made)
    distances = max(map(len, parts)) <= DISTANCES_UP_TO + 10
    peer = timed(lambda: planar_overlay(*parts, distances=distances), 1)
    vertices = sum(len(strand.lonlat) for claim in pair for strand in claim.strands)
    notes = [f"{ours.processor_s / vertices * 1e6:.1f} us a vertex", memory, *_errors(made, parts, peer.result)]
    what = "UTM, Hausdorff, Fréchet, polygonize" if distances else "UTM, polygonize (Hausdorff does not end)"
    return Row("compare", size, ours.processor_s, ours.wall_s, what, peer.processor_s, "; ".join(filter(None, notes)))


def compared_parts(made: Comparison) -> tuple[Floats, Floats]:
    """The vertices of the longest compared stretch of both lines, whose strands run in the common orientation."""
    stretch = max(made.stretches, key=lambda each: each.reaches[0].length_m)
    found = []
    for claim, reach in zip((made.first, made.second), stretch.reaches, strict=True):
        (track,) = (track for track in tracks_of(claim) if track.name == reach.strand)
        found.append(track.between(reach.from_m, reach.to_m))
    return found[0], found[1]


def _errors(made: Comparison, parts: tuple[Floats, Floats], planar: Planar) -> Iterator[str]:
    """By how much either is off."""
    exact_m2 = sum(geodesic_area_m2(rings[0]) - sum(map(geodesic_area_m2, rings[1:])) for rings in _polygons(made))
    ours_m2 = sum(zone.area_m2 for zone in made.zones)
    off = planar.area_m2 / (exact_m2 + made.balance.crumbs_m2) - 1.0
    planar_off = f"{off:+.3%}" if abs(off) < 0.1 else "all that one line encloses alone (it crosses itself)"
    yield f"areas of {exact_m2 / 1e6:.2f} km²: ours off by {abs(ours_m2 / exact_m2 - 1.0):.0e}, planar by {planar_off}"
    assert made.statistics is not None
    line = int(np.argmax([each.greatest_m for each in made.statistics]))
    exact_m = nearest_m(np.array(made.statistics[line].place), parts[1 - line])
    yield f"greatest {exact_m:.2f} m: ours off by {abs(made.hausdorff_m - exact_m):.0e} m"
    if planar.hausdorff_m is not None and planar.frechet_m is not None:
        low_m, high_m = made.frechet_m
        yield f"planar by {planar.hausdorff_m - exact_m:+.2f} m"
        yield f"Fréchet {low_m:.2f} to {high_m:.2f} m, planar {planar.frechet_m:.2f} m"


def _polygons(made: Comparison) -> Iterator[tuple[Floats, ...]]:
    for zone in made.zones:
        yield from zone.polygons


def geodesic_area_m2(ring: Floats) -> float:
    """The area inside a ring straight in longitude and latitude, by PROJ: edges cut into n and 2 n geodesics of 100 m and
    less, extrapolated."""
    return (4.0 * _cut_area_m2(ring, 2) - _cut_area_m2(ring, 1)) / 3.0


def _cut_area_m2(ring: Floats, pieces: int) -> float:
    step = np.diff(ring, axis=0)
    count = pieces * np.maximum(1, np.ceil(np.linalg.norm(step * 111_000.0, axis=1) / 100.0)).astype(int)
    edge = np.repeat(np.arange(len(step)), count)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)) / count[edge]
    places = ring[edge] + share[:, None] * step[edge]
    return abs(float(GEOD.polygon_area_perimeter(places[:, 0], places[:, 1])[0]))


def nearest_m(place: Floats, chain: Floats) -> float:
    """The least of Karney's distances from a place to a chain: sampled at its vertices and in between, then by thirds on
    the edges beside the nearest samples."""
    scale = np.array([np.cos(np.radians(place[1])), 1.0]) * 111_200.0
    step = np.diff(chain, axis=0)
    share = np.clip(
        np.sum((place - chain[:-1]) * step * scale**2, axis=1) / np.sum((step * scale) ** 2, axis=1), 0.0, 1.0
    )
    rough_m = np.linalg.norm((chain[:-1] + share[:, None] * step - place) * scale, axis=1)
    edge = np.nonzero(rough_m <= 1.01 * rough_m.min() + 1.0)[0]
    low, high = np.zeros(len(edge)), np.ones(len(edge))

    def apart_m(at: Floats) -> Floats:
        there = chain[edge] + at[:, None] * step[edge]
        lon, lat = np.full(len(edge), place[0]), np.full(len(edge), place[1])
        return np.asarray(GEOD.inv(lon, lat, there[:, 0], there[:, 1])[2])

    for _ in range(70):
        one, two = low + (high - low) / 3.0, high - (high - low) / 3.0
        nearer = apart_m(one) < apart_m(two)
        low, high = np.where(nearer, low, one), np.where(nearer, two, high)
    return float(apart_m((low + high) / 2.0).min())


if __name__ == "__main__":
    compare(*synthetic(int(sys.argv[1])), Settings())
    print(json.dumps({"peak_mib": peak_mib()}))
