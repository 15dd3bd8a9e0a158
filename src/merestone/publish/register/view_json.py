"""The signing view as JSON can hold it: the facts of the text, coordinates in exact decimals, keys that stay."""

from __future__ import annotations

from merestone.publish.angles import decimal_degrees
from merestone.publish.diff_json import clause_json, shifts_json
from merestone.publish.register.characters import Mark
from merestone.publish.register.line_view import LegView, LineView, SectionOfLine
from merestone.publish.register.meaning import MEANING
from merestone.publish.register.signing_view import InForce, SectionView, SigningView, Together
from merestone.publish.register.text_view import TextView
from merestone.publish.stored_line import StoredGap, StoredPoint
from merestone.register.objects import Blob, Reference, Statement

SCHEMA = "merestone.signing-view/1"


def view_json(view: SigningView) -> dict[str, object]:
    """The view: every key always there, null where there is nothing.

    Only `lines` holds marks. Every other text is as it stands in the bytes: escape what is not ASCII when it is printed.
    """
    act = view.act
    return {
        "schema": SCHEMA,
        "digest": view.digest,
        "length": view.length,
        "title": act.title,
        "kind": act.kind.value,
        "by": act.by.value if act.by else None,
        "register": {"name": view.ground.name, "identity": act.register},
        "base": {"size": act.base.size, "root": act.base.root},
        "keys": act.keys,
        "nonce": act.nonce,
        "last_index": act.last_index,
        "answer_by": act.answer_by or None,
        "signers": [_signer(view, slot.value) for slot in view.signers],
        "refusals": list(view.refusals),
        "cautions": list(view.cautions),
        "sections": [_section(section) for section in view.sections],
        "together": _together(view.together),
        "figures": _statements(act.figures),
        "toolchain": _statements(act.toolchain),
        "meaning": list(MEANING),
    }


def _signer(view: SigningView, slot: str) -> dict[str, object]:
    holder = next((each for at, each in view.ground.holders.items() if at.value == slot), None)
    return {
        "slot": slot,
        "identity": holder.identity if holder else None,
        "title": holder.title if holder else None,
        "fingerprint": holder.key.fingerprint if holder else None,
    }


def _together(together: Together | None) -> dict[str, object] | None:
    if together is None:
        return None
    exchanges = together.balance.exchanges
    return {
        "land": [
            {"to": to, "from": of, "m2": area_m2}
            for each in exchanges
            for to, of, area_m2 in (
                (each.first, each.second, each.to_first_m2),
                (each.second, each.first, each.to_second_m2),
            )
        ],
        "not_said_m2": together.balance.other_m2,
        "left_out": list(together.left_out),
    }


def _statements(statements: tuple[Statement, ...]) -> list[dict[str, object]]:
    return [{"name": each.name, "value": each.value, "checked": False} for each in statements]


def _section(section: SectionView) -> dict[str, object]:
    change = section.change
    text = change.text
    return {
        "section": change.section,
        "status": change.status.value,
        "valid_from": change.valid_from or None,
        "valid_to": change.valid_to or None,
        "carries": None if change.carries is None else _reference(change.carries),
        "supersedes": [_reference(each) for each in change.supersedes],
        "prevails": text.prevails.value,
        "tolerance_um": text.tolerance_um,
        "instruments": [
            {
                "title": each.title,
                "article": each.article,
                "date": each.date or None,
                "blob": None if each.blob is None else _blob(each.blob),
            }
            for each in text.instruments
        ],
        "sources": [{"title": each.title, "blob": _blob(each.blob)} for each in text.sources],
        "descriptions": [_text(each) for each in section.texts],
        "line": None if section.line is None else _line(section.line),
        "in_force": None if section.before is None else _before(section, section.before),
        "open": list(section.open_words),
        "compiled_again": {"agrees": section.found.agrees, "sentences": list(section.found.sentences)},
    }


def _reference(reference: Reference) -> dict[str, object]:
    return {"index": reference.index, "change": reference.change}


def _blob(blob: Blob) -> dict[str, object]:
    return {
        "length": blob.length,
        "media_type": blob.media_type,
        "sha256": blob.sha256,
        "sha3_256": blob.sha3_256,
    }


