"""The geodesic: the shortest line on the ellipsoid, which never turns aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import (
    checked_length,
    checked_place,
    continued_longitude,
    direct,
    distance_m,
    inverse,
    with_exact_ends,
)
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Nearest, Place
from merestone.geodesy.nearest import nearest_on

_SMALLEST_M = 1e-6
"""Two places nearer than this are one place."""


@dataclass(frozen=True, slots=True)
class Geodesic:
    """The geodesic from `start` to `end`, with its azimuths there (degrees) and its length in metres.

    C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013), in PROJ's implementation: good to some 15 nm.
    """

    ellipsoid: Ellipsoid
    start: Place
    end: Place
    start_azimuth_deg: float
    end_azimuth_deg: float
    length_m: float

    @classmethod
    def between(cls, ellipsoid: Ellipsoid, start: Place, end: Place) -> Geodesic:
        """Give the shortest line between two places.

        Raise `GeometryError` where the two are one place or nearly opposite (then a small shift of one end turns
        the whole line, and there may be several shortest lines).
        """
        start, end = checked_place(start, "start"), checked_place(end, "end")
        if distance_m(ellipsoid, (start[0] + 180.0, -start[1]), end) < _opposite_m(ellipsoid):
            raise GeometryError(
                f"the places {start} and {end} are nearly opposite on the ellipsoid, where the shortest line between "
                "them is not settled; name a place in between"
            )
        at_start, at_end, length = inverse(ellipsoid, np.array([start]), np.array([end]))
        if length[0] < _SMALLEST_M:
            raise GeometryError(f"a geodesic needs two places, but {start} and {end} are one; leave the line out")
        end = (continued_longitude(start[0], end[0]), end[1])
        return cls(ellipsoid, start, end, float(at_start[0]), float(at_end[0]), float(length[0]))

    @classmethod
    def from_azimuth(cls, ellipsoid: Ellipsoid, start: Place, azimuth_deg: float, length_m: float) -> Geodesic:
        """Give the geodesic of a length in metres that leaves a place at an azimuth in degrees."""
        start, length_m = checked_place(start, "start"), checked_length(length_m)
        if length_m > np.pi * ellipsoid.a_m:
            raise GeometryError(f"a geodesic of {length_m} m runs over half the ellipsoid; divide it")
        ends, azimuth = direct(ellipsoid, np.array([start]), np.array([azimuth_deg]), np.array([length_m]))
        azimuth_deg = azimuth_deg % 360.0
        lon = _continued(start[0], _eastward(azimuth_deg, 1.0), np.array([length_m]), ends[:, 0])[0]
        return cls(ellipsoid, start, (float(lon), float(ends[0, 1])), azimuth_deg, float(azimuth[0]), length_m)

    @property
    def kind(self) -> Literal["geodesic"]:
        """`geodesic`."""
        return "geodesic"

    @property
    def ends(self) -> Floats:
        """The two ends, (2, 2)."""
        return np.array([self.start, self.end])

    @property
    def reach_m(self) -> tuple[float, float]:
        """Once round the ellipsoid, as far on one side of the middle as on the other."""
        half_m = np.pi * self.ellipsoid.b_m * 0.999
        return min(0.0, self.length_m / 2.0 - half_m), max(self.length_m, self.length_m / 2.0 + half_m)

    def position(self, along_m: Floats) -> Floats:
        """Give the places at distances along, in metres: (n,) -> (n, 2)."""
        along_m = np.asarray(along_m, dtype=np.float64)
        lonlat = self._direct(along_m)[0]
        eastward = _eastward(self.start_azimuth_deg, self.end[0] - self.start[0])
        lonlat[:, 0] = _continued(self.start[0], eastward, along_m, lonlat[:, 0])
        return with_exact_ends(along_m, lonlat, self.length_m, self.start, self.end)

    def azimuth(self, along_m: Floats) -> Floats:
        """Give the directions at distances along, in metres: (n,) -> (n,) degrees in [0, 360)."""
        along_m = np.asarray(along_m, dtype=np.float64)
        azimuth = self._direct(along_m)[1]
        azimuth[along_m == 0.0] = self.start_azimuth_deg
        azimuth[along_m == self.length_m] = self.end_azimuth_deg
        return azimuth

    def nearest(self, lonlat: Floats) -> Nearest:
        """Give where it is nearest to each place: (n, 2) -> `Nearest`."""
        return nearest_on(self, lonlat)

    def reversed(self) -> Geodesic:
        """The same curve from its end to its start."""
        there, here = (self.end_azimuth_deg + 180.0) % 360.0, (self.start_azimuth_deg + 180.0) % 360.0
        return Geodesic(self.ellipsoid, self.end, self.start, there, here, self.length_m)

    def _direct(self, along_m: Floats) -> tuple[Floats, Floats]:
        n = len(along_m)
        starts = np.empty((n, 2))
        starts[:] = self.start
        return direct(self.ellipsoid, starts, np.full(n, self.start_azimuth_deg), along_m)


def _opposite_m(ellipsoid: Ellipsoid) -> float:
    """How near to the opposite point an end may not be: the region where the shortest line is not unique, and a little.

    It reaches about pi f a from the opposite point (Karney 2013, section 5, the astroid); 1 km on a sphere.
    """
    return max(1.1 * np.pi * ellipsoid.f * ellipsoid.a_m, 1000.0)


def _eastward(azimuth_deg: float, east_deg: float) -> float:
    """Give 1 where a geodesic runs on eastward, -1 westward: a meridian as the longitudes of its ends say."""
    if azimuth_deg % 180.0 == 0.0:
        return -1.0 if east_deg < 0.0 else 1.0
    return 1.0 if azimuth_deg % 360.0 < 180.0 else -1.0


def _continued(start_lon_deg: float, eastward: float, along_m: Floats, lon_deg: Floats) -> Floats:
    """Give longitudes run on from the start: a geodesic that leaves eastward goes on eastward.

    Steps of longitude within a microdegree of nothing are taken as they are, so that a meridian does not jump.
    """
    step = np.mod(lon_deg - start_lon_deg + 180.0, 360.0) - 180.0
    ahead = eastward * np.sign(along_m)
    step = np.where((ahead > 0) & (step < -1e-6), step + 360.0, step)
    step = np.where((ahead < 0) & (step > 1e-6), step - 360.0, step)
    return np.asarray(start_lon_deg + step)
