"""Closed strands: whose land lies inside, and within whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.states.shared_edges import SharedStrand
from merestone.compare.states.state import State, signed_area_deg2
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Place
from merestone.geodesy.lonlat_area import ring_area_m2, ring_areas_m2


@dataclass(frozen=True, slots=True, eq=False)
class Enclosed:
    """Land inside a closed strand, run with the pair's first State to the left.

    `of` whose it is and `within` whom; None for both where both States or neither have it inside their other land;
    `area_m2`; `whole` where it is the greater part of its State; `nested_in` whose polygons take it in twice.
    """

    lonlat: Floats
    of: str | None
    within: str | None
    area_m2: float
    whole: bool
    nested_in: str | None = None


def enclosed(strand: SharedStrand, states: tuple[State, State], ellipsoid: Ellipsoid) -> Enclosed:
    """Give what a closed strand of the pair's States encloses."""
    anticlockwise = signed_area_deg2(strand.lonlat) > 0.0
    area_m2 = abs(ring_area_m2(ellipsoid, strand.lonlat))
    inner, outer = states if anticlockwise else states[::-1]
    nested: str | None = None
    if strand.same_side:
        inside = [_inside_other_shell(strand.lonlat, each) for each in states]
        if inside[0] == inside[1]:
            return Enclosed(strand.lonlat, None, None, area_m2, whole=False)
        inner, outer = states if inside[1] else states[::-1]
        nested = outer.identity
    lonlat = strand.lonlat if anticlockwise == (inner is states[0]) else strand.lonlat[::-1]
    whole = area_m2 > 0.5 * _outlined_m2(inner, ellipsoid)
    return Enclosed(lonlat, inner.identity, outer.identity, area_m2, whole, nested)


def ring_place(ring: Floats) -> Place:
    """Give a place inside a closed ring."""
    import shapely

    point = shapely.Polygon(ring).representative_point()
    return float(point.x), float(point.y)


def _outlined_m2(state: State, ellipsoid: Ellipsoid) -> float:
    offsets = np.cumsum([0, *(len(shell) for shell in state.shells)])
    return float(np.sum(ring_areas_m2(ellipsoid, np.concatenate(state.shells), offsets)))


def lies_in(place: Place, state: State) -> bool:
    """Whether a place lies in the land of a State: in more of its shells than of its holes."""
    import shapely

    point = shapely.Point(place)
    return len(_around(state.shells, point)) > len(_around(state.holes, point))


def _inside_other_shell(ring: Floats, state: State) -> bool:
    """Whether a ring lies inside a larger shell of the State, and not in a hole of it."""
    import shapely

    point = shapely.Point(ring_place(ring))
    size = abs(signed_area_deg2(ring)) * (1.0 + 1e-9)
    around = [shell for shell in _around(state.shells, point) if signed_area_deg2(shell) > size]
    holes = [hole for hole in _around(state.holes, point) if -signed_area_deg2(hole) > size]
    return len(around) > len(holes)


def _around(rings: Sequence[Floats], point: object) -> list[Floats]:
    """Give the rings that a point lies in."""
    import shapely

    lon, lat = shapely.get_x(point), shapely.get_y(point)
    boxed = [
        ring
        for ring in rings
        if np.min(ring[:, 0]) <= lon <= np.max(ring[:, 0]) and np.min(ring[:, 1]) <= lat <= np.max(ring[:, 1])
    ]
    return [ring for ring in boxed if shapely.Polygon(ring).contains(point)]
