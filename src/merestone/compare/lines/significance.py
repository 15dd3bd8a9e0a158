"""What the stated uncertainty of both lines allows to say of a difference between them.

The error of a separation is that of the difference of two positions: components of one source cancel
(`Uncertainty.minus`). With its standard deviation s, a separation d is real with the probability erf(d / (s sqrt 2)),
that of a normal error smaller than d (GUM, JCGM 100:2008, 4.3.4 and G.1). Where neither line states an accuracy, every
separation above the error of computation counts as real, and the report says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Settings, Verdict
from merestone.geodesy.line import Floats, Indices
from merestone.geodesy.uncertainty import Common, Component, Correlation, Local, Uncertainty


@dataclass(frozen=True, slots=True, eq=False)
class Doubt:
    """The uncertainty of both lines, and what remains of it in a difference."""

    first: Uncertainty
    second: Uncertainty
    settings: Settings

    @property
    def stated(self) -> bool:
        """Whether anything is stated that does not cancel."""
        return any(each.sigma_m > 0.0 for each in self.first.minus(self.second).components)

    @property
    def shortest_correlation_m(self) -> float:
        """The shortest correlation length of a local component in metres, infinite where there is none."""
        both = (*self.first.components, *self.second.components)
        return min((each.correlation.length_m for each in both if isinstance(each.correlation, Local)), default=np.inf)

    def sigma_m(self, azimuth_deg: Floats) -> Floats:
        """The standard deviation of separations across lines at azimuths: (n,) degrees -> (n,) metres."""
        return self.first.minus(self.second).across_sigma_m(azimuth_deg)

    def probability(self, apart_m: Floats, sigma_m: Floats) -> Floats:
        """The probability that separations (n,) with standard deviations (n,) are real: (n,)."""
        return real(apart_m, sigma_m, self.settings.error_m)

    def verdict(self, probability: float) -> Verdict:
        """What a probability allows to say."""
        if probability > self.settings.different_above:
            return Verdict.DIFFERENT
        return Verdict.WITHIN_ERROR if probability < self.settings.within_error_below else Verdict.UNDECIDABLE


def real(size: Floats, sigma: Floats, error: float) -> Floats:
    """The probability that sizes with standard deviations (same unit, (n,)) are no mere error; where a standard
    deviation is 0, 1 above the error of computation and 0 below."""
    from scipy.special import erf

    size, sigma = np.abs(np.asarray(size, dtype=np.float64)), np.asarray(sigma, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = erf(size / (sigma * np.sqrt(2.0)))
    return np.asarray(np.where(sigma > 0.0, share, (size > error).astype(np.float64)))


def on_left(offset_m: Floats, sigma_m: Floats) -> Floats:
    """The probability that places lie left of a line: offsets (n,), positive to the left, and sigmas across it (n,)."""
    from scipy.special import ndtr

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(sigma_m > 0.0, ndtr(offset_m / sigma_m), np.heaviside(offset_m, 0.5)))


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """The edge of a zone along one line, as n short pieces: where each lies along the zone (`at_m`, a chainage common
    to both lines), its azimuth in the common orientation, its length."""

    at_m: Floats
    azimuth_deg: Floats
    length_m: Floats


def zone_area_sigma_m2(doubt: Doubt, first: Edge, second: Edge) -> float:
    """The standard deviation of the area of a zone, in m²: the covariance integrated along both its edges.

    Moving the first line by e changes the area by the integral of e . n along its edge, moving the second by that with
    the other sign, n the unit normal. A common error enters by the sum of its normals: of one source in both lines it
    cancels as far as both edges have the same chord. A local one is integrated with its correlation exp(-|s - t| / L)
    over all pairs of pieces of both edges, whose places are counted along the zone.
    """
    ours, theirs = _sigmas(doubt.first), _sigmas(doubt.second)
    order, normal = _normals(first, second)
    variance = 0.0
    for key in dict.fromkeys((*ours, *theirs)):
        scale = np.concatenate(
            [np.full(len(first.at_m), ours.get(key, 0.0)), np.full(len(second.at_m), -theirs.get(key, 0.0))]
        )
        weighted = (normal * scale[:, None])[order]
        variance += _variance(key[1], weighted, np.concatenate([first.at_m, second.at_m])[order])
    return float(np.sqrt(max(variance, 0.0)))


def _sigmas(uncertainty: Uncertainty) -> dict[tuple[str, Correlation], float]:
    """The standard deviations by source and correlation, equal ones added up as one error."""
    found: dict[tuple[str, Correlation], float] = {}
    for component in uncertainty.components:
        key = (component.source, component.correlation)
        found[key] = found.get(key, 0.0) + component.sigma_m
    return found


def _normals(first: Edge, second: Edge) -> tuple[Indices, Floats]:
    """The order of all pieces along the zone, and their normals to the left times their lengths: east, north (n, 2)."""
    azimuth = np.radians(np.concatenate([first.azimuth_deg, second.azimuth_deg]))
    length_m = np.concatenate([first.length_m, second.length_m])
    at_m = np.concatenate([first.at_m, second.at_m])
    normal = np.column_stack([-np.cos(azimuth), np.sin(azimuth)]) * length_m[:, None]
    return np.argsort(at_m, kind="stable"), normal


def _variance(correlation: Correlation, weighted: Floats, at_m: Floats) -> float:
    """The variance that one component gives: weighted normals (n, 2) at places along the zone (n,), in order."""
    if isinstance(correlation, Common):
        total = weighted.sum(axis=0)
        if correlation.azimuth_deg is None:
            return float(total @ total)
        direction = np.radians(correlation.azimuth_deg)
        return float((total @ np.array([np.sin(direction), np.cos(direction)])) ** 2)
    from merestone.compare.lines.significance_loops import correlated

    return float(correlated(weighted, at_m, correlation.length_m))


def stated_component(source: str, sigma_m: float, correlation_m: float | None) -> Component:
    """A component as a user states it: local with a correlation length in metres, or common to the whole line."""
    return Component(source, sigma_m, Common() if correlation_m is None else Local(correlation_m))
