"""O609: a leg that runs in a direction only, or that has no end in the words."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.check.evidence import Evidence
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.tree import InDirection, Leg, Open, Refused
from merestone.diagnostics import Diagnostic, Severity


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each open ending, and one for each point that is a direction only."""
    for leg in evidence.compiled.resolved.legs.values():
        if isinstance(leg.node.kind, TraverseLeg) or getattr(leg.node.kind, "chord", None) is not None:
            continue  # its courses, or its chord, say where it ends
        if isinstance(leg.node, Leg) and isinstance(leg.node.ending, Open) and not isinstance(leg.node.kind, Refused):
            subject = f"leg {leg.name} of {leg.section.name.text}"
            yield Diagnostic(
                "O609", Severity.OPEN, f"{subject} has no end in the words", leg.node.ending.span, subject=subject,
                hint="the leg stays a named gap: its length is not known",
                settles="words that say where it ends: a point, a line that it meets, or a distance",
            )  # fmt: skip
    for name, point in evidence.compiled.resolved.points.items():
        for definition in point.definitions:
            if isinstance(definition, InDirection):
                yield Diagnostic(
                    "O609", Severity.OPEN, f"{name} is a direction only: the words say which way, not how far",
                    definition.span, subject=f"point {name}",
                    hint="a leg that runs to it stays a named gap",
                    settles="a distance, coordinates, or a line that the leg runs to",
                )  # fmt: skip
