"""The coordinate catalogue: one row for each defining vertex in the order of the line, with the leg that leaves it.

It is the common source of the CSV, the workbook, the text summary, the document and the report: what they print in
different forms is the same rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledSection, Gap, VertexSource


@dataclass(frozen=True, slots=True)
class Piece:
    """The piece of the line from one vertex to the next: its leg, kind, length and azimuths.

    Both azimuths are directions of travel, clockwise from true north: at the start, and at the end. The back azimuth
    that a surveyor standing at the end would observe is the second with 180 degrees added.
    """

    leg: str
    kind: str
    reading: str
    length_m: float
    azimuth_start_deg: float
    azimuth_end_deg: float


@dataclass(frozen=True, slots=True)
class Row:
    """One vertex: its number in the section, name, units of 1e-9 degree, source, sigma across the line in metres
    (None where none is known), and the piece that leaves it (None at an end of the line)."""

    section: str
    number: int
    name: str
    longitude: int
    latitude: int
    source: VertexSource
    sigma_m: float | None
    tolerance_m: float
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class GapRow:
    """A part that could not be computed, in its place in the catalogue."""

    section: str
    gap: Gap


def catalogue(line: BoundaryLine) -> Iterator[Row | GapRow]:
    """The rows of a whole line, section by section, in its order."""
    for section in line.sections:
        yield from section_rows(section)


def section_rows(section: CompiledSection) -> Iterator[Row | GapRow]:
    """The rows of one section. A vertex that two legs share is one row: the leg that leaves it, the larger sigma."""
    number = 0
    held: Row | None = None
    for part in section.parts:
        if isinstance(part, Gap):
            if held is not None:
                yield held
                held = None
            yield GapRow(section.name, part)
            continue
        for row in _leg_rows(section.name, part, number):
            merged = None if held is None else _joined(held, row)
            if held is not None and merged is None:
                yield held
            held = merged or replace(row, number=number + 1)
            number = held.number
    if held is not None:
        yield held


def _joined(before: Row, row: Row) -> Row | None:
    """The end of one leg and the start of the next as one row, None where they are two places."""
    if before.piece is not None or (before.longitude, before.latitude) != (row.longitude, row.latitude):
        return None
    sigmas = [sigma for sigma in (before.sigma_m, row.sigma_m) if sigma is not None]
    return replace(
        row,
        number=before.number,
        name=row.name or before.name,
        sigma_m=max(sigmas, default=None),
        tolerance_m=max(before.tolerance_m, row.tolerance_m),
    )


def _leg_rows(section: str, leg: CompiledLeg, number: int) -> Iterator[Row]:
    """The vertices of one leg, numbered on from `number`."""
    reading = leg.reading.name if leg.reading else ""
    units = leg.vertices.tolist()
    sigmas, tolerances = leg.across_sigma_m.tolist(), leg.tolerances_m.tolist()
    lengths = leg.lengths_m.tolist()
    starts, ends = leg.azimuths_start_deg.tolist(), leg.azimuths_end_deg.tolist()
    for i, (longitude, latitude) in enumerate(units):
        piece = Piece(leg.name, leg.kind, reading, lengths[i], starts[i], ends[i]) if i < len(lengths) else None
        sigma = sigmas[i] if math.isfinite(sigmas[i]) else None
        name, source = leg.vertex_names[i], leg.vertex_sources[i]
        yield Row(section, number + i, name, longitude, latitude, source, sigma, tolerances[i], piece)
