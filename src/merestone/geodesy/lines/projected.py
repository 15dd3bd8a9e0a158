"""Straight on a projection: the line whose image on the grid of a map projection is straight."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import checked_place, continued_longitude, with_exact_ends
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Nearest, Place
from merestone.geodesy.nearest import nearest_on
from merestone.geodesy.produced import ProducedCurve
from merestone.geodesy.projection import Projection

_PRODUCED_M = 2_000_000.0
"""How far, on the grid, the line is produced beyond either end, or by its own length if that is more."""


@dataclass(frozen=True, slots=True)
class ProjectedStraight:
    """The line from `start` to `end` that is straight on the grid of the projection named by `projection_code`.

    Places are those of the straight segment carried back to the ellipsoid; the curve is held as a Chebyshev series,
    good to about a nanometre of the projection's own inverse (see `parametric`).
    """

    ellipsoid: Ellipsoid
    start: Place
    end: Place
    projection_code: str
    curve: ProducedCurve = field(compare=False, repr=False)

    @classmethod
    def between(cls, ellipsoid: Ellipsoid, start: Place, end: Place, projection_code: str) -> ProjectedStraight:
        """Give the line between two places, straight on a projection such as `EPSG:26910`.

        Raise `GeometryError` where the code names no projection, an end or the segment leaves its domain, or the
        ends are one place.
        """
        start, end = checked_place(start, "start"), checked_place(end, "end")
        projection = Projection(projection_code, ellipsoid)
        grid_m = projection.forward(np.array([start, end]))
        what = f"the straight line from {start} to {end} on {projection_code}"
        if not np.all(np.isfinite(grid_m)):
            raise GeometryError(f"{what} has an end outside the projection's domain; choose another projection")
        step_m = grid_m[1] - grid_m[0]
        grid_length_m = float(np.hypot(*step_m))
        if grid_length_m < 1e-6:
            raise GeometryError(f"{what} needs two places, but its ends are one; leave the line out")

        def place(u: Floats) -> Floats:
            return projection.inverse(grid_m[0] + u[:, None] * step_m)

        beyond = max(1.0, _PRODUCED_M / grid_length_m)
        curve = ProducedCurve(ellipsoid, place, (-beyond, 1.0 + beyond), what, start[0])
        end_lon_deg = float(curve.position(np.array([curve.length_m]))[0, 0])
        return cls(ellipsoid, start, (continued_longitude(end_lon_deg, end[0]), end[1]), projection_code, curve)

    @property
    def kind(self) -> str:
        """`straight on`, and the projection."""
        return f"straight on {self.projection_code}"

    @property
    def length_m(self) -> float:
        """Its length on the ellipsoid (not on the grid) in metres."""
        return self.curve.length_m

    @property
    def ends(self) -> Floats:
        """The two ends, (2, 2)."""
        return np.array([self.start, self.end])

    @property
    def reach_m(self) -> tuple[float, float]:
        """Some 2000 km or its own length beyond either end, or as far as the projection goes."""
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

    def reversed(self) -> ProjectedStraight:
        """The same curve from its end to its start."""
        return ProjectedStraight.between(self.ellipsoid, self.end, self.start, self.projection_code)
