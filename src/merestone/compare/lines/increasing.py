"""The heaviest increasing subsequence: which of many pairs of chainages can all belong to one monotone matching.

Fredman, On computing the length of longest increasing subsequences, Discrete Mathematics 11 (1975) 29-35, with weights
and a tree of prefix maxima (P. M. Fenwick, Software: Practice and Experience 24 (1994) 327-336): n log n.
"""

from __future__ import annotations

import numpy as np

from merestone.geodesy.line import Floats, Indices


def heaviest_increasing(along_first_m: Floats, along_second_m: Floats, weight: Floats) -> tuple[Indices, float]:
    """The indices, in order, of pairs that never decrease in either chainage and weigh most together, and that weight.

    Three arrays (n,); weights are positive.
    """
    from merestone.compare.lines.increasing_loops import chain_back, walked_back

    if not len(weight):
        return np.empty(0, dtype=np.intp), 0.0
    order = np.lexsort((along_second_m, along_first_m))
    rank = np.empty(len(order), dtype=np.intp)
    rank[np.lexsort((along_first_m, along_second_m))] = np.arange(len(order))
    total, before = chain_back(rank[order], np.asarray(weight, dtype=np.float64)[order])
    last = int(np.argmax(total))
    return order[walked_back(before, last)], float(total[last])
