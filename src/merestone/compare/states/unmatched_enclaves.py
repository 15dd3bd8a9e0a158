"""Land of one State enclosed by the other where their outlines do not share vertices.

A shell of one that lies in the other, its holes filled, is detached land of the first; a hole of the other that takes
up most of the same ground is the other's outline of it. A hole to which no land of the other State answers may be a
lake, a third State's land, or an exclave that the other file leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from merestone.compare.states.state import State
from merestone.compare.states.state_polygons import area_m2, place_in
from merestone.geodesy.arrays import Floats
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.lonlat_area import ring_area_m2
from merestone.sources.remark import Remark

if TYPE_CHECKING:
    from shapely import Geometry
else:
    Geometry = object

_INSIDE = 0.9
"""The share of a shell that must lie in the other State."""

_FILLED = 0.5
"""The share of a hole that land of the other State must take up to answer to it."""

_SAME_GROUND = 0.15
"""The share of their union that a shell and a hole must have in common to be two outlines of one thing: in two sources
that stand a kilometre apart Karki has 0.20."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnEnclave:
    """Detached land of `of` within `within`: its own ring, the other's ring of it or None, its area in m², whether it
    is the greater part of the State."""

    of: str
    within: str
    shell: Floats
    hole: Floats | None
    area_m2: float
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class Enclaves:
    """What is enclosed, which rings of either State that takes up, and remarks on holes with nothing in them."""

    found: tuple[DrawnEnclave, ...]
    used: tuple[tuple[Floats, ...], tuple[Floats, ...]]
    remarks: tuple[Remark, ...]


def unmatched_enclaves(first: State, second: State, ellipsoid: Ellipsoid) -> Enclaves:
    """Give the detached land of either State within the other, the largest first."""
    found = [*_within(first, second, ellipsoid), *_within(second, first, ellipsoid)]
    found.sort(key=lambda each: (-each.area_m2, each.of))
    remarks = [*_on_empty_holes(first, second, found, ellipsoid), *_on_empty_holes(second, first, found, ellipsoid)]
    return Enclaves(tuple(found), (_used(first, found), _used(second, found)), tuple(remarks))


def without(state: State, rings: tuple[Floats, ...]) -> tuple[Floats, ...]:
    """Give the State's rings but for some of them."""
    left_out = {id(ring) for ring in rings}
    return tuple(ring for ring in state.rings if id(ring) not in left_out)


def _within(inner: State, outer: State, ellipsoid: Ellipsoid) -> list[DrawnEnclave]:
    """Give the shells of one State that lie in the other, holes of the other filled."""
    import shapely

    around = _filled(outer.shells)
    tree = shapely.STRtree(around)
    sizes_m2 = np.array([abs(ring_area_m2(ellipsoid, ring)) for ring in inner.shells])
    found = []
    for ring, shell, size_m2 in zip(inner.shells, _filled(inner.shells), sizes_m2, strict=True):
        met = tree.query(shell, predicate="intersects")
        if _share_in(shell, [around[index] for index in np.sort(met)]) > _INSIDE:
            hole = _same_ground(shell, outer.holes)
            whole = bool(size_m2 > 0.5 * sizes_m2.sum())
            found.append(DrawnEnclave(inner.identity, outer.identity, ring, hole, float(size_m2), whole))
    return found


def _share_in(shape: Geometry, others: Sequence[Geometry]) -> float:
    """Give the share of a shape that lies in others, 0 at once where they are smaller than it or it has no inside."""
    import shapely

    size = shapely.area(shape)
    if not size > 0.0 or sum(shapely.area(other) for other in others) <= _FILLED * size:
        return 0.0
    parts = [shapely.intersection(shape, other) for other in others]
    return float(shapely.area(shapely.union_all(parts)) / size)


def _same_ground(shell: Geometry, holes: tuple[Floats, ...]) -> Floats | None:
    """Give the hole that has most ground in common with a shell, None where that is too little to be the same thing."""
    import shapely

    shapes = _filled(holes)
    common = [
        shapely.area(shapely.intersection(shell, shape)) / shapely.area(shapely.union(shell, shape))
        if shapely.intersects(shell, shape)
        else 0.0
        for shape in shapes
    ]
    best = int(np.argmax(common)) if common else 0
    return holes[best] if common and common[best] > _SAME_GROUND else None


def _filled(rings: tuple[Floats, ...]) -> list[Geometry]:
    import shapely

    return [shapely.make_valid(shapely.Polygon(ring)) for ring in rings]


def _used(state: State, found: list[DrawnEnclave]) -> tuple[Floats, ...]:
    """Give the State's rings that are outlines of enclaves; all its holes may be, its other shells are not."""
    shells = tuple(each.shell for each in found if each.of == state.identity)
    return shells + state.holes


def _on_empty_holes(state: State, other: State, found: list[DrawnEnclave], ellipsoid: Ellipsoid) -> list[Remark]:
    """Name the State's holes to which no land of the other answers, or only its main land, whose outline is another."""
    import shapely

    taken = {id(each.hole) for each in found}
    land = _filled(other.shells)
    tree = shapely.STRtree(land)
    left = [
        (hole, shape) for hole, shape in zip(state.holes, _filled(state.holes), strict=True) if id(hole) not in taken
    ]
    remarks = []
    for _, shape in left:
        met = [land[index] for index in np.sort(tree.query(shape, predicate="intersects"))]
        where, size_m2 = place_in(shape), area_m2(shape, ellipsoid)
        if _share_in(shape, met) < _FILLED:
            sentence = f"no land of {other.identity} corresponds to a hole in the outline of {state.identity}"
            remarks.append(Remark("D212", sentence, where, size_m2, "m²", state.identity))
        else:
            sentence = f"a hole in the outline of {state.identity} lies in the main land of {other.identity}; it is not in any line"
            remarks.append(Remark("D214", sentence, where, size_m2, "m²", state.identity))
    return remarks
