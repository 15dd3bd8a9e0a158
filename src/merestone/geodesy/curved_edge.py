"""Compiled: one piece of a chain in space, P(t) = A + t D + 4 t (1 - t) C, against one place of the ellipsoid.

All is relative to the place, so that a squared distance is a sum of three squares. The bulge C is at most metres where
the piece has kilometres: each answer comes from the chord in closed form and then by Newton's method on the piece
itself. Within a piece the distance to a place is taken to have one minimum.
"""

# An element of an array is Any to the type checker and a float to the compiler.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from merestone.geodesy.arrays import Floats
from merestone.geodesy.compiled import compiled

_STEPS = 2
_FLAT2_M2 = (4.0 * 2.5e-5) ** 2
"""A bulge below 25 micrometres (an edge of 35 m) is left out of account."""


@compiled
def chord2(places: Floats, place: int, others: Floats, other: int) -> float:
    """Give the squared chord in m² between two places."""
    x, y, z = (
        places[place, 0] - others[other, 0],
        places[place, 1] - others[other, 1],
        places[place, 2] - others[other, 2],
    )
    return x * x + y * y + z * z


@compiled
def chord2_at(vertices: Floats, bulges: Floats, piece: int, t: float, places: Floats, place: int) -> float:
    """Give the squared chord in m² from a place to the piece at t."""
    x, y, z = places[place, 0], places[place, 1], places[place, 2]
    u = 4.0 * t * (1.0 - t)
    px = vertices[piece, 0] - x + t * (vertices[piece + 1, 0] - vertices[piece, 0]) + u * bulges[piece, 0]
    py = vertices[piece, 1] - y + t * (vertices[piece + 1, 1] - vertices[piece, 1]) + u * bulges[piece, 1]
    pz = vertices[piece, 2] - z + t * (vertices[piece + 1, 2] - vertices[piece, 2]) + u * bulges[piece, 2]
    return px * px + py * py + pz * pz


@compiled
def foot_at(vertices: Floats, bulges: Floats, piece: int, places: Floats, place: int) -> float:
    """Give the share t in [0, 1] at which the piece is nearest to a place, where P P' = 0."""
    x, y, z = places[place, 0], places[place, 1], places[place, 2]
    wx, wy, wz = vertices[piece, 0] - x, vertices[piece, 1] - y, vertices[piece, 2] - z
    dx = vertices[piece + 1, 0] - vertices[piece, 0]
    dy = vertices[piece + 1, 1] - vertices[piece, 1]
    dz = vertices[piece + 1, 2] - vertices[piece, 2]
    bx, by, bz = 4.0 * bulges[piece, 0], 4.0 * bulges[piece, 1], 4.0 * bulges[piece, 2]
    length2 = dx * dx + dy * dy + dz * dz
    if length2 == 0.0:
        return 0.0
    t = min(1.0, max(0.0, -(wx * dx + wy * dy + wz * dz) / length2))
    if bx * bx + by * by + bz * bz <= _FLAT2_M2:
        return t
    for _ in range(_STEPS):
        u, v = t * (1.0 - t), 1.0 - 2.0 * t
        px, py, pz = wx + t * dx + u * bx, wy + t * dy + u * by, wz + t * dz + u * bz
        qx, qy, qz = dx + v * bx, dy + v * by, dz + v * bz
        bend = qx * qx + qy * qy + qz * qz - 2.0 * (px * bx + py * by + pz * bz)
        if bend <= 0.0:
            break
        t = min(1.0, max(0.0, t - (px * qx + py * qy + pz * qz) / bend))
    return t


@compiled
def passes_at(
    vertices: Floats,
    bulges: Floats,
    piece: int,
    places: Floats,
    place: int,
    limit2: float,
    inside: float,
    outside: float,
) -> float:
    """Give the share t at which the piece leaves the ball of squared radius `limit2` about a place.

    It lies within it at `inside` and beyond it at `outside`; the zero of |P|² - limit2 between the two.
    """
    x, y, z = places[place, 0], places[place, 1], places[place, 2]
    wx, wy, wz = vertices[piece, 0] - x, vertices[piece, 1] - y, vertices[piece, 2] - z
    dx = vertices[piece + 1, 0] - vertices[piece, 0]
    dy = vertices[piece + 1, 1] - vertices[piece, 1]
    dz = vertices[piece + 1, 2] - vertices[piece, 2]
    bx, by, bz = 4.0 * bulges[piece, 0], 4.0 * bulges[piece, 1], 4.0 * bulges[piece, 2]
    length2 = dx * dx + dy * dy + dz * dz
    along = wx * dx + wy * dy + wz * dz
    root = math.sqrt(max(0.0, along * along - length2 * (wx * wx + wy * wy + wz * wz - limit2)))
    t = (-along + root) / length2 if outside > inside else (-along - root) / length2
    least, most = min(inside, outside), max(inside, outside)
    t = min(most, max(least, t))
    if bx * bx + by * by + bz * bz <= _FLAT2_M2:
        return t
    for _ in range(_STEPS):
        u, v = t * (1.0 - t), 1.0 - 2.0 * t
        px, py, pz = wx + t * dx + u * bx, wy + t * dy + u * by, wz + t * dz + u * bz
        rate = 2.0 * (px * (dx + v * bx) + py * (dy + v * by) + pz * (dz + v * bz))
        if rate == 0.0 or (rate > 0.0) != (outside > inside):
            break
        t = min(most, max(least, t - (px * px + py * py + pz * pz - limit2) / rate))
    return t