def _text(text: TextView) -> dict[str, object]:
    shown = text.shown
    return {
        "language": text.language,
        "blob": _blob(text.blob),
        "lines": None if shown is None else list(shown.lines),
        "marks": [] if shown is None else [_mark(mark) for mark in shown.marks],
        "no_break_spaces": 0 if shown is None else shown.no_break_spaces,
        "joiners": 0 if shown is None else shown.joiners,
        "carriage_returns": 0 if shown is None else shown.carriage_returns,
        "why_not_shown": text.why_not or None,
    }


def _mark(mark: Mark) -> dict[str, object]:
    return {
        "line": mark.line,
        "column": mark.column,
        "code_points": [f"U+{ord(each):04X}" for each in mark.characters],
        "name": mark.name,
        "why": mark.why.name.lower(),
    }


# ---- the line ---------------------------------------------------------------------------------------------------


def _line(view: LineView) -> dict[str, object]:
    line = view.line
    frame = None if line is None or line.frame is None else line.frame
    return {
        "blob": _blob(view.blob),
        "compared_sha256": view.compared_sha256 or None,
        "title": None if line is None else line.title,
        "reading_by": None if line is None else line.reading_by,
        "standing": None if line is None else line.standing,
        "frame": None
        if frame is None
        else {name: getattr(frame, name) for name in ("name", "code", "epoch", "plate", "vertical", "ellipsoid")},
        "length_m": view.length_m,
        "points": [] if line is None else [_point(point) for point in line.points],
        "sections": [_section_of_line(section) for section in view.sections],
        "refusals": list(view.refusals),
    }


def _point(point: StoredPoint) -> dict[str, object]:
    return {
        "name": point.name,
        "longitude": decimal_degrees(point.longitude),
        "latitude": decimal_degrees(point.latitude),
    }


def _section_of_line(section: SectionOfLine) -> dict[str, object]:
    first, second = ("inside", "outside") if section.ring else ("right", "left")
    return {
        "name": section.name,
        "title": section.title,
        "ring": section.ring,
        first: section.sides[0],
        second: section.sides[1],
        "status": section.status,
        "area_m2_stated": section.area_m2,
        "parts": [_gap(part) if isinstance(part, StoredGap) else _leg(part) for part in section.parts],
    }


def _gap(gap: StoredGap) -> dict[str, object]:
    return {"gap": gap.name, "said": gap.said, "from": gap.start, "to": gap.end, "code": gap.code, "why": gap.why}


def _leg(view: LegView) -> dict[str, object]:
    leg = view.leg
    start_deg, end_deg = view.azimuths_deg
    return {
        "leg": leg.name,
        "kind": leg.kind,
        "said": leg.said,
        "reading": None
        if leg.reading is None
        else {"name": leg.reading.name, "by": leg.reading.by, "also": list(leg.reading.also)},
        "length_m": view.length_m,
        "azimuth_at_start_deg": start_deg,
        "azimuth_at_end_deg": end_deg,
        "figures": "stated" if view.measured is None else "measured here",
        "words": [{"language": each.language, "text": each.text, "article": each.article} for each in leg.words],
        "notes": list(leg.notes),
        "vertices": [
            {"name": name or None, "longitude": decimal_degrees(lon), "latitude": decimal_degrees(lat)}
            for name, (lon, lat) in zip(leg.vertex_names, leg.vertices.tolist(), strict=True)
        ],
    }


# ---- what is in force -------------------------------------------------------------------------------------------


def _before(section: SectionView, before: InForce) -> dict[str, object]:
    return {
        **_reference(before.reference),
        "status": before.status.value,
        "from": before.begin,
        "to": before.end or None,
        "words": [
            {
                "language": each.language,
                "sentence": each.sentence,
                "clauses": [clause_json(change) for change in each.clauses],
            }
            for each in section.text_changes
        ],
        "same_line": before.text.line == section.change.text.line,
        "geometry": None if section.found.shifts is None else shifts_json(section.found.shifts),
        "note": section.found.note or None,
    }
