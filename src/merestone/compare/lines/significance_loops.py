"""The loop of `significance`, compiled."""

from __future__ import annotations

import math

from numba import njit


@njit(cache=True, nogil=True)
def correlated(weighted, at_m, length_m):  # type: ignore[no-untyped-def]
    """Give the sum over all pairs of w_i . w_j exp(-|s_i - s_j| / L), for places in order: linear in their number.

    The kernel is exponential, so that all earlier pieces together are one vector that decays from piece to piece.
    """
    total, east, north = 0.0, 0.0, 0.0
    for item in range(len(at_m)):
        if item:
            decay = math.exp(-(at_m[item] - at_m[item - 1]) / length_m)
            east, north = east * decay, north * decay
        total += weighted[item, 0] * (weighted[item, 0] + 2.0 * east)
        total += weighted[item, 1] * (weighted[item, 1] + 2.0 * north)
        east += weighted[item, 0]
        north += weighted[item, 1]
    return total
