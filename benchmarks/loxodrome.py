"""Loxodromes: Merestone over arrays against pygeodesy one by one, and by how much the two differ.

Run: python -m benchmarks.loxodrome
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
from pygeodesy.ellipsoids import Ellipsoids
from pygeodesy.rhumb.ekx import Rhumb

from benchmarks.clock import Row, timed
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats
from merestone.geodesy.rhumb import loxodrome_direct, loxodrome_inverse

PEER = 200
OURS = 200_000


def pairs(number: int, *, nearly_east: bool) -> tuple[Floats, Floats]:
    """Pairs of places up to 10,000 km apart; the second a micrometre to a kilometre further north if nearly east."""
    chance = np.random.default_rng(1)
    starts = np.column_stack([chance.uniform(-180.0, 180.0, number), chance.uniform(-75.0, 75.0, number)])
    step = np.column_stack([chance.uniform(-90.0, 90.0, number), chance.uniform(-10.0, 10.0, number)])
    if nearly_east:
        step[:, 1] = 10.0 ** chance.uniform(-11.0, -2.0, number)
    return starts, starts + step


def main() -> None:
    """Print one row for the inverse and one for the direct problem, for all loxodromes and for nearly east ones."""
    peer = Rhumb(Ellipsoids.WGS84, exact=True)
    print("problem             | pygeodesy each   merestone each |   ratio | greatest difference")
    for name, nearly_east in (("any direction", False), ("nearly east", True)):
        starts, ends = pairs(OURS, nearly_east=nearly_east)
        loxodrome_inverse(WGS84, starts[:1000], ends[:1000])
        began = time.perf_counter()
        azimuth, length_m = loxodrome_inverse(WGS84, starts, ends)
        inverse_s = (time.perf_counter() - began) / OURS
        began = time.perf_counter()
        reached = loxodrome_direct(WGS84, starts, azimuth, length_m)
        direct_s = (time.perf_counter() - began) / OURS
        began = time.perf_counter()
        found = [peer.Inverse(lat1, lon1, lat2, lon2) for (lon1, lat1), (lon2, lat2) in few(starts, ends)]
        peer_inverse_s = (time.perf_counter() - began) / PEER
        began = time.perf_counter()
        there = [
            peer.Direct(lat, lon, float(azi), float(s))
            for (lon, lat), azi, s in zip(starts[:PEER].tolist(), azimuth, length_m, strict=False)
        ]
        peer_direct_s = (time.perf_counter() - began) / PEER
        apart_m = np.abs(length_m[:PEER] - [result.s12 for result in found]).max()
        east = (reached[:PEER, 0] - [result.lon2 for result in there] + 180.0) % 360.0 - 180.0
        off_m = np.hypot(
            111_320.0 * east * np.cos(np.radians(reached[:PEER, 1])),
            111_320.0 * (reached[:PEER, 1] - [result.lat2 for result in there]),
        ).max()
        row(f"inverse, {name}", peer_inverse_s, inverse_s, apart_m)
        row(f"direct, {name}", peer_direct_s, direct_s, off_m)


def rows() -> Iterator[Row]:
    """One row for the inverse problem: seconds for one loxodrome."""
    rhumb = Rhumb(Ellipsoids.WGS84, exact=True)
    starts, ends = pairs(OURS, nearly_east=False)
    loxodrome_inverse(WGS84, starts[:1000], ends[:1000])
    ours = timed(lambda: loxodrome_inverse(WGS84, starts, ends), 3)
    peer = timed(lambda: [rhumb.Inverse(lat1, lon1, lat2, lon2) for (lon1, lat1), (lon2, lat2) in few(starts, ends)], 3)
    each_s, wall_s = ours.processor_s / OURS, ours.wall_s / OURS
    yield Row("loxodrome, inverse", "each", each_s, wall_s, "pygeodesy Rhumb", peer.processor_s / PEER)


def few(starts: Floats, ends: Floats) -> list[tuple[list[float], list[float]]]:
    """The pairs that the peer is asked for."""
    return list(zip(starts[:PEER].tolist(), ends[:PEER].tolist(), strict=True))


def row(name: str, peer_s: float, ours_s: float, difference_m: float) -> None:
    """Print one row."""
    print(
        f"{name:22s}| {peer_s * 1e6:11.1f} us {ours_s * 1e6:14.3f} us | {peer_s / ours_s:7.0f} | {difference_m:.2e} m"
    )


if __name__ == "__main__":
    main()
