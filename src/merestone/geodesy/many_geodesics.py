"""Chains along many geodesics at once, kept within a tolerance: what `densify` gives, in bulk.

Nodes are taken along every geodesic by PROJ, so close together that nothing varies by more than some percent from one
to the next: at most 200 km apart and 0.035 of the radius of the highest parallel that the geodesic reaches. At
the nodes the first and second derivatives of longitude and latitude along the geodesic are exact, and vertices between
them come from Hermite's interpolation of degree five, whose error, h^6 f^(6) / 46080, is below 10 micrometres for that
spacing. Vertices are spread as in `densify`, in equal shares of the integral of sqrt(|k| / 8 tolerance), k from
`turning`; |k| is taken linear in its root between nodes, or at the greater of the two where it varies fast, and pieces
may not lengthen by more than a fifth of the way run, so that a change of sign of k (at the equator) is safe.

The loops are plain Python for small inputs, so that a small run pays no compilation, and the same loops compiled by
numba for large ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.densify import densify
from merestone.geodesy.elementary import as_places, continued_longitudes, direct, inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.turning import Chord, lonlat_chord_curvature

_NODES_APART_M = 200_000.0
_NODES_APART = 0.035
"""Greatest spacing of nodes as a share of the radius of the highest parallel reached."""
_MOST_NODES = 4096
"""A geodesic that needs more nodes runs close past a pole and is left to `densify`."""
_SMALLEST_TOLERANCE_M = 1e-3
_COMPILED_FROM = 20_000
"""Nodes and vertices from which compiling (seconds) or loading the compiled loops is worth it."""
_MARGIN = 0.998


@dataclass(frozen=True, slots=True)
class DensifiedMany:
    """Chains along many lines: `lonlat` (m, 2) one after the other; line i has `lonlat[offsets[i]:offsets[i + 1]]`."""

    lonlat: Floats
    offsets: Indices


def densify_geodesics(
    ellipsoid: Ellipsoid, starts: Floats, ends: Floats, tolerance_m: float, chord: Chord = Chord.LONLAT
) -> DensifiedMany:
    """Give chains along the geodesics between `starts` and `ends`, (n, 2) each, within `tolerance_m` of them.

    Both ends of each are kept, longitudes continued from the start. Raise `GeometryError` for a tolerance below a
    millimetre and where a pair of places is one place or nearly opposite.
    """
    starts, ends = as_places(starts), as_places(ends)
    if not tolerance_m >= _SMALLEST_TOLERANCE_M:
        raise GeometryError(f"chains in bulk are kept to 1 mm at best, not to {tolerance_m} m; give a larger tolerance")
    if len(starts) != len(ends):
        raise GeometryError(f"there are {len(starts)} starts but {len(ends)} ends; give as many of each")
    start_azimuth, end_azimuth, length_m = inverse(ellipsoid, starts, ends)
    _check_lengths(ellipsoid, starts, ends, length_m)
    if chord is Chord.GEODESIC:
        ends = np.column_stack([continued_longitudes(starts[:, 0], ends[:, 0]), ends[:, 1]])
        return DensifiedMany(np.stack([starts, ends], axis=1).reshape(-1, 2), 2 * np.arange(len(starts) + 1))
    spans = _spans(ellipsoid, starts, ends, start_azimuth, end_azimuth, length_m)
    regular = spans <= _MOST_NODES
    # A chain close past a pole is replaced below; until then a metre of the equator stands for it.
    spans[~regular], length_m[~regular] = 1, 1.0
    places = (starts * regular[:, None], ends * regular[:, None])
    nodes = _nodes(ellipsoid, *places, start_azimuth, end_azimuth, length_m, spans)
    chains = _chains(ellipsoid, nodes, length_m, spans, tolerance_m)
    for index in np.nonzero(~regular)[0][::-1]:
        line = Geodesic.between(ellipsoid, tuple(starts[index]), tuple(ends[index]))
        chains = _replaced(chains, int(index), line, tolerance_m)
    return chains


def _check_lengths(ellipsoid: Ellipsoid, starts: Floats, ends: Floats, length_m: Floats) -> None:
    """Raise what `Geodesic.between` raises for the first pair that has no geodesic to vouch for."""
    doubtful = ~((length_m > 1e-6) & (length_m < 0.98 * math.pi * ellipsoid.b_m))
    for index in np.nonzero(doubtful)[0]:
        Geodesic.between(ellipsoid, tuple(starts[index]), tuple(ends[index]))


def _spans(
    ellipsoid: Ellipsoid, starts: Floats, ends: Floats, start_azimuth: Floats, end_azimuth: Floats, length_m: Floats
) -> Indices:
    """Give into how many spans between nodes each geodesic is cut."""
    cosine1, cosine2 = np.cos(np.radians(starts[:, 1])), np.cos(np.radians(ends[:, 1]))
    highest = np.minimum(cosine1, cosine2)
    # Clairaut: at the vertex cos(beta) = |sin(azimuth)| cos(beta1); it lies inside where the azimuth passes due east.
    north_south = np.cos(np.radians(start_azimuth)) * np.cos(np.radians(end_azimuth)) < 0.0
    vertex = np.abs(np.sin(np.radians(start_azimuth))) * cosine1
    highest = np.where(north_south, np.minimum(highest, vertex), highest)
    apart_m = np.minimum(_NODES_APART_M, _NODES_APART * ellipsoid.a_m * np.maximum(highest, 1e-9))
    return np.maximum(1, np.ceil(np.minimum(length_m / apart_m, 2.0 * _MOST_NODES))).astype(np.intp)


def _nodes(
    ellipsoid: Ellipsoid,
    starts: Floats,
    ends: Floats,
    start_azimuth: Floats,
    end_azimuth: Floats,
    length_m: Floats,
    spans: Indices,
) -> Floats:
    """Give all nodes one after the other, (m, 3): longitude, latitude, azimuth in degrees; spans + 1 for each line."""
    first = np.concatenate([[0], np.cumsum(spans + 1)[:-1]])
    nodes = np.empty((int(np.sum(spans + 1)), 3))
    nodes[first, :2], nodes[first, 2] = starts, start_azimuth
    nodes[first + spans, :2], nodes[first + spans, 2] = ends, end_azimuth
    inside = np.nonzero(spans > 1)[0]
    if len(inside):
        count = spans[inside] - 1
        of_line = np.repeat(inside, count)
        rank = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count) + 1
        lonlat, azimuth = direct(
            ellipsoid, starts[of_line], start_azimuth[of_line], length_m[of_line] * rank / spans[of_line]
        )
        at = first[of_line] + rank
        nodes[at, :2], nodes[at, 2] = lonlat, azimuth
    return nodes


def _chains(ellipsoid: Ellipsoid, nodes: Floats, length_m: Floats, spans: Indices, tolerance_m: float) -> DensifiedMany:
    work = np.empty((len(nodes), 8))
    pieces = np.empty(len(spans), dtype=np.intp)
    expected = len(nodes) if len(nodes) > _COMPILED_FROM else _expected(ellipsoid, nodes, length_m, spans, tolerance_m)
    count, fill = _loops(compiled=expected > _COMPILED_FROM)
    count(ellipsoid.a_m, ellipsoid.e2, nodes, length_m, spans, tolerance_m * _MARGIN, work, pieces)
    offsets = np.concatenate([[0], np.cumsum(pieces + 1)])
    lonlat = np.empty((int(offsets[-1]), 2))
    fill(nodes, spans, work, pieces, lonlat)
    return DensifiedMany(lonlat, offsets)


def _expected(ellipsoid: Ellipsoid, nodes: Floats, length_m: Floats, spans: Indices, tolerance_m: float) -> float:
    """Give about how many nodes and vertices are to come, from the curvature at the starts."""
    first = nodes[np.concatenate([[0], np.cumsum(spans + 1)[:-1]])]
    curvature = np.abs(lonlat_chord_curvature(ellipsoid, first[:, 1], first[:, 2]))
    return len(nodes) + float(np.sum(1.0 + length_m * np.sqrt(curvature / (8.0 * tolerance_m))))


def _replaced(chains: DensifiedMany, index: int, line: Geodesic, tolerance_m: float) -> DensifiedMany:
    """Give the chains with one of them made by `densify`."""
    chain = densify(line, tolerance_m, Chord.LONLAT).lonlat
    before, after = int(chains.offsets[index]), int(chains.offsets[index + 1])
    lonlat = np.concatenate([chains.lonlat[:before], chain, chains.lonlat[after:]])
    offsets = chains.offsets.copy()
    offsets[index + 1 :] += len(chain) - (after - before)
    return DensifiedMany(lonlat, offsets)


@lru_cache(maxsize=2)
def _loops(*, compiled: bool) -> tuple[Callable[..., Any], Callable[..., Any]]:
    if not compiled:
        return _count, _fill
    from numba import njit

    return njit(cache=True)(_count), njit(cache=True)(_fill)


def _count(a_m, e2, nodes, length_m, spans, tolerance_m, work, pieces):  # type: ignore[no-untyped-def]
    """Fill, for each node, derivatives and cumulated share, and for each line its number of pieces.

    Columns of `work`: lon', lat', lon'', lat'' (degrees, spans as unit of length), the density of pieces a span has
    at its near and far end, the share cumulated up to the node, unused.
    """
    degree = math.pi / 180.0
    node = 0
    for line in range(len(spans)):
        span_count = spans[line]
        span_m = length_m[line] / span_count
        for k in range(span_count + 1):
            at = node + k
            if k:
                nodes[at, 0] += 360.0 * round((nodes[at - 1, 0] - nodes[at, 0]) / 360.0)
            lat, azimuth = nodes[at, 1] * degree, nodes[at, 2] * degree
            sine, cosine = math.sin(lat), max(math.cos(lat), 1e-12)
            east, north = math.sin(azimuth), math.cos(azimuth)
            w2 = 1.0 - e2 * sine * sine
            across = a_m / math.sqrt(w2)
            along = across * (1.0 - e2) / w2
            tangent = sine / cosine / across
            bent = 3.0 * e2 * sine * cosine / (along * w2)
            curvature = abs(east) * abs((1.0 + north * north) * tangent + north * north * bent)
            work[at, 0] = east / (across * cosine) * span_m / degree
            work[at, 1] = north / along * span_m / degree
            work[at, 2] = 2.0 * east * north * tangent / (across * cosine) * span_m * span_m / degree
            work[at, 3] = -(east * east * tangent + north * north * bent) / along * span_m * span_m / degree
            # Long pieces bend more than the first order says, by the square of their length in parallel radii.
            piece_m = math.sqrt(8.0 * tolerance_m / max(curvature, 1e-30))
            ratio = min(piece_m, length_m[line]) / (across * cosine)
            work[at, 4] = piece_m / math.sqrt(1.0 + ratio * ratio)
        for k in range(1, span_count + 1):
            work[node + k, 4] = min(work[node + k, 4], work[node + k - 1, 4] + 0.2 * span_m)
        for k in range(span_count - 1, -1, -1):
            work[node + k, 4] = min(work[node + k, 4], work[node + k + 1, 4] + 0.2 * span_m)
        share = 0.0
        for k in range(span_count):
            at = node + k
            near, far = span_m / work[at, 4], span_m / work[at + 1, 4]
            if max(near, far) > 1.1 * min(near, far):
                near = far = max(near, far)
            work[at, 5], work[at, 6], work[at, 7] = near, far, share
            share += (near + far) / 2.0
        work[node + span_count, 7] = share
        pieces[line] = max(1, math.ceil(share))
        node += span_count + 1


def _fill(nodes, spans, work, pieces, lonlat):  # type: ignore[no-untyped-def]
    """Fill in the vertices: ends as they are, between them Hermite's interpolation of degree five between nodes."""
    node, row = 0, 0
    for line in range(len(spans)):
        span_count, piece_count = spans[line], pieces[line]
        last = node + span_count
        lonlat[row, 0], lonlat[row, 1] = nodes[node, 0], nodes[node, 1]
        step = work[last, 7] / piece_count
        at, piece = node, 1
        while piece < piece_count:
            while at < last - 1 and step * piece > work[at + 1, 7]:
                at += 1
            near, growth, before = work[at, 5], work[at, 6] - work[at, 5], work[at, 7]
            x0, x1, x2 = nodes[at, 0], work[at, 0], work[at, 2] / 2.0
            y0, y1, y2 = nodes[at, 1], work[at, 1], work[at, 3] / 2.0
            # Newton's form at 0, 0, 0, 1, 1, 1: divided differences of longitude and of latitude.
            chord = nodes[at + 1, 0] - x0
            second, other = chord - x1, work[at + 1, 0] - chord
            x3, third = second - x2, other - second
            x4, fourth = third - x3, work[at + 1, 2] / 2.0 - other - third
            x5 = fourth - x4
            chord = nodes[at + 1, 1] - y0
            second, other = chord - y1, work[at + 1, 1] - chord
            y3, third = second - y2, other - second
            y4, fourth = third - y3, work[at + 1, 3] / 2.0 - other - third
            y5 = fourth - y4
            upto = work[at + 1, 7] if at < last - 1 else math.inf
            while piece < piece_count and step * piece <= upto:
                rest = step * piece - before
                t = 2.0 * rest / (near + math.sqrt(max(near * near + 2.0 * rest * growth, 0.0)))
                u = t - 1.0
                lonlat[row + piece, 0] = x0 + t * (x1 + t * (x2 + t * (x3 + u * (x4 + u * x5))))
                lonlat[row + piece, 1] = y0 + t * (y1 + t * (y2 + t * (y3 + u * (y4 + u * y5))))
                piece += 1
        lonlat[row + piece_count, 0], lonlat[row + piece_count, 1] = nodes[last, 0], nodes[last, 1]
        row += piece_count + 1
        node = last + 1
