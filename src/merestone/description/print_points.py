"""How points, clauses and the heads of tables are printed."""

from __future__ import annotations

from typing import assert_never

from merestone.description.spelling import (
    area_text,
    azimuth_text,
    choice_text,
    coordinates_text,
    frame_text,
    length_text,
    letters_text,
    line_text,
    longitudes_text,
    name_text,
    numbers_text,
    on_leg_text,
    projection_text,
    quoted,
)
from merestone.description.tree import (
    Area,
    AtAzimuth,
    AtCoordinates,
    AtDistanceAlong,
    AtFoot,
    AtIntersection,
    AtMidpoint,
    AtNature,
    ByDistances,
    Clause,
    DistanceFrom,
    ExpectArea,
    ExpectAzimuth,
    ExpectCoordinates,
    ExpectDirection,
    ExpectDistance,
    ExpectLength,
    ExpectSide,
    InDirection,
    Length,
    Name,
    Note,
    PointDefinition,
    PointTable,
    StraightKind,
    Words,
)


def definition_text(definition: PointDefinition) -> str:
    """One definition of a point."""
    match definition:
        case AtCoordinates():
            return _coordinates(definition)
        case AtIntersection():
            chosen = "" if definition.choice is None else f" {choice_text(definition.choice)}"
            return f"at the intersection of {line_text(definition.first)} and {line_text(definition.second)}{chosen}"
        case AtMidpoint():
            return f"at the midpoint of {name_text(definition.first)} and {name_text(definition.second)}"
        case AtFoot():
            origin = name_text(definition.point)
            return f"at the foot of the perpendicular from {origin} to {line_text(definition.line)}"
        case AtDistanceAlong():
            leg, start = on_leg_text(definition.leg), name_text(definition.start)
            return f"at {length_text(definition.distance)} along {leg} from {start}"
        case AtAzimuth():
            return _azimuth(definition)
        case InDirection():
            angle = definition.azimuth
            return f"in direction {definition.wind if angle is None else azimuth_text(angle)} from {name_text(definition.start)}"
        case ByDistances():
            return "by distances " + ", ".join(_observation(seen) for seen in definition.observations)
        case AtNature():
            return _nature(definition)
        case _:
            assert_never(definition)


def _coordinates(definition: AtCoordinates) -> str:
    parts = ["approximately at" if definition.approximately else "at", coordinates_text(definition.coordinates)]
    if definition.frame is not None:
        parts.append(f"in {frame_text(definition.frame)}")
    if definition.numbers is not None:
        parts.append(numbers_text(definition.numbers))
    return " ".join(parts)


def _azimuth(definition: AtAzimuth) -> str:
    start = name_text(definition.start)
    text = f"at azimuth {azimuth_text(definition.azimuth)} and {length_text(definition.distance)} from {start}"
    if definition.kind is None:
        return text
    if definition.kind is StraightKind.PROJECTED and definition.projection is not None:
        return f"{text} along straight on {projection_text(definition.projection)}"
    return f"{text} along {definition.kind.value}"


def _observation(seen: DistanceFrom) -> str:
    wind = "" if seen.wind is None else f" {seen.wind}"
    return f"{length_text(seen.distance)}{wind} from {name_text(seen.start)}"


def _nature(definition: AtNature) -> str:
    names = " and ".join(_quoted_name(name) for name in definition.names)
    source = "" if definition.source is None else f" on {name_text(definition.source)}"
    return f"at {definition.what.value} {names}{source}"


def _quoted_name(name: Name) -> str:
    return quoted(name.text)


# ---- clauses ----------------------------------------------------------------------------------------------------


def clause_text(clause: Clause) -> str:
    """One clause."""
    match clause:
        case Words():
            parts = ["words", clause.language, clause.article, quoted(clause.text)]
            return " ".join(part for part in parts if part is not None)
        case Note():
            return f"note {quoted(clause.text)}"
        case ExpectLength():
            on = f" on {name_text(clause.projection)}" if clause.projection is not None else ""
            return f"expect length {length_text(clause.length)}{_within(clause.within)}{on}"
        case ExpectAzimuth():
            return _expected_azimuth(clause)
        case ExpectDirection():
            return f"expect direction {clause.wind}"
        case ExpectArea():
            return f"expect area {area_text(clause.area)}{_within(clause.within)}{_counted(clause)}"
        case ExpectCoordinates():
            return f"expect coordinates {coordinates_text(clause.coordinates)}{_within(clause.within)}"
        case ExpectDistance():
            point = name_text(clause.point)
            return f"expect distance to {point} {length_text(clause.length)}{_within(clause.within)}"
        case ExpectSide():
            return f"expect {name_text(clause.point)} {_side(clause.side)}"
        case _:
            assert_never(clause)


def _within(within: Length | Area | None) -> str:
    if within is None:
        return ""
    return f" within {length_text(within) if isinstance(within, Length) else area_text(within)}"


def _counted(clause: ExpectArea) -> str:
    on = "" if clause.projection is None else f" on {projection_text(clause.projection)}"
    rings = ", ".join(f"ring {name_text(name)}" for name in clause.net_of)
    return f"{on} net of {rings}" if rings else on


def _expected_azimuth(clause: ExpectAzimuth) -> str:
    end = " at end" if clause.at_end else ""
    within = "" if clause.within is None else f" within {clause.within.text}"
    kind = "" if clause.kind is None else f" of {clause.kind.value}"
    return f"expect azimuth {azimuth_text(clause.azimuth)}{end}{within}{kind}"


def _side(side: str) -> str:
    match side:
        case "left" | "right":
            return f"on the {side}"
        case "inside" | "outside":
            return side
        case _:
            return f"on the side of {name_text(Name(side))}"


# ---- readings and tables ----------------------------------------------------------------------------------------


def table_head(table: PointTable) -> str:
    """The head of a table of points."""
    parts = [f"table points {name_text(table.name)}"]
    if table.without_letters is not None:
        parts.append(f"without letters {letters_text(table.without_letters)}")
    if table.decimal_sign is not None:
        parts.append(f"decimal sign {table.decimal_sign}")
    if table.longitudes is not None:
        parts.append(longitudes_text(table.longitudes))
    if table.path is not None:
        parts.append(f"from {quoted(table.path)} sha256 {table.sha256}{'' if table.heading else ' without heading'}")
    parts.append(f"columns {', '.join(table.columns)}")
    if table.system is not None:
        parts.append(f"on {projection_text(table.system)}")
    if table.frame is not None:
        parts.append(f"in {frame_text(table.frame)}")
    if table.numbers is not None:
        parts.append(f"numbers {numbers_text(table.numbers)}")
    return " ".join(parts)
