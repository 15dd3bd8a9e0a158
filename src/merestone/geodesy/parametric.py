"""A smooth curve given by a parameter, carried as Chebyshev series, with its arc length on the ellipsoid.

For kinds of line that have no closed form in the distance along them (straight on a projection, arc of a circle) the
normal to the ellipsoid n(t) = (cos phi cos lambda, cos phi sin lambda, sin phi), t in [-1, 1], is interpolated at
Chebyshev points. Three things follow that the coordinates themselves would not give: poles and the antimeridian are
places like any other; the derivative n'(t) gives speed and azimuth without differencing; and the series of the speed
is integrated term by term into the distance along. L. N. Trefethen, Approximation Theory and Approximation Practice
(2013), chapters 3 and 8: for an analytic curve the series converges geometrically; the degree is doubled until its
tail is below 1e-14, some 0.1 micrometres on the ground.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import chebyshev

from merestone.errors import GeometryError
from merestone.geodesy.elementary import compass
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

_TAIL = 2e-15
_DEGREES = (16, 32, 64, 128, 256, 512, 1024)
_NEWTON_STEPS = 8
_VALUES_AT_ONCE = 4096


@dataclass(frozen=True, slots=True, eq=False)
class ParametricCurve:
    """A curve n(t), t in [-1, 1]: its series and that of the distance along it.

    `normal` (k, 3), `slope` (k-1, 3): Chebyshev coefficients of n and n'; `distance` (m, 1): of the distance along in
    metres from t = -1; `inverse` (i, 1): of t in terms of the distance, brought to [-1, 1]; `turns` (2, j): longitudes
    in degrees, run on continuously, at parameters close enough together to settle whole turns in between.
    """

    ellipsoid: Ellipsoid
    normal: Floats
    slope: Floats
    distance: Floats
    inverse: Floats
    turns: Floats

    @property
    def length_m(self) -> float:
        """The length of the whole curve in metres."""
        return float(self.distance.sum())

    def lonlat(self, parameter: Floats) -> Floats:
        """Give the places at the parameters: (n,) -> (n, 2), longitudes continuous from the start."""
        x, y, z = _values(parameter, self.normal).T
        lon = np.degrees(np.arctan2(y, x))
        lat = np.degrees(np.arctan2(z, np.hypot(x, y)))
        expected = np.interp(parameter, self.turns[0], self.turns[1])
        return np.column_stack([lon + 360.0 * np.round((expected - lon) / 360.0), lat])

    def azimuth(self, parameter: Floats) -> Floats:
        """Give the directions at the parameters: (n,) -> (n,), degrees in [0, 360)."""
        east, north, meridian, prime_vertical = _velocity(self.ellipsoid, self.normal, self.slope, parameter)
        return compass(np.degrees(np.arctan2(prime_vertical * east, meridian * north)))

    def along_m(self, parameter: Floats) -> Floats:
        """Give the distance along from t = -1 in metres: (n,) -> (n,)."""
        return _values(parameter, self.distance)[:, 0]

    def parameter(self, along_m: Floats) -> Floats:
        """Give the parameters at distances along, in metres: (n,) -> (n,)."""
        share = np.clip(2.0 * along_m / self.length_m - 1.0, -1.0, 1.0)
        return np.clip(_values(share, self.inverse)[:, 0], -1.0, 1.0)


def parametric_curve(
    ellipsoid: Ellipsoid, place: Callable[[Floats], Floats], what: str, start_lon_deg: float
) -> ParametricCurve:
    """Give the curve t -> place(t), t in [-1, 1], (n,) -> (n, 2) lonlat.

    Raise `GeometryError`, naming `what`, where the function is not finite or not smooth enough for degree 1024.
    """
    normal = _series(lambda t: _normals(place(t), what), what)
    slope = np.asarray(chebyshev.chebder(normal), dtype=np.float64)

    def speed_at(t: Floats) -> Floats:
        east, north, meridian, prime_vertical = _velocity(ellipsoid, normal, slope, t)
        return np.hypot(prime_vertical * east, meridian * north)[:, None] / ellipsoid.a_m

    speed = _series(speed_at, what) * ellipsoid.a_m
    distance = np.asarray(chebyshev.chebint(speed, lbnd=-1), dtype=np.float64)
    inverse = _series(lambda share: _inverted(share, distance, speed), what)
    grid = np.linspace(-1.0, 1.0, 8 * len(normal) + 1)
    x, y, _ = _values(grid, normal).T
    turned = np.unwrap(np.degrees(np.arctan2(y, x)), period=360.0)
    turned += 360.0 * np.round((start_lon_deg - turned[0]) / 360.0)
    return ParametricCurve(ellipsoid, normal, slope, distance, inverse, np.stack([grid, turned]))


def _normals(lonlat: Floats, what: str) -> Floats:
    if not np.all(np.isfinite(lonlat)):
        raise GeometryError(f"{what} leaves the domain in which it is defined; choose another projection")
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _velocity(ellipsoid: Ellipsoid, normal: Floats, slope: Floats, t: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Give cos(phi) lambda', phi', M and N at the parameters."""
    x, y, z = _values(t, normal).T
    dx, dy, dz = _values(t, slope).T
    rho = np.maximum(np.hypot(x, y), 1e-300)
    east = (x * dy - y * dx) / rho
    north = rho * dz - z * (x * dx + y * dy) / rho
    w2 = 1.0 - ellipsoid.e2 * z * z
    prime_vertical = ellipsoid.a_m / np.sqrt(w2)
    return east, north, prime_vertical * (1.0 - ellipsoid.e2) / w2, prime_vertical


