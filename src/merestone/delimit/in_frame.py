"""A boundary line's defining vertices in another frame, for those who ask for them there.

The canonical vertices stay those in the frame of the description. What is given here is derived: each vertex carried by
one named operation, whose accuracy joins the uncertainty. Curves, lengths and azimuths remain those of the frame that
each leg was computed in: ends are never carried over and joined anew.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledPoint, CompiledSection, Gap, Units
from merestone.delimit.canonical import degrees, rounded
from merestone.geodesy.frame import Frame
from merestone.geodesy.operation import Operation
from merestone.geodesy.uncertainty import Common, Component


def in_frame(line: BoundaryLine, target: Frame, operation: Operation) -> BoundaryLine:
    """The line with its vertices and points carried to `target` by `operation`."""
    component = Component(f"operation {operation.code}", operation.accuracy_m, Common())
    added = (component,) if operation.steps else ()
    return replace(
        line,
        frame=target,
        points=tuple(_point(point, operation, added) for point in line.points),
        sections=tuple(_section(section, operation, added) for section in line.sections),
    )


def _carried(units: Units, operation: Operation) -> Units:
    return rounded(operation.apply(degrees(units)))


def _point(point: CompiledPoint, operation: Operation, added: tuple[Component, ...]) -> CompiledPoint:
    lon, lat = _carried(np.array([point.units]), operation)[0]
    return replace(point, units=(int(lon), int(lat)), components=point.components + added)


def _section(section: CompiledSection, operation: Operation, added: tuple[Component, ...]) -> CompiledSection:
    return replace(section, parts=tuple(_part(part, operation, added) for part in section.parts))


def _part(part: CompiledLeg | Gap, operation: Operation, added: tuple[Component, ...]) -> CompiledLeg | Gap:
    if isinstance(part, Gap):
        return part
    sigma_m = np.hypot(part.across_sigma_m, sum(component.sigma_m**2 for component in added) ** 0.5)
    return replace(
        part,
        vertices=_carried(part.vertices, operation),
        components=part.components + added,
        across_sigma_m=sigma_m,
    )
