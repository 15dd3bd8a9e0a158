"""The coordinate catalogue as a workbook (XLSX): catalogue, legs, points, findings, and what the file is.

Every text of a person is written as a text, never as a formula or a link. The file is made in memory and is the same
bytes for the same line.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from merestone.delimit.canonical import wrapped
from merestone.errors import MerestoneError
from merestone.publish.angles import Axis, azimuth_dms, dms
from merestone.publish.catalogue import GapRow, Row, catalogue
from merestone.publish.export import NOT_AGREED, Export, frame_text, reading_text, sides_text, standing
from merestone.publish.findings import SEVERITY_WORDS, measure_text, place_text
from merestone.publish.line_json import digest
from merestone.publish.properties import greatest_sigma_m, words_of
from merestone.publish.text import plain

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | float | int | None

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767


class TooManyRowsError(MerestoneError):
    """A line has more vertices than a sheet has rows; the CSV catalogue has no such limit."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} rows are more than the {MOST_ROWS} of a sheet; write the catalogue as .csv instead")
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, width in characters, and the form of its numbers ("" for texts)."""

    heading: str
    width: int
    form: str = ""


METRES = "0.000"
FINE_METRES = "0.000000"
DEGREES = "0.000000000"
AZIMUTH = "0.0000000"

CATALOGUE = (
    Column("Section", 14),
    Column("No.", 6, "0"),
    Column("Name", 14),
    Column("Latitude", 22),
    Column("Longitude", 22),
    Column("Latitude, °", 16, DEGREES),
    Column("Longitude, °", 16, DEGREES),
    Column("Source", 12),
    Column("Tolerance, m", 12, FINE_METRES),
    Column("Sigma across, m", 14, METRES),
    Column("Leg to next", 12),
    Column("Kind", 14),
    Column("Reading", 16),
    Column("Length, m", 14, METRES),
    Column("Azimuth at start", 16),
    Column("Azimuth at end", 16),
    Column("At start, °", 13, AZIMUTH),
    Column("At end, °", 13, AZIMUTH),
    Column("Remark", 40),
)
LEGS = (
    Column("Section", 14),
    Column("Leg", 10),
    Column("Kind", 14),
    Column("Reading taken, by whom", 30),
    Column("Other readings kept", 20),
    Column("From", 14),
    Column("To", 14),
    Column("Vertices", 9, "0"),
    Column("Length, m", 14, METRES),
    Column("Azimuth at start", 16),
    Column("Azimuth at end", 16),
    Column("Greatest sigma across, m", 14, METRES),
    Column("Sides", 34),
    Column("Status in the instrument", 16),
    Column("Words of the instrument", 80),
    Column("Article", 14),
    Column("In the language", 40),
)
POINTS = (
    Column("Name", 14),
    Column("Latitude", 22),
    Column("Longitude", 22),
    Column("Latitude, °", 16, DEGREES),
    Column("Longitude, °", 16, DEGREES),
    Column("Source", 12),
    Column("Tolerance, m", 12, FINE_METRES),
    Column("Distances to its other definitions, m", 50),
)
FINDINGS = (
    Column("Code", 8),
    Column("Severity", 10),
    Column("Where", 20),
    Column("Place in the text", 20),
    Column("Finding", 70),
    Column("Measured", 60),
    Column("What would settle it", 60),
    Column("Hint", 50),
)


def write_workbook(export: Export) -> bytes:
    """The workbook as bytes. Raises `TooManyRowsError` for a line that no sheet can hold."""
    import xlsxwriter

    rows = list(_catalogue_rows(export))
    longest = max(len(rows), len(export.line.points)) + HEADING_ROWS
    if longest > MOST_ROWS:
        raise TooManyRowsError(longest)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {
            "title": plain(export.line.title),
            "subject": plain(standing(export.line)),
            "author": plain(export.line.reading_by),
            "comments": f"SHA-256 of the canonical line: {digest(export.line)}",
            "created": export.dated.replace(tzinfo=None),
        }
    )
    sheets = _Sheets(book, standing(export.line))
    sheets.add("Catalogue", CATALOGUE, rows)
    sheets.add("Legs", LEGS, _leg_rows(export))
    sheets.add("Points", POINTS, _point_rows(export))
    sheets.add("Findings", FINDINGS, _finding_rows(export))
    sheets.add("About", (Column("What", 24), Column("Said", 110)), _about_rows(export))
    book.close()
    return out.getvalue()


HEADING_ROWS = 2
"""The standing, and the headings."""


class _Sheets:
    """The book under construction, with the few forms that its cells take."""

    def __init__(self, book: Workbook, standing_text: str) -> None:
        self._book = book
        self._standing = plain(standing_text)
        self._heading: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._text: Format = book.add_format({"valign": "top"})
        self._wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._italic: Format = book.add_format({"italic": True})
        self._forms: dict[str, Format] = {}

    def add(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet: the standing on top, headings that stay in sight and repeat in print, then the rows."""
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, self._standing, self._italic)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(1, number, column.heading, self._heading)
        last = 1
        for last, row in enumerate(rows, HEADING_ROWS):
            for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
                self._write(sheet, last, number, cell, column)
        sheet.freeze_panes(HEADING_ROWS, 0)
        sheet.autofilter(1, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(A3 if len(columns) > MOST_COLUMNS_ON_A4 else A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.set_footer("&L&A&C&P / &N&RSHA-256 and standing: see About")

    def _write(self, sheet: Worksheet, row: int, number: int, cell: Cell, column: Column) -> None:
        """One cell: a text as a text, a number in the form of its column."""
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            sheet.write_string(
                row, number, _short(plain(cell)), self._wrapped if column.width >= WRAPPED_WIDTH else None
            )
        else:
            sheet.write_number(row, number, cell, self._form(column.form))

    def _form(self, form: str) -> Format:
        """The form of a number, made once."""
        if form not in self._forms:
            self._forms[form] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._forms[form]


WRAPPED_WIDTH = 40
"""Columns of sentences are this wide or wider, and fold them."""
A3, A4 = 8, 9
"""Sizes of paper by their numbers in the format."""
MOST_COLUMNS_ON_A4 = 10


def _short(text: str) -> str:
    """The text, cut visibly where it is longer than a cell can be."""
    mark = " … (cut: the canonical line has the whole)"
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(mark)] + mark


def _catalogue_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """The rows of the catalogue."""
    for row in catalogue(export.line):
        if isinstance(row, GapRow):
            remark = f"gap: {row.gap.why.sentence}"
            yield (row.section, *(None,) * 9, row.gap.name, *(None,) * 7, remark)
        else:
            yield (row.section, *_vertex_cells(row), *_piece_cells(row), None)


def _vertex_cells(row: Row) -> tuple[Cell, ...]:
    """The cells of a vertex."""
    return (
        row.number,
        row.name,
        dms(row.latitude, Axis.LATITUDE),
        dms(row.longitude, Axis.LONGITUDE),
        row.latitude / 1e9,
        wrapped(row.longitude) / 1e9,
        row.source.value,
        row.tolerance_m,
        row.sigma_m,
    )


def _piece_cells(row: Row) -> tuple[Cell, ...]:
    """The cells of the piece that leaves a vertex."""
    piece = row.piece
    if piece is None:
        return (None,) * 8
    return (
        piece.leg,
        piece.kind,
        piece.reading,
        round(piece.length_m, 3),
        azimuth_dms(piece.azimuth_start_deg),
        azimuth_dms(piece.azimuth_end_deg),
        round(piece.azimuth_start_deg, 7) % 360.0,
        round(piece.azimuth_end_deg, 7) % 360.0,
    )


def _leg_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """A row for each leg."""
    for section in export.line.sections:
        sides = sides_text(section.right, section.left, ring=section.ring)
        for leg in section.legs:
            words = words_of(leg)
            yield (
                section.name,
                leg.name,
                leg.kind,
                reading_text(leg.reading),
                ", ".join(leg.reading.also) if leg.reading else "",
                leg.vertex_names[0],
                leg.vertex_names[-1],
                len(leg.vertices),
                round(leg.length_m, 3),
                azimuth_dms(float(leg.azimuths_start_deg[0])),
                azimuth_dms(float(leg.azimuths_end_deg[-1])),
                greatest_sigma_m(leg),
                sides,
                section.status.value if section.status else "not stated",
                " / ".join(clause.text for clause in words),
                " / ".join(clause.article for clause in words if clause.article),
                leg.said,
            )


def _point_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """A row for each named point."""
    for point in export.line.points:
        longitude, latitude = point.units
        yield (
            point.name,
            dms(latitude, Axis.LATITUDE),
            dms(longitude, Axis.LONGITUDE),
            latitude / 1e9,
            wrapped(longitude) / 1e9,
            point.source.value,
            point.tolerance_m,
            "; ".join(f"{by}: {distance:.3f}" for by, distance in point.others),
        )


def _finding_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """A row for each finding."""
    for finding in export.findings:
        yield (
            finding.code,
            SEVERITY_WORDS[finding.severity],
            finding.subject or "",
            place_text(finding),
            finding.sentence,
            "; ".join(map(measure_text, finding.measures)),
            finding.settles or "",
            finding.hint or finding.expected or "",
        )


def _about_rows(export: Export) -> Iterable[Sequence[Cell]]:
    """What the file is and what its columns mean."""
    line = export.line
    areas: list[Sequence[Cell]] = [(f"Area of {name}, km²", round(area / 1e6, 6)) for name, area in line.areas_m2]
    rows: list[Sequence[Cell]] = [
        ("Title", line.title),
        ("Standing", standing(line)),
        ("Reading by", line.reading_by),
        ("Agreed", NOT_AGREED),
        ("Frame", frame_text(line.frame)),
        ("Reading of the frame", reading_text(line.frame_reading)),
        ("Length computed, km", round(line.length_m / 1000.0, 6)),
        ("Parts not computed", len(line.gaps)),
        *areas,
        ("SHA-256", digest(line)),
        ("Coordinates", "Whole units of 1e-9 degree (0.1 mm); both printed forms give them back exactly"),
        ("Azimuths", "Directions of travel, clockwise from true north; the back azimuth at the end is 180° more"),
        ("Lengths", "On the ellipsoid of the frame, along the kind of line named, rounded to 1 mm"),
        ("Sigma across", "Standard deviation across the line inherited from the sources; empty where unknown"),
        ("Tolerance", "How exactly a second computation must meet the coordinates"),
        ("Computed with", f"Merestone {line.toolchain.merestone}, PROJ {line.toolchain.proj}"),
    ]
    yield from rows
