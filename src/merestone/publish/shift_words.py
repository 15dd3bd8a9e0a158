"""What moved between two versions of a boundary, in sentences: `leg 7 of Main moved up to 12.0 m east over 3.40 km`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from merestone.compare.texts.leg_shifts import LegName, LegShift, LegShifts, SectionShift, Shift, land_by_party
from merestone.compare.texts.vertex_changes import VertexChange, VertexFate
from merestone.geodesy.winds import NAMES, wind_of_azimuth
from merestone.publish.angles import decimal_degrees
from merestone.publish.findings import quantity


def leg_subject(leg: LegShift) -> str:
    """The leg as the new description names it, and its old name where that was another."""
    was = "" if leg.old == leg.new else f" (was {_legs(leg.old, leg.old_legs)})"
    return f"{_legs(leg.new, leg.new_legs)}{was}"


def _legs(name: LegName, legs: Sequence[LegName]) -> str:
    return f"{'legs' if len(legs) > 1 else 'leg'} {name[1]} of {name[0]}"


def leg_sentence(leg: LegShift, tolerance_m: float) -> str:
    """What happened to a leg in one sentence without a full stop."""
    said = [_moved(leg.shift, tolerance_m)] if leg.shift is not None else ["is in another frame and was not compared"]
    if leg.kinds[0] != leg.kinds[1]:
        said.append(f"{leg.kinds[0]} became {leg.kinds[1]}")
    if leg.shift is not None and leg.shift.displacement.turned:
        said.append("runs in the opposite direction")
    return f"{leg_subject(leg)} {'; '.join(said)}"


def section_sentence(section: SectionShift, tolerance_m: float) -> str:
    """What happened to a section as a whole in one sentence without a full stop."""
    was = "" if section.old == section.new else f" (was {section.old})"
    said = [_moved(section.shift, tolerance_m)]
    if section.shift.displacement.turned:
        said.append("is written from its other end")
    if section.exchanged:
        said.append("its parties change sides on the ground")
    return f"section {section.new}{was} as a whole {'; '.join(said)}"


def _moved(shift: Shift, tolerance_m: float) -> str:
    found = shift.displacement
    if found.greatest_m <= tolerance_m:
        return f"has not moved, within {quantity(max(found.greatest_m, 0.001), 'm')}"
    way = NAMES[wind_of_azimuth(found.azimuth_deg)]
    over = quantity(max(found.moved_m), "m")
    parts = [f"moved up to {quantity(found.greatest_m, 'm')} {way} over {over}", *land_phrases(shift)]
    return ", ".join(parts)


def land_phrases(shift: Shift) -> Iterator[str]:
    """The land between: `0.02 km² to ARM from AZE`; by side where the descriptions do not say whose it is."""
    for (before, after), area_m2 in land_by_party(shift.land).items():
        area = quantity(area_m2 / 1e6, "km2")
        if before is None and after is None:
            yield f"{area} change sides"
        elif before == after:
            yield f"{area} stay with {_party(after)}, whose side changed too"
        else:
            yield f"{area} to {_party(after)}{'' if before is None else f' from {_party(before)}'}"


def _party(name: str | None) -> str:
    return "a party that is not named" if name is None else {"open": "an open side"}.get(name, name)


def length_sentence(shift: Shift) -> str | None:
    """How the length changed, None where it did not by a millimetre."""
    old_m, new_m = shift.lengths_m
    if abs(new_m - old_m) < 0.001:
        return None
    return f"length {new_m / 1000.0:,.6f} km, was {old_m / 1000.0:,.6f} km: {new_m - old_m:+,.3f} m"


def vertex_sentence(change: VertexChange) -> str:
    """What happened to a vertex, its coordinates in decimal degrees to the unit of 1e-9."""
    name = f"vertex {change.name}" if change.name else "a vertex"
    match change.fate:
        case VertexFate.MOVED:
            way = NAMES[change.wind] if change.wind is not None else ""
            distance = change.distance_m or 0.0
            far = quantity(distance, "m") if distance >= 0.001 else f"{distance * 1000.0:.2f} mm"
            return f"{name} moved {far} {way}: {_place(change.old)} → {_place(change.new)}"
        case VertexFate.ADDED:
            return f"{name} added at {_place(change.new)}"
        case VertexFate.REMOVED:
            return f"{name} removed from {_place(change.old)}"


def _place(units: tuple[int, int] | None) -> str:
    """Latitude and longitude in decimal degrees."""
    if units is None:
        return ""
    lon, lat = units
    return f"{decimal_degrees(lat)} {decimal_degrees(lon)}"


def lone_legs(shifts: LegShifts) -> Iterator[str]:
    """Legs that only one version has, or could compute."""
    for section, name in shifts.only_old:
        yield f"leg {name} of {section} is only in the old line"
    for section, name in shifts.only_new:
        yield f"leg {name} of {section} is only in the new line"
