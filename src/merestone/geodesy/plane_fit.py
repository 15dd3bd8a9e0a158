"""A similarity or a polynomial from one plane to another by least squares over both axes.

Unknowns x minimise |A x - b|², two rows of A for each point (east, north). Similarity: east = a + c u - d v,
north = b + d u + c v. Degree k: all u^i v^j with i + j <= k, each axis for itself. Sheet coordinates are centred and
divided by their extent first, which changes no result and keeps A well conditioned. With A = Q R, the cofactors of the
unknowns are (Rᵀ R)⁻¹; of a place whose two rows are G: G (Rᵀ R)⁻¹ Gᵀ, a matrix H (2, 2), for a control point its
leverage. The residual of a point that was left out is (I - H)⁻¹ v, and the sum of squares without it is less by
vᵀ (I - H)⁻¹ v (R. D. Cook and S. Weisberg, Residuals and Influence in Regression, 1982, 2.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.line import Floats

_WORST_CONDITION = 1e-4
"""Least ratio of singular values of the columns: below it points lie on a line, or a curve of the degree."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaneFit:
    """A fitted transformation: `degree` 0 is the similarity.

    `origin` and `extent` bring the sheet to the unit square; `middle_m` (2,) is the mean of the ground;
    `coefficients` (p,) in metres; `root_cofactors` (p, p) with R⁻¹, so that cofactors are R⁻¹ R⁻ᵀ.
    """

    degree: int
    origin: Floats
    extent: float
    middle_m: Floats
    coefficients: Floats
    root_cofactors: Floats

    @property
    def unknowns(self) -> int:
        """How many unknowns were fitted."""
        return len(self.coefficients)

    def ground(self, sheet: Floats) -> Floats:
        """East and north in metres: (n, 2) -> (n, 2)."""
        rows = _rows((sheet - self.origin) / self.extent, self.degree)
        return np.asarray(rows @ self.coefficients + self.middle_m)

    def variance_factor(self, sheet: Floats) -> Floats:
        """The variance along one axis (mean of both) for a unit weight of 1: (n, 2) -> (n,)."""
        return np.asarray(np.trace(self._cofactors(sheet), axis1=1, axis2=2) / 2.0)

    def left_out(self, sheet: Floats, ground_m: Floats) -> tuple[Floats, Floats]:
        """Of each control point the residual (n, 2) in metres when it is left out, and its part (n,) of the sum of
        squares in m²; not a number where the others do not determine the fit."""
        residual_m = ground_m - self.ground(sheet)
        free = np.eye(2) - self._cofactors(sheet)
        free[np.linalg.det(free) < 1e-9] = np.nan
        determined = np.isfinite(free[:, 0, 0])
        left_out_m = np.full_like(residual_m, np.nan)
        left_out_m[determined] = np.linalg.solve(free[determined], residual_m[determined][..., None])[..., 0]
        return left_out_m, np.nan_to_num(np.sum(left_out_m * residual_m, axis=1))

    def _cofactors(self, sheet: Floats) -> Floats:
        """The cofactors of fitted places: (n, 2) -> (n, 2, 2)."""
        roots = _rows((sheet - self.origin) / self.extent, self.degree) @ self.root_cofactors
        return np.asarray(roots @ np.swapaxes(roots, 1, 2))


def fit_plane(sheet: Floats, ground_m: Floats, degree: int, what: str) -> PlaneFit:
    """The fit of a degree (0: similarity) to points (n, 2) and (n, 2); `what` names it and its needs in an error.

    Raises `GeometryError` where the points do not determine it.
    """
    origin, middle_m = sheet.mean(axis=0), ground_m.mean(axis=0)
    extent = float(np.abs(sheet - origin).max())
    if not extent > 0.0:
        raise GeometryError(f"all control points are one place on the sheet: no {what}")
    rows = _rows((sheet - origin) / extent, degree)
    matrix = rows.reshape(2 * len(sheet), -1)
    q, r = np.linalg.qr(matrix)
    strengths = np.linalg.svd(r / np.maximum(np.linalg.norm(r, axis=0), 1e-300), compute_uv=False)
    if len(r) < matrix.shape[1] or strengths[-1] < _WORST_CONDITION * strengths[0]:
        raise GeometryError(f"the control points lie too nearly on one line or curve for {what}")
    coefficients = np.linalg.solve(r, q.T @ (ground_m - middle_m).ravel())
    return PlaneFit(degree, origin, extent, middle_m, coefficients, np.linalg.inv(r))


def _rows(uv: Floats, degree: int) -> Floats:
    """The two rows of each place, for east and for north: (n, 2) -> (n, 2, p)."""
    u, v = uv[:, 0], uv[:, 1]
    one, nought = np.ones_like(u), np.zeros_like(u)
    if degree == 0:
        east, north = (one, nought, u, -v), (nought, one, v, u)
        return np.stack([np.column_stack(east), np.column_stack(north)], axis=1)
    terms = np.column_stack([u ** (total - j) * v**j for total in range(degree + 1) for j in range(total + 1)])
    count = terms.shape[1]
    rows = np.zeros((len(uv), 2, 2 * count))
    rows[:, 0, :count] = terms
    rows[:, 1, count:] = terms
    return rows
