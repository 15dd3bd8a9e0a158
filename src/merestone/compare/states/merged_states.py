"""States taken together by identity."""

from __future__ import annotations

from collections.abc import Sequence

from merestone.compare.states.state import State


def merged_states(states: Sequence[State]) -> dict[str, State]:
    """Give the States by identity, in alphabetical order, those of one identity taken together."""
    ordered = sorted(states, key=lambda each: each.identity)
    merged: dict[str, State] = {}
    for each in ordered:
        before = merged.get(each.identity, State(each.identity, ()))
        merged[each.identity] = State(each.identity, before.shells + each.shells, before.holes + each.holes)
    return merged
