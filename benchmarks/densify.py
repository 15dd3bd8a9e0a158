"""Densify geodesics: Merestone in bulk against a loop over pyproj, at the same guaranteed tolerance.

The user of pyproj is given what pyproj does not have: the number of evenly spaced places that keeps the tolerance,
from the greatest curvature along the leg, computed outside the clock. What is timed is the loop over legs that makes
the places with `Geod.inv_intermediate` (or `Geod.npts`) and collects them, against one call of `densify_geodesics`
from the same arrays of ends. Run: python -m benchmarks.densify
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from pyproj import Geod

from benchmarks.clock import Row, timed
from merestone.geodesy.densify import departure_m
from merestone.geodesy.elementary import direct
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.many_geodesics import densify_geodesics
from merestone.geodesy.turning import Chord, departure_curvature

GEOD = Geod(a=WGS84.a_m, f=WGS84.f)
CASES = ((1, 20_000, 20_000.0), (5, 20_000, 60_000.0), (50, 4_000, 300_000.0), (1_000, 300, 1_000_000.0))
"""Places that a leg needs, legs, and their length in metres."""


def legs(number: int, length_m: float) -> tuple[Floats, Floats]:
    """Legs of one length between 65 degrees south and north, every way but nearly north and south."""
    chance = np.random.default_rng(number)
    starts = np.column_stack([chance.uniform(-170.0, 170.0, number), chance.uniform(40.0, 60.0, number)])
    starts[::2, 1] *= -1.0
    azimuth = chance.uniform(50.0, 130.0, number) + 180.0 * chance.integers(0, 2, number)
    return starts, direct(WGS84, starts, azimuth, np.full(number, length_m))[0]


def even_counts(starts: Floats, ends: Floats, tolerance_m: float) -> list[int]:
    """How many evenly spaced places inside each leg keep the tolerance."""
    counts = []
    for start, end in zip(starts, ends, strict=True):
        leg = Geodesic.between(WGS84, tuple(start), tuple(end))
        curvature = departure_curvature(leg, np.linspace(0.0, leg.length_m, 65), Chord.LONLAT).max()
        counts.append(max(int(np.ceil(leg.length_m * np.sqrt(curvature / (8.0 * tolerance_m)))) - 1, 0))
    return counts


def tolerance_for(starts: Floats, ends: Floats, places: int) -> float:
    """The tolerance at which a middling leg needs so many places."""
    needed = []
    for start, end in zip(starts[:200], ends[:200], strict=True):
        leg = Geodesic.between(WGS84, tuple(start), tuple(end))
        curvature = departure_curvature(leg, np.linspace(0.0, leg.length_m, 65), Chord.LONLAT).max()
        needed.append(leg.length_m**2 * curvature / 8.0)
    return float(np.median(needed)) / (places + 0.5) ** 2


def loop_intermediate(starts: Floats, ends: Floats, counts: list[int]) -> list[Floats]:
    """What a careful user of pyproj writes."""
    chains = []
    for (lon1, lat1), (lon2, lat2), count in zip(starts.tolist(), ends.tolist(), counts, strict=True):
        if count == 0:
            chains.append(np.array([(lon1, lat1), (lon2, lat2)]))
            continue
        found = GEOD.inv_intermediate(
            lon1, lat1, lon2, lat2, npts=count + 2, initial_idx=0, terminus_idx=0, return_back_azimuth=False
        )
        chains.append(np.column_stack([found.lons, found.lats]))
    return chains


def loop_npts(starts: Floats, ends: Floats, counts: list[int]) -> list[list[tuple[float, float]]]:
    """What most users of pyproj write."""
    chains = []
    for start, end, count in zip(starts.tolist(), ends.tolist(), counts, strict=True):
        inside = GEOD.npts(*start, *end, count) if count else []
        chains.append([tuple(start), *inside, tuple(end)])
    return chains


def best_of(times: int, work: Callable[[], object]) -> tuple[float, object]:
    """The least time of several runs in seconds, and the result."""
    best, result = np.inf, None
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - began)
    return float(best), result


def main() -> None:
    """Print one row for each load."""
    print("places   legs  length km  tolerance m |  inv_intermediate     npts   merestone | ratio  ratio | vertices")
    for places, number, length_m in CASES:
        starts, ends = legs(number, length_m)
        tolerance_m = max(tolerance_for(starts, ends, places), 1e-3)
        counts = even_counts(starts, ends, tolerance_m)
        densify_geodesics(WGS84, starts, ends, tolerance_m)
        peer_s, peer = best_of(3, lambda s=starts, e=ends, c=counts: loop_intermediate(s, e, c))
        npts_s, _ = best_of(3, lambda s=starts, e=ends, c=counts: loop_npts(s, e, c))
        ours_s, chains = best_of(3, lambda s=starts, e=ends, t=tolerance_m: densify_geodesics(WGS84, s, e, t))
        peer_vertices = sum(len(chain) for chain in peer)
        print(
            f"{places:6d} {number:6d} {length_m / 1000.0:10.0f} {tolerance_m:12.4f} | {peer_s:14.3f} s  {npts_s:6.3f} s"
            f"  {ours_s:8.4f} s | {peer_s / ours_s:5.1f}  {npts_s / ours_s:5.1f} | "
            f"{len(chains.lonlat)} against {peer_vertices}; worst {_worst(starts, ends, chains, tolerance_m):.4f} of it"
        )


def rows() -> Iterator[Row]:
    """One row for each load, beside the loop over `inv_intermediate` and that over `npts`."""
    for places, number, length_m in CASES:
        starts, ends = legs(number, length_m)
        tolerance_m = max(tolerance_for(starts, ends, places), 1e-3)
        counts = even_counts(starts, ends, tolerance_m)
        densify_geodesics(WGS84, starts, ends, tolerance_m)
        ours = timed(lambda s=starts, e=ends, t=tolerance_m: densify_geodesics(WGS84, s, e, t), 3)
        for name, loop in (("inv_intermediate", loop_intermediate), ("npts", loop_npts)):
            peer = timed(lambda f=loop, s=starts, e=ends, c=counts: f(s, e, c), 3)
            size = f"{number} legs of {places} places"
            yield Row("densify", size, ours.processor_s, ours.wall_s, f"Geod.{name} loop", peer.processor_s)


def _worst(starts: Floats, ends: Floats, chains: object, tolerance_m: float) -> float:
    worst = 0.0
    for index in range(0, len(starts), max(1, len(starts) // 50)):
        leg = Geodesic.between(WGS84, tuple(starts[index]), tuple(ends[index]))
        chain = chains.lonlat[chains.offsets[index] : chains.offsets[index + 1]]
        worst = max(worst, float(departure_m(leg, leg.nearest(chain).along_m, Chord.LONLAT).max()))
    return worst / tolerance_m


if __name__ == "__main__":
    main()
