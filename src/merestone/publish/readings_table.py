"""The table of readings for people, for programs, and for the report's charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from merestone.delimit.readings import LegReadings, PairSpread, ReadingsTable
from merestone.publish.report import model
from merestone.publish.text import counted, padded, plain, width

HEADINGS = ("leg", "length km", "drawn as", "one reading", "another", "separation m", "area km²", "furthest apart at")
RIGHT_ALIGNED = frozenset({"length km", "separation m", "area km²"})

READINGS_SCHEMA = "merestone/readings/1"


def readings_text(table: ReadingsTable) -> str:
    """The table as text: a block of rows for each straight line without a kind, then the whole line."""
    if not table.legs:
        return "There are no straight lines without a kind, so there is only one reading.\n"
    rows = [row for leg in table.legs for row in _leg_rows(leg)]
    lines = list(_aligned(rows))
    lines += ["", f"The whole line, {counted(len(table.legs), 'straight line')} without a kind"]
    lines += list(_aligned([_whole_row(pair) for pair in table.whole], HEADINGS[3:]))
    lines += [f"not measured: leg {plain(leg.leg)} of {plain(leg.section)}, {name}: {why}"
              for leg in table.legs for name, why in leg.unmeasured]  # fmt: skip
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _leg_rows(leg: LegReadings) -> Iterator[tuple[str, ...]]:
    first = f"{plain(leg.leg)} of {plain(leg.section)}", f"{leg.length_m / 1000.0:.3f}", leg.taken or "not declared"
    for number, pair in enumerate(leg.pairs):
        yield (*(first if number == 0 else ("", "", "")), *_pair_cells(pair), _where(pair, leg))
    if not leg.pairs:
        yield (*first, "", "", "", "", "")


def _pair_cells(pair: PairSpread) -> tuple[str, str, str, str]:
    return plain(pair.first), plain(pair.second), f"{pair.separation_m:.2f}", f"{pair.area_m2 / 1e6:.4f}"


def _where(pair: PairSpread, leg: LegReadings) -> str:
    piece = f", piece {pair.piece + 1}" if len(leg.line.places) > 2 else ""
    return f"{pair.along_m / 1000.0:.1f} km from its start{piece}"


def _whole_row(pair: PairSpread) -> tuple[str, ...]:
    return (*_pair_cells(pair), f"leg {plain(pair.leg)} of {plain(pair.section)}")


def _aligned(rows: Sequence[tuple[str, ...]], headings: tuple[str, ...] = HEADINGS) -> Iterator[str]:
    cells = [headings, *rows]
    widths = [max(width(row[column]) for row in cells) for column in range(len(headings))]
    for row in cells:
        yield "  ".join(
            padded(cell, size, right=heading in RIGHT_ALIGNED)
            for cell, size, heading in zip(row, widths, headings, strict=True)
        )


def readings_facts(table: ReadingsTable) -> dict[str, object]:
    """The table as JSON can hold it: the same rows, unrounded, lengths in metres and areas in square metres."""
    return {
        "schema": READINGS_SCHEMA,
        "legs": [
            {
                "section": leg.section,
                "leg": leg.leg,
                "length_m": leg.length_m,
                "drawn_as": leg.taken,
                "readings": list(leg.readings),
                "pairs": [_pair_facts(pair) for pair in leg.pairs],
                "not_measured": [{"reading": name, "why": why} for name, why in leg.unmeasured],
            }
            for leg in table.legs
        ],
        "whole": [
            {**_pair_facts(pair), "greatest_at": {"section": pair.section, "leg": pair.leg}} for pair in table.whole
        ],
    }


def _pair_facts(pair: PairSpread) -> dict[str, object]:
    return {
        "between": [pair.first, pair.second],
        "separation_m": pair.separation_m,
        "area_m2": pair.area_m2,
        "piece": pair.piece,
        "along_m": pair.along_m,
        "longitude": pair.place[0],
        "latitude": pair.place[1],
    }


def leg_readings(table: ReadingsTable) -> tuple[model.LegReadings, ...]:
    """The readings as the report draws them: for each pair the offset of the second from the first, leg by leg."""
    return tuple(model.LegReadings(leg.section, leg.leg, leg.readings, tuple(_profiles(leg))) for leg in table.legs)


def _profiles(leg: LegReadings) -> Iterator[model.Profile]:
    """The profile of each pair on the piece where the readings lie furthest apart."""
    beside = {profile.reading: profile for profile in leg.profiles}
    for pair in leg.pairs:
        one, other = beside[pair.first], beside[pair.second]
        offset_m = other.across_m - one.across_m
        if not np.isnan(offset_m).any():
            yield model.Profile(pair.first, pair.second, one.along_m, offset_m, pair.separation_m, pair.area_m2)
