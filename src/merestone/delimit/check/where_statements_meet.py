"""G502 and R412: what lies between two statements of a section that do not meet, and a start that nothing runs from.

A section is one chain: each leg starts where the line stands. Where the words go on from another place, with `from`
or `then from`, the stretch between the two is not drawn, and the finding gives its width.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg, CompiledSection, Gap
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.expectations import place_of
from merestone.delimit.wording import metres_text
from merestone.description.resolve import legs_in
from merestone.description.tree import From
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.line import Place

Part = CompiledLeg | Gap


@dataclass(slots=True)
class _Junction:
    """Two parts of a section that follow one another, and the starts that the words name between them."""

    before: Part | None
    after: Part | None
    starts: list[From] = field(default_factory=list)


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each stretch between two statements that is not drawn, and for each start without a leg."""
    for section in evidence.compiled.line.sections:
        for junction in _junctions(section):
            unused = junction.starts if junction.after is None else junction.starts[:-1]
            yield from (_starts_nothing(start, section) for start in unused)
            if junction.before is not None and junction.after is not None and junction.starts:
                yield from _apart(evidence, section, junction.before, junction.starts[-1])


def _junctions(section: CompiledSection) -> Iterator[_Junction]:
    """Every place of a section where one part follows another, from its beginning to its end."""
    parts = deque(section.parts)
    junction = _Junction(None, None)
    for statement in section.node.body:
        if isinstance(statement, From):
            junction.starts.append(statement)
        for part in (each for _ in legs_in(statement) for each in _parts_of_leg(parts)):
            junction.after = part
            yield junction
            junction = _Junction(part, None)
    yield junction


def _parts_of_leg(parts: deque[Part]) -> Iterator[Part]:
    """The parts of the next leg: one, or for a chain also the gap before its first point."""
    part = parts.popleft()
    yield part
    if isinstance(part, Gap) and parts and parts[0].span == part.span:
        yield parts.popleft()


def _starts_nothing(start: From, section: CompiledSection) -> Diagnostic:
    words = f"{'then ' if start.then else ''}from {start.point.text}"
    return Diagnostic(
        "R412", Severity.WARNING, f"no leg runs from {start.point.text}: `{words}` starts nothing", start.span,
        hint=f"write the leg that runs from {start.point.text} below it, or remove the line",
        subject=f"section {section.name}",
    )  # fmt: skip


def _apart(evidence: Evidence, section: CompiledSection, before: Part, start: From) -> Iterator[Diagnostic]:
    """The stretch between where a part ends and where the words go on, unless that is one place or the part is open."""
    end = end_of(evidence, before)
    begins = place_of(evidence.compiled, start.point.text)
    if end is None or end == begins:
        return
    severity = Severity.OPEN if start.then else Severity.WARNING
    settles = "words that lead from the one point to the other" if start.then else None
    name = start.point.text
    where = f"before {name} in section {section.name}"
    apart_m = distance_m(evidence.ellipsoid, end, begins) if begins is not None else None
    sentence = f"the words leave a gap {where}, and {name} has no place"
    if apart_m is not None:
        sentence = f"the words leave a gap of {metres_text(apart_m)} {where}"
    measures = (Measure("gap", apart_m, "m"),) if apart_m is not None else ()
    meant = "" if start.then else f", or `then from {name}` if the gap is meant"
    yield Diagnostic(
        "G502", severity, sentence, start.span, subject=f"section {section.name}", settles=settles, measures=measures,
        hint=f"a leg between the two points would close it{meant}",
    )  # fmt: skip


def end_of(evidence: Evidence, part: Part) -> Place | None:
    """Where a part ends, None for a gap that ends at no known place."""
    if isinstance(part, Gap):
        return place_of(evidence.compiled, part.end) if part.end is not None else None
    lon, lat = part.vertices[-1] / UNITS_PER_DEGREE
    return float(lon), float(lat)


def start_of(evidence: Evidence, part: Part) -> Place | None:
    """Where a part starts, None for a gap that starts at no known place."""
    if isinstance(part, Gap):
        return place_of(evidence.compiled, part.start) if part.start is not None else None
    lon, lat = part.vertices[0] / UNITS_PER_DEGREE
    return float(lon), float(lat)
