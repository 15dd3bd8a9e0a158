"""The common boundary of two States whose outlines do not share vertices, three ways: as either draws it, and midway.

Neither outline is preferred. Each is a line of its own, to be compared with the other as two claims are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from merestone.compare.claim import Strand
from merestone.compare.states.drawn_lines import DrawnLines
from merestone.compare.states.matched_line import main_name
from merestone.compare.states.midway import midway_between
from merestone.compare.states.near_outline import feet, sampled, spacing_m
from merestone.compare.states.pair_of_states import CommonBoundary, Detached, End, Meeting
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.state import State, signed_area_deg2
from merestone.compare.states.state_polygons import place_in
from merestone.compare.states.unmatched_enclaves import DrawnEnclave, Enclaves
from merestone.geodesy.arrays import Floats
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.sources.remark import Remark


def unmatched_line(lines: DrawnLines, within_m: float, ellipsoid: Ellipsoid) -> CommonBoundary:
    """Give the common boundary of two States as each draws it, with the line midway between."""
    pair, drawn, enclaves = lines.pair, lines.strands, lines.enclaves
    middle = tuple(_middle(name, one, other, within_m, pair, ellipsoid) for name, one, other in _partners(drawn))
    rings = _rings(enclaves.found, pair, mains=lines.stretches)
    return CommonBoundary(
        pair,
        matched=False,
        strands=middle,
        as_drawn=((*drawn[0], *rings[0]), (*drawn[1], *rings[1])),
        ends=near_ends(middle, lines.others, within_m, ellipsoid),
        detached=rings[2],
        remarks=(*_on_joining(pair, middle, within_m), *_on_enclaves(rings[2], enclaves), *enclaves.remarks),
    )


def _partners(drawn: tuple[tuple[Strand, ...], tuple[Strand, ...]]) -> list[tuple[str, Strand, Strand]]:
    """Give the strands that both outlines have under one name."""
    second = {strand.name: strand for strand in drawn[1]}
    return [(strand.name, strand, second[strand.name]) for strand in drawn[0] if strand.name in second]


def _middle(name: str, one: Strand, other: Strand, within_m: float, pair: Pairing, ellipsoid: Ellipsoid) -> Strand:
    second = _from_nearest(other.lonlat, one.lonlat[0]) if one.ring and other.ring else other.lonlat
    line = midway_between(one.lonlat, second, spacing_m(within_m), ellipsoid)
    return Strand(name, line.lonlat, one.ring and other.ring, *pair, departure_m=line.half_width_m)


def _from_nearest(ring: Floats, place: Floats) -> Floats:
    """Give a closed ring begun at its vertex nearest to a place."""
    scale = np.array([np.cos(np.radians(place[1])), 1.0])
    start = int(np.argmin(np.sum(((ring[:-1] - place) * scale) ** 2, axis=1)))
    return np.concatenate([ring[start:-1], ring[: start + 1]])


def _rings(
    found: Sequence[DrawnEnclave], pair: Pairing, mains: int
) -> tuple[tuple[Strand, ...], tuple[Strand, ...], tuple[Detached, ...]]:
    """Give the rings of enclaves as the first and the second draw them, and what lies in them."""
    drawn: dict[str, list[Strand]] = {pair[0]: [], pair[1]: []}
    detached = []
    whole = part = 0
    for each in found:
        name = main_name(mains + whole) if each.whole else f"detached part {part + 1}"
        whole, part = whole + each.whole, part + (not each.whole)
        for who, ring in ((each.of, each.shell), (each.within, each.hole)):
            if ring is not None:
                inside = (signed_area_deg2(ring) > 0.0) == (each.of == pair[0])
                drawn[who].append(Strand(name, ring if inside else ring[::-1], True, *pair))
        by = pair if each.hole is not None else (each.of,)
        detached.append(Detached(name, each.of, each.within, each.area_m2, each.whole, by))
    return tuple(drawn[pair[0]]), tuple(drawn[pair[1]]), tuple(detached)


def near_ends(
    strands: Sequence[Strand], others: Sequence[State], within_m: float, ellipsoid: Ellipsoid
) -> tuple[End, ...]:
    """Give the two ends of every open strand, with the third States whose outlines lie within reach of them."""
    chains = [strand for strand in strands if not strand.ring]
    if not chains:
        return ()
    places = np.concatenate([strand.lonlat[[0, -1]] for strand in chains])
    space = cartesian(ellipsoid, places)
    near = {
        state.identity: feet(space, sampled(state.rings, spacing_m(within_m), ellipsoid)).distance_m <= within_m
        for state in others
        if state.rings
    }
    found = []
    for number, (lon, lat) in enumerate(places):
        met = tuple(sorted(name for name, close in near.items() if close[number]))
        kind = Meeting.TRIPOINT if met else Meeting.END
        found.append(End(chains[number // 2].name, number % 2 == 0, (float(lon), float(lat)), kind, met))
    return tuple(found)


def _on_joining(pair: Pairing, middle: Sequence[Strand], within_m: float) -> list[Remark]:
    """Say that the outlines are two lines, and how far apart at most."""
    if not middle:
        return []
    widest_m = 2.0 * max(strand.departure_m for strand in middle)
    lon, lat = middle[0].lonlat[0]
    sentence = (
        f"the outlines of {pair[0]} and {pair[1]} do not share a common line; the parts of each within {within_m:g} m of "
        "the other are taken as two lines of one boundary; corresponding positions are at most this far apart"
    )
    return [Remark("D209", sentence, (float(lon), float(lat)), widest_m, "m")]


def _on_enclaves(detached: Sequence[Detached], enclaves: Enclaves) -> list[Remark]:
    import shapely

    remarks = []
    for land, drawn in zip(detached, enclaves.found, strict=True):
        what = f"{land.strand} is land of {land.of} within {land.within}"
        if land.whole:
            what = f"{land.of} lies wholly within {land.within}"
        elif len(land.drawn_by) == 1:
            what += f", but the outline of {land.within} does not have a hole there"
        place = place_in(shapely.make_valid(shapely.Polygon(drawn.shell)))
        remarks.append(Remark("D211" if land.whole else "D203", what, place, land.area_m2, "m²", land.of))
    return remarks
