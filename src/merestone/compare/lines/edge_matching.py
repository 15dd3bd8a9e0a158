"""Ends of lines that were meant to meet and miss one another by rounding: joined within 2 cm, each gap told with its size.

A boundary comes in pieces: one for each sheet, agency or neighbour. Programs round each piece by itself, so that the end of
one and the start of the next lie a centimetre apart, and the pieces would be compared as separate lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from merestone.compare.claim import Strand
from merestone.geodesy.arrays import Indices
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.sources.layer import Layer, Part, Role
from merestone.sources.remark import Remark

JOINED_M = 0.02
"""Ends this near are one place: coordinates rounded to seven decimals leave them up to 15 mm apart. Outlines of States are
matched within the same distance."""
LOOKED_AT_M = 100.0
"""Ends this near to one another that were not joined are told: whoever made the file may have meant them to meet."""
MOST_TOLD = 20


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """The two ends of each line, one after the other: `lonlat` (2k, 2) degrees, `xyz` (2k, 3) metres."""

    lonlat: Floats
    xyz: Floats


def edge_matched(layer: Layer, ellipsoid: Ellipsoid) -> tuple[Layer, tuple[Remark, ...]]:
    """The layer with the ends of its lines that lie within 2 cm brought to one place, the first of them, and a remark
    (D126) for each gap so closed. Pieces shorter than that which vanish in it are left out."""
    lines = [part for part in layer.parts if part.role is Role.LINE and len(part.lonlat) > 1]
    if not lines:
        return layer, ()
    ends = _ends([part.lonlat for part in lines], ellipsoid)
    group = _groups(ends)
    turns = _turns(ends, group)
    if turns.any():
        turned = {
            id(part): replace(part, lonlat=part.lonlat + np.array([360.0 * turn, 0.0]))
            for part, turn in zip(lines, turns, strict=True)
        }
        again = replace(layer, parts=tuple(turned.get(id(part), part) for part in layer.parts))
        return edge_matched(again, ellipsoid)
    place = _meeting_places(ends, group)
    moved = (place != ends.lonlat).any(axis=1)
    if not moved.any():
        return layer, ()
    matched = {id(part): _matched(part, place[2 * i], place[2 * i + 1]) for i, part in enumerate(lines)}
    parts = [matched.get(id(part), part) for part in layer.parts]
    gaps = _gaps(ends, group, place, moved)
    return replace(layer, parts=tuple(part for part in parts if part is not None)), tuple(_told(gaps, layer.file))


def gaps_left_open(strands: Sequence[Strand], ellipsoid: Ellipsoid, file: str) -> tuple[Remark, ...]:
    """A remark (D127) for every two ends of strands that lie within 100 m of one another and were not joined, the
    smallest first."""
    from scipy.spatial import cKDTree

    open_strands = [strand for strand in strands if not strand.ring and len(strand.lonlat) > 1]
    if not open_strands:
        return ()
    ends = _ends([strand.lonlat for strand in open_strands], ellipsoid)
    alone = _alone(ends)
    tree = cKDTree(ends.xyz[alone])
    found = sorted(
        (float(np.linalg.norm(ends.xyz[alone[one]] - ends.xyz[alone[other]])), int(alone[one]), int(alone[other]))
        for one, other in tree.query_pairs(LOOKED_AT_M)
    )
    used, remarks = set[int](), []
    for size_m, one, other in found:
        if used.isdisjoint({one, other}) and not _is_short(open_strands, one, other, size_m, ellipsoid):
            used |= {one, other}
            remarks.append((size_m, _place(ends, one)))
    sentence = "two ends of lines are {} apart and were not joined; close the gap in the file if they should meet"
    return tuple(closed_gaps("D127", sentence, remarks, file))


# ---- places where ends meet -------------------------------------------------------------------------------------


def _ends(chains: Sequence[Floats], ellipsoid: Ellipsoid) -> _Ends:
    lonlat = np.concatenate([chain[[0, -1]] for chain in chains])
    return _Ends(lonlat, cartesian(ellipsoid, lonlat))


def _groups(ends: _Ends) -> Indices:
    """For each end the number of the place where it meets others (2k,): ends within 2 cm of one of its ends belong to it."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    pairs = cKDTree(ends.xyz).query_pairs(JOINED_M, output_type="ndarray")
    count = len(ends.xyz)
    graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)


