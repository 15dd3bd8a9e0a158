"""A chain: many consecutive lines of one kind through given vertices, measured all at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.auxiliary import meridian_distance_m
from merestone.geodesy.elementary import as_places, compass, continued_longitudes, inverse, radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection
from merestone.geodesy.rhumb import loxodrome_inverse

Pieces = tuple[Floats, Floats, Floats]
"""Azimuths at the starts, azimuths at the ends (degrees) and lengths (metres) of n pieces, (n,) each."""

_AT_ONCE = 100_000
_PIECE_DEG = 1.0
"""Difference of latitude or longitude over which Gauss's rule of 8 places is good to a nanometre at latitude 85."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The n - 1 pieces of one kind through n vertices.

    `lonlat` (n, 2) as given; `start_azimuth_deg`, `end_azimuth_deg` (n - 1,): the direction of each piece at its
    start and at its end, in [0, 360); `lengths_m` (n - 1,).
    """

    ellipsoid: Ellipsoid
    kind: str
    lonlat: Floats
    start_azimuth_deg: Floats
    end_azimuth_deg: Floats
    lengths_m: Floats

    @property
    def length_m(self) -> float:
        """The length of the whole chain in metres."""
        return float(np.sum(self.lengths_m))


def geodesic_chain(ellipsoid: Ellipsoid, lonlat: Floats) -> Chain:
    """Give the chain of geodesics through the vertices (n, 2)."""
    return _chain(ellipsoid, "geodesic", lonlat, lambda starts, ends: inverse(ellipsoid, starts, ends))


def loxodrome_chain(ellipsoid: Ellipsoid, lonlat: Floats) -> Chain:
    """Give the chain of loxodromes through the vertices (n, 2), each the shorter way round."""

    def measure(starts: Floats, ends: Floats) -> Pieces:
        azimuth, length_m = loxodrome_inverse(ellipsoid, starts, ends)
        return azimuth, azimuth.copy(), length_m

    return _chain(ellipsoid, "loxodrome", lonlat, measure)


def parallel_chain(ellipsoid: Ellipsoid, lonlat: Floats) -> Chain:
    """Give the chain of arcs of one parallel through the vertices (n, 2); `GeometryError` if a latitude differs."""

    def measure(starts: Floats, ends: Floats) -> Pieces:
        _require(starts[:, 1] == ends[:, 1], starts, ends, "a parallel keeps one latitude")
        east = _eastward_deg(starts, ends)
        radius_m = radii_m(ellipsoid, starts[:, 1])[1] * np.cos(np.radians(starts[:, 1]))
        azimuth = np.where(east > 0.0, 90.0, 270.0)
        return azimuth, azimuth.copy(), radius_m * np.radians(np.abs(east))

    return _chain(ellipsoid, "parallel", lonlat, measure)


def meridian_chain(ellipsoid: Ellipsoid, lonlat: Floats) -> Chain:
    """Give the chain of arcs of one meridian through the vertices (n, 2); `GeometryError` if a longitude differs."""

    def measure(starts: Floats, ends: Floats) -> Pieces:
        _require(_eastward_deg(starts, ends) == 0.0, starts, ends, "a meridian keeps one longitude")
        north_m = meridian_distance_m(ellipsoid, starts[:, 1], ends[:, 1])
        azimuth = np.where(north_m > 0.0, 0.0, 180.0)
        return azimuth, azimuth.copy(), np.abs(north_m)

    return _chain(ellipsoid, "meridian", lonlat, measure)


def lonlat_chain(ellipsoid: Ellipsoid, lonlat: Floats) -> Chain:
    """Give the chain of lines straight in lon/lat through the vertices (n, 2).

    Lengths are integrated by Gauss's rule; pieces that span more than a degree are cut for it.
    """

    def measure(starts: Floats, ends: Floats) -> Pieces:
        step = np.column_stack([_eastward_deg(starts, ends), ends[:, 1] - starts[:, 1]])
        cuts = max(1, int(np.ceil(np.abs(step).max(initial=0.0) / _PIECE_DEG)))

        def speed_m(share: float) -> Floats:
            meridian, across = _metres_per_radian(ellipsoid, starts[:, 1] + share * step[:, 1])
            return np.asarray(np.hypot(meridian * np.radians(step[:, 1]), across * np.radians(step[:, 0])))

        def azimuth_deg(lat_deg: Floats) -> Floats:
            meridian, across = _metres_per_radian(ellipsoid, lat_deg)
            return compass(np.degrees(np.arctan2(across * step[:, 0], meridian * step[:, 1])))

        return azimuth_deg(starts[:, 1]), azimuth_deg(ends[:, 1]), _gauss(speed_m, cuts)

    return _chain(ellipsoid, "straight in lon/lat", lonlat, measure)


def projected_chain(ellipsoid: Ellipsoid, lonlat: Floats, projection_code: str) -> Chain:
    """Give the chain of lines straight on a projection such as `EPSG:26910` through the vertices (n, 2).

    Lengths are sums of geodesics between places along each piece, extrapolated by Richardson's rule from 4 and 8
    parts: good to 0.1 mm for pieces up to some 100 km; azimuths from the first metre of each piece, to 0.001".
    """
    projection = Projection(projection_code, ellipsoid)

    def measure(starts: Floats, ends: Floats) -> Pieces:
        from_m, to_m = projection.forward(starts), projection.forward(ends)
        if not (np.all(np.isfinite(from_m)) and np.all(np.isfinite(to_m))):
            raise GeometryError(f"a vertex lies outside the domain of {projection_code}; choose another projection")
        step_m = to_m - from_m
        parts = [projection.inverse(from_m + share * step_m) for share in np.arange(1, 8) / 8.0]
        places = [starts, *parts, ends]
        coarse = sum(inverse(ellipsoid, one, two)[2] for one, two in zip(places[:-2:2], places[2::2], strict=True))
        fine = sum(inverse(ellipsoid, one, two)[2] for one, two in pairwise(places))
        unit = step_m / np.maximum(np.hypot(step_m[:, 0], step_m[:, 1]), 1e-9)[:, None]
        at_start = inverse(ellipsoid, projection.inverse(from_m - unit), projection.inverse(from_m + unit))[0]
        at_end = inverse(ellipsoid, projection.inverse(to_m - unit), projection.inverse(to_m + unit))[0]
        return at_start, at_end, np.asarray(fine + (fine - coarse) / 3.0)

    return _chain(ellipsoid, f"straight on {projection_code}", lonlat, measure)


def _chain(ellipsoid: Ellipsoid, kind: str, lonlat: Floats, measure: Callable[[Floats, Floats], Pieces]) -> Chain:
    """Give the chain, measured some pieces at a time, so that the memory needed stays small."""
    places = as_places(lonlat)
    if len(places) < 2:
        raise GeometryError(f"a chain needs two vertices, not {len(places)}")
    if not (np.all(np.isfinite(places)) and np.all(np.abs(places[:, 1]) <= 90.0)):
        raise GeometryError("a vertex of the chain is not a place: a number is not finite, or a latitude is beyond 90")
    measured = [
        measure(places[first : min(first + _AT_ONCE, len(places) - 1)], places[first + 1 : first + _AT_ONCE + 1])
        for first in range(0, len(places) - 1, _AT_ONCE)
    ]
    return Chain(ellipsoid, kind, places, *(np.concatenate(column) for column in zip(*measured, strict=True)))


@lru_cache(maxsize=1)
def _gauss_rule() -> tuple[Floats, Floats]:
    """The nodes and weights of Gauss's rule of 8 places."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    return nodes, weights


def _gauss(speed_m: Callable[[float], Floats], cuts: int) -> Floats:
    """Give the integral of the speed over the share of the way, 0 to 1, for every piece."""
    total: Floats | float = 0.0
    for cut in range(cuts):
        for node, weight in zip(*_gauss_rule(), strict=True):
            total = total + weight / 2.0 / cuts * speed_m((cut + (float(node) + 1.0) / 2.0) / cuts)
    return np.asarray(total)


def _metres_per_radian(ellipsoid: Ellipsoid, lat_deg: Floats) -> tuple[Floats, Floats]:
    meridian, prime_vertical = radii_m(ellipsoid, lat_deg)
    return meridian, prime_vertical * np.cos(np.radians(lat_deg))


def _eastward_deg(starts: Floats, ends: Floats) -> Floats:
    return np.asarray(continued_longitudes(starts[:, 0], ends[:, 0]) - starts[:, 0])


def _require(held: Floats, starts: Floats, ends: Floats, rule: str) -> None:
    broken = np.nonzero(~np.asarray(held, dtype=np.bool_))[0]
    if len(broken):
        first = int(broken[0])
        raise GeometryError(f"{rule}, but a piece runs from {tuple(starts[first])} to {tuple(ends[first])}")
