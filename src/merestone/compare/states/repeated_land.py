"""Land that a file gives to one State more than once: the same polygon twice, or polygons that overlap.

Edges that stand twice in one State bound nothing (`shared_edges`), so that the boundary of a State that is present twice
would vanish. Polygons of one State that overlap are united first. One that lies wholly inside another, touching its
outline nowhere, stays: it is how some files draw the exclave of a neighbour (D206).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from merestone.compare.states.state import State, oriented
from merestone.compare.states.state_polygons import (
    Shapes,
    area_m2,
    place_in,
    polygon_parts,
    polygons_with_holes,
)
from merestone.geodesy.arrays import Indices
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.sources.remark import Remark

if TYPE_CHECKING:
    from shapely import Geometry
else:
    Geometry = object

_HAIR_DEG2 = 1e-16
"""Less than this in common, a square of a millimetre, is what rounding leaves along a side."""


def without_repeats(state: State, ellipsoid: Ellipsoid = WGS84) -> tuple[State, tuple[Remark, ...]]:
    """Give the State with its overlapping polygons united, and a remark with how much land was there twice."""
    import shapely

    pairs = _boxes_meeting(state)
    if not len(pairs):
        return state, ()
    outlines = np.array([shapely.LinearRing(ring) for ring in state.shells], dtype=object)
    shells = shapely.polygons(outlines)
    shapely.prepare(shells)
    # Where two overlap, the outline of that with the smaller box comes into the other.
    met = shapely.intersects(shells[pairs[:, 1]], outlines[pairs[:, 0]])
    pairs = pairs[met]
    if not len(pairs):
        return state, ()
    polygons = polygons_with_holes(state)[0]
    members = np.unique(pairs)
    members = members[~shapely.is_valid(polygons[members])]
    polygons[members] = shapely.make_valid(polygons[members])
    pairs = pairs[_overlap(polygons[pairs[:, 0]], polygons[pairs[:, 1]])]
    return (state, ()) if not len(pairs) else _united(state, polygons, pairs, ellipsoid)


def _boxes_meeting(state: State) -> Indices:
    """Give the pairs (k, 2) of shells whose boxes meet, that with the smaller box first."""
    import shapely

    if len(state.shells) < 2:
        return np.empty((0, 2), dtype=np.intp)
    low, high = (np.array([pick(ring, axis=0) for ring in state.shells]) for pick in (np.min, np.max))
    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    pairs = shapely.STRtree(boxes).query(boxes).T
    order = np.lexsort((np.arange(len(boxes)), shapely.area(boxes)))
    rank = np.empty(len(boxes), dtype=np.intp)
    rank[order] = np.arange(len(boxes))
    return np.asarray(pairs[rank[pairs[:, 0]] < rank[pairs[:, 1]]])


def _overlap(one: Shapes, other: Shapes) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether polygons have land in common, and neither lies wholly inside the other."""
    import shapely

    inside = shapely.contains_properly(one, other) | shapely.contains_properly(other, one)
    return np.asarray(~inside & (shapely.area(shapely.intersection(one, other)) > _HAIR_DEG2))


def _united(state: State, polygons: Shapes, pairs: Indices, ellipsoid: Ellipsoid) -> tuple[State, tuple[Remark, ...]]:
    """Give the State with polygons that overlap in one, those that do not as they are."""
    import shapely

    merged = np.unique(pairs)
    together = polygon_parts(shapely.union_all(polygons[merged]))
    twice_m2 = sum(area_m2(each, ellipsoid) for each in polygons[merged]) - sum(
        area_m2(each, ellipsoid) for each in together
    )
    kept = [number for number in range(len(polygons)) if number not in set(merged.tolist())]
    holes = polygons_with_holes(state)[0]
    shells = [state.shells[number] for number in kept] + [_ring(part.exterior) for part in together]
    inner = [_ring(ring, hole=True) for number in kept for ring in holes[number].interiors]
    inner += [_ring(ring, hole=True) for part in together for ring in part.interiors]
    sentence = (
        f"{len(merged)} polygons of {state.identity} overlap, so the file holds the same land twice; they are merged"
    )
    remark = Remark("D215", sentence, place_in(polygons[merged[0]]), twice_m2, "m²", state.identity)
    return replace(state, shells=tuple(shells), holes=tuple(inner)), (remark,)


def _ring(ring: Geometry, *, hole: bool = False) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    import shapely

    return oriented(shapely.get_coordinates(ring), anticlockwise=not hole)
