"""A boundary line as facts for other programs: the JSON answer of `merestone delimit --json`."""

from __future__ import annotations

from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledSection, Gap
from merestone.publish.angles import decimal_degrees
from merestone.publish.export import NOT_AGREED, frame_text
from merestone.publish.line_json import digest


def line_facts(line: BoundaryLine) -> dict[str, object]:
    """The line: whose reading, frame, sections with legs and gaps, lengths and azimuths, coordinates as exact text."""
    return {
        "title": line.title,
        "reading_by": line.reading_by,
        "status": NOT_AGREED,
        "frame": frame_text(line.frame),
        "digest": digest(line),
        "length_m": line.length_m,
        "areas_m2": dict(line.areas_m2),
        "sections": [_section(section) for section in line.sections],
    }


def _section(section: CompiledSection) -> dict[str, object]:
    first, second = ("inside", "outside") if section.ring else ("right", "left")
    return {
        "name": section.name,
        "title": section.title,
        "ring": section.ring,
        first: section.right,
        second: section.left,
        "status": section.status.value if section.status is not None else None,
        "length_m": section.length_m,
        "parts": [_gap(part) if isinstance(part, Gap) else _leg(part) for part in section.parts],
    }


def _gap(gap: Gap) -> dict[str, object]:
    return {"gap": gap.name, "said": gap.said, "code": gap.why.code, "why": gap.why.sentence}


def _leg(leg: CompiledLeg) -> dict[str, object]:
    return {
        "leg": leg.name,
        "kind": leg.kind,
        "said": leg.said,
        "reading": None if leg.reading is None else {"name": leg.reading.name, "by": leg.reading.by},
        "length_m": leg.length_m,
        "azimuth_at_start_deg": float(leg.azimuths_start_deg[0]),
        "azimuth_at_end_deg": float(leg.azimuths_end_deg[-1]),
        "vertices": [
            {"name": name, "longitude": decimal_degrees(int(lon)), "latitude": decimal_degrees(int(lat))}
            for name, (lon, lat) in zip(leg.vertex_names, leg.vertices, strict=True)
        ],
    }
