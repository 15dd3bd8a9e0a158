"""Compiled: the nearest pieces of many chains to a place, by a tree of boxes in space.

Boxes stand in a complete binary tree: that of node i holds those of 2i and 2i + 1, the last level those of eight pieces
each. A search goes into the nearer box first and leaves out what is further than the best found (N. Roussopoulos,
S. Kelley and F. Vincent, Nearest neighbor queries, SIGMOD 1995).

Boxes bound chords, and chords bound geodesic distances (`chord_length`); but a shorter chord need not be a shorter
geodesic. Pieces that can be nearest are therefore ranked by a closer figure: a chord c at mean latitude phi whose ends
differ by dz along the axis lies in a normal section with curvature 1/R = (1 + e'² (dz/c)²) / N(phi), since 1/M - 1/N =
e'² cos²(phi) / N and dz = c cos(azimuth) cos(phi) there. 2 R asin(c / 2R) is the geodesic distance s within
0.0075 e² s (s/a)⁴: 0.3 micrometres at 100 km, 26 mm at 1000 km (tried over 200,000 pairs at each distance).
"""

# An element of an array is Any to the type checker and a float to the compiler.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

import numpy as np

from merestone.geodesy.arrays import Floats, Integers
from merestone.geodesy.compiled import compiled_unlocked
from merestone.geodesy.curved_edge import chord2_at, foot_at

LEAF = 8
KEPT = 4
"""Chains that are kept for one place where they are equally near but for the error of ranking."""
_ERROR = 0.03
_FLOOR_M = 1e-6


@compiled_unlocked
def ranked_m(a_m: float, e2: float, x: float, y: float, z: float, foot: Floats) -> float:
    """Give about the geodesic distance in metres between a place and a foot."""
    dx, dy, dz = foot[0] - x, foot[1] - y, foot[2] - z
    chord2 = dx * dx + dy * dy + dz * dz
    if chord2 == 0.0:
        return 0.0
    mx, my, mz = x + foot[0], y + foot[1], z + foot[2]
    level2 = (1.0 - e2) * (1.0 - e2) * (mx * mx + my * my)
    sine2 = mz * mz / (mz * mz + level2) if mz * mz + level2 > 0.0 else 0.0
    radius = a_m / math.sqrt(1.0 - e2 * sine2) / (1.0 + e2 / (1.0 - e2) * dz * dz / chord2)
    return 2.0 * radius * math.asin(min(1.0, math.sqrt(chord2) / (2.0 * radius)))


@compiled_unlocked
def error_m(a_m: float, e2: float, distance_m: float) -> float:
    """Give by how much at most, in metres, a ranked distance differs from the geodesic one."""
    return _FLOOR_M + _ERROR * e2 * distance_m * (distance_m / a_m) ** 4


@compiled_unlocked
def chord2_limit(a_m: float, e2: float, greatest_m: float, distance_m: float) -> float:
    """Give the squared chord in m² beyond which nothing can be nearer than, or as near as, a ranked distance."""
    half = (distance_m + 2.0 * error_m(a_m, e2, distance_m)) / (2.0 * greatest_m)
    chord = 2.0 * greatest_m * math.sin(min(math.pi / 2.0, half))
    return chord * chord * (1.0 + 1e-12) + 1e-9


@compiled_unlocked
def put_at(vertices: Floats, bulges: Floats, piece: int, share: float, foot: Floats) -> None:
    """Fill in the place in space at the share of a piece."""
    u = 4.0 * share * (1.0 - share)
    for axis in range(3):
        start, end = vertices[piece, axis], vertices[piece + 1, axis]
        foot[axis] = start + share * (end - start) + u * bulges[piece, axis]


@compiled_unlocked
def box2(boxes: Floats, node: int, x: float, y: float, z: float) -> float:
    """Give the squared distance in m² from a place to a box, 0 inside."""
    dx = max(boxes[node, 0] - x, 0.0, x - boxes[node, 3])
    dy = max(boxes[node, 1] - y, 0.0, y - boxes[node, 4])
    dz = max(boxes[node, 2] - z, 0.0, z - boxes[node, 5])
    return dx * dx + dy * dy + dz * dz


