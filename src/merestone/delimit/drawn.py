"""What a kind of leg is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from merestone.delimit.boundary_line import ReadingTaken
from merestone.delimit.fix import ONE_UNIT_M, Bearing, Place
from merestone.description.named_lines import CircleAbout
from merestone.description.tree import Azimuth, Choice, Length, LineReference, Name, OnLeg, Reading
from merestone.diagnostics import Diagnostic, Severity, Span
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Line


class TroubleError(Exception):
    """Ends the computation of one leg or point with a finding; the rest compiles."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.sentence)
        self.finding = finding


def trouble(code: str, sentence: str, span: Span | None, hint: str, subject: str | None = None) -> TroubleError:
    """The exception that ends a computation with a finding.

    What the words leave open (O) and what is not yet compiled (N) leaves a gap, and the text is not wrong for it.
    """
    severity = {"O": Severity.OPEN, "N": Severity.WARNING}.get(code[0], Severity.ERROR)
    return TroubleError(Diagnostic(code, severity, sentence, span, hint=hint, subject=subject))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A leg as drawn: the curve in the leg's own frame, the reading it was drawn with, and how exactly its end is met.

    `findings` are what came up while it was drawn.
    """

    line: Line
    reading: ReadingTaken | None = None
    end_tolerance_m: float = ONE_UNIT_M
    findings: tuple[Diagnostic, ...] = ()
    kind: str | None = None
    """The kind of line where straight pieces join its ends to printed places; None: that of the line."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where a line meets another: how far along it in metres, and how exactly (m); by how much the place shifts for each
    metre that the other is shifted across itself; how far along the next meeting lies, None for none."""

    along_m: float
    tolerance_m: float
    shift_m_per_m: float
    next_m: float | None


class Surroundings(Protocol):
    """What the rest of the description offers to a leg that is being drawn; places are in the leg's frame."""

    def place(self, name: Name) -> Place:
        """Where a point lies; raises `TroubleError` where it has no place."""

    def line(self, reference: LineReference) -> Line:
        """The line that is referred to; raises `TroubleError`."""

    def meeting(
        self, first: Line, second: Line, choice: Choice | None, span: Span | None, produced: tuple[bool, bool]
    ) -> Meeting:
        """Where the first line meets the second, at the chosen intersection; raises `TroubleError`."""

    def leg_line(self, reference: OnLeg) -> Line:
        """A leg of this description as a line."""

    def section_line(self, section: Name) -> Line:
        """A whole section of this description as one line."""

    def feature_line(self, feature: Name) -> Line:
        """The line that the head binds a feature to; raises `TroubleError`."""

    def true_azimuth_deg(self, azimuth: Azimuth, place: Place) -> float:
        """An azimuth in degrees from true north at a place, whatever north its print counts from."""

    def produced(self, reference: LineReference) -> bool:
        """Whether the line that is referred to is meant beyond its ends."""

    def courses(self, table: Name) -> tuple[tuple[Azimuth, Length], ...]:
        """The courses of a table, each a direction and a length; raises `TroubleError`."""

    def circle(self, name: Name) -> CircleAbout:
        """What a construction circle of this description is; raises `TroubleError`."""

    def left_open_m(
        self, which: str, against: Name | LineReference | None, azimuth_deg: float, at: Place | None = None
    ) -> float:
        """What the print leaves open of the `start` or `end` of the leg, along an azimuth, against a point (None: its
        start) or a line, which is taken beside that end or at the place `at`."""

    def passing_open_m(self, reference: LineReference, end: int, along_m: float, whole: Line) -> float:
        """What the print leaves open of the distance by which the leg passes an end (0, 1) of a line, `along_m` from its
        start on its `whole` course."""

    def left_open_of(self, miss: Callable[[Any, Setting], float]) -> dict[str, float]:
        """What half a unit of each print that the leg rests on changes of a figure of the leg."""

    def metres(self, length: Length) -> float:
        """A printed length in metres."""

    def straight(self, span: Span | None) -> tuple[Reading, ReadingTaken]:
        """How "straight line" is to be read here; raises `TroubleError` where nothing is declared."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a leg stands: its frame, its start, and its end where the words give one.

    `end` is a `Bearing` where the point it runs to is a direction only, None where the ending names no point.
    """

    subject: str
    frame: Frame
    start: Place
    end: Place | Bearing | None
    ending: Any
    span: Span
    around: Surroundings

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid of the leg's frame."""
        return self.frame.ellipsoid


class LegGeometry(Protocol):
    """How a kind of leg is drawn: its node and where it stands -> the leg as drawn; raises `TroubleError`."""

    def __call__(self, node: Any, setting: Setting) -> Drawn:
        """The leg as drawn."""


Between = Callable[[Place, Place], Line]
"""How a kind runs from one place to another."""

Ray = Callable[[Place, float], Line]
"""How a kind runs from a place for a length in metres."""
