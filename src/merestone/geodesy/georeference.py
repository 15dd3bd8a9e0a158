"""A scanned or drawn map sheet laid on the ground: fitted from control points, with what the fit says of itself.

A control point is a place whose coordinates are known on the sheet (millimetres or pixels) and on the ground plane
(metres of the sheet's projection). Six methods lead from one to the other. Five are least squares over both axes with
one standard deviation of unit weight; the thin-plate spline passes through every control point, so that only points
left out one at a time say how good it is.

Suspects. Of a least-squares fit with redundancy r, leaving out point i gives t = q / 2 s² with q the part of the sum
of squares that goes with it and s² the variance of unit weight of the rest. Where errors are normal t follows
F(2, r - 2), whose tail is (1 + 2 t / (r - 2))^(-(r - 2) / 2); with n points a tail below 0.01 / n is suspected
(Bonferroni; W. Baarda, A testing procedure for use in geodetic networks, 1968, for the principle). Points of a spline:
see `thin_plate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.line import Floats
from merestone.geodesy.plane_fit import PlaneFit, fit_plane
from merestone.geodesy.thin_plate import ThinPlate, fit_thin_plate


class Method(StrEnum):
    """How a sheet is laid on the ground."""

    SIMILARITY = "similarity"
    AFFINE = "affine"
    POLYNOMIAL_2 = "polynomial 2"
    POLYNOMIAL_3 = "polynomial 3"
    THIN_PLATE = "thin-plate spline"

    @property
    def fewest_points(self) -> int:
        """The number of control points that just determine it (of a spline: the fewest that can be judged)."""
        return _FEWEST[self]


_FEWEST = {
    Method.SIMILARITY: 2,
    Method.AFFINE: 3,
    Method.POLYNOMIAL_2: 6,
    Method.POLYNOMIAL_3: 10,
    Method.THIN_PLATE: 4,
}
_DEGREE = {Method.SIMILARITY: 0, Method.AFFINE: 1, Method.POLYNOMIAL_2: 2, Method.POLYNOMIAL_3: 3}
_ROUNDING_M = 1e-3
"""What is nearer to the fit than this is never suspected: exact control points leave rounding alone."""
_MIRRORED = 0.1
"""A mirror image that leaves less than this share of the residuals is taken for an axis that runs the other way."""
_PRESSED = 0.01
"""Least scale across as a share of that along: below it the ground is a line."""
_MIRROR = (
    "the control points are a mirror image of the sheet; say which way its y axis runs (pixels count downwards), or "
    "check that no two columns are swapped"
)


@dataclass(frozen=True, slots=True, eq=False)
class Georeference:
    """A sheet laid on the ground plane.

    `sheet` (n, 2) in the sheet's unit and `ground_m` (n, 2) east and north in metres are the control points;
    `residuals_m` (n, 2) given minus fitted; `left_out_m` (n, 2) given minus fitted without that point, not a number
    where the others do not determine the fit; `sigma_m` the standard deviation of one coordinate: of unit weight with
    `degrees_of_freedom`, of a spline the root mean square of `left_out_m`, None where nothing is redundant.
    `suspects`: the indices of control points too far off to belong to the rest. `metres_per_unit`: the mean scale.
    """

    method: Method
    sheet: Floats
    ground_m: Floats
    fit: PlaneFit | ThinPlate
    residuals_m: Floats
    left_out_m: Floats
    sigma_m: float | None
    degrees_of_freedom: int
    suspects: tuple[int, ...]
    metres_per_unit: float

    def ground(self, sheet: Floats) -> Floats:
        """East and north in metres of places on the sheet: (n, 2) -> (n, 2)."""
        return self.fit.ground(sheet)

    def position_sigma_m(self, sheet: Floats) -> Floats:
        """The standard deviation along one axis, in metres, that uncertain control gives places: (n, 2) -> (n,).

        It grows beyond the control points. Not a number where nothing is redundant.
        """
        sigma_m = np.nan if self.sigma_m is None else self.sigma_m
        return np.asarray(sigma_m * np.sqrt(self.fit.variance_factor(sheet)))

    @property
    def spacing_m(self) -> float:
        """The mean distance from a control point to its nearest neighbour, in metres; a point measured twice is one."""
        from scipy.spatial import cKDTree

        places = np.unique(self.ground_m, axis=0)
        apart_m, _ = cKDTree(places).query(places, k=2)
        return float(np.mean(apart_m[:, 1]))

    def beyond_m(self, sheet: Floats) -> Floats:
        """How far outside the convex hull of the control points places lie, in metres, 0 inside: (n, 2) -> (n,)."""
        import shapely

        hull = shapely.convex_hull(shapely.multipoints(self.ground_m))
        return np.asarray(shapely.distance(hull, shapely.points(self.ground(sheet))), dtype=np.float64)


def georeference(sheet: Floats, ground_m: Floats, method: Method) -> Georeference:
    """The sheet laid on the ground by a method, from control points (n, 2) on it and (n, 2) east, north in metres.

    Raises `GeometryError` where the points are too few, on one line or curve, one place, or mirrored.
    """
    sheet, ground_m = np.asarray(sheet, dtype=np.float64), np.asarray(ground_m, dtype=np.float64)
    _check(sheet, ground_m, method)
    if method is Method.THIN_PLATE:
        return _by_spline(sheet, ground_m)
    fit = fit_plane(sheet, ground_m, _DEGREE[method], f"{method} ({_need(method)})")
    _check_similarity(sheet, ground_m, fit)
    redundancy = 2 * len(sheet) - fit.unknowns
    left_out_m, parts = fit.left_out(sheet, ground_m)
    residuals_m = ground_m - fit.ground(sheet)
    squares = float(np.sum(residuals_m**2))
    return Georeference(
        method=method,
        sheet=sheet,
        ground_m=ground_m,
        fit=fit,
        residuals_m=residuals_m,
        left_out_m=left_out_m,
        sigma_m=float(np.sqrt(squares / redundancy)) if redundancy else None,
        degrees_of_freedom=redundancy,
        suspects=_suspects(parts, squares, redundancy),
        metres_per_unit=_scale(sheet, ground_m, fit),
    )


def _by_spline(sheet: Floats, ground_m: Floats) -> Georeference:
    """The sheet laid on the ground by a thin-plate spline."""
    spline = fit_thin_plate(sheet, ground_m)
    return Georeference(
        method=Method.THIN_PLATE,
        sheet=sheet,
        ground_m=ground_m,
        fit=spline,
        residuals_m=ground_m - spline.ground(sheet),
        left_out_m=spline.left_out_m,
        sigma_m=float(np.sqrt(np.mean(spline.left_out_m**2))),
        degrees_of_freedom=2 * (len(sheet) - 3),
        suspects=spline.suspects(),
        metres_per_unit=_scale(sheet, ground_m, spline),
    )


def _need(method: Method) -> str:
    """What a method needs, as a phrase."""
    spread = "apart" if method is Method.SIMILARITY else "spread over the sheet, not along one line"
    return f"it needs {method.fewest_points} control points {spread}, and more to be checked"


def _check(sheet: Floats, ground_m: Floats, method: Method) -> None:
    """Raises `GeometryError` for control points from which nothing can be fitted."""
    if sheet.shape != ground_m.shape or sheet.ndim != 2 or sheet.shape[1] != 2:
        raise GeometryError(f"control points come in pairs (n, 2), not {sheet.shape} and {ground_m.shape}")
    if not (np.isfinite(sheet).all() and np.isfinite(ground_m).all()):
        raise GeometryError("a control point is not a finite number; leave the point out")
    if len(sheet) < method.fewest_points:
        raise GeometryError(f"{len(sheet)} control points are too few for {method}: {_need(method)}")


def _check_similarity(sheet: Floats, ground_m: Floats, fit: PlaneFit) -> None:
    """Raises `GeometryError` where a similarity fits the mirror image of the sheet far better than the sheet."""
    if fit.degree or len(sheet) < 3:
        return
    turned = sheet * np.array([1.0, -1.0])
    mirrored = fit_plane(turned, ground_m, 0, Method.SIMILARITY)
    left, there = (np.sum((ground_m - one.ground(of)) ** 2) for one, of in ((fit, sheet), (mirrored, turned)))
    if there < _MIRRORED**2 * left:
        raise GeometryError(_MIRROR)


def _suspects(parts: Floats, squares: float, redundancy: int) -> tuple[int, ...]:
    """The points whose part (n,) of the sum of squares is beyond what chance gives, see above; m² all."""
    rest = redundancy - 2
    if rest < 1 or squares < _ROUNDING_M**2:
        return ()
    others = np.maximum(squares - parts, 1e-12 * squares) / rest
    tail = (1.0 + parts / others / rest) ** (-rest / 2.0)
    return tuple(int(index) for index in np.nonzero((tail < 0.01 / len(parts)) & (parts > _ROUNDING_M**2))[0])


def _scale(sheet: Floats, ground_m: Floats, fit: PlaneFit | ThinPlate) -> float:
    """The mean scale in metres on the ground for each unit of the sheet: the root of its area's, at the middle.

    Raises `GeometryError` where the sheet would lie upside down on the ground, or be pressed to a line.
    """
    extent = float(np.ptp(sheet, axis=0).max())
    step = extent / 100.0
    corners = fit.ground(sheet.mean(axis=0) + step * np.array([[-1.0, 0.0], [1.0, 0.0], [0.0, -1.0], [0.0, 1.0]]))
    along, across = corners[1] - corners[0], corners[3] - corners[2]
    area = float(along[0] * across[1] - along[1] * across[0]) / (2.0 * step) ** 2
    if abs(area) < _PRESSED**2 * (float(np.ptp(ground_m, axis=0).max()) / extent) ** 2:
        raise GeometryError(
            "the control points lie on one line on the ground but not on the sheet; check their columns"
        )
    if area < 0.0:
        raise GeometryError(_MIRROR)
    return float(np.sqrt(area))
