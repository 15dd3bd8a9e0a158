"""What the print leaves open of every place, print by print, so that what rests on one start moves with it.

A printed coordinate stands for half a unit of its last place either way. A point that is computed from others moves
when they do, and by the print of its own azimuths and distances. How far is taken to the first order: each place that
the statement rests on is moved a metre east and a metre north, each of its own numbers by half a unit, and the
statement is computed again. Two places that rest on one print move together, and a figure between them knows it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from merestone.delimit import definitions
from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.courses import courses
from merestone.delimit.drawn import Drawn, TroubleError
from merestone.delimit.fix import Fix
from merestone.delimit.lengths import last_place_m, metres
from merestone.delimit.printed import Halves, halves_in_tables, halves_of_point, on_ground
from merestone.delimit.rests_on import Basis, LegKey, among, basis_of_leg, basis_of_point, end_fix
from merestone.delimit.varied import variations
from merestone.description.circles import needed_first
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.needs import need_of
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import AtCoordinates, AtNature, InDirection, Leg, Name, PointDefinition, ToPoint
from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation

Shifts = dict[str, tuple[float, float]]
"""By print: how far half a unit of it moves a place, eastward and northward in metres."""

Places = Callable[["Computation", Any], Floats]
"""The places that a statement comes to, (n, 2) degrees, computed among others that may have been moved."""

STEP_M = 1.0
"""How far a place is moved to see what moves with it."""


@dataclass(slots=True)
class LeftOpen:
    """The shifts of points and of the vertices of legs, each computed when it is first asked for."""

    computation: Computation
    _points: dict[str, Shifts] = field(default_factory=dict)
    _ends: dict[LegKey, list[Shifts]] = field(default_factory=dict)
    _rows: Mapping[str, Halves] | None = None

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid that shifts are measured on."""
        return self.computation.frames.description.ellipsoid

    def of_point(self, name: str) -> Shifts:
        """The shifts of a point; none where it has no place."""
        if name not in self._points:
            self._prepare(("point", name))
            self._points.setdefault(name, self._of_point(name))
        return self._points[name]

    def of_vertices(self, leg: ResolvedLeg) -> list[Shifts]:
        """The shifts of the vertices that arise in a leg: its corners, and its end, in order (its start left out)."""
        key = leg.section.name.text, leg.name
        if key not in self._ends:
            self._prepare(need_of(leg))
            self._ends.setdefault(key, self._of_vertices(leg))
        return self._ends[key]

    def of_start(self, leg: ResolvedLeg) -> Shifts:
        """The shifts of where a leg starts: at its point, or where the leg before it ended."""
        if leg.start is not None:
            return self.of_point(leg.start.text)
        before = self.computation.leg_before(leg)
        return self.of_end(before) if before is not None else {}

    def of_end(self, leg: ResolvedLeg) -> Shifts:
        """The shifts of where a leg ends."""
        node = leg.node
        if isinstance(node, Leg) and isinstance(node.ending, ToPoint):
            return self.of_point(node.ending.point.text)
        found = self.of_vertices(leg)
        return found[-1] if found else {}

    def _prepare(self, node: tuple[str, ...]) -> None:
        """Compute what a node rests on before it, so that no definition nests in another."""
        for need in needed_first((node,), self.computation.resolved.needs):
            if need == node:
                continue
            if need[0] == "point" and need[1] not in self._points:
                self._points[need[1]] = self._of_point(need[1])
            elif need[0] == "leg" and (need[1], need[2]) not in self._ends:
                leg = self.computation.resolved.legs[need[1], need[2]]
                if isinstance(leg.node, Leg) and not isinstance(leg.node.ending, ToPoint):
                    self._ends[need[1], need[2]] = self._of_vertices(leg)

    # ---- points --------------------------------------------------------------------------------------------------

    def _of_point(self, name: str) -> Shifts:
        fix = self.computation.attempt(Name(name))
        if not isinstance(fix, Fix):
            return {}
        if name not in self.computation.resolved.points and self._rows is None:
            self._rows = halves_in_tables(self.computation)
        halves = halves_of_point(name, self.computation, self._rows or {})
        if halves is not None:
            east_m, north_m = on_ground(halves, self.ellipsoid, fix.place[1])
            return {f"longitude of {name}": (east_m, 0.0), f"latitude of {name}": (0.0, north_m)}
        for definition in self.computation.resolved.points[name].definitions:
            if not isinstance(definition, AtCoordinates | InDirection | AtNature):
                return self._constructed(name, definition)
        return {}

    def _constructed(self, name: str, definition: PointDefinition) -> Shifts:
        point = self.computation.resolved.points[name]

        def place(computation: Computation, said: Any) -> Floats:
            return np.array([definitions.construct(point, said, computation).place])

        try:
            basis = basis_of_point(definition, self.computation)
        except TroubleError:
            return {}
        found = self._moved(f"point {name}", definition, basis, place)
        return found[0] if found else {}

    # ---- legs ----------------------------------------------------------------------------------------------------

    def _of_vertices(self, leg: ResolvedLeg) -> list[Shifts]:
        drawn = self.computation.drawings.get((leg.section.name.text, leg.name))
        if not isinstance(drawn, Drawn):
            return []
        if isinstance(leg.node.kind, TraverseLeg):
            return self._of_traverse(leg, leg.node.kind, courses(drawn.line).azimuths_start_deg)
        basis = basis_of_leg(leg, self.computation)
        start = basis.legs[leg.section.name.text, leg.name].start

        def places(computation: Computation, node: Any) -> Floats:
            line = computation.redrawn(replace(leg, node=node, start=start)).line
            return np.concatenate([courses(line).corners, line.ends[1:]])

        return self._moved(named(leg), leg.node, basis, places)

    def _of_traverse(self, leg: ResolvedLeg, kind: TraverseLeg, azimuths_deg: Floats) -> list[Shifts]:
        """The corners of a traverse: all move with its start, and those after a course with the print of the course."""
        shifts = dict(self.of_start(leg))
        found: list[Shifts] = []
        courses_run = zip(kind.courses, azimuths_deg.tolist(), strict=False)  # a closing piece may follow them
        for number, ((azimuth, distance), azimuth_deg) in enumerate(courses_run, start=1):
            angle = math.radians(azimuth_deg)
            along_m, across_m = last_place_m(distance) / 2.0, metres(distance) * math.radians(float(azimuth.unit) / 2.0)
            east, north = math.sin(angle), math.cos(angle)
            shifts[f"distance {number} of {named(leg)}"] = (along_m * east, along_m * north)
            shifts[f"azimuth {number} of {named(leg)}"] = (across_m * north, -across_m * east)
            found.append(dict(shifts))
        return found

    # ---- moving --------------------------------------------------------------------------------------------------

    def _moved(self, what: str, node: Any, basis: Basis, places: Places) -> list[Shifts]:
        """How the places of a statement, (n, 2), move with each print that it rests on; [] where it cannot be computed."""
        try:
            base = places(among(self.computation, basis, {}), node)
        except (TroubleError, GeometryError):
            return []
        degrees_m = np.array([on_ground((1.0, 1.0), self.ellipsoid, float(lat)) for _, lat in base])
        found: list[Shifts] = [{} for _ in base]
        for name in sorted(basis.points | set(basis.ends)):
            self._with_place(found, name, node, basis, places, base, degrees_m)
        for where, varied in variations(node):
            try:
                change = (places(among(self.computation, basis, {}), varied) - base) * degrees_m
            except (TroubleError, GeometryError, ValueError):
                continue
            for shifts, (east_m, north_m) in zip(found, change.tolist(), strict=True):
                shifts[f"{where} of {what}"] = (east_m, north_m)
        return found

    def _with_place(
        self, found: list[Shifts], name: str, node: Any, basis: Basis, places: Places, base: Floats, degrees_m: Floats
    ) -> None:
        """Add what moves with one of the places that a statement rests on."""
        end = basis.ends.get(name)
        shifts_in = self.of_end(end) if end is not None else self.of_point(name)
        fix = end_fix(end, self.computation) if end is not None else self.computation.attempt(Name(name))
        if not shifts_in or not isinstance(fix, Fix):
            return
        try:
            east, north = (self._change(axis, name, fix, node, basis, places, base) * degrees_m for axis in (0, 1))
        except (TroubleError, GeometryError, ValueError):
            east, north = np.tile([1.0, 0.0], (len(base), 1)), np.tile([0.0, 1.0], (len(base), 1))
        for key, (east_m, north_m) in shifts_in.items():
            for shifts, one, other in zip(found, east.tolist(), north.tolist(), strict=True):
                have = shifts.get(key, (0.0, 0.0))
                shifts[key] = (
                    have[0] + one[0] * east_m + other[0] * north_m,
                    have[1] + one[1] * east_m + other[1] * north_m,
                )

    def _change(self, axis: int, name: str, fix: Fix, node: Any, basis: Basis, places: Places, base: Floats) -> Floats:
        """The change in degrees of every place for a metre eastward (axis 0) or northward (1) of one they rest on."""
        degree_m = on_ground((1.0, 1.0), self.ellipsoid, fix.place[1])[axis]
        step = round(STEP_M / degree_m * UNITS_PER_DEGREE)
        lon, lat = fix.units
        units = (lon + step, lat) if axis == 0 else (lon, lat + step)
        moved = among(self.computation, basis, {name: replace(fix, units=units)})
        return (places(moved, node) - base) / (step / UNITS_PER_DEGREE * degree_m)


def named(leg: ResolvedLeg) -> str:
    """A leg as prints are named after it."""
    return f"leg {leg.name} of {leg.section.name.text}"
