"""The common boundary of every pair of many States: the edges that their polygons share, or two outlines drawn apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from merestone.compare.claim import Strand
from merestone.compare.states.chord_length import chord_length_m
from merestone.compare.states.common_boundary import MOST_APART, REACH_M, common_boundary
from merestone.compare.states.drawn_apart import lengths_near
from merestone.compare.states.matched_line import MeetingStates, matched_line, on_unmatched_vertices
from merestone.compare.states.merged_states import merged_states
from merestone.compare.states.outlines import outlines
from merestone.compare.states.pair_of_states import CommonBoundary, PatchKind
from merestone.compare.states.shared_edges import Pairing, shared_strands
from merestone.compare.states.state import State
from merestone.compare.states.unmatched_vertices import with_unmatched_vertices
from merestone.geodesy.arrays import Floats
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.sources.remark import Remark

NARROW_M = 100.0
"""Outlines no further apart than this, in the middle, are one boundary that each State drew for itself; ends of lines are
reported up to the same distance. The coasts of a strait lie further apart."""
_SHORTEST_REACHES = 2.0
_FILE_APART = 0.05
"""A file whose outlines run near one another, without an edge in common, over more than this share of all its common
edges was drawn apart; straits and the ends of common lines take up less."""


def all_common_boundaries(
    states: Sequence[State], ellipsoid: Ellipsoid = WGS84, join_within_m: float = REACH_M
) -> dict[Pairing, CommonBoundary]:
    """Give the common boundary of every pair of States that have one, in alphabetical order of the pairs.

    Of a file whose outlines were drawn apart, pairs whose edges in common do not explain what lies near are looked at by
    themselves, exactly as if only that pair had been asked for (`common_boundary`). Of a file whose outlines are matched
    as a whole, edges in common are the boundary, and where more than these lies near it is said (D217).
    """
    return all_pairs(states, ellipsoid, join_within_m)[0]


def all_pairs(
    states: Sequence[State], ellipsoid: Ellipsoid = WGS84, join_within_m: float = REACH_M
) -> tuple[dict[Pairing, CommonBoundary], tuple[Remark, ...]]:
    """The same, and a remark (D218) on each pair whose outlines run close to one another and that has no boundary here."""
    merged = merged_states(states)
    lines, inserted = with_unmatched_vertices(outlines(list(merged.values())), ellipsoid)
    meeting = MeetingStates.of(lines)
    unmatched = on_unmatched_vertices(inserted, lines.identities)
    strands = {pair: list(group) for pair, group in groupby(shared_strands(lines), key=lambda each: each.pair)}
    common_m = {pair: sum(chord_length_m(each.lonlat, ellipsoid) for each in found) for pair, found in strands.items()}
    near_m = lengths_near(lines, join_within_m, ellipsoid)
    more = {pair: far for pair, far in near_m.items() if far > _explained(common_m.get(pair, 0.0), join_within_m)}
    apart = sum(more.values()) > _FILE_APART * sum(common_m.values())
    found: dict[Pairing, CommonBoundary] = {}
    for pair in sorted({*strands, *(more if apart else ())}):
        both = merged[pair[0]], merged[pair[1]]
        if apart and pair in more:
            others = [each for name, each in merged.items() if name not in pair]
            line = common_boundary(*both, join_within_m, others=others, ellipsoid=ellipsoid)
            if pair in strands or _drawn_across(line) or _width_m(line, ellipsoid) <= NARROW_M:
                found[pair] = line
        else:
            line = matched_line(strands[pair], both, meeting, ellipsoid)
            remarks = (*line.remarks, *unmatched.get(pair, ()), *_on_more(pair, more))
            found[pair] = replace(line, remarks=remarks)
    return found, tuple(_left_out(pair, more[pair]) for pair in sorted(more) if pair not in found)


def _left_out(pair: Pairing, length_m: float) -> Remark:
    sentence = (
        f"the outlines of {pair[0]} and {pair[1]} run close to each other without a common edge, as along a strait or where "
        "they were drawn apart; they are not taken for a boundary here; compare this pair by itself"
    )
    return Remark("D218", sentence, size=length_m, unit="m")


def _width_m(line: CommonBoundary, ellipsoid: Ellipsoid) -> float:
    """How wide the land between two outlines is, in metres: the median over places along either; infinite without a line."""
    from scipy.spatial import cKDTree

    one, other = (_places(drawn, ellipsoid) for drawn in line.as_drawn)
    if not len(one) or not len(other):
        return float("inf")
    apart_m = np.concatenate([cKDTree(b).query(a)[0] for a, b in ((one, other), (other, one))])
    return float(np.median(apart_m))


def _places(drawn: Sequence[Strand], ellipsoid: Ellipsoid) -> Floats:
    """Places along lines in space, (n, 3) metres, no more than some `NARROW_M / 4` apart."""
    found = [np.empty((0, 3))]
    for strand in drawn:
        space = cartesian(ellipsoid, strand.lonlat)
        step = np.diff(space, axis=0)
        pieces = np.maximum(1, np.ceil(np.linalg.norm(step, axis=1) / (NARROW_M / 4.0))).astype(np.intp)
        at = np.repeat(np.arange(len(step)), pieces)
        share = (np.arange(len(at)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[at]
        found += [space[at] + step[at] * share[:, None], space[-1:]]
    return np.concatenate(found)


def _explained(common_m: float, join_within_m: float) -> float:
    """Give how much may lie near in metres beside edges in common: a tenth of these; less than a line where there are
    none."""
    return MOST_APART * common_m if common_m else _SHORTEST_REACHES * join_within_m


def _on_more(pair: Pairing, more: Mapping[Pairing, float]) -> list[Remark]:
    if pair not in more:
        return []
    sentence = (
        f"the outlines of {pair[0]} and {pair[1]} also run close to each other without a common edge, as along a strait or "
        "where they were drawn apart; that part is not in any line here; compare this pair by itself"
    )
    return [Remark("D217", sentence, size=more[pair], unit="m")]


def _drawn_across(line: CommonBoundary) -> bool:
    """Whether two outlines without an edge in common are one boundary drawn twice: then they cross, and land lies in
    both; the coasts of a strait do not."""
    return bool(line.strands) and any(patch.kind is PatchKind.OVERLAP for patch in line.patches)
