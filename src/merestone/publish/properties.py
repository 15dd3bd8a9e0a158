"""What the features of a map output say: one set of properties for GeoJSON, GeoPackage and KML."""

from __future__ import annotations

import math
from typing import Any

from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledPoint, CompiledSection, Gap
from merestone.description.tree import Words
from merestone.publish.angles import Axis, dms
from merestone.publish.drawing import DrawnLeg
from merestone.publish.export import NOT_AGREED, WITHOUT_PREJUDICE, Export, Step, frame_text
from merestone.publish.line_json import digest

Properties = dict[str, Any]
"""Names and values; values are texts, numbers, truth values, None, or lists and objects of these."""


def about(export: Export) -> Properties:
    """What the file is: whose reading, from which line, how exact."""
    line = export.line
    return {
        "title": line.title,
        **marks(line),
        "frame": frame_text(line.frame),
        "canonical_line_sha256": digest(line),
        "tolerance_m": export.tolerance_m,
        "drawn": "straight in longitude and latitude between neighbouring positions",
    }


def marks(line: BoundaryLine) -> Properties:
    """What every feature says of itself."""
    return {
        "standing": NOT_AGREED,
        "reading_by": line.reading_by,
        "without_prejudice": WITHOUT_PREJUDICE,
        "derived": True,
    }


def of_section(section: CompiledSection) -> Properties:
    """What a feature says of its section. Neither side comes first: both are named by where they lie."""
    places = ("inside", "outside") if section.ring else ("on_the_left", "on_the_right")
    who = (section.right, section.left) if section.ring else (section.left, section.right)
    return {
        "section": section.name,
        "section_title": section.title,
        **dict(zip(places, who, strict=True)),
        "status_in_the_instrument": None if section.status is None else section.status.value,
    }


def of_ring(export: Export, section: CompiledSection) -> Properties:
    """What the outline of a ring says."""
    area = dict(export.line.areas_m2).get(section.name)
    return {
        "what": "ring",
        **of_section(section),
        "area_m2": None if area is None else round(area, 2),
        "tolerance_m": export.tolerance_m,
        **marks(export.line),
    }


def of_leg(export: Export, drawn: DrawnLeg) -> Properties:
    """What a leg says."""
    leg, reading, step = drawn.leg, drawn.leg.reading, drawn.step
    return {
        "what": "leg",
        **of_section(drawn.section),
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
        **marks(export.line),
    }


def greatest_sigma_m(leg: CompiledLeg) -> float | None:
    """The greatest standard deviation across the line at the leg's vertices in metres, None where one is unknown."""
    sigmas = leg.across_sigma_m.tolist()
    return round(max(sigmas), 6) if sigmas and all(math.isfinite(sigma) for sigma in sigmas) else None


def of_gap(line: BoundaryLine, section: CompiledSection, gap: Gap) -> Properties:
    """What a gap says: its name, and the reason."""
    return {
        "what": "gap",
        **of_section(section),
        "leg": gap.name,
        "said": gap.said,
        "words": [{"text": w.text, "language": w.language, "article": w.article} for w in words_of(gap)],
        "from": gap.start,
        "to": gap.end,
        "why": gap.why.sentence,
        "code": gap.why.code,
        **marks(line),
    }


def words_of(part: CompiledLeg | Gap) -> tuple[Words, ...]:
    """The instrument's words for a part of the line."""
    return tuple(clause for clause in part.clauses if isinstance(clause, Words))


def of_point(line: BoundaryLine, point: CompiledPoint, step: Step) -> Properties:
    """What a named point says: its canonical coordinates as texts beside its position on the map."""
    longitude, latitude = point.units
    return {
        "what": "point",
        "name": point.name,
        "source": point.source.value,
        "latitude": dms(latitude, Axis.LATITUDE),
        "longitude": dms(longitude, Axis.LONGITUDE),
        "frame": frame_text(line.frame),
        "operation": step.operation,
        "operation_accuracy_m": step.accuracy_m,
        **marks(line),
    }
