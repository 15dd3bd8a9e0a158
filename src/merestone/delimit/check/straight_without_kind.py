"""O601, O610: a straight line, or a line at an azimuth, whose kind the words leave open."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.check.evidence import Evidence
from merestone.delimit.readings import LegReadings, PairSpread
from merestone.delimit.wording import area_text, listed, metres_text
from merestone.description.legs.straight import StraightLeg
from merestone.description.legs.towards import TowardsLeg
from merestone.description.tree import NOWHERE
from merestone.diagnostics import Diagnostic, Measure, Severity

SETTLES = (
    "words of the parties that name the kind of line (geodesic, loxodrome, straight on a named grid), "
    "or the projection of the map on which the instrument drew it"
)

STRAIGHT, AT_AZIMUTH = "this straight line", "this line at an azimuth"
NOTABLY = 1.5
"""A pair that lies further apart than the taken reading from any other is named where it does so by this factor."""


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each straight line without a kind, with the spread between every named pair of readings."""
    for leg in evidence.readings.legs:
        said = evidence.compiled.resolved.legs.get((leg.section, leg.leg))
        straight = said is None or isinstance(said.node.kind, StraightLeg | TowardsLeg)
        severity = Severity.NOTE if _settled(leg) else Severity.OPEN
        yield Diagnostic(
            "O601" if straight else "O610", severity, _sentence(leg, STRAIGHT if straight else AT_AZIMUTH),
            leg.span if said is None or said.node.kind.span == NOWHERE else said.node.kind.span,
            hint=_hint(leg), settles=None if _settled(leg) else SETTLES, subject=leg.line.subject, measures=_measures(leg),
            read_as=leg.taken,
        )  # fmt: skip


def _settled(leg: LegReadings) -> bool:
    """Whether an instrument itself says how its straight lines are to be read."""
    declared = leg.line.declared
    return (
        leg.taken is not None
        and declared is not None
        and declared.by is not None
        and declared.by.instrument is not None
    )


def _sentence(leg: LegReadings, what: str) -> str:
    count = len(leg.line.places) - 1
    what = what if count == 1 else f"these {count:,} straight lines"
    is_open = f"the kind of {what} is left open"
    spread = _spread(leg)
    if _settled(leg):
        return f"{leg.line.authority} says how {what} {'runs' if count == 1 else 'run'}: {leg.taken}, {spread}"
    if leg.taken is None:
        return f"{is_open} and no reading is declared; {spread}"
    by = leg.line.authority
    return (
        f"{is_open}; {'it is' if count == 1 else 'they are'} drawn as {leg.taken}{f' by {by}' if by else ''}, {spread}"
    )


def _spread(leg: LegReadings) -> str:
    greatest, from_taken = leg.greatest, leg.from_taken
    over = f"over {metres_text(leg.length_m)}"
    if greatest is None:
        return f"and no other reading can be measured {over}"
    if leg.taken is None or from_taken is None:
        return f"its readings lie up to {_pair(greatest)} apart {over}, {_between(greatest)}"
    other = from_taken.second if from_taken.first == leg.taken else from_taken.first
    sentence = f"from which {other} departs by up to {_pair(from_taken)} {over}"
    if greatest.separation_m < NOTABLY * from_taken.separation_m:
        return sentence
    return f"{sentence}; furthest apart are {_between(greatest)}: {_pair(greatest)}"


def _pair(pair: PairSpread) -> str:
    return f"{metres_text(pair.separation_m)} ({area_text(pair.area_m2)})"


def _between(pair: PairSpread) -> str:
    return f"{pair.first} and {pair.second}"


def _hint(leg: LegReadings) -> str | None:
    if leg.taken is None:
        return "write `reading of straight lines: geodesic by «WHO»` in the head, or `read as geodesic by «WHO»` on the leg"
    if leg.unmeasured:
        return f"not measured: {listed([f'{name} ({why})' for name, why in leg.unmeasured])}"
    return None


def _measures(leg: LegReadings) -> tuple[Measure, ...]:
    found = []
    for pair in leg.pairs:
        between = pair.first, pair.second
        found.append(Measure("separation", pair.separation_m, "m", between))
        found.append(Measure("area between", pair.area_m2 / 1e6, "km2", between))
    return tuple(found)
