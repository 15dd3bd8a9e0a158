"""What the instrument says a second time, held against what was compiled: length, azimuth, direction, area, place.

A printed figure agrees where it differs by no more than three things together explain: the tolerance that the
description states (`within`), or where it states none half a unit of the figure's own last place; and the rounding
of the coordinates, azimuths and distances that it is compared with, half a unit of their last place, taken at its worst.
Places that rest on one print move together: the length and azimuth of a course do not hang on the rounding of its start.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

import numpy as np

from merestone.delimit.areas import UncountedAreaError, counted_rings, net_area_m2
from merestone.delimit.bearing_and_length import azimuths, lengths, turned
from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg, CompiledSection, Gap
from merestone.delimit.canonical import units_of, wrapped
from merestone.delimit.drawn import TroubleError
from merestone.delimit.figures_left_open import FiguresLeftOpen
from merestone.delimit.fix import Fix
from merestone.delimit.given import grid_last_place, grid_place
from merestone.delimit.left_open import LeftOpen
from merestone.delimit.lengths import last_place_m, last_place_m2, metres, square_metres
from merestone.delimit.plane_lengths import plane_length_m
from merestone.delimit.printed import on_ground
from merestone.description.azimuths import CountedAzimuth, GridNorth
from merestone.description.legs.at_azimuth import AtAzimuthLeg
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.tree import (
    Clause,
    ExpectArea,
    ExpectAzimuth,
    ExpectCoordinates,
    ExpectDirection,
    ExpectDistance,
    ExpectLength,
    ExpectSide,
    Geographic,
    Leg,
    LegChain,
    Length,
    Name,
    Note,
    ToPoint,
    Words,
)
from merestone.geodesy.angle import Angle
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.line import Floats, Place
from merestone.geodesy.winds import SECTOR_DEG, azimuth_of_wind

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled

RIGHT_ANGLE_DEG = 90.0
"""A direction that may differ by so much is no direction."""

Figure = ExpectLength | ExpectAzimuth | ExpectDirection | ExpectArea | ExpectCoordinates | ExpectDistance


class Quantity(StrEnum):
    """What a figure is of."""

    LENGTH = "length"
    AZIMUTH = "azimuth"
    DIRECTION = "direction"
    AREA = "area"
    COORDINATES = "coordinates"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Ends:
    """What a figure is measured between: names ("" for an unnamed vertex) and places, in a kind of line."""

    start: str
    end: str
    start_place: Place
    end_place: Place
    kind: str
    ellipsoid: Ellipsoid
    at_end: bool = False
    shared: frozenset[str] = frozenset()
    """The prints that both places rest on: what they move with together."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A figure of the instrument beside the compiled one, in `unit` (m, m2 or deg).

    `difference` is compiled less expected; `stated` the tolerance in the description (None: none); `own` half a unit
    of the figure's last place; `rounding` what the print of the coordinates leaves open. `ends` is set where the
    figure depends on two places.
    """

    expectation: Figure
    quantity: Quantity
    subject: str
    unit: str
    expected: float
    computed: float
    difference: float
    stated: float | None
    own: float
    rounding: float
    ends: Ends | None = None
    on_plane: str | None = None
    """The projection on whose plane a length is counted; None: on the ellipsoid."""

    @property
    def allowed(self) -> float:
        """The greatest difference that is explained."""
        return (self.own if self.stated is None else self.stated) + self.rounding

    @property
    def agrees(self) -> bool:
        """Whether the difference is explained."""
        return abs(self.difference) <= self.allowed

    @property
    def proves_nothing(self) -> bool:
        """Whether a figure so far off that it says nothing would agree too: half as great, or at right angles."""
        if self.quantity is Quantity.COORDINATES:
            return False
        return self.allowed >= (RIGHT_ANGLE_DEG if self.unit == "deg" else abs(self.expected) / 2.0)


@dataclass(frozen=True, slots=True)
class Unevaluated:
    """An expectation that could not be held against anything, and why."""

    expectation: Figure | ExpectSide
    subject: str
    why: str


def differences(figure: Evaluated, at: Ends, starts: Floats, ends: Floats) -> Floats:
    """What the difference of a figure would be if its ends `at` lay elsewhere: places (n, 2), (n, 2) -> (n,)."""
    before, after = np.array([at.start_place]), np.array([at.end_place])
    if figure.unit == "deg":
        change = turned(
            azimuths(at.kind, at.ellipsoid, starts, ends, at_end=at.at_end)
            - azimuths(at.kind, at.ellipsoid, before, after, at_end=at.at_end)
        )
        return turned(figure.difference + change)
    change = lengths(at.ellipsoid, starts, ends) - lengths(at.ellipsoid, before, after)
    return np.asarray(figure.difference + change)


def evaluate(compiled: Compiled) -> tuple[tuple[Evaluated, ...], tuple[Unevaluated, ...]]:
    """Every figure that the instrument states, beside what was compiled, and those that cannot be compared."""
    if not _says_anything_twice(compiled):
        return (), ()
    found = list(_Scales(compiled, FiguresLeftOpen(LeftOpen(compiled.computation))).all())
    return (
        tuple(each for each in found if isinstance(each, Evaluated)),
        tuple(each for each in found if isinstance(each, Unevaluated)),
    )


def _says_anything_twice(compiled: Compiled) -> bool:
    resolved = compiled.resolved
    holders = (*resolved.points.values(), *resolved.sections.values(), *(leg.node for leg in resolved.legs.values()))
    return any(not isinstance(clause, Words | Note) for holder in holders for clause in holder.clauses) or any(
        azimuth_to_a_point(leg.node) is not None for leg in resolved.legs.values()
    )


def azimuth_to_a_point(node: Leg | LegChain) -> ExpectAzimuth | None:
    """What a leg says twice when its kind gives an azimuth (`geodesic at azimuth A`) and its ending a point.

    A direction `on the grid of` a projection is counted from its north, as the leg is.
    """
    azimuth = getattr(node.kind, "azimuth", None)
    if (
        not isinstance(azimuth, Angle | CountedAzimuth)
        or isinstance(node, LegChain)
        or not isinstance(node.ending, ToPoint)
    ):
        return None
    projection = getattr(node.kind, "projection", None)
    if isinstance(projection, Name) and isinstance(azimuth, Angle):
        azimuth = CountedAzimuth(azimuth, GridNorth(projection))
    return ExpectAzimuth(azimuth, span=node.kind.span)


def open_area_m2(compiled: Compiled, section: str) -> float:
    """What the print of its vertices leaves open of a ring's area, at worst, in m²; 0 for one without legs."""
    found = next((each for each in compiled.line.sections if each.name == section and each.legs), None)
    return 0.0 if found is None else FiguresLeftOpen(LeftOpen(compiled.computation)).area_m2(found)


