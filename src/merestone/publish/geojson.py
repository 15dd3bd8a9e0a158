"""GeoJSON (RFC 7946): legs, gaps, points and rings in WGS 84, densified, marked as derived and not agreed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledPoint, CompiledSection, Gap
from merestone.geodesy.line import Floats
from merestone.publish.angles import Axis, dms
from merestone.publish.antimeridian import cut_chain, cut_ring
from merestone.publish.drawing import DrawnLeg, counter_clockwise, drawn_leg, places, ring_of
from merestone.publish.export import (
    NOT_AGREED,
    WITHOUT_PREJUDICE,
    Export,
    NoFrameError,
    Step,
    frame_text,
)
from merestone.publish.line_json import digest

Member = dict[str, Any]
"""A JSON object on its way out."""


def write_geojson(export: Export) -> bytes:
    """A feature collection as UTF-8 bytes. Raises `NoFrameError` where the frame is unstated."""
    line = export.line
    if line.frame is None:
        raise NoFrameError("GeoJSON")
    collection: Member = {
        "type": "FeatureCollection",
        "merestone": _about(export),
        "features": list(_features(export, export.to_wgs84(line.frame))),
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _about(export: Export) -> Member:
    """What the file is: whose reading, from which line, how exact. A foreign member (RFC 7946, section 6.1)."""
    line = export.line
    return {
        "title": line.title,
        **_marks(line),
        "frame": frame_text(line.frame),
        "canonical_line_sha256": digest(line),
        "tolerance_m": export.tolerance_m,
        "drawn": "straight in longitude and latitude between neighbouring positions",
    }


def _marks(line: BoundaryLine) -> Member:
    """What every feature says of itself."""
    return {
        "standing": NOT_AGREED,
        "reading_by": line.reading_by,
        "without_prejudice": WITHOUT_PREJUDICE,
        "derived": True,
    }


def _features(export: Export, step: Step) -> Iterator[Member]:
    """Sections with their parts in order, then the points."""
    for section in export.line.sections:
        drawn = tuple(drawn_leg(section, leg, export.tolerance_m, export.to_wgs84) for leg in section.legs)
        if section.ring and len(drawn) == len(section.parts):
            yield from _ring(export, section, drawn)
        waiting = iter(drawn)
        for part in section.parts:
            if isinstance(part, CompiledLeg):
                yield _leg(export, next(waiting))
            else:
                yield _gap(export.line, section, part)
    for point in export.line.points:
        yield _point(export.line, point, step)


def _feature(properties: Member, geometry: Member | None) -> Member:
    """A feature; None is a feature without a place (RFC 7946, section 3.2)."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _ring(export: Export, section: CompiledSection, drawn: tuple[DrawnLeg, ...]) -> Iterator[Member]:
    """The outline of a ring, where it has one in longitude and latitude."""
    outline = ring_of(drawn)
    if outline is None:
        return
    parts = [[part.tolist()] for part in cut_ring(counter_clockwise(outline))]
    geometry: Member = (
        {"type": "Polygon", "coordinates": parts[0]}
        if len(parts) == 1
        else {"type": "MultiPolygon", "coordinates": parts}
    )
    area = dict(export.line.areas_m2).get(section.name)
    properties = {
        "what": "ring",
        **_section_properties(section),
        "area_m2": None if area is None else round(area, 2),
        "tolerance_m": export.tolerance_m,
        **_marks(export.line),
    }
    yield _feature(properties, geometry)


def _section_properties(section: CompiledSection) -> Member:
    """What a feature says of its section. Neither side comes first: both are named by where they lie."""
    places = ("inside", "outside") if section.ring else ("on_the_left", "on_the_right")
    who = (section.right, section.left) if section.ring else (section.left, section.right)
    return {
        "section": section.name,
        "section_title": section.title,
        **dict(zip(places, who, strict=True)),
        "status_in_the_instrument": None if section.status is None else section.status.value,
    }


def _leg(export: Export, drawn: DrawnLeg) -> Member:
    """A leg as a chain of positions."""
    leg, reading, step = drawn.leg, drawn.leg.reading, drawn.step
    properties = {
        "what": "leg",
        **_section_properties(drawn.section),
        "leg": leg.name,
        "kind": leg.kind,
        "said": leg.said,
        "words": [{"text": w.text, "language": w.language, "article": w.article} for w in leg.words],
        "reading": None if reading is None else reading.name,
        "reading_taken_by": None if reading is None else reading.by,
        "other_readings": [] if reading is None else list(reading.also),
        "length_m": round(leg.length_m, 3),
        "vertices": len(leg.vertices),
        "greatest_across_sigma_m": greatest_sigma_m(leg),
        "tolerance_m": export.tolerance_m,
        "frame": frame_text(leg.frame),
        "operation": step.operation,
        "operation_accuracy_m": step.accuracy_m,
        **_marks(export.line),
    }
    return _feature(properties, _chain(drawn.chain))


def greatest_sigma_m(leg: CompiledLeg) -> float | None:
    """The greatest standard deviation across the line at the leg's vertices in metres, None where one is unknown."""
    sigmas = leg.across_sigma_m.tolist()
    return round(max(sigmas), 6) if sigmas and all(math.isfinite(sigma) for sigma in sigmas) else None


def _chain(chain: Floats) -> Member:
    """A chain as a geometry, cut at the antimeridian."""
    parts = [part.tolist() for part in cut_chain(chain)]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _gap(line: BoundaryLine, section: CompiledSection, gap: Gap) -> Member:
    """A gap: named, with the reason, without a place."""
    properties = {
        "what": "gap",
        **_section_properties(section),
        "leg": gap.name,
        "said": gap.said,
        "from": gap.start,
        "to": gap.end,
        "why": gap.why.sentence,
        "code": gap.why.code,
        **_marks(line),
    }
    return _feature(properties, None)


def _point(line: BoundaryLine, point: CompiledPoint, step: Step) -> Member:
    """A named point; its canonical coordinates as texts beside the position in WGS 84."""
    longitude, latitude = point.units
    position = cut_chain(places(point.units, step).repeat(2, axis=0))[0][0]
    properties = {
        "what": "point",
        "name": point.name,
        "source": point.source.value,
        "latitude": dms(latitude, Axis.LATITUDE),
        "longitude": dms(longitude, Axis.LONGITUDE),
        "frame": frame_text(line.frame),
        "operation": step.operation,
        "operation_accuracy_m": step.accuracy_m,
        **_marks(line),
    }
    return _feature(properties, {"type": "Point", "coordinates": position.tolist()})
