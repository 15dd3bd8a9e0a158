"""The boundary line put together: sections of legs and gaps, with their defining vertices and what follows from them."""

from __future__ import annotations

import numpy as np

from merestone.delimit.boundary_line import (
    BoundaryLine,
    CompiledLeg,
    CompiledPoint,
    CompiledSection,
    Gap,
    Toolchain,
    Units,
    VertexSource,
)
from merestone.delimit.canonical import rounded
from merestone.delimit.computation import Computation
from merestone.delimit.courses import Courses, courses, courses_of_pieces
from merestone.delimit.drawn import Drawn, TroubleError
from merestone.delimit.fix import Fix
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import Leg, LegChain, Name, Section, ToPoint
from merestone.diagnostics import Diagnostic
from merestone.errors import GeometryError
from merestone.geodesy.area import ring_area
from merestone.geodesy.line import Floats
from merestone.geodesy.uncertainty import Component, Uncertainty


def assemble(computation: Computation, toolchain: Toolchain) -> BoundaryLine:
    """The whole line of a computation: every leg is drawn, or leaves a named gap."""
    resolved = computation.resolved
    sections = tuple(_section(computation, section) for section in resolved.sections.values())
    frames = computation.frames
    return BoundaryLine(
        title=resolved.title,
        reading_by=resolved.reading_by or "",
        description=resolved.description,
        frame=frames.description if frames.is_stated else None,
        frame_reading=frames.reading,
        points=_points(computation),
        sections=sections,
        areas_m2=tuple(_areas(sections)),
        toolchain=toolchain,
    )


def _points(computation: Computation) -> tuple[CompiledPoint, ...]:
    points = []
    for name, node in computation.resolved.points.items():
        fix = computation.fixes.get(name)
        if isinstance(fix, Fix):
            others = computation.others.get(name, ())
            points.append(
                CompiledPoint(name, fix.units, fix.source, fix.tolerance_m, fix.components, others, node, node.span)
            )
    return tuple(points)


def _section(computation: Computation, section: Section) -> CompiledSection:
    parts: list[CompiledLeg | Gap] = []
    for leg in computation.legs_of(section.name.text):
        kept = computation.compiled.get((leg.section.name.text, leg.name))
        if kept is not None:
            parts.append(kept)
            continue
        try:
            drawn = computation.drawing(leg)
            compiled = _leg(computation, leg, drawn, parts[-1] if parts else None)
            ends = computation.plain.get((leg.section.name.text, leg.name))
            if ends is not None:
                computation.memory.keep_leg(leg, *ends, compiled)
            parts.append(compiled)
        except TroubleError as ended:
            parts.append(_gap(computation, leg, ended.finding))
    right = section.sides.first.text if section.sides is not None else None
    left = section.sides.second.text if section.sides is not None else None
    status = section.status.status if section.status is not None else None
    return CompiledSection(section.name.text, section.title, section.ring, right, left, status, tuple(parts), section)


def _gap(computation: Computation, leg: ResolvedLeg, why: Diagnostic) -> Gap:
    node = leg.node
    end = node.ending.point.text if not isinstance(node, LegChain) and isinstance(node.ending, ToPoint) else None
    start = leg.start.text if leg.start is not None else None
    return Gap(leg.name, leg.section.name.text, computation.print_leg(node), why, start, end, node.clauses, node.span)


def _leg(computation: Computation, leg: ResolvedLeg, drawn: Drawn, before: CompiledLeg | Gap | None) -> CompiledLeg:
    node = leg.node
    line = drawn.line
    run = courses(line) if not isinstance(node, LegChain) else courses_of_pieces(line)
    if isinstance(node, LegChain):
        vertices, names, sources, components = _of_chain(computation, node)
    else:
        vertices, names, sources, components = _of_leg(computation, leg, drawn, run.corners, before)
    tolerances_m = np.full(len(vertices), drawn.end_tolerance_m)
    return CompiledLeg(
        name=leg.name,
        section=leg.section.name.text,
        kind=line.kind,
        said=computation.print_leg(node),
        frame=computation.frames.of_legs(node.frame),
        line=line,
        vertices=vertices,
        vertex_names=names,
        vertex_sources=sources,
        tolerances_m=tolerances_m,
        lengths_m=run.lengths_m,
        azimuths_start_deg=run.azimuths_start_deg,
        azimuths_end_deg=run.azimuths_end_deg,
        across_sigma_m=_across(components, run),
        components=_distinct(components),
        reading=drawn.reading,
        clauses=node.clauses,
        span=node.span,
    )


