"""The loop of `lonlat_length`, compiled; imported by the function that needs it."""

from __future__ import annotations

import math

from numba import njit


@njit(cache=True, nogil=True)
def edge_lengths(a_m, e2, starts, ends, shares, nodes, weights, length_m):  # type: ignore[no-untyped-def]
    """Fill in the lengths of edges in metres, each integrated in so many equal shares by Gauss's rule."""
    degree = math.pi / 180.0
    for edge in range(len(starts)):
        east, north = ends[edge, 0] - starts[edge, 0], ends[edge, 1] - starts[edge, 1]
        total = 0.0
        for share in range(shares):
            for rank in range(len(nodes)):
                lat = (starts[edge, 1] + (share + (nodes[rank] + 1.0) / 2.0) / shares * north) * degree
                sine = math.sin(lat)
                w2 = 1.0 - e2 * sine * sine
                vertical_m = a_m / math.sqrt(w2)
                meridian_m = vertical_m * (1.0 - e2) / w2
                east_m = east * degree * vertical_m * math.cos(lat)
                total += weights[rank] / 2.0 / shares * math.hypot(north * degree * meridian_m, east_m)
        length_m[edge] = total
