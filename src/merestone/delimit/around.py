"""What a leg that is being drawn may ask of the rest of the description."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from merestone.delimit.boundary_line import ReadingTaken
from merestone.delimit.choosing import choose
from merestone.delimit.drawn import Meeting, Setting, trouble
from merestone.delimit.endings import AT_THE_START_M
from merestone.delimit.fix import ONE_UNIT_M, Place
from merestone.delimit.left_open import LeftOpen, Shifts, apart_m
from merestone.delimit.lengths import metres
from merestone.delimit.named_lines import feature_line, section_line
from merestone.description.named_lines import CircleAbout
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import (
    Azimuth,
    Choice,
    ForDistance,
    Leg,
    Length,
    LineReference,
    Name,
    Number,
    OnLeg,
    Reading,
    ToPoint,
)
from merestone.diagnostics import Span
from merestone.geodesy.frame import Frame
from merestone.geodesy.intersect import intersect
from merestone.geodesy.line import Floats, Line

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation


@dataclass(frozen=True, slots=True)
class Around:
    """What a leg may ask of the description: `Surroundings` for one leg in one frame."""

    computation: Computation
    leg: ResolvedLeg
    frame: Frame

    def place(self, name: Name) -> Place:
        """Where a point lies, in the frame of the leg."""
        return self.computation.place_of(name, self.frame)

    def line(self, reference: LineReference) -> Line:
        """The line that is referred to, in the frame of the leg."""
        return self.computation.line(reference, self.frame, self.leg)

    def meeting(
        self, first: Line, second: Line, choice: Choice | None, span: Span | None, produced: tuple[bool, bool]
    ) -> Meeting:
        """Where the first line meets the second, at the chosen intersection."""
        near = self.place(choice.point) if choice is not None and choice.point is not None else None
        crossings = found = intersect(first, second, first_produced=produced[0], second_produced=produced[1])
        if choice is None and len(crossings) > 1:
            # "until it meets" says which meeting is meant: the first after the start.
            crossings = tuple(each for each in crossings if each.along_first_m > AT_THE_START_M)[:1]
        chosen = choose(crossings, choice, near, self.frame.ellipsoid, span)
        later = [each.along_first_m for each in found if each.along_first_m > chosen.along_first_m + AT_THE_START_M]
        shift = chosen.shift_m_per_m
        return Meeting(chosen.along_first_m, ONE_UNIT_M * max(1.0, shift), shift, min(later, default=None))

    def leg_line(self, reference: OnLeg) -> Line:
        """Another leg as a line."""
        target = self.computation.leg_referred_to(reference, self.leg)
        frame = self.computation.frames.of_legs(target.node.frame)
        return self.computation.in_frame(self.computation.drawing(target).line, frame, self.frame, reference)

    def section_line(self, section: Name) -> Line:
        """Another section as one line."""
        if self.leg in self.computation.legs_of(section.text):
            raise trouble(
                "R403", f"section {section.text} cannot be run along here", section.span, "name another section"
            )
        return section_line(section, self.frame, self.computation)

    def feature_line(self, feature: Name) -> Line:
        """The line that the head binds a feature to."""
        return feature_line(feature, self.frame, self.computation)

    def true_azimuth_deg(self, azimuth: Azimuth, place: Place) -> float:
        """An azimuth in degrees from true north at a place."""
        return self.computation.true_azimuth_deg(azimuth, place, self.frame)

    def produced(self, reference: LineReference) -> bool:
        """Whether the line that is referred to is meant beyond its ends."""
        return self.computation.produced(reference)

    def courses(self, table: Name) -> tuple[tuple[Azimuth, Length], ...]:
        """The courses of a table; raises `TroubleError` where there is none of that name."""
        found = self.computation.resolved.courses.get(table.text)
        if found is None:
            raise trouble("R401", f"no table of courses is called {table.text}", table.span, "define it")
        return tuple((course.azimuth, course.length) for course in found.courses)

    def circle(self, name: Name) -> CircleAbout:
        """What a construction circle is; raises `TroubleError` where there is none of that name."""
        found = self.computation.resolved.constructions.get(name.text)
        if found is None or not isinstance(found.line, CircleAbout):
            raise trouble("R401", f"no construction circle is called {name.text}", name.span, "define it in the head")
        return found.line

    def left_open_m(
        self, which: str, against: Name | LineReference | None, azimuth_deg: float, at: Place | None = None
    ) -> float:
        """What the print leaves open of the `start` or `end` of the leg along an azimuth, against a point or a line.

        The line is taken beside that end of the leg, or at the place `at`.
        """
        if self.computation.trial:
            return math.inf
        left = LeftOpen(self.computation)
        moved = left.of_start(self.leg) if which == "start" else left.of_end(self.leg)
        return apart_m(moved, self._moving(left, which, against, at), azimuth_deg)

    def _moving(self, left: LeftOpen, which: str, against: Name | LineReference | None, at: Place | None) -> Shifts:
        """How the start of the leg (None), a point, or a line beside one end of the leg, moves with the print."""
        match against:
            case None:
                return left.of_start(self.leg)
            case Name():
                return left.of_point(against.text)
            case _:
                beside = self.computation.start_of(self.leg, self.frame) if which == "start" else self._end()
                return left.of_line(against, beside if at is None else at, self.frame, self.leg)

    def _end(self) -> Place:
        node = self.leg.node
        if not isinstance(node, Leg) or not isinstance(node.ending, ToPoint):
            raise TypeError("a leg that ends at a point")
        return self.place(node.ending.point)

    def passing_open_m(self, reference: LineReference, end: int, along_m: float, whole: Line) -> float:
        """What the print leaves open of how far beside an end of a line the leg passes, `along_m` from its start."""
        if self.computation.trial or not isinstance(self.leg.node, Leg):
            return math.inf
        left = LeftOpen(self.computation)
        run_m = Decimal(round(along_m + min(1_000.0, whole.length_m - along_m - 1.0)))
        ran = ForDistance(Length(Number(str(run_m), run_m, Decimal(0)), "m"))
        place = _place(self.line(reference).ends[end])

        def aside_m(computation: Computation, leg: ResolvedLeg) -> float:
            return float(computation.redrawn(leg).line.nearest(np.array([place])).separation_m[0])

        of_course = left.of_figure(replace(self.leg, node=replace(self.leg.node, ending=ran)), aside_m)
        left_deg = float(whole.azimuth(np.array([along_m]))[0]) - 90.0
        east, north = math.sin(math.radians(left_deg)), math.cos(math.radians(left_deg))
        of_end = left.of_line(reference, place, self.frame, self.leg)
        moved = {key: east * each[0] + north * each[1] for key, each in of_end.items()}
        return sum(abs(of_course.get(key, 0.0) + moved.get(key, 0.0)) for key in of_course.keys() | moved.keys())

    def left_open_of(self, miss: Callable[[Any, Setting], float]) -> dict[str, float]:
        """What half a unit of each print changes of a figure of the leg as it stands; a trial has everything open."""
        if self.computation.trial:
            return {"a trial": math.inf}

        def figure(computation: Computation, leg: ResolvedLeg) -> float:
            return miss(leg.node.kind, computation.setting(leg))

        return LeftOpen(self.computation).of_figure(self.leg, figure)

    def metres(self, length: Length) -> float:
        """A printed length in metres."""
        return metres(length)

    def straight(self, span: Span | None) -> tuple[Reading, ReadingTaken]:
        """How "straight line" is to be read for this leg."""
        subject = f"leg {self.leg.name} of {self.leg.section.name.text}"
        return self.computation.straight(span, self.leg.node, subject)


def _place(lonlat: Floats) -> Place:
    return float(lonlat[0]), float(lonlat[1])
