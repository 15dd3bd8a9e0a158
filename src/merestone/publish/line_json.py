"""The canonical line: a boundary line as bytes that two parties can compare, sign and read back.

Canonical JSON (RFC 8785) of whole numbers and texts only; the format is laid down in docs/formats/line.md. The member
`line` is what is *compared*: everything that the description decides (vertices, kinds, words, readings, gaps). The
members `derived` and `made_with` inform and take no part: a length may differ in its last digit between machines.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias, assert_never

from merestone.delimit.boundary_line import (
    UNITS_PER_DEGREE,
    BoundaryLine,
    CompiledLeg,
    CompiledPoint,
    CompiledSection,
    Gap,
    ReadingTaken,
)
from merestone.description.tree import Note, Parties, Words
from merestone.geodesy.frame import Frame
from merestone.geodesy.uncertainty import Common, Component, Local
from merestone.publish.export import NOT_AGREED, Export

FORMAT = "merestone-line"
VERSION = 1
UNIT = "1e-9 degree"

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"


def write_line(export: Export) -> bytes:
    """The canonical line as UTF-8 bytes, without a line end."""
    line = export.line
    document: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "line": compared_part(line),
        "derived": _derived(line),
        "made_with": {
            "merestone": line.toolchain.merestone,
            "proj": line.toolchain.proj,
            "python": line.toolchain.python,
        },
    }
    return canonical_bytes(document)


def canonical_bytes(value: Json) -> bytes:
    """The bytes of RFC 8785 for what a line is made of: objects with names in ASCII, lists, texts, `true`, `false`, `null`
    and whole numbers within 2^53. For these the order of names and the escapes are those of Python's own writer, which is
    many times as fast as a writer of anything."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


def compared_bytes(line: BoundaryLine) -> bytes:
    """The canonical bytes of the compared part: what a signature covers and a second party recompiles."""
    return canonical_bytes(compared_part(line))


def digest(line: BoundaryLine) -> str:
    """SHA-256 of the compared part in hexadecimal: the line's fingerprint, quoted by the other outputs."""
    return hashlib.sha256(compared_bytes(line)).hexdigest()


def compared_part(line: BoundaryLine) -> dict[str, Json]:
    """The member `line`: what the description decides. Parties are sorted, so that their order changes nothing."""
    return {
        "title": line.title,
        "reading_by": line.reading_by,
        "standing": NOT_AGREED,
        "unit": UNIT,
        "frame": _frame(line.frame),
        "frame_reading": _reading(line.frame_reading),
        "parties": _parties(line),
        "points": [_point(point) for point in line.points],
        "sections": [_section(section) for section in line.sections],
    }


def exact_text(value: float) -> str:
    """A constant as the shortest decimal text that gives it back: 6378137, 298.257223563; never an exponent."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def micrometres(metres: float) -> int | None:
    """A length in whole micrometres, rounded half to even, None where it is not known. What is not zero does not
    become zero."""
    if not math.isfinite(metres):
        return None
    return round(metres * 1e6) or (1 if metres > 0 else 0)


def _frame(frame: Frame | None) -> Json:
    """A frame with the defining constants of its ellipsoid as texts."""
    if frame is None:
        return None
    ellipsoid = frame.ellipsoid
    return {
        "name": frame.name,
        "code": frame.code,
        "epoch": None if frame.epoch is None else format(frame.epoch, "f"),
        "plate": frame.plate,
        "vertical": frame.vertical,
        "ellipsoid": {
            "name": ellipsoid.name,
            "semi_major_axis_m": exact_text(ellipsoid.a_m),
            "inverse_flattening": exact_text(ellipsoid.inverse_flattening),
        },
    }


def _reading(reading: ReadingTaken | None) -> Json:
    """The reading taken, on whose authority, and the alternatives kept."""
    return None if reading is None else {"name": reading.name, "by": reading.by, "also": list(reading.also)}


def _parties(line: BoundaryLine) -> list[Json]:
    """The parties by identity."""
    said = [s for s in line.description.statements if isinstance(s, Parties)]
    parties = sorted((p for s in said for p in s.parties), key=lambda party: party.name.text)
    return [{"identity": party.name.text, "title": party.title} for party in parties]


def _point(point: CompiledPoint) -> Json:
    """A named point."""
    return {
        "name": point.name,
        "longitude": int(point.units[0]),
        "latitude": int(point.units[1]),
        "source": point.source.value,
        "tolerance_um": micrometres(point.tolerance_m),
    }


def _section(section: CompiledSection) -> Json:
    """A section: its sides, its status as the instrument gives it, its parts."""
    return {
        "name": section.name,
        "title": section.title,
        "ring": section.ring,
        "right_or_inside": section.right,
        "left_or_outside": section.left,
        "status": None if section.status is None else section.status.value,
        "parts": [_leg(part) if isinstance(part, CompiledLeg) else _gap(part) for part in section.parts],
    }


def _clauses(clauses: Iterable[object]) -> dict[str, Json]:
    """The instrument's words and the notes of the description. Expectations are checked, they are not the line."""
    listed = tuple(clauses)
    return {
        "words": [
            {"text": clause.text, "language": clause.language, "article": clause.article}
            for clause in listed
            if isinstance(clause, Words)
        ],
        "notes": [clause.text for clause in listed if isinstance(clause, Note)],
    }


