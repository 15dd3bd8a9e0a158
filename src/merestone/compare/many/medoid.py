"""Along which of many lines the others are looked at: the medoid, the line least far from all others.

The sum of the mean separations from the others decides (L. Kaufman and P. J. Rousseeuw, Clustering by means of medoids,
1987). A line that is short because it lacks a part would be near the others in what is left; so only those lines may be
the reference to which the others answer about as far as to any.
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.compare.claim import Claim
from merestone.compare.many.agreed import PairFigures, Reference, Standing

ANSWERED = 0.9
"""The reference must be answered along this share, at least, of what the best answered line is answered along."""

_ALIKE_M = 1e-3
"""Sums that differ by less are equal: the titles decide."""


def medoid(claims: Sequence[Claim], pairs: Sequence[PairFigures], reach_m: float) -> Reference:
    """The reference among the lines, with how each stands. Nothing depends on the order of the lines unless two of them
    have the same sum, title, file and vertices."""
    sums = [_sum_m(line, pairs, reach_m) for line in range(len(claims))]
    answered = [_answered(line, pairs) for line in range(len(claims))]
    least = ANSWERED * max(answered)
    standings = tuple(Standing(sum_m, share, share >= least) for sum_m, share in zip(sums, answered, strict=True))
    may_be = [line for line, standing in enumerate(standings) if standing.may_be]
    chosen = min(may_be, key=lambda line: (round(sums[line] / _ALIKE_M), *_identity(claims[line])))
    return Reference(chosen, standings)


def _sum_m(line: int, pairs: Sequence[PairFigures], reach_m: float) -> float:
    """The sum of a line's mean separations; a line that does not answer at all counts as far as lines may answer."""
    mine = [pair.mean_m for pair in pairs if line in pair.lines]
    return sum(sorted(reach_m if mean_m is None else mean_m for mean_m in mine))


def _answered(line: int, pairs: Sequence[PairFigures]) -> float:
    """The mean share of the other lines' lengths that answers to a line."""
    shares = []
    for pair in pairs:
        if line in pair.lines:
            other = 1 - pair.lines.index(line)
            shares.append(pair.lengths_m[other] / pair.whole_lengths_m[other])
    return sum(sorted(shares)) / len(shares)


def _identity(claim: Claim) -> tuple[str, str, str, tuple[bytes, ...]]:
    """What tells a line apart from another, whichever is named first."""
    vertices = tuple(strand.lonlat.tobytes() for strand in claim.strands)
    return claim.title, claim.under_name, claim.origin.file, vertices
