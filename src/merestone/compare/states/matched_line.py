"""The common boundary of two States from the edges that they share: strands named, ends and exclaves recognised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.claim import Strand
from merestone.compare.lines.edge_matching import closed_gaps, gap_size
from merestone.compare.states.chord_length import chord_length_m
from merestone.compare.states.enclosed import Enclosed, enclosed, ring_place
from merestone.compare.states.outlines import Outlines
from merestone.compare.states.pair_of_states import CommonBoundary, Detached, End, Meeting
from merestone.compare.states.shared_edges import Pairing, SharedStrand
from merestone.compare.states.state import State
from merestone.compare.states.unmatched_vertices import Inserted
from merestone.geodesy.arrays import Flags, Floats, Indices
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.sources.remark import Remark

NO_GAP_M = 1e-3
"""A vertex nearer than this to an edge stands on it, but for the rounding of coordinates to nine decimals."""


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """A strand with its name, and what it encloses where it is closed."""

    name: str
    shared: SharedStrand
    lonlat: Floats
    land: Enclosed | None


def matched_line(
    strands: Sequence[SharedStrand], states: tuple[State, State], meeting: MeetingStates, ellipsoid: Ellipsoid
) -> CommonBoundary:
    """Give the common boundary of the pair's States made of the strands that they share."""
    pair = states[0].identity, states[1].identity
    apart = [each for each in strands if not each.same_side or each.ring]
    named = _named(apart, states, ellipsoid)
    lines = tuple(Strand(each.name, each.lonlat, each.shared.ring, *pair) for each in named)
    return CommonBoundary(
        pair,
        matched=True,
        strands=lines,
        as_drawn=(lines, lines),
        ends=tuple(end for each in named if not each.shared.ring for end in _ends(each, meeting)),
        detached=tuple(_detached(each.name, each.land, pair) for each in named if each.land and each.land.of),
        remarks=(*(r for each in named if each.land for r in _on_land(each.land, each.name)), *_on_overlap(strands)),
    )


def _named(strands: Sequence[SharedStrand], states: tuple[State, State], ellipsoid: Ellipsoid) -> list[_Named]:
    """Give strands with names: `main` the longest, `main 2`, ... by length; `detached part 1`, ... by area."""
    land = [enclosed(each, states, ellipsoid) if each.ring else None for each in strands]
    placed = [(each, at.lonlat if at else each.lonlat, at) for each, at in zip(strands, land, strict=True)]
    mains = [each for each in placed if each[2] is None or each[2].whole]
    parts = [each for each in placed if each[2] is not None and not each[2].whole]
    mains.sort(key=lambda each: (-chord_length_m(each[1], ellipsoid), *each[1][0]))
    parts.sort(key=lambda each: (-each[2].area_m2 if each[2] else 0.0, *each[1][0]))
    return [_Named(main_name(n), *each) for n, each in enumerate(mains)] + [
        _Named(f"detached part {n + 1}", *each) for n, each in enumerate(parts)
    ]


def main_name(rank: int) -> str:
    """Give the name of the main strand of a rank, from 0: main, main 2, main 3."""
    return f"main {rank + 1}" if rank else "main"


