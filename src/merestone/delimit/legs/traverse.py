"""A traverse: course after course, each an azimuth and a distance."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.straight import ray_as_read, reading_of
from merestone.description.legs.traverse import TraverseLeg
from merestone.geodesy.line import Line
from merestone.geodesy.lines.path import Path


def draw(node: TraverseLeg, setting: Setting) -> Drawn:
    """The courses in order; where the words also name the end, the last corner is joined to it by the same kind.

    How far the courses miss that end (the misclosure) is a matter for the checker.
    """
    reading, taken = reading_of(node.by, None, setting)
    place = setting.start
    courses: list[Line] = []
    for azimuth, distance in node.courses:
        length_m = setting.around.metres(distance)
        course = ray_as_read(
            reading, setting.ellipsoid, place, azimuth.degrees, length_m, setting.subject, setting.span
        )
        courses.append(course)
        place = (float(course.ends[1, 0]), float(course.ends[1, 1]))
    return Drawn(Path(tuple(courses)), taken)
