"""Whether the end of a leg lies on the parallel or meridian that the leg follows."""

from __future__ import annotations

from merestone.delimit.drawn import Setting, trouble
from merestone.delimit.fix import Place
from merestone.delimit.misclosure import JOINED_M, remark
from merestone.description.tree import Name
from merestone.diagnostics import Diagnostic
from merestone.geodesy.elementary import distance_m

ON_THE_LINE_M = 2e-4
"""Within about one canonical unit a point lies on the line."""


def check_start(setting: Setting, what: str, on_line: Place, through: Name) -> None:
    """Raise the finding that a leg does not start on the parallel or meridian of the point that its words name."""
    off_m = distance_m(setting.ellipsoid, setting.start, on_line)
    if off_m > ON_THE_LINE_M:
        raise trouble(
            "G505",
            f"the start of {setting.subject} lies {off_m:,.2f} m off the {what} through {through.text}",
            setting.span,
            f"define the start as an intersection with `{what} through {through.text}`",
            setting.subject,
        )


def check_on_line(setting: Setting, what: str, on_line: Place, end: Place, found: list[Diagnostic]) -> None:
    """Refuse an end further off the parallel or meridian of its start than the print explains; remark one that is off."""
    off_m = distance_m(setting.ellipsoid, on_line, end)
    if off_m <= max(ON_THE_LINE_M, JOINED_M):
        return
    open_m = setting.around.left_open_m("end", None, 0.0 if what == "parallel" else 90.0)
    said = f"the end of {setting.subject} lies {off_m:,.2f} m off the {what} of its start"
    if off_m > open_m:
        raise trouble(
            "G505",
            f"{said}, and the print explains {open_m:,.2f} m",
            setting.span,
            f"define that end as an intersection with the {what}, or say another kind of line",
            setting.subject,
        )
    found.append(remark("G505", setting, said, off_m, open_m, doubtful=None))
