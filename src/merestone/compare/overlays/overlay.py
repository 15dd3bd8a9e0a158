"""A layer laid over the lines: its parts as plane geometry in lon/lat, near the lines' own longitudes.

Edges are straight in longitude and latitude, which is the kind of edge that the files state, so that what lies on
which side is decided exactly; lengths and areas are taken on the ellipsoid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from merestone.compare.overlays.overlay_fields import Descriptions, Fields, descriptions
from merestone.errors import MixedFramesError
from merestone.geodesy.elementary import continued_longitudes
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats, Indices
from merestone.geodesy.lonlat_area import ring_areas_m2
from merestone.geodesy.lonlat_length import edge_lengths_m
from merestone.sources.layer import Layer, Part, Role
from merestone.sources.remark import Remark

Geometries = Any
"""An array of shapely's geometries."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """A layer ready to be laid over lines.

    For each of `points`, `lines`, `areas` (shapely geometries, one for each part) there are the indices of their
    features: `points_of`, `lines_of`, `areas_of`. `features` say what each is.
    """

    layer: str
    features: Descriptions
    points: Geometries
    points_of: Indices
    lines: Geometries
    lines_of: Indices
    areas: Geometries
    areas_of: Indices
    remarks: tuple[Remark, ...]


def overlay(layer: Layer, frame: Frame, longitude_deg: float, fields: Fields | None = None) -> Overlay:
    """A layer as an overlay, its longitudes brought within half a turn of the one given.

    Raises `MixedFramesError` where the layer is counted in another frame than the lines. An outline that crosses
    itself is mended by even and odd, with a remark (D409).
    """
    _check_frame(layer, frame)
    fields = fields or Fields()
    points = [part for part in layer.parts if part.role is Role.POINT and len(part.lonlat)]
    lines = [part for part in layer.parts if part.role is Role.LINE and len(part.lonlat) > 1]
    rings = [part for part in layer.parts if part.role in (Role.SHELL, Role.HOLE)]
    areas, areas_of, remarks = _areas(rings, longitude_deg, layer)
    return Overlay(
        layer.name or layer.file,
        descriptions(layer, fields),
        *_points(points, longitude_deg),
        *_lines(lines, longitude_deg),
        areas,
        areas_of,
        remarks,
    )


def _check_frame(layer: Layer, frame: Frame) -> None:
    """Raises `MixedFramesError` unless a layer is counted in the frame."""
    same = {frame.code, "OGC:CRS84"} if frame.code == "EPSG:4326" else {frame.code}
    if layer.crs is None or layer.crs not in same:
        raise MixedFramesError(f"{layer.name or layer.file} in {layer.crs or 'an unstated frame'}", str(frame))


def _flat(parts: list[Part], longitude_deg: float) -> tuple[Floats, Indices]:
    """All places of parts one after the other (m, 2), longitudes running on within each, and each place's part (m,)."""
    if not parts:
        return np.empty((0, 2)), np.empty(0, dtype=np.intp)
    counts = np.array([len(part.lonlat) for part in parts])
    flat = np.concatenate([part.lonlat for part in parts]).astype(np.float64)
    of_part = np.repeat(np.arange(len(parts)), counts)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    turns = np.cumsum(np.round(np.diff(flat[:, 0], prepend=flat[0, 0]) / 360.0))
    lon = flat[:, 0] - 360.0 * (turns - turns[first][of_part])
    moved = continued_longitudes(longitude_deg, lon[first]) - lon[first]
    return np.column_stack([lon + moved[of_part], flat[:, 1]]), of_part


def _points(parts: list[Part], longitude_deg: float) -> tuple[Geometries, Indices]:
    import shapely

    flat, of_part = _flat(parts, longitude_deg)
    return shapely.points(flat), np.array([part.feature for part in parts], dtype=np.intp)[of_part]


