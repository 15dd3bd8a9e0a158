"""The stretch of another line that a leg runs along."""

from __future__ import annotations

import numpy as np

from merestone.delimit.drawn import Drawn, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.description.tree import Name
from merestone.geodesy.cut import cut
from merestone.geodesy.line import Line

OFF_THE_LINE_M = 0.01
"""An end further than this from the line that the leg runs along does not lie on it."""


def draw_stretch(setting: Setting, whole: Line, what: str) -> Drawn:
    """The stretch of `whole` between the leg's two ends, which must lie on it."""

    def between(start: Place, end: Place) -> Line:
        nearest = whole.nearest(np.array([start, end]))
        for which, off_m in zip(("start", "end"), np.abs(nearest.separation_m), strict=True):
            if off_m > OFF_THE_LINE_M:
                raise trouble(
                    "G511",
                    f"the {which} of {setting.subject} lies {off_m:,.2f} m off {what}, along which it should run",
                    setting.span,
                    f"define that {which} on {what}, as `at LENGTH along {what} from POINT`",
                    setting.subject,
                )
        return cut(whole, float(nearest.along_m[0]), float(nearest.along_m[1]))

    return drawn(setting, between, None, "end it with `to POINT`")


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
