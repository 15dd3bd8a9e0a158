"""The heaviest increasing subsequence, beside all subsequences."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from merestone.compare.lines.increasing import heaviest_increasing

PAIR = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 5))


def heaviest_of_all(pairs: list[tuple[int, int, int]]) -> float:
    """The weight of the heaviest chain among all subsets that can be put in order."""
    best = 0
    for size in range(1, len(pairs) + 1):
        for chosen in combinations(pairs, size):
            ordered = sorted(chosen)
            if all(one[1] <= other[1] for one, other in pairwise(ordered)):
                best = max(best, sum(weight for _, _, weight in chosen))
    return float(best)


@given(st.lists(PAIR, max_size=9))
def test_no_subset_that_never_goes_back_weighs_more(pairs: list[tuple[int, int, int]]) -> None:
    """The chain found is in order on both lines, weighs what is said, and nothing weighs more."""
    first, second, weight = (np.array([pair[axis] for pair in pairs], dtype=float) for axis in range(3))
    kept, total = heaviest_increasing(first, second, weight)
    assert (np.diff(first[kept]) >= 0).all()
    assert (np.diff(second[kept]) >= 0).all()
    assert weight[kept].sum() == total == heaviest_of_all(pairs)
