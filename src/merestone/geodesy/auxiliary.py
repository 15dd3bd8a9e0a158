"""Auxiliary latitudes of an ellipsoid, in forms that keep small differences exact.

C. F. F. Karney, On auxiliary latitudes, Survey Review 56 (2024) 165-180 (arXiv:2212.05818): the rectifying latitude
and its inverse as series in the third flattening n to order 6 (truncation n^7 ~ 4e-20 for the Earth), the isometric
and authalic latitudes in closed form. Differences between two latitudes are formed from their difference and their
mean, never by subtracting two large values, so that a loxodrome that runs nearly east and west loses no digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True)
class RectifyingSeries:
    """Coefficients of the rectifying latitude of one ellipsoid.

    `radius_m`: radius of the circle as long as the meridian; `from_geographic` c_k and `to_geographic` d_k:
    mu = phi + sum c_k sin 2k phi, phi = mu + sum d_k sin 2k mu, k = 1..6.
    """

    radius_m: float
    from_geographic: tuple[float, ...]
    to_geographic: tuple[float, ...]


@lru_cache(maxsize=64)
def rectifying_series(ellipsoid: Ellipsoid) -> RectifyingSeries:
    """Give the series of the rectifying latitude (Karney 2024, eqs. A5 and A6; after Helmert 1880)."""
    n = ellipsoid.f / (2.0 - ellipsoid.f)
    n2, n3, n4, n5, n6 = n**2, n**3, n**4, n**5, n**6
    radius_m = ellipsoid.a_m / (1.0 + n) * (1.0 + n2 / 4.0 + n4 / 64.0 + n6 / 256.0)
    forward = (
        -3 / 2 * n + 9 / 16 * n3 - 3 / 32 * n5,
        15 / 16 * n2 - 15 / 32 * n4 + 135 / 2048 * n6,
        -35 / 48 * n3 + 105 / 256 * n5,
        315 / 512 * n4 - 189 / 512 * n6,
        -693 / 1280 * n5,
        1001 / 2048 * n6,
    )
    backward = (
        3 / 2 * n - 27 / 32 * n3 + 269 / 512 * n5,
        21 / 16 * n2 - 55 / 32 * n4 + 6759 / 4096 * n6,
        151 / 96 * n3 - 417 / 128 * n5,
        1097 / 512 * n4 - 15543 / 2560 * n6,
        8011 / 2560 * n5,
        293393 / 61440 * n6,
    )
    return RectifyingSeries(radius_m, forward, backward)


def _series_step(coefficients: tuple[float, ...], middle: Floats, step: Floats) -> Floats:
    """Give step + sum c_k [sin 2k(middle + step/2) - sin 2k(middle - step/2)], radians, without cancellation."""
    # Clenshaw's recurrence cannot be shared between the two factors; 2 cos(2k m) sin(k d) is the Chebyshev way:
    # e^{2ikm} and e^{ikd} are advanced by multiplication.
    turn_m = np.exp(2j * middle)
    turn_d = np.exp(1j * step)
    power_m, power_d = turn_m, turn_d
    total = np.zeros_like(step)
    for coefficient in coefficients:
        total = total + coefficient * power_m.real * power_d.imag
        power_m, power_d = power_m * turn_m, power_d * turn_d
    return np.asarray(step + 2.0 * total)


def meridian_distance_m(ellipsoid: Ellipsoid, start_lat_deg: Floats, end_lat_deg: Floats) -> Floats:
    """Give the distance along the meridian between latitudes in metres, northward positive; (n,).

    Error below 10 nm (series to order 6 and rounding).
    """
    series = rectifying_series(ellipsoid)
    middle = np.radians((start_lat_deg + end_lat_deg) / 2.0)
    step = np.radians(end_lat_deg - start_lat_deg)
    return series.radius_m * _series_step(series.from_geographic, middle, step)


def latitude_step_deg(ellipsoid: Ellipsoid, start_lat_deg: Floats, northward_m: Floats) -> Floats:
    """Give the change of latitude in degrees over a distance along the meridian in metres; (n,)."""
    series = rectifying_series(ellipsoid)
    half = np.radians(start_lat_deg) / 2.0
    rectifying = _series_step(series.from_geographic, half, 2.0 * half)
    step = northward_m / series.radius_m
    return np.degrees(_series_step(series.to_geographic, rectifying + step / 2.0, step))


def isometric_step(ellipsoid: Ellipsoid, start_lat_deg: Floats, step_deg: Floats) -> Floats:
    """Give the change of isometric latitude (radians) from a latitude over a step of latitude, both in degrees; (n,).

    psi = asinh tan phi - e atanh(e sin phi). With d = sin phi2 - sin phi1 formed from the step,
    psi2 - psi1 = asinh(d / (cos phi1 cos phi2)) - e atanh(e d / (1 - e^2 sin phi1 sin phi2)):
    relative error of a few units of rounding for any step. Infinite where a step ends at a pole.
    """
    phi1 = np.radians(start_lat_deg)
    step = np.radians(step_deg)
    phi2 = phi1 + step
    sine_step = 2.0 * np.sin(step / 2.0) * np.cos(phi1 + step / 2.0)
    e2 = ellipsoid.e2
    e = np.sqrt(e2)
    with np.errstate(divide="ignore", invalid="ignore"):
        spherical = np.arcsinh(sine_step / (np.cos(phi1) * np.cos(phi2)))
    return np.asarray(spherical - e * np.arctanh(e * sine_step / (1.0 - e2 * np.sin(phi1) * np.sin(phi2))))


def area_to_pole_m2(ellipsoid: Ellipsoid, lat_deg: Floats) -> Floats:
    """Give the area per radian of longitude, in m², between latitudes and the pole on their side of the equator; (n,).

    The authalic latitude's q: the area from the equator to phi is (b²/2)[sin phi/(1 - e² sin² phi) +
    atanh(e sin phi)/e] per radian (Karney 2024, eq. 17). The difference from the pole is formed with
    1 - sin phi = cos² phi/(1 + sin phi), so that nothing is lost near the pole.
    """
    e2 = ellipsoid.e2
    e = np.sqrt(e2)
    sine = np.abs(np.sin(np.radians(lat_deg)))
    one_less = np.cos(np.radians(lat_deg)) ** 2 / (1.0 + sine)
    w2 = 1.0 - e2 * sine**2
    rational = one_less * (1.0 + e2 * sine) / ((1.0 - e2) * w2)
    logarithmic = one_less if e == 0.0 else np.arctanh(e * one_less / (1.0 - e2 * sine)) / e
    return np.asarray(ellipsoid.b_m**2 / 2.0 * (rational + logarithmic))
