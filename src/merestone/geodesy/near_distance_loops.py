"""The loops of `near_distance` and of the polishing of feet, compiled; imported by the functions that need them."""

from __future__ import annotations

import math

from numba import njit

BY_FLATTENING = 1.2e-5
BY_LATITUDE = 7e-4
"""What the error of the formulas is at most, in parts of d³ / a² and of d⁵ sec⁴ phi / a⁴: measured against Karney's
inverse from the equator to 89 degrees, with a fifth to spare."""


@njit(cache=True, nogil=True, error_model="numpy")
def apart(a_m, e2, lon1, lat1, lon2, lat2):  # type: ignore[no-untyped-def]
    """Give the distance between two places in metres by Gauss's middle-latitude formulas."""
    degree = math.pi / 180.0
    second2 = e2 / (1.0 - e2)
    east = lon2 - lon1
    east = (east - 360.0 * round(east / 360.0)) * degree
    north = (lat2 - lat1) * degree
    middle = 0.5 * (lat1 + lat2) * degree
    sine, cosine = math.sin(middle), math.cos(middle)
    eta2 = second2 * cosine * cosine
    v2 = 1.0 + eta2
    prime = a_m / math.sqrt(1.0 - e2 * sine * sine)
    north2 = north * north
    tangent2 = (sine / cosine) ** 2
    x = prime * cosine * east
    x *= 1.0 - (east * sine) ** 2 / 24.0 + (1.0 + eta2 - 9.0 * eta2 * tangent2) * north2 / (24.0 * v2 * v2)
    y = prime / v2 * north * math.cos(0.5 * east)
    y *= 1.0 + (1.0 - 2.0 * eta2) * (east * cosine) ** 2 / 24.0 + eta2 * (1.0 - tangent2) * north2 / (8.0 * v2 * v2)
    return math.hypot(x, y)


@njit(cache=True, nogil=True, error_model="numpy")
def error_m(a_m, distance_m, lat1, lat2):  # type: ignore[no-untyped-def]
    """Give how far `apart` may err for a distance between two latitudes, in metres."""
    share2 = (distance_m / a_m) ** 2
    steep = min(abs(lat1), abs(lat2)) + distance_m / 1e5
    secant2 = 1.0 / math.cos(min(steep, 89.99) * math.pi / 180.0) ** 2
    return distance_m * share2 * (BY_FLATTENING + BY_LATITUDE * share2 * secant2 * secant2)


@njit(cache=True, nogil=True, error_model="numpy")
def middle_latitude(a_m, e2, starts, ends, most_m, distance_m, far):  # type: ignore[no-untyped-def]
    """Fill in the distance between each pair of places in metres, and whether it may err by more than `most_m`."""
    for q in range(len(starts)):
        distance_m[q] = apart(a_m, e2, starts[q, 0], starts[q, 1], ends[q, 0], ends[q, 1])
        far[q] = error_m(a_m, distance_m[q], starts[q, 1], ends[q, 1]) > most_m


@njit(cache=True, nogil=True, error_model="numpy")
def polish(a_m, e2, places, lonlat, edge, most_m, share, distance_m, far):  # type: ignore[no-untyped-def]
    """Fill in the distances of places from their feet, moved along their edges to where they are nearest (`share`).

    Nothing is moved where the local metric that found the foot is good to `most_m`. `far` (n,) is filled in: whether the
    formulas do not suffice either, so that nothing was moved.
    """
    local = most_m * 24.0 * a_m * a_m * (1.0 - e2)
    # Up to 60 degrees sec² phi is at most 4: what is nearer than this is good without a further look.
    short_m = (local / 10.0) ** (1.0 / 3.0)
    for q in range(len(places)):
        lon, lat = places[q, 0], places[q, 1]
        lon1, lat1 = lonlat[edge[q], 0], lonlat[edge[q], 1]
        east, north = lonlat[edge[q] + 1, 0] - lon1, lonlat[edge[q] + 1, 1] - lat1
        at = share[q]
        foot_lat = lat1 + at * north
        here_m = apart(a_m, e2, lon, lat, lon1 + at * east, foot_lat)
        distance_m[q] = here_m
        if here_m < short_m and abs(foot_lat) < 60.0:
            far[q] = False
            continue
        far[q] = error_m(a_m, here_m, lat, foot_lat) > most_m
        secant2 = 1.0 / max(math.cos(foot_lat * math.pi / 180.0), 1e-3) ** 2
        if far[q] or (here_m**3 * (3.0 * secant2 - 2.0) <= local and abs(foot_lat) <= 88.0):
            continue
        length_m = apart(a_m, e2, lon1, lat1, lon1 + east, lat1 + north)
        if length_m < 1e-3:
            continue
        step = min(0.5, 10.0 / length_m)
        for _ in range(3):
            here2 = apart(a_m, e2, lon, lat, lon1 + at * east, lat1 + at * north) ** 2
            after2 = apart(a_m, e2, lon, lat, lon1 + (at + step) * east, lat1 + (at + step) * north) ** 2
            before2 = apart(a_m, e2, lon, lat, lon1 + (at - step) * east, lat1 + (at - step) * north) ** 2
            bend = after2 - 2.0 * here2 + before2
            moved = at - 0.5 * step * (after2 - before2) / bend if bend > 0.0 else at
            moved = min(1.0, max(0.0, moved))
            done = abs(moved - at) * length_m < 1e-6
            at = moved
            if done:
                break
        tried_m = apart(a_m, e2, lon, lat, lon1 + at * east, lat1 + at * north)
        if tried_m < here_m:
            share[q], distance_m[q] = at, tried_m
