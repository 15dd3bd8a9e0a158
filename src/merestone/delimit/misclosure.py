"""A place that misses the line or point that it should lie on: judged by the print, and joined by a straight piece.

There is one rule for every kind of leg and construction. What misses by no more than the print of the places, directions
and lengths concerned explains is joined, and a note gives the distance. What misses by more is refused.
"""

from __future__ import annotations

from dataclasses import replace

from merestone.delimit.drawn import Drawn, Setting, trouble
from merestone.delimit.fix import Bearing, Place
from merestone.delimit.lengths import last_place_m, metres
from merestone.delimit.wording import off_and_open_text, off_text
from merestone.description.tree import Length
from merestone.diagnostics import Diagnostic, Measure, Severity, Span
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.path import Path

EXACT_M = 1e-3
"""Nearer than this two places are one: no more than what rounding to canonical units and solving leave."""


def judge(
    code: str, said: str, off_m: float, open_m: float, span: Span | None, hint: str, subject: str | None,
    *, joins: bool = True,
) -> tuple[Diagnostic, ...]:  # fmt: skip
    """What is said of a miss that the print explains; raises `TroubleError` for a greater one.

    `{off}` in `said` stands for the distance.
    """
    if abs(off_m) <= EXACT_M:
        return ()
    off, explained = off_and_open_text(abs(off_m), open_m)
    said = said.format(off=off)
    if abs(off_m) > open_m:
        raise trouble(code, f"{said}, and the printed precision allows {explained}", span, hint, subject)
    then = ", and a straight piece joins them" if joins else ""
    said = f"{said}; the printed precision allows {explained}{then}"
    return (_remark(code, Severity.NOTE, said, off_m, open_m, span, subject),)


def judge_at_distance(
    code: str, said: str, off_m: float, open_m: float, printed: tuple[str, Length], setting: Setting, hint: str
) -> tuple[Diagnostic, ...]:
    """The same for a place that should lie at a printed distance (what it is called, and how long) from another.

    A distance with decimals is a measured one, and half of its last place counts. A whole one may be meant exactly: where
    only another distance explains the miss, that is a warning.
    """
    what, distance = printed
    printed_m, half_m = metres(distance), last_place_m(distance) / 2.0
    measured_m = half_m if distance.number.last_place < 1 else 0.0
    if abs(off_m) <= max(open_m + measured_m, EXACT_M) or abs(off_m) > open_m + half_m:
        explained_m = open_m + (half_m if abs(off_m) > open_m + measured_m else measured_m)
        if abs(off_m) > explained_m:
            said += f" ({printed_m + off_m:,.2f} m instead of the {what} of {printed_m:,.2f} m)"
        return judge(code, said, off_m, explained_m, setting.span, hint, setting.subject)
    only = f"only a {what} of {printed_m + off_m:,.2f} m instead of {printed_m:,.2f} m explains it"
    said = f"{said.format(off=off_text(off_m))}; {only}, and a straight piece joins them"
    return (_remark(code, Severity.WARNING, said, off_m, open_m, setting.span, setting.subject),)


def _remark(
    code: str, severity: Severity, said: str, off_m: float, open_m: float, span: Span | None, subject: str | None
) -> Diagnostic:
    return Diagnostic(
        code, severity, said, span, subject=subject,
        hint="define that place on the line if its print is only a rounding of it",
        measures=(Measure("misclosure", abs(off_m), "m"), Measure("allowed by the printed precision", open_m, "m")),
    )  # fmt: skip


def joined(drawn: Drawn, setting: Setting, findings: list[Diagnostic]) -> Drawn:
    """A leg with a straight piece at either end that lies off its printed place, and what was found of them."""
    drawn = replace(drawn, findings=(*drawn.findings, *findings))
    first, last = (_place(each) for each in drawn.line.ends.tolist())
    pieces: list[Line] = [drawn.line]
    if distance_m(setting.ellipsoid, setting.start, first) > EXACT_M:
        pieces.insert(0, Geodesic.between(setting.ellipsoid, setting.start, first))
    end = setting.end
    if end is not None and not isinstance(end, Bearing) and distance_m(setting.ellipsoid, last, end) > EXACT_M:
        pieces.append(Geodesic.between(setting.ellipsoid, last, end))
    if len(pieces) == 1:
        return drawn
    return replace(drawn, line=Path(tuple(pieces)), kind=drawn.line.kind)


def _place(lonlat: list[float]) -> Place:
    return lonlat[0], lonlat[1]
