"""The checker: what the words leave open and by how much, and where two statements disagree.

Each rule is a module of its own and is listed once, in `RULES`; it looks at the evidence and yields findings. A rule
never stops another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merestone.delimit.check import (
    approximate,
    coarse_coordinates,
    definitions_disagree,
    exchanges,
    feet_of_grids,
    figures,
    frame_unstated,
    gaps_between,
    languages_disagree,
    open_ending,
    projection_elsewhere,
    realisation_unstated,
    repeated_points,
    rough_directions,
    self_crossing,
    sides_between_neighbours,
    sources_undated,
    straight_without_kind,
    two_arcs,
    where_statements_meet,
    words_that_need_a_reading,
    wrong_side,
)
from merestone.delimit.check.evidence import Rule, evidence_of
from merestone.diagnostics import Diagnostic, in_order

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled

RULES: tuple[Rule, ...] = (
    straight_without_kind.find,
    frame_unstated.find,
    realisation_unstated.find,
    coarse_coordinates.find,
    approximate.find,
    approximate.find_lengths,
    words_that_need_a_reading.find,
    sources_undated.find,
    open_ending.find,
    projection_elsewhere.find,
    figures.find,
    figures.find_unweighed,
    figures.find_void,
    exchanges.find,
    feet_of_grids.find,
    wrong_side.find,
    definitions_disagree.find,
    languages_disagree.find,
    self_crossing.find,
    gaps_between.find,
    where_statements_meet.find,
    repeated_points.find,
    rough_directions.find,
    two_arcs.find,
    sides_between_neighbours.find,
)
"""Every rule."""


def check(compiled: Compiled) -> tuple[Diagnostic, ...]:
    """What the rules find in a compiled description, in the order of the text."""
    evidence = evidence_of(compiled)
    return in_order(finding for rule in RULES for finding in rule(evidence))


def all_findings(compiled: Compiled) -> tuple[Diagnostic, ...]:
    """What the compiler and the rules find together, each thing once, in the order of the text.

    Where both give one code to one subject or one line, the rule's finding, which carries the figures, stands.
    """
    found = check(compiled)
    subjects = {(each.code, each.subject) for each in found}
    lines = {
        (each.code, line)
        for each in found
        if each.span is not None
        for line in range(each.span.line, each.span.end_line + 1)
    }
    kept = [
        each
        for each in compiled.diagnostics
        if (each.subject is None or (each.code, each.subject) not in subjects)
        and (each.span is None or (each.code, each.span.line) not in lines)
    ]
    return in_order((*kept, *found))
