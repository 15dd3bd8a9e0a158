"""G520: neighbouring sections that put the parties on different sides, and a section with one party on both."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.boundary_line import CompiledLeg, CompiledSection
from merestone.delimit.check.evidence import Evidence
from merestone.diagnostics import Diagnostic, Label, Severity

NO_PARTY = (None, "nobody", "open")
MOST_AT_ONE_PLACE = 20


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each pair of sections that share an end and swap their sides there."""
    runs = [section for section in evidence.compiled.line.sections if not section.ring]
    for section in evidence.compiled.line.sections:
        if section.right == section.left and section.right not in NO_PARTY:
            sides = section.node.sides
            yield Diagnostic(
                "G520", Severity.WARNING, f"section {section.name} has {section.right} on both sides",
                sides.span if sides is not None else section.node.name.span, subject=f"section {section.name}",
                hint="name the party on either side, or `nobody` or `open`",
            )  # fmt: skip
    for one, other in _meeting(runs):
        yield from _compare(one, other)


def _meeting(runs: list[CompiledSection]) -> Iterator[tuple[CompiledSection, CompiledSection]]:
    """The pairs of sections with sides that share an end; where very many meet, each with some of those before it."""
    at: dict[tuple[int, ...], list[CompiledSection]] = {}
    for section in runs:
        if section.right == section.left:
            continue
        ends = [end for end in dict.fromkeys(_ends(section)) if end is not None]
        before = {other.name: other for end in ends for other in at.get(end, ())}
        for other in before.values():
            yield other, section
        for end in ends:
            here = at.setdefault(end, [])
            if len(here) < MOST_AT_ONE_PLACE:
                here.append(section)


def _compare(one: CompiledSection, other: CompiledSection) -> Iterator[Diagnostic]:
    turned = _joined(one, other)
    if turned is None or {one.right, one.left} != {other.right, other.left}:
        return
    expected = (one.left, one.right) if turned else (one.right, one.left)
    if (other.right, other.left) != expected:
        here, there = one.node.sides, other.node.sides
        span = there.span if there is not None else other.node.name.span
        yield Diagnostic(
            "G520", Severity.WARNING,
            f"sections {one.name} and {other.name} meet, and {one.right} changes sides between them",
            span, labels=(Label(here.span, f"the sides of {one.name}"),) if here is not None else (),
            subject=f"section {other.name}", hint="check which side each party lies on, and the direction of each section",
            settles="the instrument's own words on the sides, or a place of known affiliation beside the line",
        )  # fmt: skip


def _joined(one: CompiledSection, other: CompiledSection) -> bool | None:
    """Whether the second runs against the direction of the first where they share an end; None where they share none."""
    ends = [_ends(section) for section in (one, other)]
    (start, end), (other_start, other_end) = ends
    if (None not in (end, other_start) and end == other_start) or (
        None not in (start, other_end) and start == other_end
    ):
        return False
    if (None not in (end, other_end) and end == other_end) or (
        None not in (start, other_start) and start == other_start
    ):
        return True
    return None


def _ends(section: CompiledSection) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    first, last = section.parts[0] if section.parts else None, section.parts[-1] if section.parts else None
    start = tuple(first.vertices[0].tolist()) if isinstance(first, CompiledLeg) else None
    end = tuple(last.vertices[-1].tolist()) if isinstance(last, CompiledLeg) else None
    return start, end