@compiled_unlocked
def still_kept(kept: int, most_m: float, kept_m: Floats, found: Integers, shares: Floats, query: int) -> int:
    """Give how many of those kept are still within a distance; they are moved to the front."""
    left = 0
    for other in range(kept):
        if kept_m[other] <= most_m:
            kept_m[left] = kept_m[other]
            found[query, left], shares[query, left] = found[query, other], shares[query, other]
            left += 1
    return left


@compiled_unlocked
def kept_with(  # noqa: PLR0913, PLR0917 (compiled loops have no records)
    kept: int,
    distance_m: float,
    piece: int,
    share: float,
    chain_of: Integers,
    kept_m: Floats,
    found: Integers,
    shares: Floats,
    query: int,
) -> int:
    """Give how many are kept once a piece has been put in: in the place of its chain, a free one, or the worst one."""
    place, worst = -1, 0
    for other in range(kept):
        if chain_of[found[query, other]] == chain_of[piece]:
            place = other
        if kept_m[other] > kept_m[worst]:
            worst = other
    if place < 0 and kept < KEPT:
        place, kept = kept, kept + 1
        kept_m[place] = math.inf
    elif place < 0:
        place = worst
    if distance_m < kept_m[place] or (distance_m == kept_m[place] and piece < found[query, place]):
        kept_m[place], found[query, place], shares[query, place] = distance_m, piece, share
    return kept


@compiled_unlocked
def nearest_pieces(  # noqa: C901 (one published algorithm, whole)
    ellipsoid: tuple[float, float, float],
    vertices: Floats,
    bulges: Floats,
    tree: tuple[Integers, Integers, Floats],
    places: Floats,
    found: Integers,
    shares: Floats,
) -> None:
    """Fill, for each place (q, 3), the nearest piece of each chain that can be nearest, (q, KEPT), -1 where no more.

    `ellipsoid`: a, e² and the greatest radius of curvature; `tree`: pieces in the order of the leaves, the chain of each
    piece, boxes. `shares` (q, KEPT): where on the piece.
    """
    a_m, e2, greatest_m = ellipsoid
    pieces, chain_of, boxes = tree
    leaves = len(boxes) // 2
    stack, waiting2 = np.empty(128, np.int64), np.empty(128)
    foot, kept_m = np.empty(3), np.empty(KEPT)
    seed = -1
    for query in range(len(places)):
        x, y, z = places[query, 0], places[query, 1], places[query, 2]
        kept, best_m, most_m, limit2 = 0, math.inf, math.inf, math.inf
        if seed >= 0:
            # The piece nearest to the place before is no nearer than the nearest: a first limit.
            put_at(vertices, bulges, seed, foot_at(vertices, bulges, seed, places, query), foot)
            limit2 = chord2_limit(a_m, e2, greatest_m, ranked_m(a_m, e2, x, y, z, foot))
        stack[0], waiting2[0], depth = 1, box2(boxes, 1, x, y, z), 1
        while depth:
            depth -= 1
            node = stack[depth]
            if waiting2[depth] > limit2:
                continue
            if node < leaves:
                near, far = 2 * node, 2 * node + 1
                near2, far2 = box2(boxes, near, x, y, z), box2(boxes, far, x, y, z)
                if near2 > far2:
                    near, far, near2, far2 = far, near, far2, near2
                if far2 <= limit2:
                    stack[depth], waiting2[depth] = far, far2
                    depth += 1
                if near2 <= limit2:
                    stack[depth], waiting2[depth] = near, near2
                    depth += 1
                continue
            begin = (node - leaves) * LEAF
            for at in range(begin, min(begin + LEAF, len(pieces))):
                piece = pieces[at]
                share = foot_at(vertices, bulges, piece, places, query)
                if chord2_at(vertices, bulges, piece, share, places, query) > limit2:
                    continue
                put_at(vertices, bulges, piece, share, foot)
                distance_m = ranked_m(a_m, e2, x, y, z, foot)
                if distance_m > most_m:
                    continue
                if distance_m < best_m:
                    best_m = distance_m
                    most_m = best_m + 2.0 * error_m(a_m, e2, best_m)
                    limit2 = min(limit2, chord2_limit(a_m, e2, greatest_m, best_m))
                    kept = still_kept(kept, most_m, kept_m, found, shares, query)
                kept = kept_with(kept, distance_m, piece, share, chain_of, kept_m, found, shares, query)
        for other in range(kept, KEPT):
            found[query, other] = -1
        if kept:
            seed = found[query, 0]
