"""Compiled: the steps of dividers along the pieces of a chain."""

from __future__ import annotations

import math

from merestone.geodesy.arrays import Floats
from merestone.geodesy.compiled import compiled
from merestone.geodesy.curved_edge import chord2, passes_at


@compiled
def steps(vertices: Floats, bulges: Floats, opening2: float) -> tuple[int, float]:
    """Give how many steps of an opening (its chord squared, m²) fit, and the chord in metres that is left to the end.

    The foot stands at `foot`; the piece's start, or the foot on it, is within the opening, and so the place sought is
    on the first piece whose end is not.
    """
    foot = vertices[:1].copy()
    count = 0
    for piece in range(len(bulges)):
        inside = 0.0
        while chord2(vertices, piece + 1, foot, 0) >= opening2:
            at = passes_at(vertices, bulges, piece, foot, 0, opening2, inside, 1.0)
            u = 4.0 * at * (1.0 - at)
            for axis in range(3):
                start, end = vertices[piece, axis], vertices[piece + 1, axis]
                foot[0, axis] = start + at * (end - start) + u * bulges[piece, axis]
            count += 1
            inside = at
            if at >= 1.0:
                break
    return count, math.sqrt(chord2(vertices, len(bulges), foot, 0))
