"""The nearest of all land boundaries: Merestone on the ellipsoid against a tree over longitude and latitude.

The note says for what share of places, even over the sphere, the tree over degrees names an edge that is further, by
Karney's distances, than ours by more than a metre and 1e-5, and for what share that of another pair of States. Run: python -m benchmarks nearest_boundary
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.chains import world
from benchmarks.clock import Row, timed
from merestone.geodesy.boundary_index import BoundaryIndex
from merestone.geodesy.elementary import inverse
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Flags, Floats

PLACES = 1_000_000
PEER_PLACES = 20_000
"""The tree over degrees is asked for fewer, and its seconds are multiplied."""


def places(number: int) -> Floats:
    """Places evenly over the sphere."""
    chance = np.random.default_rng(0)
    lat = np.degrees(np.arcsin(chance.uniform(-1.0, 1.0, number)))
    return np.column_stack([chance.uniform(-180.0, 180.0, number), lat])


def rows() -> Iterator[Row]:
    """Building the index, and asking it."""
    import shapely

    chains, pair, what = world()
    vertices = sum(len(chain) for chain in chains)
    asked = places(PLACES)
    BoundaryIndex.of(WGS84, chains[:3]).nearest(asked[:10])
    built = timed(lambda: BoundaryIndex.of(WGS84, chains), 3)
    segments = np.concatenate([np.stack([chain[:-1], chain[1:]], axis=1) for chain in chains])
    lines = shapely.linestrings(segments)
    peer_built = timed(lambda: _tree(lines), 3)
    size = f"{what}, {vertices:,} vertices"
    yield Row("index", size, built.processor_s, built.wall_s, "shapely.STRtree", peer_built.processor_s)
    found = timed(lambda: built.result.nearest(asked), 3)
    some = asked[:PEER_PLACES]
    points = shapely.points(some)
    peer = timed(lambda: peer_built.result.nearest(points), 1)
    further = _further(some, segments[peer.result], found.result.distance_m[:PEER_PLACES])
    pair_of_edge = np.repeat(pair, [len(chain) - 1 for chain in chains])
    wrong = further & (pair_of_edge[peer.result] != np.asarray(pair)[found.result.chain[:PEER_PLACES]])
    seconds = peer.processor_s * PLACES / PEER_PLACES
    note = f"over degrees {further.mean():.1%} of places get a further edge, {wrong.mean():.1%} a wrong boundary"
    yield Row(
        "nearest boundary", f"{PLACES:,} places", found.processor_s, found.wall_s, "STRtree.nearest", seconds, note
    )


def _tree(lines: object) -> object:
    """A tree that has been built: shapely's is at the first question."""
    import shapely

    tree = shapely.STRtree(lines)
    tree.nearest(shapely.Point(0.0, 0.0))
    return tree


def _further(asked: Floats, segments: Floats, ours_m: Floats) -> Flags:
    """Of which places the nearest edge in degrees is further than ours, sampled in 201 places."""
    least_m = np.full(len(asked), np.inf)
    for share in np.linspace(0.0, 1.0, 201):
        there = segments[:, 0] + share * (segments[:, 1] - segments[:, 0])
        least_m = np.minimum(least_m, inverse(WGS84, asked, there)[2])
    return least_m > ours_m + 1.0 + 1e-5 * ours_m
