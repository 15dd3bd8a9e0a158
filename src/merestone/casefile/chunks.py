"""The pairs of States of a world comparison in chunks of about the same work, and what is done with one.

This is what a worker loads: it imports nothing that comparing does not need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from merestone.compare.claim import Claim
from merestone.compare.comparison import Settings
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.territories import Territories
from merestone.compare.world.world import PairOutcome, length_m, outcome, outcome_of_land

CHUNKS_EACH = 12
"""Into how many chunks the work of each worker is cut, so that none waits long for the last."""

PAIR_WEIGHT = 1_500
"""What a pair costs beside its vertices, in vertices."""

LAND_WEIGHT = 0.2
"""What a vertex of land costs beside one of a line."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """A pair with its line in either version, None where a version has none, and its land in both; without that, why."""

    pair: Pairing
    first: Claim | None
    second: Claim | None
    land: Territories | None = None
    no_balance: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some pairs with both versions of each, and how they are to be compared."""

    pairs: tuple[Work, ...]
    settings: Settings


def outcomes_of(chunk: Chunk) -> list[PairOutcome]:
    """The outcomes of a chunk, in its order."""
    return [_outcome(work, chunk.settings) for work in chunk.pairs]


def _outcome(work: Work, settings: Settings) -> PairOutcome:
    if work.first is not None and work.second is not None:
        return outcome(work.pair, work.first, work.second, settings, work.land, work.no_balance)
    first, second = work.first, work.second
    whole_m = tuple(0.0 if claim is None else length_m(claim) for claim in (first, second))
    return outcome_of_land(
        work.pair, (whole_m[0], whole_m[1]), (_vertices(first), _vertices(second)), work.land, work.no_balance
    )


def chunks_for(workers: int, pairs: Sequence[Work], settings: Settings) -> list[Chunk]:
    """The pairs in some chunks for each worker, the heaviest first."""
    return list(_chunks(pairs, CHUNKS_EACH * workers, settings))


def _chunks(pairs: Sequence[Work], count: int, settings: Settings) -> Iterator[Chunk]:
    """The pairs in about so many chunks, the heaviest first: a long pair alone, short ones together."""
    weighed = sorted(((_weight(work), work) for work in pairs), key=lambda each: (-each[0], each[1].pair))
    most = sum(weight for weight, _ in weighed) / max(count, 1)
    held: list[Work] = []
    total = 0.0
    for weight, work in weighed:
        if held and total + weight > most:
            yield Chunk(tuple(held), settings)
            held, total = [], 0.0
        held.append(work)
        total += weight
    if held:
        yield Chunk(tuple(held), settings)


def _weight(work: Work) -> float:
    return PAIR_WEIGHT + _vertices(work.first) + _vertices(work.second) + LAND_WEIGHT * _vertices_of_land(work.land)


def _vertices(claim: Claim | None) -> int:
    return 0 if claim is None else sum(len(strand.lonlat) for strand in claim.strands)


def _vertices_of_land(land: Territories | None) -> int:
    import shapely

    if land is None:
        return 0
    return int(sum(shapely.get_num_coordinates(parts).sum() for parts in (*land.first, *land.second)))
