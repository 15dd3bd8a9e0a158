"""The thin-plate spline from one plane to another: through every control point, bent as little as can be.

ground(p) = a + B p + sum w_i U(|p - p_i|), U(r) = r² log r, with sum w_i = 0 and sum w_i p_i = 0 (F. L. Bookstein,
Principal warps, IEEE Trans. PAMI 11, 1989). With the inverse of the whole matrix, whose upper left block is M (n, n),
w = M g, and the residual of point i left out is w_i / M_ii (S. Rippa, Adv. Comput. Math. 11, 1999). Errors of one
sigma at all control points give w_i a standard deviation sigma sqrt((M M)_ii), by which suspects are judged: the
length |w_i| / sqrt((M M)_ii) against the median of the others, which for normal errors is 1.1774 sigma. One error
shows at its neighbours also; the greatest alone is named.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.line import Floats

_FEWEST_TO_JUDGE = 8
_ROUNDING_M = 1e-3
_BLOCK = 4096
_MEDIAN_OF_RAYLEIGH = 1.1774
_WORST_SPREAD = 1e-2
"""Least ratio of the spread across to the spread along: below it the points lie on one line."""


@dataclass(frozen=True, slots=True, eq=False)
class ThinPlate:
    """A fitted spline.

    `origin`, `extent` bring the sheet to the unit square; `nodes` (n, 2) there; `middle_m` (2,) the mean of the
    ground; `weights` (n, 2) and `affine` (3, 2) in metres; `inverse` (n + 3, n + 3) of the whole matrix.
    """

    origin: Floats
    extent: float
    nodes: Floats
    middle_m: Floats
    weights: Floats
    affine: Floats
    inverse: Floats

    def ground(self, sheet: Floats) -> Floats:
        """East and north in metres: (n, 2) -> (n, 2)."""
        solution = np.vstack([self.weights, self.affine])
        return np.vstack([self._rows(block) @ solution + self.middle_m for block in _blocks(sheet)])

    def variance_factor(self, sheet: Floats) -> Floats:
        """The variance along one axis for control points of variance 1, each for itself: (n, 2) -> (n,)."""
        inverse = self.inverse[:, : len(self.nodes)]
        return np.concatenate([np.sum((self._rows(block) @ inverse) ** 2, axis=1) for block in _blocks(sheet)])

    @property
    def left_out_m(self) -> Floats:
        """Of each control point the residual in metres when it is left out: (n, 2)."""
        return np.asarray(self.weights / self._bending().diagonal()[:, None])

    def suspects(self) -> tuple[int, ...]:
        """The index of the control point that stands out from the others, if one does."""
        if len(self.nodes) < _FEWEST_TO_JUDGE:
            return ()
        lengths = np.linalg.norm(self.weights, axis=1) / np.linalg.norm(self._bending(), axis=1)
        worst = int(lengths.argmax())
        sigma = float(np.median(np.delete(lengths, worst))) / _MEDIAN_OF_RAYLEIGH
        chance = np.exp(-0.5 * (lengths[worst] / max(sigma, 1e-12)) ** 2)
        stands_out = chance < 1e-3 / len(lengths) and np.linalg.norm(self.left_out_m[worst]) > _ROUNDING_M
        return (worst,) if stands_out else ()

    def _bending(self) -> Floats:
        return self.inverse[: len(self.nodes), : len(self.nodes)]

    def _rows(self, sheet: Floats) -> Floats:
        places = (sheet - self.origin) / self.extent
        return np.hstack([_kernel(places, self.nodes), np.ones((len(places), 1)), places])


def fit_thin_plate(sheet: Floats, ground_m: Floats) -> ThinPlate:
    """The spline through points (n, 2) on the sheet and (n, 2) on the ground in metres.

    Raises `GeometryError` where points lie on one line, where two are one place, or where one alone holds a direction.
    """
    origin, middle_m = sheet.mean(axis=0), ground_m.mean(axis=0)
    extent = float(np.abs(sheet - origin).max())
    nodes = (sheet - origin) / (extent or 1.0)
    _check_spread(nodes)
    count = len(nodes)
    side = np.hstack([np.ones((count, 1)), nodes])
    matrix = np.block([[_kernel(nodes, nodes), side], [side.T, np.zeros((3, 3))]])
    inverse = np.linalg.inv(matrix)
    solution = inverse[:, :count] @ (ground_m - middle_m)
    return ThinPlate(origin, extent, nodes, middle_m, solution[:count], solution[count:], inverse)


def _check_spread(nodes: Floats) -> None:
    """Raises `GeometryError` unless the nodes are apart, and off one line even when any one of them is left out."""
    need = (
        "a thin-plate spline needs 4 control points spread over the sheet, not along one line, and more to be checked"
    )
    if len(np.unique(nodes, axis=0)) < len(nodes):
        raise GeometryError(f"two control points are one place on the sheet; leave one out: {need}")
    for index in range(len(nodes)):
        rest = np.delete(nodes, index, axis=0)
        along, across = np.linalg.svd(rest - rest.mean(axis=0), compute_uv=False)[:2]
        if across < _WORST_SPREAD * along:
            raise GeometryError(f"all control points, or all but one, lie on one line: {need}")


def _blocks(sheet: Floats) -> list[Floats]:
    """Places (n, 2) in blocks, so that a long line needs little memory."""
    return [sheet[start : start + _BLOCK] for start in range(0, max(len(sheet), 1), _BLOCK)]


def _kernel(places: Floats, nodes: Floats) -> Floats:
    """r² log r between places (m, 2) and nodes (n, 2): (m, n)."""
    square = (places[:, None, 0] - nodes[:, 0]) ** 2 + (places[:, None, 1] - nodes[:, 1]) ** 2
    return np.asarray(0.5 * square * np.log(np.where(square > 0.0, square, 1.0)))
