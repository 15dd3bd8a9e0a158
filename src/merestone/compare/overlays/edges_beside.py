"""Where an overlay runs along a line: stretches of it that stay within a tolerance of the line, and how long.

The places within a distance r of an edge make a capsule, which is convex: a straight overlay edge lies in it along one
interval, the span of its intervals in the two discs and in the rectangle. Intervals of one chain that touch are one
stretch. Plane geometry in metres at the line's edge; over r of some tens of metres that is exact to a millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.overlays.edge_meetings import Edges, metres_per_degree
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Stretches, (n,) each: overlay chain and line chain, from and to on the overlay in metres, least and greatest
    chainage on the line in metres, the overlay edge on which they begin."""

    other: Indices
    chain: Indices
    from_m: Floats
    to_m: Floats
    least_m: Floats
    greatest_m: Floats
    first_edge: Indices


def beside(ellipsoid: Ellipsoid, line: Edges, overlay: Edges, pairs: tuple[Indices, Indices], reach_m: float) -> Beside:
    """The stretches of overlay chains within `reach_m` of a chain of the line, from candidate pairs of edges."""
    i, j = pairs
    scale = metres_per_degree(ellipsoid, line.starts[i, 1])
    origin = line.starts[i]
    d = (line.ends[i] - origin) * scale
    p, e = (overlay.starts[j] - origin) * scale, (overlay.ends[j] - overlay.starts[j]) * scale
    low, high = _in_capsule(p, e, d, reach_m)
    near = high >= low
    i, j, low, high, d, p, e = i[near], j[near], low[near], high[near], d[near], p[near], e[near]
    feet = np.stack([line.along_m[i] + _foot(p + share[:, None] * e, d) * line.length_m[i] for share in (low, high)])
    start_m, end_m = (overlay.along_m[j] + share * overlay.length_m[j] for share in (low, high))
    order = np.lexsort((i, j, start_m, line.chain[i], overlay.chain[j]))
    groups = _touching(overlay.chain[j][order], line.chain[i][order], start_m[order], end_m[order])
    i, j, feet, start_m, end_m = i[order], j[order], feet[:, order], start_m[order], end_m[order]
    return Beside(
        overlay.chain[j][groups],
        line.chain[i][groups],
        start_m[groups],
        _each(np.maximum, end_m, groups),
        _each(np.minimum, feet.min(axis=0), groups),
        _each(np.maximum, feet.max(axis=0), groups),
        j[groups],
    )


def _each(reduce: np.ufunc, values: Floats, groups: Indices) -> Floats:
    """The least or greatest of each group of values."""
    return np.asarray(reduce.reduceat(values, groups)) if len(groups) else np.empty(0)


def _touching(other: Indices, chain: Indices, start_m: Floats, end_m: Floats) -> Indices:
    """Where groups of intervals begin that touch or overlap, on the same two chains; sorted by chains and start."""
    firsts: list[int] = []
    reached, key = -np.inf, (-1, -1)
    rows = zip(other.tolist(), chain.tolist(), start_m.tolist(), end_m.tolist(), strict=True)
    for index, (one, two, start, end) in enumerate(rows):
        if (one, two) != key or start > reached + 1e-3:
            firsts.append(index)
            key, reached = (one, two), end
        else:
            reached = max(reached, end)
    return np.array(firsts, dtype=np.intp)


def _in_capsule(p: Floats, e: Floats, d: Floats, reach_m: float) -> tuple[Floats, Floats]:
    """The shares of edges p + u e within reach of the segments from the origin to d: least and greatest u, (n,) each;
    the least above the greatest where there are none."""
    low, high = np.full(len(p), np.inf), np.full(len(p), -np.inf)
    length = np.maximum(np.linalg.norm(d, axis=1), 1e-12)
    unit = d / length[:, None]
    across = np.column_stack([-unit[:, 1], unit[:, 0]])
    slabs = [(np.sum(p * axis, axis=1), np.sum(e * axis, axis=1)) for axis in (unit, across)]
    one = _between(*slabs[0], np.zeros(len(p)), length)
    two = _between(*slabs[1], np.full(len(p), -reach_m), np.full(len(p), reach_m))
    boxes = [(np.maximum(one[0], two[0]), np.minimum(one[1], two[1]))]
    for start, end in [*boxes, _in_disc(p, e, reach_m), _in_disc(p - d, e, reach_m)]:
        inside = start <= end
        low = np.where(inside, np.minimum(low, start), low)
        high = np.where(inside, np.maximum(high, end), high)
    low, high = np.maximum(low, 0.0), np.minimum(high, 1.0)
    return low, high


def _between(value: Floats, slope: Floats, least: Floats, most: Floats) -> tuple[Floats, Floats]:
    """The u for which value + slope u lies between two bounds."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = (least - value) / slope, (most - value) / slope
    level = slope == 0.0
    inside = (value >= least) & (value <= most)
    low = np.where(level, np.where(inside, -np.inf, np.inf), np.minimum(one, two))
    high = np.where(level, np.where(inside, np.inf, -np.inf), np.maximum(one, two))
    return low, high


def _in_disc(p: Floats, e: Floats, reach_m: float) -> tuple[Floats, Floats]:
    """The u for which |p + u e| is within reach."""
    a, b = np.sum(e * e, axis=1), np.sum(p * e, axis=1)
    rest = b * b - a * (np.sum(p * p, axis=1) - reach_m**2)
    root = np.sqrt(np.maximum(rest, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (-b - root) / a, (-b + root) / a
    missed = (rest < 0.0) | (a == 0.0)
    return np.where(missed, np.inf, low), np.where(missed, -np.inf, high)


def _foot(place: Floats, d: Floats) -> Floats:
    """The share of the segment from the origin to d that is nearest to a place: (n, 2), (n, 2) -> (n,)."""
    square = np.maximum(np.sum(d * d, axis=1), 1e-24)
    return np.asarray(np.clip(np.sum(place * d, axis=1) / square, 0.0, 1.0))
