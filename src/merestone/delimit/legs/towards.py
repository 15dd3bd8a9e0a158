"""A line aimed at a point: the line to that point, ended before it or produced beyond it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from merestone.delimit.aimed import longest_m, run_for
from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.misclosure import EXACT_M, judge
from merestone.delimit.straight import as_read, reading_of
from merestone.description.legs.towards import TowardsLeg
from merestone.description.tree import ForDistance, UntilMeets
from merestone.diagnostics import Diagnostic
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.line import Line
from merestone.geodesy.lines.part import Part


def draw(node: TowardsLeg, setting: Setting) -> Drawn:
    """The line from the start through the point, to where the words end it."""
    reading, taken = reading_of(node.kind, node.projection, setting)
    aimed = as_read(reading, setting.frame, setting.start, setting.around.place(node.point))
    furthest_m = longest_m(aimed)
    found: list[Diagnostic] = []

    def between(start: Place, end: Place) -> Line:
        _check_on_it(node, setting, found)
        return as_read(reading, setting.frame, start, end)

    def ray(_: Place, length_m: float) -> Line:
        return run_for(aimed, min(length_m, furthest_m))

    if node.beyond and isinstance(setting.ending, UntilMeets):
        whole = _beyond(setting, setting.ending, aimed, furthest_m)
    else:
        whole = drawn(setting, between, ray, "", furthest_m)
    if node.beyond:
        _check_beyond(node, setting, aimed, whole.line, found)
    return replace(whole, reading=taken, findings=(*found, *whole.findings))


def _beyond(setting: Setting, ending: UntilMeets, aimed: Line, furthest_m: float) -> Drawn:
    """The line to the first meeting that lies beyond the point."""
    other = setting.around.line(ending.line)
    rest = Part(run_for(aimed, furthest_m), aimed.length_m, furthest_m)
    produced = setting.around.produced(ending.line)
    met = setting.around.meeting(rest, other, ending.choice, ending.span, (False, produced))
    return Drawn(run_for(aimed, aimed.length_m + met.along_m), None, met.tolerance_m)


def _check_on_it(node: TowardsLeg, setting: Setting, found: list[Diagnostic]) -> None:
    """Judge an end that lies off the line from the start towards the point."""
    off_m = _off_m(node, setting)
    if abs(off_m) > EXACT_M:
        open_m = sum(map(abs, setting.around.left_open_of(_off_m).values()))
        said = f"the end of {setting.subject} lies {{off}} off the line towards {node.point.text}"
        hint = f"leave out `towards {node.point.text}`, or define the end on that line"
        found.extend(judge("G511", said, off_m, open_m, setting.span, hint, setting.subject, joins=False))


def _off_m(node: TowardsLeg, setting: Setting) -> float:
    """How far the end lies to the side of the line towards the point, in metres, positive to its left."""
    reading, _ = reading_of(node.kind, node.projection, setting)
    aimed = as_read(reading, setting.frame, setting.start, setting.around.place(node.point))
    return float(run_for(aimed, longest_m(aimed)).nearest(np.array([setting.end])).separation_m[0])


def _check_beyond(node: TowardsLeg, setting: Setting, aimed: Line, line: Line, found: list[Diagnostic]) -> None:
    """Judge a leg that ends before the point through which it should pass."""
    short_m = aimed.length_m - line.length_m
    if short_m <= EXACT_M:
        return
    open_m = sum(map(abs, setting.around.left_open_of(_short_m).values()))
    said = f"{setting.subject} ends {{off}} before it reaches {node.point.text}, through which it should pass"
    hint = "leave out `and beyond`, or check where it ends"
    found.extend(judge("G541", said, short_m, open_m, setting.span, hint, setting.subject, joins=False))


def _short_m(node: TowardsLeg, setting: Setting) -> float:
    """How far the place where the leg ends lies before the point, in metres."""
    reading, _ = reading_of(node.kind, node.projection, setting)
    aimed = as_read(reading, setting.frame, setting.start, setting.around.place(node.point))
    if isinstance(setting.ending, ForDistance):
        return aimed.length_m - setting.around.metres(setting.ending.distance)
    if isinstance(setting.end, tuple):
        return aimed.length_m - distance_m(setting.ellipsoid, setting.start, setting.end)
    return 0.0
