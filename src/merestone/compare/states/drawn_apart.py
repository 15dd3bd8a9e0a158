"""How far the outlines of many States run near one another beside the edges that they share.

In matched polygons an edge near another State's outline stands in that outline too. Edges that stand in one ring alone
and come near such edges of another State are coasts on either side of a strait, ends of a common line, or outlines drawn
apart. They are sought on a grid: places along the edges fall into cells as wide as the reach, and cells of two States
that touch are near.
"""

from __future__ import annotations

import numpy as np

from merestone.compare.states.outlines import Outlines
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.unmatched_vertices import single_edges
from merestone.geodesy.arrays import Floats, Indices
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import Ellipsoid

_CELLS = np.array([(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1)])


def lengths_near(lines: Outlines, within_m: float, ellipsoid: Ellipsoid) -> dict[Pairing, float]:
    """Give for each pair of States the length in metres of edges of one ring alone that lie near such edges of the
    other, the lesser of both States' lengths: near is within the reach, and some edges up to three times as far."""
    edge, single = single_edges(lines)
    edge = edge[single]
    if not len(edge):
        return {}
    space, of, speaks_m = _samples(lines, edge, within_m, ellipsoid)
    state = lines.state[edge][of]
    keys, which = np.unique(_key(np.floor(space / within_m).astype(np.int64)), return_inverse=True)
    count = len(lines.identities)
    held, at = np.unique(which * count + state, return_inverse=True)
    length_m = np.bincount(at, weights=speaks_m)
    cell, who = held // count, held % count
    near = np.zeros(count * count)
    first = np.unique(held // count, return_index=True)[1]
    last = np.append(first[1:], len(held))
    met: set[tuple[int, int]] = set()
    for offset in _CELLS:
        moved = np.searchsorted(keys, keys + _key(offset[None, :])[0])
        moved = np.minimum(moved, len(keys) - 1)
        there = keys[moved] == keys + _key(offset[None, :])[0]
        row = np.nonzero(there[cell])[0]
        beside = moved[cell[row]]
        spans = last[beside] - first[beside]
        mine = np.repeat(row, spans)
        other = np.repeat(first[beside], spans) + (np.arange(spans.sum()) - np.repeat(np.cumsum(spans) - spans, spans))
        apart = who[mine] != who[other]
        met.update(zip(mine[apart].tolist(), who[other[apart]].tolist(), strict=True))
    for mine_, other_ in met:
        near[who[mine_] * count + other_] += length_m[mine_]
    both = near.reshape(count, count)
    lesser = np.minimum(both, both.T)
    names = lines.identities
    return {(names[i], names[j]): float(lesser[i, j]) for i, j in np.argwhere(np.triu(lesser) > 0.0).tolist()}


def _key(cells: Indices) -> Indices:
    """Give one number for each cell (n, 3); that of a neighbour is this number and that of the step."""
    return np.asarray((cells[:, 0] * 1_000_003 + cells[:, 1]) * 1_000_003 + cells[:, 2])


def _samples(lines: Outlines, edge: Indices, within_m: float, ellipsoid: Ellipsoid) -> tuple[Floats, Indices, Floats]:
    """Give places along edges, no further apart than the reach: in space (n, 3), the edge of each (n,), and the length
    that each speaks for (n,)."""
    start, end = lines.lonlat[edge], lines.lonlat[edge + 1]
    length_m = np.linalg.norm(cartesian(ellipsoid, end) - cartesian(ellipsoid, start), axis=1)
    pieces = np.maximum(1, np.ceil(length_m / within_m)).astype(np.intp)
    of = np.repeat(np.arange(len(edge)), pieces)
    share = (np.arange(len(of)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 0.5) / pieces[of]
    places = start[of] + share[:, None] * (end[of] - start[of])
    return cartesian(ellipsoid, places), of, (length_m / pieces)[of]
