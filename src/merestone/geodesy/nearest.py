"""Where a line of any kind is nearest to a place.

The foot of the perpendicular from a place to a curve is where the direction to the place stands square to the
curve: with the distance d and azimuth theta from the curve at s to the place, and the curve's own azimuth alpha,
g(s) = d cos(theta - alpha) vanishes; g is minus half the derivative of d². The curve is first sampled for the two
best basins of each place, and g is then solved in each by the secant method inside a bracket.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from merestone.geodesy.elementary import as_places, cartesian, inverse
from merestone.geodesy.line import Floats, Indices, Line, Nearest

_SAMPLES = 128
_PLACES_AT_ONCE = 4096
_ALONG_M = 1e-6
_STEPS = 40


def nearest_on(line: Line, lonlat: Floats) -> Nearest:
    """Give where the line, not produced, is nearest to each place: (n, 2) -> `Nearest`.

    The separation is good to a micrometre; so is the distance along, unless the place is as far away as the
    line's centre of curvature and every point of it is equally near.
    """
    places = as_places(lonlat)
    grid_m, sampled = _sampled(line)
    along_m = np.empty(len(places))
    for first in range(0, len(places), _PLACES_AT_ONCE):
        part = slice(first, first + _PLACES_AT_ONCE)
        along_m[part] = _best_along(line, places[part], grid_m, sampled)
    feet = line.position(along_m)
    to_place, _, distance_m = inverse(line.ellipsoid, feet, places)
    left = np.sin(np.radians(to_place - line.azimuth(along_m))) <= 0.0
    return Nearest(along_m, np.where(left, distance_m, -distance_m), feet)


@lru_cache(maxsize=32)
def _sampled(line: Line) -> tuple[Floats, Floats]:
    """Give distances along the line (m,) and the places there (m, 3), geocentric, in metres."""
    grid_m = np.linspace(0.0, line.length_m, _SAMPLES + 1)
    return grid_m, cartesian(line.ellipsoid, line.position(grid_m))


def _best_along(line: Line, places: Floats, grid_m: Floats, sampled: Floats) -> Floats:
    """Give the distance along the line of the nearest of the two best feet of each place."""
    squared = _squared(cartesian(line.ellipsoid, places), sampled)
    best, second = _two_basins(squared)
    double = np.nonzero(second != best)[0]
    seeds = np.concatenate([best, second[double]])
    shares = np.concatenate([_lowest(squared, best), _lowest(squared[double], second[double])])
    feet_m = _solve(line, np.concatenate([places, places[double]]), grid_m, seeds, shares)
    along_m, other_m = feet_m[: len(places)], feet_m[len(places) :]
    if len(double):
        distance_m = inverse(line.ellipsoid, line.position(along_m[double]), places[double])[2]
        other_distance_m = inverse(line.ellipsoid, line.position(other_m), places[double])[2]
        along_m[double] = np.where(distance_m <= other_distance_m, along_m[double], other_m)
    return along_m


def _squared(places: Floats, sampled: Floats) -> Floats:
    """Give the squared distances in m², but for a constant for each place: (n, 3) and (m, 3) -> (n, m)."""
    centre = sampled.mean(axis=0)
    there, here = sampled - centre, places - centre
    return np.asarray((there**2).sum(axis=1)[None, :] - 2.0 * here @ there.T)


def _two_basins(squared: Floats) -> tuple[Indices, Indices]:
    """Give the indices of the two nearest samples that are nearer than their neighbours; one twice where there is one."""
    padded = np.pad(squared, ((0, 0), (1, 1)), constant_values=np.inf)
    basin = (squared <= padded[:, :-2]) & (squared <= padded[:, 2:])
    best = squared.argmin(axis=1)
    columns = np.arange(squared.shape[1])
    others = np.where(basin & (np.abs(columns[None, :] - best[:, None]) > 1), squared, np.inf)
    second = others.argmin(axis=1)
    return best, np.where(np.isfinite(others[np.arange(len(second)), second]), second, best)


def _lowest(squared: Floats, seeds: Indices) -> Floats:
    """Give where, in [-1, 1] spacings from its seed, the parabola through a seed and its neighbours is lowest."""
    rows, last = np.arange(len(seeds)), squared.shape[1] - 1
    middle = np.clip(seeds, 1, last - 1)
    before, here, after = (squared[rows, middle + step] for step in (-1, 0, 1))
    bend = before - 2.0 * here + after
    share = np.where(bend > 0.0, (before - after) / (2.0 * np.where(bend > 0.0, bend, 1.0)), 0.0)
    return np.asarray(np.clip(middle - seeds + share, -1.0, 1.0))


def _solve(line: Line, places: Floats, grid_m: Floats, seeds: Indices, shares: Floats) -> Floats:
    """Give the zero of g near each seed, kept between the samples on either side of it."""
    low = grid_m[np.maximum(seeds - 1, 0)].copy()
    high = grid_m[np.minimum(seeds + 1, len(grid_m) - 1)].copy()
    at: Floats = np.clip(grid_m[seeds] + shares * grid_m[1], low, high)
    rate = np.full(len(at), -1.0)
    before_at, before_g = at.copy(), np.zeros(len(at))
    active = np.arange(len(at))
    for step in range(_STEPS):
        here = at[active]
        g = _along_to_foot(line, here, places[active])
        low[active] = np.where(g > 0.0, here, low[active])
        high[active] = np.where(g < 0.0, here, high[active])
        if step:
            moved = here - before_at[active]
            with np.errstate(divide="ignore", invalid="ignore"):
                secant = (g - before_g[active]) / moved
            rate[active] = np.where(np.isfinite(secant) & (secant < -1e-3), secant, rate[active])
        before_at[active], before_g[active] = here, g
        ahead = here - g / rate[active]
        outside = (ahead < low[active]) | (ahead > high[active])
        ahead = (
            np.where(outside, (low[active] + high[active]) / 2.0, ahead)
            if step > 3
            else np.clip(ahead, low[active], high[active])
        )
        at[active] = ahead
        active = active[np.abs(ahead - here) > _ALONG_M]
        if not len(active):
            break
    return at


def _along_to_foot(line: Line, along_m: Floats, places: Floats) -> Floats:
    """Give g in metres: how far ahead along the tangent the place lies."""
    to_place, _, distance_m = inverse(line.ellipsoid, line.position(along_m), places)
    return np.asarray(distance_m * np.cos(np.radians(to_place - line.azimuth(along_m))))
