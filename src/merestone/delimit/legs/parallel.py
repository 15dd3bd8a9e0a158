"""A parallel: the line of constant latitude, not the straight line between two of its points."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Ray, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.on_line import check_on_line
from merestone.description.legs.parallel import ParallelLeg
from merestone.geodesy.line import Line
from merestone.geodesy.lines.parallel import AlongParallel, Parallel


def draw(node: ParallelLeg, setting: Setting) -> Drawn:
    """The parallel of the start to where the words end it."""
    way = AlongParallel(node.direction) if node.direction is not None else None

    def between(start: Place, end: Place) -> Line:
        check_on_line(setting, "parallel", (end[0], start[1]), end)
        on_line = (end[0], start[1])
        if way is None:
            return Parallel.between(setting.ellipsoid, start, on_line)
        return Parallel.running(setting.ellipsoid, start[1], start[0], end[0], way)

    ray: Ray | None = None
    if way is not None:
        sense = 1.0 if way is AlongParallel.EASTWARD else -1.0

        def for_length(start: Place, length_m: float) -> Line:
            turn_deg = 360.0 * length_m / _circumference_m(setting, start)
            if turn_deg >= 360.0:
                return Parallel(setting.ellipsoid, start[1], start[0], start[0] + sense * 359.999)
            return Parallel(setting.ellipsoid, start[1], start[0], start[0] + sense * turn_deg)

        ray = for_length
    longest_m = _circumference_m(setting, setting.start) if way is not None else 0.0
    return drawn(setting, between, ray, "write `parallel eastward` or `parallel westward`", longest_m)


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
