"""The document for lawyers (DOCX): the words of each clause beside what they were compiled to, and what they leave open.

A draft to be read, corrected and argued over in a word processor. It says on every page whose reading it is and that
it is not agreed. The coordinates in it are a printed copy; the canonical line is named by its fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledSection, Gap
from merestone.description.tree import Instrument, Note, Parties
from merestone.diagnostics import Diagnostic, Severity
from merestone.publish.angles import Axis, azimuth_dms, dms
from merestone.publish.catalogue import GapRow, Row, section_rows
from merestone.publish.docx_map import map_paragraph
from merestone.publish.docx_parts import TABLE_STYLE, add_field, add_run, add_table, add_text, saved
from merestone.publish.export import (
    NOT_AGREED,
    NOT_STATED,
    WITHOUT_PREJUDICE,
    Export,
    frame_text,
    reading_text,
    sides_text,
)
from merestone.publish.findings import (
    SEVERITY_WORDS,
    Alike,
    by_code,
    greatest_m,
    in_brief,
    measure_text,
    measures_by_pair,
    place_text,
)
from merestone.publish.line_json import digest
from merestone.publish.properties import greatest_sigma_m, words_of
from merestone.publish.report.drawn import draw
from merestone.publish.report.model import Matter
from merestone.publish.report.ties import ties
from merestone.publish.text import counted, plain

if TYPE_CHECKING:
    from docx.document import Document

T = TypeVar("T")

MOST_VERTICES = 1_000
"""A table of more vertices or points shows its first and last ones; the catalogue has the rest."""

SHOWN_OF_MANY = 50


def write_document(export: Export) -> bytes:
    """The document as bytes."""
    from docx import Document

    document = Document()
    _set_styles(document)
    _set_page(document, export)
    _opening(document, export)
    _map(document, export)
    _instruments(document, export.line)
    _open_words(document, export.findings)
    for section in export.line.sections:
        _section(document, export, section)
    _points(document, export.line)
    _other_findings(document, export.line, export.findings)
    _closing(document, export)
    return saved(document, export.dated)


def _set_styles(document: Document) -> None:
    """Type for a legal text: a serif face in black, quotations set in, small type in tables."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    styles = document.styles
    for style in [
        style for style in styles if style.type == WD_STYLE_TYPE.TABLE and style.name not in KEPT_TABLE_STYLES
    ]:
        style.delete()
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    normal.paragraph_format.space_before = Pt(3)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 12)):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), True
        style.font.color.rgb = RGBColor(0, 0, 0)
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            faces.attrib.pop(qn(theme), None)
    styles["Heading 2"].paragraph_format.keep_with_next = True
    words = styles.add_style("Words of the instrument", WD_STYLE_TYPE.PARAGRAPH)
    words.base_style = normal
    words.font.italic = True
    words.paragraph_format.left_indent = words.paragraph_format.right_indent = Cm(1.0)
    words.paragraph_format.keep_with_next = True
    held = styles.add_style("Held together", WD_STYLE_TYPE.PARAGRAPH)
    held.base_style = normal
    held.paragraph_format.keep_with_next = True
    table = styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    table.base_style = normal
    table.font.size = Pt(8)
    table.paragraph_format.space_before = table.paragraph_format.space_after = Pt(0)


KEPT_TABLE_STYLES = frozenset({"Normal Table", "Table Grid"})


