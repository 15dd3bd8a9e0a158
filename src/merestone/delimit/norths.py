"""Azimuths from true north, of what is printed as counted from the north of a grid or of a compass."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import numpy as np

from merestone.delimit.drawn import trouble
from merestone.delimit.fix import Place
from merestone.description.azimuths import CountedAzimuth, GridNorth, MagneticNorth, North, TrueNorth
from merestone.description.tree import Name
from merestone.errors import GeometryError, UnknownFrameError
from merestone.geodesy.catalogue import printed_code
from merestone.geodesy.elementary import direct, inverse
from merestone.geodesy.frame import Frame
from merestone.geodesy.projection import Projection

if TYPE_CHECKING:
    from merestone.description.tree import Azimuth

STEP_M = 50.0
"""Half the length of the chord that gives a direction on the plane: long for the print, short for the curvature."""


def true_azimuth_deg(azimuth: Azimuth, place: Place, frame: Frame, usual: North | None) -> float:
    """The azimuth in degrees from true north at a place; `usual` is the north that the description declares."""
    angle, north = (azimuth.angle, azimuth.north) if isinstance(azimuth, CountedAzimuth) else (azimuth, usual)
    degrees: float = angle.degrees
    match north:
        case None | TrueNorth():
            return degrees
        case MagneticNorth():
            declination: float = north.declination.degrees
            return (degrees + (declination if north.east else -declination)) % 360.0
        case GridNorth():
            return true_of_grid_deg(north.projection, frame, place, degrees)
        case _:
            assert_never(north)


def true_of_grid_deg(projection: Name, frame: Frame, place: Place, grid_deg: float) -> float:
    """The true azimuth in degrees, at a place, of the straight line of the plane that has a direction from grid north.

    The chord from 50 m behind the place to 50 m ahead, on the plane, is carried back to the ellipsoid. For a conformal
    projection the result is the grid direction turned by the meridian convergence.
    """
    plane = plane_of(projection, frame)
    here = plane.forward(np.array([place]))[0]
    step = STEP_M * np.array([np.sin(np.radians(grid_deg)), np.cos(np.radians(grid_deg))])
    behind, ahead = plane.inverse(np.array([here - step, here + step]))
    if not np.all(np.isfinite([behind, ahead])):
        raise GeometryError(f"the place lies outside {projection.text}; name the projection that the directions are on")
    # The azimuth of the chord is that at its middle, but for the convergence of the meridians, which is half-way there.
    first_deg, last_deg, _ = inverse(frame.ellipsoid, np.array([behind]), np.array([ahead]))
    return float(first_deg[0] + (last_deg[0] - first_deg[0] + 180.0) % 360.0 / 2.0 - 90.0) % 360.0


def plane_of(projection: Name, frame: Frame) -> Projection:
    """The plane of a named projection, on the ellipsoid of a frame; raises `TroubleError` where none is known."""
    try:
        plane = Projection(projection.text, frame.ellipsoid, east_and_north=True)
        plane.forward(np.zeros((1, 2)))
    except (GeometryError, UnknownFrameError) as error:
        raise trouble(
            "F805",
            f"no projection is known as {projection.text}",
            projection.span,
            "name it by its code, as in `from grid north of EPSG:31983`"
            if printed_code(projection.text) is None
            else "check the number: it must be the code of a projected system",
        ) from error
    return plane


def grid_of_true_deg(projection: Name, frame: Frame, place: Place, azimuth_deg: float) -> float:
    """The direction in degrees from grid north, at a place, of a line that leaves it at a true azimuth."""
    plane = plane_of(projection, frame)
    both, _ = direct(
        frame.ellipsoid,
        np.array([place, place]),
        np.array([azimuth_deg + 180.0, azimuth_deg]),
        np.array([STEP_M, STEP_M]),
    )
    behind, ahead = plane.forward(both)
    east, north = ahead - behind
    return float(np.degrees(np.arctan2(east, north))) % 360.0
