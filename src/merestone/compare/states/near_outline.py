"""The parts of one State's outline that lie near another State's outline, where the two share no vertices.

Outlines are sampled closely, and distances are those of chords in space, from each sample to the pieces that meet at
the nearest sample of the other outline (pieces of 100 m leave their edge by less than a millimetre); poles and the
antimeridian are places like any other.

Beyond a tripoint the two outlines run apart, each along the third State, and a stretch of either is still near the
other. It is told by going there and back: from a place on one outline to the nearest place of the other and from that
to the nearest place of the first. Along a common line one comes back close to where one began; beyond a tripoint, to
the tripoint. Ends of a part are cut off as far as one comes back further away than sin 45° of the distance between the
outlines, which holds for a third State that lies between them in an angle of more than 45 degrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from merestone.geodesy.arrays import Flags, Floats, Indices
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import Ellipsoid

_SPACINGS_PER_REACH = 25.0
_BACK_SHARE = 0.7071
_BACK_M = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """Rings sampled: `space` (n, 3) metres; for each sample its `ring` (n,) and place `at` (n,) on it, counted in
    vertices and shares of an edge; `rings` themselves. The first sample of a ring stands again at its end."""

    rings: tuple[Floats, ...]
    space: Floats
    ring: Indices
    at: Floats
    tree: Any


@dataclass(frozen=True, slots=True, eq=False)
class Feet:
    """Nearest places on sampled rings: `distance_m` (n,), `space` (n, 3), `ring` (n,) and place `at` (n,) on it."""

    distance_m: Floats
    space: Floats
    ring: Indices
    at: Floats


@dataclass(frozen=True, slots=True, eq=False)
class NearPart:
    """A part of a ring near the other outline: from and to which place (`upto` may run on past the ring's beginning),
    its chain (n, 2), whether it is the whole ring, its samples (indices) and its length in metres."""

    ring: int
    start: float
    upto: float
    lonlat: Floats
    whole: bool
    samples: Indices
    length_m: float


def sampled(rings: Sequence[Floats], spacing_m: float, ellipsoid: Ellipsoid) -> Sampled:
    """Give the rings with a sample at every vertex and between them at most `spacing_m` apart."""
    from scipy.spatial import cKDTree

    lonlat, ring, at = [], [], []
    for number, places in enumerate(rings):
        space = cartesian(ellipsoid, places)
        pieces = np.maximum(1, np.ceil(np.linalg.norm(np.diff(space, axis=0), axis=1) / spacing_m)).astype(np.intp)
        edge = np.repeat(np.arange(len(pieces)), pieces)
        share = (np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[edge]
        here = np.append(edge + share, float(len(pieces)))
        at.append(here)
        lonlat.append(at_places(places, here))
        ring.append(np.full(len(here), number, dtype=np.intp))
    space = cartesian(ellipsoid, np.concatenate(lonlat))
    return Sampled(tuple(rings), space, np.concatenate(ring), np.concatenate(at), cKDTree(space))


def at_places(ring: Floats, at: Floats) -> Floats:
    """Give the places (n, 2) that lie so many vertices and shares of an edge along a ring."""
    edge = np.minimum(at.astype(np.intp), len(ring) - 2)
    return np.asarray(ring[edge] + (at - edge)[:, None] * (ring[edge + 1] - ring[edge]))


def feet(space: Floats, on: Sampled, within_m: float = np.inf) -> Feet:
    """Give the nearest places on sampled rings to places in space (n, 3); infinitely far where none is within reach."""
    apart_m, nearest = on.tree.query(space, distance_upper_bound=1.5 * within_m)
    reached = np.nonzero(np.isfinite(apart_m))[0]
    found = _feet_near(space[reached], on, nearest[reached])
    everywhere = Feet(np.full(len(space), np.inf), space.copy(), np.full(len(space), -1), np.zeros(len(space)))
    for name in ("distance_m", "space", "ring", "at"):
        getattr(everywhere, name)[reached] = getattr(found, name)
    return everywhere


def _feet_near(space: Floats, on: Sampled, nearest: Indices) -> Feet:
    """Give the nearest places on the pieces that meet at a sample each."""
    best = Feet(np.full(len(space), np.inf), np.zeros_like(space), on.ring[nearest], np.zeros(len(space)))
    for before in (1, 0):
        start, end = _piece(on, nearest, before)
        step = on.space[end] - on.space[start]
        length2 = np.maximum(np.sum(step * step, axis=1), 1e-30)
        share = np.clip(np.sum((space - on.space[start]) * step, axis=1) / length2, 0.0, 1.0)
        foot = on.space[start] + share[:, None] * step
        distance_m = np.linalg.norm(space - foot, axis=1)
        nearer = distance_m < best.distance_m
        at = on.at[start] + share * (on.at[end] - on.at[start])
        best = Feet(
            np.where(nearer, distance_m, best.distance_m),
            np.where(nearer[:, None], foot, best.space),
            best.ring,
            np.where(nearer, at, best.at),
        )
    return best


def _piece(on: Sampled, nearest: Indices, before: int) -> tuple[Indices, Indices]:
    """Give the samples between which the piece before or after each sample runs, round the beginning of its ring."""
    first = np.searchsorted(on.ring, on.ring[nearest], side="left")
    last = np.searchsorted(on.ring, on.ring[nearest], side="right") - 1
    outside, otherwise = (first, last - 1) if before else (last, first)
    start = np.where(nearest == outside, otherwise, nearest - before)
    return start, start + 1


def near_parts(
    own: Sampled, other: Sampled, within_m: float, third: Sampled | None = None
) -> tuple[list[NearPart], Feet]:
    """Give the parts of the outline within a distance of the other's, and the feet of all its samples.

    What lies nearer to the outlines of third States than to the other's is no part of it.
    """
    there = feet(own.space, other, within_m)
    near = there.distance_m <= within_m
    if third is not None:
        near &= there.distance_m <= feet(own.space, third, within_m).distance_m + _BACK_M
    back = feet(there.space[near], own)
    returns = np.zeros(len(near), dtype=bool)
    away_m = np.linalg.norm(back.space - own.space[near], axis=1)
    returns[near] = away_m <= _BACK_SHARE * there.distance_m[near] + _BACK_M
    parts = []
    for number in range(len(own.rings)):
        of_ring = np.nonzero(own.ring == number)[0]
        for run in _cyclic_runs(near[of_ring]):
            samples, whole = of_ring[run[0]], run[1]
            kept = samples if whole else _ends_cut(samples, returns)
            if len(kept) > 1:
                parts.append(_part(own, number, kept, whole=whole))
    return parts, there


def _cyclic_runs(near: Flags) -> list[tuple[Indices, bool]]:
    """Give the runs of near samples of a ring, whose last sample is its first, and whether a run is the whole ring."""
    if near.all():
        return [(np.arange(len(near)), True)]
    if not near.any():
        return []
    count = len(near) - 1
    start = int(np.nonzero(~near[:count])[0][0]) if not near[:count].all() else 0
    order = (np.arange(count) + start) % count
    flags = near[order]
    edges = np.nonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))[0].reshape(-1, 2)
    return [(order[first:upto], False) for first, upto in edges]


def _ends_cut(samples: Indices, returns: Flags) -> Indices:
    """Give the samples without those at either end from which one does not come back."""
    good = np.nonzero(returns[samples])[0]
    return samples[good[0] : good[-1] + 1] if len(good) else samples[:0]


def joined(own: Sampled, parts: Sequence[NearPart]) -> tuple[NearPart, ...]:
    """Give the parts of each ring as one, with what lies between them, but for the longest way between two of them.

    Parts that answer to one unbroken line of the other outline are one line, which runs out of reach in between.
    """
    found = []
    for number in sorted({part.ring for part in parts}):
        of_ring = sorted((part for part in parts if part.ring == number), key=lambda part: part.start)
        if len(of_ring) == 1:
            found.append(of_ring[0])
            continue
        first, count = np.searchsorted(own.ring, [number, number + 1])
        count -= first + 1
        begin = np.array([int(part.samples[0] - first) for part in of_ring])
        finish = np.array([int(part.samples[-1] - first) for part in of_ring])
        outside = int(np.argmax((np.roll(begin, -1) - finish) % count))
        start = begin[(outside + 1) % len(begin)]
        run = (start + np.arange((finish[outside] - start) % count + 1)) % count
        found.append(_part(own, number, first + run, whole=False))
    return tuple(found)


def _part(own: Sampled, number: int, samples: Indices, *, whole: bool) -> NearPart:
    ring = own.rings[number]
    edges = len(ring) - 1
    start, upto = float(own.at[samples[0]]), float(own.at[samples[-1]])
    upto += edges if upto < start or (upto == start and whole) else 0
    inner = np.arange(np.floor(start) + 1.0, np.ceil(upto))
    at = np.concatenate([[start], inner, [upto]])
    lonlat = at_places(ring, np.where(at > edges, at - edges, at))
    length_m = float(np.sum(np.linalg.norm(np.diff(own.space[samples], axis=0), axis=1)))
    return NearPart(number, start, upto, lonlat, whole, samples, length_m)


def spacing_m(within_m: float) -> float:
    """Give how close samples stand for a reach in metres."""
    return within_m / _SPACINGS_PER_REACH
