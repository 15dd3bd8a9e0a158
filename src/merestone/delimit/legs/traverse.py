"""A traverse: course after course, each an azimuth and a distance."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np

from merestone.delimit.adjusted import adjusted_corners, adjusted_on_grid
from merestone.delimit.drawn import Drawn, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import ONE_UNIT_M, Place
from merestone.delimit.lengths import last_place_m
from merestone.delimit.norths import plane_of
from merestone.delimit.on_grid import grid_course
from merestone.delimit.straight import as_read, ray_as_read, reading_of
from merestone.delimit.wording import off_text
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.tree import Azimuth, Open, Reading, ToPoint
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.cut import cut
from merestone.geodesy.elementary import distance_m, inverse
from merestone.geodesy.line import Line
from merestone.geodesy.lines.path import Path


def draw(node: TraverseLeg, setting: Setting) -> Drawn:
    """The courses in order, to where the words end them.

    Where the words also name the end, the corners are shifted to it by the rule that the words state; without a rule the
    last corner is joined to it by one more piece of the same kind. The finding says how far the courses miss it (the
    misclosure). `open` ends at the last corner: the courses say where.
    """
    if node.courses_of is not None:
        node = replace(node, courses=setting.around.courses(node.courses_of))
    reading, taken = reading_of(node.by, node.projection, setting)
    courses = _courses(node, setting, reading)
    path = Path(courses)
    if node.rule is not None and not isinstance(setting.ending, ToPoint):
        raise trouble(
            "G544",
            f"{setting.subject} is adjusted, and no point is named that its courses should end at",
            setting.span,
            "end it with `to POINT`, or leave the rule out",
            setting.subject,
        )
    if isinstance(setting.ending, Open):
        return Drawn(path, taken)
    corner = _end_of(path)
    closed: list[Diagnostic] = []

    def between(start: Place, end: Place) -> Line:
        missed_m = distance_m(setting.ellipsoid, corner, end)
        if missed_m <= ONE_UNIT_M:
            return path
        toward_deg = float(inverse(setting.ellipsoid, np.array([corner]), np.array([end]))[0][0])
        allowed_m = open_m(node, setting) + setting.around.left_open_m("end", None, toward_deg)
        closed.append(_misclosure(node, setting, path.length_m, missed_m, allowed_m))
        if node.rule is not None:
            corners = _adjusted(node, setting, courses, end, node.rule)
            return Path(tuple(as_read(reading, setting.frame, *pair) for pair in pairwise(corners)))
        return Path((*courses, as_read(reading, setting.frame, corner, end)))

    def ray(start: Place, length_m: float) -> Line:
        return path if length_m >= path.length_m else cut(path, 0.0, length_m)

    whole = drawn(setting, between, ray, "", path.length_m)
    return replace(whole, reading=taken, findings=(*closed, *whole.findings))


def _courses(node: TraverseLeg, setting: Setting, reading: Reading) -> tuple[Line, ...]:
    place = setting.start
    courses: list[Line] = []
    for azimuth, distance in node.courses:
        courses.append(_course(node, setting, reading, place, azimuth, setting.around.metres(distance)))
        place = _end_of(courses[-1])
    return tuple(courses)


def _adjusted(node: TraverseLeg, setting: Setting, courses: tuple[Line, ...], end: Place, rule: str) -> list[Place]:
    if node.projection is None:
        return adjusted_corners(courses, end, rule, setting.ellipsoid)
    return adjusted_on_grid(courses, end, rule, plane_of(node.projection, setting.frame))


def _course(
    node: TraverseLeg, setting: Setting, reading: Reading, place: Place, azimuth: Azimuth, length_m: float
) -> Line:
    if node.projection is not None:
        return grid_course(azimuth, node.projection, setting, place, length_m)
    azimuth_deg = setting.around.true_azimuth_deg(azimuth, place)
    return ray_as_read(reading, setting.ellipsoid, place, azimuth_deg, length_m, setting.subject, setting.span)


def _end_of(line: Line) -> Place:
    return float(line.ends[1, 0]), float(line.ends[1, 1])


def open_m(node: TraverseLeg, setting: Setting) -> float:
    """How far the print of the courses lets their end move, at worst: half a unit of each length and azimuth."""
    along = sum(last_place_m(distance) / 2.0 for _, distance in node.courses)
    across = sum(
        setting.around.metres(distance) * math.radians(float(azimuth.unit) / 2.0) for azimuth, distance in node.courses
    )
    return along + across


def _ratio(length_m: float, missed_m: float) -> str:
    return f"1 in {length_m / missed_m:,.0f}" if missed_m < length_m else "further than they are long"


def _misclosure(node: TraverseLeg, setting: Setting, length_m: float, missed_m: float, allowed_m: float) -> Diagnostic:
    within = missed_m <= allowed_m
    joined = "a last straight piece joins them to the end"
    if node.rule is not None:
        joined = f"the corners are shifted to the end by the {node.rule} rule"
    print_ = f"the printed precision of its courses and ends leaves {off_text(allowed_m)} open"
    return Diagnostic(
        "G521",
        Severity.NOTE if within else Severity.WARNING,
        f"the courses of {setting.subject} end {off_text(missed_m)} from its end ({_ratio(length_m, missed_m)}); {print_}",
        setting.span,
        hint=joined if within else f"{joined}; check its azimuths and lengths, or its end",
        subject=setting.subject,
        measures=(Measure("misclosure", missed_m, "m"), Measure("allowed by the printed precision", allowed_m, "m")),
    )
