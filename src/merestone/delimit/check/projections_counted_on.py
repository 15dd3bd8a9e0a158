"""Where azimuths and areas count on a projection, and where constructions are straight on one: for the area of its use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.delimit.boundary_line import CompiledLeg, CompiledSection
from merestone.delimit.canonical import degrees
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.fix import Fix
from merestone.description import references
from merestone.description.azimuths import CountedAzimuth, GridNorth
from merestone.description.references import Referent
from merestone.description.tree import Clause, ExpectArea, ExpectAzimuth, LegChain, Name
from merestone.geodesy.angle import Angle
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True)
class Counted:
    """A projection, what counts on it and how, and the places (n, 2) in degrees where it does."""

    projection: Name
    subject: str
    how: str
    lonlat: Floats


def counted_on(evidence: Evidence) -> Iterator[Counted]:
    """Every projection that azimuths, areas and constructions of a description count on."""
    for leg in evidence.compiled.line.legs:
        for projection in _of_leg(leg, evidence):
            subject = f"leg {leg.name} of {leg.section}"
            yield Counted(projection, subject, "counts azimuths from the north of", degrees(leg.vertices))
    for section in evidence.compiled.line.sections:
        yield from _of_section(section)
    yield from _of_constructions(evidence)


def _of_leg(leg: CompiledLeg, evidence: Evidence) -> Iterator[Name]:
    resolved = evidence.compiled.resolved
    node = resolved.legs[leg.section, leg.name].node
    said = [getattr(node.kind, "azimuth", None), getattr(node.kind, "leaving", None)]
    chord = getattr(node.kind, "chord", None)
    said += [azimuth for azimuth, _ in getattr(node.kind, "courses", ())] + ([chord[0]] if chord is not None else [])
    table = None if isinstance(node, LegChain) else getattr(node.kind, "courses_of", None)
    if table is not None and table.text in resolved.courses:
        said += [course.azimuth for course in resolved.courses[table.text].courses]
    said += [clause.azimuth for clause in leg.clauses if isinstance(clause, ExpectAzimuth)]
    for azimuth in said:
        north = azimuth.north if isinstance(azimuth, CountedAzimuth) else resolved.north
        if isinstance(azimuth, Angle | CountedAzimuth) and isinstance(north, GridNorth):
            yield north.projection


def _of_section(section: CompiledSection) -> Iterator[Counted]:
    places = [degrees(leg.vertices) for leg in section.legs]
    for clause in section.node.clauses if places else ():
        projection = _of_area(clause)
        if projection is not None:
            yield Counted(projection, f"ring {section.name}", "counts its area on", np.concatenate(places))


def _of_area(clause: Clause) -> Name | None:
    return clause.projection if isinstance(clause, ExpectArea) else None


def _of_constructions(evidence: Evidence) -> Iterator[Counted]:
    fixes = evidence.compiled.computation.fixes
    for name, construction in evidence.compiled.resolved.constructions.items():
        projection = getattr(construction.line, "projection", None)
        named = (
            fixes.get(point.text) for what, point, _ in references.of_line(construction.line) if what is Referent.POINT
        )
        places = [fix.place for fix in named if isinstance(fix, Fix)]
        if projection is not None and places:
            yield Counted(projection, f"construction {name}", "is straight on", np.array(places))