def _leg(leg: CompiledLeg) -> Json:
    """A leg: kind, words, reading, and its defining vertices in columns."""
    return {
        "part": "leg",
        "name": leg.name,
        "kind": leg.kind,
        "said": leg.said,
        "frame": _frame(leg.frame),
        "reading": _reading(leg.reading),
        **_clauses(leg.clauses),
        "vertices": {
            "longitude": leg.vertices[:, 0].tolist(),
            "latitude": leg.vertices[:, 1].tolist(),
            "name": list(leg.vertex_names),
            "source": [source.value for source in leg.vertex_sources],
            "tolerance_um": [micrometres(t) for t in leg.tolerances_m.tolist()],
        },
    }


def _gap(gap: Gap) -> Json:
    """A gap, with the reason."""
    return {
        "part": "gap",
        "name": gap.name,
        "said": gap.said,
        "from": gap.start,
        "to": gap.end,
        "why": {"code": gap.why.code, "sentence": gap.why.sentence},
        **_clauses(gap.clauses),
    }


def _derived(line: BoundaryLine) -> Json:
    """The member `derived`: what follows from the line by computation, rounded to whole numbers."""
    return {
        "length_um": micrometres(line.length_m),
        "areas": [{"section": name, "area_m2": f"{area:.2f}"} for name, area in line.areas_m2],
        "points": [
            {
                "name": point.name,
                "components": [_component(component) for component in point.components],
                "others": [{"by": by, "distance_um": micrometres(distance)} for by, distance in point.others],
            }
            for point in line.points
        ],
        "legs": [_derived_leg(leg) for leg in line.legs],
    }


def _derived_leg(leg: CompiledLeg) -> Json:
    """Lengths, azimuths and uncertainty of one leg."""
    return {
        "section": leg.section,
        "leg": leg.name,
        "length_um": micrometres(leg.length_m),
        "lengths_um": [micrometres(length) for length in leg.lengths_m.tolist()],
        "azimuths_at_start": [_azimuth(azimuth) for azimuth in leg.azimuths_start_deg.tolist()],
        "azimuths_at_end": [_azimuth(azimuth) for azimuth in leg.azimuths_end_deg.tolist()],
        "across_sigma_um": [micrometres(sigma) for sigma in leg.across_sigma_m.tolist()],
        "components": [_component(component) for component in leg.components],
    }


def _azimuth(azimuth_deg: float) -> int:
    """An azimuth in units of 1e-9 degree in [0, 360)."""
    return round(azimuth_deg * UNITS_PER_DEGREE) % (360 * UNITS_PER_DEGREE)


def _component(component: Component) -> Json:
    """One component of the uncertainty: common to the line (along one direction, or any), or local."""
    shape: dict[str, Json]
    match component.correlation:
        case Common(azimuth_deg=direction):
            shape = {"correlation": "common", "azimuth": None if direction is None else _azimuth(direction)}
        case Local(length_m=length_m):
            shape = {"correlation": "local", "length_um": micrometres(length_m)}
        case other:
            assert_never(other)
    return {"source": component.source, "sigma_um": micrometres(component.sigma_m), **shape}
