"""A chain straight in longitude and latitude as geocentric pieces, so that distances need no trigonometry.

Each edge is cut into pieces so short that a parabola in space through both ends and the middle keeps within a tenth
of a millimetre of it: P(t) = A + t (B - A) + 4 t (1 - t) C with C, the bulge, from the place at the middle of the
piece. What a parabola leaves is h³ max|P'''| / (72 √3) (the error of interpolation in three places), with P the place
over the share h of the edge; |P'''| is bounded by the a (Δλ³ cos φ + 3 Δλ² Δφ + 3 Δλ Δφ² cos φ + Δφ³) of a sphere.
The poles and the antimeridian are places as any other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.blocks import blocks
from merestone.geodesy.elementary import as_places, cartesian
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices

_OFF_M = 1e-4
_LONGEST_M, _LONGEST, _SHORTEST_M = 2_000.0, 0.01, 50.0
"""Pieces are no longer than this, nor than this share of the radius of their parallel, down to 50 m beside a pole: so
that two of them side by side bend nearly alike, and the distance between them has no hump to speak of in the middle."""


@dataclass(frozen=True, slots=True, eq=False)
class GeocentricChain:
    """The pieces of a chain.

    `vertices` (k, 3) metres; `bulges` (k - 1, 3) metres, the middle of each piece above the middle of its chord;
    `along` (k,) where on the chain: i + s is the place at the share s of the edge after vertex i.
    """

    vertices: Floats
    bulges: Floats
    along: Floats

    def along_at(self, pieces: Floats) -> Floats:
        """Give where on the chain, i + s, the places at k + t of the pieces lie: any shape, and the same."""
        return np.asarray(np.interp(pieces, np.arange(len(self.along), dtype=np.float64), self.along))


def geocentric_chain(ellipsoid: Ellipsoid, lonlat: Floats) -> GeocentricChain:
    """Give the pieces of a chain through (n, 2) degrees, longitudes running on.

    Raise `GeometryError` for fewer than two places and for a place that is not on the ellipsoid.
    """
    lonlat = checked_chain(lonlat)
    pieces = _pieces(ellipsoid, lonlat)
    along = _along(pieces)
    del pieces
    vertices, bulges = np.empty((len(along), 3)), np.empty((len(along) - 1, 3))
    for part in blocks(len(bulges)):
        with_next = slice(part.start, part.stop + 1)
        places = at_along(lonlat, along[with_next])
        ends = vertices[with_next]
        ends[:] = cartesian(ellipsoid, places)
        middles = cartesian(ellipsoid, (places[:-1] + places[1:]) / 2.0)
        bulges[part] = middles - (ends[:-1] + ends[1:]) / 2.0
    return GeocentricChain(vertices, bulges, along)


def _along(pieces: Indices) -> Floats:
    """Give where on the chain, i + s, the pieces of each edge begin, and the end: (sum of the pieces + 1,)."""
    edge = np.repeat(np.arange(len(pieces)), pieces)
    rank = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    return np.append(edge + rank / pieces[edge], float(len(pieces)))


def checked_chain(lonlat: Floats) -> Floats:
    """Give the vertices as float64 (n, 2); raise `GeometryError` for fewer than two or where one is no place."""
    lonlat = as_places(lonlat)
    if len(lonlat) < 2:
        raise GeometryError(f"a chain needs two vertices, not {len(lonlat)}; leave it out")
    wrong = ~(np.isfinite(lonlat).all(axis=1) & (np.abs(lonlat[:, 1]) <= 90.0))
    if wrong.any():
        index = int(np.argmax(wrong))
        raise GeometryError(
            f"vertex {index} of a chain is not a place on the ellipsoid: {tuple(lonlat[index].tolist())}"
        )
    return lonlat


def at_along(lonlat: Floats, along: Floats) -> Floats:
    """Give the places (k, 2) at i + s of a chain (n, 2) straight in lon/lat; at a vertex, the vertex itself."""
    edge = np.minimum(along.astype(np.intp), len(lonlat) - 2)
    share = (along - edge)[:, None]
    start, end = lonlat[edge], lonlat[edge + 1]
    return np.asarray(np.where(share == 1.0, end, start + share * (end - start)))


def _pieces(ellipsoid: Ellipsoid, lonlat: Floats) -> Indices:
    """Give into how many pieces each edge is cut."""
    cosine = np.cos(np.radians(lonlat[:, 1]))
    cosine = np.where(lonlat[:-1, 1] * lonlat[1:, 1] < 0.0, 1.0, np.maximum(cosine[:-1], cosine[1:]))
    east, north = np.abs(np.radians(np.diff(lonlat, axis=0))).T
    third = cosine * east**3 + 3.0 * east**2 * north + 3.0 * cosine * east * north**2 + north**3
    by_shape = np.cbrt(ellipsoid.a_m * third / (72.0 * math.sqrt(3.0)) / _OFF_M)
    longest_m = np.clip(_LONGEST * ellipsoid.a_m * cosine, _SHORTEST_M, _LONGEST_M)
    by_length = ellipsoid.a_m * np.hypot(cosine * east, north) / longest_m
    return np.asarray(np.maximum(1, np.ceil(np.maximum(by_shape, by_length))), dtype=np.intp)
