"""The difference of two descriptions as JSON: the same facts as the text, numbers unrounded, keys that stay."""

from __future__ import annotations

from collections.abc import Sequence

from merestone.compare.texts.clauses import ClauseChange
from merestone.compare.texts.leg_shifts import LegName, LegShift, LegShifts, Shift
from merestone.compare.texts.vertex_changes import VertexChange
from merestone.diagnostics import Span
from merestone.geodesy.winds import wind_of_azimuth
from merestone.publish.angles import decimal_degrees
from merestone.publish.shift_words import leg_sentence, section_sentence


def clause_json(change: ClauseChange) -> dict[str, object]:
    """One change of a clause: every key always there, null where there is nothing."""
    return {
        "change": change.kind.value,
        "subject": change.subject,
        "aspect": change.aspect or None,
        "old": change.old,
        "new": change.new,
        "old_span": _span(change.old_span),
        "new_span": _span(change.new_span),
        "words": [{"fate": run.fate.value, "text": run.text} for run in change.words],
    }


def _span(span: Span | None) -> dict[str, int] | None:
    if span is None:
        return None
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def shifts_json(shifts: LegShifts) -> dict[str, object]:
    """All that moved, in metres, square metres and degrees."""
    return {
        "tolerance_m": shifts.tolerance_m,
        "legs": [_leg(leg, shifts.tolerance_m) for leg in shifts.legs],
        "sections": [
            {
                "old": section.old,
                "new": section.new,
                "sentence": section_sentence(section, shifts.tolerance_m),
                **_shift(section.shift),
                "exchanged": section.exchanged,
            }
            for section in shifts.sections
        ],
        "only_old": [{"section": section, "leg": leg} for section, leg in shifts.only_old],
        "only_new": [{"section": section, "leg": leg} for section, leg in shifts.only_new],
    }


def _leg(leg: LegShift, tolerance_m: float) -> dict[str, object]:
    return {
        "old": {"section": leg.old[0], "leg": leg.old[1], "legs": _names(leg.old_legs, leg.old), "kind": leg.kinds[0]},
        "new": {"section": leg.new[0], "leg": leg.new[1], "legs": _names(leg.new_legs, leg.new), "kind": leg.kinds[1]},
        "sentence": leg_sentence(leg, tolerance_m),
        "compared": leg.shift is not None,
        **({} if leg.shift is None else _shift(leg.shift)),
        "vertices": [_vertex(change) for change in leg.vertices],
    }


def _names(legs: Sequence[LegName], name: LegName) -> list[str]:
    return [each for _, each in legs or (name,)]


def _shift(shift: Shift) -> dict[str, object]:
    found = shift.displacement
    return {
        "greatest_m": found.greatest_m,
        "mean_m": found.mean_m,
        "azimuth_deg": found.azimuth_deg,
        "direction": wind_of_azimuth(found.azimuth_deg),
        "place": list(found.place),
        "foot": list(found.foot),
        "moved_m": list(found.moved_m),
        "turned": found.turned,
        "lengths_m": list(shift.lengths_m),
        "land": [
            {"area_m2": land.area_m2, "held_in_old": land.held_in_old, "held_in_new": land.held_in_new}
            for land in shift.land
        ],
    }


def _vertex(change: VertexChange) -> dict[str, object]:
    return {
        "change": change.fate.value,
        "name": change.name or None,
        "old": _units(change.old),
        "new": _units(change.new),
        "distance_m": change.distance_m,
        "direction": change.wind,
    }


def _units(units: tuple[int, int] | None) -> dict[str, str] | None:
    """A vertex as exact decimal degrees."""
    if units is None:
        return None
    return {"longitude": decimal_degrees(units[0]), "latitude": decimal_degrees(units[1])}