def _inverted(share: Floats, distance: Floats, speed: Floats) -> Floats:
    """Give, by Newton's method, the t at shares of the length in [-1, 1]: (n,) -> (n, 1)."""
    grid = np.linspace(-1.0, 1.0, 4 * len(distance) + 1)
    along_m = distance.sum() * (share + 1.0) / 2.0
    at = np.interp(along_m, _values(grid, distance)[:, 0], grid)
    for _ in range(_NEWTON_STEPS):
        step = (_values(at, distance)[:, 0] - along_m) / _values(at, speed)[:, 0]
        at = np.clip(at - step, -1.0, 1.0)
        if float(np.max(np.abs(step))) < 1e-14:
            break
    return np.asarray(at[:, None])


def _values(t: Floats, coefficients: Floats) -> Floats:
    """Give the values of Chebyshev series (k, m) at t (n,): (n, m), from T_k(t) = cos(k arccos t)."""
    angles, orders = np.arccos(t), np.arange(len(coefficients))
    values = np.empty((len(t), coefficients.shape[1]))
    for first in range(0, len(t), _VALUES_AT_ONCE):
        part = slice(first, first + _VALUES_AT_ONCE)
        # Summed in one order for any number of places (a matrix product is not), smallest terms first.
        cosines = np.cos(orders[::-1, None] * angles[None, part])
        for column in range(coefficients.shape[1]):
            values[part, column] = np.add.reduce(cosines * coefficients[::-1, column, None], axis=0)
    return values


def _series(function: Callable[[Floats], Floats], what: str) -> Floats:
    """Give the Chebyshev coefficients (k, m) of a vector function of t, trimmed where they fall below rounding."""
    for degree in _DEGREES:
        coefficients = _interpolated(function, degree)
        size = np.abs(coefficients).max(axis=1)
        if size[-3:].max() <= _TAIL * degree**0.5 * max(size.max(), 1e-300):
            kept = np.nonzero(size > _TAIL / 4.0 * size.max())[0]
            return coefficients[: max(int(kept[-1]) + 1, 2)]
    raise GeometryError(f"{what} is not smooth enough to be computed to a micrometre; divide it into shorter lines")


def _interpolated(function: Callable[[Floats], Floats], degree: int) -> Floats:
    """Give the coefficients of the interpolant at the degree + 1 Chebyshev points of the first kind."""
    angles = np.pi * (np.arange(degree + 1) + 0.5) / (degree + 1)
    values = function(np.cos(angles))
    cosines = np.cos(np.outer(np.arange(degree + 1), angles))
    coefficients = cosines @ values * (2.0 / (degree + 1))
    coefficients[0] /= 2.0
    return np.asarray(coefficients)
