"""X708: several definitions of one point put it in different places, by more than their print explains."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.check.evidence import Evidence
from merestone.delimit.judged import open_between_m
from merestone.delimit.lengths import metres
from merestone.delimit.misclosure import EXACT_M
from merestone.delimit.wording import off_and_open_text
from merestone.description.tree import PointDefinition
from merestone.diagnostics import Diagnostic, Label, Measure, Severity
from merestone.geodesy.elementary import distance_m


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each point whose definitions disagree, with the distance of each from the one that was taken.

    What the print explains is that of both definitions, as G513 takes it.
    """
    computation, resolved = evidence.compiled.computation, evidence.compiled.resolved
    asked = metres(resolved.tolerance) if resolved.tolerance is not None else 0.0
    for name, (taken, *rest) in computation.located.items():
        point = evidence.points.get(name)
        if point is None:
            continue
        apart = [distance_m(evidence.ellipsoid, taken[1].place, fix.place) for _, fix in rest]
        beyond = [
            (off_m, open_m)
            for off_m, other in zip(apart, rest, strict=True)
            if off_m > EXACT_M and off_m > (open_m := open_between_m(name, taken, other, computation)) + asked
        ]
        if not beyond:
            continue
        furthest_m, printed_m = max(beyond)
        order = ", ".join(resolved.precedence) or "none is given"
        furthest, printed = off_and_open_text(furthest_m, printed_m)
        explained = f"; the printed precision allows {printed}" if printed_m > 0.0 else ""
        yield Diagnostic(
            "X708", Severity.WARNING,
            f"the definitions of {name} lie up to {furthest} apart{explained}; precedence: {order}",
            point.span, labels=tuple(Label(each.span, "one definition") for each in _definitions(evidence, name)),
            settles="a rule of precedence in the instrument, or a word of the parties on which definition holds",
            subject=f"point {name}",
            measures=tuple(Measure(f"distance to the definition by {basis}", m, "m") for basis, m in point.others),
        )  # fmt: skip


def _definitions(evidence: Evidence, name: str) -> tuple[PointDefinition, ...]:
    return evidence.compiled.resolved.points[name].definitions
