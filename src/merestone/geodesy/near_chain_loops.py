"""The loops of `near_chain`, compiled; imported by the function that needs them, since numba is slow to import."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from merestone.geodesy.near_chain import LEAF
from merestone.geodesy.near_distance_loops import apart, polish

NEAR2_M2 = 50_000.0**2
"""Squared distance up to which the local metric is used."""
HELD = 32
"""How many edges that may be nearest are held at most before their feet are sought."""


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
def put_in_space(a_m, e2, lon, lat, point):  # type: ignore[no-untyped-def]
    """Fill in the geocentric X, Y, Z of a place in metres."""
    degree = math.pi / 180.0
    sine, cosine = math.sin(lat * degree), math.cos(lat * degree)
    prime = a_m / math.sqrt(1.0 - e2 * sine * sine)
    point[0] = prime * cosine * math.cos(lon * degree)
    point[1] = prime * cosine * math.sin(lon * degree)
    point[2] = prime * (1.0 - e2) * sine


@njit(cache=True, nogil=True, error_model="numpy")
def lay_in_space(a_m, e2, lonlat, space):  # type: ignore[no-untyped-def]
    """Fill in the geocentric X, Y, Z of all vertices in metres."""
    for vertex in range(len(lonlat)):
        put_in_space(a_m, e2, lonlat[vertex, 0], lonlat[vertex, 1], space[vertex])


@njit(cache=True, nogil=True, error_model="numpy")
def lay_boxes(b_m, lonlat, space, edges, boxes):  # type: ignore[no-untyped-def]
    """Fill in the boxes of the tree, leaves first.

    A piece of length L departs from its chord by at most |k| L² / 8; k is the normal curvature, at most 1 / b, with the
    geodesic curvature of a line straight in longitude and latitude, at most 2 tan(phi) / N and a little.
    """
    boxes[:, :3], boxes[:, 3:] = math.inf, -math.inf
    leaves = (len(boxes) + 1) // 2
    for here in range(len(edges)):
        edge, node = edges[here], leaves - 1 + here // LEAF
        length2 = 0.0
        for axis in range(3):
            length2 += (space[edge + 1, axis] - space[edge, axis]) ** 2
        steepest = min(max(abs(lonlat[edge, 1]), abs(lonlat[edge + 1, 1])), 89.9)
        bend = math.hypot(1.0, 2.0 * math.tan(steepest * math.pi / 180.0) + 0.05) / b_m
        bulge_m = min(bend * length2 / 8.0, math.sqrt(length2)) + 1e-6
        for axis in range(3):
            one, other = space[edge, axis], space[edge + 1, axis]
            boxes[node, axis] = min(boxes[node, axis], min(one, other) - bulge_m)
            boxes[node, axis + 3] = max(boxes[node, axis + 3], max(one, other) + bulge_m)
    for node in range(leaves - 2, -1, -1):
        for axis in range(3):
            boxes[node, axis] = min(boxes[2 * node + 1, axis], boxes[2 * node + 2, axis])
            boxes[node, axis + 3] = max(boxes[2 * node + 1, axis + 3], boxes[2 * node + 2, axis + 3])


@njit(cache=True, nogil=True, error_model="numpy")
def to_box(boxes, node, point):  # type: ignore[no-untyped-def]
    """Give the squared distance in space from a point to a box."""
    dx = max(boxes[node, 0] - point[0], 0.0, point[0] - boxes[node, 3])
    dy = max(boxes[node, 1] - point[1], 0.0, point[1] - boxes[node, 4])
    dz = max(boxes[node, 2] - point[2], 0.0, point[2] - boxes[node, 5])
    return dx * dx + dy * dy + dz * dz


@njit(cache=True, nogil=True, error_model="numpy")
def reach(space, edge, point):  # type: ignore[no-untyped-def]
    """Give the squared distance from a point to the chord of an edge, and the least and the most that it may be to the
    edge itself."""
    ax, ay, az = space[edge, 0] - point[0], space[edge, 1] - point[1], space[edge, 2] - point[2]
    ux, uy, uz = (
        space[edge + 1, 0] - space[edge, 0],
        space[edge + 1, 1] - space[edge, 1],
        space[edge + 1, 2] - space[edge, 2],
    )
    length2 = ux * ux + uy * uy + uz * uz
    share = -(ax * ux + ay * uy + az * uz) / length2 if length2 > 0.0 else 0.0
    share = min(1.0, max(0.0, share))
    apart2 = (ax + share * ux) ** 2 + (ay + share * uy) ** 2 + (az + share * uz) ** 2
    # A chord of length L runs up to L² / 8 b below the surface, and about as far beside its edge.
    apart, bulge = math.sqrt(apart2), length2 / 1.2e7
    return apart2, share, 0.999 * max(0.0, apart - bulge) ** 2, 1.001 * (apart + bulge + 1e-6) ** 2


@njit(cache=True, nogil=True, error_model="numpy")
def nearer(a_m, e2, place, point, lonlat, space, edges, here, least, most, best):  # type: ignore[no-untyped-def]
    """Give the better of `best` (squared distance, position among the edges, share) and an edge whose squared distance is
    at least `least`, where no more than `most` counts."""
    if least > min(most, best[0]):
        return best
    edge = edges[here]
    apart2, share, _, _ = reach(space, edge, point)
    if apart2 < NEAR2_M2:
        share, apart2 = foot(
            a_m, e2, place[0], place[1], lonlat[edge, 0], lonlat[edge, 1], lonlat[edge + 1, 0], lonlat[edge + 1, 1]
        )
    if apart2 < best[0] or (apart2 == best[0] and here < best[1]):
        return apart2, here, share
    return best


@njit(cache=True, nogil=True, error_model="numpy")
def search(a_m, e2, places, lonlat, space, edges, boxes, edge, share):  # type: ignore[no-untyped-def]
    """Fill in the edge nearest to each place and the share of it where the foot lies.

    The edge found for the place before is tried first: neighbours have neighbouring feet. Chords, which cost little, say
    which edges may be nearest; only of those the feet are sought.
    """
    leaves = (len(boxes) + 1) // 2
    stack, bound, point = np.empty(64, dtype=np.intp), np.empty(64), np.empty(3)
    held, least = np.empty(HELD, dtype=np.intp), np.empty(HELD)
    seed = 0
    for q in range(len(places)):
        place = places[q]
        put_in_space(a_m, e2, place[0], place[1], point)
        best = (math.inf, len(edges), 0.0)
        # Beside a pole the local metric and space differ by more than is allowed for here.
        most = reach(space, edges[seed], point)[3] if abs(place[1]) < 80.0 else math.inf
        stack[0], bound[0], top, count = 0, 0.0, 0, 0
        while top >= 0:
            node, apart2 = stack[top], bound[top]
            top -= 1
            if apart2 > most:
                continue
            if node >= leaves - 1:
                first = (node - leaves + 1) * LEAF
                for here in range(first, min(first + LEAF, len(edges))):
                    _, _, at_least, at_most = reach(space, edges[here], point)
                    if at_least <= most:
                        held[count], least[count], count = here, at_least, count + 1
                        if abs(place[1]) < 80.0:
                            most = min(most, at_most)
                if count > HELD - LEAF:
                    for each in range(count):
                        best = nearer(a_m, e2, place, point, lonlat, space, edges, held[each], least[each], most, best)
                    most, count = min(most, best[0]), 0
                continue
            near, far = 2 * node + 1, 2 * node + 2
            to_near, to_far = to_box(boxes, near, point), to_box(boxes, far, point)
            if to_far < to_near:
                near, far, to_near, to_far = far, near, to_far, to_near
            if to_far <= most:
                top += 1
                stack[top], bound[top] = far, to_far
            if to_near <= most:
                top += 1
                stack[top], bound[top] = near, to_near
        for each in range(count):
            best = nearer(a_m, e2, place, point, lonlat, space, edges, held[each], least[each], most, best)
        seed = best[1]
        edge[q], share[q] = edges[seed], best[2]


@njit(cache=True, nogil=True, error_model="numpy")
def to_edge(a_m, e2, lon, lat, lonlat, edge):  # type: ignore[no-untyped-def]
    """Give the distance of a place from its foot on an edge; the foot is that of the local metric."""
    lon1, lat1, lon2, lat2 = lonlat[edge, 0], lonlat[edge, 1], lonlat[edge + 1, 0], lonlat[edge + 1, 1]
    share = foot(a_m, e2, lon, lat, lon1, lat1, lon2, lat2)[0]
    return apart(a_m, e2, lon, lat, lon1 + share * (lon2 - lon1), lat1 + share * (lat2 - lat1))


@njit(cache=True, nogil=True, error_model="numpy")
def bounds(a_m, e2, one, other, lonlat, edges, bound_m):  # type: ignore[no-untyped-def]
    """Fill in, for each pair of places, the least over two edges of the greater distance of both places from the edge."""
    for q in range(len(one)):
        bound_m[q] = math.inf
        for column in range(2):
            edge = edges[q, column]
            here_m = to_edge(a_m, e2, one[q, 0], one[q, 1], lonlat, edge)
            there_m = to_edge(a_m, e2, other[q, 0], other[q, 1], lonlat, edge)
            bound_m[q] = min(bound_m[q], max(here_m, there_m))


@njit(cache=True, nogil=True, error_model="numpy")
def on_edges(lonlat, edge, share, feet):  # type: ignore[no-untyped-def]
    """Fill in the places at shares of edges."""
    for q in range(len(edge)):
        for axis in range(2):
            start = lonlat[edge[q], axis]
            feet[q, axis] = start + share[q] * (lonlat[edge[q] + 1, axis] - start)


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


@njit(cache=True, nogil=True, error_model="numpy")
def find_feet(a_m, e2, most_m, places, lonlat, tree, chains, found, distance_m, feet, side, far):  # type: ignore[no-untyped-def]
    """Fill in all that `Feet` holds, and which feet (`far`) are still to be moved by solved geodesics.

    `tree`: vertices in space, edges, boxes; `chains`: where each begins, whether it is closed, the chain of each place;
    `found`: edge and share of each place.
    """
    offsets, closed, chain = chains
    edge, share = found
    space, edges, boxes = tree
    search(a_m, e2, places, lonlat, space, edges, boxes, edge, share)
    polish(a_m, e2, places, lonlat, edge, most_m, share, distance_m, far)
    on_edges(lonlat, edge, share, feet)
    for q in range(len(places)):
        chain[q] = np.searchsorted(offsets, edge[q], side="right") - 1
    sides(e2, places, lonlat, offsets, closed, chain, edge, share, side)
