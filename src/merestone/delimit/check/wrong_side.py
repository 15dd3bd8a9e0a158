"""X707: a place that the instrument puts on one side lies on the other."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from merestone.delimit.boundary_line import CompiledLeg, CompiledSection
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.expectations import place_of
from merestone.delimit.side_of_line import inner_side, side_of
from merestone.delimit.wording import metres_text
from merestone.description.tree import Clause, ExpectSide
from merestone.diagnostics import Diagnostic, Measure, Severity

ON_THE_LINE_M = 1e-3
"""What lies nearer than this lies on the line: no more than what rounding to canonical units leaves."""
OF_THE_LINE = ("left", "right", "inside", "outside")
"""Sides that belong to the line itself, and not to a party."""


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each place that lies on another side than the instrument says, or whose side cannot be told."""
    line = evidence.compiled.line
    for section in line.sections:
        legs = section.legs
        yield from _check(evidence, section.node.clauses, (section,), legs)
        for leg in legs:
            yield from _check(evidence, leg.clauses, (section,), legs if section.ring else (leg,))
    legs = line.legs
    for point in evidence.compiled.resolved.points.values():
        yield from _check(evidence, point.clauses, line.sections, legs)


def _check(
    evidence: Evidence,
    clauses: tuple[Clause, ...],
    sections: tuple[CompiledSection, ...],
    legs: tuple[CompiledLeg, ...],
) -> Iterator[Diagnostic]:
    for clause in clauses:
        if not isinstance(clause, ExpectSide):
            continue
        if clause.side in OF_THE_LINE:
            yield from _check_one(evidence, clause, sections, legs)
            continue
        # A party's land is told by all of the boundary: an enclave inside a ring is the other party's.
        named = tuple(each for each in evidence.compiled.line.sections if {each.right, each.left} - {None, "open"})
        every = tuple(leg for each in named for leg in each.legs)
        yield from _check_one(evidence, clause, named, every) if every else _check_one(evidence, clause, sections, legs)


def _check_one(
    evidence: Evidence, clause: ExpectSide, sections: tuple[CompiledSection, ...], legs: tuple[CompiledLeg, ...]
) -> Iterator[Diagnostic]:
    name, subject = clause.point.text, f"point {clause.point.text}"
    place = place_of(evidence.compiled, name)
    if place is None or not legs:
        why = f"{name} could not be placed" if place is None else "no leg beside it could be compiled"
        yield Diagnostic("X711", Severity.NOTE, f"this could not be checked: {why}", clause.span, subject=subject)
        return
    where = side_of(np.array(place), sections, legs)
    side = _side(clause.side, where.section)
    if side is None:
        yield Diagnostic(
            "X711", Severity.NOTE,
            f"this could not be checked: section {where.section.name} does not say on which side {clause.side} lies",
            clause.span, subject=subject, hint="add `with PARTY on the right, PARTY on the left` to the section",
        )  # fmt: skip
        return
    open_m = math.hypot(*evidence.prints.halves_m(name, evidence.ellipsoid, place[1]))
    if abs(where.left_m) <= max(ON_THE_LINE_M, open_m):
        how = "on the line" if abs(where.left_m) <= ON_THE_LINE_M else f"{metres_text(abs(where.left_m))} from the line"
        more = (
            f", and the printed precision of its coordinates allows {metres_text(open_m)}"
            if open_m > ON_THE_LINE_M
            else ""
        )
        yield Diagnostic(
            "X711", Severity.NOTE, f"this could not be checked: {name} lies {how}{more}", clause.span, subject=subject,
            hint="finer coordinates of the place would tell its side",
            measures=(Measure("distance from the line", abs(where.left_m), "m"), Measure("allowed", open_m, "m")),
        )  # fmt: skip
        return
    actual = "left" if where.left_m > 0.0 else "right"
    if actual != side:
        yield Diagnostic(
            "X707", Severity.WARNING,
            f"{name} lies {_named(actual, where.section)}, {metres_text(abs(where.left_m))} from the line, and the "
            f"instrument puts it {_named(side, where.section)}",
            clause.span, subject=subject,
            hint="check the coordinates of the place and of the nearest leg, and the sides that the section names",
            settles="the place's own coordinates from a dated source, or a word of the parties on what prevails",
            measures=(Measure("distance from the line", abs(where.left_m), "m"),),
        )  # fmt: skip


def _side(said: str, section: CompiledSection) -> str | None:
    """`left` or `right` of the direction of travel for what the clause says, None where the section does not tell."""
    if said in ("left", "right"):
        return said
    inner = inner_side(section) if section.ring else "right"
    outer = "left" if inner == "right" else "right"
    if said in ("inside", "outside"):
        return None if not section.ring else inner if said == "inside" else outer
    if section.right == section.left:
        return None
    return inner if said == section.right else outer if said == section.left else None


def _named(side: str, section: CompiledSection) -> str:
    """A side as the finding names it: with the party that the section puts there, where it says."""
    if section.ring:
        inside = side == inner_side(section)
        party = section.right if inside else section.left
        where = "inside" if inside else "outside"
    else:
        party = section.right if side == "right" else section.left
        where = f"on the {side}"
    return f"{where} (the side of {party})" if party not in (None, "nobody", "open") else where
