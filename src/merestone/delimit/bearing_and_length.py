"""Azimuth and length from place to place in a kind of line, over arrays: what expectations are tested against.

The compiled line says what the azimuth and length are; these functions say how they change with the ends. Kinds
other than the loxodrome change as the geodesic does, to the first order that the rounding of a print needs.
"""

from __future__ import annotations

import numpy as np

from merestone.geodesy.elementary import inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection

LOXODROME = "loxodrome"
MERCATOR = "+proj=merc +type=crs"


def azimuths(kind: str, ellipsoid: Ellipsoid, starts: Floats, ends: Floats, *, at_end: bool = False) -> Floats:
    """Azimuths (n,) in degrees at the start, or at the end, of lines between places (n, 2)."""
    if kind == LOXODROME:
        mercator = Projection(MERCATOR, ellipsoid)
        starts_lon = starts[:, 0]
        ends_lon = starts_lon + turned(ends[:, 0] - starts_lon)
        central = np.column_stack([np.zeros(len(starts)), starts[:, 1]])
        step = mercator.forward(np.column_stack([ends_lon - starts_lon, ends[:, 1]])) - mercator.forward(central)
        return np.asarray(np.mod(np.degrees(np.arctan2(step[:, 0], step[:, 1])), 360.0))
    at_start, at_the_end, _ = inverse(ellipsoid, starts, ends)
    return np.asarray(at_the_end if at_end else at_start)


def lengths(ellipsoid: Ellipsoid, starts: Floats, ends: Floats) -> Floats:
    """Geodesic distances (n,) in metres between places (n, 2)."""
    return np.asarray(inverse(ellipsoid, starts, ends)[2])


def turned(difference_deg: Floats | float) -> Floats:
    """Differences of azimuth or longitude brought into [-180, 180)."""
    return np.asarray(np.mod(np.asarray(difference_deg, dtype=np.float64) + 180.0, 360.0) - 180.0)


def corners(place: tuple[float, float], halves: tuple[float, float]) -> Floats:
    """The corners of the rectangle that a printed place stands for: (4, 2); one place where nothing is open."""
    signs = np.array([(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)])
    return np.asarray(np.asarray(place) + signs * np.asarray(halves))
