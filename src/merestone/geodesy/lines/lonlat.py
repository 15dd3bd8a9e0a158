"""Straight in lon/lat: the line along which latitude changes in proportion to longitude (plate carrée)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import checked_place, continued_longitude, with_exact_ends
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Nearest, Place
from merestone.geodesy.nearest import nearest_on
from merestone.geodesy.produced import ProducedCurve


@dataclass(frozen=True, slots=True)
class StraightInLonLat:
    """The line from `start` to `end`, straight where degrees of longitude and latitude are drawn equally long.

    It is what GeoJSON and most programs draw between two vertices. Its length is integrated (see `parametric`).
    """

    ellipsoid: Ellipsoid
    start: Place
    end: Place
    curve: ProducedCurve = field(compare=False, repr=False)

    @classmethod
    def between(cls, ellipsoid: Ellipsoid, start: Place, end: Place) -> StraightInLonLat:
        """Give the line between two places, the shorter way round in longitude.

        Raise `GeometryError` where the two are one place or lie on opposite meridians.
        """
        start, end = checked_place(start, "start"), checked_place(end, "end")
        end = (continued_longitude(start[0], end[0]), end[1])
        if abs(end[0] - start[0]) == 180.0:
            raise GeometryError(
                f"{start} and {end} lie on opposite meridians, and both ways are equally long; name a place in between"
            )
        if start == end or (abs(start[1]) == 90.0 and start[1] == end[1]):
            raise GeometryError(f"a line needs two places, but {start} and {end} are one; leave the line out")
        origin, step = np.array(start), np.array(end) - np.array(start)

        def place(u: Floats) -> Floats:
            return np.asarray(origin + u[:, None] * step)

        what = f"the straight line in lon/lat from {start} to {end}"
        return cls(ellipsoid, start, end, ProducedCurve(ellipsoid, place, _reach_u(start, end), what, start[0]))

    @property
    def kind(self) -> Literal["straight in lon/lat"]:
        """`straight in lon/lat`."""
        return "straight in lon/lat"

    @property
    def length_m(self) -> float:
        """Its length in metres."""
        return self.curve.length_m

    @property
    def ends(self) -> Floats:
        """The two ends, (2, 2)."""
        return np.array([self.start, self.end])

    @property
    def reach_m(self) -> tuple[float, float]:
        """To the poles, or half round the axis either way from the middle, whichever comes first."""
        return self.curve.reach_m

    def position(self, along_m: Floats) -> Floats:
        """Give the places at distances along, in metres: (n,) -> (n, 2)."""
        along_m = np.asarray(along_m, dtype=np.float64)
        return with_exact_ends(along_m, self.curve.position(along_m), self.length_m, self.start, self.end)

    def azimuth(self, along_m: Floats) -> Floats:
        """Give the directions at distances along: (n,) -> (n,), degrees in [0, 360)."""
        return self.curve.azimuth(np.asarray(along_m, dtype=np.float64))

    def nearest(self, lonlat: Floats) -> Nearest:
        """Give where it is nearest to each place: (n, 2) -> `Nearest`."""
        return nearest_on(self, lonlat)

    def reversed(self) -> StraightInLonLat:
        """The same curve from its end to its start."""
        return StraightInLonLat.between(self.ellipsoid, self.end, self.start)


def _reach_u(start: Place, end: Place) -> tuple[float, float]:
    """Give the parameters, 0 at the start and 1 at the end, at which the production stops."""
    low, high = -np.inf, np.inf
    east, north = end[0] - start[0], end[1] - start[1]
    if north:
        to_poles = sorted(((-90.0 - start[1]) / north, (90.0 - start[1]) / north))
        low, high = to_poles[0], to_poles[1]
    if east:
        half_turn = 180.0 / abs(east)
        low, high = max(low, 0.5 - half_turn), min(high, 0.5 + half_turn)
    return min(low, 0.0), max(high, 1.0)
