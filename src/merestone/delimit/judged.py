"""What the definitions of points miss, judged by the print: feet beyond an end, distances from no end, two definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.drawn import TroubleError
from merestone.delimit.fix import Fix, Place
from merestone.delimit.left_open import LeftOpen, apart_m
from merestone.delimit.lengths import metres
from merestone.delimit.misclosure import EXACT_M, judge
from merestone.delimit.wording import off_and_open_text, off_text
from merestone.description.tree import AtDistanceAlong, AtFoot, Point, PointDefinition
from merestone.diagnostics import Diagnostic, Label, Measure, Severity
from merestone.geodesy.elementary import distance_m, inverse
from merestone.geodesy.line import Floats, Line, Nearest

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation


def judge_foot(
    point: Point, definition: AtFoot, computation: Computation, line: Line, nearest: Nearest, aside_m: float
) -> None:
    """Report a perpendicular that falls beside the end of a line as far as the print explains, and one that meets a
    corner; raise for one that falls further beyond the end."""
    along_m, subject = float(nearest.along_m[0]), f"point {point.name.text}"
    if EXACT_M < along_m < line.length_m - EXACT_M:
        said = (
            f"no perpendicular from {definition.point.text} falls on the line near it: its nearest place is a corner, and "
            f"the perpendicular to the piece beside it would fall {off_text(aside_m)} away"
        )
        hint = "the corner is taken; name the piece of the line that is meant, or the corner itself"
        computation.report(Diagnostic("G545", Severity.WARNING, said, definition.span, hint=hint, subject=subject))
        return
    left, frame = LeftOpen(computation), computation.frames.of_legs(None)
    end, along_deg = _place(nearest.lonlat[0]), float(line.azimuth(nearest.along_m)[0])
    moved = left.of_point(definition.point.text), left.of_line(definition.line, end, frame, None)
    said = f"the perpendicular from {definition.point.text} falls {{off}} beyond the end of the line"
    hint = "add `produced` if the line is meant beyond its end, or name the end itself"
    open_m = apart_m(*moved, along_deg)
    for finding in judge("G545", said, aside_m, open_m, definition.span, hint, subject, joins=False):
        computation.report(finding)


def judge_start(definition: AtDistanceAlong, computation: Computation, start: Place, end: Floats, off_m: float) -> None:
    """Report a place that a distance counts from and that misses the end of the leg as far as the print explains."""
    left, frame = LeftOpen(computation), computation.frames.of_legs(None)
    place = _place(end)
    azimuth_deg = float(inverse(frame.ellipsoid, np.array([end]), np.array([start]))[0][0])
    open_m = apart_m(
        left.of_point(definition.start.text), left.of_line(definition.leg, place, frame, None), azimuth_deg
    )
    said = (
        f"{definition.start.text} is not an end of leg {definition.leg.leg.text}, and lies {{off}} from the nearer one"
    )
    hint = "count the distance from one of the two ends of the leg"
    for finding in judge("G514", said, off_m, open_m, definition.start.span, hint, None, joins=False):
        computation.report(finding)


def judge_definition(
    point: Point,
    one: tuple[PointDefinition, Fix],
    other: tuple[PointDefinition, Fix],
    others: list[tuple[PointDefinition, float]],
    computation: Computation,
) -> None:
    """Report two definitions that differ by what their print explains, or the stated tolerance allows; raise for more."""
    ellipsoid = computation.frames.description.ellipsoid
    off_m, tolerance = distance_m(ellipsoid, one[1].place, other[1].place), computation.resolved.tolerance
    if off_m <= EXACT_M:
        return
    if tolerance is not None:
        if off_m > metres(tolerance):
            raise TroubleError(
                _undecided(point, one[0], others, f"the stated tolerance is {off_text(metres(tolerance))}")
            )
        return
    open_m = open_between_m(point.name.text, one, other, computation)
    if off_m > open_m:
        _, explained = off_and_open_text(off_m, open_m)
        raise TroubleError(_undecided(point, one[0], others, f"their printed precision allows {explained}"))
    said = f"two definitions of {point.name.text} lie {{off}} apart"
    subject = f"point {point.name.text}"
    for finding in judge("G513", said, off_m, open_m, one[0].span, "", subject, joins=False):
        computation.report(finding)


def open_between_m(
    name: str, one: tuple[PointDefinition, Fix], other: tuple[PointDefinition, Fix], computation: Computation
) -> float:
    """How far apart the print lets two definitions of a point put it, in metres along the way between them."""
    left, ellipsoid = LeftOpen(computation), computation.frames.description.ellipsoid
    azimuth_deg = float(inverse(ellipsoid, np.array([one[1].place]), np.array([other[1].place]))[0][0])
    return apart_m(left.of_definition(name, *one), left.of_definition(name, *other), azimuth_deg)


def _undecided(
    point: Point, taken: PointDefinition, others: list[tuple[PointDefinition, float]], granted: str
) -> Diagnostic:
    furthest_m = max(each for _, each in others)
    return Diagnostic(
        "G513",
        Severity.ERROR,
        f"the definitions of {point.name.text} lie {off_text(furthest_m)} apart, {granted}, and no precedence decides between "
        "them",
        taken.span,
        tuple(Label(each.span, f"{off_text(m)} from the first") for each, m in others),
        hint="write `precedence words, coordinates` (or the other way round) as the instrument rules",
        subject=f"point {point.name.text}",
        measures=(Measure("distance between definitions", furthest_m, "m"),),
    )


def _place(lonlat: Floats) -> Place:
    return float(lonlat[0]), float(lonlat[1])
