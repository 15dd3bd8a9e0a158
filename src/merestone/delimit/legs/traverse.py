"""A traverse: course after course, each an azimuth and a distance."""

from __future__ import annotations

import math
from dataclasses import replace

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import run
from merestone.delimit.fix import ONE_UNIT_M, Place
from merestone.delimit.lengths import last_place_m
from merestone.delimit.on_grid import grid_course
from merestone.delimit.straight import as_read, ray_as_read, reading_of
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.tree import Open, Reading
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.cut import cut
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.line import Line
from merestone.geodesy.lines.path import Path


def draw(node: TraverseLeg, setting: Setting) -> Drawn:
    """The courses in order, to where the words end them.

    Where the words also name the end, the last corner is joined to it by one more piece of the same kind, and the
    finding says how far the courses miss it (the misclosure). `open` ends at the last corner: the courses say where.
    """
    reading, taken = reading_of(node.by, node.projection, setting)
    courses = _courses(node, setting, reading)
    path = Path(courses)
    if isinstance(setting.ending, Open):
        return Drawn(path, taken)
    corner = _end_of(path)
    closed: list[Diagnostic] = []

    def between(start: Place, end: Place) -> Line:
        missed_m = distance_m(setting.ellipsoid, corner, end)
        if missed_m <= ONE_UNIT_M:
            return path
        closed.append(_misclosure(node, setting, path.length_m, missed_m))
        return Path((*courses, as_read(reading, setting.frame, corner, end)))

    def ray(start: Place, length_m: float) -> Line:
        return path if length_m >= path.length_m else cut(path, 0.0, length_m)

    line, tolerance_m = run(setting, between, ray, "", path.length_m)
    return replace(Drawn(line, taken, tolerance_m), findings=tuple(closed))


def _courses(node: TraverseLeg, setting: Setting, reading: Reading) -> tuple[Line, ...]:
    place = setting.start
    courses: list[Line] = []
    for azimuth, distance in node.courses:
        length_m = setting.around.metres(distance)
        if node.projection is not None:
            courses.append(grid_course(azimuth, node.projection, setting, place, length_m))
            place = _end_of(courses[-1])
            continue
        course = ray_as_read(
            reading,
            setting.ellipsoid,
            place,
            setting.around.true_azimuth_deg(azimuth, place),
            length_m,
            setting.subject,
            setting.span,
        )
        courses.append(course)
        place = _end_of(course)
    return tuple(courses)


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


def _misclosure(node: TraverseLeg, setting: Setting, length_m: float, missed_m: float) -> Diagnostic:
    allowed_m = open_m(node, setting)
    within = missed_m <= allowed_m
    print_ = f"the print of its courses leaves {allowed_m:,.2f} m open"
    return Diagnostic(
        "G521",
        Severity.NOTE if within else Severity.WARNING,
        f"the courses of {setting.subject} end {missed_m:,.2f} m from its end ({_ratio(length_m, missed_m)}); {print_}",
        setting.span,
        hint="a last straight piece joins them to the end" if within else "check its azimuths and lengths, or its end",
        subject=setting.subject,
        measures=(Measure("misclosure", missed_m, "m"), Measure("left open by the print", allowed_m, "m")),
    )
