"""A line that misses the place where the words end it, by what the print explains, is joined to it by a straight piece."""

from __future__ import annotations

from dataclasses import replace

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.fix import Bearing, Place
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.path import Path

JOINED_M = 1e-3
"""Nearer than this a line ends at the place that the words name."""


def joined(drawn: Drawn, setting: Setting, findings: list[Diagnostic]) -> Drawn:
    """A leg with a straight piece at either end that lies off its printed place, and what was found of them."""
    first, last = (_place(each) for each in drawn.line.ends.tolist())
    pieces: list[Line] = [drawn.line]
    if distance_m(setting.ellipsoid, setting.start, first) > JOINED_M:
        pieces.insert(0, Geodesic.between(setting.ellipsoid, setting.start, first))
    end = setting.end
    if end is not None and not isinstance(end, Bearing) and distance_m(setting.ellipsoid, last, end) > JOINED_M:
        pieces.append(Geodesic.between(setting.ellipsoid, last, end))
    if len(pieces) == 1:
        return drawn
    return replace(drawn, line=Path(tuple(pieces)), kind=drawn.line.kind, findings=(*drawn.findings, *findings))


def remark(code: str, setting: Setting, said: str, off_m: float, open_m: float, *, doubtful: str | None) -> Diagnostic:
    """What is said of an end that lies off its line by what the print explains; `doubtful` is what it needs for that."""
    explained = f"the print explains {open_m:,.2f} m of it" if doubtful is None else doubtful
    return Diagnostic(
        code, Severity.NOTE if doubtful is None else Severity.WARNING, f"{said}; {explained}, and a straight piece joins them",
        setting.span, subject=setting.subject,
        hint="define that end as an intersection with the line if the printed place is only a rounding of it",
        measures=(Measure("misclosure", abs(off_m), "m"), Measure("left open by the print", open_m, "m")),
    )  # fmt: skip


def _place(lonlat: list[float]) -> Place:
    return lonlat[0], lonlat[1]
