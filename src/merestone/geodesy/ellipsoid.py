"""The ellipsoid of revolution on which a frame's latitudes and longitudes are counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """An oblate ellipsoid: name, semi-major axis in metres, inverse flattening.

    `a_m` and `inverse_flattening` are the defining constants; everything else is derived from them.
    """

    name: str
    a_m: float
    inverse_flattening: float

    @property
    def f(self) -> float:
        """Flattening (0 for a sphere)."""
        return 1.0 / self.inverse_flattening if self.inverse_flattening else 0.0

    @property
    def b_m(self) -> float:
        """Semi-minor axis in metres."""
        return self.a_m * (1.0 - self.f)

    @property
    def e2(self) -> float:
        """Square of the first eccentricity, f (2 - f)."""
        return self.f * (2.0 - self.f)


WGS84 = Ellipsoid("WGS 84", 6378137.0, 298.257223563)
GRS80 = Ellipsoid("GRS 1980", 6378137.0, 298.257222101)
