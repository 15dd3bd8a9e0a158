"""The coordinate catalogue as a workbook (XLSX): catalogue, legs, points, findings, and what the file is.

Every text of a person is written as a text, never as a formula or a link. The file is made in memory and is the same
bytes for the same line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.canonical import wrapped
from merestone.geodesy.grid import Grid
from merestone.publish.angles import Axis, azimuth_dms, dms
from merestone.publish.catalogue import GapRow, Row, catalogue
from merestone.publish.export import NOT_AGREED, Export, frame_text, reading_text, sides_text, standing
from merestone.publish.findings import SEVERITY_WORDS, greatest_measures, measure_text, place_text
from merestone.publish.gridded import DECIMALS, axis_values
from merestone.publish.line_json import digest
from merestone.publish.properties import greatest_sigma_m, words_of
from merestone.publish.sheets import (
    HEADING_ROWS,
    MOST_ROWS,
    BookHead,
    Cell,
    Column,
    Sheet,
    TooManyRowsError,
    write_book,
)

METRES = "0.000"
FINE_METRES = "0.000000"
DEGREES = "0.000000000"
AZIMUTH = "0.0000000"
GRID = "0.0000"

CATALOGUE = (
    Column("Section", 14),
    Column("No.", 6, "0"),
    Column("Name", 14),
    Column("Latitude", 22),
    Column("Longitude", 22),
    Column("Latitude, °", 16, DEGREES),
    Column("Longitude, °", 16, DEGREES),
    Column("Source", 12),
    Column("Tolerance, m", 12, FINE_METRES),
    Column("Sigma across, m", 14, METRES),
    Column("Leg to next", 12),
    Column("Kind", 22),
    Column("Reading", 22),
    Column("Length, m", 14, METRES),
    Column("Azimuth at start", 16),
    Column("Azimuth at end", 16),
    Column("At start, °", 13, AZIMUTH),
    Column("At end, °", 13, AZIMUTH),
    Column("Remark", 40),
)
LEGS = (
    Column("Section", 14),
    Column("Leg", 10),
    Column("Kind", 14),
    Column("Reading taken, by whom", 30),
    Column("Other readings kept", 20),
    Column("From", 14),
    Column("To", 14),
    Column("Vertices", 9, "0"),
    Column("Length, m", 14, METRES),
    Column("Azimuth at start", 16),
    Column("Azimuth at end", 16),
    Column("Greatest sigma across, m", 14, METRES),
    Column("Sides", 34),
    Column("Status in the instrument", 16),
    Column("Words of the instrument", 80),
    Column("Article", 14),
    Column("In the language", 40),
)
POINTS = (
    Column("Name", 14),
    Column("Latitude", 22),
    Column("Longitude", 22),
    Column("Latitude, °", 16, DEGREES),
    Column("Longitude, °", 16, DEGREES),
    Column("Source", 12),
    Column("Tolerance, m", 12, FINE_METRES),
    Column("Distances to its other definitions, m", 50),
)
FINDINGS = (
    Column("Code", 8),
    Column("Severity", 10),
    Column("Where", 20),
    Column("Position in the description", 20),
    Column("Finding", 70),
    Column("Greatest length measured, m", 16, METRES),
    Column("Greatest area measured, km²", 16, FINE_METRES),
    Column("Measured", 60),
    Column("What would settle it", 60),
    Column("Hint", 50),
)


def write_workbook(export: Export) -> bytes:
    """The workbook as bytes. Raises `TooManyRowsError` for a line that no sheet can hold."""
    rows = list(_catalogue_rows(export))
    longest = max(len(rows), len(export.line.points)) + HEADING_ROWS
    if longest > MOST_ROWS:
        raise TooManyRowsError(longest)
    head = BookHead(
        export.line.title,
        standing(export.line),
        export.line.reading_by,
        f"SHA-256 of the canonical line: {digest(export.line)}",
        export.dated,
        "the canonical line",
    )
    sheets = (
        Sheet("Catalogue", (*CATALOGUE, *_grid_columns(export.grid)), rows),
        Sheet("Legs", LEGS, _leg_rows(export)),
        Sheet("Points", POINTS, _point_rows(export)),
        Sheet("Findings", FINDINGS, _finding_rows(export)),
        Sheet("About", (Column("What", 24), Column("Said", 110)), _about_rows(export)),
    )
    return write_book(head, sheets)


def _catalogue_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """The rows of the catalogue."""
    for row in catalogue(export.line):
        if isinstance(row, GapRow):
            remark = f"gap: {row.gap.why.sentence}"
            yield (row.section, *(None,) * 9, row.gap.name, *(None,) * 7, remark, *((None,) * 2 if export.grid else ()))
        else:
            yield (row.section, *_vertex_cells(row), *_piece_cells(row), None, *_grid_cells(export.grid, row))


def _grid_columns(grid: Grid | None) -> tuple[Column, ...]:
    """The columns of plane coordinates, headed by axis, unit and system; none where no grid was named."""
    if grid is None:
        return ()
    return tuple(Column(f"{axis.name.capitalize()}, {grid.unit}, {grid.code}", 18, GRID) for axis in grid.axes)


def _grid_cells(grid: Grid | None, row: Row) -> tuple[Cell, ...]:
    """The plane coordinates of a vertex."""
    if grid is None:
        return ()
    lonlat = np.array([[row.longitude, row.latitude]]) / UNITS_PER_DEGREE
    return tuple(round(value, DECIMALS) for value in axis_values(grid, lonlat)[0].tolist())


def _vertex_cells(row: Row) -> tuple[Cell, ...]:
    """The cells of a vertex."""
    return (
        row.number,
        row.name,
        dms(row.latitude, Axis.LATITUDE),
        dms(row.longitude, Axis.LONGITUDE),
        row.latitude / 1e9,
        wrapped(row.longitude) / 1e9,
        row.source.value,
        row.tolerance_m,
        row.sigma_m,
    )


def _piece_cells(row: Row) -> tuple[Cell, ...]:
    """The cells of the piece that leaves a vertex."""
    piece = row.piece
    if piece is None:
        return (None,) * 8
    return (
        piece.leg,
        piece.kind,
        piece.reading,
        round(piece.length_m, 3),
        azimuth_dms(piece.azimuth_start_deg),
        azimuth_dms(piece.azimuth_end_deg),
        round(piece.azimuth_start_deg, 7) % 360.0,
        round(piece.azimuth_end_deg, 7) % 360.0,
    )


def _leg_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """A row for each leg."""
    for section in export.line.sections:
        sides = sides_text(section.right, section.left, ring=section.ring)
        for leg in section.legs:
            words = words_of(leg)
            yield (
                section.name,
                leg.name,
                leg.kind,
                reading_text(leg.reading),
                ", ".join(leg.reading.also) if leg.reading else "",
                leg.vertex_names[0],
                leg.vertex_names[-1],
                len(leg.vertices),
                round(leg.length_m, 3),
                azimuth_dms(float(leg.azimuths_start_deg[0])),
                azimuth_dms(float(leg.azimuths_end_deg[-1])),
                greatest_sigma_m(leg),
                sides,
                section.status.value if section.status else "not stated",
                " / ".join(clause.text for clause in words),
                " / ".join(clause.article for clause in words if clause.article),
                leg.said,
            )


def _point_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """A row for each named point."""
    for point in export.line.points:
        longitude, latitude = point.units
        yield (
            point.name,
            dms(latitude, Axis.LATITUDE),
            dms(longitude, Axis.LONGITUDE),
            latitude / 1e9,
            wrapped(longitude) / 1e9,
            point.source.value,
            point.tolerance_m,
            "; ".join(f"{by}: {distance:.3f}" for by, distance in point.others),
        )


def _finding_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """A row for each finding."""
    for finding in export.findings:
        yield (
            finding.code,
            SEVERITY_WORDS[finding.severity],
            finding.subject or "",
            place_text(finding),
            finding.sentence,
            max((each.value for each in finding.measures if each.unit == "m"), default=None),
            max((each.value for each in finding.measures if each.unit == "km2"), default=None),
            "; ".join(map(measure_text, greatest_measures(finding))),
            finding.settles or "",
            finding.hint or finding.expected or "",
        )


def _about_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """What the file is and what its columns mean."""
    line = export.line
    areas: list[Sequence[Cell]] = [(f"Area of {name}, km²", round(area / 1e6, 6)) for name, area in line.areas_m2]
    rows: list[Sequence[Cell]] = [
        ("Title", line.title),
        ("Standing", standing(line)),
        ("Reading by", line.reading_by),
        ("Agreed", NOT_AGREED),
        ("Frame", frame_text(line.frame)),
        ("Reading of the frame", reading_text(line.frame_reading)),
        ("Length computed, km", round(line.length_m / 1000.0, 6)),
        ("Parts not computed", len(line.gaps)),
        *areas,
        ("SHA-256", digest(line)),
        ("Coordinates", "Whole units of 1e-9 degree (0.1 mm); both printed forms give the exact unit"),
        ("Azimuths", "Directions of travel, clockwise from true north; the back azimuth at the end is 180° more"),
        ("Lengths", "On the ellipsoid of the frame, along the kind of line named, rounded to 1 mm"),
        ("Sigma across", "Standard deviation across the line inherited from the sources; empty where unknown"),
        ("Tolerance", "How closely a second computation must agree with the coordinates"),
        ("Computed with", f"Merestone {line.toolchain.merestone}, PROJ {line.toolchain.proj}"),
    ]
    yield from rows
