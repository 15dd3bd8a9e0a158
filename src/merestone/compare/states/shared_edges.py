"""The edges that stand in the rings of two States, chained into strands: the common boundary of matched polygons.

An edge is known by the numbers of its two places. An edge that one State has twice, once each way, lies inside it
(parts of one State side by side) and bounds nothing. What remains of each State is sorted by edge: neighbours in that
order are the pairs. Runs of edges that follow one another in a ring of the pair's first State are strands already,
but for the few places where a ring begins or a strand passes from one ring to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.compare.states.outlines import Outlines
from merestone.geodesy.arrays import Flags, Floats, Indices

Pairing = tuple[str, str]
"""The identities of two States in alphabetical order."""


@dataclass(frozen=True, slots=True, eq=False)
class SharedStrand:
    """Edges that two States share, one after the other.

    `lonlat` (n, 2) degrees with the pair's first State to the left; `ring` where it comes back to its start; `ends`
    the numbers of its first and last place; `same_side` where both States lie to the left: they overlap there.
    """

    pair: Pairing
    lonlat: Floats
    ring: bool
    ends: tuple[int, int]
    same_side: bool


@dataclass(frozen=True, slots=True, eq=False)
class SharedEdges:
    """Edges of two States: the indices of both (k,), the first's edge (k,), whether both lie to its left (k,)."""

    first: Indices
    second: Indices
    edge: Indices
    same_side: Flags


def shared_strands(lines: Outlines) -> list[SharedStrand]:
    """Give all strands that two States share, sorted by pair, then as they stand in the first State's rings."""
    shared = shared_edges(lines)
    if not len(shared.edge):
        return []
    runs = _runs(shared)
    pair = shared.first * len(lines.identities) + shared.second
    grouped = np.nonzero(np.diff(pair[runs[:, 0]], prepend=-1) != 0)[0]
    found: list[SharedStrand] = []
    for group in np.split(runs, grouped[1:]):
        at = group[0, 0]
        names = lines.identities[shared.first[at]], lines.identities[shared.second[at]]
        for same_side in (False, True):
            chosen = group[shared.same_side[group[:, 0]] == same_side]
            chains = _chains(lines, shared.edge, chosen)
            found += [_strand(lines, names, chain, same_side=same_side) for chain in chains]
    return found


def shared_edges(lines: Outlines) -> SharedEdges:
    """Give all edges that stand in rings of two States, in the order of the pairs and of the first's rings."""
    edge, state, key, along = _bounding_edges(lines)
    parts = []
    for apart in range(1, len(lines.identities)):
        one = np.nonzero(key[apart:] == key[:-apart])[0]
        if not len(one):
            break
        other = one + apart
        parts.append((state[one], state[other], edge[one], along[one] == along[other]))
    if not parts:
        nothing = np.empty(0, dtype=np.intp)
        return SharedEdges(nothing, nothing, nothing, np.empty(0, dtype=np.bool_))
    first, second, of_first, same = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((of_first, second, first))
    return SharedEdges(first[order], second[order], of_first[order], same[order])


def _bounding_edges(lines: Outlines) -> tuple[Indices, Indices, Indices, Flags]:
    """Give edges that bound their State, their States, keys and directions, sorted by key and State."""
    edge = lines.edges
    start, end = lines.vertex[edge], lines.vertex[edge + 1]
    key = np.minimum(start, end) * lines.vertices + np.maximum(start, end)
    along = start < end
    state = lines.state[edge]
    order = np.lexsort((state, key))
    edge, key, along, state = edge[order], key[order], along[order], state[order]
    new = np.concatenate([[True], (key[1:] != key[:-1]) | (state[1:] != state[:-1])])[: len(key)]
    first = np.nonzero(new)[0]
    balance = np.add.reduceat(np.where(along, 1, -1), first) if len(first) else np.empty(0, dtype=np.intp)
    count = np.diff(np.append(first, len(key)))
    bounds = (balance != 0) & (count == 1)
    kept = first[bounds]
    return edge[kept], state[kept], key[kept], along[kept]


def _runs(shared: SharedEdges) -> Indices:
    """Give runs (r, 2) of shared edges that follow one another in a ring of the first: from, up to but not including."""
    follows = (
        (shared.first[1:] == shared.first[:-1])
        & (shared.second[1:] == shared.second[:-1])
        & (shared.edge[1:] == shared.edge[:-1] + 1)
        & (shared.same_side[1:] == shared.same_side[:-1])
    )
    starts = np.concatenate([[0], np.nonzero(~follows)[0] + 1])
    return np.column_stack([starts, np.append(starts[1:], len(shared.edge))])


def _chains(lines: Outlines, edge: Indices, runs: Indices) -> Iterator[list[tuple[int, int]]]:
    """Give the runs of one pair chained: each to the one that starts where it ends, where just one does."""
    spans = [(int(edge[first]), int(edge[upto - 1]) + 1) for first, upto in runs]
    starting: dict[int, list[int]] = {}
    ending: dict[int, list[int]] = {}
    for number, (first, last) in enumerate(spans):
        starting.setdefault(int(lines.vertex[first]), []).append(number)
        ending.setdefault(int(lines.vertex[last]), []).append(number)
    following: dict[int, int] = {}
    for vertex, ended in ending.items():
        _link(lines, spans, ended, starting.get(vertex, []), following)
    yield from ([spans[n] for n in chain] for chain in _followed(len(spans), following))


def _link(
    lines: Outlines, spans: list[tuple[int, int]], ended: list[int], started: list[int], following: dict[int, int]
) -> None:
    """Enter which run follows which at one place: over the beginning of a ring first, then where only one can."""
    ended, started = list(ended), list(started)
    for one in list(ended):
        ring = lines.ring[spans[one][1]]
        same = [other for other in started if lines.ring[spans[other][0]] == ring]
        if len(same) == 1 and len(started) > 1:
            following[one] = same[0]
            ended.remove(one)
            started.remove(same[0])
    if len(ended) == len(started) == 1:
        following[ended[0]] = started[0]


def _followed(count: int, following: dict[int, int]) -> Iterator[list[int]]:
    """Give the chains that the links make of `count` runs: open ones from their starts, then closed ones."""
    led_to = set(following.values())
    seen: set[int] = set()
    for start in [*(n for n in range(count) if n not in led_to), *range(count)]:
        chain: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            chain.append(at)
            at = following.get(at)
        if chain:
            yield chain


def _strand(lines: Outlines, pair: Pairing, chain: list[tuple[int, int]], *, same_side: bool) -> SharedStrand:
    pieces = [lines.lonlat[first : last + 1] for first, last in chain]
    lonlat = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
    turns = np.round(np.diff(lonlat[:, 0], prepend=lonlat[0, 0]) / 360.0)
    lonlat[:, 0] -= 360.0 * np.cumsum(turns)
    ends = int(lines.vertex[chain[0][0]]), int(lines.vertex[chain[-1][1]])
    return SharedStrand(pair, lonlat, ends[0] == ends[1], ends, same_side)