@dataclass(frozen=True, slots=True, eq=False)
class MeetingStates:
    """Which States have which vertex: `vertex` (n,) ascending with `state` (n,), each pair once."""

    identities: tuple[str, ...]
    vertex: Indices
    state: Indices

    @classmethod
    def of(cls, lines: Outlines) -> MeetingStates:
        """Give the States of every vertex of the outlines."""
        count = max(len(lines.identities), 1)
        both = np.sort(lines.vertex * count + lines.state)
        both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
        return cls(lines.identities, both // count, both % count)

    def at(self, vertex: int) -> tuple[str, ...]:
        """Give the identities of the States that have a vertex, in alphabetical order."""
        first, last = np.searchsorted(self.vertex, [vertex, vertex + 1])
        return tuple(self.identities[index] for index in self.state[first:last])


def _ends(named: _Named, meeting: MeetingStates) -> tuple[End, End]:
    def end(number: int) -> End:
        lon, lat = named.lonlat[-number]
        others = tuple(one for one in meeting.at(named.shared.ends[number]) if one not in named.shared.pair)
        kind = Meeting.TRIPOINT if others else Meeting.END
        return End(named.name, number == 0, (float(lon), float(lat)), kind, others)

    return end(0), end(1)


def _detached(name: str, land: Enclosed, pair: Pairing) -> Detached:
    return Detached(name, land.of or "", land.within or "", land.area_m2, land.whole, pair)


def _on_land(land: Enclosed, name: str) -> list[Remark]:
    """Say what a closed strand encloses, and whose polygons take it in twice."""
    place = ring_place(land.lonlat)
    if land.of is None:
        what = (
            f"{name}: both States have this closed line as an outline, so the file does not say whose land lies inside"
        )
        return [Remark("D204", what, place, land.area_m2, "m²")]
    if land.whole:
        found = [Remark("D211", f"{land.of} lies wholly within {land.within}", place, land.area_m2, "m²", land.of)]
    else:
        what = f"{name} is land of {land.of} within {land.within}"
        found = [Remark("D203", what, place, land.area_m2, "m²", land.of)]
    if land.nested_in:
        what = f"{name}: polygons of {land.nested_in} lie inside one another where {land.of} has its land"
        found.append(Remark("D206", what, place, land.area_m2, "m²", land.nested_in))
    return found


def _on_overlap(strands: Sequence[SharedStrand]) -> list[Remark]:
    """Name open strands that have both States on one side; they bound an overlap and are no boundary."""
    return [
        Remark(
            "D204",
            f"{each.pair[0]} and {each.pair[1]} lie on the same side of {len(each.lonlat) - 1} common edges; these "
            "edges bound land of both States and are left out",
            place=(float(each.lonlat[0, 0]), float(each.lonlat[0, 1])),
        )
        for each in strands
        if each.same_side and not each.ring
    ]


def on_unmatched_vertices(inserted: Inserted, identities: tuple[str, ...]) -> Mapping[Pairing, list[Remark]]:
    """Give for each pair the remarks on vertices of one that stand on edges of the other."""
    found: dict[Pairing, list[Remark]] = {}
    both = np.column_stack([inserted.of, inserted.into])
    for of, into in np.unique(both, axis=0) if len(both) else []:
        chosen = np.all(both == (of, into), axis=1)
        one, other = identities[of], identities[into]
        lon, lat = inserted.lonlat[np.argmax(chosen)]
        remark = Remark(
            "D208",
            f"vertices of {one} lie on edges of {other}, where {other} does not have a vertex{_beside(inserted, chosen)}",
            place=(float(lon), float(lat)),
            size=float(chosen.sum()),
            unit="vertices",
            of=one,
        )
        found.setdefault((min(one, other), max(one, other)), []).append(remark)
    return found


def _beside(inserted: Inserted, chosen: Flags) -> str:
    """How far beside the edges they lie at most; nothing where they lie on them."""
    widest_m = float(inserted.across_m[chosen].max())
    return f", up to {gap_size(widest_m)} beside them" if widest_m > NO_GAP_M else ""


def on_closed_gaps(inserted: Inserted, identities: tuple[str, ...]) -> Mapping[Pairing, list[Remark]]:
    """Give for each pair a remark on each gap between its outlines that such a vertex closes, the widest first."""
    told = {}
    for pair, gaps in _closed(inserted, identities).items():
        sentence = f"a gap of {{}} between the outlines of {pair[0]} and {pair[1]} was closed"
        told[pair] = list(closed_gaps("D126", sentence, sorted(gaps, reverse=True), ""))
    return told


def _closed(inserted: Inserted, identities: tuple[str, ...]) -> dict[Pairing, list[tuple[float, tuple[float, float]]]]:
    """For each pair the gaps between its outlines that vertices put into edges close: size in metres and place."""
    gaps: dict[Pairing, list[tuple[float, tuple[float, float]]]] = {}
    for at in np.flatnonzero(inserted.across_m > NO_GAP_M):
        one, other = identities[inserted.of[at]], identities[inserted.into[at]]
        lon, lat = inserted.lonlat[at]
        size = float(inserted.across_m[at]), (float(lon), float(lat))
        gaps.setdefault((min(one, other), max(one, other)), []).append(size)
    return gaps
