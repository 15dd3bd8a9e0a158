"""G502: a ring that does not close, and sections that nearly meet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg, CompiledSection
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.where_statements_meet import end_of, start_of
from merestone.delimit.wording import metres_text
from merestone.diagnostics import Diagnostic, Measure, Severity, Span
from merestone.geodesy.elementary import distance_m

NEARLY = 0.01
"""Sections whose ends are nearer than this part of the shorter one are meant to meet."""


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each ring that is open, and for each pair of sections that nearly meet."""
    sections = evidence.compiled.line.sections
    for section in sections:
        if section.ring and section.parts:
            yield from _ring(evidence, section)
    runs = [section for section in sections if not section.ring and section.parts]
    for one, other in pairwise(runs):
        yield from _between(evidence, one, other)


def _ring(evidence: Evidence, section: CompiledSection) -> Iterator[Diagnostic]:
    first, last = section.parts[0], section.parts[-1]
    end, start = end_of(evidence, last), start_of(evidence, first)
    if end is None or start is None or end == start:
        return
    apart_m = distance_m(evidence.ellipsoid, end, start)
    if apart_m > 0.0:
        name = (first.vertex_names[0] if isinstance(first, CompiledLeg) else first.start) or "its start"
        yield _finding(
            Severity.WARNING, f"ring {section.name} does not close: its last leg ends {metres_text(apart_m)} from {name}",
            section.node.name.span, f"ring {section.name}", apart_m, f"end it with a leg to {name}",
        )  # fmt: skip


def _between(evidence: Evidence, one: CompiledSection, other: CompiledSection) -> Iterator[Diagnostic]:
    before, after = one.parts[-1], other.parts[0]
    if not (isinstance(before, CompiledLeg) and isinstance(after, CompiledLeg)):
        return
    apart_m = _apart_m(evidence, before, after)
    if 0.0 < apart_m < NEARLY * min(one.length_m, other.length_m):
        yield _finding(
            Severity.WARNING,
            f"section {one.name} ends {metres_text(apart_m)} from where section {other.name} begins",
            other.node.name.span, f"section {other.name}", apart_m,
            "begin the second at the point where the first ends, or say what lies between",
        )  # fmt: skip


def _apart_m(evidence: Evidence, before: CompiledLeg, after: CompiledLeg) -> float:
    end, start = before.vertices[-1] / UNITS_PER_DEGREE, after.vertices[0] / UNITS_PER_DEGREE
    if (before.vertices[-1] == after.vertices[0]).all():
        return 0.0
    return distance_m(evidence.ellipsoid, (float(end[0]), float(end[1])), (float(start[0]), float(start[1])))


def _finding(severity: Severity, sentence: str, span: Span, subject: str, apart_m: float, hint: str) -> Diagnostic:
    return Diagnostic(
        "G502", severity, sentence, span, subject=subject, hint=hint, measures=(Measure("gap", apart_m, "m"),),
        settles="words that lead from the one point to the other" if severity is Severity.OPEN else None,
    )  # fmt: skip
