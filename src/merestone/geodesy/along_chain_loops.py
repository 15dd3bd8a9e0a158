"""Places at chainages along a chain, compiled; imported by the function that needs it."""

from __future__ import annotations

from numba import njit


@njit(cache=True, nogil=True)
def interpolated(at_m, along_m, lonlat, places):  # type: ignore[no-untyped-def]
    """Fill in the places (q, 2) at chainages (q,) of vertices (n, 2) at increasing chainages (n,); both ends hold beyond."""
    last = len(along_m) - 1
    low = 0
    for q in range(len(at_m)):
        at = at_m[q]
        if not along_m[low] <= at:
            low = 0
        high = min(low + 4, last)
        while along_m[high] <= at and high < last:
            low, high = high, min(high + 2 * (high - low), last)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if along_m[middle] <= at else (low, middle)
        for axis in range(2):
            here = lonlat[low, axis]
            if at <= along_m[low]:
                places[q, axis] = here
            elif at >= along_m[high]:
                places[q, axis] = lonlat[high, axis]
            else:
                slope = (lonlat[high, axis] - here) / (along_m[high] - along_m[low])
                places[q, axis] = slope * (at - along_m[low]) + here
