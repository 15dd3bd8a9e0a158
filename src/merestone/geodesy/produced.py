"""A parametric curve together with its production beyond both ends, made when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Flags, Floats
from merestone.geodesy.parametric import ParametricCurve, parametric_curve

_HALVINGS = 12
_AT_END_M = 1e-7
"""Distances that miss an end by less than this are at the end, which asks for no production."""


class ProducedCurve:
    """The curve u -> place(u), the line itself for u in [0, 1], its production for u within `reach_u`.

    `place` takes (n,) and gives (n, 2) lonlat; `what` names the line in messages. Where the production cannot be
    followed as far as `reach_u` (the projection ends), it is halved until it can.
    """

    def __init__(
        self,
        ellipsoid: Ellipsoid,
        place: Callable[[Floats], Floats],
        reach_u: tuple[float, float],
        what: str,
        start_lon_deg: float,
    ) -> None:
        self._ellipsoid = ellipsoid
        self._place = place
        self._reach_u = reach_u
        self._what = what
        self._line = self._stretch(0.0, 1.0, start_lon_deg)

    @property
    def length_m(self) -> float:
        """The length of the line itself in metres."""
        return self._line.length_m

    @cached_property
    def _behind(self) -> ParametricCurve | None:
        """The production behind the start, run away from it."""
        return self._production(0.0, min(self._reach_u[0], 0.0))

    @cached_property
    def _ahead(self) -> ParametricCurve | None:
        return self._production(1.0, max(self._reach_u[1], 1.0))

    @property
    def reach_m(self) -> tuple[float, float]:
        """How far the line can be produced, as distances from its start in metres."""
        behind_m = self._behind.length_m if self._behind else 0.0
        ahead_m = self._ahead.length_m if self._ahead else 0.0
        return -behind_m, self.length_m + ahead_m

    def position(self, along_m: Floats) -> Floats:
        """Give the places at distances along, in metres: (n,) -> (n, 2)."""
        lonlat = np.empty((len(along_m), 2))
        for chosen, curve, distance_m, _ in self._parts(along_m):
            lonlat[chosen] = curve.lonlat(curve.parameter(distance_m))
        return lonlat

    def azimuth(self, along_m: Floats) -> Floats:
        """Give the directions at distances along: (n,) -> (n,), degrees in [0, 360)."""
        azimuth = np.empty(len(along_m))
        for chosen, curve, distance_m, turn_deg in self._parts(along_m):
            azimuth[chosen] = (curve.azimuth(curve.parameter(distance_m)) + turn_deg) % 360.0
        return azimuth

    def _parts(self, along_m: Floats) -> list[tuple[Flags, ParametricCurve, Floats, float]]:
        """Give, for each stretch that is asked for: which distances, its curve, distances along it, its turn."""
        behind, ahead = along_m < -_AT_END_M, along_m > self.length_m + _AT_END_M
        inside = ~(behind | ahead)
        parts: list[tuple[Flags, ParametricCurve, Floats, float]] = []
        if inside.any():
            parts.append((inside, self._line, along_m[inside], 0.0))
        if behind.any():
            parts.append((behind, self._existing(self._behind), -along_m[behind], 180.0))
        if ahead.any():
            parts.append((ahead, self._existing(self._ahead), along_m[ahead] - self.length_m, 0.0))
        for _, curve, distance_m, _ in parts:
            if float(distance_m.max()) > curve.length_m + 1e-6:
                raise GeometryError(f"{self._what} cannot be produced so far; end it before")
        return parts

    def _existing(self, curve: ParametricCurve | None) -> ParametricCurve:
        if curve is None:
            raise GeometryError(f"{self._what} cannot be produced beyond its end; end it there")
        return curve

    def _production(self, end_u: float, far_u: float) -> ParametricCurve | None:
        lon_deg = float(self._place(np.array([end_u]))[0, 0])
        for _ in range(_HALVINGS):
            if far_u == end_u:
                return None
            try:
                return self._stretch(end_u, far_u, lon_deg)
            except GeometryError:
                far_u = (end_u + far_u) / 2.0
        return None

    def _stretch(self, from_u: float, to_u: float, start_lon_deg: float) -> ParametricCurve:
        def place(t: Floats) -> Floats:
            return self._place(from_u + (to_u - from_u) * (t + 1.0) / 2.0)

        return parametric_curve(self._ellipsoid, place, self._what, start_lon_deg)
