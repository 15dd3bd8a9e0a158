"""What every kind of line on the ellipsoid can do: one small interface.

A line is a value: a curve on the ellipsoid of its own frame, with a start, a direction and a length. Kinds live in
`merestone.geodesy.lines`, one module each; what works on any kind (nearest place, intersection, densification,
area, separation) is written once against this interface.

Arrays of places are `(n, 2)` float64, columns longitude and latitude in degrees (east and north positive).
Longitudes run on continuously from the start of the line: a line that crosses 180 degrees goes on to 181. Distances
along a line are metres from its start. Azimuths are degrees clockwise from true north, in [0, 360).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from merestone.geodesy.arrays import Flags, Floats, Indices
from merestone.geodesy.ellipsoid import Ellipsoid

__all__ = ["Flags", "Floats", "Indices", "Line", "Nearest", "Place"]

Place = tuple[float, float]
"""Longitude and latitude of one place in degrees."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Where a line is nearest to each of n places.

    `along_m` (n,): distance from the start of the line to the nearest point; `separation_m` (n,): geodesic distance
    to it, positive where the place lies to the left of the line, negative to the right; `lonlat` (n, 2).
    """

    along_m: Floats
    separation_m: Floats
    lonlat: Floats


@runtime_checkable
class Line(Protocol):
    """A curve of one kind on an ellipsoid: a value, so that two with equal definitions are equal and hash alike."""

    def __hash__(self) -> int: ...

    @property
    def kind(self) -> str:
        """The kind's name in the profession: `geodesic`, `loxodrome`, `parallel`, `meridian`, ..."""

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid it lies on."""

    @property
    def length_m(self) -> float:
        """Its length on the ellipsoid in metres."""

    @property
    def ends(self) -> Floats:
        """Its two ends, shape (2, 2), as given where they were given, the second's longitude continued from the first.

        "As given" is exact but for whole turns of 360 degrees.
        """

    @property
    def reach_m(self) -> tuple[float, float]:
        """The distances from its start, not above 0 and not below its length, between which it can be produced.

        Within them the line neither leaves the domain of its definition (a meridian ends at the poles) nor runs
        over itself again.
        """

    def position(self, along_m: Floats) -> Floats:
        """The places at the given distances from the start: (n,) -> (n, 2).

        Distances outside [0, length] go along the production of the line; outside `reach_m` a `GeometryError` may
        be raised.
        """

    def azimuth(self, along_m: Floats) -> Floats:
        """The direction of the line at the given distances: (n,) -> (n,), degrees in [0, 360)."""

    def nearest(self, lonlat: Floats) -> Nearest:
        """Where the line, not produced, is nearest to each place: (n, 2) -> `Nearest`."""

    def reversed(self) -> Line:
        """The same curve run from its end to its start."""
