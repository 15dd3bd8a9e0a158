"""The places that a point or a leg rests on, and the computation in which some of them are moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from merestone.delimit.boundary_line import VertexSource
from merestone.delimit.canonical import rounded
from merestone.delimit.drawn import Drawn
from merestone.delimit.fix import Fix
from merestone.delimit.resting_on import line_named
from merestone.delimit.store import NoStore
from merestone.description import references
from merestone.description.references import Reference_, Referent
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import Leg, LegChain, LineReference, Name, PointDefinition

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation

LegKey = tuple[str, str]
"""A leg by section and name."""


@dataclass(slots=True)
class Basis:
    """What a statement rests on: named points, the ends of legs that end at no point (by the name that stands for
    each), and the legs in between, which move when their places move."""

    points: set[str] = field(default_factory=set)
    ends: dict[str, ResolvedLeg] = field(default_factory=dict)
    legs: dict[LegKey, ResolvedLeg] = field(default_factory=dict)
    lines: dict[str, LineReference] = field(default_factory=dict)
    """The lines of the constructions and features in between, by what they are and their names."""


def basis_of_point(definition: PointDefinition, computation: Computation) -> Basis:
    """What a definition of a point rests on."""
    basis = Basis()
    _walk(references.of_definition(definition), None, basis, computation)
    return basis


def basis_of_line(line: LineReference, computation: Computation) -> Basis:
    """What a line that is referred to rests on."""
    basis = Basis()
    _walk(references.of_line(line), None, basis, computation)
    return basis


def basis_of_leg(leg: ResolvedLeg, computation: Computation) -> Basis:
    """What a leg rests on, with the leg itself among the legs."""
    basis = Basis()
    _add_leg(leg, basis, computation)
    return basis


def _walk(found: Iterable[Reference_], here: ResolvedLeg | None, basis: Basis, computation: Computation) -> None:
    for referent, name, on_leg in found:
        match referent:
            case Referent.POINT:
                basis.points.add(name.text)
            case Referent.LEG if on_leg is not None:
                _add_leg(computation.leg_referred_to(on_leg, here), basis, computation)
            case Referent.SECTION if on_leg is None:
                for leg in computation.legs_of(name.text):
                    _add_leg(leg, basis, computation)
            case Referent.LINE | Referent.CIRCLE | Referent.FEATURE:
                line = line_named(referent, name, computation)
                if line is not None:
                    basis.lines[f"{referent.value} {name.text}"] = line
                    _walk(references.of_line(line), here, basis, computation)
            case _:
                continue


def _add_leg(leg: ResolvedLeg, basis: Basis, computation: Computation) -> None:
    """A leg in between: its start becomes a point, or a place that stands for the end of the leg before it."""
    key = leg.section.name.text, leg.name
    if key in basis.legs:
        return
    start, before = leg.start, computation.leg_before(leg)
    if start is not None:
        basis.points.add(start.text)
    elif before is not None:
        start = Name(f"\0end of {before.name} of {before.section.name.text}")
        basis.ends[start.text] = before
    basis.legs[key] = replace(leg, start=start)
    _walk(references.of_kind(leg.node.kind), leg, basis, computation)
    if isinstance(leg.node, Leg):
        _walk(references.of_ending(leg.node.ending), leg, basis, computation)
    elif leg.node.table is None:
        basis.points.update(point.text for point in computation.chain_points(leg.node))


def end_fix(leg: ResolvedLeg, computation: Computation) -> Fix | None:
    """Where a leg that ends at no point came to end, None where it could not be drawn."""
    drawn = computation.drawings.get((leg.section.name.text, leg.name))
    if not isinstance(drawn, Drawn) or isinstance(leg.node, LegChain):
        return None
    frame = computation.frames.of_legs(leg.node.frame)
    lon, lat = rounded(computation.frames.many_to_description(np.asarray(drawn.line.ends[1:]), frame))[0]
    return Fix((int(lon), int(lat)), VertexSource.LEG)


def among(
    computation: Computation, basis: Basis, moved: Mapping[str, Fix], lines: Mapping[str, LineReference] | None = None,
    legs: Mapping[LegKey, ResolvedLeg] | None = None,
) -> Computation:  # fmt: skip
    """The computation as it is, but for places that are moved, `lines` and `legs` that are said otherwise, and what
    rests on them."""
    ends = {name: fix for name, leg in basis.ends.items() if (fix := end_fix(leg, computation)) is not None}
    drawings = {key: drawn for key, drawn in computation.drawings.items() if key not in basis.legs}
    resolved = replace(
        computation.resolved, legs={**basis.legs, **(legs or {})}, **_said_otherwise(computation, lines or {})
    )
    return replace(
        computation, resolved=resolved, store=NoStore(), findings=[], memory=type(computation.memory)(), plain={},
        compiled={}, fixes={**computation.fixes, **ends, **moved}, drawings=drawings, constructions={}, under_way=set(),
        others={}, located={}, keys={}, joints={}, grid_remarks=[], trial=True, _reported=set(), _legs_by_name={}, _legs_of={},
        _before={},
    )  # fmt: skip


def _said_otherwise(computation: Computation, lines: Mapping[str, LineReference]) -> dict[str, Any]:
    """The constructions and features of a description, some of which are other lines."""
    constructions, features = dict(computation.resolved.constructions), dict(computation.resolved.features)
    for what, line in lines.items():
        if what.startswith(Referent.FEATURE.value):
            name = what.removeprefix(f"{Referent.FEATURE.value} ")
            features[name] = replace(features[name], line=line)
        else:
            name = what.removeprefix(f"{Referent.LINE.value} ").removeprefix(f"{Referent.CIRCLE.value} ")
            constructions[name] = replace(constructions[name], line=line)
    return {"constructions": constructions, "features": features}
