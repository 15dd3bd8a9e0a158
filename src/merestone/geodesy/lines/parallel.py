"""The parallel: the line of constant latitude."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import (
    as_places,
    checked_place,
    continued_longitude,
    continued_longitudes,
    inverse,
    radii_m,
    with_exact_ends,
)
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Nearest, Place


class AlongParallel(Enum):
    """Which way a parallel is run."""

    EASTWARD = "eastward"
    WESTWARD = "westward"


@dataclass(frozen=True, slots=True)
class Parallel:
    """The parallel of `latitude_deg` from one longitude to another, which runs on from it (degrees)."""

    ellipsoid: Ellipsoid
    latitude_deg: float
    start_longitude_deg: float
    end_longitude_deg: float

    @classmethod
    def between(cls, ellipsoid: Ellipsoid, start: Place, end: Place) -> Parallel:
        """Give the parallel between two places of one latitude, the shorter way round.

        Raise `GeometryError` where the latitudes differ, the places are one, or both ways round are equally long.
        """
        start, end = checked_place(start, "start"), checked_place(end, "end")
        if start[1] != end[1]:
            raise GeometryError(
                f"a parallel keeps one latitude, but its ends have {start[1]} and {end[1]}; "
                "give both the same latitude or choose another kind of line"
            )
        step_deg = continued_longitude(start[0], end[0]) - start[0]
        if abs(step_deg) == 180.0:
            raise GeometryError("both ways round the parallel are equally long; say eastward or westward")
        way = AlongParallel.EASTWARD if step_deg >= 0.0 else AlongParallel.WESTWARD
        return cls.running(ellipsoid, start[1], start[0], end[0], way)

    @classmethod
    def running(
        cls, ellipsoid: Ellipsoid, latitude_deg: float, start_deg: float, end_deg: float, way: AlongParallel
    ) -> Parallel:
        """Give the parallel of a latitude run one way from a longitude until it first comes to the other.

        Raise `GeometryError` at a pole or where the longitudes are one.
        """
        start, end = checked_place((start_deg, latitude_deg), "start"), checked_place((end_deg, latitude_deg), "end")
        if abs(start[1]) == 90.0:
            raise GeometryError("the parallel of a pole is a point, not a line; leave the line out")
        end_deg = continued_longitude(start[0], end[0])
        if end_deg == start[0]:
            raise GeometryError(f"a parallel needs two longitudes, but both ends have {start[0]}; leave the line out")
        if way is AlongParallel.EASTWARD and end_deg < start[0]:
            end_deg += 360.0
        elif way is AlongParallel.WESTWARD and end_deg > start[0]:
            end_deg -= 360.0
        return cls(ellipsoid, start[1], start[0], end_deg)

    @property
    def kind(self) -> Literal["parallel"]:
        """`parallel`."""
        return "parallel"

    @property
    def radius_m(self) -> float:
        """The radius of the parallel in metres, N cos phi."""
        prime_vertical = radii_m(self.ellipsoid, np.array([self.latitude_deg]))[1]
        return float(prime_vertical[0] * np.cos(np.radians(self.latitude_deg)))

    @property
    def length_m(self) -> float:
        """Its length in metres: the radius by the difference of longitude."""
        return self.radius_m * float(np.radians(abs(self.end_longitude_deg - self.start_longitude_deg)))

    @property
    def ends(self) -> Floats:
        """The two ends, (2, 2)."""
        lat = self.latitude_deg
        return np.array([(self.start_longitude_deg, lat), (self.end_longitude_deg, lat)])

    @property
    def reach_m(self) -> tuple[float, float]:
        """Once round, as far on one side of the middle as on the other."""
        half_m = np.pi * self.radius_m
        return min(0.0, self.length_m / 2.0 - half_m), max(self.length_m, self.length_m / 2.0 + half_m)

    def position(self, along_m: Floats) -> Floats:
        """Give the places at distances along, in metres: (n,) -> (n, 2)."""
        along_m = np.asarray(along_m, dtype=np.float64)
        east = np.degrees(along_m / self.radius_m) * self._sense
        lonlat = np.column_stack([self.start_longitude_deg + east, np.full(len(along_m), self.latitude_deg)])
        start, end = self.ends
        return with_exact_ends(along_m, lonlat, self.length_m, tuple(start), tuple(end))

    def azimuth(self, along_m: Floats) -> Floats:
        """Give the directions at distances along: (n,) -> (n,), 90 or 270 everywhere."""
        return np.full(len(np.asarray(along_m)), 90.0 if self._sense > 0 else 270.0)

    def nearest(self, lonlat: Floats) -> Nearest:
        """Give where it is nearest to each place: (n, 2) -> `Nearest`; on the place's own meridian, or an end.

        The meridian is the shortest way to the parallel; where the parallel does not come to the place's meridian,
        the nearer end in longitude is the nearest place of it.
        """
        places = as_places(lonlat)
        low, high = sorted((self.start_longitude_deg, self.end_longitude_deg))
        middle = (low + high) / 2.0
        lon = np.clip(continued_longitudes(middle, places[:, 0]), low, high)
        along_m = np.radians(np.abs(lon - self.start_longitude_deg)) * self.radius_m
        feet = np.column_stack([lon, np.full(len(lon), self.latitude_deg)])
        to_place, _, distance_m = inverse(self.ellipsoid, feet, places)
        left = np.sin(np.radians(to_place - self.azimuth(along_m))) <= 0.0
        return Nearest(along_m, np.where(left, distance_m, -distance_m), feet)

    def reversed(self) -> Parallel:
        """The same curve from its end to its start."""
        return Parallel(self.ellipsoid, self.latitude_deg, self.end_longitude_deg, self.start_longitude_deg)

    @property
    def _sense(self) -> float:
        return 1.0 if self.end_longitude_deg > self.start_longitude_deg else -1.0
