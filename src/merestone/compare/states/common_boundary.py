"""The common boundary of two States, from their polygons.

Where their outlines share edges, those edges are the boundary, exactly as drawn. Where they were drawn apart, each
outline near the other is a line of its own (`unmatched_line`). The edges in common are the boundary unless the outlines
part in between: land of both or of neither between them runs along more than a tenth of the line, or most of what lies
near is not in common, over more than four times the reach. Then both are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from merestone.compare.states.chord_length import chord_length_m
from merestone.compare.states.drawn_lines import DrawnLines, drawn_lines, without_lines
from merestone.compare.states.matched_line import MeetingStates, matched_line, on_closed_gaps, on_unmatched_vertices
from merestone.compare.states.merged_states import merged_states
from merestone.compare.states.outlines import Outlines, outlines
from merestone.compare.states.overlaps_and_gaps import enclosed_gaps, on_patches, overlaps
from merestone.compare.states.pair_of_states import CommonBoundary, End, Patch, PatchKind
from merestone.compare.states.shared_edges import SharedStrand, shared_strands
from merestone.compare.states.state import State
from merestone.compare.states.state_polygons import land_of
from merestone.compare.states.unmatched_line import near_ends, unmatched_line
from merestone.compare.states.unmatched_vertices import with_unmatched_vertices
from merestone.errors import WrongRequestError
from merestone.geodesy.arrays import Floats
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.line import Place
from merestone.sources.remark import Remark

REACH_M = 2_500.0
"""Outlines this near face each other, unless another distance is asked for."""

_ENOUGH = 0.5
MOST_APART = 0.1
"""Where more than this share of a line is drawn apart, both outlines are given."""

_APART_REACHES = 4.0
_AT_CORNER_REACHES = 2.0
_SLIVER = 0.15
"""Land of neither State is a sliver between two outlines where it is narrower on average than this share of its length."""


def common_boundary(
    first: State,
    second: State,
    join_within_m: float = REACH_M,
    *,
    others: Sequence[State] = (),
    ellipsoid: Ellipsoid = WGS84,
) -> CommonBoundary:
    """Give the common boundary of two States and what is wrong with their outlines.

    The pair is put in alphabetical order; asking for it the other way round gives the same. `others` are States that
    may meet them in tripoints or lie in between. Raise `WrongRequestError` where both are one State, or the distance
    is no positive number.
    """
    if first.identity == second.identity:
        raise WrongRequestError(f"{first.identity} has no boundary with itself; name two States")
    if not (np.isfinite(join_within_m) and join_within_m > 0.0):
        raise WrongRequestError(
            f"the distance within which outlines are joined must be a positive number of metres, not {join_within_m}"
        )
    around = _meeting_box(others, (first, second), join_within_m)
    merged = merged_states([first, second, *around])
    one, other = sorted([first.identity, second.identity])
    pair = merged[one], merged[other]
    patches = _patches(
        pair, [each for name, each in merged.items() if name not in (one, other)], join_within_m, ellipsoid
    )
    boundary = _line(pair, merged, patches.found, join_within_m, ellipsoid)
    remarks = (*boundary.remarks, *patches.remarks, *on_patches(patches.found, boundary.pair))
    return replace(boundary, patches=patches.found, remarks=(*remarks, *_on_no_line(boundary)))


@dataclass(frozen=True, slots=True, eq=False)
class _Patches:
    """Land of both States or of neither between them, and what is wrong with either State's polygons."""

    found: tuple[Patch, ...]
    remarks: tuple[Remark, ...]


def _patches(
    pair: tuple[State, State], others: Sequence[State], join_within_m: float, ellipsoid: Ellipsoid
) -> _Patches:
    land = land_of(pair[0], ellipsoid), land_of(pair[1], ellipsoid)
    found = (*overlaps(*land, ellipsoid), *enclosed_gaps(*land, others, join_within_m, ellipsoid))
    return _Patches(found, (*land[0].remarks, *land[1].remarks))


def _meeting_box(others: Sequence[State], pair: tuple[State, State], reach_m: float) -> list[State]:
    """Give the other States with their rings that come into the box in which the pair's States can meet."""
    boxes = [_box(np.concatenate(each.rings)) for each in pair if each.rings]
    if len(boxes) < 2:
        return []
    margin = reach_m / 50_000.0 / np.cos(np.radians(min(np.max(np.abs(np.concatenate(boxes)[:, 1])), 89.0)))
    south, north = max(box[0, 1] for box in boxes), min(box[1, 1] for box in boxes)
    limits = np.array([[boxes[0][0, 0] - margin, south - margin], [boxes[0][1, 0] + margin, north + margin]])

    def meets(ring: Floats) -> bool:
        low, high = _box(ring)
        turn = 360.0 * np.ceil((limits[0, 0] - high[0]) / 360.0)
        return bool(low[0] + turn <= limits[1, 0] and low[1] <= limits[1, 1] and high[1] >= limits[0, 1])

    kept = [
        State(each.identity, tuple(r for r in each.shells if meets(r)), tuple(r for r in each.holes if meets(r)))
        for each in others
        if each.identity not in {state.identity for state in pair}
    ]
    return [each for each in kept if each.rings]


