"""Which points the line or another statement rests on, and which are there only to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.check.evidence import Evidence
from merestone.description import references
from merestone.description.references import Reference_, Referent
from merestone.description.tree import Clause, Leg, Note, Words


def only_to_check(evidence: Evidence) -> frozenset[str]:
    """The points that expectations carry or name, and nothing else rests on."""
    return frozenset(_compared(evidence)) - frozenset(_rested_on(evidence))


def _compared(evidence: Evidence) -> Iterator[str]:
    resolved = evidence.compiled.resolved
    for name, point in resolved.points.items():
        if _expects(point.clauses):
            yield name
    clauses = chain.from_iterable(
        holder.clauses
        for holder in (
            *resolved.points.values(),
            *resolved.sections.values(),
            *(leg.node for leg in resolved.legs.values()),
        )
    )
    yield from _points(references.of_clauses(tuple(clauses)))


def _expects(clauses: tuple[Clause, ...]) -> bool:
    return any(not isinstance(clause, Words | Note) for clause in clauses)


def _rested_on(evidence: Evidence) -> Iterator[str]:
    resolved = evidence.compiled.resolved
    for section in evidence.compiled.line.sections:
        for part in section.parts:
            yield from part.vertex_names if isinstance(part, CompiledLeg) else filter(None, (part.start, part.end))
    for point in resolved.points.values():
        for definition in point.definitions:
            yield from _points(references.of_definition(definition))
    for construction in resolved.constructions.values():
        yield from _points(references.of_line(construction.line))
    for feature in resolved.features.values():
        if feature.line is not None:
            yield from _points(references.of_line(feature.line))
    for leg in resolved.legs.values():
        yield from _points(references.of_kind(leg.node.kind))
        if isinstance(leg.node, Leg):
            yield from _points(references.of_ending(leg.node.ending))


def _points(found: Iterable[Reference_]) -> Iterator[str]:
    return (name.text for referent, name, _ in found if referent is Referent.POINT)