def _lines(parts: list[Part], longitude_deg: float) -> tuple[Geometries, Indices]:
    import shapely

    flat, of_part = _flat(parts, longitude_deg)
    geometries = shapely.linestrings(flat, indices=of_part) if parts else np.empty(0, dtype=object)
    return geometries, np.array([part.feature for part in parts], dtype=np.intp)


def _areas(rings: list[Part], longitude_deg: float, layer: Layer) -> tuple[Geometries, Indices, tuple[Remark, ...]]:
    """Polygons, each a shell with the holes behind it, their features, and a remark where some had to be mended."""
    import shapely

    if not rings:
        return np.empty(0, dtype=object), np.empty(0, dtype=np.intp), ()
    flat, of_ring = _flat(rings, longitude_deg)
    linear = shapely.linearrings(flat, indices=of_ring)
    shell = np.array([ring.role is Role.SHELL for ring in rings])
    of_shell = np.cumsum(shell) - 1
    polygons, outlines = shapely.polygons(linear[shell]), linear[shell]
    holes, of_hole = linear[~shell], of_shell[~shell]
    for index in np.unique(of_hole).tolist():
        first, last = np.searchsorted(of_hole, [index, index + 1])
        polygons[index] = shapely.Polygon(outlines[index], list(holes[first:last]))
    features = np.array([ring.feature for ring in rings], dtype=np.intp)[shell]
    invalid = np.nonzero(~shapely.is_valid(polygons))[0]
    if not len(invalid):
        return polygons, features, ()
    polygons[invalid] = shapely.make_valid(polygons[invalid])
    place = shapely.get_coordinates(linear[shell][invalid[0]])[0]
    sentence = f"{len(invalid)} {'outline' if len(invalid) == 1 else 'outlines'} of {layer.name or layer.file} crossed or touched and were repaired by the even-odd rule"
    remark = Remark("D409", sentence, (float(place[0]), float(place[1])), float(len(invalid)), of=layer.name)
    return polygons, features, (remark,)


def lengths_m(ellipsoid: Ellipsoid, geometries: Geometries) -> Floats:
    """The length on the ellipsoid of the lines in each geometry, in metres: (n,)."""
    import shapely

    lines, of_geometry = shapely.get_parts(geometries, return_index=True)
    linear = shapely.get_type_id(lines) == 1
    lines, of_geometry = lines[linear], of_geometry[linear]
    flat, of_line = shapely.get_coordinates(lines, return_index=True)
    inner = np.nonzero(np.diff(of_line) == 0)[0]
    edges = edge_lengths_m(ellipsoid, flat[inner], flat[inner + 1])
    return np.asarray(np.bincount(of_geometry[of_line[inner]], edges, len(geometries)), dtype=np.float64)


def areas_m2(ellipsoid: Ellipsoid, geometries: Geometries) -> Floats:
    """The area on the ellipsoid of the polygons in each geometry, in m²: (n,)."""
    import shapely

    polygons, of_geometry = shapely.get_parts(geometries, return_index=True)
    while np.any(nested := shapely.get_type_id(polygons) > 3):  # a collection holds multipolygons
        inner, of_outer = shapely.get_parts(polygons[nested], return_index=True)
        of_geometry = np.concatenate([of_geometry[~nested], of_geometry[nested][of_outer]])
        polygons = np.concatenate([polygons[~nested], inner])
    plane = shapely.get_type_id(polygons) == 3
    polygons, of_geometry = polygons[plane], of_geometry[plane]
    rings, of_polygon = shapely.get_rings(polygons, return_index=True)
    flat, of_ring = shapely.get_coordinates(rings, return_index=True)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(of_ring, minlength=len(rings)))]).astype(np.intp)
    areas = np.abs(ring_areas_m2(ellipsoid, flat, offsets)) if len(rings) else np.empty(0)
    hole = np.concatenate([[False], np.diff(of_polygon) == 0]) if len(rings) else np.empty(0, dtype=bool)
    signed = np.where(hole, -areas, areas)
    return np.asarray(np.bincount(of_geometry[of_polygon], signed, len(geometries)), dtype=np.float64)
