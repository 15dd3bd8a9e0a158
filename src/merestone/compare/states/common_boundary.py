"""The common boundary of two States, from their polygons.

Where their outlines share edges, those edges are the boundary, exactly as drawn. Where they were drawn apart, each
outline near the other is a line of its own (`unmatched_line`). The edges in common are the boundary where they make up
at least half of what lies near, in no more pieces; else the outlines part in between, and both are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from merestone.compare.states.all_pairs import merged_states
from merestone.compare.states.chord_length import chord_length_m
from merestone.compare.states.drawn_lines import DrawnLines, drawn_lines
from merestone.compare.states.matched_line import MeetingStates, matched_line, on_unmatched_vertices
from merestone.compare.states.outlines import Outlines, outlines
from merestone.compare.states.overlaps_and_gaps import enclosed_gaps, on_patches, overlaps
from merestone.compare.states.pair_of_states import CommonBoundary, End
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

_ENOUGH = 0.5


def common_boundary(
    first: State,
    second: State,
    join_within_m: float = 2500.0,
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
        raise WrongRequestError(f"outlines are joined within a positive distance in metres, not {join_within_m}")
    around = _meeting_box(others, (first, second), join_within_m)
    merged = merged_states([first, second, *around])
    one, other = sorted([first.identity, second.identity])
    pair = merged[one], merged[other]
    boundary = _line(pair, merged, join_within_m, ellipsoid)
    return _with_defects(boundary, pair, merged, join_within_m, ellipsoid)


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
    pair: tuple[State, State], merged: dict[str, State], join_within_m: float, ellipsoid: Ellipsoid
) -> CommonBoundary:
    lines, inserted = with_unmatched_vertices(outlines(list(merged.values())), ellipsoid)
    names = pair[0].identity, pair[1].identity
    strands = [strand for strand in shared_strands(lines) if strand.pair == names]
    others = [state for name, state in merged.items() if name not in names]
    drawn = drawn_lines(pair, others, join_within_m, ellipsoid)
    if not _matched(strands, drawn, ellipsoid):
        apart = unmatched_line(drawn, join_within_m, ellipsoid)
        return replace(apart, touching=() if strands else _touching(lines, names))
    line = matched_line(strands, pair, MeetingStates.of(lines), ellipsoid)
    kept = [remark for remark in line.remarks if remark.code != "D206"]
    ends = _met_nearby(line, others, join_within_m, ellipsoid)
    return replace(line, ends=ends, remarks=(*kept, *on_unmatched_vertices(inserted, lines.identities).get(names, ())))


def _met_nearby(
    line: CommonBoundary, others: Sequence[State], within_m: float, ellipsoid: Ellipsoid
) -> tuple[End, ...]:
    """Give the ends of a line, those at which no third State has the same vertex with the States that come near."""
    near = {(end.strand, end.at_start): end for end in near_ends(line.strands, others, within_m, ellipsoid)}
    return tuple(end if end.others else near[end.strand, end.at_start] for end in line.ends)


def _matched(strands: Sequence[SharedStrand], drawn: DrawnLines, ellipsoid: Ellipsoid) -> bool:
    """Whether the edges in common are the boundary, and not pieces of two outlines that part in between."""
    if not strands:
        return False
    open_strands = [strand.lonlat for strand in strands if not strand.ring]
    common_m = sum(chord_length_m(lonlat, ellipsoid) for lonlat in open_strands)
    near_m = min(sum(chord_length_m(each.lonlat, ellipsoid) for each in lines) for lines in drawn.strands)
    return common_m >= _ENOUGH * near_m and len(open_strands) <= drawn.stretches


def _touching(lines: Outlines, names: tuple[str, str]) -> tuple[Place, ...]:
    """Give the places that both States have as a vertex, in the order of the first's rings."""
    of_first, of_second = (lines.vertex[lines.state == lines.identities.index(name)] for name in names)
    _, index = np.unique(of_first, return_index=True)
    at = np.nonzero(lines.state == lines.identities.index(names[0]))[0][np.sort(index)]
    shared = at[np.isin(lines.vertex[at], of_second)]
    return tuple((float(lon), float(lat)) for lon, lat in lines.lonlat[shared])


def _with_defects(
    boundary: CommonBoundary,
    pair: tuple[State, State],
    merged: dict[str, State],
    join_within_m: float,
    ellipsoid: Ellipsoid,
) -> CommonBoundary:
    """Give the boundary with overlaps, gaps, and what is wrong with either State's polygons."""
    names = pair[0].identity, pair[1].identity
    land = land_of(pair[0], ellipsoid), land_of(pair[1], ellipsoid)
    others = [each for name, each in merged.items() if name not in names]
    found = [
        *overlaps(*land, ellipsoid),
        *enclosed_gaps(*land, others, join_within_m, ellipsoid),
    ]
    remarks = [*boundary.remarks, *land[0].remarks, *land[1].remarks, *on_patches(found, names)]
    return replace(boundary, patches=tuple(found), remarks=(*remarks, *_on_no_line(boundary)))


def _on_no_line(boundary: CommonBoundary) -> list[Remark]:
    """Say that there is no common line, where there is none, and whether the two touch."""
    if boundary.as_drawn[0] or boundary.as_drawn[1]:
        return []
    if not boundary.touching:
        return [Remark("D210", f"{boundary.pair[0]} and {boundary.pair[1]} have no common line and do not touch")]
    sentence = f"{boundary.pair[0]} and {boundary.pair[1]} touch in single places and have no common line"
    return [Remark("D210", sentence, boundary.touching[0], float(len(boundary.touching)), "places")]
