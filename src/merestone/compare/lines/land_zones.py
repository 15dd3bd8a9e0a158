"""Zones out of the land that passes between two States, as the polygons of both versions say it.

Where polygons are known, lines need not say which land changes hands: an island that no line touches counts, and a face
between two strands of one boundary is not given to whichever strand happens to lie nearer. Lines say how wide a zone is
and where it lies along them. What they would have enclosed by themselves is held against the polygons (`on_difference`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Balance, Side, Zone
from merestone.compare.lines.arrangement import Faces, Lines
from merestone.compare.lines.track import short_pieces
from merestone.compare.territory import TerritoryBalance
from merestone.geodesy.line import Floats, Place
from merestone.sources.remark import Remark

SHARE = 1e-3
WIDTH_M = 0.01
"""Areas from lines and from polygons are the same where they differ by no more than this share of the larger, or by
this width along both lines: less than either is good for."""
LEAST_M2 = 1.0
"""Nor where they differ by less than this: the rounding of coordinates."""


def land_faces(balance: TerritoryBalance, lines: Lines) -> Faces:
    """The pieces of land that pass, as faces; `left_of_first` those that the first named State has in the first version.
    Each is moved by whole turns to where the lines begin, and its edges are cut into pieces as short as theirs."""
    pieces = [(side == 0, rings) for side, land in enumerate(balance.changed) for rings in land.polygons]
    if not pieces:
        return Faces(np.empty((0, 2)), np.zeros(1, np.intp), np.empty(0, np.intp), np.empty(0, bool), np.empty((0, 2)))
    longitude_deg = float(lines.parts[0].tracks[0].lonlat[0, 0])
    moved = [tuple(short_pieces(lines.ellipsoid, ring) for ring in _near(rings, longitude_deg)) for _, rings in pieces]
    rings = [ring for each in moved for ring in each]
    offsets = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])]).astype(np.intp)
    face = np.repeat(np.arange(len(pieces)), [len(each) for each in moved])
    return Faces(
        np.concatenate(rings), offsets, face, np.array([left for left, _ in pieces]), np.array([*map(_place, moved)])
    )


def _near(rings: tuple[Floats, ...], longitude_deg: float) -> tuple[Floats, ...]:
    turns = 360.0 * np.round((longitude_deg - rings[0][0, 0]) / 360.0)
    return tuple(ring + np.array([turns, 0.0]) for ring in rings)


def _place(rings: tuple[Floats, ...]) -> Floats:
    """A place inside a polygon."""
    import shapely

    return np.asarray(shapely.get_coordinates(shapely.point_on_surface(shapely.Polygon(rings[0], rings[1:])))[0])


def held(found: tuple[Zone, ...], balance: TerritoryBalance) -> tuple[Zone, ...]:
    """The zones of such faces with who has them, as the polygons say."""
    of = {Side.LEFT: balance.changed[0], Side.RIGHT: balance.changed[1]}
    return tuple(
        replace(zone, held_in_first=of[zone.in_first].held_in_first, held_in_second=of[zone.in_first].held_in_second)
        for zone in found
    )


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which land passes: in words, what the polygons and what the lines alone say of it in m², and a place in
    the largest piece."""

    words: str
    land_m2: float
    lines_m2: float
    place: Place | None


def on_difference(
    claims: tuple[Claim, Claim], balance: TerritoryBalance, by_lines: Balance, length_m: float, zones: tuple[Zone, ...]
) -> tuple[Remark, ...]:
    """A remark for each way in which the area that the lines alone enclose is not that of the polygons, with both figures
    and the largest zone that lies that way; `length_m` of both lines together."""
    titles = claims[0].title, claims[1].title
    lines = by_lines.left_in_first_m2, by_lines.right_in_first_m2
    ways = (
        Way(way_words(*land.both, titles), land.passes_m2, lines_m2, _largest(side, zones))
        for side, land, lines_m2 in zip((Side.LEFT, Side.RIGHT), balance.changed, lines, strict=True)
    )
    return differing(ways, length_m)


def differing(ways: Iterable[Way], length_m: float, of: str = "") -> tuple[Remark, ...]:
    """A remark (D315) for each way in which polygons and lines alone do not say the same; `length_m` of both lines
    together."""
    found = []
    for way in ways:
        apart_m2 = abs(way.land_m2 - way.lines_m2)
        if apart_m2 <= max(SHARE * max(way.land_m2, way.lines_m2), WIDTH_M * length_m, LEAST_M2):
            continue
        sentence = (
            f"{way.words}: the polygons give {_km2(way.land_m2)}, the lines alone {_km2(way.lines_m2)}; the zones and "
            "sums come from the polygons"
        )
        found.append(Remark("D315", sentence, way.place, apart_m2, "m²", of))
    return tuple(found)


def _largest(side: Side, zones: tuple[Zone, ...]) -> Place | None:
    """The place of the largest zone on a side, None where there is none."""
    on_side = (zone for zone in zones if zone.in_first is side)
    largest = max(on_side, key=lambda zone: zone.area_m2, default=None)
    return None if largest is None else largest.place


def way_words(in_first: str | None, in_second: str | None, titles: tuple[str, str]) -> str:
    """Who has land in the first version and who in the second, by the titles of the versions."""
    one, two = (
        f"not {other} in {title}" if who is None else f"{who} in {title}"
        for who, other, title in ((in_first, in_second, titles[0]), (in_second, in_first, titles[1]))
    )
    return f"{one}, {two}"


def _km2(area_m2: float) -> str:
    return f"{area_m2 / 1e6:,.3f} km²"
