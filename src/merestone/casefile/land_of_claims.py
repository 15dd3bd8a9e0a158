"""The land of two States in both versions that are compared, where both were taken from polygons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from merestone.casefile.claims import Draft
from merestone.compare.claim import Claim
from merestone.compare.states.in_frame import in_frame
from merestone.compare.states.state import State
from merestone.compare.states.territories import Territories, territories
from merestone.compare.world.identity import identity
from merestone.errors import MerestoneError
from merestone.geodesy.operation import bounds_of, choose
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
        return None, (_without_balance(f"the polygons cannot be transformed into one frame ({error})"),)
    renamed = {identity(each.identity): each.identity for each in first}
    second = tuple(replace(each, identity=renamed[identity(each.identity)]) for each in second)
    in_order = tuple(sorted(first, key=_name)), tuple(sorted(second, key=_name))
    return territories(*in_order, claims[0].frame.ellipsoid), ()


def _name(state: State) -> str:
    return state.identity


def _without_balance(why: str) -> Remark:
    return Remark("D316", f"the territory balance was not computed: {why}")


def _in_frame(draft: Draft, claim: Claim) -> tuple[State, ...]:
    """The States of a draft in the frame of its claim, by the operation that brought the line there, their edges
    straight in longitude and latitude."""
    operation = None
    if draft.frame != claim.frame:
        line = np.concatenate([strand.lonlat for strand in draft.build(draft.frame).strands])
        operation = choose(draft.frame, claim.frame, bounds_of(line))
    return tuple(in_frame(state, operation, claim.edges, claim.frame.ellipsoid) for state in draft.states)
