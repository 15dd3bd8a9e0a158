"""The stretch of another line that a leg runs along."""

from __future__ import annotations

import math

import numpy as np

from merestone.delimit.aimed import produced
from merestone.delimit.drawn import Drawn, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.misclosure import EXACT_M, joined, judge
from merestone.description.tree import LineReference, Name
from merestone.diagnostics import Diagnostic
from merestone.geodesy.cut import cut
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Floats, Line, Nearest


def draw_stretch(setting: Setting, reference: LineReference, what: str) -> Drawn:
    """The stretch of the line that is referred to between the leg's two ends, which must lie on it."""
    whole = setting.around.line(reference)
    if setting.around.produced(reference):
        whole = produced(whole)
    found: list[Diagnostic] = []

    def between(start: Place, end: Place) -> Line:
        for which, place in (("start", start), ("end", end)):
            hint = f"define that {which} on {what}, as `at LENGTH along {what} from POINT`"
            found.extend(
                on_the_line("G511", setting, which, place, reference, whole, f"{what}, along which it should run", hint)
            )
        nearest = whole.nearest(np.array([start, end]))
        return cut(whole, float(nearest.along_m[0]), float(nearest.along_m[1]))

    return joined(drawn(setting, between, None, "end it with `to POINT`"), setting, found)


def on_the_line(
    code: str, setting: Setting, which: str, place: Place, reference: LineReference, whole: Line, what: str, hint: str
) -> tuple[Diagnostic, ...]:
    """What is said of the start or end of a leg that lies off a line by what the print explains; raises for more."""
    nearest = whole.nearest(np.array([place]))
    off_m = abs(float(nearest.separation_m[0]))
    if off_m <= EXACT_M:
        return ()
    open_m = setting.around.left_open_m(which, reference, across_deg(whole, nearest.lonlat, place))
    said = f"the {which} of {setting.subject} lies {{off}} off {what}"
    return judge(code, said, off_m, open_m, setting.span, hint, setting.subject)


def across_deg(whole: Line, foot: Floats, place: Place) -> float:
    """The azimuth in degrees from the nearest place of a line (1, 2) to a place that lies off it."""
    return float(inverse(whole.ellipsoid, foot, np.array([place]))[0][0])


def beside_m(line: Line, nearest: Nearest, place: Place) -> float:
    """How far from the foot of its perpendicular the nearest place of a line lies, in metres: at an end or a corner."""
    to_place_deg = across_deg(line, nearest.lonlat, place)
    along_deg = float(line.azimuth(nearest.along_m)[0])
    return abs(float(nearest.separation_m[0]) * math.cos(math.radians(to_place_deg - along_deg)))


def of_this_description(source: Name | None, setting: Setting) -> None:
    """Raise the finding that an earlier line, which a source holds, is not yet read."""
    if source is not None:
        raise trouble(
            "N901",
            f"{setting.subject} follows a line that {source.text} holds, which is not yet compiled",
            source.span,
            "describe that line here as a section of its own, and run along it",
            setting.subject,
        )
