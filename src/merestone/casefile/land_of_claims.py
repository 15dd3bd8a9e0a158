"""The land of two States in both versions that are compared, where both were taken from polygons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from merestone.casefile.claims import Draft
from merestone.compare.claim import Claim
from merestone.compare.lines.track import along_geodesics
from merestone.compare.states.state import State
from merestone.compare.states.territories import Territories, territories
from merestone.compare.world.identity import identity
from merestone.errors import MerestoneError
from merestone.geodesy.line import Floats
from merestone.geodesy.operation import bounds_of, choose
from merestone.geodesy.turning import Chord
from merestone.sources.remark import Remark


def land_of_both(
    drafts: tuple[Draft, ...], claims: tuple[Claim, Claim]
) -> tuple[Territories | None, tuple[Remark, ...]]:
    """The land of the States in both versions in the frame of the claims, None where one was not taken from polygons;
    and a remark where polygons are there and no balance can be drawn up."""
    one, other = (draft.states for draft in drafts)
    if not one or not other or one is other:
        return None, ()
    if {identity(each.identity) for each in one} != {identity(each.identity) for each in other}:
        return None, (_without_balance("the two files hold polygons of different States"),)
    try:
        first, second = (_in_frame(*each) for each in zip(drafts, claims, strict=True))
    except MerestoneError as error:
        return None, (_without_balance(f"the polygons cannot be brought into one frame ({error})"),)
    renamed = {identity(each.identity): each.identity for each in first}
    second = tuple(replace(each, identity=renamed[identity(each.identity)]) for each in second)
    in_order = tuple(sorted(first, key=_name)), tuple(sorted(second, key=_name))
    return territories(*in_order, claims[0].frame.ellipsoid), ()


def _name(state: State) -> str:
    return state.identity


def _without_balance(why: str) -> Remark:
    return Remark("D316", f"no territory balance: {why}")


def _in_frame(draft: Draft, claim: Claim) -> tuple[State, ...]:
    """The States of a draft in the frame of its claim, by the operation that brought the line there, their edges
    straight in longitude and latitude."""
    brought = _bringing(draft, claim)
    return tuple(
        State(state.identity, tuple(map(brought, state.shells)), tuple(map(brought, state.holes)))
        for state in draft.states
    )


def _bringing(draft: Draft, claim: Claim) -> Callable[[Floats], Floats]:
    """What makes of a ring one in the frame of the claim, with straight edges."""
    operation = None
    if draft.frame != claim.frame:
        line = np.concatenate([strand.lonlat for strand in draft.build(draft.frame).strands])
        operation = choose(draft.frame, claim.frame, bounds_of(line))

    def brought(ring: Floats) -> Floats:
        moved = ring if operation is None else operation.apply(ring)
        return along_geodesics(claim.frame.ellipsoid, moved) if claim.edges is Chord.GEODESIC else moved

    return brought
