"""The lines that are drawn only so that others can refer to them, in the frame that they are used in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, assert_never

import numpy as np

from merestone.delimit.aimed import longest_m, run_for
from merestone.delimit.canonical import degrees
from merestone.delimit.drawn import TroubleError, trouble
from merestone.delimit.fix import Place
from merestone.delimit.lengths import metres
from merestone.delimit.source_line import line_of_source
from merestone.delimit.straight import as_read
from merestone.description.named_lines import (
    CircleAbout,
    FromTowards,
    OnConstruction,
    OnSection,
    OnSource,
    ThroughPoint,
    ThroughPoints,
)
from merestone.description.tree import Name, OnFeature, ReadingKind
from merestone.diagnostics import Diagnostic, Span
from merestone.errors import GeometryError
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.chain import geodesic_chain, loxodrome_chain
from merestone.geodesy.lines.meridian import Meridian
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.lines.path import Path

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation
    from merestone.description.tree import LineReference

JOINED_M = 1e-3
"""Legs whose ends lie further apart than this are not one line."""
_CHAINS = {ReadingKind.GEODESIC: geodesic_chain, ReadingKind.LOXODROME: loxodrome_chain}

NamedLine = CircleAbout | FromTowards | ThroughPoint | ThroughPoints | OnSection | OnSource | OnConstruction | OnFeature


def line_of(reference: NamedLine, frame: Frame, computation: Computation) -> Line:
    """The line that is meant, in a frame; raises `TroubleError` where it has none."""
    match reference:
        case CircleAbout():
            centre = computation.place_of(reference.centre, frame)
            return Arc.around(frame.ellipsoid, centre, metres(reference.radius), 0.0, 0.0, Turn.CLOCKWISE)
        case FromTowards():
            reading = computation.reading_of(reference.kind, reference.projection, reference.span)
            start, aim = computation.place_of(reference.start, frame), computation.place_of(reference.aim, frame)
            aimed = as_read(reading, frame, start, aim)
            return run_for(aimed, longest_m(aimed))
        case ThroughPoint():
            lon, lat = computation.place_of(reference.point, frame)
            return whole_meridian(frame, lon) if reference.meridian else whole_parallel(frame, lat)
        case ThroughPoints():
            return _through(reference, frame, computation)
        case OnSection():
            return section_line(reference.section, frame, computation)
        case OnSource():
            return line_of_source(reference, frame, computation)
        case OnConstruction():
            return _construction(reference.name, frame, computation)
        case OnFeature():
            return feature_line(reference.feature, frame, computation)
        case _:
            assert_never(reference)


def whole_parallel(frame: Frame, latitude_deg: float) -> Line:
    """A parallel all round, from 180° west to 180° east."""
    return Parallel(frame.ellipsoid, latitude_deg, -180.0, 180.0)


def whole_meridian(frame: Frame, longitude_deg: float) -> Line:
    """A meridian from pole to pole."""
    return Meridian(frame.ellipsoid, longitude_deg, -90.0, 90.0)


def produced(reference: LineReference, computation: Computation) -> bool:
    """Whether a line is meant beyond its ends, by its own words or by those of the construction that it names."""
    if bool(getattr(reference, "produced", False)):
        return True
    if isinstance(reference, OnConstruction) and reference.name.text in computation.resolved.constructions:
        if ("construction", reference.name.text) in computation.resolved.circular:
            return False
        return produced(computation.resolved.constructions[reference.name.text].line, computation)
    bound = computation.resolved.features.get(reference.feature.text) if isinstance(reference, OnFeature) else None
    if bound is None or ("feature", bound.feature.text) in computation.resolved.circular:
        return False
    return produced(bound.line, computation)


def section_line(section: Name, frame: Frame, computation: Computation) -> Line:
    """A whole section as one line; raises `TroubleError` where a leg of it is missing or does not join the next."""
    legs = computation.legs_of(section.text)
    if not legs:
        raise trouble("R401", f"no section is called {section.text}", section.span, "name a section that has legs")
    pieces = []
    for leg in legs:
        drawn_in = computation.frames.of_legs(leg.node.frame)
        if drawn_in != frame:
            raise trouble(
                "F806",
                f"section {section.text} is computed in {drawn_in.name} and used in {frame.name}",
                section.span,
                "compute both in one frame, with `in FRAME` or `legs in FRAME`",
            )
        pieces.append(computation.drawing(leg).line)
    for before, after in pairwise(pieces):
        apart_m = distance_m(frame.ellipsoid, _end(before, 1), _end(after, 0))
        if apart_m > JOINED_M:
            raise trouble(
                "G540",
                f"section {section.text} has a gap of {apart_m:,.2f} m, so it cannot be used as one line",
                section.span,
                "put its parts into sections of their own, and name the part that is meant",
                f"section {section.text}",
            )
    return pieces[0] if len(pieces) == 1 else Path(tuple(pieces))


def feature_line(feature: Name, frame: Frame, computation: Computation) -> Line:
    """The line that the head binds a feature to; raises `TroubleError` where it binds none that can be drawn."""
    bound = bound_line(feature, computation)
    circle = computation.resolved.circular.get(("feature", feature.text))
    if circle is not None:
        raise TroubleError(circle)
    return computation.line(bound, frame)


def bound_line(feature: Name, computation: Computation, subject: str | None = None) -> LineReference:
    """What stands for a feature; raises `TroubleError` where the head binds no line of this description to it."""
    bound = computation.resolved.features.get(feature.text)
    if bound is not None:
        return bound.line
    raise trouble(
        "N901",
        f"the feature «{feature.text}» is not yet compiled",
        feature.span,
        f"if a line of this description or of a file stands for it, write `feature «{feature.text}» is section NAME` or "
        "`is source NAME` in the head",
        subject,
    )


def _construction(name: Name, frame: Frame, computation: Computation) -> Line:
    """A construction line or circle, computed once in each frame that it is used in."""
    key = (name.text, frame)
    known = computation.constructions.get(key)
    if known is None:
        known = _computed(name, frame, computation)
        computation.constructions[key] = known
    if isinstance(known, Diagnostic):
        raise TroubleError(known)
    return known


def _computed(name: Name, frame: Frame, computation: Computation) -> Line | Diagnostic:
    construction = computation.resolved.constructions.get(name.text)
    if construction is None:
        return trouble("R401", f"no construction is called {name.text}", name.span, "define it in the head").finding
    circle = computation.resolved.circular.get(("construction", name.text))
    if circle is not None:
        return circle
    subject = f"construction {name.text}"
    try:
        return computation.line(construction.line, frame)
    except TroubleError as ended:
        computation.report(ended.finding)
        return ended.finding
    except GeometryError as error:
        hint = "check what it is drawn from"
        finding = trouble("G504", f"{subject} cannot be drawn: {error}", construction.span, hint, subject).finding
        computation.report(finding)
        return finding


def _through(reference: ThroughPoints, frame: Frame, computation: Computation) -> Line:
    """The lines from point to point, as one line."""
    reading = computation.reading_of(reference.kind, reference.projection, reference.span)
    places = _places(reference, frame, computation)
    if len(places) < 2:
        raise trouble("G518", "the line runs through fewer than two points", reference.span, "name at least two")
    measure = _CHAINS.get(reading.kind)
    if measure is not None:
        return ChainedLine(measure(frame.ellipsoid, np.array(places)))
    return Path(tuple(as_read(reading, frame, start, end) for start, end in pairwise(places)))


def _places(reference: ThroughPoints, frame: Frame, computation: Computation) -> list[Place]:
    if reference.table is None:
        return [computation.place_of(name, frame) for name in reference.points]
    table = reference.table
    if table.text not in computation.table_points.columns:
        raise _unread(table, table.span, known=table.text in computation.resolved.tables)
    units = degrees(computation.table_points.units(table.text))
    return [computation.frames.from_description((float(lon), float(lat)), frame) for lon, lat in units]


def _unread(table: Name, span: Span, *, known: bool) -> TroubleError:
    sentence = f"the line runs through the table {table.text}, whose points are not known"
    return trouble("R409" if known else "R401", sentence, span, "what rests on it stays a named gap")


def _end(line: Line, which: int) -> Place:
    return float(line.ends[which, 0]), float(line.ends[which, 1])
