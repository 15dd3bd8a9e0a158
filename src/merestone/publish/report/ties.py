"""What belongs together on the page: each leg and each vertex gets a key that its clause, drawing and rows share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan

import numpy as np

from merestone.delimit.boundary_line import (
    UNITS_PER_DEGREE,
    BoundaryLine,
    CompiledLeg,
    CompiledPoint,
    CompiledSection,
    Gap,
    VertexSource,
)
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True)
class TiedPart:
    """A leg or gap with its key, its section, and the keys of its vertices in order (a gap: of its known ends)."""

    key: str
    section: CompiledSection
    part: CompiledLeg | Gap
    vertices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TiedVertex:
    """A vertex or point with its key, and the keys of the parts that meet there."""

    key: str
    name: str
    units: tuple[int, int]
    source: VertexSource
    tolerance_m: float
    sigma_m: float | None
    point: CompiledPoint | None
    parts: tuple[str, ...]

    @property
    def place(self) -> Floats:
        """Longitude and latitude in degrees, (2,)."""
        return np.array(self.units, dtype=np.float64) / UNITS_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Ties:
    """The keys of a whole line: parts in the order of the line, vertices in the order of first appearance."""

    parts: tuple[TiedPart, ...]
    vertices: tuple[TiedVertex, ...]

    def vertex(self, key: str) -> TiedVertex | None:
        """The vertex of a key, None where there is none."""
        return next((vertex for vertex in self.vertices if vertex.key == key), None)


@dataclass(slots=True)
class _Met:
    """A vertex while its parts are being collected."""

    name: str
    units: tuple[int, int]
    source: VertexSource
    tolerance_m: float
    sigma_m: float | None
    parts: list[str]


class _Collector:
    """Gives keys in order of appearance. A named vertex is one wherever it is met; an unnamed one, where it lies."""

    def __init__(self) -> None:
        self.met: dict[tuple[str, tuple[int, int]], _Met] = {}
        self.keys: dict[tuple[str, tuple[int, int]], str] = {}

    def meet(self, found: _Met) -> str:
        identity = (found.name, (0, 0) if found.name else found.units)
        known = self.met.setdefault(identity, found)
        if known is not found:
            known.parts += [part for part in found.parts if part not in known.parts]
            known.tolerance_m = max(known.tolerance_m, found.tolerance_m)
            known.sigma_m = max((s for s in (known.sigma_m, found.sigma_m) if s is not None), default=None)
        return self.keys.setdefault(identity, f"v{len(self.keys) + 1}")


def ties(line: BoundaryLine) -> Ties:
    """The keys of a line: `l1`, `l2` ... for legs and gaps, `v1`, `v2` ... for vertices and points."""
    collector = _Collector()
    points = {point.name: point for point in line.points}
    named = _named(line)
    parts: list[TiedPart] = []
    for section in line.sections:
        for part in section.parts:
            key = f"l{len(parts) + 1}"
            ends = (
                _leg_ends(collector, key, part)
                if isinstance(part, CompiledLeg)
                else _gap_ends(collector, key, part, named)
            )
            parts.append(TiedPart(key, section, part, ends))
    for point in line.points:
        collector.meet(_Met(point.name, point.units, point.source, point.tolerance_m, None, []))
    vertices = tuple(
        TiedVertex(
            collector.keys[identity],
            met.name,
            met.units,
            met.source,
            met.tolerance_m,
            met.sigma_m,
            points.get(met.name),
            tuple(met.parts),
        )
        for identity, met in collector.met.items()
    )
    return Ties(tuple(parts), vertices)


def _leg_ends(collector: _Collector, key: str, leg: CompiledLeg) -> tuple[str, ...]:
    """The keys of all vertices of a leg."""
    rows = zip(
        leg.vertex_names,
        leg.vertices.tolist(),
        leg.vertex_sources,
        leg.tolerances_m.tolist(),
        leg.across_sigma_m.tolist(),
        strict=True,
    )
    return tuple(
        collector.meet(_Met(name, (lon, lat), source, tolerance, None if isnan(sigma) else sigma, [key]))
        for name, (lon, lat), source, tolerance, sigma in rows
    )


def _named(line: BoundaryLine) -> dict[str, _Met]:
    """Every named place of a line: its points, and the named vertices of its legs (rows of tables are no points)."""
    named = {
        name: _Met(name, (lon, lat), source, tolerance, None, [])
        for leg in line.legs
        for name, (lon, lat), source, tolerance in zip(
            leg.vertex_names, leg.vertices.tolist(), leg.vertex_sources, leg.tolerances_m.tolist(), strict=True
        )
        if name
    }
    points = {
        point.name: _Met(point.name, point.units, point.source, point.tolerance_m, None, []) for point in line.points
    }
    return named | points


def _gap_ends(collector: _Collector, key: str, gap: Gap, named: dict[str, _Met]) -> tuple[str, ...]:
    """The keys of the known ends of a gap."""
    known = [named[name] for name in (gap.start, gap.end) if name is not None and name in named]
    return tuple(collector.meet(replace(place, parts=[key])) for place in known)
