"""What an azimuth is counted from, where it is not true north: the north of a grid, or of a compass.

`merestone.description.tree` takes these records into its azimuths.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from merestone.description.tree import NOWHERE, Name, Reference
from merestone.diagnostics import Span
from merestone.geodesy.angle import Angle


@dataclass(frozen=True, slots=True)
class TrueNorth:
    """The meridian of the place."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class GridNorth:
    """The direction of the northing axis on the plane of a projection: the meridian turned by the convergence."""

    projection: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class MagneticNorth:
    """Where a compass pointed: `declination` east or west of the meridian, on a date."""

    declination: Angle
    east: bool
    on: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


North: TypeAlias = TrueNorth | GridNorth | MagneticNorth


@dataclass(frozen=True, slots=True)
class CountedAzimuth:
    """An azimuth with the north that it is counted from, said beside it."""

    angle: Angle
    north: North

    @property
    def unit(self) -> Fraction:
        """The precision in degrees that the print implies: that of the angle, and of the declination where there is one."""
        if isinstance(self.north, MagneticNorth):
            return self.angle.unit + self.north.declination.unit
        return self.angle.unit


@dataclass(frozen=True, slots=True)
class AzimuthsFrom:
    """The north that every azimuth of the description is counted from, unless one says otherwise."""

    north: North
    by: Reference | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)
