"""O605: a point that is given `approximately`; O616: lengths that are given `about` and that the line rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from merestone.delimit.check.evidence import Evidence
from merestone.delimit.lengths import last_place_m
from merestone.description.spelling import length_text
from merestone.description.tree import AtCoordinates, Length
from merestone.diagnostics import Diagnostic, Measure, Severity


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each definition by approximate coordinates."""
    for name, point in evidence.compiled.resolved.points.items():
        for definition in point.definitions:
            if isinstance(definition, AtCoordinates) and definition.approximately:
                otherwise = "it is placed by its other definition" if len(point.definitions) > 1 else "it has no place"
                yield Diagnostic(
                    "O605", Severity.OPEN,
                    f"{name} is given approximately. Approximate coordinates do not fix a point: the feature governs, and {otherwise}",
                    definition.span, subject=f"point {name}",
                    hint="legs to and from it stay named gaps until the feature itself is known",
                    settles="coordinates without `approximately`, a boundary mark, or the feature on a dated source",
                )  # fmt: skip


def find_lengths(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each leg or point that rests on lengths which the instrument gives as approximate."""
    resolved = evidence.compiled.resolved
    for leg in resolved.legs.values():
        table = resolved.courses.get(getattr(getattr(leg.node.kind, "courses_of", None), "text", ""))
        parts = (leg.node.kind, getattr(leg.node, "ending", None), table.courses if table is not None else ())
        yield from _resting(f"leg {leg.name} of {leg.section.name.text}", parts)
    for name, point in resolved.points.items():
        yield from _resting(f"point {name}", point.definitions)


def _resting(subject: str, parts: object) -> Iterator[Diagnostic]:
    rough = list(_rough_lengths(parts))
    if not rough:
        return
    length = max(rough, key=last_place_m)
    half_m = last_place_m(length) / 2.0
    more = "" if len(rough) == 1 else f" (the roughest of {len(rough)} such lengths)"
    yield Diagnostic(
        "O616", Severity.OPEN,
        f"{subject} rests on a length that the instrument gives as approximate: {length_text(length)}{more}. "
        f"The program computes with the figure as printed; its last digit that is not zero leaves {half_m:,.6g} m open either way",
        length.span, subject=subject,
        hint="write the figure without `about` where a survey or another clause of the instrument confirms it",
        settles="the point or line at which the leg ends, a measured length, or a boundary mark",
        measures=(Measure("open, either way", half_m, "m"),),
    )  # fmt: skip


def _rough_lengths(part: object) -> Iterator[Length]:
    """The approximate lengths in a definition, a kind of leg or an ending."""
    if isinstance(part, Length):
        if part.about:
            yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _rough_lengths(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from _rough_lengths(getattr(part, each.name))
