"""A State's rings as polygons of the plane of longitude and latitude, and what is wrong with them.

Sets of land (overlap, gap, land that changes sides) are found in that plane, where the edges are straight by
definition, so nothing is lost by it; areas are taken on the ellipsoid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from merestone.compare.states.state import State, signed_area_deg2
from merestone.geodesy.arrays import Floats, Indices
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Place
from merestone.geodesy.lonlat_area import ring_areas_m2
from merestone.sources.remark import Remark

if TYPE_CHECKING:
    from shapely import Geometry
else:
    Geometry = object

Shapes = np.ndarray[tuple[int], np.dtype[np.object_]]
"""An array of shapely geometries."""

_PLACE = re.compile(r"\[(-?[\d.e+-]+) (-?[\d.e+-]+)\]")


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """A State's land as one valid geometry, and the remarks on the polygons it was made of."""

    identity: str
    geometry: Geometry
    remarks: tuple[Remark, ...]


def land_of(state: State, ellipsoid: Ellipsoid) -> Land:
    """Give the State's land: each hole in the smallest shell around it, crossings resolved, parts put together."""
    import shapely

    polygons, lost = polygons_with_holes(state)
    valid = shapely.is_valid(polygons) if len(polygons) else np.empty(0, dtype=bool)
    mended = polygons.copy()
    mended[~valid] = shapely.make_valid(polygons[~valid])
    meeting = _meeting(mended)
    remarks = [_on_lost_hole(state, ring) for ring in lost]
    crossed = np.nonzero(~valid)[0]
    remarks += [_on_crossing(state.identity, polygons[index], mended[index], ellipsoid) for index in crossed]
    remarks += _on_nested(state.identity, mended, meeting, ellipsoid)
    return Land(state.identity, _within_one_turn(_together(mended, meeting)), tuple(remarks))


def _meeting(polygons: Shapes) -> Indices:
    """Give the pairs (k, 2) of polygons that have a place in common."""
    import shapely

    pairs = shapely.STRtree(polygons).query(polygons, predicate="intersects").T
    return np.asarray(pairs[pairs[:, 0] < pairs[:, 1]])


def _together(polygons: Shapes, meeting: Indices) -> Geometry:
    """Give the polygons as one geometry: those that meet united, the others beside them."""
    import shapely

    met = np.zeros(len(polygons), dtype=bool)
    met[meeting.ravel()] = True
    united = shapely.union_all(polygons[met])
    return shapely.MultiPolygon([part for each in (*polygons[~met], united) for part in polygon_parts(each)])


def _within_one_turn(geometry: Geometry) -> Geometry:
    """Give the geometry with what lies beyond 180 degrees brought back by whole turns."""
    import shapely

    west, _, east, _ = shapely.bounds(geometry)
    if not (west < -180.0 or east > 180.0):
        return geometry
    pieces = []
    for turn in range(int(np.floor((west + 180.0) / 360.0)), int(np.floor((east + 180.0) / 360.0)) + 1):
        piece = shapely.intersection(geometry, shapely.box(360.0 * turn - 180.0, -90.0, 360.0 * turn + 180.0, 90.0))
        pieces.append(shapely.transform(piece, lambda lonlat, shift=360.0 * turn: lonlat - [shift, 0.0]))
    return shapely.union_all(pieces)


def polygon_parts(geometry: Geometry) -> list[Geometry]:
    """Give the polygons of a geometry of any kind, without its lines and points."""
    import shapely

    parts = [geometry]
    while any(shapely.get_type_id(part) > 3 for part in parts):
        parts = [each for part in parts for each in shapely.get_parts(part)]
    return [part for part in parts if shapely.get_type_id(part) == 3 and not shapely.is_empty(part)]