def _turns(ends: _Ends, group: Indices) -> Indices:
    """By how many whole turns the longitudes of each line are to be shifted (k,), so that lines that were cut at the
    antimeridian, as RFC 7946 asks, run on from one to the next."""
    count = len(ends.lonlat) // 2
    turns = np.zeros(count, dtype=np.intp)
    first = np.unique(group, return_index=True)[1][group]
    if (np.abs(ends.lonlat[:, 0] - ends.lonlat[first, 0]) < 180.0).all():
        return turns
    at_group: dict[int, list[int]] = {}
    for end, number in enumerate(group.tolist()):
        at_group.setdefault(number, []).append(end)
    placed = np.zeros(count, dtype=bool)
    for start in range(count):
        waiting = [] if placed[start] else [start]
        placed[start] = True
        while waiting:
            line = waiting.pop()
            for end in (2 * line, 2 * line + 1):
                here = ends.lonlat[end, 0] + 360.0 * turns[line]
                for other in at_group[int(group[end])]:
                    if not placed[other // 2]:
                        placed[other // 2] = True
                        turns[other // 2] = round((here - ends.lonlat[other, 0]) / 360.0)
                        waiting.append(other // 2)
    return turns


def _meeting_places(ends: _Ends, group: Indices) -> Floats:
    """For each end the place of the first end of its group, on its own side of the antimeridian, (2k, 2)."""
    first = np.unique(group, return_index=True)[1]
    place = ends.lonlat[first][group].copy()
    place[:, 0] += 360.0 * np.round((ends.lonlat[:, 0] - place[:, 0]) / 360.0)
    return place


def _matched(part: Part, start: Floats, end: Floats) -> Part | None:
    lonlat = part.lonlat.copy()
    lonlat[0], lonlat[-1] = start, end
    vanishes = len(lonlat) == 2 and bool((start == end).all())
    return None if vanishes else replace(part, lonlat=lonlat)


def _gaps(ends: _Ends, group: Indices, place: Floats, moved: Indices) -> list[tuple[float, tuple[float, float]]]:
    """Size in metres and place of each gap that was closed, the widest first; ends at one place are one gap."""
    first = np.unique(group, return_index=True)[1]
    at = np.flatnonzero(moved)
    at = at[np.unique(ends.lonlat[at], axis=0, return_index=True)[1]]
    size_m = np.linalg.norm(ends.xyz[at] - ends.xyz[first[group[at]]], axis=1)
    found = [(float(size), (float(place[i, 0]), float(place[i, 1]))) for size, i in zip(size_m, at, strict=True)]
    return sorted(found, reverse=True)


def _told(gaps: Sequence[tuple[float, tuple[float, float]]], file: str) -> Iterator[Remark]:
    return closed_gaps("D126", "a gap of {} between two ends of lines was closed", gaps, file)


def closed_gaps(
    code: str, sentence: str, found: Sequence[tuple[float, tuple[float, float]]], file: str
) -> Iterator[Remark]:
    """A remark on each gap (size in metres, place), the widest first in `found`; beyond twenty, one on all others."""
    for size_m, place in found[:MOST_TOLD]:
        yield Remark(code, sentence.format(gap_size(size_m)), place, size_m, "m", file)
    if len(found) > MOST_TOLD:
        rest = found[MOST_TOLD:]
        widest = max(size for size, _ in rest)
        yield Remark(
            code,
            f"{len(rest)} more {'gap' if len(rest) == 1 else 'gaps'} of this kind, up to {gap_size(widest)}",
            None,
            float(len(rest)),
            "gaps",
            file,
        )


def gap_size(size_m: float) -> str:
    """The size of a gap as findings print it."""
    return f"{size_m * 1000.0:.1f} mm" if size_m < 0.1 else f"{size_m:.2f} m"


# ---- ends that meet nothing -------------------------------------------------------------------------------------


def _alone(ends: _Ends) -> Indices:
    """The ends at which no other end lies."""
    group = _groups(ends)
    return np.flatnonzero(np.bincount(group)[group] == 1)


def _is_short(strands: Sequence[Strand], one: int, other: int, size_m: float, ellipsoid: Ellipsoid) -> bool:
    """Whether two ends are those of one strand that is hardly longer than they lie apart: a short piece, not a ring."""
    if one // 2 != other // 2:
        return False
    steps = np.diff(cartesian(ellipsoid, strands[one // 2].lonlat), axis=0)
    return float(np.linalg.norm(steps, axis=1).sum()) < 3.0 * size_m


def _place(ends: _Ends, index: int) -> tuple[float, float]:
    return float(ends.lonlat[index, 0]), float(ends.lonlat[index, 1])
