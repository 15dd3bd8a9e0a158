"""The line beside another: a constant geodesic distance away at right angles to it, to one side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import direct
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Line, Nearest
from merestone.geodesy.nearest import nearest_on
from merestone.geodesy.produced import ProducedCurve


@dataclass(frozen=True, slots=True)
class Offset:
    """The places at `distance_m` from `base`, at right angles: to its left where positive, to its right where negative.

    The curve is held as a Chebyshev series in the distance along the base (see `parametric`).
    """

    base: Line
    distance_m: float
    curve: ProducedCurve = field(compare=False, repr=False)

    @classmethod
    def beside(cls, base: Line, distance_m: float) -> Offset:
        """Give the line beside a base; raise `GeometryError` where the distance is 0 or not finite."""
        if not np.isfinite(distance_m) or distance_m == 0.0:
            raise GeometryError("a line beside another needs a distance that is finite and not 0")

        def place(u: Floats) -> Floats:
            along_m = u * base.length_m
            away_deg = base.azimuth(along_m) + (-90.0 if distance_m > 0.0 else 90.0)
            return direct(base.ellipsoid, base.position(along_m), away_deg, np.full(len(u), abs(distance_m)))[0]

        start_lon_deg = float(place(np.array([0.0]))[0, 0])
        start_lon_deg += 360.0 * float(np.round((base.ends[0, 0] - start_lon_deg) / 360.0))
        what = f"the line {abs(distance_m)} m beside the {base.kind}"
        return cls(base, distance_m, ProducedCurve(base.ellipsoid, place, (0.0, 1.0), what, start_lon_deg))

    @property
    def kind(self) -> Literal["offset"]:
        """`offset`."""
        return "offset"

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid of the base."""
        return self.base.ellipsoid

    @property
    def length_m(self) -> float:
        """Its length in metres."""
        return self.curve.length_m

    @property
    def ends(self) -> Floats:
        """The two ends, (2, 2)."""
        return self.curve.position(np.array([0.0, self.length_m]))

    @property
    def reach_m(self) -> tuple[float, float]:
        """No further than the base."""
        return 0.0, self.length_m

    def position(self, along_m: Floats) -> Floats:
        """Give the places at distances along, in metres: (n,) -> (n, 2)."""
        return self.curve.position(np.asarray(along_m, dtype=np.float64))

    def azimuth(self, along_m: Floats) -> Floats:
        """Give the directions at distances along: (n,) -> (n,), degrees in [0, 360)."""
        return self.curve.azimuth(np.asarray(along_m, dtype=np.float64))

    def nearest(self, lonlat: Floats) -> Nearest:
        """Give where it is nearest to each place: (n, 2) -> `Nearest`."""
        return nearest_on(self, lonlat)

    def reversed(self) -> Offset:
        """The same curve from its end to its start."""
        return Offset.beside(self.base.reversed(), -self.distance_m)
