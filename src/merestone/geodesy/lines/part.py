"""A part of another line, run the same way or back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Line, Nearest
from merestone.geodesy.nearest import nearest_on


@dataclass(frozen=True, slots=True)
class Part:
    """The stretch of `whole` between two distances from its start, in metres, `from_m` below `to_m`."""

    whole: Line
    from_m: float
    to_m: float

    @classmethod
    def between(cls, whole: Line, from_m: float, to_m: float) -> Line:
        """The stretch from one distance to the other; back along the line where the second is the smaller."""
        if from_m <= to_m:
            return cls(whole, from_m, to_m)
        length_m = whole.length_m
        return cls(whole.reversed(), length_m - from_m, length_m - to_m)

    @property
    def kind(self) -> str:
        """The kind of the line that it is a part of."""
        return self.whole.kind

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid that it lies on."""
        return self.whole.ellipsoid

    @property
    def length_m(self) -> float:
        """Its length in metres."""
        return self.to_m - self.from_m

    @property
    def ends(self) -> Floats:
        """Its two ends, (2, 2)."""
        return self.whole.position(np.array([self.from_m, self.to_m]))

    @property
    def reach_m(self) -> tuple[float, float]:
        """As far as the whole line can be produced."""
        back, forward = self.whole.reach_m
        return back - self.from_m, forward - self.from_m

    def position(self, along_m: Floats) -> Floats:
        """The places at distances along, in metres: (n,) -> (n, 2)."""
        return self.whole.position(np.asarray(along_m, dtype=np.float64) + self.from_m)

    def azimuth(self, along_m: Floats) -> Floats:
        """The directions at distances along, in metres: (n,) -> (n,) degrees in [0, 360)."""
        return self.whole.azimuth(np.asarray(along_m, dtype=np.float64) + self.from_m)

    def nearest(self, lonlat: Floats) -> Nearest:
        """Where it is nearest to each place: (n, 2) -> `Nearest`."""
        return nearest_on(self, lonlat)

    def reversed(self) -> Line:
        """The same stretch run back."""
        length_m = self.whole.length_m
        return Part(self.whole.reversed(), length_m - self.to_m, length_m - self.from_m)
