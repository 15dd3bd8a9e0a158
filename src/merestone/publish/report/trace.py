"""The curve of a leg as a chain to draw: close enough for a map of a page, and through its defining vertices."""

from __future__ import annotations

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg
from merestone.geodesy.line import Floats

MOST_PLACES = 2_000
"""No leg is drawn with more places than this: a map some 700 pixels wide shows no more."""

_PER_PIECE = 64


def trace(leg: CompiledLeg) -> Floats:
    """Places (n, 2) in degrees along a leg, longitudes continuous, in the frame of the description.

    The curve is that of the leg's own frame. Where that is another frame, the few metres by which the two part at the
    defining vertices are spread evenly in between: derived, for the eye, never an export.
    """
    vertices = _continuous(leg.vertices / UNITS_PER_DEGREE)
    pieces = len(leg.lengths_m)
    steps = max(1, min(_PER_PIECE, MOST_PLACES // pieces))
    share = np.arange(pieces * steps + 1) / steps
    ends_m = np.concatenate([[0.0], np.cumsum(leg.lengths_m)])
    along_m = np.interp(share, np.arange(pieces + 1), ends_m)
    if pieces > MOST_PLACES:
        kept = np.unique(np.linspace(0, pieces, MOST_PLACES).astype(np.intp))
        return vertices[kept]
    curve = _continuous(leg.line.position(np.clip(along_m, 0.0, leg.line.length_m)))
    curve[:, 0] += 360.0 * np.round((vertices[0, 0] - curve[0, 0]) / 360.0)
    away = vertices - curve[::steps]
    away[:, 0] -= 360.0 * np.round(away[:, 0] / 360.0)
    columns = [np.interp(share, np.arange(pieces + 1), away[:, axis]) for axis in (0, 1)]
    result: Floats = curve + np.column_stack(columns)
    return result


def _continuous(lonlat: Floats) -> Floats:
    """Places with longitudes that run on, never jumping by more than half a turn."""
    result = np.array(lonlat, dtype=np.float64)
    result[:, 0] = np.unwrap(result[:, 0], period=360.0)
    return result
