"""The rows that show a line to a signer: frame, sections, every leg with every vertex that is signed, gaps, totals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from merestone.publish.angles import Axis, azimuth_dms, dms
from merestone.publish.diff_text import Piece, Row, Tone
from merestone.publish.export import NOT_STATED, sides_text
from merestone.publish.register.exact_rows import grouped, isolated, item, sentence
from merestone.publish.register.line_view import LegView, LineView, SectionOfLine
from merestone.publish.register.text_changes import in_place
from merestone.publish.stored_line import StoredFrame, StoredGap, StoredLeg, StoredLine, StoredWords
from merestone.publish.text import counted, padded

_NAME_COLUMNS = 16


def line_rows(view: LineView, columns: int) -> Iterator[Row]:
    """The rows of a line."""
    line = view.line
    yield from item("file", f"{view.blob.length:,} bytes of {view.blob.media_type}", columns, "  ")
    yield from item("SHA-256", grouped(view.blob.sha256), columns, "  ")
    yield from item("SHA3-256", grouped(view.blob.sha3_256), columns, "  ")
    if line is None:
        yield from sentence(view.refusals[0], columns, "  ", Tone.REMOVED)
        return
    yield from item(
        "compared", f"{grouped(view.compared_sha256)} (SHA-256 of the part that compiling gives)", columns, "  "
    )
    yield from item("title", f"«{line.title}», a reading by {line.reading_by}", columns, "  ")
    yield from item("frame", frame_words(line.frame), columns, "  ")
    yield from item("parties", ", ".join(f"{name} «{title}»" for name, title in line.parties), columns, "  ")
    standing = f"«{line.standing}» as the line says; only signed acts say what is agreed"
    yield from item("standing", standing, columns, "  ")
    yield from item("total", _total(view), columns, "  ")
    for section in view.sections:
        yield ()
        yield from _section(section, columns)
    yield from _points(line, columns)


def _points(line: StoredLine, columns: int) -> Iterator[Row]:
    """The named points that no leg shows: they are signed as well."""
    legs = [part for section in line.sections for part in section.parts if isinstance(part, StoredLeg)]
    shown = {
        (name, lon, lat)
        for leg in legs
        for name, (lon, lat) in zip(leg.vertex_names, leg.vertices.tolist(), strict=True)
    }
    others = [point for point in line.points if (point.name, point.longitude, point.latitude) not in shown]
    if not others:
        return
    yield ()
    yield from sentence("points that are not on a leg", columns, "  ", Tone.HEAD)
    for point in others:
        yield _place("", point.name, point.longitude, point.latitude, point.tolerance_um)


def frame_words(frame: StoredFrame | None) -> str:
    """A frame in words, with the constants of its ellipsoid as they are signed."""
    if frame is None:
        return "none: without a frame, the coordinates do not give positions"
    code = f" ({frame.code})" if frame.code else ""
    epoch = f"epoch {frame.epoch}" if frame.epoch else "no epoch stated"
    plate = f", fixed to plate {frame.plate}" if frame.plate else ""
    vertical = f", heights in {frame.vertical}" if frame.vertical else ""
    ellipsoid = f"{frame.ellipsoid}: {frame.semi_major_axis_m} m, 1/{frame.inverse_flattening}"
    return f"{frame.name}{code}, {epoch}{plate}{vertical}, on the ellipsoid {ellipsoid}"


def _total(view: LineView) -> str:
    legs = [leg for section in view.sections for leg in section.legs]
    gaps = sum(isinstance(part, StoredGap) for section in view.sections for part in section.parts)
    vertices = sum(_vertices_of(section) for section in view.sections)
    said = f"{counted(len(legs), 'leg')} with {counted(vertices, 'vertex', 'vertices')}, {_kilometres(view.length_m)}"
    return f"{said}; {counted(gaps, 'leg')} not in the line" if gaps else said


def _vertices_of(section: SectionOfLine) -> int:
    """How many vertices a section has; one where two legs meet is one."""
    ends = [
        (part.leg.vertices[0], part.leg.vertices[-1]) if isinstance(part, LegView) else None for part in section.parts
    ]
    met = sum(
        before is not None and after is not None and bool((before[1] == after[0]).all())
        for before, after in pairwise(ends)
    )
    return sum(len(leg.leg.vertices) for leg in section.legs) - met


def _kilometres(length_m: float) -> str:
    return f"{length_m / 1000.0:,.6f} km"


def _section(section: SectionOfLine, columns: int) -> Iterator[Row]:
    title = f" «{section.title}»" if section.title else ""
    what = "ring" if section.ring else "section"
    status = f"; {section.status}, as the instrument says" if section.status else ""
    sides = sides_text(*section.sides, ring=section.ring)
    sides = "the line does not say which party is on which side" if sides == NOT_STATED else sides
    yield from sentence(f"{what} {section.name}{title}: {sides}{status}", columns, "  ", Tone.HEAD)
    for part in section.parts:
        yield from _gap(part, columns) if isinstance(part, StoredGap) else _leg(part, columns)
    length = f"length of {what} {section.name}: {_kilometres(sum(leg.length_m or 0.0 for leg in section.legs))}"
    area = "" if section.area_m2 is None else f"; area {float(section.area_m2) / 1e6:,.6f} km², as the line states it"
    yield from sentence(length + area, columns, "    ")


def _gap(gap: StoredGap, columns: int) -> Iterator[Row]:
    ends = f"from {gap.start or 'an open start'} to {gap.end or 'an open end'}"
    yield from sentence(
        f"leg {gap.name} is not in the line, {ends}: {gap.why} [{gap.code}]", columns, "    ", Tone.HEAD
    )
    yield from item("said", gap.said, columns, "      ", 6)
    yield from _clauses(gap.words, gap.notes, columns)


def _leg(view: LegView, columns: int) -> Iterator[Row]:
    leg = view.leg
    start_deg, end_deg = view.azimuths_deg
    far = "length not known" if view.length_m is None else f"{view.length_m:,.3f} m"
    stated = "" if view.measured is not None else " (as the line states it, not measured here)"
    turns = f"azimuth {azimuth_dms(start_deg)} at its start, {azimuth_dms(end_deg)} at its end"
    yield from sentence(f"leg {leg.name}: {leg.kind}, {far}, {turns}{stated}", columns, "    ", Tone.HEAD)
    yield from _vertices(view)
    yield from item("said", leg.said, columns, "      ", 6)
    if leg.reading is not None:
        also = f"; other readings: {', '.join(leg.reading.also)}" if leg.reading.also else ""
        yield from item(
            "read", f"as {leg.reading.name} by {leg.reading.by or 'an unnamed author'}{also}", columns, "      ", 6
        )
    yield from _clauses(leg.words, leg.notes, columns)


def _vertices(view: LegView) -> Iterator[Row]:
    leg = view.leg
    last = len(leg.vertices) - 1
    columns = zip(leg.vertices.tolist(), leg.vertex_names, leg.tolerances_um, strict=True)
    for number, ((lon, lat), name, tolerance_um) in enumerate(columns):
        label = "from" if number == 0 else "to" if number == last else "via"
        yield _place(label, name, lon, lat, tolerance_um)


def _place(label: str, name: str, lon: int, lat: int, tolerance_um: int | None) -> Row:
    """A point or vertex with its coordinates; how well it is met where that is not to the unit."""
    place = f"{dms(lat, Axis.LATITUDE):>20}  {dms(lon, Axis.LONGITUDE):>21}"
    named = padded(isolated(in_place(name)) or "-", _NAME_COLUMNS)
    met = "" if tolerance_um is None or tolerance_um <= _ONE_UNIT_UM else f"  within {tolerance_um / 1000.0:,.3f} mm"
    return (Piece("      "), Piece(f"{label:<6}", Tone.SOFT), Piece(f"{named}{place}{met}"))


_ONE_UNIT_UM = 120
"""The tolerance of a vertex that is met to one unit of 1e-9 degree."""


def _clauses(words: tuple[StoredWords, ...], notes: tuple[str, ...], columns: int) -> Iterator[Row]:
    for each in words:
        article = f" ({each.article})" if each.article else ""
        yield from item("words", f"{each.language or ''} «{each.text}»{article}".lstrip(), columns, "      ", 6)
    for note in notes:
        yield from item("note", note, columns, "      ", 6)
