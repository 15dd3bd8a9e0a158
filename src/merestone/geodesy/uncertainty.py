"""How sure a line is: a sum of components, each with its source, its sigma, and what it has in common.

A component is an error of position. `sigma_m` is its standard deviation in metres along one axis. An error that is
`Common` is one vector for the whole line (a frame, a georeferencing): of unknown direction, or along a stated one.
An error that is `Local` varies along the line; its correlation falls off as exp(-d/length) with the distance d.

From this follow the across-line sigma at a vertex (the part of every component at right angles to the line), the
variance of an area (the covariance integrated along the line), and the sigma of a difference between two lines, in
which components of the same source cancel. Formulas and their derivation: docs/methods/uncertainty.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

import numpy as np

from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True)
class Common:
    """One error vector for the whole line: isotropic, or along `azimuth_deg` (and its opposite) alone."""

    azimuth_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Local:
    """An isotropic error that varies along the line with correlation exp(-d/`length_m`)."""

    length_m: float

    def __post_init__(self) -> None:
        """A correlation length is positive."""
        if not self.length_m > 0.0:
            raise ValueError(f"a correlation length of {self.length_m} m is not positive")


Correlation = Common | Local


@dataclass(frozen=True, slots=True)
class Component:
    """One error: the identifier of its source, its standard deviation along one axis in metres, its correlation."""

    source: str
    sigma_m: float
    correlation: Correlation = Common()

    def __post_init__(self) -> None:
        """A standard deviation is a number and not negative."""
        if not self.sigma_m >= 0.0 or math.isinf(self.sigma_m):
            raise ValueError(f"a standard deviation of {self.sigma_m} m means nothing")


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """A sum of independent components. No component: exact by law."""

    components: tuple[Component, ...] = ()

    def plus(self, other: Uncertainty) -> Uncertainty:
        """Both sums together; what stands in both is one error and counts once."""
        return Uncertainty(tuple(dict.fromkeys(self.components + other.components)))

    def minus(self, other: Uncertainty) -> Uncertainty:
        """The uncertainty of the difference of two positions: errors of the same source are the same error.

        Where both have a component of the same source and correlation, only the difference of the sigmas stays.
        """
        mine, theirs = _by_source(self), _by_source(other)
        rest = []
        for key in dict.fromkeys((*mine, *theirs)):
            one, two = mine.get(key), theirs.get(key)
            left = (one.sigma_m if one else 0.0) - (two.sigma_m if two else 0.0)
            shape = one or two
            if left and shape:
                rest.append(replace(shape, sigma_m=abs(left)))
        return Uncertainty(tuple(rest))

    def across_sigma_m(self, azimuth_deg: Floats) -> Floats:
        """The standard deviation across a line that runs at the given azimuths: (n,) degrees -> (n,) metres."""
        azimuth = np.asarray(azimuth_deg, dtype=np.float64)
        variance = np.zeros_like(azimuth)
        for component in _by_source(self).values():
            variance += _across(component, azimuth) ** 2
        return np.asarray(np.sqrt(variance), dtype=np.float64)

    def area_variance_m4(self, azimuth_deg: Floats, length_m: Floats) -> float:
        """The variance of the area on one side of a chain of n straight pieces: (n,), (n,) -> square of square metres.

        Lengths and azimuths in the order of the line; linear in the number of pieces.
        """
        azimuth, length = np.radians(np.asarray(azimuth_deg, float)), np.asarray(length_m, float)
        return sum(_area_variance(component, azimuth, length) for component in _by_source(self).values())


def _by_source(sum_: Uncertainty) -> dict[tuple[str, Correlation], Component]:
    """Components by source and correlation, equal ones added up as one error."""
    found: dict[tuple[str, Correlation], Component] = {}
    for component in sum_.components:
        key = (component.source, component.correlation)
        have = found.get(key)
        found[key] = component if have is None else replace(component, sigma_m=component.sigma_m + have.sigma_m)
    return found


def _across(component: Component, azimuth_deg: Floats) -> Floats:
    """The signed part of a component across a line at the given azimuths (n,), in metres."""
    match component.correlation:
        case Common(azimuth_deg=direction):
            if direction is not None:
                return np.asarray(component.sigma_m * np.sin(np.radians(direction - azimuth_deg)))
            return np.full_like(azimuth_deg, component.sigma_m)
        case Local():
            return np.full_like(azimuth_deg, component.sigma_m)
        case other:
            assert_never(other)


def _area_variance(component: Component, azimuth: Floats, length_m: Floats) -> float:
    """The variance of an area by one component; azimuths in radians.

    A displacement e of the line changes the area by the integral of e . n, with n the unit normal (derivation: see
    the module's page). For a common error the integral of n is the chord turned by 90 degrees.
    """
    normal = np.column_stack((-np.cos(azimuth), np.sin(azimuth)))  # east, north of the normal to the left
    match component.correlation:
        case Common(azimuth_deg=direction):
            chord = normal.T @ length_m
            if direction is None:
                return float(component.sigma_m**2 * (chord @ chord))
            along = np.array([math.sin(math.radians(direction)), math.cos(math.radians(direction))])
            return float((component.sigma_m * (chord @ along)) ** 2)
        case Local(length_m=correlation_m):
            return component.sigma_m**2 * _local_integral(normal, length_m, correlation_m)
        case other:
            assert_never(other)


def _local_integral(normal: Floats, length_m: Floats, correlation_m: float) -> float:
    """The double integral of n(s) . n(t) exp(-|s - t| / L) along a chain of straight pieces.

    On one piece of length l, with x = l / L: 2 L^2 (x - 1 + exp(-x)). Between piece i and a later piece j, a gap g
    apart: 2 n_i . n_j L^2 (1 - exp(-x_i)) (1 - exp(-x_j)) exp(-g / L). The kernel is exponential, so the sum over
    all earlier pieces is one vector that decays from piece to piece.
    """
    x = length_m / correlation_m
    weight = -np.expm1(-x)
    decay = np.exp(-x)
    # x - 1 + exp(-x) loses its digits for small x: its series there.
    own = np.where(x < 1e-3, x * x * (0.5 - x / 6.0 + x * x / 24.0), x + np.expm1(-x))
    total = float(np.sum(own))
    east = north = 0.0
    for (n_east, n_north), w, d in zip(normal.tolist(), weight.tolist(), decay.tolist(), strict=True):
        total += w * (n_east * east + n_north * north)
        east, north = east * d + w * n_east, north * d + w * n_north
    return 2.0 * correlation_m**2 * total


def across_sigma_on_leg_m(start: Uncertainty, end: Uncertainty, fraction: Floats, azimuth_deg: Floats) -> Floats:
    """The across-line sigma along a leg between two uncertain ends: (n,) fractions and azimuths -> (n,) metres.

    The leg moves with its ends, by (1 - f) of the error at the start and f of that at the end. Errors of the same
    source are the same error at both ends (for local ones: the leg is taken as short against their length).
    """
    f, azimuth = np.asarray(fraction, float), np.asarray(azimuth_deg, float)
    at_start, at_end = _by_source(start), _by_source(end)
    variance = np.zeros_like(f)
    for key in dict.fromkeys((*at_start, *at_end)):
        one, two = at_start.get(key), at_end.get(key)
        moved = np.zeros_like(f)
        if one is not None:
            moved += (1.0 - f) * _across(one, azimuth)
        if two is not None:
            moved += f * _across(two, azimuth)
        variance += moved**2
    return np.asarray(np.sqrt(variance), dtype=np.float64)


def rounded(source: str, unit_deg: Fraction, latitude_deg: float, ellipsoid: Ellipsoid) -> Uncertainty:
    """The uncertainty of a place whose latitude and longitude were rounded to a printed unit (degrees).

    Half a unit to either side, rectangular: sigma = unit / sqrt(12), in metres along the meridian and along the
    parallel at the latitude. GUM (JCGM 100:2008), 4.3.7.
    """
    unit = math.radians(float(unit_deg)) / math.sqrt(12.0)
    phi = math.radians(latitude_deg)
    w2 = 1.0 - ellipsoid.e2 * math.sin(phi) ** 2
    meridian_m = ellipsoid.a_m * (1.0 - ellipsoid.e2) / w2**1.5
    parallel_m = ellipsoid.a_m * math.cos(phi) / math.sqrt(w2)
    return Uncertainty(
        (
            Component(f"{source}: latitude", unit * meridian_m, Common(0.0)),
            Component(f"{source}: longitude", unit * parallel_m, Common(90.0)),
        )
    )


def isotropic(source: str, sigma_m: float) -> Uncertainty:
    """One common error of unknown direction: an operation with its stated accuracy, a measured place."""
    return Uncertainty((Component(source, sigma_m),))
