"""What the print leaves open of every place, print by print, so that what rests on one start moves with it.

A printed coordinate stands for half a unit of its last place either way. A point that is computed from others moves
when they do, and by the print of its own azimuths and distances. How far is taken to the first order: each place that
the statement rests on is moved east and north, each number by half a unit either way, and the statement is computed again. Two places that rest on one print move together, and a figure between them knows it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.courses import courses
from merestone.delimit.drawn import Drawn, TroubleError
from merestone.delimit.fix import Fix, Place
from merestone.delimit.joining import Joint
from merestone.delimit.lengths import last_place_m, metres
from merestone.delimit.named_lines import bound_line
from merestone.delimit.printed import Halves, halves_in_tables, halves_of_definition, halves_of_point, on_ground
from merestone.delimit.rests_on import Basis, LegKey, among, basis_of_leg, basis_of_line, basis_of_point, end_fix
from merestone.delimit.varied import variations
from merestone.description.circles import needed_first
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.named_lines import OnConstruction, OnSection
from merestone.description.needs import need_of
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import (
    AtCoordinates,
    AtNature,
    InDirection,
    Leg,
    LegChain,
    LineReference,
    Name,
    OnFeature,
    OnLeg,
    PointDefinition,
    ToPoint,
)
from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats, Line

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation

Shifts = dict[str, tuple[float, float]]
"""By print: how far half a unit of it moves a place, eastward and northward in metres."""

Places = Callable[["Computation", Any], Floats]
"""What a statement comes to, places (n, 2) in degrees or another figure, computed among others that may have been moved."""

END_M = 1e-3
"""A place of a line nearer than this to an end of it is the end."""
SMALLEST_M, GREATEST_M = 0.01, 100.0
"""A place is moved by what is open of it, but by no less and no more than this, to see what moves with it."""


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
        point = self.computation.resolved.points.get(name)
        for definition in point.definitions if point is not None else ():
            if not isinstance(definition, AtCoordinates | InDirection | AtNature):
                return self._constructed(name, definition)
        return {}

    def of_definition(self, name: str, definition: PointDefinition, fix: Fix) -> Shifts:
        """The shifts of one of several definitions of a point, each of which has prints of its own."""
        if not isinstance(definition, AtCoordinates):
            return self._constructed(name, definition)
        halves = halves_of_definition(name, definition, fix, self.computation)
        east_m, north_m = on_ground(halves, self.ellipsoid, fix.place[1])
        key = f"{name} at {definition.span.line}:{definition.span.column}"
        return {f"longitude of {key}": (east_m, 0.0), f"latitude of {key}": (0.0, north_m)}

    def _constructed(self, name: str, definition: PointDefinition) -> Shifts:
        point = self.computation.resolved.points[name]

        def place(computation: Computation, said: Any) -> Floats:
            return np.array([computation.constructed(point, said)])

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

        def places(computation: Computation, node: Any) -> Floats:
            line = computation.redrawn(_as(leg, node, basis)).line
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

    # ---- lines ---------------------------------------------------------------------------------------------------

    def of_line(self, reference: LineReference, place: Place, frame: Frame, here: ResolvedLeg | None) -> Shifts:
        """The shifts of a line where it is nearest to a place; `here` is the leg that refers to it."""
        match reference:
            case OnLeg():
                return self._of_leg_at(self.computation.leg_referred_to(reference, here), place)
            case OnSection():
                legs = self.computation.legs_of(reference.section.text)
                return self._of_leg_at(min(legs, key=lambda leg: self._apart_m(leg, place)), place)
            case OnFeature():
                return self.of_line(bound_line(reference.feature, self.computation), place, frame, None)
            case OnConstruction():
                named = self.computation.resolved.constructions[reference.name.text]
                return self.of_line(named.line, place, frame, None)
            case _:
                return self._nearest(reference, basis_of_line(reference, self.computation), place, frame)

    def _apart_m(self, leg: ResolvedLeg, place: Place) -> float:
        return abs(float(self.computation.drawing(leg).line.nearest(np.array([place])).separation_m[0]))

    def _of_leg_at(self, leg: ResolvedLeg, place: Place) -> Shifts:
        """The shifts of a leg where it is nearest to a place: of the two vertices beside it, by its distance from each."""
        line = self.computation.drawing(leg).line
        run = courses(line)
        if not isinstance(leg.node, LegChain) and len(run.lengths_m) == 1:
            return self._nearest(leg.node, basis_of_leg(leg, self.computation), place, self._frame(leg), leg)
        starts_m = np.concatenate([[0.0], np.cumsum(run.lengths_m)])
        along_m = float(line.nearest(np.array([place])).along_m[0])
        piece = int(np.clip(np.searchsorted(starts_m, along_m) - 1, 0, len(run.lengths_m) - 1))
        share = float(np.clip((along_m - starts_m[piece]) / run.lengths_m[piece], 0.0, 1.0))
        vertices = self._of_all_vertices(leg)
        return _between(vertices[piece], vertices[piece + 1], share)

    def _of_all_vertices(self, leg: ResolvedLeg) -> list[Shifts]:
        node = leg.node
        if not isinstance(node, LegChain):
            return [self.of_start(leg), *self.of_vertices(leg)]
        points = self.computation.table_points
        names = [point.text for point in self.computation.chain_points(node)] if node.table is None else (
            points.names(node.table.text))  # fmt: skip
        joined = isinstance(self.computation.joint(leg, node), Joint)
        return [*([self.of_start(leg)] if joined else []), *(self.of_point(name) for name in names)]

    def _frame(self, leg: ResolvedLeg) -> Frame:
        return self.computation.frames.of_legs(leg.node.frame)

    def _nearest(self, node: Any, basis: Basis, place: Place, frame: Frame, leg: ResolvedLeg | None = None) -> Shifts:
        """The shifts of the place of a line, of a leg or as it is referred to, that is nearest to a place.

        Where that is an end of the line, it is the end that moves.
        """

        def drawn(computation: Computation, said: Any) -> Line:
            return computation.line(said, frame) if leg is None else computation.redrawn(_as(leg, said, basis)).line

        whole = drawn(among(self.computation, basis, {}), node)
        along_m = float(whole.nearest(np.array([place])).along_m[0])
        end = 0 if along_m <= END_M else 1 if along_m >= whole.length_m - END_M else None

        def nearest(computation: Computation, said: Any) -> Floats:
            line = drawn(computation, said)
            return line.nearest(np.array([place])).lonlat if end is None else line.ends[end : end + 1]

        found = self._moved("the line" if leg is None else named(leg), node, basis, nearest)
        return found[0] if found else {}

    # ---- figures -------------------------------------------------------------------------------------------------

    def of_figure(self, leg: ResolvedLeg, figure: Callable[[Computation, ResolvedLeg], float]) -> dict[str, float]:
        """How a figure of a leg changes with half a unit of each print that the leg rests on."""
        basis = basis_of_leg(leg, self.computation)

        def value(computation: Computation, node: Any) -> Floats:
            return np.array([figure(computation, _as(leg, node, basis))])

        found = self.changes(named(leg), leg.node, basis, value)
        return {key: float(change[0]) for key, change in found.items()}

    # ---- moving --------------------------------------------------------------------------------------------------

    def _moved(self, what: str, node: Any, basis: Basis, places: Places) -> list[Shifts]:
        """How the places of a statement, (n, 2), move with each print that it rests on; [] where it cannot be computed."""
        base = self._base(node, basis, places)
        if base is None:
            return []
        degrees_m = np.array([on_ground((1.0, 1.0), self.ellipsoid, float(lat)) for _, lat in base])

        def metres_of(computation: Computation, said: Any) -> Floats:
            return np.asarray((places(computation, said) - base) * degrees_m)

        found: list[Shifts] = [{} for _ in base]
        for key, change in self.changes(what, node, basis, metres_of, ([1.0, 0.0], [0.0, 1.0])).items():
            for shifts, (east_m, north_m) in zip(found, change.tolist(), strict=True):
                shifts[key] = (east_m, north_m)
        return found

    def _base(self, node: Any, basis: Basis, figure: Places, **otherwise: Any) -> Floats | None:
        """A figure, among lines and legs that may be said otherwise; None where it cannot be computed."""
        try:
            return figure(among(self.computation, basis, {}, **otherwise), node)
        except (TroubleError, GeometryError, ValueError):
            return None

    def changes(
        self, what: str, node: Any, basis: Basis, figure: Places, otherwise: tuple[Any, Any] = (1.0, 1.0)
    ) -> dict[str, Floats]:
        """How a figure of a statement changes with half a unit of each print that it rests on; {} for none.

        `otherwise` is its change for a metre eastward and northward of a place with which it cannot be computed.
        """
        base = self._base(node, basis, figure)
        if base is None:
            return {}
        found: dict[str, Floats] = {}
        for name in sorted(basis.points | set(basis.ends)):
            self._with_place(found, name, node, basis, figure, base, otherwise)
        for where, more, less in variations(node):
            found[f"{where} of {what}"] = _greater(base, *(self._base(said, basis, figure) for said in (more, less)))
        found.update(self._in_between(node, basis, figure, base))
        return found

    def _in_between(self, node: Any, basis: Basis, figure: Places, base: Floats) -> dict[str, Floats]:
        """What the prints of the constructions and legs change that lie between a statement and the places it rests on.

        The courses of a traverse are left out: they move its corners, and not what is built on one of its sides alone.
        """
        found = {}
        for name, line in basis.lines.items():
            for where, more, less in variations(line):
                moved = [self._base(node, basis, figure, lines={name: said}) for said in (more, less)]
                found[f"{where} of {name}"] = _greater(base, *moved)
        for key, leg in basis.legs.items():
            if leg.node is node or isinstance(leg.node.kind, TraverseLeg):
                continue
            for where, one, other in variations(leg.node):
                moved = [self._base(node, basis, figure, legs={key: replace(leg, node=said)}) for said in (one, other)]
                found[f"{where} of {named(leg)}"] = _greater(base, *moved)
        return found

    def _with_place(
        self, found: dict[str, Floats], name: str, node: Any, basis: Basis, figure: Places, base: Floats,
        otherwise: tuple[Any, Any],
    ) -> None:  # fmt: skip
        """Add what moves with one of the places that a statement rests on."""
        end = basis.ends.get(name)
        shifts_in = self.of_end(end) if end is not None else self.of_point(name)
        fix = end_fix(end, self.computation) if end is not None else self.computation.attempt(Name(name))
        if not shifts_in or not isinstance(fix, Fix):
            return
        try:
            greatest_m = max(abs(each) for shift in shifts_in.values() for each in shift)
            step_m = min(max(greatest_m, SMALLEST_M), GREATEST_M)
            moves = ((axis, step_m, name, fix) for axis in (0, 1))
            east, north = (self._change(move, node, basis, figure, base) for move in moves)
        except (TroubleError, GeometryError, ValueError):
            east, north = (np.broadcast_to(np.array(each), base.shape) for each in otherwise)
        for key, (east_m, north_m) in shifts_in.items():
            found[key] = found.get(key, np.zeros_like(base)) + east * east_m + north * north_m

    def _change(
        self, move: tuple[int, float, str, Fix], node: Any, basis: Basis, figure: Places, base: Floats
    ) -> Floats:
        """The change of a figure for a metre of a move: eastward (axis 0) or northward (1), by a step, of a place."""
        axis, step_m, name, fix = move
        degree_m = on_ground((1.0, 1.0), self.ellipsoid, fix.place[1])[axis]
        step = round(step_m / degree_m * UNITS_PER_DEGREE)
        lon, lat = fix.units
        units = (lon + step, lat) if axis == 0 else (lon, lat + step)
        moved = among(self.computation, basis, {name: replace(fix, units=units)})
        return (figure(moved, node) - base) / (step / UNITS_PER_DEGREE * degree_m)


def apart_m(one: Shifts, other: Shifts, azimuth_deg: float) -> float:
    """How far two places may move apart along an azimuth, at worst, in metres: what moves both moves neither."""
    east, north = math.sin(math.radians(azimuth_deg)), math.cos(math.radians(azimuth_deg))
    nothing = (0.0, 0.0)
    return sum(
        abs((one.get(key, nothing)[0] - other.get(key, nothing)[0]) * east
            + (one.get(key, nothing)[1] - other.get(key, nothing)[1]) * north)
        for key in one.keys() | other.keys()
    )  # fmt: skip


def _between(one: Shifts, other: Shifts, share: float) -> Shifts:
    """The shifts of a place between two others, at a share of the way from the one to the other."""
    nothing = (0.0, 0.0)
    pairs = ((key, one.get(key, nothing), other.get(key, nothing)) for key in sorted(one.keys() | other.keys()))
    return {key: ((1.0 - share) * a[0] + share * b[0], (1.0 - share) * a[1] + share * b[1]) for key, a, b in pairs}


def _as(leg: ResolvedLeg, node: Any, basis: Basis) -> ResolvedLeg:
    """A leg with another statement, from the start that stands for its own."""
    return replace(leg, node=node, start=basis.legs[leg.section.name.text, leg.name].start)


def _greater(base: Floats, up: Floats | None, down: Floats | None) -> Floats:
    """The greater change of a figure, of two numbers half a unit greater and smaller, as that of the greater number."""
    changes = [*([] if up is None else [up - base]), *([] if down is None else [base - down])]
    return max(changes, key=lambda change: float(np.abs(change).sum()), default=np.zeros_like(base))


def named(leg: ResolvedLeg) -> str:
    """A leg as prints are named after it."""
    return f"leg {leg.name} of {leg.section.name.text}"
