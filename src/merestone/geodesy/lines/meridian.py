"""The meridian: the line of constant longitude, from one latitude to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.auxiliary import latitude_step_deg, meridian_distance_m
from merestone.geodesy.elementary import checked_place, continued_longitude, with_exact_ends
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Nearest, Place
from merestone.geodesy.nearest import nearest_on


class AlongMeridian(Enum):
    """Which way a meridian is run."""

    NORTHWARD = "northward"
    SOUTHWARD = "southward"


@dataclass(frozen=True, slots=True)
class Meridian:
    """The meridian of `longitude_deg` from one latitude to another (degrees)."""

    ellipsoid: Ellipsoid
    longitude_deg: float
    start_latitude_deg: float
    end_latitude_deg: float

    @classmethod
    def between(cls, ellipsoid: Ellipsoid, start: Place, end: Place) -> Meridian:
        """Give the meridian between two places of one longitude (a pole has every longitude).

        Raise `GeometryError` where the longitudes differ by other than whole turns, or the places are one.
        """
        start, end = checked_place(start, "start"), checked_place(end, "end")
        longitude_deg = end[0] if abs(start[1]) == 90.0 else start[0]
        if abs(end[1]) != 90.0 and continued_longitude(longitude_deg, end[0]) != longitude_deg:
            raise GeometryError(
                f"a meridian keeps one longitude, but its ends have {start[0]} and {end[0]}; "
                "give both the same longitude or choose another kind of line"
            )
        return cls._checked(ellipsoid, longitude_deg, start[1], end[1])

    @classmethod
    def running(
        cls, ellipsoid: Ellipsoid, longitude_deg: float, start_deg: float, end_deg: float, way: AlongMeridian
    ) -> Meridian:
        """Give the meridian of a longitude run one way from a latitude to another.

        Raise `GeometryError` where the other latitude does not lie that way.
        """
        start = checked_place((longitude_deg, start_deg), "start")
        end = checked_place((longitude_deg, end_deg), "end")
        if (way is AlongMeridian.NORTHWARD) != (end[1] > start[1]):
            raise GeometryError(
                f"latitude {end[1]} does not lie {way.value} of latitude {start[1]} along a meridian; "
                "turn the direction or exchange the latitudes"
            )
        return cls._checked(ellipsoid, start[0], start[1], end[1])

    @classmethod
    def _checked(cls, ellipsoid: Ellipsoid, longitude_deg: float, start_deg: float, end_deg: float) -> Meridian:
        if start_deg == end_deg:
            raise GeometryError(f"a meridian needs two latitudes, but both ends have {start_deg}; leave the line out")
        return cls(ellipsoid, longitude_deg, start_deg, end_deg)

    @property
    def kind(self) -> Literal["meridian"]:
        """`meridian`."""
        return "meridian"

    @property
    def length_m(self) -> float:
        """Its length in metres (rectifying series to order 6, error below 10 nm)."""
        return abs(self._distance_m(self.start_latitude_deg, self.end_latitude_deg))

    @property
    def ends(self) -> Floats:
        """The two ends, (2, 2)."""
        lon = self.longitude_deg
        return np.array([(lon, self.start_latitude_deg), (lon, self.end_latitude_deg)])

    @property
    def reach_m(self) -> tuple[float, float]:
        """From pole to pole."""
        behind_m = -self._distance_m(self.start_latitude_deg, -90.0 * self._sense)
        ahead_m = self._distance_m(self.start_latitude_deg, 90.0 * self._sense)
        return min(0.0, -abs(behind_m)), max(self.length_m, abs(ahead_m))

    def position(self, along_m: Floats) -> Floats:
        """Give the places at distances along, in metres: (n,) -> (n, 2)."""
        along_m = np.asarray(along_m, dtype=np.float64)
        starts = np.full(len(along_m), self.start_latitude_deg)
        lat = starts + latitude_step_deg(self.ellipsoid, starts, self._sense * along_m)
        if len(lat) and float(np.max(np.abs(lat))) > 90.0 + 1e-9:
            raise GeometryError("a meridian ends at the pole and cannot be produced through it; end the line before")
        lonlat = np.column_stack([np.full(len(lat), self.longitude_deg), np.clip(lat, -90.0, 90.0)])
        start, end = self.ends
        return with_exact_ends(along_m, lonlat, self.length_m, tuple(start), tuple(end))

    def azimuth(self, along_m: Floats) -> Floats:
        """Give the directions at distances along: (n,) -> (n,), 0 or 180 everywhere."""
        return np.full(len(np.asarray(along_m)), 0.0 if self._sense > 0 else 180.0)

    def nearest(self, lonlat: Floats) -> Nearest:
        """Give where it is nearest to each place: (n, 2) -> `Nearest`."""
        return nearest_on(self, lonlat)

    def reversed(self) -> Meridian:
        """The same curve from its end to its start."""
        return Meridian(self.ellipsoid, self.longitude_deg, self.end_latitude_deg, self.start_latitude_deg)

    @property
    def _sense(self) -> float:
        return 1.0 if self.end_latitude_deg > self.start_latitude_deg else -1.0

    def _distance_m(self, start_deg: float, end_deg: float) -> float:
        return float(meridian_distance_m(self.ellipsoid, np.array([start_deg]), np.array([end_deg]))[0])
