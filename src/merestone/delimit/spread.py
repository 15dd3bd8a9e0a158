"""How far the readings of straight lines lie apart, for many straight lines at once.

The readings of a line share its two ends. Each is laid beside the geodesic between them (distance along it x, across
it y, positive to the left) at the same stations in x; from there every named pair is compared.

Separation is the two-sided Hausdorff distance. At equal x two curves are |y1 - y2| apart, measured along the
geodesic's perpendicular; the nearest place of the other curve is nearer by the cosine of its inclination, which is
applied. Area is the integral over x, by Simpson's rule, of the strip between the curves, R |sin(y1/R) - sin(y2/R)|,
R the mean radius of the ellipsoid (perpendiculars to a geodesic converge). Both are good to some 1e-4 of themselves
for lines of a few thousand kilometres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.delimit.candidates import LONLAT, Candidate, from_plane, on_plane
from merestone.geodesy.along_across import along_across
from merestone.geodesy.elementary import inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

_STEPS = 4
_ON_STATION_M = 0.5
STEEPEST = 0.7
"""A curve inclined by more than this (as a tangent) to the geodesic is not measured here."""


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Curves laid beside n geodesics: `length_m` (n,), and for each candidate's name `across_m` (n, m).

    Stations are m equal steps along each geodesic. A row is not a number where the curve cannot be laid beside it.
    """

    starts: Floats
    azimuths_deg: Floats
    length_m: Floats
    radius_m: float
    across_m: dict[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Two curves compared, for n lines: Hausdorff separation (n,) in m, area (n,) in m², and where along (n,) in m."""

    separation_m: Floats
    area_m2: Floats
    along_m: Floats


def stations_for(lines: int) -> int:
    """How many stations to use: fewer where there are many lines, which are then short."""
    return 33 if lines <= 2_000 else 17 if lines <= 20_000 else 9


def lay_beside(
    ellipsoid: Ellipsoid, starts: Floats, ends: Floats, candidates: tuple[Candidate, ...], stations: int
) -> Beside:
    """Lay every candidate between `starts` and `ends` (n, 2) beside the geodesic, at an odd number of stations."""
    azimuths, _, length_m = inverse(ellipsoid, starts, ends)
    ends = np.column_stack([starts[:, 0] + np.mod(ends[:, 0] - starts[:, 0] + 180.0, 360.0) - 180.0, ends[:, 1]])
    across: dict[str, Floats] = {}
    for candidate in candidates:
        if candidate.plane is None:
            across[candidate.name] = np.zeros((len(starts), stations))
        else:
            across[candidate.name] = _across(ellipsoid, candidate.plane, starts, ends, azimuths, length_m, stations)
    return Beside(starts, azimuths, length_m, _mean_radius_m(ellipsoid), across)


def _across(
    ellipsoid: Ellipsoid, plane: str, starts: Floats, ends: Floats, azimuths: Floats, length_m: Floats, stations: int
) -> Floats:
    """Where the straight line on a plane lies across the geodesic at the stations: (n, m)."""
    n = len(starts)
    first, last = on_plane(plane, ellipsoid, starts), on_plane(plane, ellipsoid, ends)
    wanted = np.linspace(0.0, 1.0, stations)[None, 1:-1] * length_m[:, None]
    part = np.broadcast_to(np.linspace(0.0, 1.0, stations)[None, 1:-1], wanted.shape).copy()
    usable = np.isfinite(first).all(axis=1) & np.isfinite(last).all(axis=1) & (length_m > 0.0)
    across = np.full((n, stations), np.nan)
    across[usable] = 0.0
    if not usable.any():
        return across
    first, last, wanted, part = first[usable], last[usable], wanted[usable], part[usable]
    for _ in range(_STEPS):
        grid = first[:, None, :] + part[..., None] * (last - first)[:, None, :]
        lonlat = from_plane(plane, ellipsoid, grid.reshape(-1, 2)).reshape(grid.shape)
        lonlat = np.where(np.isfinite(lonlat), lonlat, 0.0) if plane != LONLAT else lonlat
        along_m, y = along_across(ellipsoid, starts[usable], azimuths[usable], lonlat)
        off_m = along_m - wanted
        if not np.any(np.abs(off_m) > _ON_STATION_M):
            break
        part = np.clip(part - off_m / length_m[usable, None], 0.0, 1.0)
    across[usable, 1:-1] = y - _slope(_with_ends(y), length_m[usable])[:, 1:-1] * off_m
    too_steep = np.abs(_slope(across, length_m)) > STEEPEST
    across[too_steep.any(axis=1)] = np.nan
    return across


def compare(beside: Beside, first: str, second: str) -> Apart:
    """Compare two of the curves for every line; not a number where either could not be laid beside the geodesic."""
    one, other = beside.across_m[first], beside.across_m[second]
    radius_m, length_m = beside.radius_m, beside.length_m
    apart = np.abs(one - other)
    gentler = np.minimum(np.abs(_slope(one, length_m)), np.abs(_slope(other, length_m)))
    separation = apart / np.hypot(1.0, gentler)
    strip = radius_m * np.abs(np.sin(one / radius_m) - np.sin(other / radius_m))
    step_m = length_m / (one.shape[1] - 1)
    area_m2 = (strip[:, :1] + 4.0 * strip[:, 1::2].sum(axis=1, keepdims=True)
               + 2.0 * strip[:, 2:-1:2].sum(axis=1, keepdims=True) + strip[:, -1:])[:, 0] * step_m / 3.0  # fmt: skip
    peak, at = _peak(separation)
    return Apart(peak, area_m2, at * step_m)


def _peak(values: Floats) -> tuple[Floats, Floats]:
    """The greatest value of each row between its samples, by the parabola through the three samples around it."""
    rows = np.arange(len(values))
    best = np.argmax(np.where(np.isnan(values), -1.0, values), axis=1)
    inside = np.clip(best, 1, values.shape[1] - 2)
    before, here, after = values[rows, inside - 1], values[rows, inside], values[rows, inside + 1]
    bend = before - 2.0 * here + after
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = np.where(bend < 0.0, 0.5 * (before - after) / bend, 0.0)
    shift = np.clip(shift, -1.0, 1.0)
    return np.maximum(here - 0.25 * (before - after) * shift, values[rows, best]), inside + shift


def _slope(across_m: Floats, length_m: Floats) -> Floats:
    """The inclination to the geodesic, as a tangent: (n, m)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.gradient(across_m, axis=1) * ((across_m.shape[1] - 1) / length_m)[:, None])


def _with_ends(inner: Floats) -> Floats:
    return np.pad(inner, ((0, 0), (1, 1)))


def _mean_radius_m(ellipsoid: Ellipsoid) -> float:
    return (2.0 * ellipsoid.a_m + ellipsoid.b_m) / 3.0
