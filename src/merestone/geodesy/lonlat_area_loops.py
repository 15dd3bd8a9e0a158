"""The loop of `lonlat_area`, compiled; imported by the function that needs it."""

from __future__ import annotations

import math

from numba import njit


@njit(cache=True, nogil=True)
def per_radian(b_m, e2, from_deg, to_deg):  # type: ignore[no-untyped-def]
    """Give the area between two parallels per radian of longitude in m², northward positive."""
    degree, e = math.pi / 180.0, math.sqrt(e2)
    s0 = math.sin(from_deg * degree)
    d = 2.0 * math.sin((to_deg - from_deg) * degree / 2.0) * math.cos((to_deg + from_deg) * degree / 2.0)
    s = s0 + d
    rational = d * (1.0 + e2 * s * s0) / ((1.0 - e2 * s * s) * (1.0 - e2 * s0 * s0))
    logarithmic = d if e == 0.0 else math.atanh(e * d / (1.0 - e2 * s * s0)) / e
    return b_m * b_m / 2.0 * (rational + logarithmic)


@njit(cache=True, nogil=True)
def below(b_m, e2, starts, ends, level_deg, nodes, weights, area_m2):  # type: ignore[no-untyped-def]
    """Fill in the areas between edges and a parallel each in m², positive below an edge that runs east."""
    for edge in range(len(starts)):
        north = ends[edge, 1] - starts[edge, 1]
        total = 0.0
        for rank in range(len(nodes)):
            lat_deg = starts[edge, 1] + (nodes[rank] + 1.0) / 2.0 * north
            total += weights[rank] / 2.0 * per_radian(b_m, e2, level_deg[edge], lat_deg)
        area_m2[edge] = total * ((ends[edge, 0] - starts[edge, 0]) * math.pi / 180.0)
