"""The branch and bound that finds where a chain is furthest from another, compiled; imported by the method that needs it."""

from __future__ import annotations

import numpy as np
from numba import njit

from merestone.geodesy.along_chain_loops import interpolated
from merestone.geodesy.near_chain_loops import bounds, search
from merestone.geodesy.near_distance_loops import polish


@njit(cache=True, nogil=True, error_model="numpy")
def furthest(a_m, e2, good_m, chain, other, stations, error_m, limits):  # type: ignore[no-untyped-def]
    """Give the chainage of the place found that is furthest from the other chain (NaN: none is further than a station),
    and the distance in metres that none exceeds.

    `chain`: chainages (n,) and vertices (n, 2); `other`: vertices, vertices in space, edges and boxes; `stations`: their
    chainages (s,), places (s, 2), distances (s,) and the edges of their feet (s,); `limits`: how often intervals are
    halved, and how many at once.
    """
    along_m, lonlat = chain
    theirs, space, edges, boxes = other
    at_m, here, apart_m, foot = stations
    best_m, best_at_m = apart_m.max(), np.nan
    bound_m = best_m
    # Nowhere between two stations is it further to the other chain than half of: from both, and from one to the other.
    open_ = np.nonzero((apart_m[:-1] + apart_m[1:] + np.diff(at_m)) / 2.0 > best_m + error_m)[0]
    left_m, right_m, one, two = at_m[open_], at_m[open_ + 1], here[open_], here[open_ + 1]
    from_edge, to_edge = foot[open_], foot[open_ + 1]
    for _ in range(limits[0]):
        most_m = np.empty(len(left_m))
        bounds(a_m, e2, one, two, theirs, np.stack((from_edge, to_edge), axis=1), most_m)
        open_ = np.nonzero(most_m > best_m + error_m)[0]
        bound_m = best_m if len(open_) == 0 else most_m[open_].max()
        if len(open_) == 0 or len(open_) > limits[1]:
            break
        middle_m, distance_m = (left_m[open_] + right_m[open_]) / 2.0, np.empty(len(open_))
        places, far = np.empty((len(open_), 2)), np.empty(len(open_), dtype=np.bool_)
        edge, share = np.empty(len(open_), dtype=np.intp), np.empty(len(open_))
        interpolated(middle_m, along_m, lonlat, places)
        search(a_m, e2, places, theirs, space, edges, boxes, edge, share)
        polish(a_m, e2, places, theirs, edge, good_m, share, distance_m, far)
        top = np.argmax(distance_m)
        if distance_m[top] > best_m:
            best_m, best_at_m = distance_m[top], middle_m[top]
        left_m, right_m = np.concatenate((left_m[open_], middle_m)), np.concatenate((middle_m, right_m[open_]))
        one, two = np.concatenate((one[open_], places)), np.concatenate((places, two[open_]))
        from_edge, to_edge = np.concatenate((from_edge[open_], edge)), np.concatenate((edge, to_edge[open_]))
    return best_at_m, bound_m
