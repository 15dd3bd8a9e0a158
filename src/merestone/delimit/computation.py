"""The computation of a description: points and legs, each when it is first needed, each once.

Points may rest on legs (a foot, an intersection) and legs on points, so neither can all be done first: what is asked
for is computed with what it needs, and kept. Circles were reported by the resolver; here they end in a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

import numpy as np

from merestone.delimit import definitions, named_lines, norths
from merestone.delimit.around import Around
from merestone.delimit.authority import authority
from merestone.delimit.boundary_line import CompiledLeg, ReadingTaken
from merestone.delimit.canonical import degrees_of
from merestone.delimit.chains import draw_chain
from merestone.delimit.drawn import Drawn, LegGeometry, Setting, TroubleError, trouble
from merestone.delimit.fix import Bearing, Fix, Place
from merestone.delimit.frames_in_use import FramesInUse
from merestone.delimit.joining import Joint, joint_of
from merestone.delimit.keys import key_of_leg
from merestone.delimit.legs import geodesic
from merestone.delimit.memory import Memory
from merestone.delimit.source_line import SourceKey, SourceLine
from merestone.delimit.store import LegStore, NoStore, from_value, to_value
from merestone.delimit.straight import as_read, longest_ray_m, name_of, ray_as_read
from merestone.delimit.table_points import TablePoints
from merestone.delimit.unread_points import check_every_point_read
from merestone.description.circles import needed_first
from merestone.description.conventions import conventions_of
from merestone.description.legs.along_feature import AlongFeatureLeg
from merestone.description.legs.geodesic import GeodesicLeg
from merestone.description.legs.offset import OffsetLeg
from merestone.description.named_lines import (
    CircleAbout,
    FromTowards,
    OnConstruction,
    OnSection,
    OnSource,
    ThroughPoint,
    ThroughPoints,
)
from merestone.description.needs import find_leg, need_of
from merestone.description.resolved import Need, Resolved, ResolvedLeg
from merestone.description.tree import (
    Azimuth,
    Between,
    Coordinate,
    FromAzimuth,
    Leg,
    LegChain,
    LineReference,
    Name,
    OnFeature,
    OnLeg,
    OnMeridian,
    OnParallel,
    Point,
    PointDefinition,
    PointTable,
    Reading,
    ReadingKind,
    Refused,
    StraightKind,
    ToPoint,
)
from merestone.diagnostics import Diagnostic, Span
from merestone.errors import GeometryError, NoProjectionError
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Line

MISSING = "this needs what could not be computed"


@dataclass(slots=True)
class Computation:
    """Everything computed so far, and what it is computed from.

    `findings` gathers what came up; a point or leg that failed is kept as its finding, so that it is reported once
    and what depends on it refers to it. `memory` is what the run before left; `compiled` are the legs taken from it, and
    `plain` the two ends of those that it may keep for the next. `grid_remarks` are what is said of rectangular
    coordinates, `grid_units_m` the lengths of their units in metres, point by point.
    """

    resolved: Resolved
    frames: FramesInUse
    geometry: Mapping[type, LegGeometry]
    table_points: TablePoints
    print_leg: Callable[[Leg | LegChain], str]
    store: LegStore
    findings: list[Diagnostic] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    plain: dict[tuple[str, str], tuple[Fix, Fix]] = field(default_factory=dict)
    compiled: dict[tuple[str, str], CompiledLeg] = field(default_factory=dict)
    fixes: dict[str, Fix | Bearing | Diagnostic] = field(default_factory=dict)
    drawings: dict[tuple[str, str], Drawn | Diagnostic] = field(default_factory=dict)
    constructions: dict[tuple[str, Frame], Line | Diagnostic] = field(default_factory=dict)
    under_way: set[str] = field(default_factory=set)
    others: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    keys: dict[tuple[str, str], str | Diagnostic] = field(default_factory=dict)
    joints: dict[tuple[str, str], Joint | Diagnostic | None] = field(default_factory=dict)
    grid_remarks: list[Diagnostic] = field(default_factory=list)
    grid_units_m: dict[str, float] = field(default_factory=dict)
    source_lines: Mapping[SourceKey, SourceLine | Diagnostic] = field(default_factory=dict)
    declared: str = ""
    """What the head declares of how numbers are printed: the same print is another number under another declaration."""
    trial: bool = False
    """Whether places are moved only to see what moves with them: nothing is then refused for what its print leaves open."""
    _reported: set[Diagnostic] = field(default_factory=set)
    _legs_by_name: dict[str, list[ResolvedLeg]] = field(default_factory=dict)
    _legs_of: dict[str, list[ResolvedLeg]] = field(default_factory=dict)
    _before: dict[tuple[str, str], ResolvedLeg] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reported.update(self.findings)
        self.declared = repr(conventions_of(self.resolved.description.statements))
        self.memory.begin((self.frames.description, self.frames.default_legs, self.resolved.numbers))
        for leg in self.resolved.legs.values():
            self._legs_by_name.setdefault(leg.name, []).append(leg)
            section = self._legs_of.setdefault(leg.section.name.text, [])
            if section:
                self._before[leg.section.name.text, leg.name] = section[-1]
            section.append(leg)

    def legs_of(self, section: str) -> Sequence[ResolvedLeg]:
        """The legs of a section in order."""
        return self._legs_of.get(section, ())

    # ---- points --------------------------------------------------------------------------------------------------

    def fix(self, name: Name) -> Fix | Bearing:
        """Where a point came to lie; raises `TroubleError` (without a second report) where it has no place."""
        known = self.fixes.get(name.text)
        if known is None:
            known = self._compute_fix(name)
            self.fixes[name.text] = known
        if isinstance(known, Diagnostic):
            raise TroubleError(known)
        return known

    def _compute_fix(self, name: Name) -> Fix | Bearing | Diagnostic:
        point = self.resolved.points.get(name.text)
        row = self.table_points.fix(name.text) if point is None else None
        if row is not None:
            return row
        if point is None:
            unknown = trouble("R401", f"no point is called {name.text}", name.span, "define it").finding
            if not {f"point {name.text}", f"row {name.text}"}.isdisjoint(self.resolved.refused):
                self._reported.add(unknown)  # by the parser, at the statement that means nothing
            return unknown
        circle = self.resolved.circular.get(("point", name.text))
        if circle is not None:
            return circle
        key = f"point {name.text}"
        if key in self.under_way:
            return trouble("R403", f"the definition of {name.text} goes round in a circle", name.span, MISSING).finding
        self.under_way.add(key)
        try:
            kept = self.memory.fix(point)
            if kept is not None:
                return kept
            fix = definitions.compute(point, self)
        except TroubleError as ended:
            self.report(ended.finding)
            return ended.finding
        else:
            if isinstance(fix, Fix):
                self.memory.keep_fix(point, fix)
            return fix
        finally:
            self.under_way.discard(key)

    def constructed(self, point: Point, definition: PointDefinition) -> Place:
        """The place of a definition that is computed from other points and lines, in the frame of legs."""
        return definitions.construct(point, definition, self).place

    def attempt(self, name: Name) -> Fix | Bearing | None:
        """Where a point came to lie, None where that failed (which is reported)."""
        try:
            return self.fix(name)
        except TroubleError:
            return None

    def fixes_of_leg(self, reference: OnLeg, here: ResolvedLeg | None) -> list[Fix | Bearing]:
        """The fixes of the points that a leg runs between; `here` is the leg that refers to it."""
        leg = self.leg_referred_to(reference, here)
        names = [leg.start] if leg.start is not None else []
        if isinstance(leg.node, LegChain):
            names += [*leg.node.points, *([leg.node.up_to] if leg.node.up_to is not None else [])]
        elif isinstance(leg.node.ending, ToPoint):
            names.append(leg.node.ending.point)
        return [fix for name in names if (fix := self.attempt(name)) is not None]

    def place_of(self, name: Name, frame: Frame) -> Place:
        """Longitude and latitude of a point in a frame, in degrees."""
        fix = self.fix(name)
        if isinstance(fix, Bearing):
            raise trouble("O609", f"{name.text} is a direction only and has no place", name.span, "give it coordinates")
        return self.frames.from_description(fix.place, frame)

    def chain_points(self, chain: LegChain) -> tuple[Name, ...]:
        """The points that a chain runs through; `A to D` means every point that the text defines from A to D."""
        if chain.up_to is None:
            return chain.points
        names = self.written_points()
        try:
            first, last = names.index(chain.points[0].text), names.index(chain.up_to.text)
        except ValueError:
            unknown = next(each for each in (chain.points[0], chain.up_to) if each.text not in names)
            raise trouble("R401", f"no point is called {unknown.text}", unknown.span, "name a point") from None
        if last < first:
            raise trouble(
                "R410",
                f"{chain.up_to.text} is defined before {chain.points[0].text}",
                chain.up_to.span,
                "name the two the other way round, or list the points one by one",
            )
        return tuple(Name(name, chain.span) for name in names[first : last + 1])

    def written_points(self) -> list[str]:
        """The names of all points in the order of the text, those of tables row by row."""
        names: list[str] = []
        for statement in self.resolved.description.statements:
            if isinstance(statement, Point):
                names.append(statement.name.text)
            elif isinstance(statement, PointTable) and statement.name.text in self.table_points.columns:
                names += self.table_points.names(statement.name.text)
        return names

    # ---- legs ----------------------------------------------------------------------------------------------------

    def drawing(self, leg: ResolvedLeg) -> Drawn:
        """A leg as drawn; raises `TroubleError` where it cannot be."""
        key = (leg.section.name.text, leg.name)
        known = self.drawings.get(key)
        if known is None:
            known = self._draw(leg)
            self.drawings[key] = known
        if isinstance(known, Diagnostic):
            raise TroubleError(known)
        return known

    def _draw(self, leg: ResolvedLeg) -> Drawn | Diagnostic:
        circle = self.resolved.circular.get(need_of(leg))
        if circle is not None:
            return circle
        key = f"leg {leg.name} of {leg.section.name.text}"
        if key in self.under_way:
            return trouble("R403", f"the definition of {key} goes round in a circle", leg.node.span, MISSING).finding
        self.under_way.add(key)
        try:
            drawn = self._kept_or_drawn(leg)
        except TroubleError as ended:
            self.report(ended.finding)
            return ended.finding
        except GeometryError as error:
            hint = "check the projection" if isinstance(error, NoProjectionError) else "check its points"
            finding = trouble("G504", f"{key} cannot be drawn: {error}", leg.node.span, hint, key).finding
            self.report(finding)
            return finding
        else:
            for finding in drawn.findings:
                self.report(finding)
            return drawn
        finally:
            self.under_way.discard(key)

    def compute_points(self) -> None:
        """Compute every point, and before it the points and legs that it needs: no definition nests in another."""
        needs = self.resolved.needs
        for need in needed_first((("point", name) for name in self.resolved.points), needs):
            self._compute(need)

    def draw_legs(self) -> None:
        """Draw every leg, and before it the legs that it needs."""
        self.draw_plain_geodesics()
        left = [leg for place, leg in self.resolved.legs.items() if place not in self.drawings]
        for need in needed_first(map(need_of, left), self.resolved.needs):
            self._compute(need)

    def draw_constructions(self) -> None:
        """Draw every construction line and circle, so that what is wrong with one is found though nothing uses it."""
        for name in self.resolved.constructions:
            self._compute(("construction", name))

    def _compute(self, need: Need) -> None:
        try:
            match need[0]:
                case "point":
                    self.fix(self.resolved.points[need[1]].name)
                case "leg":
                    self.drawing(self.resolved.legs[need[1], need[2]])
                case "construction":
                    named = self.resolved.constructions[need[1]]
                    self.line(OnConstruction(named.name, named.circle), self.frames.of_legs(None))
        except TroubleError:
            return  # reported, and kept as the finding

    def draw_plain_geodesics(self) -> None:
        """Draw at once every leg that is simply a geodesic from point to point, in the frame of all legs.

        They are what long descriptions consist of. What needs care (an end without a place, nearly opposite ends) is
        left to be drawn singly, with its finding.
        """
        frame = self.frames.of_legs(None)
        if not isinstance(self.store, NoStore) or frame != self.frames.description:
            return
        if self.geometry.get(GeodesicLeg) is not geodesic.draw:
            return
        legs: list[ResolvedLeg] = []
        places: list[tuple[Place, Place]] = []
        for leg in self.resolved.legs.values():
            node = leg.node
            if leg.start is None or type(node) is not Leg or node.frame is not None or type(node.ending) is not ToPoint:
                continue
            if type(node.kind) is not GeodesicLeg or node.kind.azimuth is not None:
                continue
            start, end = self.fixes.get(leg.start.text), self.fixes.get(node.ending.point.text)
            if not isinstance(start, Fix) or not isinstance(end, Fix):
                continue
            place = (leg.section.name.text, leg.name)
            kept = self.memory.leg(leg, start, end)
            if kept is not None:
                self.compiled[place] = kept
                self.drawings[place] = Drawn(kept.line)
            else:
                legs.append(leg)
                self.plain[place] = start, end
                places.append((start.place, end.place))
        if not legs:
            return
        pairs = np.array(places)
        for leg, line in zip(legs, geodesic.draw_many(frame.ellipsoid, pairs[:, 0], pairs[:, 1]), strict=True):
            if line is not None:
                self.drawings[leg.section.name.text, leg.name] = Drawn(line)
            else:
                del self.plain[leg.section.name.text, leg.name]

    def key(self, leg: ResolvedLeg) -> str:
        """The key that the drawing of a leg is kept under; raises `TroubleError` where a part of it has none."""
        place = (leg.section.name.text, leg.name)
        key = self.keys.get(place)
        if key is None:
            circle = self.resolved.circular.get(need_of(leg))
            try:
                key = circle if circle is not None else key_of_leg(leg, self)
            except TroubleError as ended:
                key = ended.finding
            self.keys[place] = key
        if isinstance(key, Diagnostic):
            raise TroubleError(key)
        return key

    def _check_points(self, leg: ResolvedLeg) -> None:
        """Raise `TroubleError` for a chain through points that are not known: no such table, or one that is unread."""
        table = leg.node.table if isinstance(leg.node, LegChain) else None
        if table is not None and table.text not in self.table_points.columns:
            code = "R409" if table.text in self.resolved.tables else "R401"
            subject = f"leg {leg.name} of {leg.section.name.text}"
            sentence = f"{subject} runs through the table {table.text}, whose points are not known"
            raise trouble(code, sentence, table.span, "the leg stays a named gap until the table can be read", subject)
        if isinstance(leg.node, LegChain):
            check_every_point_read(leg.node, f"leg {leg.name} of {leg.section.name.text}", self)

    def _kept_or_drawn(self, leg: ResolvedLeg) -> Drawn:
        self._check_points(leg)
        if isinstance(self.store, NoStore):
            return self._drawn(leg)
        try:
            key = self.key(leg)
        except TroubleError:
            return self._drawn(leg)  # which says what is the matter
        value = self.store.get(key)
        kept = from_value(value, key) if value is not None else None
        if kept is not None:
            return kept
        drawn = self._drawn(leg)
        fresh = to_value(drawn, key)
        if fresh is not None:
            self.store.put(key, fresh)
        return drawn

    def redrawn(self, leg: ResolvedLeg) -> Drawn:
        """A leg drawn anew, whatever was kept of it; raises `TroubleError` where it cannot be."""
        return self._drawn(leg)

    def _drawn(self, leg: ResolvedLeg) -> Drawn:
        node = leg.node
        subject = f"leg {leg.name} of {leg.section.name.text}"
        if isinstance(node.kind, Refused):
            raise TroubleError(node.kind.why)
        draw = self.geometry.get(type(node.kind))
        if draw is None:
            raise trouble(
                "N901",
                f"{subject} follows a feature, which is not yet compiled",
                node.span,
                "the rest of the line compiles; this leg stays a named gap",
                subject,
            )
        if isinstance(node.kind, AlongFeatureLeg | OffsetLeg):
            named_lines.bound_line(node.kind.feature, self, subject)
        if isinstance(node, LegChain):
            return draw_chain(leg, node, subject, self.frames.of_legs(node.frame), self, draw)
        return draw(node.kind, self.setting(leg))

    def setting(self, leg: ResolvedLeg) -> Setting:
        """Where a leg stands; raises `TroubleError` where it has nowhere to start."""
        node, frame = leg.node, self.frames.of_legs(leg.node.frame)
        if isinstance(node, LegChain):
            raise TypeError("a chain stands at many places")
        end = self._end(node.ending.point, frame) if isinstance(node.ending, ToPoint) else None
        subject = f"leg {leg.name} of {leg.section.name.text}"
        return Setting(subject, frame, self.start_of(leg, frame), end, node.ending, node.span, Around(self, leg, frame))

    def start_of(self, leg: ResolvedLeg, frame: Frame) -> Place:
        """Where a leg starts, in a frame: at its point, else where the leg before it ends."""
        if leg.start is not None:
            return self.place_of(leg.start, frame)
        before = self.leg_before(leg)
        if before is None:
            raise trouble("R406", f"leg {leg.name} has nowhere to start", leg.node.span, "write `from POINT` before it")
        line = self.drawing(before).line
        end = (float(line.ends[1, 0]), float(line.ends[1, 1]))
        return self.frames.between(end, self.frames.of_legs(before.node.frame), frame)

    def joint(self, leg: ResolvedLeg, chain: LegChain) -> Joint | Diagnostic | None:
        """Where a chain is joined to what stands before it; a finding where that place is not known."""
        place = (leg.section.name.text, leg.name)
        if place not in self.joints:
            self.joints[place] = joint_of(leg, chain, self)
        return self.joints[place]

    def leg_before(self, leg: ResolvedLeg) -> ResolvedLeg | None:
        """The leg before this one in its section."""
        return self._before.get((leg.section.name.text, leg.name))

    def _end(self, name: Name, frame: Frame) -> Place | Bearing:
        fix = self.fix(name)
        return fix if isinstance(fix, Bearing) else self.frames.from_description(fix.place, frame)

    def leg_referred_to(self, reference: OnLeg, leg: ResolvedLeg | None) -> ResolvedLeg:
        """The leg that a reference means."""
        here = leg.section if leg is not None else None
        found = find_leg(self.resolved.legs, self._legs_by_name, reference, here)
        if found is None:
            raise trouble("R401", f"no leg is called {reference.leg.text}", reference.leg.span, "name a leg")
        return found

    # ---- lines ---------------------------------------------------------------------------------------------------

    def line(self, reference: LineReference, frame: Frame, leg: ResolvedLeg | None = None) -> Line:
        """The line that is referred to, in a frame."""
        match reference:
            case OnParallel():
                return named_lines.whole_parallel(frame, self.degrees(reference.latitude))
            case OnMeridian():
                return named_lines.whole_meridian(frame, self.degrees(reference.longitude))
            case OnLeg():
                target = self.leg_referred_to(reference, leg)
                return self.in_frame(
                    self.drawing(target).line, self.frames.of_legs(target.node.frame), frame, reference
                )
            case Between():
                reading = self.reading_of(reference.kind, reference.projection, reference.span)
                return as_read(
                    reading, frame, self.place_of(reference.start, frame), self.place_of(reference.end, frame)
                )
            case FromAzimuth():
                reading = self.reading_of(reference.kind, reference.projection, reference.span)
                start = self.place_of(reference.start, frame)
                azimuth_deg = self.true_azimuth_deg(reference.azimuth, start, frame)
                length_m = longest_ray_m(reading, frame.ellipsoid, start, azimuth_deg)
                return ray_as_read(reading, frame.ellipsoid, start, azimuth_deg, length_m, "the line", reference.span)
            case (
                CircleAbout()
                | FromTowards()
                | ThroughPoint()
                | ThroughPoints()
                | OnSection()
                | OnSource()
                | OnConstruction()
            ):
                return named_lines.line_of(reference, frame, self)
            case OnFeature():
                return named_lines.line_of(reference, frame, self)
            case _:
                assert_never(reference)

    def true_azimuth_deg(self, azimuth: Azimuth, place: Place, frame: Frame) -> float:
        """An azimuth in degrees from true north at a place, whatever north its print counts from."""
        return norths.true_azimuth_deg(azimuth, place, frame, self.resolved.north)

    def produced(self, reference: LineReference) -> bool:
        """Whether the line that is referred to is meant beyond its ends."""
        return named_lines.produced(reference, self)

    def in_frame(self, line: Line, source: Frame, target: Frame, reference: OnLeg) -> Line:
        """The line, which must be in the frame that it is used in."""
        if source != target:
            raise trouble(
                "F806",
                f"leg {reference.leg.text} is computed in {source.name} and used in {target.name}",
                reference.span,
                "compute both in one frame, with `in FRAME` or `legs in FRAME`",
            )
        return line

    def reading_of(self, kind: StraightKind | None, projection: Name | None, span: Span) -> Reading:
        """The kind of line that is said, or, where it is "straight" or none is said, the declared reading of it."""
        match kind:
            case StraightKind.GEODESIC:
                return Reading(ReadingKind.GEODESIC)
            case StraightKind.LOXODROME:
                return Reading(ReadingKind.LOXODROME)
            case StraightKind.PROJECTED:
                return Reading(ReadingKind.PROJECTED, projection)
            case StraightKind.STRAIGHT | None:
                return self.straight(span)[0]
            case _:
                assert_never(kind)

    def straight(
        self, span: Span | None, leg: Leg | LegChain | None = None, subject: str | None = None
    ) -> tuple[Reading, ReadingTaken]:
        """How "straight line" is read: as the leg declares, else as the description does."""
        declared = leg.read_as if leg is not None and leg.read_as is not None else self.resolved.straight
        if declared is None:
            raise trouble(
                "O601",
                "the kind of this straight line is left open, and no reading is declared",
                span,
                "write `reading of straight lines: geodesic by «WHO»` in the head, or `read as ...` on the leg",
                subject,
            )
        also = tuple(name_of(each) for each in declared.also)
        return declared.reading, ReadingTaken(name_of(declared.reading), authority(declared.by), also)

    def degrees(self, coordinate: Coordinate | Name) -> float:
        """A printed latitude or longitude in degrees; words through their declared reading."""
        if isinstance(coordinate, Name):
            reading = self.resolved.words.get(coordinate.text)
            if reading is None:
                raise trouble("R407", f"«{coordinate.text}» has no reading", coordinate.span, "declare one")
            coordinate = reading.value
        return degrees_of(coordinate)

    def report(self, finding: Diagnostic) -> None:
        """Add a finding once."""
        if finding not in self._reported:
            self._reported.add(finding)
            self.findings.append(finding)
