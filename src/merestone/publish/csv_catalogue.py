"""The coordinate catalogue as CSV (RFC 4180, UTF-8): one row for each defining vertex, numbers that machines read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.canonical import wrapped
from merestone.geodesy.grid import Grid
from merestone.publish.angles import Axis, azimuth_dms, decimal_degrees, dms
from merestone.publish.catalogue import GapRow, Row, catalogue
from merestone.publish.export import NOT_AGREED, Export, frame_text
from merestone.publish.gridded import axis_values, columns, printed
from merestone.publish.text import cell

COLUMNS = (
    "section",
    "number",
    "name",
    "latitude",
    "longitude",
    "latitude_deg",
    "longitude_deg",
    "source",
    "tolerance_m",
    "sigma_across_m",
    "leg_to_next",
    "kind",
    "reading",
    "length_m",
    "azimuth_at_start",
    "azimuth_at_end",
    "azimuth_at_start_deg",
    "azimuth_at_end_deg",
    "frame",
    "standing",
    "reading_by",
    "remark",
)


def write_csv(export: Export) -> bytes:
    """The catalogue as UTF-8 bytes with a header row; lines end with CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(
        (*COLUMNS, *(columns(export.grid) if export.grid is not None else ()), *(("grid",) if export.grid else ()))
    )
    writer.writerows(_rows(export))
    return out.getvalue().encode()


def _rows(export: Export) -> Iterator[tuple[str, ...]]:
    """The rows, every text of a person made safe for a spreadsheet."""
    marks = (cell(frame_text(export.line.frame)), NOT_AGREED, cell(export.line.reading_by))
    names: dict[str, str] = {}
    grid = export.grid
    for row in catalogue(export.line):
        section = names.setdefault(row.section, cell(row.section))
        if isinstance(row, GapRow):
            remark = cell(f"gap: {row.gap.why.sentence}")
            yield (
                section,
                "",
                *("",) * 8,
                cell(row.gap.name),
                *("",) * 7,
                *marks,
                remark,
                *(("",) * 3 if grid else ()),
            )
        else:
            yield (section, *_vertex(row), *_piece(row), *marks, "", *(_on_grid(grid, row) if grid else ()))


def _on_grid(grid: Grid, row: Row) -> tuple[str, str, str]:
    """The values of a vertex along the axes of the grid, and the grid's code."""
    one, other = axis_values(grid, np.array([[row.longitude, row.latitude]]) / UNITS_PER_DEGREE)[0].tolist()
    return printed(one), printed(other), grid.code


def _vertex(row: Row) -> tuple[str, ...]:
    """The columns of a vertex."""
    return (
        str(row.number),
        cell(row.name),
        dms(row.latitude, Axis.LATITUDE),
        dms(row.longitude, Axis.LONGITUDE),
        decimal_degrees(row.latitude),
        decimal_degrees(wrapped(row.longitude)),
        row.source.value,
        f"{row.tolerance_m:.6f}",
        "" if row.sigma_m is None else f"{row.sigma_m:.6f}",
    )


def _piece(row: Row) -> tuple[str, ...]:
    """The columns of the piece that leaves a vertex, empty at an end."""
    piece = row.piece
    if piece is None:
        return ("",) * 8
    return (
        cell(piece.leg),
        cell(piece.kind),
        cell(piece.reading),
        f"{piece.length_m:.3f}",
        azimuth_dms(piece.azimuth_start_deg),
        azimuth_dms(piece.azimuth_end_deg),
        azimuth_decimal(piece.azimuth_start_deg),
        azimuth_decimal(piece.azimuth_end_deg),
    )


def azimuth_decimal(azimuth_deg: float) -> str:
    """An azimuth in decimal degrees with seven decimals, in [0, 360): 360.0000000 is 0.0000000."""
    text = f"{azimuth_deg % 360.0:.7f}"
    return "0.0000000" if text == "360.0000000" else text
