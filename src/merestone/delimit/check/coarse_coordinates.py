"""O604: coordinates printed more coarsely than the tolerance that is asked of the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.lengths import metres
from merestone.delimit.printed import Halves, on_ground, prints_of
from merestone.delimit.wording import area_text, listed, metres_text
from merestone.diagnostics import Diagnostic, Measure, Severity, Span


@dataclass(frozen=True, slots=True)
class _Coarse:
    """A point whose print is coarser than asked for: half a printed unit in degrees and in metres."""

    name: str
    span: Span | None
    halves_deg: Halves
    halves_m: Halves


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each printed precision that is too coarse, with the points that have it and the band implied."""
    asked = evidence.compiled.resolved.tolerance
    if asked is None:
        return
    tolerance_m = metres(asked)
    groups: dict[Halves, list[_Coarse]] = defaultdict(list)
    for point in _printed(evidence):
        if max(point.halves_m) > tolerance_m:
            groups[point.halves_deg].append(point)
    band_m2 = _band_m2(evidence, {point.name: point for group in groups.values() for point in group})
    for group in groups.values():
        yield _finding(group, tolerance_m, band_m2)


def _printed(evidence: Evidence) -> Iterator[_Coarse]:
    ellipsoid = evidence.ellipsoid
    for name, point in evidence.points.items():
        halves = evidence.prints.halves_deg(name)
        latitude_deg = point.units[1] / UNITS_PER_DEGREE
        yield _Coarse(name, point.span, halves, on_ground(halves, ellipsoid, latitude_deg))
    points = evidence.compiled.computation.table_points
    if not points.columns:
        return
    in_tables = prints_of(evidence.compiled, with_tables=True)
    for table, columns in points.columns.items():
        span = evidence.compiled.resolved.tables[table].span
        latitudes_deg = (points.units(table)[:, 1] / UNITS_PER_DEGREE).tolist()
        for name, latitude_deg in zip(columns.names, latitudes_deg, strict=True):
            halves = in_tables.halves_deg(name)
            yield _Coarse(name, span, halves, on_ground(halves, ellipsoid, latitude_deg))


def _finding(group: list[_Coarse], tolerance_m: float, band_m2: float) -> Diagnostic:
    east_m, north_m = (max(point.halves_m[axis] for point in group) for axis in (0, 1))
    names = [point.name for point in group]
    whose = f"{listed(names)} {'is' if len(names) == 1 else 'are'}"
    return Diagnostic(
        "O604", Severity.OPEN,
        f"{whose} printed to ±{metres_text(north_m)} in latitude and ±{metres_text(east_m)} in longitude, and "
        f"{metres_text(tolerance_m)} is asked of the line; the band that coarse coordinates leave open covers "
        f"{area_text(band_m2)}",
        group[0].span, subject=f"point {names[0]}" if len(names) == 1 else f"{len(names)} points",
        hint="say `rounded` after the coordinates if the rounding shall enter the line's uncertainty",
        settles="coordinates with more digits, from the instrument's survey records or a joint survey of the marks",
        measures=(
            Measure("half a printed unit of latitude", north_m, "m"),
            Measure("half a printed unit of longitude", east_m, "m"),
            Measure("band", band_m2 / 1e6, "km2"),
        ),
    )  # fmt: skip


def _band_m2(evidence: Evidence, coarse: dict[str, _Coarse]) -> float:
    """The area that the line can sweep while its ends move within the print: length by mean width, across the line."""
    return sum(_band_of_leg(leg, coarse) for leg in evidence.compiled.line.legs)


def _band_of_leg(leg: CompiledLeg, coarse: dict[str, _Coarse]) -> float:
    halves = np.array([coarse[name].halves_m if name in coarse else (0.0, 0.0) for name in leg.vertex_names])
    if not halves.any():
        return 0.0
    azimuths = np.radians(leg.azimuths_start_deg)
    across = [
        np.abs(np.cos(azimuths)) * ends[:, 0] + np.abs(np.sin(azimuths)) * ends[:, 1]
        for ends in (halves[:-1], halves[1:])
    ]
    return float((leg.lengths_m * (across[0] + across[1])).sum())