def place_of(compiled: Compiled, name: str) -> Place | None:
    """Longitude and latitude of a point of the description or of one of its tables, None where it has no place."""
    fix = compiled.computation.fixes.get(name) or compiled.computation.table_points.fix(name)
    return fix.place if isinstance(fix, Fix) else None


@dataclass(frozen=True, slots=True)
class _Scales:
    """A compiled description with its prints, to weigh expectations on."""

    compiled: Compiled
    open: FiguresLeftOpen

    def all(self) -> Iterator[Evaluated | Unevaluated]:
        for name, node in self.compiled.resolved.points.items():
            yield from self._of_point(node.clauses, name)
        for section in self.compiled.line.sections:
            yield from self._of_section(section)
            for part in section.parts:
                subject = f"leg {part.name} of {section.name}"
                if isinstance(part, Gap):
                    yield from _all_unevaluated(part.clauses, subject, "the leg could not be compiled")
                else:
                    yield from self._of_leg(part, subject)

    # ---- legs ----------------------------------------------------------------------------------------------------

    def _of_leg(self, leg: CompiledLeg, subject: str) -> Iterator[Evaluated | Unevaluated]:
        sent = azimuth_to_a_point(self.compiled.resolved.legs[leg.section, leg.name].node)
        for clause in leg.clauses if sent is None else (sent, *leg.clauses):
            match clause:
                case ExpectLength():
                    yield self._length(clause, subject, (leg,))
                case ExpectAzimuth():
                    yield self._azimuth(clause, leg, subject)
                case ExpectDirection():
                    yield self._direction(clause, leg, subject)
                case ExpectArea() | ExpectCoordinates() | ExpectDistance():
                    yield Unevaluated(clause, subject, "a leg has no such figure; it belongs to a point or a ring")
                case ExpectSide() | Words() | Note():
                    continue
                case _:
                    assert_never(clause)

    def _length(self, clause: ExpectLength, subject: str, legs: tuple[CompiledLeg, ...]) -> Evaluated | Unevaluated:
        expected, own, stated = metres(clause.length), last_place_m(clause.length) / 2.0, _within_m(clause.within)
        plane = clause.projection or self._counts_on(legs)
        computed = sum(leg.length_m for leg in legs)
        if plane is not None:
            try:
                computed = plane_length_m(legs, plane)
            except TroubleError as ended:
                return Unevaluated(clause, subject, ended.finding.sentence)
            if not math.isfinite(computed):
                return Unevaluated(clause, subject, f"its length has no figure on {plane.text}")
        rounding = self.open.length_m(legs)
        single = legs[0] if len(legs) == 1 and len(legs[0].vertices) == 2 else None
        return Evaluated(
            clause, Quantity.LENGTH, subject, "m", expected, computed, computed - expected, stated, own, rounding,
            self._ends(single, 0) if single is not None else None, plane.text if plane is not None else None,
        )  # fmt: skip

    def _counts_on(self, legs: tuple[CompiledLeg, ...]) -> Name | None:
        """The projection on whose plane the words of all these legs count lengths (`on the grid of`), if there is one."""
        kinds = [self.compiled.resolved.legs[leg.section, leg.name].node.kind for leg in legs]
        named = [each.projection if isinstance(each, AtAzimuthLeg | TraverseLeg) else None for each in kinds]
        first = named[0] if named else None
        return first if first is not None and all(each == first for each in named) else None

    def _azimuth(self, clause: ExpectAzimuth, leg: CompiledLeg, subject: str) -> Evaluated:
        kind = leg.kind if clause.kind is None else clause.kind.value
        piece = self._piece(leg, at_end=clause.at_end)
        ends = self._ends(leg, piece, kind, at_end=clause.at_end)
        if clause.kind is None or clause.kind.value == leg.kind:
            computed = float((leg.azimuths_end_deg if clause.at_end else leg.azimuths_start_deg)[piece])
        else:
            computed = float(_azimuth_between(ends)[0])
        lon, lat = leg.line.ends[1 if clause.at_end else 0]
        place = float(lon), float(lat)
        expected = self.compiled.computation.true_azimuth_deg(clause.azimuth, place, leg.frame)
        own = float(clause.azimuth.unit) / 2.0
        stated = clause.within.degrees if clause.within is not None else None
        bends = self.open.own_azimuth_deg(leg, at_end=clause.at_end) if kind == leg.kind else None
        return Evaluated(
            clause, Quantity.AZIMUTH, subject, "deg", expected, computed, float(turned(computed - expected)), stated,
            own, self._open_azimuth(leg, ends, piece) if bends is None else bends, ends,
        )  # fmt: skip

    def _piece(self, leg: CompiledLeg, *, at_end: bool) -> int:
        """The piece whose azimuth is the leg's: its first or last, but never one that only joins it to a printed place."""
        if leg.kind != leg.line.kind:
            return int(np.argmax(leg.lengths_m))
        return len(leg.lengths_m) - 1 if at_end else 0

    def _direction(self, clause: ExpectDirection, leg: CompiledLeg, subject: str) -> Evaluated:
        """A wind is held against the geodesic from the start of the leg to its end."""
        first, last = leg.vertices[0] / UNITS_PER_DEGREE, leg.vertices[-1] / UNITS_PER_DEGREE
        ends = Ends(
            leg.vertex_names[0], leg.vertex_names[-1], _place(first), _place(last), "geodesic", leg.frame.ellipsoid
        )
        computed, expected = float(_azimuth_between(ends)[0]), azimuth_of_wind(clause.wind)
        return Evaluated(
            clause, Quantity.DIRECTION, subject, "deg", expected, computed, float(turned(computed - expected)), None,
            SECTOR_DEG / 2.0, self._open_azimuth(leg, ends, None), ends,
        )  # fmt: skip

    def _ends(self, leg: CompiledLeg, piece: int, kind: str | None = None, *, at_end: bool = False) -> Ends:
        before, after = piece, piece + 1
        places = leg.vertices / UNITS_PER_DEGREE
        shifts = self.open.of_leg(leg)
        return Ends(
            leg.vertex_names[before], leg.vertex_names[after], _place(places[before]), _place(places[after]),
            kind or leg.kind, leg.frame.ellipsoid, at_end, frozenset(shifts[before].keys() & shifts[after].keys()),
        )  # fmt: skip

    def _open_azimuth(self, leg: CompiledLeg, ends: Ends, piece: int | None) -> float:
        """What the print leaves open of the azimuth between two ends, at worst, in degrees; None: of the whole leg."""
        shifts = self.open.of_leg(leg)
        first, last = (piece, piece + 1) if piece is not None else (0, -1)
        places = ends.start_place, ends.end_place
        return self.open.azimuth_deg(
            ends.kind, ends.ellipsoid, places, (shifts[first], shifts[last]), at_end=ends.at_end
        )

    # ---- sections and rings --------------------------------------------------------------------------------------

    def _of_section(self, section: CompiledSection) -> Iterator[Evaluated | Unevaluated]:
        subject = f"{'ring' if section.ring else 'section'} {section.name}"
        areas = dict(self.compiled.line.areas_m2)
        whole = len(section.legs) == len(section.parts)
        for clause in section.node.clauses:
            match clause:
                case ExpectLength() if whole:
                    yield self._length(clause, subject, section.legs)
                case ExpectArea() if section.name in areas:
                    yield self._area(clause, section, subject)
                case ExpectLength():
                    yield Unevaluated(clause, subject, "some of its legs could not be compiled")
                case ExpectArea():
                    yield Unevaluated(clause, subject, "it does not close, or some of its legs could not be compiled")
                case ExpectAzimuth() | ExpectDirection() | ExpectCoordinates() | ExpectDistance():
                    yield Unevaluated(clause, subject, "it has no such figure; it belongs to a leg or a point")
                case ExpectSide() | Words() | Note():
                    continue
                case _:
                    assert_never(clause)

    def _area(self, clause: ExpectArea, section: CompiledSection, subject: str) -> Evaluated | Unevaluated:
        try:
            area_m2 = net_area_m2(clause, section, self.compiled.line)
        except UncountedAreaError as reason:
            return Unevaluated(clause, subject, str(reason))
        rings = counted_rings(clause, section, self.compiled.line)
        expected, own = square_metres(clause.area), last_place_m2(clause.area) / 2.0
        stated = square_metres(clause.within) if clause.within is not None else None
        return Evaluated(
            clause, Quantity.AREA, subject, "m2", expected, area_m2, area_m2 - expected, stated, own,
            sum(self.open.area_m2(ring) for ring in rings),
        )  # fmt: skip

    # ---- points --------------------------------------------------------------------------------------------------

    def _of_point(self, clauses: tuple[Clause, ...], name: str) -> Iterator[Evaluated | Unevaluated]:
        subject = f"point {name}"
        place = place_of(self.compiled, name) if clauses else None
        if place is None:
            yield from _all_unevaluated(clauses, subject, "the point could not be compiled")
            return
        for clause in clauses:
            match clause:
                case ExpectCoordinates():
                    yield self._coordinates(clause, name, place)
                case ExpectDistance():
                    yield self._distance(clause, name, place)
                case ExpectLength() | ExpectAzimuth() | ExpectDirection() | ExpectArea():
                    yield Unevaluated(clause, subject, "a point has no such figure; it belongs to a leg or a ring")
                case ExpectSide() | Words() | Note():
                    continue
                case _:
                    assert_never(clause)

    def _coordinates(self, clause: ExpectCoordinates, name: str, place: Place) -> Evaluated | Unevaluated:
        printed, subject = clause.coordinates, f"point {name}"
        ellipsoid = self._ellipsoid()
        if isinstance(printed, Geographic):
            expected = (
                wrapped(units_of(printed.longitude)) / UNITS_PER_DEGREE,
                units_of(printed.latitude) / UNITS_PER_DEGREE,
            )
            halves = float(printed.longitude.angle.unit) / 2.0, float(printed.latitude.angle.unit) / 2.0
            own = float(np.hypot(*on_ground(halves, ellipsoid, place[1])))
        else:
            try:
                found = grid_place(printed, self.compiled.computation.frames.description, subject)
            except TroubleError as ended:
                return Unevaluated(clause, subject, ended.finding.sentence)
            expected = float(found.lonlat[0, 0]), float(found.lonlat[0, 1])
            own = grid_last_place(printed) * found.unit_m / math.sqrt(2.0)
        apart_m = distance_m(ellipsoid, place, expected)
        rounding = self.open.place_m(self.open.places.of_point(name))
        return Evaluated(
            clause, Quantity.COORDINATES, subject, "m", 0.0, apart_m, apart_m, _within_m(clause.within), own, rounding
        )

    def _distance(self, clause: ExpectDistance, name: str, here: Place) -> Evaluated | Unevaluated:
        other, subject = clause.point.text, f"point {name}"
        there = place_of(self.compiled, other)
        if there is None:
            return Unevaluated(clause, subject, f"point {other} could not be compiled")
        ellipsoid = self._ellipsoid()
        shifts = self.open.places.of_point(name), self.open.places.of_point(other)
        shared = frozenset(shifts[0].keys() & shifts[1].keys())
        ends = Ends(name, other, here, there, "geodesic", ellipsoid, shared=shared)
        computed = distance_m(ellipsoid, here, there)
        expected, own = metres(clause.length), last_place_m(clause.length) / 2.0
        return Evaluated(
            clause, Quantity.DISTANCE, subject, "m", expected, computed, computed - expected,
            _within_m(clause.within), own, self.open.distance_m(ellipsoid, (here, there), shifts), ends,
        )  # fmt: skip

    def _ellipsoid(self) -> Ellipsoid:
        line = self.compiled.line
        return line.frame.ellipsoid if line.frame is not None else WGS84


def _all_unevaluated(clauses: tuple[Clause, ...], subject: str, why: str) -> Iterator[Unevaluated]:
    for clause in clauses:
        if not isinstance(clause, Words | Note):
            yield Unevaluated(clause, subject, why)


def _azimuth_between(ends: Ends) -> Floats:
    return azimuths(
        ends.kind, ends.ellipsoid, np.array([ends.start_place]), np.array([ends.end_place]), at_end=ends.at_end
    )


def _place(lonlat: Floats) -> Place:
    return float(lonlat[0]), float(lonlat[1])


def _within_m(within: Length | None) -> float | None:
    return metres(within) if within is not None else None
