"""The loop of `near_distance`, compiled; imported by the function that needs it, since numba is slow to import."""

from __future__ import annotations

import math

from numba import njit

BY_FLATTENING = 1.2e-5
BY_LATITUDE = 7e-4
"""What the error of the formulas is at most, in parts of d³ / a² and of d⁵ sec⁴ phi / a⁴: measured against Karney's
inverse from the equator to 89 degrees, with a fifth to spare."""


@njit(cache=True, nogil=True, error_model="numpy")
def middle_latitude(a_m, e2, starts, ends, most_m, distance_m, far):  # type: ignore[no-untyped-def]
    """Fill in the distance between each pair of places in metres, and whether it may err by more than `most_m`."""
    degree = math.pi / 180.0
    second2 = e2 / (1.0 - e2)
    for q in range(len(starts)):
        east = ends[q, 0] - starts[q, 0]
        east = (east - 360.0 * round(east / 360.0)) * degree
        north = (ends[q, 1] - starts[q, 1]) * degree
        middle = 0.5 * (starts[q, 1] + ends[q, 1]) * degree
        sine, cosine = math.sin(middle), math.cos(middle)
        eta2 = second2 * cosine * cosine
        v2 = 1.0 + eta2
        prime = a_m / math.sqrt(1.0 - e2 * sine * sine)
        across2, north2 = (east * sine) ** 2, north * north
        tangent2 = (sine / cosine) ** 2
        x = prime * cosine * east
        x *= 1.0 - across2 / 24.0 + (1.0 + eta2 - 9.0 * eta2 * tangent2) * north2 / (24.0 * v2 * v2)
        y = prime / v2 * north * math.cos(0.5 * east)
        y *= 1.0 + (1.0 - 2.0 * eta2) * (east * cosine) ** 2 / 24.0 + eta2 * (1.0 - tangent2) * north2 / (8.0 * v2 * v2)
        apart = math.hypot(x, y)
        share2 = (apart / a_m) ** 2
        steep = min(abs(starts[q, 1]), abs(ends[q, 1])) + apart / 1e5
        secant2 = 1.0 / math.cos(min(steep, 89.99) * degree) ** 2
        far[q] = apart * share2 * (BY_FLATTENING + BY_LATITUDE * share2 * secant2 * secant2) > most_m
        distance_m[q] = apart
