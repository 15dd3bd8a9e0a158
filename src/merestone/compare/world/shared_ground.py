"""Lines that one version draws for more than one pair of States, as where outlines of three States overlap."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import numpy as np

from merestone.compare.claim import Strand
from merestone.compare.states.shared_edges import Pairing
from merestone.geodesy.arrays import Floats, Indices
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.near_distance import near_distances_m
from merestone.sources.remark import Remark

_UNITS = 1e9
_LEAST_M = 1.0


def shared_ground(strands: Mapping[Pairing, tuple[Strand, ...]], ellipsoid: Ellipsoid, title: str) -> list[Remark]:
    """A remark for every two pairs that have edges in common, with their length in metres, pairs in order."""
    pairs = list(strands)
    chains = [(number, strand.lonlat) for number, pair in enumerate(pairs) for strand in strands[pair]]
    if not chains:
        return []
    of = np.concatenate([np.full(len(chain) - 1, number, dtype=np.intp) for number, chain in chains])
    starts = np.concatenate([chain[:-1] for _, chain in chains])
    ends = np.concatenate([chain[1:] for _, chain in chains])
    one, other, edge = _twice(of, _keys(starts, ends))
    if not len(edge):
        return []
    length_m = near_distances_m(ellipsoid, starts[edge], ends[edge])
    rows = sorted(zip(one.tolist(), other.tolist(), length_m.tolist(), edge.tolist(), strict=True))
    found = []
    for (first, second), group in groupby(rows, key=lambda row: (row[0], row[1])):
        shared = list(group)
        total_m = sum(row[2] for row in shared)
        if total_m >= _LEAST_M:
            lon, lat = starts[shared[0][3]]
            found.append(_remark(pairs[first], pairs[second], total_m, (float(lon), float(lat)), title))
    return found


def _keys(starts: Floats, ends: Floats) -> Floats:
    """The same four whole numbers for an edge run either way: (n, 4)."""
    both = np.round(np.stack([starts, ends], axis=1) * _UNITS)
    later = (both[:, 0, 0] > both[:, 1, 0]) | ((both[:, 0, 0] == both[:, 1, 0]) & (both[:, 0, 1] > both[:, 1, 1]))
    both[later] = both[later, ::-1]
    return both.reshape(-1, 4)


def _twice(of: Indices, keys: Floats) -> tuple[Indices, Indices, Indices]:
    """Edges that two pairs have: the pairs, the lower first, and one of the edges."""
    mixed = keys @ np.array([1.0, 0.754877666, 0.569840291, 0.430159709])
    order = np.argsort(mixed, kind="stable")
    alike = np.nonzero(np.diff(mixed[order]) == 0.0)[0]
    one, other = order[alike], order[alike + 1]
    same = (keys[one] == keys[other]).all(axis=1) & (of[one] != of[other])
    one, other = one[same], other[same]
    return np.minimum(of[one], of[other]), np.maximum(of[one], of[other]), one


def _remark(one: Pairing, other: Pairing, length_m: float, place: tuple[float, float], title: str) -> Remark:
    sentence = f"{'-'.join(one)} and {'-'.join(other)} are drawn along the same line; both are compared as they are"
    return Remark("D312", sentence, place, length_m, "m", title)
