"""Whether the end of a leg lies on the parallel or meridian that the leg follows."""

from __future__ import annotations

from merestone.delimit.drawn import Setting
from merestone.delimit.fix import Place
from merestone.delimit.misclosure import judge
from merestone.description.tree import Name
from merestone.diagnostics import Diagnostic
from merestone.geodesy.elementary import distance_m


def check_start(setting: Setting, what: str, on_line: Place, through: Name, found: list[Diagnostic]) -> None:
    """Judge a start that lies off the parallel or meridian of the point that the words of the leg name."""
    off_m = distance_m(setting.ellipsoid, setting.start, on_line)
    said = f"the start of {setting.subject} lies {{off}} off the {what} through {through.text}"
    hint = f"define the start as an intersection with `{what} through {through.text}`"
    open_m = setting.around.left_open_m("start", through, _across_deg(what))
    found.extend(judge("G505", said, off_m, open_m, setting.span, hint, setting.subject))


def check_on_line(setting: Setting, what: str, on_line: Place, end: Place, found: list[Diagnostic]) -> None:
    """Judge an end that lies off the parallel or meridian of the start."""
    off_m = distance_m(setting.ellipsoid, on_line, end)
    said = f"the end of {setting.subject} lies {{off}} off the {what} of its start"
    hint = f"define that end as an intersection with the {what}, or say another kind of line"
    open_m = setting.around.left_open_m("end", None, _across_deg(what))
    found.extend(judge("G505", said, off_m, open_m, setting.span, hint, setting.subject))


def _across_deg(what: str) -> float:
    return 0.0 if what == "parallel" else 90.0
