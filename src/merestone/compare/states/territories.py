"""The territory balance of two versions from the polygons of the States, and who holds a place.

Land is found in the plane of longitude and latitude, where edges are straight by definition, and measured on the
ellipsoid (`state_polygons`). Where one version's outlines give land to both States, it is counted but does not pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from merestone.compare.states.state import State
from merestone.compare.states.state_polygons import Shapes, land_of, polygon_areas_m2, polygon_parts
from merestone.compare.territory import ChangedLand, TerritoryBalance
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.line import Place

if TYPE_CHECKING:
    from shapely import Geometry
else:
    Geometry = object

LEAST_M2 = 1.0
"""Smaller pieces of land are the rounding of coordinates: they are counted, and no version is said to give them twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Territories:
    """The land of the same one or two States in two versions, States in alphabetical order: `names`, and for each
    version the parts of each State's land, polygons of the plane of longitude and latitude."""

    names: tuple[str, ...]
    first: tuple[Shapes, ...]
    second: tuple[Shapes, ...]
    ellipsoid: Ellipsoid = WGS84

    def holders(self, place: Place, *, of_second: bool) -> tuple[str, ...]:
        """The States that have a place in the first or in the second version, in alphabetical order."""
        import shapely

        turned = (place[0] - 360.0 * np.round(place[0] / 360.0), place[1])
        land = self.second if of_second else self.first
        point = shapely.Point(turned)
        return tuple(n for n, parts in zip(self.names, land, strict=True) if shapely.intersects(parts, point).any())


def territories(first: tuple[State, ...], second: tuple[State, ...], ellipsoid: Ellipsoid = WGS84) -> Territories:
    """Give the land of one State or two in both versions; both versions hold the same States, in one order."""
    one, other = (tuple(parts_of(each, ellipsoid) for each in version) for version in (first, second))
    return Territories(tuple(each.identity for each in first), one, other, ellipsoid)


def parts_of(state: State, ellipsoid: Ellipsoid) -> Shapes:
    """Give the land of a State as polygons that do not overlap."""
    return _shapes(polygon_parts(land_of(state, ellipsoid).geometry))


def territory_balance(land: Territories) -> TerritoryBalance:
    """Give the land that passes each way between the two versions."""
    if len(land.names) == 1:
        return _of_one_state(land)
    one, other = land.names
    doubled = _shapes([*common_land(*land.first), *common_land(*land.second)])
    return TerritoryBalance(
        (
            _changed(one, other, common_land(land.first[0], land.second[1]), doubled, land.ellipsoid),
            _changed(other, one, common_land(land.first[1], land.second[0]), doubled, land.ellipsoid),
        )
    )


def common_land(one: Shapes, other: Shapes) -> list[Geometry]:
    """Give the polygons that two lands have in common, part by part."""
    import shapely

    if not (len(one) and len(other)):
        return []
    of_other, of_one = shapely.STRtree(one).query(other)
    order = np.lexsort((of_other, of_one))
    found = shapely.intersection(one[of_one[order]], other[of_other[order]])
    return [part for each in found if shapely.area(each) > 0.0 for part in polygon_parts(each)]


def _of_one_state(land: Territories) -> TerritoryBalance:
    """Give what the State has in either version alone."""
    (name,), (first,), (second,) = land.names, land.first, land.second
    nothing = _shapes([])
    return TerritoryBalance(
        (
            _changed(name, None, _without(first, second), nothing, land.ellipsoid),
            _changed(None, name, _without(second, first), nothing, land.ellipsoid),
        )
    )


def _without(one: Shapes, other: Shapes) -> list[Geometry]:
    import shapely

    whole, taken = shapely.MultiPolygon(list(one)), shapely.MultiPolygon(list(other))
    return polygon_parts(shapely.difference(whole, taken))


def _changed(
    held_in_first: str | None, held_in_second: str | None, common: list[Geometry], doubled: Shapes, ellipsoid: Ellipsoid
) -> ChangedLand:
    """Give the changed land of pieces, less those that a version gives to both States."""
    area_m2 = float(polygon_areas_m2(common, ellipsoid).sum())
    twice = common_land(_shapes(common), doubled)
    of_both_m2 = 0.0
    if float(polygon_areas_m2(twice, ellipsoid).sum()) >= LEAST_M2:
        common = _without(_shapes(common), _united(twice))
        of_both_m2 = area_m2 - float(polygon_areas_m2(common, ellipsoid).sum())
    return ChangedLand(held_in_first, held_in_second, area_m2, of_both_m2, tuple(_rings(part) for part in common))


def _united(parts: list[Geometry]) -> Shapes:
    import shapely

    return _shapes(polygon_parts(shapely.union_all(parts)))


def _rings(polygon: Geometry) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], ...]:
    """Give the outline of a polygon, anticlockwise, and its holes."""
    import shapely

    run = shapely.orient_polygons(polygon, exterior_cw=False)
    return tuple(shapely.get_coordinates(ring) for ring in shapely.get_rings(run))


def _shapes(parts: list[Geometry]) -> Shapes:
    shapes = np.empty(len(parts), dtype=object)
    shapes[:] = parts
    return shapes
