"""A table of references of the Military Grid as the places that they name, in the columns of any other table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from merestone.delimit.canonical import rounded
from merestone.delimit.grid_places import outside_its_zone
from merestone.description.point_rows import PointColumns
from merestone.description.tree import PointTable
from merestone.diagnostics import Diagnostic, Severity, Span
from merestone.errors import GeometryError
from merestone.geodesy.elementary import radii_m
from merestone.geodesy.mgrs import Square, square


def placed(table: PointTable, columns: PointColumns) -> PointColumns:
    """The columns with the middle of the square of every row, and the side of the square as the last printed place; rows
    whose letters cannot stand together are left out and reported."""
    if not columns.references:
        return columns
    found: list[tuple[int, Square]] = []
    findings: list[Diagnostic] = []
    for row, reference in enumerate(columns.references):
        try:
            found.append((row, square(reference)))
        except GeometryError as error:
            findings.append(_refused(table, columns, row, error))
    if found:
        findings += _furthest_outside(table, columns, *max(found, key=lambda each: each[1].outside_m))
    kept = [row for row, _ in found]
    unread = tuple(name for row, name in enumerate(columns.names) if row not in set(kept))
    lonlat = np.array([_middle(each) for _, each in found]).reshape(-1, 2)
    units = rounded(lonlat)
    sides = np.array([float(each.side_m) for _, each in found])
    meridian_m, prime_vertical_m = _radii(found, lonlat)
    return replace(
        columns,
        names=_rows(columns.names, kept),
        lat_e9=units[:, 1].copy(),
        lon_e9=units[:, 0].copy(),
        lat_last_place=np.degrees(sides / meridian_m),
        lon_last_place=np.degrees(sides / (prime_vertical_m * np.cos(np.radians(lonlat[:, 1])))),
        lines=columns.lines[kept],
        marks=_rows(columns.marks, kept),
        labels=_rows(columns.labels, kept),
        words=_rows(columns.words, kept),
        references=_rows(columns.references, kept),
        diagnostics=(*columns.diagnostics, *findings),
        unread=(*columns.unread, *unread),
    )


def _rows(texts: tuple[str, ...], kept: list[int]) -> tuple[str, ...]:
    return tuple(texts[row] for row in kept) if texts else ()


def _middle(found: Square) -> tuple[float, float]:
    lonlat = found.grid.lonlat(np.array([found.middle_m]))
    return float(lonlat[0, 0]), float(lonlat[0, 1])


def _radii(found: list[tuple[int, Square]], lonlat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if not found:
        return np.empty(0), np.empty(0)
    return radii_m(found[0][1].grid.base.ellipsoid, lonlat[:, 1])


def _furthest_outside(table: PointTable, columns: PointColumns, row: int, found: Square) -> tuple[Diagnostic, ...]:
    span = table.span if table.path is not None else Span(int(columns.lines[row]), 1, int(columns.lines[row]), 2)
    return outside_its_zone(columns.references[row], found, span, f"point {columns.names[row]}")


def _refused(table: PointTable, columns: PointColumns, row: int, error: GeometryError) -> Diagnostic:
    line = int(columns.lines[row])
    span = table.span if table.path is not None else Span(line, 1, line, 2)
    sentence = f"row {line} of {table.path}: {error}" if table.path is not None else str(error)
    hint = "look the letters up on the sheet: those of the zone, the band and the square belong together"
    return Diagnostic("F825", Severity.ERROR, sentence, span, hint=hint, subject=f"point {columns.names[row]}")