def _set_page(document: Document, export: Export) -> None:
    """A4, with the title and the standing above and the page number below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2.8), Cm(2.2)
    head = page.header.paragraphs[0]
    head.style = TABLE_STYLE
    add_run(head, export.line.title)
    standing_line = page.header.add_paragraph(style=TABLE_STYLE)
    add_run(standing_line, f"Reading by {export.line.reading_by}. Not agreed; {WITHOUT_PREJUDICE}.", italic=True)
    foot = page.footer.paragraphs[0]
    foot.style = TABLE_STYLE
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(foot, "Page ")
    add_field(foot, "PAGE", "1")
    add_run(foot, " of ")
    add_field(foot, "NUMPAGES", "1")
    properties = document.core_properties
    properties.title, properties.author = plain(export.line.title)[:255], plain(export.line.reading_by)[:255]
    properties.subject = f"Boundary line: {NOT_AGREED}, {WITHOUT_PREJUDICE}"
    properties.comments, properties.keywords, properties.last_modified_by = "", "", ""


def _opening(document: Document, export: Export) -> None:
    """Title, standing, and the line in a few figures."""
    line = export.line
    add_text(document, line.title, "Title")
    paragraph = add_text(document, "")
    add_run(paragraph, f"Reading by {line.reading_by}. Not agreed.", bold=True)
    add_run(paragraph, f" This document sets out one reading, {WITHOUT_PREJUDICE}.")
    figures = [
        ("Parties, in alphabetical order", "; ".join(_parties(line)) or "none named"),
        ("Frame of the coordinates", frame_text(line.frame)),
        ("Length computed", f"{line.length_m / 1000.0:.3f} km in {counted(len(line.legs), 'leg')}"),
        ("Parts not computed", f"{len(line.gaps)} (not in the length)" if line.gaps else "none"),
        ("Open words", str(sum(finding.severity is Severity.OPEN for finding in export.findings))),
    ]
    if line.frame_reading is not None:
        figures.insert(2, ("Reading of the frame", reading_text(line.frame_reading)))
    for name, area in line.areas_m2:
        figures.append((f"Area of {name}", f"{area / 1e6:.3f} km²"))
    _pairs(document, figures)


def _map(document: Document, export: Export) -> None:
    """The map of the line, where it has a frame and a place to draw."""
    from docx.oxml import parse_xml

    matter = Matter(export.line, export.findings, export.source, export.file, export.readings)
    drawn = draw(matter, ties(export.line))
    if drawn is None:
        return
    said = f"Map of {export.line.title}: {NOT_AGREED}, {WITHOUT_PREJUDICE}"
    add_text(document, "", "Held together")._p.addnext(parse_xml(map_paragraph(drawn, said)))  # noqa: SLF001
    caption = f"{drawn.sheet.projection.caption}. The coordinates count, not the drawing. No other boundary is drawn."
    add_text(document, caption, TABLE_STYLE)


def _pairs(document: Document, pairs: list[tuple[str, str]]) -> None:
    """Names and texts as a table of two columns."""
    add_table(document, (), pairs, (5.0, 11.6))


def _parties(line: BoundaryLine) -> list[str]:
    """The parties' names with their identities, sorted: the order in the description means nothing."""
    said = [statement for statement in line.description.statements if isinstance(statement, Parties)]
    return sorted(f"{party.title} ({party.name.text})" for parties in said for party in parties.parties)


def _instruments(document: Document, line: BoundaryLine) -> None:
    """What the boundary rests on."""
    instruments = [statement for statement in line.description.statements if isinstance(statement, Instrument)]
    if not instruments:
        return
    document.add_heading("Instruments", 1)
    widths = (2.4, 7.2, 2.2, 2.4, 2.4)
    headings = ("Name", "Title", "Dated", "Languages", "Prevails")
    rows = [
        (
            i.name.text,
            i.title,
            i.dated or "not stated",
            ", ".join(i.languages) or "not stated",
            i.prevails or "not stated",
        )
        for i in instruments
    ]
    add_table(document, headings, rows, widths)
    for instrument in instruments:
        for what, said in (("registered", instrument.registered), ("published", instrument.published)):
            if said:
                add_text(document, f"{instrument.name.text}, {what}: {said}")
        if instrument.note:
            add_text(document, f"{instrument.name.text}: {instrument.note}")


