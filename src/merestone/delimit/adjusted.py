"""Corners of a traverse shifted so that it ends where it should, by a stated rule.

Each corner is moved by a share of the misclosure. By the compass rule (Bowditch) the share is the length run so far over
the whole length; by the transit rule the share of the northing is the sum of the northings run so far, without their
signs, over their whole sum, and that of the easting likewise. C. D. Ghilani and P. R. Wolf, Elementary Surveying, on
traverse computations. Courses on the grid are adjusted on its plane. On the ellipsoid, northings and eastings are those of each course where it starts, and the shift of
a corner is laid off from it as a geodesic.
"""

from __future__ import annotations

import numpy as np

from merestone.delimit.fix import Place
from merestone.geodesy.elementary import direct, inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.projection import Projection

COMPASS, TRANSIT = "compass", "transit"


def adjusted_corners(courses: tuple[Line, ...], end: Place, rule: str, ellipsoid: Ellipsoid) -> list[Place]:
    """The corners (n + 1) of n courses from their start to `end`, which the last of them meets exactly."""
    starts = np.array([course.ends[0] for course in courses])
    reached = np.array([course.ends[1] for course in courses])
    azimuths_deg, _, lengths_m = inverse(ellipsoid, starts, reached)
    azimuth_deg, _, missed_m = inverse(ellipsoid, reached[-1:], np.array([end]))
    missed = missed_m[0] * _east_north(azimuth_deg)[0]
    shifts = _shares(lengths_m[:, None] * _east_north(azimuths_deg), lengths_m, rule) * missed
    directions_deg = np.degrees(np.arctan2(shifts[:, 0], shifts[:, 1]))
    moved, _ = direct(ellipsoid, reached, directions_deg, np.hypot(shifts[:, 0], shifts[:, 1]))
    return _places(starts[0], moved, end)


def adjusted_on_grid(courses: tuple[Line, ...], end: Place, rule: str, plane: Projection) -> list[Place]:
    """The corners (n + 1) of n courses, adjusted by their northings and eastings on the plane of a projection."""
    starts = plane.forward(np.array([course.ends[0] for course in courses]))
    reached = plane.forward(np.array([course.ends[1] for course in courses]))
    missed = plane.forward(np.array([end]))[0] - reached[-1]
    steps = reached - starts
    moved = reached + _shares(steps, np.hypot(steps[:, 0], steps[:, 1]), rule) * missed
    return _places(courses[0].ends[0], plane.inverse(moved), end)


def _shares(steps: Floats, lengths_m: Floats, rule: str) -> Floats:
    """The shares of the misclosure, east and north, by which each corner after the start is moved: (n, 2), up to 1."""
    weights = np.column_stack([lengths_m, lengths_m]) if rule == COMPASS else np.abs(steps)
    totals = weights.sum(axis=0)
    return np.asarray(np.cumsum(weights, axis=0) / np.where(totals > 0.0, totals, 1.0))


def _east_north(azimuths_deg: Floats) -> Floats:
    angles = np.radians(azimuths_deg)
    return np.column_stack([np.sin(angles), np.cos(angles)])


def _places(start: Floats, corners: Floats, end: Place) -> list[Place]:
    found = [(float(lon), float(lat)) for lon, lat in (start, *corners)]
    return [*found[:-1], end]
