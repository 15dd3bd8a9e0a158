"""Lengths of legs on the plane of a projection, as surveys on a grid print them.

A short piece of a line is longer or shorter on the plane than on the ellipsoid by the scale of the projection there. The
length on the plane is the integral of that scale along the line, by Simpson's rule over each piece between two vertices.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.norths import plane_of
from merestone.description.tree import Name
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection

_STEPS = 8
"""Steps of Simpson's rule over a piece: the scale of a grid changes slowly."""
_HALF_CHORD_M = 20.0


def plane_length_m(legs: Iterable[CompiledLeg], projection: Name) -> float:
    """The length of legs in metres on the plane of a projection, not a number outside its domain.

    Raises `TroubleError` where the projection is not known.
    """
    total_m = 0.0
    for leg in legs:
        plane = plane_of(projection, leg.frame)
        total_m += sum(
            _piece_m(leg, plane, start_m, length_m)
            for start_m, length_m in zip(_starts_m(leg.lengths_m), leg.lengths_m.tolist(), strict=True)
        )
    return total_m


def _starts_m(lengths_m: Floats) -> list[float]:
    return [0.0, *np.cumsum(lengths_m)[:-1].tolist()]


def _piece_m(leg: CompiledLeg, plane: Projection, start_m: float, length_m: float) -> float:
    if length_m == 0.0:
        return 0.0
    half_m = min(_HALF_CHORD_M, length_m / 4.0)
    middle_m = start_m + np.linspace(half_m, length_m - half_m, _STEPS + 1)
    behind, ahead = leg.line.position(middle_m - half_m), leg.line.position(middle_m + half_m)
    on_plane = plane.forward(ahead) - plane.forward(behind)
    scale = np.hypot(on_plane[:, 0], on_plane[:, 1]) / inverse(leg.frame.ellipsoid, behind, ahead)[2]
    weights = np.array([1.0, *([4.0, 2.0] * (_STEPS // 2))[:-1], 1.0])
    return float(length_m * (scale @ weights) / weights.sum())
