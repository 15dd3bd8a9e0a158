"""The stretch of another line that a leg runs along."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from merestone.delimit.drawn import Drawn, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.description.tree import Name
from merestone.geodesy.cut import cut
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.line import Line
from merestone.geodesy.lines.path import Path

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
        from_m, to_m = float(nearest.along_m[0]), float(nearest.along_m[1])
        _check_unbroken(setting, whole, min(from_m, to_m), max(from_m, to_m), what)
        return cut(whole, from_m, to_m)

    return drawn(setting, between, None, "end it with `to POINT`")


def _check_unbroken(setting: Setting, whole: Line, from_m: float, to_m: float, what: str) -> None:
    """Raise the finding that a line has a gap between two distances along it, which no leg can run along."""
    if not isinstance(whole, Path):
        return
    for (before, after), joint_m in zip(pairwise(whole.pieces), whole.starts_m[1:], strict=False):
        end, start = before.ends[1], after.ends[0]
        apart_m = distance_m(setting.ellipsoid, (float(end[0]), float(end[1])), (float(start[0]), float(start[1])))
        if from_m < joint_m < to_m and apart_m > OFF_THE_LINE_M:
            raise trouble(
                "G511",
                f"{what} has a gap of {apart_m:,.2f} m between the two ends of {setting.subject}, which runs along it",
                setting.span,
                f"run along {what} up to the gap, and say in a leg of its own what leads across",
                setting.subject,
            )


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
