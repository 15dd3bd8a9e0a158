"""What a description says once every name is tied to what it names: the tables that the compiler works from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from merestone.description.azimuths import North
from merestone.description.course_tables import CourseTable
from merestone.description.exchanges import Exchange
from merestone.description.named_lines import Construction, FeatureBinding
from merestone.description.tree import (
    DeclaredReading,
    Description,
    FrameStatement,
    Instrument,
    Leg,
    LegChain,
    Length,
    LongitudesFrom,
    Name,
    Numbers,
    Party,
    Point,
    PointTable,
    Section,
    Source,
    WithoutLetters,
    WordReading,
)
from merestone.diagnostics import Diagnostic

Need: TypeAlias = tuple[str, ...]
"""A node of what needs what: `("point", name)`, `("leg", section, name)`, `("construction", name)`, `("feature", name)`."""


@dataclass(frozen=True, slots=True)
class ResolvedLeg:
    """A leg in its place: the section it belongs to, its name (its number in the section where it has none), and the
    point that it starts from (None where the leg before it ends in no point: it starts where that one ends).

    A chain of legs starts from where the line stands, like a leg; where nothing stands before it, at its first point.
    """

    section: Section
    name: str
    node: Leg | LegChain
    start: Name | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A description with its names resolved.

    Mappings keep the order of the text. `frame` is the statement for the whole description (None: nothing is said,
    which is the same as unstated without candidates); `frames` the named ones. `legs` are keyed by section and leg.
    """

    description: Description
    title: str
    reading_by: str | None
    parties: Mapping[str, Party]
    instruments: Mapping[str, Instrument]
    sources: Mapping[str, Source]
    points: Mapping[str, Point]
    tables: Mapping[str, PointTable]
    sections: Mapping[str, Section]
    legs: Mapping[tuple[str, str], ResolvedLeg]
    frame: FrameStatement | None
    frames: Mapping[str, FrameStatement]
    legs_in: Name | None
    straight: DeclaredReading | None
    words: Mapping[str, WordReading]
    without_letters: WithoutLetters | None
    precedence: tuple[str, ...]
    numbers: Numbers
    tolerance: Length | None
    needs: Mapping[Need, Sequence[Need]]
    """What every point and leg needs."""
    circular: Mapping[Need, Diagnostic]
    """Points and legs whose definition goes round in a circle, with the finding that says so."""
    north: North | None = None
    """What azimuths are counted from where they do not say so themselves; None: true north."""
    longitudes: LongitudesFrom | None = None
    """What printed longitudes are counted from; None: Greenwich."""
    exchanges: Mapping[str, Exchange] = field(default_factory=dict)
    """Rings that change hands together."""
    courses: Mapping[str, CourseTable] = field(default_factory=dict)
    """Tables of courses."""
    constructions: Mapping[str, Construction] = field(default_factory=dict)
    """Construction lines and circles, which are no part of the boundary."""
    features: Mapping[str, FeatureBinding] = field(default_factory=dict)
    """What stands for the features that the words name."""
    refused: Mapping[str, int] = field(default_factory=dict)
    """`point NAME`, `section NAME`, `line N`: what is not whole because a statement means nothing, which was reported,
    with the line of that statement."""
