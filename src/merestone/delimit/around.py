"""What a leg that is being drawn may ask of the rest of the description."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merestone.delimit.boundary_line import ReadingTaken
from merestone.delimit.choosing import choose
from merestone.delimit.drawn import trouble
from merestone.delimit.endings import AT_THE_START_M
from merestone.delimit.fix import ONE_UNIT_M, Place
from merestone.delimit.left_open import LeftOpen
from merestone.delimit.lengths import metres
from merestone.delimit.named_lines import feature_line, section_line
from merestone.description.named_lines import CircleAbout
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import Azimuth, Choice, Length, LineReference, Name, OnLeg, Reading
from merestone.diagnostics import Span
from merestone.geodesy.frame import Frame
from merestone.geodesy.intersect import intersect
from merestone.geodesy.line import Line

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
    ) -> tuple[float, float]:
        """Distance along the first line where the chosen meeting lies, and how exactly (m) it is met."""
        near = self.place(choice.point) if choice is not None and choice.point is not None else None
        crossings = intersect(first, second, first_produced=produced[0], second_produced=produced[1])
        if choice is None and len(crossings) > 1:
            # "until it meets" says which meeting is meant: the first after the start.
            crossings = tuple(each for each in crossings if each.along_first_m > AT_THE_START_M)[:1]
        chosen = choose(crossings, choice, near, self.frame.ellipsoid, span)
        return chosen.along_first_m, ONE_UNIT_M * max(1.0, chosen.shift_m_per_m)

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

    def left_open_m(self, which: str, against: Name | None, azimuth_deg: float) -> float:
        """What the print leaves open of the `start` or `end` of the leg against a point (None: its start), along an azimuth."""
        left = LeftOpen(self.computation)
        moved = left.of_start(self.leg) if which == "start" else left.of_end(self.leg)
        other = left.of_point(against.text) if against is not None else left.of_start(self.leg)
        east, north = math.sin(math.radians(azimuth_deg)), math.cos(math.radians(azimuth_deg))
        nothing = (0.0, 0.0)
        return sum(
            abs((moved.get(key, nothing)[0] - other.get(key, nothing)[0]) * east
                + (moved.get(key, nothing)[1] - other.get(key, nothing)[1]) * north)
            for key in moved.keys() | other.keys()
        )  # fmt: skip

    def metres(self, length: Length) -> float:
        """A printed length in metres."""
        return metres(length)

    def straight(self, span: Span | None) -> tuple[Reading, ReadingTaken]:
        """How "straight line" is to be read for this leg."""
        subject = f"leg {self.leg.name} of {self.leg.section.name.text}"
        return self.computation.straight(span, self.leg.node, subject)
