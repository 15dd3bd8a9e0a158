"""O611: a course that is given by a wind, which leaves half a sector open to either side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.wording import metres_text
from merestone.description.azimuths import CountedAzimuth
from merestone.description.course_tables import CourseTable
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.tree import Azimuth, LegChain, LegNode
from merestone.diagnostics import Diagnostic, Measure, Severity

ROUGH_DEG = 5.0
"""A direction printed more coarsely than this is a wind, and no course that a line could be retraced by."""


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each leg that is drawn by winds, with how far to the side they let its end lie."""
    for leg in evidence.compiled.line.legs:
        resolved = evidence.compiled.resolved.legs.get((leg.section, leg.name))
        if resolved is None or isinstance(resolved.node, LegChain):
            continue
        rough = [
            each
            for each in _azimuths(resolved.node.kind, evidence.compiled.resolved.courses)
            if float(each.unit) > ROUGH_DEG
        ]
        if rough:
            yield _finding(leg, rough[0])


def _azimuths(kind: LegNode, tables: Mapping[str, CourseTable]) -> tuple[Azimuth, ...]:
    if isinstance(kind, TraverseLeg) and kind.courses_of is not None:
        table = tables.get(kind.courses_of.text)
        return () if table is None else tuple(course.azimuth for course in table.courses)
    if isinstance(kind, TraverseLeg):
        return tuple(azimuth for azimuth, _ in kind.courses)
    azimuth = getattr(kind, "azimuth", None)
    return () if azimuth is None else (azimuth,)


def _finding(leg: CompiledLeg, azimuth: Azimuth) -> Diagnostic:
    text = (azimuth.angle if isinstance(azimuth, CountedAzimuth) else azimuth).text
    half_deg = float(azimuth.unit) / 2.0
    aside_m = leg.length_m * math.sin(math.radians(half_deg))
    return Diagnostic(
        "O611", Severity.OPEN,
        f"`{text}` is a compass direction, which leaves {half_deg:g}° open to either side. The leg is drawn in the middle, "
        f"and its end could lie {metres_text(aside_m)} aside",
        leg.span, subject=f"leg {leg.name} of {leg.section}",
        hint="write `due north` and the like where the words mean exactly that direction, or the azimuth in degrees",
        settles="an azimuth in degrees, or a point that the leg runs to",
        measures=(Measure("open to either side", aside_m, "m"),),
    )  # fmt: skip
