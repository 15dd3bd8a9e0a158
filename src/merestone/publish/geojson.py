"""GeoJSON (RFC 7946): legs, gaps, points and rings in WGS 84, densified, marked as derived and not agreed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from merestone.delimit.boundary_line import CompiledLeg, CompiledSection
from merestone.errors import NoFrameError
from merestone.geodesy.line import Floats
from merestone.publish.antimeridian import cut_chain, cut_ring
from merestone.publish.drawing import DrawnLeg, counter_clockwise, drawn_leg, point_places, ring_of
from merestone.publish.export import Export, Step
from merestone.publish.properties import Properties, about, of_gap, of_leg, of_point, of_ring

Member = dict[str, Any]
"""A JSON object on its way out."""


def write_geojson(export: Export) -> bytes:
    """A feature collection as UTF-8 bytes. Raises `NoFrameError` where the frame is unstated."""
    line = export.line
    if line.frame is None:
        raise NoFrameError("GeoJSON")
    collection: Member = {
        "type": "FeatureCollection",
        # A foreign member (RFC 7946, section 6.1): readers that do not know it pass over it.
        "merestone": about(export),
        "features": list(_features(export, export.to_wgs84(line.frame))),
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _features(export: Export, step: Step) -> Iterator[Member]:
    """Sections with their parts in order, then the points."""
    for section in export.line.sections:
        drawn = tuple(drawn_leg(section, leg, export.tolerance_m, export.to_wgs84) for leg in section.legs)
        if section.ring and len(drawn) == len(section.parts):
            yield from _ring(export, section, drawn)
        waiting = iter(drawn)
        for part in section.parts:
            if isinstance(part, CompiledLeg):
                leg = next(waiting)
                yield _feature(of_leg(export, leg), _chain(leg.chain))
            else:
                # A feature without a place (RFC 7946, section 3.2).
                yield _feature(of_gap(export.line, section, part), None)
    for point, position in zip(export.line.points, point_places(export.line, step), strict=True):
        yield _feature(of_point(export.line, point, step), {"type": "Point", "coordinates": position})


def _feature(properties: Properties, geometry: Member | None) -> Member:
    """A feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _ring(export: Export, section: CompiledSection, drawn: tuple[DrawnLeg, ...]) -> Iterator[Member]:
    """The outline of a ring, where it has one in longitude and latitude."""
    outline = ring_of(drawn)
    if outline is not None:
        parts = [[part.tolist()] for part in cut_ring(counter_clockwise(outline))]
        one = len(parts) == 1
        geometry = {"type": "Polygon" if one else "MultiPolygon", "coordinates": parts[0] if one else parts}
        yield _feature(of_ring(export, section), geometry)


def _chain(chain: Floats) -> Member:
    """A chain as a geometry, cut at the antimeridian."""
    parts = [part.tolist() for part in cut_chain(chain)]
    one = len(parts) == 1
    return {"type": "LineString" if one else "MultiLineString", "coordinates": parts[0] if one else parts}
