"""The text summary: a boundary line on one page of a terminal, aligned for scripts of every width."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.boundary_line import CompiledLeg, CompiledSection, Gap
from merestone.diagnostics import Diagnostic
from merestone.publish.angles import Axis, azimuth_dms, dms
from merestone.publish.catalogue import Row, catalogue
from merestone.publish.export import Export, frame_text, sides_text, standing
from merestone.publish.findings import SEVERITY_WORDS, measure_text, place_text
from merestone.publish.line_json import digest
from merestone.publish.plain_table import PAGE_COLUMNS, indented, item, table
from merestone.publish.properties import greatest_sigma_m
from merestone.publish.text import counted, folded, plain, width

LEG_HEADINGS = ("leg", "kind", "reading", "from", "to", "vertices", "length m", "azimuth at start", "at end", "sigma m")
POINT_HEADINGS = ("point", "latitude", "longitude", "source")
RIGHT_ALIGNED = frozenset({"vertices", "length m", "azimuth at start", "at end", "sigma m", "latitude", "longitude"})


def write_summary(export: Export) -> bytes:
    """The summary as UTF-8 bytes."""
    return ("\n".join(line.rstrip() for line in _lines(export)) + "\n").encode()


def _lines(export: Export) -> Iterator[str]:
    """All lines of the page."""
    yield from _head(export)
    for section in export.line.sections:
        yield ""
        yield from _section(export, section)
    if export.line.points:
        yield ""
        yield "Points"
        yield from table(POINT_HEADINGS, _point_rows(export), RIGHT_ALIGNED)
    if export.findings:
        yield ""
        yield from _findings(export.findings)


def _head(export: Export) -> Iterator[str]:
    """Title, whose reading, frame, size, fingerprint."""
    line = export.line
    title = plain(line.title)
    vertices = sum(isinstance(row, Row) for row in catalogue(line))
    size = (
        f"{counted(len(line.legs), 'leg')}, {counted(vertices, 'vertex', 'vertices')}, {line.length_m / 1000.0:.3f} km"
    )
    if line.gaps:
        size += f"; {counted(len(line.gaps), 'part')} not computed and not in the length"
    yield title
    yield "=" * max(1, width(title))
    yield from folded(standing(line) + ".", PAGE_COLUMNS)
    yield ""
    reading = line.frame_reading
    taken = f", as read by {reading.by or 'an unnamed author'}" if reading else ""
    yield from item("Frame", frame_text(line.frame) + taken)
    yield from item("Line", size)
    yield from item("SHA-256", digest(line))


def _section(export: Export, section: CompiledSection) -> Iterator[str]:
    """A section: its sides and status, its legs as a table, its gaps."""
    what = "Ring" if section.ring else "Section"
    title = f" «{plain(section.title)}»" if section.title else ""
    status = f"; status in the instrument: {section.status.value}" if section.status else ""
    yield f"{what} {plain(section.name)}{title}"
    yield f"  sides: {plain(sides_text(section.right, section.left, ring=section.ring))}{status}"
    yield from table(LEG_HEADINGS, [_leg_row(part) for part in section.parts], RIGHT_ALIGNED)
    for gap in (part for part in section.parts if isinstance(part, Gap)):
        yield from indented(f"{gap.name}: {gap.why.sentence} [{gap.why.code}]", 2)
    length = f"  {section.length_m / 1000.0:.3f} km"
    area = dict(export.line.areas_m2).get(section.name)
    yield length if area is None else f"{length}, {area / 1e6:.3f} km²"


def _leg_row(part: CompiledLeg | Gap) -> tuple[str, ...]:
    """A leg, or a gap, as the cells of a row."""
    if isinstance(part, Gap):
        return (part.name, "gap", "", part.start or "-", part.end or "-", "", "not computed", "", "", "")
    sigma = greatest_sigma_m(part)
    return (
        part.name,
        part.kind,
        part.reading.name if part.reading else "",
        part.vertex_names[0] or "-",
        part.vertex_names[-1] or "-",
        str(len(part.vertices)),
        f"{part.length_m:.3f}",
        azimuth_dms(float(part.azimuths_start_deg[0])),
        azimuth_dms(float(part.azimuths_end_deg[-1])),
        "unknown" if sigma is None else "0 by law" if sigma == 0.0 else f"{sigma:.3f}",
    )


def _point_rows(export: Export) -> list[tuple[str, ...]]:
    """The named points as rows."""
    return [
        (p.name, dms(p.units[1], Axis.LATITUDE), dms(p.units[0], Axis.LONGITUDE), p.source.value)
        for p in export.line.points
    ]


def _findings(findings: tuple[Diagnostic, ...]) -> Iterator[str]:
    """What the checker found, each with its measures and what would settle it."""
    yield f"Findings ({len(findings)})"
    for finding in findings:
        where = " · ".join(part for part in (finding.subject, place_text(finding)) if part)
        yield from indented(f"{finding.code} {SEVERITY_WORDS[finding.severity]}: {finding.sentence}", 2)
        details = (
            where and f"at {where}",
            *map(measure_text, finding.measures),
            finding.expected and f"expected: {finding.expected}",
            finding.hint and f"hint: {finding.hint}",
            finding.settles and f"what would settle it: {finding.settles}",
        )
        for detail in details:
            if detail:
                yield from indented(detail, 6)
