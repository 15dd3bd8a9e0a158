"""How a leg ends: every kind that can run from place to place, or go on from a place, takes every ending."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from merestone.delimit.drawn import Between, Drawn, Meeting, Ray, Setting, TroubleError, trouble
from merestone.delimit.fix import Bearing, Place
from merestone.delimit.misclosure import judge
from merestone.delimit.wording import off_text
from merestone.description.tree import Ending, ForDistance, Open, ToPoint, UntilMeets
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.errors import GeometryError, NoProjectionError
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.path import Path

LONGEST_RAY_M = 9_000_000.0
"""How far a geodesic or loxodrome is followed in search of the line that it should meet."""
COARSEST_M = 200_000.0
"""No print leaves more open than this."""
AT_THE_START_M = 1e-3
"""A meeting nearer than this to the start of a leg is the start."""


def drawn(setting: Setting, between: Between, ray: Ray | None, needs: str, longest_m: float = LONGEST_RAY_M) -> Drawn:
    """The line from the start to where the words end it, how exactly its end is met, and what was found of that.

    `ray` is None where the kind has no direction of its own; `needs` then says what would give it one.
    `longest_m` is how far the ray can be followed.
    """
    ending: Ending = setting.ending
    try:
        match ending:
            case ToPoint():
                return Drawn(_to_point(setting, between))
            case ForDistance():
                return Drawn(_for_distance(setting, ending, _directed(setting, ray, needs)))
            case UntilMeets():
                other = setting.around.line(ending.line)
                return _until_meets(setting, ending, other, _directed(setting, ray, needs), longest_m)
            case Open():
                raise trouble(
                    "O609",
                    f"{setting.subject} has no end in the words",
                    ending.span,
                    "an instrument that says where it ends, or a declared end, would settle it",
                    setting.subject,
                )
            case _:
                assert_never(ending)
    except GeometryError as error:
        raise trouble(
            "G504",
            f"{setting.subject} cannot be drawn: {error}",
            setting.span,
            "check the code or the name of the projection"
            if isinstance(error, NoProjectionError)
            else "check the coordinates of its ends, or divide the leg by a point in between",
            setting.subject,
        ) from error


def _directed(setting: Setting, ray: Ray | None, needs: str) -> Ray:
    if ray is None:
        raise trouble("G506", f"{setting.subject} has no direction to run in", setting.span, needs, setting.subject)
    return ray


def _to_point(setting: Setting, between: Between) -> Line:
    if isinstance(setting.end, Bearing) or setting.end is None:
        raise trouble(
            "O609",
            f"{setting.subject} runs in a direction only, to no place",
            setting.span,
            "a place or a line that it runs to would settle it",
            setting.subject,
        )
    return between(setting.start, setting.end)


def _for_distance(setting: Setting, ending: ForDistance, ray: Ray) -> Line:
    length_m = setting.around.metres(ending.distance)
    line = ray(setting.start, length_m)
    if line.length_m < length_m - 1e-3:
        raise trouble(
            "G519",
            f"{setting.subject} should run {length_m:,.2f} m, but its course ends after {line.length_m:,.2f} m",
            ending.distance.span,
            "check the distance: a meridian ends at the pole, a circle where it began, a traverse at its last corner",
            setting.subject,
        )
    return line


def _until_meets(setting: Setting, ending: UntilMeets, other: Line, ray: Ray, longest_m: float) -> Drawn:
    whole = ray(setting.start, longest_m)
    produced = setting.around.produced(ending.line)
    try:
        met = setting.around.meeting(whole, other, ending.choice, ending.span, (False, produced))
    except TroubleError as ended:
        if ended.finding.code != "G512" or produced:
            raise
        return _past_the_end(setting, ending, other, ray, whole, ended)
    if met.along_m <= AT_THE_START_M:
        raise trouble(
            "G507",
            f"{setting.subject} starts on the line that it should run to",
            ending.span,
            "leave the leg out, or say which of several meetings is meant",
            setting.subject,
        )
    found = _hardly_apart(setting, ending, other, whole, met) if ending.choice is None else ()
    return Drawn(ray(setting.start, met.along_m), None, met.tolerance_m, found)


ROUND_THE_EARTH_M = 40_000_000.0
"""What leaves more than this open leaves everything open: the two lines run side by side."""


def _past_the_end(
    setting: Setting, ending: UntilMeets, other: Line, ray: Ray, whole: Line, ended: TroubleError
) -> Drawn:
    """The leg to the end of a line that it passes by, as far off as the print explains; raises for a greater distance."""
    nearest = whole.nearest(other.ends)
    which = int(np.argmin(np.abs(nearest.separation_m)))
    off_m, along_m = float(nearest.separation_m[which]), float(nearest.along_m[which])
    if along_m <= AT_THE_START_M or along_m >= whole.length_m - AT_THE_START_M:
        raise ended
    open_m = setting.around.passing_open_m(ending.line, which, along_m, whole)
    said = f"{setting.subject} passes {{off}} beside the end of the line that it should meet"
    hint = "check the coordinates and directions of both, or add `produced` if the line is meant beyond its end"
    found = judge("G512", said, off_m, open_m, ending.span, hint, setting.subject)
    foot, end = (_place(each) for each in (nearest.lonlat[which], other.ends[which]))
    line = ray(setting.start, along_m)
    if not found:
        return Drawn(line)
    return Drawn(Path((line, Geodesic.between(setting.ellipsoid, foot, end))), findings=found, kind=whole.kind)


def _hardly_apart(
    setting: Setting, ending: UntilMeets, other: Line, whole: Line, met: Meeting
) -> tuple[Diagnostic, ...]:
    """A warning where the print does not tell the start of the leg from the line that it should run to."""
    if met.along_m > COARSEST_M:
        return ()
    there = whole.position(np.array([met.along_m]))
    across_deg = float(other.azimuth(other.nearest(there).along_m)[0]) + 90.0
    open_m = setting.around.left_open_m("start", ending.line, across_deg, _place(there[0])) * met.shift_m_per_m
    if met.along_m > open_m or not np.isfinite(open_m):
        return ()
    left_open = "where they meet" if open_m > ROUND_THE_EARTH_M else f"{off_text(open_m)}"
    then = "it meets it nowhere else"
    if met.next_m is not None:
        then = f"the next meeting is {off_text(met.next_m)} from the start"
    return (
        Diagnostic(
            "G507", Severity.WARNING,
            f"{setting.subject} starts {off_text(met.along_m)} before the line that it should run to, and the printed precision leaves "
            f"{left_open} open: it may start on that line; {then}",
            ending.span, subject=setting.subject,
            hint="the leg is drawn to the first meeting; say which is meant, as `nearest to POINT`, or define the start on the line",
            measures=(Measure("to the first meeting", met.along_m, "m"), Measure("allowed by the printed precision", open_m, "m")),
        ),
    )  # fmt: skip


def _place(lonlat: Floats) -> Place:
    return float(lonlat[0]), float(lonlat[1])
