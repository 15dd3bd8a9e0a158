"""Which parts of an overlay lie inside zones: points, the pieces of lines, the pieces of areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Zone
from merestone.compare.overlays.laid_edges import straight_chain
from merestone.compare.overlays.overlay import Overlay, areas_m2, lengths_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Flags, Floats, Indices


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Parts of features inside zones, (n,) each: zone and feature (indices), kind of geometry, length, area, whether
    the whole part lies inside."""

    zone: Indices
    feature: Indices
    kind: str
    length_m: Floats
    area_m2: Floats
    whole: Flags


def zone_geometries(zones: Sequence[Zone]) -> Any:
    """The zones as prepared polygons with holes: shapely's geometries (n,)."""
    import shapely

    shapes = [
        shapely.MultiPolygon([shapely.Polygon(rings[0], list(rings[1:])) for rings in zone.polygons]) for zone in zones
    ]
    geometries = np.array(shapes, dtype=object).reshape(len(zones))
    shapely.prepare(geometries)
    return geometries


def on_strands(line: Claim, points: Any) -> Flags:
    """Whether points lie exactly on a line: (n,)."""
    import shapely

    on = np.zeros(len(points), dtype=bool)
    chains = [shapely.LineString(straight_chain(line, index)) for index in range(len(line.strands))]
    if len(points) and chains:
        on[shapely.STRtree(points).query(chains, predicate="intersects")[1]] = True
    return on


def _inside(geometries: Any, parts: Any) -> tuple[Indices, Indices]:
    """Pairs of zones and parts that share a place, in order."""
    import shapely

    zone, part = shapely.STRtree(parts).query(geometries, predicate="intersects")
    order = np.lexsort((part, zone))
    return zone[order].astype(np.intp), part[order].astype(np.intp)


def points_inside(geometries: Any, over: Overlay, on_a_line: Flags) -> tuple[Pieces, Flags]:
    """The points inside zones, and which points lie on the edge of one; those on a line are in neither."""
    import shapely

    zone, part = _inside(geometries, over.points)
    within = shapely.contains(geometries[zone], over.points[part])
    on_edge = np.zeros(len(over.points), dtype=bool)
    on_edge[part[~within]] = True
    kept = within & ~on_a_line[part] & ~on_edge[part]
    zone, part = zone[kept], part[kept]
    nought = np.zeros(len(zone))
    return Pieces(zone, over.points_of[part], "point", nought, nought, np.ones(len(zone), dtype=bool)), on_edge


def lines_inside(ellipsoid: Ellipsoid, geometries: Any, over: Overlay) -> Pieces:
    """The parts of lines inside zones; what runs exactly along the edge of one is not inside."""
    import shapely

    zone, part = _inside(geometries, over.lines)
    whole = shapely.contains_properly(geometries[zone], over.lines[part])
    pieces = over.lines[part].copy()
    edges = shapely.boundary(geometries[zone[~whole]])
    pieces[~whole] = shapely.difference(shapely.intersection(pieces[~whole], geometries[zone[~whole]]), edges)
    length_m = lengths_m(ellipsoid, pieces)
    kept = length_m > 0.0
    return Pieces(zone[kept], over.lines_of[part[kept]], "line", length_m[kept], np.zeros(kept.sum()), whole[kept])


def areas_inside(ellipsoid: Ellipsoid, geometries: Any, over: Overlay) -> Pieces:
    """The parts of areas inside zones."""
    import shapely

    zone, part = _inside(geometries, over.areas)
    whole = shapely.covers(geometries[zone], over.areas[part])
    pieces = over.areas[part].copy()
    pieces[~whole] = shapely.intersection(pieces[~whole], geometries[zone[~whole]])
    area_m2 = areas_m2(ellipsoid, pieces)
    kept = area_m2 > 0.0
    return Pieces(zone[kept], over.areas_of[part[kept]], "area", np.zeros(kept.sum()), area_m2[kept], whole[kept])
