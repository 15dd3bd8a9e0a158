"""F824: a line that is straight on a projection, or what counts on it, far from where it is meant to be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.delimit.canonical import degrees
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.projections_counted_on import counted_on
from merestone.delimit.fix import Fix
from merestone.delimit.wording import metres_text
from merestone.description.tree import (
    AtAzimuth,
    AtFoot,
    AtIntersection,
    Between,
    FromAzimuth,
    LineReference,
    Name,
    Point,
)
from merestone.diagnostics import Diagnostic, Measure, Severity, Span
from merestone.errors import UnknownFrameError
from merestone.geodesy.grid import find_grid
from merestone.geodesy.grid_reading import outside_of
from merestone.geodesy.line import Floats

_STRAIGHT_ON = "straight on "
_PLACES = 9
"""Places along a leg that are looked at, its ends among them."""


@dataclass(frozen=True, slots=True)
class _Use:
    """A use of a projection: by what, and places (n, 2) in degrees that the line runs through."""

    projection: str
    subject: str
    lonlat: Floats
    span: Span | None
    how: str = "is straight on"


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each projection that is used outside its area, where it is furthest outside."""
    furthest: dict[str, tuple[float, _Use]] = {}
    for use in _uses(evidence):
        outside_m = _outside_m(use)
        if outside_m > furthest.get(use.projection, (0.0, use))[0]:
            furthest[use.projection] = outside_m, use
    for outside_m, use in furthest.values():
        yield _finding(outside_m, use)


def _uses(evidence: Evidence) -> Iterator[_Use]:
    for leg in evidence.compiled.line.legs:
        if leg.line.kind.startswith(_STRAIGHT_ON):
            along_m = np.linspace(0.0, leg.line.length_m, _PLACES)
            yield _Use(
                leg.line.kind.removeprefix(_STRAIGHT_ON),
                f"leg {leg.name} of {leg.section}",
                np.concatenate([leg.line.position(along_m), degrees(leg.vertices)]),
                leg.span,
            )
    for point in evidence.compiled.resolved.points.values():
        for projection, names in _drawn_for(point):
            fixes = (evidence.compiled.computation.fixes.get(name.text) for name in names)
            places = [fix.place for fix in fixes if isinstance(fix, Fix)]
            lonlat = np.array(places, dtype=np.float64).reshape(-1, 2)
            yield _Use(projection.text, f"point {point.name.text}", lonlat, projection.span)
    for each in counted_on(evidence):
        yield _Use(each.projection.text, each.subject, each.lonlat, each.projection.span, each.how)


def _drawn_for(point: Point) -> Iterator[tuple[Name, tuple[Name, ...]]]:
    """The projections of the lines that a point is found by, each with the points that its line passes."""
    for definition in point.definitions:
        match definition:
            case AtAzimuth(projection=Name() as projection):
                yield projection, (definition.start, point.name)
            case AtIntersection():
                yield from _of_line(definition.first, point)
                yield from _of_line(definition.second, point)
            case AtFoot():
                yield from _of_line(definition.line, point)
            case _:
                pass


def _of_line(line: LineReference, point: Point) -> Iterator[tuple[Name, tuple[Name, ...]]]:
    match line:
        case Between(projection=Name() as projection):
            yield projection, (line.start, line.end, point.name)
        case FromAzimuth(projection=Name() as projection):
            yield projection, (line.start, point.name)
        case _:
            pass


def _outside_m(use: _Use) -> float:
    """How far outside its area of use a projection is used; 0 where the registry states no area for it."""
    try:
        grid = find_grid(use.projection)
    except UnknownFrameError:
        return 0.0
    return float(np.max(outside_of(grid.areas, use.lonlat, grid.base.ellipsoid), initial=0.0))


def _finding(outside_m: float, use: _Use) -> Diagnostic:
    grid = find_grid(use.projection)
    return Diagnostic(
        "F824",
        Severity.WARNING,
        f"{use.subject} {use.how} {grid.code} ({grid.name}) and runs {metres_text(outside_m)} outside the area in "
        "which that projection is meant to be used",
        use.span,
        subject=use.subject,
        hint="name the projection of the map or the grid that the instrument means; far outside its area a projection "
        "bends lines as no map does",
        measures=(Measure("outside the area of use", outside_m, "m"),),
    )
