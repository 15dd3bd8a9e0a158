"""The table of readings as text for people, as facts for programs, and as the report shows it."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.readings import LegReadings, PairSpread, ReadingsTable
from merestone.publish.report.model import LegReadings as ReportReadings
from merestone.publish.report.model import Profile as ReportProfile
from merestone.publish.text import padded, plain, width

NOTHING_OPEN = "Every leg says its kind: there is nothing to read in more than one way.\n"


def readings_text(table: ReadingsTable) -> str:
    """The table for a terminal: leg by leg and then the whole line, each named pair with its separation and area."""
    if not table.legs:
        return NOTHING_OPEN
    rows = [("leg", "km", "between", "and", "apart at most", "area between")]
    for leg in table.legs:
        rows += list(_rows(f"{leg.leg} of {leg.section}", f"{leg.length_m / 1000.0:,.3f}", leg.pairs))
    rows += list(_rows("whole line", "", table.whole))
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            padded(cell, columns, right=column in {1, 4, 5})
            for column, (cell, columns) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * columns for columns in widths))
    unmeasured = [f"{leg.leg} of {leg.section}: {name}: {why}" for leg in table.legs for name, why in leg.unmeasured]
    if unmeasured:
        lines += ["", "could not be measured:", *(f"  {plain(each)}" for each in unmeasured)]
    return "".join(line.rstrip() + "\n" for line in lines)


def _rows(name: str, length: str, pairs: tuple[PairSpread, ...]) -> Iterator[tuple[str, ...]]:
    for number, pair in enumerate(pairs):
        first = (plain(name), length) if number == 0 else ("", "")
        yield (*first, pair.first, pair.second, metres_text(pair.separation_m), square_text(pair.area_m2))


def metres_text(value_m: float) -> str:
    """A separation as people read it: to the metre above 100 m, else to three figures."""
    return f"{value_m:,.0f} m" if value_m >= 100.0 else f"{value_m:.3g} m" if value_m >= 1e-3 else "under 1 mm"


def square_text(value_m2: float) -> str:
    """An area as people read it, in square kilometres, or square metres where it is small."""
    if value_m2 >= 1e4:
        return f"{value_m2 / 1e6:,.3f} km²"
    return f"{value_m2:,.1f} m²"


def readings_facts(table: ReadingsTable) -> dict[str, object]:
    """The table as JSON holds it."""
    return {
        "legs": [
            {
                "section": leg.section,
                "leg": leg.leg,
                "length_m": leg.length_m,
                "taken": leg.taken,
                "readings": list(leg.readings),
                "pairs": [_pair(pair) for pair in leg.pairs],
                "unmeasured": [{"reading": name, "why": why} for name, why in leg.unmeasured],
            }
            for leg in table.legs
        ],
        "whole": [_pair(pair) for pair in table.whole],
    }


def _pair(pair: PairSpread) -> dict[str, object]:
    return {
        "between": [pair.first, pair.second],
        "separation_m": pair.separation_m,
        "area_m2": pair.area_m2,
        "section": pair.section,
        "leg": pair.leg,
        "along_m": pair.along_m,
        "longitude_deg": pair.place[0],
        "latitude_deg": pair.place[1],
    }


def report_readings(table: ReadingsTable) -> tuple[ReportReadings, ...]:
    """The readings as the report shows them: the profile of each reading against the geodesic, leg by leg."""
    return tuple(_report_leg(leg) for leg in table.legs)


def _report_leg(leg: LegReadings) -> ReportReadings:
    base = "geodesic"
    pairs = {frozenset((pair.first, pair.second)): pair for pair in leg.pairs}
    profiles = []
    for profile in leg.profiles:
        pair = pairs.get(frozenset((base, profile.reading)))
        if pair is not None:
            profiles.append(
                ReportProfile(base, profile.reading, profile.along_m, profile.across_m, pair.separation_m, pair.area_m2)
            )
    return ReportReadings(leg.section, leg.leg, leg.readings, tuple(profiles))
