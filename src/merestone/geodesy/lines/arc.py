"""The arc of a circle: the line at a constant geodesic distance from a centre."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import checked_length, checked_place, direct
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Nearest, Place
from merestone.geodesy.nearest import nearest_on
from merestone.geodesy.produced import ProducedCurve


class Turn(Enum):
    """Which way an arc is run, seen from above."""

    CLOCKWISE = "clockwise"
    ANTICLOCKWISE = "anticlockwise"


@dataclass(frozen=True, slots=True)
class Arc:
    """The places at geodesic distance `radius_m` from `centre`, from one azimuth at the centre to another.

    `sweep_deg` is the angle turned through at the centre, positive clockwise. The arc is held as a Chebyshev series in
    that angle of the direct problem's solution (see `parametric`).
    """

    ellipsoid: Ellipsoid
    centre: Place
    radius_m: float
    start_azimuth_deg: float
    sweep_deg: float
    curve: ProducedCurve = field(compare=False, repr=False)

    @classmethod
    def around(
        cls,
        ellipsoid: Ellipsoid,
        centre: Place,
        radius_m: float,
        start_azimuth_deg: float,
        end_azimuth_deg: float,
        turn: Turn,
    ) -> Arc:
        """Give the arc run from one azimuth at the centre to the other; the whole circle where the two are equal.

        Raise `GeometryError` where the radius is not positive or exceeds a quarter of the meridian's circumference
        (beyond it circles on the ellipsoid fold over themselves).
        """
        if not (np.isfinite(start_azimuth_deg) and np.isfinite(end_azimuth_deg)):
            raise GeometryError("the azimuths of an arc must be finite numbers of degrees")
        clockwise = (end_azimuth_deg - start_azimuth_deg) % 360.0
        sweep_deg = (clockwise or 360.0) if turn is Turn.CLOCKWISE else clockwise - 360.0
        return cls.sweeping(ellipsoid, centre, radius_m, start_azimuth_deg, sweep_deg)

    @classmethod
    def sweeping(
        cls, ellipsoid: Ellipsoid, centre: Place, radius_m: float, start_azimuth_deg: float, sweep_deg: float
    ) -> Arc:
        """Give the arc that starts at an azimuth at the centre and turns through an angle, positive clockwise."""
        centre, radius_m = checked_place(centre, "centre"), checked_length(radius_m)
        if radius_m > np.pi / 2.0 * ellipsoid.b_m:
            raise GeometryError(f"a radius of {radius_m} m is over a quarter round the ellipsoid; give a shorter one")
        if not 0.0 < abs(sweep_deg) <= 360.0:
            raise GeometryError(f"an arc turns through more than 0 and at most 360 degrees, not {sweep_deg}")

        def place(u: Floats) -> Floats:
            centres = np.tile(np.array(centre), (len(u), 1))
            return direct(ellipsoid, centres, start_azimuth_deg + u * sweep_deg, np.full(len(u), radius_m))[0]

        what = f"the arc of {radius_m} m about {centre}"
        start_lon_deg = float(place(np.array([0.0]))[0, 0])
        start_lon_deg += 360.0 * float(np.round((centre[0] - start_lon_deg) / 360.0))
        beyond = (360.0 / abs(sweep_deg) - 1.0) / 2.0
        curve = ProducedCurve(ellipsoid, place, (-beyond, 1.0 + beyond), what, start_lon_deg)
        return cls(ellipsoid, centre, radius_m, start_azimuth_deg % 360.0, float(sweep_deg), curve)

    @property
    def kind(self) -> Literal["arc"]:
        """`arc`."""
        return "arc"

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
        """Once round the circle."""
        return self.curve.reach_m

    def position(self, along_m: Floats) -> Floats:
        """Give the places at distances along, in metres: (n,) -> (n, 2)."""
        return self.curve.position(np.asarray(along_m, dtype=np.float64))

    def azimuth(self, along_m: Floats) -> Floats:
        """Give the directions at distances along: (n,) -> (n,), degrees in [0, 360)."""
        return self.curve.azimuth(np.asarray(along_m, dtype=np.float64))

    def nearest(self, lonlat: Floats) -> Nearest:
        """Give where it is nearest to each place: (n, 2) -> `Nearest`."""
        return nearest_on(self, lonlat)

    def reversed(self) -> Arc:
        """The same curve from its end to its start."""
        end_azimuth_deg = self.start_azimuth_deg + self.sweep_deg
        return Arc.sweeping(self.ellipsoid, self.centre, self.radius_m, end_azimuth_deg, -self.sweep_deg)
