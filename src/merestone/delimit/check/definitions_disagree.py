"""X708: several definitions of one point put it in different places, by more than their print explains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.lengths import metres
from merestone.delimit.wording import metres_text
from merestone.description.tree import PointDefinition
from merestone.diagnostics import Diagnostic, Label, Measure, Severity


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each point whose definitions disagree, with the distance of each from the one that was taken."""
    resolved = evidence.compiled.resolved
    asked = metres(resolved.tolerance) if resolved.tolerance is not None else 0.0
    for name, point in evidence.points.items():
        if not point.others:
            continue
        latitude_deg = point.units[1] / UNITS_PER_DEGREE
        printed_m = float(np.hypot(*evidence.prints.halves_m(name, evidence.ellipsoid, latitude_deg)))
        furthest_m = max(apart_m for _, apart_m in point.others)
        if furthest_m <= printed_m + asked:
            continue
        order = ", ".join(resolved.precedence) or "none is given"
        explained = f"; the print of the coordinates explains {metres_text(printed_m)}" if printed_m > 0.0 else ""
        yield Diagnostic(
            "X708", Severity.WARNING,
            f"the definitions of {name} lie up to {metres_text(furthest_m)} apart{explained}; precedence: {order}",
            point.span, labels=tuple(Label(each.span, "one definition") for each in _definitions(evidence, name)),
            settles="a rule of precedence in the instrument, or a word of the parties on which definition holds",
            subject=f"point {name}",
            measures=tuple(Measure(f"distance to the definition by {basis}", m, "m") for basis, m in point.others),
        )  # fmt: skip


def _definitions(evidence: Evidence, name: str) -> tuple[PointDefinition, ...]:
    return evidence.compiled.resolved.points[name].definitions
