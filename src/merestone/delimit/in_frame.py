"""A boundary line's defining vertices in another frame, for those who ask for them there.

The canonical vertices stay those in the frame of the description. What is given here is derived: each vertex carried by
one named operation, whose accuracy joins the uncertainty. Curves, lengths and azimuths remain those of the frame that
each leg was computed in: ends are never carried over and joined anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import numpy as np

from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledPoint, CompiledSection, Gap, Units
from merestone.delimit.canonical import degrees, rounded
from merestone.delimit.own_transformation import OwnOperation
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.operation import Operation
from merestone.geodesy.plate import at_epoch, model_for, motion_uncertainty
from merestone.geodesy.uncertainty import Component

Carry = Callable[[Floats], Floats]
"""Carries places (n, 2) in degrees from one frame, or one epoch, to another."""


def in_frame(line: BoundaryLine, target: Frame, operation: Operation | OwnOperation) -> BoundaryLine:
    """The line with its vertices and points carried to `target` by `operation`."""
    added = operation.uncertainty.components if operation.steps else ()
    return _carried(line, target, operation.apply, added)


def at_other_epoch(line: BoundaryLine, frame: Frame, epoch: Decimal) -> BoundaryLine:
    """The line with its vertices and points moved with their plate to another epoch of its frame, `frame`.

    The model is that of the ITRF group which belongs to the frame; its precision joins the uncertainty. Raises
    `EpochError` where the coordinates have no epoch, no plate, or a frame that moves with its plate.
    """
    _, there = at_epoch(np.empty((0, 2)), frame, epoch)
    years = float(epoch - (frame.epoch or epoch))
    added = motion_uncertainty(model_for(frame), frame.plate or "", years).components
    return _carried(line, there, lambda lonlat: at_epoch(lonlat, frame, epoch)[0], added)


def _carried(line: BoundaryLine, target: Frame, carry: Carry, added: tuple[Component, ...]) -> BoundaryLine:
    return replace(
        line,
        frame=target,
        points=tuple(_point(point, carry, added) for point in line.points),
        sections=tuple(_section(section, carry, added) for section in line.sections),
    )


def _units(units: Units, carry: Carry) -> Units:
    return rounded(carry(degrees(units)))


def _point(point: CompiledPoint, carry: Carry, added: tuple[Component, ...]) -> CompiledPoint:
    lon, lat = _units(np.array([point.units]), carry)[0]
    return replace(point, units=(int(lon), int(lat)), components=point.components + added)


def _section(section: CompiledSection, carry: Carry, added: tuple[Component, ...]) -> CompiledSection:
    return replace(section, parts=tuple(_part(part, carry, added) for part in section.parts))


def _part(part: CompiledLeg | Gap, carry: Carry, added: tuple[Component, ...]) -> CompiledLeg | Gap:
    if isinstance(part, Gap):
        return part
    sigma_m = np.hypot(part.across_sigma_m, sum(component.sigma_m**2 for component in added) ** 0.5)
    return replace(
        part,
        vertices=_units(part.vertices, carry),
        components=part.components + added,
        across_sigma_m=sigma_m,
    )