_Vertices = tuple[Units, tuple[str, ...], tuple[VertexSource, ...], list[tuple[Component, ...]]]


def _of_chain(computation: Computation, node: LegChain) -> _Vertices:
    """The vertices of a chain are the points that it runs through."""
    if node.table is not None:
        units = computation.table_points.units(node.table.text)
        names = computation.table_points.names(node.table.text)
        components = computation.table_points.all_components(node.table.text)
        return units, names, (VertexSource.TABLE,) * len(names), components
    points = computation.chain_points(node)
    fixes = [computation.fix(point) for point in points]
    placed = [fix for fix in fixes if isinstance(fix, Fix)]
    units = np.array([fix.units for fix in placed], dtype=np.int64)
    return (
        units,
        tuple(point.text for point in points),
        tuple(fix.source for fix in placed),
        [fix.components for fix in placed],
    )


def _of_leg(
    computation: Computation, leg: ResolvedLeg, drawn: Drawn, corners: Floats, before: CompiledLeg | Gap | None
) -> _Vertices:
    """The vertices of a leg: its two ends as the points they are, and the corners in between as they were drawn."""
    node = leg.node
    if leg.start is not None and not len(corners) and isinstance(node, Leg) and isinstance(node.ending, ToPoint):
        start, end = computation.fix(leg.start), computation.fix(node.ending.point)
        if isinstance(start, Fix) and isinstance(end, Fix):
            return (
                np.array((start.units, end.units), dtype=np.int64),
                (leg.start.text, node.ending.point.text),
                (start.source, end.source),
                [start.components, end.components],
            )
    frame = computation.frames.of_legs(node.frame)
    drawn_units = rounded(
        computation.frames.many_to_description(
            np.concatenate([drawn.line.ends[:1], corners, drawn.line.ends[1:]]), frame
        )
    )
    names = [""] * len(drawn_units)
    sources = [VertexSource.LEG] * len(drawn_units)
    components: list[tuple[Component, ...]] = [()] * len(drawn_units)
    end_point = node.ending.point if isinstance(node, Leg) and isinstance(node.ending, ToPoint) else None
    ends: tuple[tuple[int, Name | None], ...] = ((0, leg.start), (-1, end_point))
    for place, name in ends:
        fix = computation.fix(name) if name is not None else None
        if name is not None and isinstance(fix, Fix):
            drawn_units[place] = fix.units
            names[place], sources[place], components[place] = name.text, fix.source, fix.components
    if leg.start is None and isinstance(before, CompiledLeg):
        drawn_units[0] = before.vertices[-1]
    return drawn_units, tuple(names), tuple(sources), components


def _across(components: list[tuple[Component, ...]], run: Courses) -> Floats:
    """The standard deviation across the line at each vertex in metres."""
    if not any(components):
        return np.zeros(len(components))
    azimuths_deg = np.append(run.azimuths_start_deg, run.azimuths_end_deg[-1:])
    sigmas_m = [
        Uncertainty(each).across_sigma_m(np.array([azimuth]))[0] if each else 0.0
        for each, azimuth in zip(components, azimuths_deg, strict=True)
    ]
    return np.array(sigmas_m, dtype=np.float64)


def _distinct(components: list[tuple[Component, ...]]) -> tuple[Component, ...]:
    """Every component once, in the order of the vertices."""
    if not any(components):
        return ()
    return tuple(dict.fromkeys(component for each in components for component in each))


def _areas(sections: tuple[CompiledSection, ...]) -> list[tuple[str, float]]:
    """The area of every ring that closes, in square metres, by section."""
    areas = []
    for section in sections:
        if section.ring and len(section.legs) == len(section.parts) and _closes(section):
            try:
                areas.append((section.name, abs(ring_area([leg.line for leg in section.legs]).area_m2)))
            except GeometryError:
                continue
    return areas


def _closes(section: CompiledSection) -> bool:
    return bool(section.legs) and bool((section.legs[0].vertices[0] == section.legs[-1].vertices[-1]).all())
