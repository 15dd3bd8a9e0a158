"""X707: a place that the instrument puts on one side lies on the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg, CompiledSection
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.wording import metres_text
from merestone.delimit.expectations import place_of
from merestone.description.tree import Clause, ExpectSide
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Floats

TIE_M = 1e-3
"""Legs that are nearest to a place within this share the corner that it is nearest to."""


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a place lies: positive to the left, in metres from the nearest place of the line; in which section."""

    left_m: float
    section: CompiledSection


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
        if isinstance(clause, ExpectSide):
            yield from _check_one(evidence, clause, sections, legs)


def _check_one(
    evidence: Evidence, clause: ExpectSide, sections: tuple[CompiledSection, ...], legs: tuple[CompiledLeg, ...]
) -> Iterator[Diagnostic]:
    name, subject = clause.point.text, f"point {clause.point.text}"
    place = place_of(evidence.compiled, name)
    if place is None or not legs:
        why = f"{name} could not be placed" if place is None else "no leg beside it could be compiled"
        yield Diagnostic("X711", Severity.NOTE, f"this could not be checked: {why}", clause.span, subject=subject)
        return
    where = _where(np.array(place), sections, legs)
    side = _side(clause.side, where.section)
    if side is None:
        yield Diagnostic(
            "X711", Severity.NOTE,
            f"this could not be checked: section {where.section.name} does not say on which side {clause.side} lies",
            clause.span, subject=subject, hint="add `with PARTY on the right, PARTY on the left` to the section",
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
    inner = _inner_side(section) if section.ring else "right"
    outer = "left" if inner == "right" else "right"
    if said in ("inside", "outside"):
        return None if not section.ring else inner if said == "inside" else outer
    if section.right == section.left:
        return None
    return inner if said == section.right else outer if said == section.left else None


def _named(side: str, section: CompiledSection) -> str:
    """A side as the finding names it: with the party that the section puts there, where it says."""
    if section.ring:
        inside = side == _inner_side(section)
        party = section.right if inside else section.left
        where = "inside" if inside else "outside"
    else:
        party = section.right if side == "right" else section.left
        where = f"on the {side}"
    return f"{where} (the side of {party})" if party not in (None, "nobody", "open") else where


def _inner_side(section: CompiledSection) -> str:
    """The side of travel on which the inside of a ring lies."""
    places = np.concatenate([leg.vertices[:-1] for leg in section.legs]) / UNITS_PER_DEGREE
    x, y = np.unwrap(places[:, 0], period=360.0), places[:, 1]
    doubled = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return "left" if doubled > 0.0 else "right"


def _where(lonlat: Floats, sections: tuple[CompiledSection, ...], legs: tuple[CompiledLeg, ...]) -> _Where:
    """On which side of the nearest leg a place lies.

    Where it is nearest to a corner, the leg that it stands more squarely to decides: the sign of the sum of the two
    sines is that of the larger.
    """
    found = [(leg, leg.line.nearest(lonlat[None, :])) for leg in legs]
    nearest_m = min(abs(float(nearest.separation_m[0])) for _, nearest in found)
    best, best_square = found[0], -1.0
    for leg, nearest in found:
        if abs(float(nearest.separation_m[0])) <= nearest_m + TIE_M:
            to_place = inverse(leg.frame.ellipsoid, nearest.lonlat, lonlat[None, :])[0]
            square = abs(float(np.sin(np.radians(to_place - leg.line.azimuth(nearest.along_m)))[0]))
            if square > best_square:
                best, best_square = (leg, nearest), square
    leg, nearest = best
    section = next(each for each in sections if each.name == leg.section)
    return _Where(float(nearest.separation_m[0]), section)
