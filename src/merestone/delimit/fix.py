"""Where a point came to lie: the outcome of computing one definition."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, VertexSource
from merestone.geodesy.uncertainty import Component

ONE_UNIT_M = 1.2e-4
"""A little more than one canonical unit on the ground: how exactly a recompilation meets a vertex."""

Place = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A computed point: canonical units (longitude, latitude) in the frame of the description.

    `tolerance_m`: how exactly a recompilation meets it; larger than one unit where two lines cross at a small angle.
    """

    units: tuple[int, int]
    source: VertexSource
    tolerance_m: float = ONE_UNIT_M
    components: tuple[Component, ...] = ()

    @property
    def place(self) -> Place:
        """Longitude and latitude in degrees."""
        return self.units[0] / UNITS_PER_DEGREE, self.units[1] / UNITS_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Bearing:
    """A point that is a direction only: the azimuth in degrees, as seen from the point it is given from."""

    azimuth_deg: float
