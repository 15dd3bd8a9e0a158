"""The area that an expectation speaks of: of a ring on the ellipsoid or on a grid, less the rings that it leaves out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, BoundaryLine, CompiledSection
from merestone.delimit.side_of_line import inner_side, side_of
from merestone.description.tree import ExpectArea, Name
from merestone.errors import GeometryError, UnknownFrameError
from merestone.geodesy.plane_area import plane_ring_area_m2
from merestone.geodesy.projection import Projection

ON_THE_RING_M = 1.0
"""A corner of a ring that is left out may lie on the ring around it, or this far outside of it."""


class UncountedAreaError(Exception):
    """The area cannot be counted as the expectation says; the message completes "this could not be checked: ..."."""


def net_area_m2(clause: ExpectArea, section: CompiledSection, line: BoundaryLine) -> float:
    """The area in m² that the clause is about; raises `UncountedAreaError` with the reason where there is none."""
    areas_m2 = dict(line.areas_m2)
    area_m2 = _area_m2(section, areas_m2, clause.projection)
    for name in clause.net_of:
        left_out = _ring(name, section, line, areas_m2)
        area_m2 -= _area_m2(left_out, areas_m2, clause.projection)
    return area_m2


def ring_area_m2(ring: Name, line: BoundaryLine, projection: Name | None) -> float:
    """The area in m² of one ring, on the ellipsoid or on a grid; raises `UncountedAreaError` where it has none."""
    areas_m2 = dict(line.areas_m2)
    found = next((each for each in line.sections if each.name == ring.text), None)
    if found is None or found.name not in areas_m2:
        raise UncountedAreaError(f"ring {ring.text} does not close or could not be compiled")
    return _area_m2(found, areas_m2, projection)


def counted_rings(clause: ExpectArea, section: CompiledSection, line: BoundaryLine) -> tuple[CompiledSection, ...]:
    """The ring and those that are left out of it."""
    names = {name.text for name in clause.net_of}
    return (section, *(each for each in line.sections if each.name in names))


def _area_m2(section: CompiledSection, areas_m2: Mapping[str, float], projection: Name | None) -> float:
    if projection is None:
        return areas_m2[section.name]
    plane = Projection(projection.text, section.legs[0].frame.ellipsoid)
    try:
        return plane_ring_area_m2([leg.line for leg in section.legs], plane)
    except (GeometryError, UnknownFrameError) as error:
        raise UncountedAreaError(f"its area has no figure on {projection.text} ({error})") from error


def _ring(name: Name, around: CompiledSection, line: BoundaryLine, areas_m2: Mapping[str, float]) -> CompiledSection:
    found = next((each for each in line.sections if each.name == name.text), None)
    if found is None or found.name not in areas_m2:
        raise UncountedAreaError(f"ring {name.text}, which is left out, does not close or could not be compiled")
    if found.name == around.name:
        raise UncountedAreaError(f"ring {name.text} is left out of itself")
    inner = 1.0 if inner_side(around) == "left" else -1.0
    corners = np.concatenate([leg.vertices[:-1] for leg in found.legs]) / UNITS_PER_DEGREE
    outside_m = max(-inner * side_of(corner, (around,), around.legs).left_m for corner in corners)
    if outside_m > ON_THE_RING_M:
        raise UncountedAreaError(f"ring {name.text}, which is left out, reaches {outside_m:,.1f} m beyond the ring")
    return found
