"""Runs of places along the reference at which the same lines run together, and how short ones are merged.

Between two stations at which the lines run together differently the change is sought by halving. A run shorter than the
tolerance goes to whichever neighbour it resembles more: in which more pairs of lines are together, or not, as in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from merestone.compare.comparison import Reach, Spacing
from merestone.compare.lines.matching import stations
from merestone.compare.many.agreed import Group, Run
from merestone.compare.many.side_by_side import ABSENT, SideBySide, Together
from merestone.geodesy.line import Floats, Indices

CHANGE_M = 1.0
"""How exactly it is sought, in metres along the reference, where the lines begin to run together or part."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A run while it is being merged: from where to where in metres, its groups (lines,), the greatest distances
    between any two of its lines (lines, lines)."""

    from_m: float
    to_m: float
    group: Indices
    apart_m: Floats

    @property
    def length_m(self) -> float:
        """Its length in metres."""
        return self.to_m - self.from_m

    def with_next(self, following: Piece, group: Indices) -> Piece:
        """It and the piece after it as one, with the groups given. The distances are of those parts alone whose groups
        are the same: what was merged into a neighbour does not speak for it."""
        mine, theirs = np.array_equal(self.group, group), np.array_equal(following.group, group)
        apart_m = (
            np.maximum(self.apart_m, following.apart_m) if mine and theirs else (self if mine else following).apart_m
        )
        return Piece(self.from_m, following.to_m, group, apart_m)


def runs_of(lines: SideBySide, strand: int, tolerance_m: float) -> tuple[tuple[Run, ...], tuple[float, ...]]:
    """The runs along a strand of the reference, and the lengths in metres of those merged into a neighbour."""
    pieces, short = merged(_pieces(lines, strand, tolerance_m), tolerance_m)
    return tuple(_run(lines, strand, piece) for piece in pieces), short


def _pieces(lines: SideBySide, strand: int, tolerance_m: float) -> list[Piece]:
    """The strand cut wherever the groups change."""
    along_m = stations(lines.tracks[strand], Spacing())
    found = lines.together(strand, along_m, tolerance_m)
    changes = np.flatnonzero((found.group[1:] != found.group[:-1]).any(axis=1))
    cuts = _cuts(lines, strand, tolerance_m, (along_m, found), changes)
    pieces, start, start_m = [], 0, 0.0
    for rank, change in enumerate([*changes.tolist(), len(along_m) - 1]):
        end_m = float(cuts[rank]) if rank < len(cuts) else float(along_m[-1])
        apart_m = found.apart_m[start : change + 1].max(axis=0)
        pieces.append(Piece(start_m, end_m, found.group[start], apart_m))
        start, start_m = change + 1, end_m
    return pieces


def _cuts(
    lines: SideBySide, strand: int, tolerance_m: float, known: tuple[Floats, Together], changes: Indices
) -> Floats:
    """Where the groups change between stations: (k,) in metres, by halving; of several changes the first."""
    along_m, found = known
    low_m, high_m, before = along_m[changes].copy(), along_m[changes + 1].copy(), found.group[changes]
    while len(changes) and (high_m - low_m).max() > CHANGE_M:
        middle_m = (low_m + high_m) / 2.0
        same = (lines.together(strand, middle_m, tolerance_m).group == before).all(axis=1)
        low_m, high_m = np.where(same, middle_m, low_m), np.where(same, high_m, middle_m)
    return np.asarray((low_m + high_m) / 2.0)


def merged(pieces: list[Piece], least_m: float) -> tuple[list[Piece], tuple[float, ...]]:
    """The pieces with those shorter than `least_m` taken into a neighbour, the shortest first, and their lengths."""
    kept, short = _joined(pieces), []
    while len(kept) > 1:
        at = min(range(len(kept)), key=lambda index: kept[index].length_m)
        if kept[at].length_m >= least_m:
            break
        short.append(kept[at].length_m)
        into = _neighbour(kept, at)
        first = min(at, into)
        kept[first : first + 2] = [kept[first].with_next(kept[first + 1], kept[into].group)]
        around = max(first - 1, 0)
        kept[around : first + 2] = _joined(kept[around : first + 2])
    return kept, tuple(short)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces, neighbours with the same groups as one."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept and np.array_equal(kept[-1].group, piece.group):
            kept[-1] = kept[-1].with_next(piece, piece.group)
        else:
            kept.append(piece)
    return kept


def _neighbour(pieces: list[Piece], at: int) -> int:
    """The neighbour that a piece resembles more; of equals the longer, then the one before."""
    beside = [index for index in (at - 1, at + 1) if 0 <= index < len(pieces)]
    return max(beside, key=lambda i: (alike(pieces[at].group, pieces[i].group), round(pieces[i].length_m, 3), -i))


def alike(one: Indices, other: Indices) -> int:
    """In how many pairs of lines, each line with itself among them, two groupings (lines,) say the same: together or
    not, there or not (the count of W. M. Rand, J. Am. Stat. Assoc. 66 (1971) 846-850)."""
    together, there = (np.equal.outer(group, group) & (group != ABSENT)[:, None] for group in (one, other))
    return int(np.count_nonzero(np.triu(together == there)))


def _run(lines: SideBySide, strand: int, piece: Piece) -> Run:
    track = lines.tracks[strand]
    lon, lat = track.position(np.array([(piece.from_m + piece.to_m) / 2.0]))[0]
    groups, absent = _groups(piece.group)
    most = len(groups[0])
    within = [piece.apart_m[pair] for group in groups if len(group) == most for pair in combinations(group, 2)]
    reach = Reach(track.name, piece.from_m, piece.to_m)
    return Run(reach, groups, absent, float(max(within, default=0.0)), (float(lon), float(lat)))


def _groups(group: Indices) -> tuple[tuple[Group, ...], Group]:
    """The groups, the largest first and then in the order of the inputs, and who is absent."""
    members: dict[int, list[int]] = {}
    for line, first in enumerate(group.tolist()):
        members.setdefault(first, []).append(line)
    absent = tuple(members.pop(ABSENT, ()))
    return tuple(sorted(map(tuple, members.values()), key=lambda each: (-len(each), each))), absent
