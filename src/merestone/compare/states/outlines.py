"""The rings of many States end to end, with one number for each place that they share.

Places are one place where they agree to 1e-9 degree (0.1 mm); longitudes a whole turn apart are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.states.state import State
from merestone.geodesy.arrays import Floats, Indices, Integers

_UNITS = 1e9
_TURN = 360_000_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """Rings of States, one after the other.

    `identities` in alphabetical order; `lonlat` (n, 2) degrees; for each place `ring` (n,) the number of its ring,
    `state` (n,) the index of its State, `vertex` (n,) the number of its place. Edge i runs from place i to place
    i + 1 where both are of one ring (`edges`), with the State's land to its left.
    """

    identities: tuple[str, ...]
    lonlat: Floats
    ring: Indices
    state: Indices
    vertex: Indices

    @property
    def edges(self) -> Indices:
        """The indices of the places from which an edge goes out."""
        return np.nonzero(self.ring[:-1] == self.ring[1:])[0]

    @property
    def vertices(self) -> int:
        """How many different places there are."""
        return int(self.vertex.max()) + 1 if len(self.vertex) else 0


def outlines(states: Sequence[State]) -> Outlines:
    """Give the rings of the States end to end; States of one identity are one State."""
    identities = tuple(sorted({each.identity for each in states}))
    index = {identity: number for number, identity in enumerate(identities)}
    rings = sorted(((index[each.identity], ring) for each in states for ring in each.rings), key=lambda pair: pair[0])
    if not rings:
        nothing = np.empty(0, dtype=np.intp)
        return Outlines(identities, np.empty((0, 2)), nothing, nothing, nothing)
    counts = [len(ring) for _, ring in rings]
    of_ring = np.repeat(np.arange(len(rings)), counts)
    of_state = np.array([number for number, _ in rings], dtype=np.intp)[of_ring]
    return _numbered(identities, np.concatenate([ring for _, ring in rings]), of_ring, of_state)


def with_inserted(lines: Outlines, edges: Indices, lonlat: Floats) -> Outlines:
    """Give the outlines with places (k, 2) put into edges (k,); several on one edge in their order along it."""
    start, step = lines.lonlat[edges], lines.lonlat[edges + 1] - lines.lonlat[edges]
    share = np.sum((lonlat - start) * step, axis=1)
    order = np.lexsort((share, edges))
    edges, lonlat = edges[order], lonlat[order]
    return _numbered(
        lines.identities,
        np.insert(lines.lonlat, edges + 1, lonlat, axis=0),
        np.insert(lines.ring, edges + 1, lines.ring[edges]),
        np.insert(lines.state, edges + 1, lines.state[edges]),
    )


def _numbered(identities: tuple[str, ...], lonlat: Floats, ring: Indices, state: Indices) -> Outlines:
    """Give the outlines with places numbered and repeated places taken out."""
    vertex = _vertices(lonlat)
    repeated = np.zeros(len(vertex), dtype=bool)
    repeated[1:] = (vertex[1:] == vertex[:-1]) & (ring[1:] == ring[:-1])
    kept = ~repeated
    return Outlines(identities, lonlat[kept], ring[kept], state[kept], vertex[kept])


def _vertices(lonlat: Floats) -> Indices:
    """Give each place's number: the rank of its longitude and latitude in units of 1e-9 degree."""
    units = np.round(lonlat * _UNITS).astype(np.int64)
    lon: Integers = np.mod(units[:, 0], _TURN)
    order = np.lexsort((units[:, 1], lon))
    lon, lat = lon[order], units[order, 1]
    new = np.concatenate([[False], (lon[1:] != lon[:-1]) | (lat[1:] != lat[:-1])])
    vertex = np.empty(len(lonlat), dtype=np.intp)
    vertex[order] = np.cumsum(new)
    return vertex