def _box(places: Floats) -> Floats:
    """Give the least and the greatest longitude and latitude, (2, 2)."""
    return np.array([places.min(axis=0), places.max(axis=0)])


def _line(
    pair: tuple[State, State],
    merged: dict[str, State],
    patches: Sequence[Patch],
    join_within_m: float,
    ellipsoid: Ellipsoid,
) -> CommonBoundary:
    lines, inserted = with_unmatched_vertices(outlines(list(merged.values())), ellipsoid)
    names = pair[0].identity, pair[1].identity
    strands = [strand for strand in shared_strands(lines) if strand.pair == names]
    others = [state for name, state in merged.items() if name not in names]
    drawn = drawn_lines(pair, others, join_within_m, ellipsoid)
    touching = () if strands else _touching(lines, names)
    if touching and min(drawn.near_m) <= _AT_CORNER_REACHES * join_within_m * len(touching):
        return replace(unmatched_line(without_lines(drawn), join_within_m, ellipsoid), touching=touching)
    if not _matched(strands, drawn, patches, join_within_m, ellipsoid):
        return replace(unmatched_line(drawn, join_within_m, ellipsoid), touching=touching)
    line = matched_line(strands, pair, MeetingStates.of(lines), ellipsoid)
    kept = [remark for remark in line.remarks if remark.code != "D206"]
    ends = _met_nearby(line, others, join_within_m, ellipsoid)
    told = (on(inserted, lines.identities).get(names, ()) for on in (on_unmatched_vertices, on_closed_gaps))
    return replace(line, ends=ends, remarks=(*kept, *chain.from_iterable(told)))


def _met_nearby(
    line: CommonBoundary, others: Sequence[State], within_m: float, ellipsoid: Ellipsoid
) -> tuple[End, ...]:
    """Give the ends of a line, those at which no third State has the same vertex with the States that come near."""
    near = {(end.strand, end.at_start): end for end in near_ends(line.strands, others, within_m, ellipsoid)}
    return tuple(end if end.others else near[end.strand, end.at_start] for end in line.ends)


def _matched(
    strands: Sequence[SharedStrand],
    drawn: DrawnLines,
    patches: Sequence[Patch],
    within_m: float,
    ellipsoid: Ellipsoid,
) -> bool:
    """Whether the edges in common are the boundary, and not pieces of two outlines that part in between."""
    if not strands:
        return False
    common_m = sum(chord_length_m(strand.lonlat, ellipsoid) for strand in strands if not strand.same_side)
    twice_m = sum(chord_length_m(strand.lonlat, ellipsoid) for strand in strands if strand.same_side)
    apart_m = max(sum(_along_m(patch, ellipsoid) for patch in patches) - twice_m, 0.0)
    near_m = min(drawn.near_m)
    mostly = common_m >= _ENOUGH * near_m or near_m - common_m <= _APART_REACHES * within_m
    return mostly and apart_m <= MOST_APART * (common_m + apart_m)


def _along_m(patch: Patch, ellipsoid: Ellipsoid) -> float:
    """How long two outlines run apart on either side of a patch, in metres: half its edge; nothing along a lake."""
    half_m = chord_length_m(patch.outline[0], ellipsoid) / 2.0
    lake = patch.kind is PatchKind.GAP and patch.area_m2 > _SLIVER * half_m * half_m
    return 0.0 if lake else half_m


def _touching(lines: Outlines, names: tuple[str, str]) -> tuple[Place, ...]:
    """Give the places that both States have as a vertex, in the order of the first's rings."""
    of_first, of_second = (lines.vertex[lines.state == lines.identities.index(name)] for name in names)
    _, index = np.unique(of_first, return_index=True)
    at = np.nonzero(lines.state == lines.identities.index(names[0]))[0][np.sort(index)]
    shared = at[np.isin(lines.vertex[at], of_second)]
    return tuple((float(lon), float(lat)) for lon, lat in lines.lonlat[shared])


def _on_no_line(boundary: CommonBoundary) -> list[Remark]:
    """Say that there is no common line, where there is none, and whether the two touch."""
    if boundary.as_drawn[0] or boundary.as_drawn[1]:
        return []
    if not boundary.touching:
        return [Remark("D210", f"{boundary.pair[0]} and {boundary.pair[1]} do not have a common line and do not touch")]
    sentence = f"{boundary.pair[0]} and {boundary.pair[1]} touch only at single positions and do not have a common line"
    return [Remark("D210", sentence, boundary.touching[0], float(len(boundary.touching)), "places")]