def _open_words(document: Document, findings: tuple[Diagnostic, ...]) -> None:
    """What the words leave open, how much it matters, and what would settle it: the part to be negotiated."""
    opened = by_code(finding for finding in findings if finding.severity is Severity.OPEN)
    document.add_heading("What the words leave open", 1)
    if not opened:
        add_text(document, "The check did not find words that leave the line open.")
    for alike in opened:
        worst = alike.worst
        count = len(alike.findings)
        where = capital(worst.subject or "the description") if count == 1 else f"{count} findings of one kind"
        place = "; ".join(part for part in (place_text(worst) if count == 1 else "", worst.code) if part)
        add_text(document, f"{where} ({place})", "Heading 2")
        add_text(document, f"{capital(worst.sentence)}.", "Held together")
        compared = measures_by_pair(worst.measures)
        if compared:
            rows = ((pair or "the whole", ", ".join(said)) for pair, said in compared)
            add_table(document, ("Readings compared", "How far apart they are"), rows, (8.3, 8.3))
        _others_of_the_kind(document, alike)
        settles = worst.settles or worst.hint
        paragraph = add_text(document, "")
        add_run(paragraph, "What would settle it: " if settles else "It is not known what would settle it.", bold=True)
        add_run(paragraph, f"{settles}." if settles else "")


def _others_of_the_kind(document: Document, alike: Alike) -> None:
    """A table of the findings that are like the worst: where they are, and how much they matter."""
    others = sorted((each for each in alike.findings if each is not alike.worst), key=greatest_m, reverse=True)
    if others:
        add_text(
            document,
            "The same is open here:" if others[0].severity is Severity.OPEN else "The same holds here:",
            "Held together",
        )
        rows = ((each.subject or place_text(each), capital(in_brief(each))) for each in others)
        add_table(document, ("Where", "How much, or what"), rows, (5.0, 11.6))


def _section(document: Document, export: Export, section: CompiledSection) -> None:
    """A section: its sides and status, each part with its words, then its vertices."""
    what = "Ring" if section.ring else "Section"
    add_text(document, f"{what} {section.name}" + (f": {section.title}" if section.title else ""), "Heading 1")
    sides = sides_text(section.right, section.left, ring=section.ring)
    status = section.status.value if section.status else "not stated"
    direction = "" if section.ring or sides == NOT_STATED else " (seen in the direction of the line)"
    add_text(document, f"Sides: {sides}{direction}. Status in the instrument: {status}.")
    for part in section.parts:
        match part:
            case CompiledLeg():
                _leg(document, part)
            case Gap():
                _gap(document, part)
        _findings_at(document, export.findings, section, part)
    _vertices(document, section)


def _words(document: Document, part: CompiledLeg | Gap) -> None:
    """The instrument's words for a part, with article and language."""
    words = words_of(part)
    if not words:
        add_text(document, "The description does not quote words of the instrument for this part.", "Held together")
    for clause in words:
        paragraph = add_text(document, f"“{clause.text}”", "Words of the instrument")
        origin = "; ".join(
            said for said in (clause.article, clause.language and f"language: {clause.language}") if said
        )
        if origin:
            add_run(paragraph, f" ({origin})", italic=False)
    for note in (clause for clause in part.clauses if isinstance(clause, Note)):
        add_text(document, f"Note in the description: {note.text}", "Held together")


def _leg(document: Document, leg: CompiledLeg) -> None:
    """A leg: its words, and what they were compiled to."""
    first, last = leg.vertex_names[0] or "an unnamed vertex", leg.vertex_names[-1] or "an unnamed vertex"
    add_text(document, f"Leg {leg.name}: from {first} to {last}", "Heading 2")
    _words(document, leg)
    paragraph = add_text(document, "")
    add_run(paragraph, "Compiled to: ", bold=True)
    add_run(paragraph, f"{leg.kind}, {leg.length_m / 1000.0:.3f} km, {_courses(leg)} ")
    if leg.reading is not None:
        add_run(paragraph, "Reading taken: ", bold=True)
        kept = f"; other readings kept: {', '.join(leg.reading.also)}" if leg.reading.also else ""
        add_run(paragraph, f"{reading_text(leg.reading)}{kept}. ")
    add_run(paragraph, "In the description: ", bold=True)
    add_run(paragraph, f"{leg.said}.{_sigma_words(leg)}")


