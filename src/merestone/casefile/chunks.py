"""The pairs of States of a world comparison in chunks of about the same work, and what is done with one.

This is what a worker loads: it imports nothing that comparing does not need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from merestone.compare.claim import Claim
from merestone.compare.comparison import Settings
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.world.world import PairOutcome, outcome

CHUNKS_EACH = 12
"""Into how many chunks the work of each worker is cut, so that none waits long for the last."""

PAIR_WEIGHT = 1_500
"""What a pair costs beside its vertices, in vertices."""

Work = tuple[Pairing, Claim, Claim]
"""A pair with both its versions."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some pairs with both versions of each, and how they are to be compared."""

    pairs: tuple[Work, ...]
    settings: Settings


def outcomes_of(chunk: Chunk) -> list[PairOutcome]:
    """The outcomes of a chunk, in its order."""
    return [outcome(pair, first, second, chunk.settings) for pair, first, second in chunk.pairs]


def chunks_for(workers: int, pairs: Sequence[Work], settings: Settings) -> list[Chunk]:
    """The pairs in some chunks for each worker, the heaviest first."""
    return list(_chunks(pairs, CHUNKS_EACH * workers, settings))


def _chunks(pairs: Sequence[Work], count: int, settings: Settings) -> Iterator[Chunk]:
    """The pairs in about so many chunks, the heaviest first: a long pair alone, short ones together."""
    weighed = sorted(
        ((_weight(first) + _weight(second), (pair, first, second)) for pair, first, second in pairs),
        key=lambda each: (-each[0], each[1][0]),
    )
    most = sum(weight for weight, _ in weighed) / max(count, 1)
    held: list[Work] = []
    total = 0.0
    for weight, pair in weighed:
        if held and total + weight > most:
            yield Chunk(tuple(held), settings)
            held, total = [], 0.0
        held.append(pair)
        total += weight
    if held:
        yield Chunk(tuple(held), settings)


def _weight(claim: Claim) -> float:
    return PAIR_WEIGHT / 2 + sum(len(strand.lonlat) for strand in claim.strands)
