"""Edges of strands and of ways, and which of them come near one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.overlays.edge_meetings import Edges, metres_per_degree
from merestone.compare.overlays.overlay import Overlay
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices
from merestone.geodesy.lonlat_length import edge_lengths_m
from merestone.geodesy.many_geodesics import densify_geodesics
from merestone.geodesy.turning import Chord

_GEODESIC_ERROR_M = 0.01
_PIECE_DEG = 0.02


def strand_edges(claim: Claim) -> Edges:
    """The edges of a claim's strands, straight in lon/lat; geodesic ones followed within a centimetre."""
    return _edges(claim.frame.ellipsoid, [straight_chain(claim, index) for index in range(len(claim.strands))])


def straight_chain(claim: Claim, index: int) -> Floats:
    """A strand as places (n, 2) joined straight in lon/lat; geodesic edges are followed within a centimetre."""
    lonlat = claim.strands[index].lonlat
    if claim.edges is Chord.LONLAT:
        return lonlat
    apart = np.concatenate([[True], np.any(np.diff(lonlat, axis=0) != 0.0, axis=1)])
    places = lonlat[apart]
    chains = densify_geodesics(claim.frame.ellipsoid, places[:-1], places[1:], _GEODESIC_ERROR_M)
    last_of_each = np.zeros(len(chains.lonlat), dtype=bool)
    last_of_each[chains.offsets[1:-1] - 1] = True
    return np.asarray(chains.lonlat[~last_of_each])


def way_edges(ellipsoid: Ellipsoid, over: Overlay, ways: Indices) -> Edges:
    """The edges of chosen lines of an overlay; `chain` is the index of the line in the overlay."""
    import shapely

    flat, of_way = shapely.get_coordinates(over.lines[ways], return_index=True)
    offsets = np.searchsorted(of_way, np.arange(len(ways) + 1))
    chains = [flat[start:end] for start, end in pairwise(offsets)]
    return _edges(ellipsoid, chains, ways)


def _edges(ellipsoid: Ellipsoid, chains: Sequence[Floats], names: Indices | None = None) -> Edges:
    """The edges of chains, those of no length left out."""
    numbers = np.arange(len(chains)) if names is None else names
    if not len(chains):
        none = np.empty((0, 2))
        return Edges(none, none, np.empty(0, dtype=np.intp), np.empty(0), np.empty(0))
    starts, ends = np.vstack([each[:-1] for each in chains]), np.vstack([each[1:] for each in chains])
    counts = np.array([len(each) - 1 for each in chains])
    chain = np.repeat(numbers, counts)
    kept = np.any(starts != ends, axis=1)
    starts, ends, chain = starts[kept], ends[kept], chain[kept].astype(np.intp)
    length_m = edge_lengths_m(ellipsoid, starts, ends)
    upto = np.concatenate([[0.0], np.cumsum(length_m)])
    first = np.searchsorted(chain, chain, "left") if len(chain) else chain
    return Edges(starts, ends, chain, upto[:-1] - upto[first], length_m)


def _boxes(ellipsoid: Ellipsoid, edges: Edges, margin_m: float) -> tuple[Any, Indices]:
    """Boxes around edges, widened by a margin, and the edge of each (n,): long edges by pieces, whose boxes are small."""
    import shapely

    step = edges.ends - edges.starts
    pieces = np.maximum(1, np.ceil(np.abs(step).max(axis=1, initial=0.0) / _PIECE_DEG)).astype(np.intp)
    of_edge = np.repeat(np.arange(len(pieces)), pieces)
    rank = np.arange(len(of_edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    one, two = (edges.starts[of_edge] + ((rank + more) / pieces[of_edge])[:, None] * step[of_edge] for more in (0, 1))
    margin = 1.01 * margin_m / metres_per_degree(ellipsoid, np.maximum(np.abs(one[:, 1]), np.abs(two[:, 1]))) + 1e-9
    low, high = np.minimum(one, two) - margin, np.maximum(one, two) + margin
    return shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]), of_edge


def near_lines(ellipsoid: Ellipsoid, line: Edges, over: Overlay, margin_m: float) -> Indices:
    """The lines of an overlay whose box comes near an edge of the line, in order."""
    import shapely

    found = shapely.STRtree(over.lines).query(_boxes(ellipsoid, line, margin_m)[0])
    return np.unique(found[1]).astype(np.intp)


def candidates(ellipsoid: Ellipsoid, line: Edges, ways: Edges, margin_m: float) -> tuple[Indices, Indices]:
    """Pairs of edges of which pieces come near one another, each pair once, in order of the line."""
    import shapely

    boxes, of_way = _boxes(ellipsoid, ways, 0.0)
    others, of_line = _boxes(ellipsoid, line, margin_m)
    i, j = shapely.STRtree(boxes).query(others)
    pairs = np.unique(of_line[i] * max(len(ways.chain), 1) + of_way[j])
    first, second = np.divmod(pairs, max(len(ways.chain), 1))
    return first.astype(np.intp), second.astype(np.intp)