def _sigma_words(leg: CompiledLeg) -> str:
    """The standard deviation across a leg in words; nothing where the numbers are exact by law."""
    match greatest_sigma_m(leg):
        case None:
            return " The standard deviation across the line is not known."
        case 0.0:
            return ""
        case sigma:
            return f" The standard deviation across the line is {sigma:.3f} m at most."


def _courses(leg: CompiledLeg) -> str:
    """The azimuths of a leg, and how many vertices it has between its ends."""
    start = azimuth_dms(float(leg.azimuths_start_deg[0]))
    end = azimuth_dms(float(leg.azimuths_end_deg[-1]))
    between = len(leg.vertices) - 2
    through = f", through {between} further {'vertex' if between == 1 else 'vertices'}" if between else ""
    return f"leaving at the azimuth {start} and arriving at {end}{through}."


def _gap(document: Document, gap: Gap) -> None:
    """A part that could not be computed, and why."""
    add_text(document, f"Leg {gap.name}: not computed", "Heading 2")
    _words(document, gap)
    paragraph = add_text(document, "")
    add_run(paragraph, "Not compiled: ", bold=True)
    ends = f" There is no line between {gap.start or 'an unknown point'} and {gap.end or 'an unknown point'}."
    add_run(paragraph, f"{gap.why.sentence} ({gap.why.code}).{ends}")


def _findings_at(
    document: Document, findings: tuple[Diagnostic, ...], section: CompiledSection, part: CompiledLeg | Gap
) -> None:
    """The errors and warnings that name this part as their subject; open words and notes have chapters of their own."""
    subject = f"leg {part.name} of {section.name}"
    for finding in findings:
        if finding.subject == subject and finding.severity in (Severity.ERROR, Severity.WARNING):
            if isinstance(part, Gap) and finding.code == part.why.code:
                continue  # said where the gap is
            add_text(document, f"Finding {finding.code} ({SEVERITY_WORDS[finding.severity]}): {_sentence(finding)}")


def _vertices(document: Document, section: CompiledSection) -> None:
    """The table of a section's vertices."""
    rows = list(section_rows(section))
    if not rows:
        return
    document.add_heading(_table_title("Vertices", len(rows)), 2)
    widths = (0.9, 1.5, 3.0, 3.1, 2.0, 2.4, 2.4, 1.3)
    headings = (
        "No.",
        "Name",
        "Latitude",
        "Longitude",
        "Length to next, m",
        "Azimuth at start",
        "Azimuth at end",
        "Sigma, m",
    )
    add_table(
        document, headings, map(_vertex_cells, _first_and_last(rows)), widths, right=frozenset({0, 2, 3, 4, 5, 6, 7})
    )


def _table_title(what: str, rows: int) -> str:
    """The title of a table, which says so where not all rows are shown."""
    return what if rows <= MOST_VERTICES else f"{what}: the first and last {SHOWN_OF_MANY} of {rows}"


def _first_and_last(rows: Sequence[T]) -> Sequence[T]:
    """All rows, or the first and last of very many."""
    return rows if len(rows) <= MOST_VERTICES else [*rows[:SHOWN_OF_MANY], *rows[-SHOWN_OF_MANY:]]


def _vertex_cells(row: Row | GapRow) -> tuple[str, ...]:
    """A vertex, or a gap, as the cells of a row."""
    if isinstance(row, GapRow):
        return ("", "", "not computed", f"leg {row.gap.name}: {row.gap.why.sentence}", "", "", "", "")
    piece = row.piece
    return (
        str(row.number),
        row.name,
        dms(row.latitude, Axis.LATITUDE),
        dms(row.longitude, Axis.LONGITUDE),
        f"{piece.length_m:.3f}" if piece else "",
        azimuth_dms(piece.azimuth_start_deg) if piece else "",
        azimuth_dms(piece.azimuth_end_deg) if piece else "",
        "" if row.sigma_m is None else f"{row.sigma_m:.3f}",
    )


