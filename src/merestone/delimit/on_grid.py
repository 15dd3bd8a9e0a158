"""Courses on the plane of a projection: a direction from grid north and a length on the grid, straight on the plane."""

from __future__ import annotations

import numpy as np

from merestone.delimit.aimed import run_for
from merestone.delimit.drawn import Setting
from merestone.delimit.fix import Place
from merestone.delimit.norths import grid_of_true_deg, plane_of
from merestone.delimit.straight import projected
from merestone.description.azimuths import CountedAzimuth, GridNorth
from merestone.description.tree import Azimuth, Name
from merestone.errors import GeometryError
from merestone.geodesy.line import Line

FIRST_M = 1_000.0
"""The length on the grid of the course that a longer one is produced from."""


def grid_course(azimuth: Azimuth, projection: Name, setting: Setting, start: Place, grid_m: float) -> Line:
    """The course from a place by a direction and a length in metres on the grid of the projection."""
    plane = plane_of(projection, setting.frame)
    direction = np.radians(_grid_deg(azimuth, projection, setting, start))
    there = plane.forward(np.array([start])) + grid_m * np.array([[np.sin(direction), np.cos(direction)]])
    lon, lat = plane.inverse(there)[0]
    if not (np.isfinite(lon) and np.isfinite(lat)):
        raise GeometryError(f"the course leaves {projection.text}; name the projection that its courses are on")
    return projected(projection, setting.frame, start, (float(lon), float(lat)))


def grid_ray(azimuth: Azimuth, projection: Name, setting: Setting, start: Place, length_m: float) -> Line:
    """The course run for a length in metres on the ellipsoid, in search of what it meets."""
    return run_for(grid_course(azimuth, projection, setting, start, FIRST_M), length_m)


def _grid_deg(azimuth: Azimuth, projection: Name, setting: Setting, start: Place) -> float:
    """The direction from grid north: as printed, unless another north is said beside it."""
    if isinstance(azimuth, CountedAzimuth):
        north = azimuth.north
        if isinstance(north, GridNorth) and north.projection.text == projection.text:
            return float(azimuth.angle.degrees)
        true_deg = setting.around.true_azimuth_deg(azimuth, start)
        return grid_of_true_deg(projection, setting.frame, start, true_deg)
    return float(azimuth.degrees)
