"""The figures of every pair of many lines: exactly those that a comparison of the two gives."""

from __future__ import annotations

from itertools import combinations

from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison, Settings
from merestone.compare.lines.compare import Progress, compare
from merestone.compare.many.agreed import PairFigures
from merestone.sources.remark import Remark

NO_ACCURACY = "D304"
"""What is said of every pair of lines of which nothing is stated, and so is said once."""


def pair_figures(
    claims: tuple[Claim, ...], settings: Settings, progress: Progress
) -> tuple[tuple[PairFigures, ...], tuple[Remark, ...]]:
    """The figures of all pairs in the order of the inputs, and what the comparisons remark, each thing once."""
    pairs = list(combinations(range(len(claims)), 2))
    found: list[PairFigures] = []
    remarks: list[Remark] = []
    for done, (one, other) in enumerate(pairs):
        progress("comparing pairs", done, len(pairs))
        made = compare(claims[one], claims[other], settings)
        found.append(_figures((one, other), made))
        remarks += made.remarks
    return tuple(found), _once(remarks)


def _figures(lines: tuple[int, int], made: Comparison) -> PairFigures:
    means_m = None if made.statistics is None else (made.statistics[0].mean_m, made.statistics[1].mean_m)
    return PairFigures(
        lines,
        made.hausdorff_m,
        means_m,
        made.balance.left_in_first_m2,
        made.balance.right_in_first_m2,
        made.lengths_m,
        made.whole_lengths_m,
        len(made.partings),
        len(made.unmatched),
        made.sides,
    )


def _once(remarks: list[Remark]) -> tuple[Remark, ...]:
    kept: dict[tuple[object, ...], Remark] = {}
    for remark in remarks:
        key = (remark.code,) if remark.code == NO_ACCURACY else (remark.code, remark.sentence, remark.of, remark.place)
        kept.setdefault(key, remark)
    return tuple(kept.values())
