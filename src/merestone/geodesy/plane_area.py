"""The area that a ring of lines encloses on the plane of a projection."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.projection import Projection

_PIECES = 512


def plane_ring_area_m2(lines: Sequence[Line], projection: Projection) -> float:
    """The area in m² on the plane, without its sign, of lines that follow one another and close.

    Each line is replaced by the chords of 512 pieces, and by those of 256. What lies between a curve and its chords
    shrinks by four when the pieces are halved, so the two results give a third that is free of it (Richardson). Raise
    `GeometryError` where a line leaves the domain of the projection.
    """
    fine, coarse = (_polygon_m2(lines, projection, pieces) for pieces in (_PIECES, _PIECES // 2))
    return abs(fine + (fine - coarse) / 3.0)


def _polygon_m2(lines: Sequence[Line], projection: Projection, pieces: int) -> float:
    places = np.concatenate([line.position(np.linspace(0.0, line.length_m, pieces + 1))[:-1] for line in lines])
    grid = projection.forward(places)
    if not np.all(np.isfinite(grid)):
        raise GeometryError(f"the ring leaves the domain of {projection.code}; count its area on another projection")
    return _shoelace_m2(grid - grid[0])


def _shoelace_m2(grid: Floats) -> float:
    x, y = grid[:, 0], grid[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2.0
