"""Every name that a part of the tree refers to, with what it should name.

Closed unions are matched in full. Kinds of leg are open: their references are found by the name of the field, one
convention for all kinds (`centre` is a point, `section` a section, `source` a source).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, assert_never

from merestone.description.named_lines import (
    CircleAbout,
    FromTowards,
    OnConstruction,
    OnSection,
    OnSource,
    ThroughPoint,
    ThroughPoints,
)
from merestone.description.tree import (
    AtAzimuth,
    AtCoordinates,
    AtDistanceAlong,
    AtFoot,
    AtIntersection,
    AtMidpoint,
    AtNature,
    Between,
    ByDistances,
    Choice,
    Clause,
    Ending,
    ExpectArea,
    ExpectDistance,
    ExpectSide,
    ForDistance,
    FromAzimuth,
    InDirection,
    Leg,
    LegChain,
    LineReference,
    Name,
    OnFeature,
    OnLeg,
    OnMeridian,
    OnParallel,
    Open,
    PointDefinition,
    ToPoint,
    UntilMeets,
)


class Referent(StrEnum):
    """What a name can be the name of."""

    POINT = "point"
    SECTION = "section"
    LEG = "leg"
    TABLE = "table of points"
    SOURCE = "source"
    FRAME = "frame"
    WORDS = "reading of words"
    LINE = "construction line"
    CIRCLE = "construction circle"
    FEATURE = "feature"
    COURSES = "table of courses"


TYPE_OF_FIELD = {
    "centre": Referent.POINT,
    "point": Referent.POINT,
    "start": Referent.POINT,
    "end": Referent.POINT,
    "section": Referent.SECTION,
    "source": Referent.SOURCE,
    "through": Referent.POINT,
    "line": Referent.LINE,
    "circle": Referent.CIRCLE,
    "feature": Referent.FEATURE,
    "courses_of": Referent.COURSES,
}

Reference_ = tuple[Referent, Name, OnLeg | None]
"""What a name should name, the name, and for a leg, or the section it is looked for in, the reference to the leg."""


def of_line(line: LineReference) -> Iterator[Reference_]:
    """The names in a reference to a line."""
    match line:
        case OnParallel(latitude=Name() as words) | OnMeridian(longitude=Name() as words):
            yield Referent.WORDS, words, None
        case OnLeg():
            yield from of_leg_reference(line)
        case Between():
            yield Referent.POINT, line.start, None
            yield Referent.POINT, line.end, None
        case FromAzimuth():
            yield Referent.POINT, line.start, None
        case (
            CircleAbout()
            | FromTowards()
            | ThroughPoint()
            | ThroughPoints()
            | OnSection()
            | OnSource()
            | OnConstruction()
        ):
            yield from _of_named_line(line)
        case OnFeature():
            yield Referent.FEATURE, line.feature, None
        case OnParallel() | OnMeridian():
            return
        case _:
            assert_never(line)


def _of_named_line(
    line: CircleAbout | FromTowards | ThroughPoint | ThroughPoints | OnSection | OnSource | OnConstruction,
) -> Iterator[Reference_]:
    match line:
        case CircleAbout():
            yield Referent.POINT, line.centre, None
        case FromTowards():
            yield Referent.POINT, line.start, None
            yield Referent.POINT, line.aim, None
        case ThroughPoint():
            yield Referent.POINT, line.point, None
        case ThroughPoints():
            if line.table is not None:
                yield Referent.TABLE, line.table, None
            for point in line.points:
                yield Referent.POINT, point, None
        case OnSection():
            yield Referent.SECTION, line.section, None
        case OnSource():
            yield Referent.SOURCE, line.source, None
        case OnConstruction():
            yield Referent.CIRCLE if line.circle else Referent.LINE, line.name, None
        case _:
            assert_never(line)


def of_leg_reference(line: OnLeg) -> Iterator[Reference_]:
    """The leg that is named, and the section it is looked for in."""
    if line.section is not None:
        yield Referent.SECTION, line.section, line
    yield Referent.LEG, line.leg, line


def of_choice(choice: Choice | None) -> Iterator[Reference_]:
    """The point that a chooser names."""
    if choice is not None and choice.point is not None:
        yield Referent.POINT, choice.point, None


def of_definition(definition: PointDefinition) -> Iterator[Reference_]:
    """The names in a definition of a point."""
    match definition:
        case AtCoordinates():
            return
        case AtIntersection():
            yield from of_line(definition.first)
            yield from of_line(definition.second)
            yield from of_choice(definition.choice)
        case AtMidpoint():
            yield Referent.POINT, definition.first, None
            yield Referent.POINT, definition.second, None
        case AtFoot():
            yield Referent.POINT, definition.point, None
            yield from of_line(definition.line)
        case AtDistanceAlong():
            yield from of_leg_reference(definition.leg)
            yield Referent.POINT, definition.start, None
        case AtAzimuth() | InDirection():
            yield Referent.POINT, definition.start, None
        case ByDistances():
            for observation in definition.observations:
                yield Referent.POINT, observation.start, None
        case AtNature():
            if definition.source is not None:
                yield Referent.SOURCE, definition.source, None
        case _:
            assert_never(definition)


def of_ending(ending: Ending) -> Iterator[Reference_]:
    """The names in the ending of a leg."""
    match ending:
        case ToPoint():
            yield Referent.POINT, ending.point, None
        case UntilMeets():
            yield from of_line(ending.line)
            yield from of_choice(ending.choice)
        case ForDistance() | Open():
            return
        case _:
            assert_never(ending)


def of_kind(node: Any) -> Iterator[Reference_]:
    """The names in a kind of leg, by the convention of the field names."""
    # What a kind names in the line of a source (an earlier boundary) is not defined in this description.
    elsewhere = isinstance(getattr(node, "source", None), Name)
    for name in _names_of_fields(node.__class__):
        value = getattr(node, name)
        if elsewhere and name != "source":
            continue
        if isinstance(value, OnLeg):
            yield from of_leg_reference(value)
        elif name == "base":
            yield from of_line(value)
        elif isinstance(value, Name) and name in TYPE_OF_FIELD:
            yield TYPE_OF_FIELD[name], value, None


@cache
def _names_of_fields(kind: type) -> tuple[str, ...]:
    """The fields of a kind of leg, none for what is no record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def of_clauses(clauses: tuple[Clause, ...]) -> Iterator[Reference_]:
    """The points that expectations name."""
    for clause in clauses:
        if isinstance(clause, ExpectDistance | ExpectSide):
            yield Referent.POINT, clause.point, None


def of_areas(clauses: tuple[Clause, ...]) -> Iterator[Reference_]:
    """The rings that expected areas leave out."""
    for clause in clauses:
        if isinstance(clause, ExpectArea):
            for name in clause.net_of:
                yield Referent.SECTION, name, None


def of_leg(leg: Leg | LegChain) -> Iterator[Reference_]:
    """Every name in a leg or a chain of legs."""
    yield from of_kind(leg.kind)
    if isinstance(leg, Leg):
        yield from of_ending(leg.ending)
    else:
        if leg.table is not None:
            yield Referent.TABLE, leg.table, None
        for point in (*leg.points, *([leg.up_to] if leg.up_to is not None else [])):
            yield Referent.POINT, point, None
    yield from of_clauses(leg.clauses)
