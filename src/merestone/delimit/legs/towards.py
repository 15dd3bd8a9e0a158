"""A line aimed at a point: the line to that point, ended before it or produced beyond it."""

from __future__ import annotations

import numpy as np

from merestone.delimit.aimed import longest_m, run_for
from merestone.delimit.drawn import Drawn, Setting, trouble
from merestone.delimit.endings import run
from merestone.delimit.fix import Place
from merestone.delimit.straight import as_read, reading_of
from merestone.delimit.stretch import OFF_THE_LINE_M
from merestone.description.legs.towards import TowardsLeg
from merestone.description.tree import UntilMeets
from merestone.geodesy.line import Line
from merestone.geodesy.lines.part import Part


def draw(node: TowardsLeg, setting: Setting) -> Drawn:
    """The line from the start through the point, to where the words end it."""
    reading, taken = reading_of(node.kind, node.projection, setting)
    aimed = as_read(reading, setting.frame, setting.start, setting.around.place(node.point))
    furthest_m = longest_m(aimed)

    def between(start: Place, end: Place) -> Line:
        _check_on_it(node, setting, run_for(aimed, furthest_m), end)
        return as_read(reading, setting.frame, start, end)

    def ray(_: Place, length_m: float) -> Line:
        return run_for(aimed, min(length_m, furthest_m))

    if node.beyond and isinstance(setting.ending, UntilMeets):
        line, tolerance_m = _beyond(setting, setting.ending, aimed, furthest_m)
    else:
        line, tolerance_m = run(setting, between, ray, "", furthest_m)
    if node.beyond:
        _check_beyond(node, setting, aimed, line)
    return Drawn(line, taken, tolerance_m)


def _beyond(setting: Setting, ending: UntilMeets, aimed: Line, furthest_m: float) -> tuple[Line, float]:
    """The line to the first meeting that lies beyond the point, and how exactly (m) it is met."""
    other = setting.around.line(ending.line)
    rest = Part(run_for(aimed, furthest_m), aimed.length_m, furthest_m)
    produced = setting.around.produced(ending.line)
    further_m, tolerance_m = setting.around.meeting(rest, other, ending.choice, ending.span, (False, produced))
    return run_for(aimed, aimed.length_m + further_m), tolerance_m


def _check_on_it(node: TowardsLeg, setting: Setting, whole: Line, end: Place) -> None:
    off_m = abs(float(whole.nearest(np.array([end])).separation_m[0]))
    if off_m > OFF_THE_LINE_M:
        raise trouble(
            "G511",
            f"the end of {setting.subject} lies {off_m:,.2f} m off the line towards {node.point.text}",
            setting.span,
            f"leave out `towards {node.point.text}`, or define the end on that line",
            setting.subject,
        )


def _check_beyond(node: TowardsLeg, setting: Setting, aimed: Line, line: Line) -> None:
    short_m = aimed.length_m - line.length_m
    if short_m > OFF_THE_LINE_M:
        raise trouble(
            "G541",
            f"{setting.subject} ends {short_m:,.2f} m before it reaches {node.point.text}, through which it should pass",
            setting.span,
            "leave out `and beyond`, or check where it ends",
            setting.subject,
        )
