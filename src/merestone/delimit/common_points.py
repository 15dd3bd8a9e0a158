"""A commission's own transformation estimated from points that are given in both frames, with its residuals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from merestone.delimit.canonical import degrees
from merestone.delimit.drawn import trouble
from merestone.delimit.lengths import metres
from merestone.description.point_rows import PointColumns
from merestone.description.tree import Name
from merestone.description.tree import OwnTransformation as Said
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.errors import GeometryError
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.own_frame import Fit, OwnTransformation, estimate


def from_common_points(
    said: Said, tables: tuple[Name, Name], columns: Mapping[str, PointColumns], source: Frame, target: Frame
) -> tuple[OwnTransformation, tuple[Diagnostic, ...]]:
    """The transformation of least squared residuals, and what there is to say of it.

    Its accuracy is the stated one, else the standard deviation of one horizontal component of the residuals. Raises
    `TroubleError` where the points do not determine it, or leave nothing over to say how good it is.
    """
    names, here, there = _matched(tables, columns)
    statement = f"common points of {source.name} and {target.name}"
    try:
        fit = estimate(source, target, here, there, said.count, statement)
    except GeometryError as error:
        raise trouble(
            "F814",
            f"the transformation from {source.name} cannot be found: {error}",
            said.span,
            "give more points in both tables, under the same names and spread over the area",
        ) from error
    accuracy_m = metres(said.accuracy) if said.accuracy is not None else fit.sigma0_m
    if accuracy_m is None:
        raise trouble(
            "F809",
            f"{len(names)} common points leave nothing over to show how good {said.count} parameters are",
            said.span,
            "add `accuracy LENGTH`, or more common points",
        )
    return replace(fit.transformation, accuracy_m=accuracy_m), tuple(_said_of(fit, names, said))


def _matched(tables: tuple[Name, Name], columns: Mapping[str, PointColumns]) -> tuple[list[str], Floats, Floats]:
    """The names that stand in both tables, and their places in the one and in the other, (n, 2) degrees."""
    here, there = (_places(table, columns) for table in tables)
    names = [name for name in here if name in there]
    return (
        names,
        np.array([here[name] for name in names]).reshape(-1, 2),
        np.array([there[name] for name in names]).reshape(-1, 2),
    )


def _places(table: Name, columns: Mapping[str, PointColumns]) -> dict[str, Floats]:
    found = columns.get(table.text)
    if found is None:
        raise trouble("R401", f"no table is called {table.text}", table.span, "name a table of points")
    if len(found.grid):
        raise trouble(
            "F814",
            f"the common points of {table.text} are given by rectangular coordinates",
            table.span,
            "give them by latitude and longitude",
        )
    lonlat = degrees(np.column_stack([found.lon_e9, found.lat_e9]))
    return dict(zip(found.names, lonlat, strict=True))


def _said_of(fit: Fit, names: list[str], said: Said) -> list[Diagnostic]:
    sigma_m = fit.sigma0_m
    worst_m = float(np.max(np.hypot(*fit.residuals_m.T)))
    good = f"sigma {sigma_m:,.3f} m" if sigma_m is not None else "nothing left over"
    residuals = ", ".join(
        f"{name} {east_m:+.3f} {north_m:+.3f} m" for name, (east_m, north_m) in zip(names, fit.residuals_m, strict=True)
    )
    measures = [Measure("greatest residual", worst_m, "m")]
    if sigma_m is not None:
        measures.insert(0, Measure("sigma of one component", sigma_m, "m"))
    found = [
        Diagnostic(
            "F815",
            Severity.NOTE,
            f"{said.count} parameters from {len(names)} common points, {good}; residuals east and north: {residuals}",
            said.span,
            measures=tuple(measures),
        )
    ]
    if fit.weak is not None:
        found.append(
            Diagnostic(
                "F816",
                Severity.WARNING,
                f"the common points determine the transformation weakly: {fit.weak}",
                said.span,
                hint="add points round the line, or estimate 3 parameters",
                measures=(Measure("growth of an error", fit.extrapolation, ""),),
            )
        )
    return found
