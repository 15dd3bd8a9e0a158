"""The boundary line: what a description compiles to.

A boundary line is sections of parts; a part is a compiled leg or a named gap. Its *defining* vertices are integers,
units of 1e-9 degree, in the frame of the description: they are what is signed and compared. Everything else (lengths,
azimuths, sigmas, densified vertices) is derived from them and from the description, and carries what it was derived from.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from merestone.description.tree import Clause, Description, Point, Section, Status, Words
from merestone.diagnostics import Diagnostic, Span
from merestone.geodesy.arrays import Floats, Integers
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Line
from merestone.geodesy.uncertainty import Component

UNITS_PER_DEGREE = 1_000_000_000
"""Canonical coordinates are whole numbers of 1e-9 degree (0.11 mm on the ground)."""

Units = Integers
"""Canonical coordinates, shape (n, 2): longitude, latitude in units of 1e-9 degree."""


class VertexSource(StrEnum):
    """What a defining vertex rests on."""

    COORDINATES = "coordinates"
    COMPUTED = "computed"
    TABLE = "table"
    LEG = "leg"
    """It arose inside a leg (a corner of a traverse, the end of `until it meets`)."""


@dataclass(frozen=True, slots=True)
class CompiledPoint:
    """A point of the description after compilation.

    `units` (2,) longitude, latitude in 1e-9 degree in the frame of the description; `tolerance_m` how exactly a
    recompilation must meet them (one unit, unless an intersection is ill-conditioned); `components` the uncertainty
    it inherits; `others` the distances in metres to the point's other definitions, by what they rest on.
    """

    name: str
    units: tuple[int, int]
    source: VertexSource
    tolerance_m: float
    components: tuple[Component, ...]
    others: tuple[tuple[str, float], ...]
    node: Point | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class ReadingTaken:
    """The reading of an open word that a leg was compiled with: its name, on whose authority, the alternatives kept."""

    name: str
    by: str | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompiledLeg:
    """One leg, or one chain of legs of the same kind.

    `line` is the curve in the frame the leg was computed in (`frame`); `vertices` (n, 2) are its defining vertices in
    the frame of the description, the first and last shared with its neighbours; `vertex_names` (n) names points
    ("" for a vertex without a name), `vertex_sources` (n); `across_sigma_m` (n,) the standard deviation across the
    line at each vertex; `lengths_m`, `azimuths_start_deg`, `azimuths_end_deg` (n - 1,) of the piece between
    neighbouring vertices; `tolerances_m` (n,).
    """

    name: str
    section: str
    kind: str
    said: str
    """The leg's canonical text in the language, on one line."""
    frame: Frame
    line: Line
    vertices: Units
    vertex_names: tuple[str, ...]
    vertex_sources: tuple[VertexSource, ...]
    tolerances_m: Floats
    lengths_m: Floats
    azimuths_start_deg: Floats
    azimuths_end_deg: Floats
    across_sigma_m: Floats
    components: tuple[Component, ...]
    reading: ReadingTaken | None
    clauses: tuple[Clause, ...]
    span: Span | None

    @property
    def words(self) -> tuple[Words, ...]:
        """The instrument's words for this leg."""
        return tuple(clause for clause in self.clauses if isinstance(clause, Words))

    @property
    def length_m(self) -> float:
        """Length of the whole leg in metres."""
        return float(self.lengths_m.sum())


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the line that could not be computed: named, with the reason, between the points that are known."""

    name: str
    section: str
    said: str
    why: Diagnostic
    start: str | None
    end: str | None
    clauses: tuple[Clause, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class CompiledSection:
    """A section or ring: its parts in order. `right`/`left` (for a ring: inside/outside) are parties' identities,
    `nobody`, `open`, or None where nothing is said."""

    name: str
    title: str | None
    ring: bool
    right: str | None
    left: str | None
    status: Status | None
    parts: tuple[CompiledLeg | Gap, ...]
    node: Section

    @property
    def legs(self) -> tuple[CompiledLeg, ...]:
        """The legs that were computed."""
        return tuple(part for part in self.parts if isinstance(part, CompiledLeg))

    @property
    def length_m(self) -> float:
        """Length in metres of what was computed."""
        return sum(leg.length_m for leg in self.legs)


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What computed the line: for information; it takes no part in the canonical bytes that are compared."""

    merestone: str
    proj: str
    python: str


@dataclass(frozen=True, slots=True)
class BoundaryLine:
    """A whole compiled description.

    `frame` is the frame of the vertices, None where it is unstated and no reading was declared (then there is no
    geographic export). `reading_by` says whose reading it is; until a register holds it effective every export says
    so, and "not agreed". `area_m2` of rings by section name.
    """

    title: str
    reading_by: str
    description: Description
    frame: Frame | None
    frame_reading: ReadingTaken | None
    points: tuple[CompiledPoint, ...]
    sections: tuple[CompiledSection, ...]
    areas_m2: tuple[tuple[str, float], ...]
    toolchain: Toolchain

    @property
    def legs(self) -> tuple[CompiledLeg, ...]:
        """Every leg that was computed, in order."""
        return tuple(leg for section in self.sections for leg in section.legs)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every part that was not."""
        return tuple(part for section in self.sections for part in section.parts if isinstance(part, Gap))

    @property
    def length_m(self) -> float:
        """Length in metres of what was computed."""
        return sum(section.length_m for section in self.sections)
