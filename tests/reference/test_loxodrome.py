"""Loxodromes against independent computation: quadrature of the definition, and pygeodesy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad

from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.rhumb import loxodrome_direct, loxodrome_inverse

PAIRS = [
    ((0.0, 10.0), (60.0, 50.0)),
    ((-100.0, -60.0), (-20.0, 70.0)),
    ((0.0, 45.0), (80.0, 45.001)),
    ((0.0, 70.0), (90.0, 70.0000001)),
    ((30.0, -5.0), (31.0, 85.0)),
    ((179.0, 1.0), (-179.0, -1.0)),
    ((5.0, 60.0), (5.001, 60.0005)),
]


def by_quadrature(ellipsoid: Ellipsoid, start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Azimuth and length from the integrals of M and of M / (N cos phi) over latitude."""
    e2 = ellipsoid.e2

    def meridian(lat: float) -> float:
        return float(ellipsoid.a_m * (1.0 - e2) / (1.0 - e2 * np.sin(lat) ** 2) ** 1.5)

    def isometric(lat: float) -> float:
        return float((1.0 - e2) / ((1.0 - e2 * np.sin(lat) ** 2) * np.cos(lat)))

    south, north = np.radians(start[1]), np.radians(end[1])
    east = np.radians((end[0] - start[0] + 180.0) % 360.0 - 180.0)
    psi = quad(isometric, south, north, epsabs=0.0, epsrel=1e-13)[0]
    arc_m = quad(meridian, south, north, epsabs=0.0, epsrel=1e-13)[0]
    return float(np.degrees(np.arctan2(east, psi)) % 360.0), float(np.hypot(east, psi) * arc_m / psi)


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_azimuth_and_length_are_those_of_the_definition(start: tuple[float, float], end: tuple[float, float]) -> None:
    """Lengths to 10,000 km agree with quadrature to a tenth of a millimetre or better, also nearly due east."""
    line = Loxodrome.between(WGS84, start, end)
    azimuth, length_m = by_quadrature(WGS84, start, end)
    assert line.length_m == pytest.approx(length_m, rel=3e-12, abs=1e-7)
    assert line.azimuth_deg == pytest.approx(azimuth, abs=1e-9)


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_pygeodesy_agrees(start: tuple[float, float], end: tuple[float, float]) -> None:
    """Pygeodesy's exact rhumb solution gives the same length and azimuth to 0.1 mm at up to 14,000 km."""
    rhumb = pytest.importorskip("pygeodesy.rhumb.ekx", reason="pygeodesy is not installed")
    from pygeodesy.ellipsoids import Ellipsoids

    found = rhumb.Rhumb(Ellipsoids.WGS84, exact=True).Inverse(start[1], start[0], end[1], end[0])
    line = Loxodrome.between(WGS84, start, end)
    assert line.length_m == pytest.approx(found.s12, abs=1e-4)
    assert line.azimuth_deg == pytest.approx(found.azi12 % 360.0, abs=1e-9)


def test_the_direct_problem_undoes_the_inverse_to_a_tenth_of_a_micrometre() -> None:
    """Going by the azimuth and length found comes back to the second place, for every direction and latitude."""
    chance = np.random.default_rng(7)
    starts = np.column_stack([chance.uniform(-180.0, 180.0, 4000), chance.uniform(-80.0, 80.0, 4000)])
    ends = starts + np.column_stack([chance.uniform(-90.0, 90.0, 4000), 10.0 ** chance.uniform(-12.0, 0.9, 4000)])
    azimuth, length_m = loxodrome_inverse(WGS84, starts, ends)
    reached = loxodrome_direct(WGS84, starts, azimuth, length_m)
    assert np.abs((reached - ends) * [np.cos(np.radians(70.0)), 1.0]).max() < 1e-12 * 100.0
