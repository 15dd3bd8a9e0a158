"""Lines that exist only so that others can refer to them, and the statements that name them.

Nothing here is part of a boundary: no length, area, vertex or export comes of it. `merestone.description.tree` joins
these records to its unions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merestone.description.tree import NOWHERE, DeclaredReading, Length, Name, StraightKind
from merestone.diagnostics import Span

if TYPE_CHECKING:
    from merestone.description.tree import LineReference


@dataclass(frozen=True, slots=True)
class CircleAbout:
    """The whole circle at a constant geodesic distance from a point."""

    radius: Length
    centre: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ThroughPoint:
    """The whole parallel, or the whole meridian, that passes through a point."""

    point: Name
    meridian: bool
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FromTowards:
    """A line of a kind that leaves a point, aimed at another, and runs on beyond it."""

    kind: StraightKind
    start: Name
    aim: Name
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ThroughPoints:
    """Lines of one kind from point to point: through points that are named, or through the points of a table."""

    kind: StraightKind
    points: tuple[Name, ...]
    table: Name | None = None
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OnSection:
    """A whole section or ring of this description, as one line."""

    section: Name
    ring: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OnSource:
    """The line that the file of a source holds; `read_as` says what joins its vertices: None, straight in longitude and
    latitude, which is what formats of vectors mean."""

    source: Name
    layer: str | None = None
    read_as: DeclaredReading | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OnConstruction:
    """A construction line or circle of this description, or the production of the line beyond its ends."""

    name: Name
    circle: bool = False
    produced: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Construction:
    """A line or circle with a name, drawn to find points and endings, never part of the boundary."""

    name: Name
    line: LineReference
    circle: bool = False
    label: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FeatureBinding:
    """What stands for a feature that the words name: a line of this description, or the line of a source."""

    feature: Name
    line: LineReference
    span: Span = field(default=NOWHERE, compare=False, repr=False)
