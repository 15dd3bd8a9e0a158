"""G503: a leg without length, and two points in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from merestone.delimit.boundary_line import CompiledLeg, Gap
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.points_in_use import only_to_check
from merestone.delimit.wording import listed
from merestone.description.legs.along_circle import AlongCircleLeg
from merestone.description.legs.along_feature import AlongFeatureLeg
from merestone.description.legs.along_line import AlongLineLeg
from merestone.description.legs.along_section import AlongSectionLeg
from merestone.description.legs.arc import ArcLeg
from merestone.description.legs.contour import ContourLeg
from merestone.description.legs.curve import CurveLeg
from merestone.description.legs.map_line import MapLineLeg
from merestone.description.legs.median_between import MedianBetweenLeg
from merestone.description.legs.offset import OffsetLeg
from merestone.description.legs.parallel import ParallelLeg
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.legs.water_line import WaterLineLeg
from merestone.description.legs.watershed import WatershedLeg
from merestone.description.tree import Refused
from merestone.diagnostics import Diagnostic, Label, Severity

WITHOUT_LENGTH_M = 1e-3
"""A piece that is longer than this and ends where it begins goes round."""

GO_ROUND = (
    TraverseLeg, ParallelLeg, ArcLeg, CurveLeg, OffsetLeg, ContourLeg, WatershedLeg, WaterLineLeg, MapLineLeg,
    MedianBetweenLeg, AlongCircleLeg, AlongFeatureLeg, AlongLineLeg, AlongSectionLeg, Refused,
)  # fmt: skip
"""Kinds of leg that may well come back to where they start: round an island, a cap or a field; or that nobody could read."""


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each leg whose two ends are one place, and one note for points that share a place."""
    for section in evidence.compiled.line.sections:
        for part in section.parts:
            subject = f"leg {part.name} of {section.name}"
            if isinstance(part, CompiledLeg):
                yield from _repeated(part, subject)
            elif _from_itself(part, evidence):
                yield _finding(f"{subject} runs from {part.start} to {part.end}, which are one place", part, subject)
    yield from _shared(evidence)


def _repeated(leg: CompiledLeg, subject: str) -> Iterator[Diagnostic]:
    if len(leg.vertices) == 2 and leg.vertices[0, 0] != leg.vertices[1, 0]:
        return
    # A whole parallel or circle ends where it begins, and has a length.
    same = np.flatnonzero((leg.vertices[1:] == leg.vertices[:-1]).all(axis=1) & (leg.lengths_m < WITHOUT_LENGTH_M))
    if not len(same):
        return
    names = [leg.vertex_names[index + 1] or f"vertex {index + 2}" for index in same]
    yield _finding(f"{subject} has {len(same)} pieces without length, at {listed(names)}", leg, subject)


def _from_itself(gap: Gap, evidence: Evidence) -> bool:
    leg = evidence.compiled.resolved.legs.get((gap.section, gap.name))
    if leg is None or isinstance(leg.node.kind, GO_ROUND):
        return False
    start, end = evidence.points.get(gap.start or ""), evidence.points.get(gap.end or "")
    return start is not None and end is not None and start.units == end.units


def _finding(sentence: str, part: CompiledLeg | Gap, subject: str) -> Diagnostic:
    return Diagnostic(
        "G503", Severity.WARNING, sentence, part.span, subject=subject,
        hint="leave the leg out, or check the coordinates of its ends: the same point may have been copied twice",
    )  # fmt: skip


def _shared(evidence: Evidence) -> Iterator[Diagnostic]:
    names: dict[tuple[int, int], list[str]] = defaultdict(list)
    compared = only_to_check(evidence)
    for name, point in evidence.points.items():
        if name not in compared:
            names[point.units].append(name)
    for shared in names.values():
        if len(shared) > 1:
            first, second = evidence.points[shared[0]], evidence.points[shared[1]]
            labels = (Label(first.span, shared[0]),) if first.span is not None else ()
            yield Diagnostic(
                "G503", Severity.NOTE, f"{listed(shared)} are one place", second.span, labels=labels,
                subject=f"point {shared[1]}", hint="use one name, unless the instrument means two marks on one spot",
            )  # fmt: skip