def _points(document: Document, line: BoundaryLine) -> None:
    """The named points, with how far their other definitions lie off: points need not be vertices."""
    if not line.points:
        return
    document.add_heading(_table_title("Named points", len(line.points)), 1)
    widths = (2.6, 3.2, 3.3, 2.2, 5.3)
    headings = ("Name", "Latitude", "Longitude", "Rests on", "Distance to its other definitions")
    rows = (
        (
            point.name,
            dms(point.units[1], Axis.LATITUDE),
            dms(point.units[0], Axis.LONGITUDE),
            point.source.value,
            "; ".join(f"{by}: {distance:.3f} m" for by, distance in point.others),
        )
        for point in _first_and_last(line.points)
    )
    add_table(document, headings, rows, widths, right=frozenset({1, 2}))


def _other_findings(document: Document, line: BoundaryLine, findings: tuple[Diagnostic, ...]) -> None:
    """What was found and has not been said: errors and warnings about no part of the line, and notes by their kind."""
    parts = {f"leg {part.name} of {section.name}" for section in line.sections for part in section.parts}
    graver = [
        finding
        for finding in findings
        if finding.severity in (Severity.ERROR, Severity.WARNING) and finding.subject not in parts
    ]
    if graver:
        document.add_heading("Other findings", 1)
    for finding in graver:
        paragraph = add_text(document, "")
        add_run(paragraph, f"{finding.code} ({SEVERITY_WORDS[finding.severity]}) ", bold=True)
        where = "; ".join(part for part in (finding.subject, place_text(finding)) if part)
        add_run(paragraph, f"{_sentence(finding)}{f' ({where})' if where else ''}")
    notes = by_code(finding for finding in findings if finding.severity is Severity.NOTE)
    if notes:
        document.add_heading("Notes", 1)
    for alike in notes:
        worst = alike.worst
        paragraph = add_text(document, "", "Held together" if len(alike.findings) > 1 else None)
        add_run(paragraph, f"{worst.code} ", bold=True)
        add_run(
            paragraph,
            f"{capital(worst.subject)}: {worst.sentence}." if worst.subject else f"{capital(worst.sentence)}.",
        )
        _others_of_the_kind(document, alike)


def _sentence(finding: Diagnostic) -> str:
    """A finding in words: the sentence, what was measured, what was expected, what to do."""
    return " ".join(_sentences(finding))


def _sentences(finding: Diagnostic) -> Iterator[str]:
    """The sentences of a finding."""
    yield f"{capital(finding.sentence)}."
    if finding.measures:
        yield f"Measured: {'; '.join(map(measure_text, finding.measures))}."
    if finding.expected:
        yield f"Expected: {finding.expected}."
    if finding.hint:
        yield f"{capital(finding.hint)}."


def capital(sentence: str) -> str:
    """A sentence with its first letter made large, where it begins with a word."""
    return sentence[:1].upper() + sentence[1:]


def _closing(document: Document, export: Export) -> None:
    """How to read the numbers, and which line this is a copy of."""
    line = export.line
    document.add_heading("About the numbers", 1)
    add_text(
        document,
        "The canonical line holds coordinates as whole units of 0.000 000 001 degree (0.1 mm). They are printed with five "
        "decimals of the second, and with six if five do not give back the exact unit. Lengths are on the ellipsoid of the frame, along the kind of line named. "
        "Azimuths are directions of travel, clockwise from true north. Sigma is the standard deviation across the line "
        "that it inherits from its sources. It is 0 where the numbers are exact by law, and it does not include what the "
        "words leave open.",
    )
    made_with = f"Computed with Merestone {line.toolchain.merestone} and PROJ {line.toolchain.proj}."
    add_text(document, f"Fingerprint of the canonical line (SHA-256): {digest(line)}. {made_with}")
