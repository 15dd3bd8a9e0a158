"""The loops of `near_chain`, compiled; imported by the function that needs them, since numba is slow to import."""

from __future__ import annotations

import math

from numba import njit

from merestone.geodesy.near_distance_loops import apart


@njit(cache=True, nogil=True, error_model="numpy")
def foot(a_m, e2, lon, lat, lon1, lat1, lon2, lat2):  # type: ignore[no-untyped-def]
    """Give the share of an edge at which it is nearest to a place, and the squared distance in the local metric."""
    degree = math.pi / 180.0
    x, y = lon1 - lon, lat1 - lat
    x -= 360.0 * round(x / 360.0)
    east, north = lon2 - lon1, lat2 - lat1
    share, there = 0.0, 0.0
    fx, fy = x, y
    along = across = 1.0
    for step in range(3):
        middle = (lat + 0.5 * there) * degree
        sine = math.sin(middle)
        w2 = 1.0 - e2 * sine * sine
        prime = a_m / math.sqrt(w2) * degree
        across = prime * math.cos(middle)
        along = prime * (1.0 - e2) / w2
        across2, along2 = across * across, along * along
        length2 = east * east * across2 + north * north * along2
        share = -(x * east * across2 + y * north * along2) / length2 if length2 > 0.0 else 0.0
        share = min(1.0, max(0.0, share))
        fx, fy = x + share * east, y + share * north
        if step and abs(fy - there) < 1e-7:
            break
        there = fy
    return share, (fx * across) ** 2 + (fy * along) ** 2


@njit(cache=True, nogil=True, error_model="numpy")
def to_edges(a_m, e2, places, lonlat, edge, distance_m):  # type: ignore[no-untyped-def]
    """Fill in the distance of each place from its foot on one edge; the foot is that of the local metric."""
    for q in range(len(places)):
        here = edge[q]
        lon, lat = places[q, 0], places[q, 1]
        lon1, lat1, lon2, lat2 = lonlat[here, 0], lonlat[here, 1], lonlat[here + 1, 0], lonlat[here + 1, 1]
        share = foot(a_m, e2, lon, lat, lon1, lat1, lon2, lat2)[0]
        distance_m[q] = apart(a_m, e2, lon, lat, lon1 + share * (lon2 - lon1), lat1 + share * (lat2 - lat1))


@njit(cache=True, nogil=True, error_model="numpy")
def sides(e2, places, lonlat, offsets, closed, chain, edge, share, side):  # type: ignore[no-untyped-def]
    """Fill in on which side of its foot's edge, or of both edges at its foot's vertex, each place lies."""
    degree = math.pi / 180.0
    for q in range(len(places)):
        here, there = edge[q], share[q]
        first, last = offsets[chain[q]], offsets[chain[q] + 1] - 1
        sine = math.sin(lonlat[here, 1] * degree)
        w2 = 1.0 - e2 * sine * sine
        across, along = math.cos(lonlat[here, 1] * degree), (1.0 - e2) / w2
        one = other = here
        if there <= 0.0:
            other = here - 1 if here > first else (last - 1 if closed[chain[q]] > 0.0 else here)
        elif there >= 1.0:
            other = here + 1 if here + 1 < last else (first if closed[chain[q]] > 0.0 else here)
        east = north = 0.0
        for each in (one, other):
            ux = (lonlat[each + 1, 0] - lonlat[each, 0]) * across
            uy = (lonlat[each + 1, 1] - lonlat[each, 1]) * along
            length = math.hypot(ux, uy)
            if length > 0.0:
                east += ux / length
                north += uy / length
        fx = lonlat[here, 0] + there * (lonlat[here + 1, 0] - lonlat[here, 0])
        fy = lonlat[here, 1] + there * (lonlat[here + 1, 1] - lonlat[here, 1])
        x = places[q, 0] - fx
        x -= 360.0 * round(x / 360.0)
        cross = east * (places[q, 1] - fy) * along - north * x * across
        side[q] = 1.0 if cross > 0.0 else (-1.0 if cross < 0.0 else 0.0)
