"""The boundary line put together: sections of legs and gaps, with their defining vertices and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass

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
from merestone.delimit.inherited import inherited
from merestone.delimit.joining import Joint, first_point, last_of_table, last_point
from merestone.delimit.resting_on import fixes
from merestone.description import references
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import Leg, LegChain, Name, Section, ToPoint
from merestone.diagnostics import Diagnostic
from merestone.errors import GeometryError
from merestone.geodesy.area import ring_area
from merestone.geodesy.line import Floats, Line
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


@dataclass(frozen=True, slots=True)
class _Vertices:
    """The vertices of a leg: canonical units (n, 2), names ("" for those without), what each rests on, the uncertainty
    it inherits, and how exactly a recompilation meets it in metres (n,)."""

    units: Units
    names: tuple[str, ...]
    sources: tuple[VertexSource, ...]
    components: list[tuple[Component, ...]]
    tolerances_m: Floats


def _section(computation: Computation, section: Section) -> CompiledSection:
    parts: list[CompiledLeg | Gap] = []
    before: _Vertices | None = None
    for leg in computation.legs_of(section.name.text):
        place = (leg.section.name.text, leg.name)
        kept = computation.compiled.get(place)
        if kept is not None:
            parts.append(kept)
            continue
        try:
            drawn = computation.drawing(leg)
            parts += _gap_before(computation, leg)
            before = _vertices(computation, leg, drawn, before)
            compiled = _leg(computation, leg, drawn, before)
            ends = computation.plain.get(place)
            if ends is not None:
                computation.memory.keep_leg(leg, *ends, compiled)
            parts.append(compiled)
        except TroubleError as ended:
            before = None
            computation.report(ended.finding)
            parts.append(_gap(computation, leg, ended.finding))
    right = section.sides.first.text if section.sides is not None else None
    left = section.sides.second.text if section.sides is not None else None
    status = section.status.status if section.status is not None else None
    return CompiledSection(section.name.text, section.title, section.ring, right, left, status, tuple(parts), section)


def _gap(computation: Computation, leg: ResolvedLeg, why: Diagnostic) -> Gap:
    node = leg.node
    start, end = leg.start or last_of_table(leg, computation), last_point(leg, computation)
    return Gap(
        leg.name, leg.section.name.text, computation.print_leg(node), why, _text(start) or None, _text(end) or None,
        node.clauses, node.span,
    )  # fmt: skip


def _gap_before(computation: Computation, leg: ResolvedLeg) -> list[Gap]:
    """The gap between where the line stands, where that is not known, and the first point of a chain."""
    chain = leg.node
    why = computation.joint(leg, chain) if isinstance(chain, LegChain) else None
    if not isinstance(chain, LegChain) or not isinstance(why, Diagnostic):
        return []
    first = first_point(chain, computation) or Name("")
    said = computation.print_leg(Leg(chain.name, chain.kind, ToPoint(first), chain.frame))
    name, start = f"{leg.name} (to {first.text})", _text(leg.start) or None
    return [Gap(name, leg.section.name.text, said, why, start, first.text or None, (), chain.span)]


def _leg(computation: Computation, leg: ResolvedLeg, drawn: Drawn, vertices: _Vertices) -> CompiledLeg:
    node = leg.node
    line = drawn.line
    run = _courses(node, line)
    return CompiledLeg(
        name=leg.name,
        section=leg.section.name.text,
        kind=drawn.kind or line.kind,
        said=computation.print_leg(node),
        frame=computation.frames.of_legs(node.frame),
        line=line,
        vertices=vertices.units,
        vertex_names=vertices.names,
        vertex_sources=vertices.sources,
        tolerances_m=vertices.tolerances_m,
        lengths_m=run.lengths_m,
        azimuths_start_deg=run.azimuths_start_deg,
        azimuths_end_deg=run.azimuths_end_deg,
        across_sigma_m=_across(vertices.components, run),
        components=_distinct(vertices.components),
        reading=drawn.reading,
        clauses=node.clauses,
        span=node.span,
    )


def _courses(node: Leg | LegChain, line: Line) -> Courses:
    return courses_of_pieces(line) if isinstance(node, LegChain) else courses(line)


def _vertices(computation: Computation, leg: ResolvedLeg, drawn: Drawn, before: _Vertices | None) -> _Vertices:
    """The vertices of a leg: its two ends as the points they are, and the corners in between as they were drawn."""
    node = leg.node
    if isinstance(node, LegChain):
        return _of_chain(computation, leg, node, drawn, before)
    start_point = leg.start or last_of_table(leg, computation)
    corners = _courses(node, drawn.line).corners
    end_point = node.ending.point if isinstance(node.ending, ToPoint) else None
    start, end = _fix(computation, start_point), _fix(computation, end_point)
    if start is not None and end is not None and not len(corners):
        return _joined([start, end], (_text(start_point), _text(end_point)))
    frame = computation.frames.of_legs(node.frame)
    ends = drawn.line.ends
    places = computation.frames.many_to_description(np.concatenate([ends[:1], corners, ends[1:]]), frame)
    given = _start(start, before, tuple(int(each) for each in rounded(places[:1])[0]))
    loose = [
        Fix((int(lon), int(lat)), VertexSource.LEG, drawn.end_tolerance_m, _inherited(computation, leg, node, given))
        for lon, lat in rounded(places[1:])
    ]
    fixes = [given, *loose[:-1], end or loose[-1]]
    names = [_text(start_point), *([""] * len(corners)), _text(end_point)]
    return _joined(fixes, tuple(names))


def _fix(computation: Computation, name: Name | None) -> Fix | None:
    """The fix of a point that is named and has a place."""
    fix = computation.fix(name) if name is not None else None
    return fix if isinstance(fix, Fix) else None


def _text(name: Name | None) -> str:
    return name.text if name is not None else ""


def _start(start: Fix | None, before: _Vertices | None, drawn: tuple[int, ...]) -> Fix:
    """Where a leg starts: at its point, else where the leg before it ended, with what that inherited."""
    if start is not None:
        return start
    if before is None:
        return Fix((drawn[0], drawn[1]), VertexSource.LEG)
    lon, lat = before.units[-1]
    return Fix((int(lon), int(lat)), VertexSource.LEG, float(before.tolerances_m[-1]), before.components[-1])


def _inherited(computation: Computation, leg: ResolvedLeg, node: Leg, start: Fix) -> tuple[Component, ...]:
    """What a vertex without a point of its own inherits: from the start of its leg, and from what ends the leg."""
    named = [*references.of_kind(node.kind), *references.of_ending(node.ending)]
    return inherited([start, *fixes(named, computation, leg)])


def _joined(fixes: list[Fix], names: tuple[str, ...]) -> _Vertices:
    return _Vertices(
        np.array([fix.units for fix in fixes], dtype=np.int64),
        names,
        tuple(fix.source for fix in fixes),
        [fix.components for fix in fixes],
        np.array([fix.tolerance_m for fix in fixes]),
    )


def _of_chain(
    computation: Computation, leg: ResolvedLeg, node: LegChain, drawn: Drawn, before: _Vertices | None
) -> _Vertices:
    """The vertices of a chain: where it is joined to what stands before it, and the points that it runs through."""
    through = _through_points(computation, node, drawn)
    joint = computation.joint(leg, node)
    if not isinstance(joint, Joint):
        return through
    start = joint.fix if joint.name is not None else _start(None, before, joint.fix.units)
    joined = _joined([start], (_text(joint.name),))
    return _Vertices(
        np.concatenate([joined.units, through.units]), joined.names + through.names, joined.sources + through.sources,
        [*joined.components, *through.components], np.concatenate([joined.tolerances_m, through.tolerances_m]),
    )  # fmt: skip


def _through_points(computation: Computation, node: LegChain, drawn: Drawn) -> _Vertices:
    """The points that a chain names, or those of its table."""
    if node.table is not None:
        units = computation.table_points.units(node.table.text)
        names = computation.table_points.names(node.table.text)
        components = computation.table_points.all_components(node.table.text)
        tolerances_m = np.full(len(names), drawn.end_tolerance_m)
        return _Vertices(units, names, (VertexSource.TABLE,) * len(names), components, tolerances_m)
    points = computation.chain_points(node)
    fixes = [fix for point in points if (fix := _fix(computation, point)) is not None]
    return _joined(fixes, tuple(point.text for point in points))


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