def polygon_areas_m2(polygons: Sequence[Geometry], ellipsoid: Ellipsoid) -> Floats:
    """Give the area of each polygon on the ellipsoid in m², its holes taken off; (n,)."""
    import shapely

    if not len(polygons):
        return np.empty(0)
    rings, of_polygon = shapely.get_rings(list(polygons), return_index=True)
    lonlat, of_ring = shapely.get_coordinates(rings, return_index=True)
    offsets = np.searchsorted(of_ring, np.arange(len(rings) + 1))
    areas = np.abs(ring_areas_m2(ellipsoid, lonlat, offsets))
    shell = np.concatenate([[True], of_polygon[1:] != of_polygon[:-1]])
    return np.asarray(np.bincount(of_polygon, weights=np.where(shell, areas, -areas), minlength=len(polygons)))


def area_m2(geometry: Geometry, ellipsoid: Ellipsoid) -> float:
    """Give the area of all polygons of a geometry on the ellipsoid in m²."""
    return float(np.sum(polygon_areas_m2(polygon_parts(geometry), ellipsoid)))


def place_in(geometry: Geometry) -> Place:
    """Give a place inside a geometry."""
    import shapely

    point = shapely.point_on_surface(geometry)
    return float(shapely.get_x(point)), float(shapely.get_y(point))


def polygons_with_holes(state: State) -> tuple[Shapes, list[Floats]]:
    """Give the shells as polygons with the holes that lie in them, and holes that lie in none."""
    import shapely

    shells = [shapely.Polygon(ring) for ring in state.shells]
    inside: list[list[Floats]] = [[] for _ in shells]
    lost: list[Floats] = []
    tree = shapely.STRtree(shells)
    for hole in state.holes:
        point = shapely.point_on_surface(shapely.make_valid(shapely.Polygon(hole)))
        size = -signed_area_deg2(hole)
        around = [index for index in tree.query(point, predicate="intersects") if shells[index].area > size]
        if around:
            inside[min(around, key=lambda index: (shells[index].area, index))].append(hole)
        else:
            lost.append(hole)
    polygons = [shapely.Polygon(ring, holes) for ring, holes in zip(state.shells, inside, strict=True)]
    return np.array(polygons, dtype=object), lost


def _on_lost_hole(state: State, ring: Floats) -> Remark:
    place = (float(ring[0, 0]), float(ring[0, 1]))
    return Remark("D206", "a hole does not lie in any outline of its State and is left out", place, of=state.identity)


def _on_crossing(identity: str, polygon: Geometry, mended: Geometry, ellipsoid: Ellipsoid) -> Remark:
    """Say where an outline crosses or touches itself, and how much land the wrong way round it encloses."""
    import shapely

    reason = shapely.is_valid_reason(polygon)
    found = _PLACE.search(reason)
    place = (float(found[1]), float(found[2])) if found else None
    rings = shapely.get_rings(polygon)
    lonlat, of_ring = shapely.get_coordinates(rings, return_index=True)
    signed = ring_areas_m2(ellipsoid, lonlat, np.searchsorted(of_ring, np.arange(len(rings) + 1)))
    as_run_m2 = abs(signed[0]) - float(np.sum(np.abs(signed[1:])))
    size_m2 = max(area_m2(mended, ellipsoid) - as_run_m2, 0.0) / 2.0
    what = reason.split("[")[0].strip().lower()
    return Remark("D207", f"an outline crosses or touches itself ({what})", place, float(size_m2), "m²", identity)


def _on_nested(identity: str, polygons: Shapes, meeting: Indices, ellipsoid: Ellipsoid) -> list[Remark]:
    """Name the polygons of one State that lie in another of its polygons."""
    import shapely

    sizes = shapely.area(polygons)
    larger_first = np.where((sizes[meeting[:, 0]] >= sizes[meeting[:, 1]])[:, None], meeting, meeting[:, ::-1])
    nested = sorted(
        {int(i) for o, i in larger_first if shapely.covers(polygons[o], shapely.point_on_surface(polygons[i]))}
    )
    what = "a polygon lies within another polygon of the same State"
    return [
        Remark("D206", what, place_in(polygons[index]), area_m2(polygons[index], ellipsoid), "m²", identity)
        for index in nested
    ]
