"""The loop of `increasing`, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def chain_back(rank, weight):  # type: ignore[no-untyped-def]
    """Give, for each item, the weight of the heaviest chain that ends with it, and the item before it (-1: none).

    A chain's ranks increase. `tree` holds prefix maxima by rank: the index of the item whose chain is heaviest.
    """
    n = len(rank)
    total, before = np.zeros(n), np.full(n, -1, dtype=np.intp)
    tree = np.full(n + 1, -1, dtype=np.intp)
    for item in range(n):
        at, best = rank[item], -1
        while at > 0:
            if tree[at] >= 0 and (best < 0 or total[tree[at]] > total[best]):
                best = tree[at]
            at -= at & -at
        total[item] = weight[item] + (total[best] if best >= 0 else 0.0)
        before[item] = best
        at = rank[item] + 1
        while at <= n:
            if tree[at] < 0 or total[tree[at]] < total[item]:
                tree[at] = item
            at += at & -at
    return total, before


@njit(cache=True, nogil=True)
def walked_back(before, last):  # type: ignore[no-untyped-def]
    """Give the items of the chain that ends with `last`, first to last."""
    count, at = 0, last
    while at >= 0:
        count, at = count + 1, before[at]
    items, at = np.empty(count, dtype=np.intp), last
    while at >= 0:
        count -= 1
        items[count], at = at, before[at]
    return items
