"""A parallel: the line of constant latitude, not the straight line between two of its points."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.drawn import Drawn, Ray, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.misclosure import joined
from merestone.delimit.on_line import check_on_line, check_start
from merestone.delimit.wording import metres_text
from merestone.description.legs.parallel import ParallelLeg
from merestone.description.tree import ForDistance
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.elementary import continued_longitude
from merestone.geodesy.line import Line
from merestone.geodesy.lines.parallel import AlongParallel, Parallel


def draw(node: ParallelLeg, setting: Setting) -> Drawn:
    """The parallel of the start to where the words end it."""
    found: list[Diagnostic] = []
    way = _way(node, setting, found)
    sense = -1.0 if way is AlongParallel.WESTWARD else 1.0

    def between(start: Place, end: Place) -> Line:
        check_on_line(setting, "parallel", (end[0], start[1]), end, found)
        on_line = (end[0], start[1])
        if way is None:
            return Parallel.between(setting.ellipsoid, start, on_line)
        if continued_longitude(start[0], end[0]) == start[0]:
            return _all_round(setting, start, sense)
        return Parallel.running(setting.ellipsoid, start[1], start[0], end[0], way)

    ray: Ray | None = None
    if way is not None:

        def for_length(start: Place, length_m: float) -> Line:
            turn_deg = 360.0 * length_m / _circumference_m(setting, start)
            if turn_deg >= 360.0:
                return _all_round(setting, start, sense)
            return Parallel(setting.ellipsoid, start[1], start[0], start[0] + sense * turn_deg)

        ray = for_length
    longest_m = _circumference_m(setting, setting.start) if way is not None else 0.0
    leg = drawn(setting, between, ray, "write `parallel eastward` or `parallel westward`", longest_m)
    found += _the_long_way(node, leg.line, setting)
    return joined(leg, setting, found)


def _the_long_way(node: ParallelLeg, line: Line, setting: Setting) -> Iterator[Diagnostic]:
    """A warning where the direction that the words give leads round more than half of the parallel to its end."""
    if node.direction is None or isinstance(setting.ending, ForDistance) or not isinstance(line, Parallel):
        return
    turn_deg = abs(line.end_longitude_deg - line.start_longitude_deg)
    if not 180.0 < turn_deg < 360.0:
        return
    other = "westward" if node.direction == "eastward" else "eastward"
    other_m = line.length_m * (360.0 - turn_deg) / turn_deg
    yield Diagnostic(
        "G546", Severity.WARNING,
        f"{setting.subject} runs {node.direction} for {metres_text(line.length_m)} around the Earth; {other} its end is "
        f"{metres_text(other_m)} away",
        setting.span, subject=setting.subject,
        hint=f"check the direction in the instrument, and the hemisphere of both longitudes; write `parallel {other}` if the "
        "short way is meant",
        measures=(Measure("as the words say", line.length_m, "m"), Measure(f"{other}", other_m, "m")),
    )  # fmt: skip


def _way(node: ParallelLeg, setting: Setting, found: list[Diagnostic]) -> AlongParallel | None:
    """The direction that the words give, else that towards the point that they name; None where there is none."""
    step_deg = 0.0
    if node.through is not None:
        lon, lat = setting.around.place(node.through)
        check_start(setting, "parallel", (setting.start[0], lat), node.through, found)
        step_deg = continued_longitude(setting.start[0], lon) - setting.start[0]
    if node.direction is not None:
        return AlongParallel(node.direction)
    if abs(step_deg) in (0.0, 180.0):
        return None
    return AlongParallel.EASTWARD if step_deg > 0.0 else AlongParallel.WESTWARD


def _all_round(setting: Setting, start: Place, sense: float) -> Line:
    """The whole parallel, from the start and back to it."""
    _circumference_m(setting, start)
    return Parallel(setting.ellipsoid, start[1], start[0], start[0] + sense * 360.0)


def _circumference_m(setting: Setting, start: Place) -> float:
    half = Parallel(setting.ellipsoid, start[1], 0.0, 180.0).length_m
    if half < 1.0:
        raise trouble(
            "G504",
            f"{setting.subject} lies at a pole, where a parallel is a point",
            setting.span,
            "say another kind of line",
            setting.subject,
        )
    return 2.0 * half
