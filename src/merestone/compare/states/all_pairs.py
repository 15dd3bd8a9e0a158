"""The common boundary of every pair of many States, from the edges that their polygons share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from merestone.compare.states.matched_line import MeetingStates, matched_line, on_unmatched_vertices
from merestone.compare.states.outlines import outlines
from merestone.compare.states.pair_of_states import CommonBoundary
from merestone.compare.states.shared_edges import Pairing, shared_strands
from merestone.compare.states.state import State
from merestone.compare.states.unmatched_vertices import with_unmatched_vertices
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid


def all_common_boundaries(states: Sequence[State], ellipsoid: Ellipsoid = WGS84) -> dict[Pairing, CommonBoundary]:
    """Give the common boundary of every pair of States that share an edge, in alphabetical order of the pairs.

    Only matched polygons are seen: for two States drawn by two sources take `common_boundary`.
    """
    merged = merged_states(states)
    lines, inserted = with_unmatched_vertices(outlines(list(merged.values())), ellipsoid)
    meeting = MeetingStates.of(lines)
    unmatched = on_unmatched_vertices(inserted, lines.identities)
    found: dict[Pairing, CommonBoundary] = {}
    for pair, strands in groupby(shared_strands(lines), key=lambda strand: strand.pair):
        line = matched_line(list(strands), (merged[pair[0]], merged[pair[1]]), meeting, ellipsoid)
        found[pair] = replace(line, remarks=(*line.remarks, *unmatched.get(pair, ())))
    return found


def merged_states(states: Sequence[State]) -> dict[str, State]:
    """Give the States by identity, in alphabetical order, those of one identity taken together."""
    ordered = sorted(states, key=lambda each: each.identity)
    merged: dict[str, State] = {}
    for each in ordered:
        before = merged.get(each.identity, State(each.identity, ()))
        merged[each.identity] = State(each.identity, before.shells + each.shells, before.holes + each.holes)
    return merged
