"""O605: a point that is given `approximately` is not fixed by its coordinates."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.check.evidence import Evidence
from merestone.description.tree import AtCoordinates
from merestone.diagnostics import Diagnostic, Severity


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each definition by approximate coordinates."""
    for name, point in evidence.compiled.resolved.points.items():
        for definition in point.definitions:
            if isinstance(definition, AtCoordinates) and definition.approximately:
                otherwise = "it is placed by its other definition" if len(point.definitions) > 1 else "it has no place"
                yield Diagnostic(
                    "O605", Severity.OPEN,
                    f"{name} is given approximately, which fixes nothing: the feature governs, and {otherwise}",
                    definition.span, subject=f"point {name}",
                    hint="legs to and from it stay named gaps until the feature itself is known",
                    settles="coordinates without `approximately`, a boundary mark, or the feature on a dated source",
                )  # fmt: skip
