"""The loxodrome, or rhumb line: the line of constant azimuth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.auxiliary import meridian_distance_m
from merestone.geodesy.elementary import (
    checked_length,
    checked_place,
    continued_longitude,
    with_exact_ends,
)
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Nearest, Place
from merestone.geodesy.nearest import nearest_on
from merestone.geodesy.rhumb import exact_cosine, loxodrome_direct, loxodrome_inverse, parallel_radius_m

_POLE_DEG = 90.0 - 1e-8
"""How near to a pole, in latitude, a loxodrome is produced: about a millimetre."""


@dataclass(frozen=True, slots=True)
class Loxodrome:
    """The loxodrome from `start` to `end` at `azimuth_deg`, `length_m` metres long.

    See `merestone.geodesy.rhumb` for the formulas and their accuracy.
    """

    ellipsoid: Ellipsoid
    start: Place
    end: Place
    azimuth_deg: float
    length_m: float

    @classmethod
    def between(cls, ellipsoid: Ellipsoid, start: Place, end: Place) -> Loxodrome:
        """Give the loxodrome between two places that goes the shorter way round.

        Raise `GeometryError` where the two are one place, lie on opposite meridians (both ways are equal), or one
        is a pole that the line would wind around for ever.
        """
        start, end = checked_place(start, "start"), checked_place(end, "end")
        end = (continued_longitude(start[0], end[0]), end[1])
        _check_between(start, end)
        azimuth, length = loxodrome_inverse(ellipsoid, np.array([start]), np.array([end]))
        if not length[0] >= 1e-6:
            raise GeometryError(f"a loxodrome needs two places, but {start} and {end} are one; leave the line out")
        return cls(ellipsoid, start, end, float(azimuth[0]), float(length[0]))

    @classmethod
    def from_azimuth(cls, ellipsoid: Ellipsoid, start: Place, azimuth_deg: float, length_m: float) -> Loxodrome:
        """Give the loxodrome of a length in metres that leaves a place at an azimuth in degrees."""
        start, length_m = checked_place(start, "start"), checked_length(length_m)
        if not np.isfinite(azimuth_deg):
            raise GeometryError(f"an azimuth must be a finite number of degrees, not {azimuth_deg}")
        lonlat = loxodrome_direct(ellipsoid, np.array([start]), np.array([azimuth_deg]), np.array([length_m]))
        return cls(ellipsoid, start, (float(lonlat[0, 0]), float(lonlat[0, 1])), azimuth_deg % 360.0, length_m)

    @property
    def kind(self) -> Literal["loxodrome"]:
        """`loxodrome`."""
        return "loxodrome"

    @property
    def ends(self) -> Floats:
        """The two ends, (2, 2)."""
        return np.array([self.start, self.end])

    @property
    def reach_m(self) -> tuple[float, float]:
        """To a millimetre from the poles, or once round the axis about the middle, whichever is nearer."""
        back, ahead = _reach_m(self.ellipsoid, self.start, self.azimuth_deg, self.length_m)
        return min(0.0, back), max(self.length_m, ahead)

    def position(self, along_m: Floats) -> Floats:
        """Give the places at distances along, in metres: (n,) -> (n, 2)."""
        along_m = np.asarray(along_m, dtype=np.float64)
        n = len(along_m)
        starts = np.empty((n, 2))
        starts[:] = self.start
        lonlat = loxodrome_direct(self.ellipsoid, starts, np.full(n, self.azimuth_deg), along_m)
        return with_exact_ends(along_m, lonlat, self.length_m, self.start, self.end)

    def azimuth(self, along_m: Floats) -> Floats:
        """Give the directions at distances along: (n,) -> (n,), the same everywhere."""
        return np.full(len(np.asarray(along_m)), self.azimuth_deg)

    def nearest(self, lonlat: Floats) -> Nearest:
        """Give where it is nearest to each place: (n, 2) -> `Nearest`."""
        return nearest_on(self, lonlat)

    def reversed(self) -> Loxodrome:
        """The same curve from its end to its start."""
        return Loxodrome(self.ellipsoid, self.end, self.start, (self.azimuth_deg + 180.0) % 360.0, self.length_m)


def _check_between(start: Place, end: Place) -> None:
    if abs(end[0] - start[0]) == 180.0:
        raise GeometryError(
            f"{start} and {end} lie on opposite meridians, and loxodromes run between them both ways; "
            "name a place in between"
        )
    if end[0] != start[0] and max(abs(start[1]), abs(end[1])) == 90.0:
        raise GeometryError("a loxodrome winds around a pole without end; give the pole the longitude of the other end")


def _reach_m(ellipsoid: Ellipsoid, start: Place, azimuth_deg: float, length_m: float) -> tuple[float, float]:
    """Give the distances, either side of the middle, at which it is at a pole or has gone half round the axis."""
    lat, angle = np.array([start[1]]), np.radians(azimuth_deg)
    cosine = float(exact_cosine(np.array([azimuth_deg]), np.array([angle]))[0])
    half_turn_m = np.pi * float(parallel_radius_m(ellipsoid, lat)[0])
    if cosine == 0.0:
        return length_m / 2.0 - half_turn_m, length_m / 2.0 + half_turn_m
    to_north_m = float(meridian_distance_m(ellipsoid, lat, np.array([_POLE_DEG]))[0]) / cosine
    to_south_m = float(meridian_distance_m(ellipsoid, lat, np.array([-_POLE_DEG]))[0]) / cosine

    def longitude_deg(along_m: float) -> float:
        return float(loxodrome_direct(ellipsoid, np.array([start]), np.array([azimuth_deg]), np.array([along_m]))[0, 0])

    middle_deg = longitude_deg(length_m / 2.0)
    limits = []
    for limit in (min(to_north_m, to_south_m), max(to_north_m, to_south_m)):
        near, far = length_m / 2.0, limit
        while abs(longitude_deg(far) - middle_deg) > 180.0 and abs(far - near) > 1.0:
            half = (near + far) / 2.0
            near, far = (half, far) if abs(longitude_deg(half) - middle_deg) <= 180.0 else (near, half)
        limits.append(far)
    return limits[0], limits[1]
