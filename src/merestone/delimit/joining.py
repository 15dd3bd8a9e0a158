"""Where a chain of legs is joined to what stands before it.

A chain means what its legs would mean one by one: the first of them runs from where the line stands to the first
point that the chain names. Where the line stands at that point already, the chain begins there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merestone.delimit.boundary_line import VertexSource
from merestone.delimit.canonical import rounded
from merestone.delimit.drawn import TroubleError, trouble
from merestone.delimit.fix import ONE_UNIT_M, Bearing, Fix
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import LegChain, Name, ToPoint
from merestone.diagnostics import Diagnostic
from merestone.geodesy.elementary import distance_m

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation


@dataclass(frozen=True, slots=True)
class Joint:
    """Where the line stands before a chain that does not name this place first: the point, if it is one, and its fix."""

    name: Name | None
    fix: Fix


def joint_of(leg: ResolvedLeg, chain: LegChain, computation: Computation) -> Joint | Diagnostic | None:
    """The place that a chain's first piece starts from, None where the chain begins at its own first point.

    A finding where the line stands at a place that is not known: the chain is drawn from its first point, and what lies
    before that point is a gap.
    """
    try:
        return _joint(leg, chain, computation)
    except TroubleError as ended:
        return ended.finding


def _joint(leg: ResolvedLeg, chain: LegChain, computation: Computation) -> Joint | None:
    name, first = leg.start or last_of_table(leg, computation), first_point(chain, computation)
    if name is not None and first is not None and name.text == first.text:
        return None
    fix = _fix(name, computation) if name is not None else _end_of_leg_before(leg, computation)
    if fix is None:
        return None
    begins = computation.fix(first) if first is not None else None
    if isinstance(begins, Fix) and _is_one_place(fix, begins, computation):
        return None
    return Joint(name, fix)


def first_point(chain: LegChain, computation: Computation) -> Name | None:
    """The first point that a chain names, None for a table without rows."""
    if chain.table is None:
        return chain.points[0]
    names = computation.table_points.names(chain.table.text)
    return Name(names[0], chain.table.span) if names else None


def last_point(leg: ResolvedLeg, computation: Computation) -> Name | None:
    """The point that a leg ends at, None where it ends at none."""
    node = leg.node
    if not isinstance(node, LegChain):
        return node.ending.point if isinstance(node.ending, ToPoint) else None
    if node.table is None:
        return node.up_to or node.points[-1]
    names = (
        computation.table_points.names(node.table.text) if node.table.text in computation.table_points.columns else ()
    )
    return Name(names[-1], node.table.span) if names else None


def last_of_table(leg: ResolvedLeg, computation: Computation) -> Name | None:
    """The point that a chain through a table ended at, where this leg goes on from it."""
    before = computation.leg_before(leg) if leg.start is None else None
    if before is None or not isinstance(before.node, LegChain) or before.node.table is None:
        return None
    return last_point(before, computation)


def _fix(name: Name, computation: Computation) -> Fix:
    fix = computation.fix(name)
    if isinstance(fix, Bearing):
        raise trouble("O609", f"{name.text} is a direction only and has no place", name.span, "give it coordinates")
    return fix


def _end_of_leg_before(leg: ResolvedLeg, computation: Computation) -> Fix | None:
    """Where the leg before ends, which ends at no point; None where no leg stands before."""
    before = computation.leg_before(leg)
    if before is None:
        return None
    drawn = computation.drawing(before)
    place = computation.frames.many_to_description(drawn.line.ends[1:], computation.frames.of_legs(before.node.frame))
    lon, lat = rounded(place)[0]
    return Fix((int(lon), int(lat)), VertexSource.LEG, drawn.end_tolerance_m)


def _is_one_place(one: Fix, other: Fix, computation: Computation) -> bool:
    """Whether two fixes are one place, as exactly as a recompilation meets either of them."""
    if one.units == other.units:
        return True
    apart_m = distance_m(computation.frames.description.ellipsoid, one.place, other.place)
    return apart_m <= max(ONE_UNIT_M, one.tolerance_m, other.tolerance_m)
