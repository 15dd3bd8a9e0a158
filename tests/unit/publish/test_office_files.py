"""The workbook and the document, read by independent readers."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import openpyxl
import pytest
from lxml import etree

from fakes.boundary_lines import HOSTILE, export, hostile, leg, ordinary, over_the_antimeridian, section
from merestone.delimit.boundary_line import BoundaryLine
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.publish import workbook
from merestone.publish.angles import units_from_dms
from merestone.publish.catalogue import Row, catalogue
from merestone.publish.document import MOST_VERTICES, write_document
from merestone.publish.line_json import digest
from merestone.publish.sheets import TooManyRowsError
from merestone.publish.text import unbroken
from merestone.publish.workbook import CATALOGUE, write_workbook

LINES = (ordinary(), hostile(), over_the_antimeridian())
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def book(line: BoundaryLine) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(export(line))))


def document(line: BoundaryLine) -> Any:
    return docx.Document(io.BytesIO(write_document(export(line))))


def everything(found: Any) -> str:
    texts = [paragraph.text for paragraph in found.paragraphs]
    texts += [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


@pytest.mark.parametrize("line", LINES, ids=["ordinary", "hostile", "antimeridian"])
def test_the_catalogue_gives_back_every_vertex_exactly(line: BoundaryLine) -> None:
    """Printed and numeric coordinates of every row name the unit that is in the line."""
    rows = [row for row in catalogue(line) if isinstance(row, Row)]
    cells = [row for row in book(line)["Catalogue"].iter_rows(min_row=3, values_only=True) if row[1] is not None]
    for row, read in zip(rows, cells, strict=True):
        assert units_from_dms(read[3]) == row.latitude == round(read[5] * 1e9)
        assert (units_from_dms(read[4]) - row.longitude) % (360 * 10**9) == 0
        assert (round(read[6] * 1e9) - row.longitude) % (360 * 10**9) == 0


@pytest.mark.parametrize("line", LINES, ids=["ordinary", "hostile", "antimeridian"])
def test_no_cell_is_a_formula_or_a_link(line: BoundaryLine) -> None:
    """Every cell is a text or a number, whatever it looks like."""
    for sheet in book(line).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}, cell.coordinate
                assert cell.hyperlink is None


def test_every_sheet_says_that_it_is_not_agreed() -> None:
    """The standing stands above the headings of each sheet, and headings stay in sight."""
    found = book(ordinary())
    assert found.sheetnames == ["Catalogue", "Legs", "Points", "Findings", "About"]
    for sheet in found.worksheets:
        assert "not agreed" in sheet["A1"].value
        assert sheet.freeze_panes == "A3"
    assert digest(ordinary()) in [row[1] for row in found["About"].iter_rows(values_only=True)]


def test_the_headings_are_those_of_the_catalogue() -> None:
    """The second row names the columns in order."""
    headings = next(book(ordinary())["Catalogue"].iter_rows(min_row=2, max_row=2, values_only=True))
    assert list(headings) == [column.heading for column in CATALOGUE]


def test_a_text_that_no_cell_can_hold_is_cut_visibly() -> None:
    """A text beyond the limit of a cell ends with the statement that it was cut."""
    line = replace(ordinary(), title="x" * 40_000)
    found = [row[1] for row in book(line)["About"].iter_rows(min_row=3, values_only=True)]
    assert found[0].endswith("(shortened; the full text is in the canonical line)")


def test_a_line_that_no_sheet_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than a sheet has end in an exception that names the other format, not in a cut table."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    with pytest.raises(TooManyRowsError, match=r"\.csv"):
        write_workbook(export(ordinary()))


def test_the_document_has_the_words_and_what_they_became() -> None:
    """For each clause: the words, the kind, the reading and by whom; the gap; what is open and what settles it."""
    text = everything(document(ordinary()))
    for said in (
        "“thence in a straight line to pillar B; «de là en ligne droite»” (art. 1(2); language: en)",
        "Compiled to: geodesic, 936.781 km, leaving at the azimuth 299°11'49.66\" and arriving at 296°15'46.40\".",
        "Reading taken: geodesic (by the mapping office, note 4); other readings kept: loxodrome.",
        "Not compiled: the thalweg is not yet compiled (N001). There is no line between C and D.",
        "Treaty of the Two Rivers",
        "Alfa (ALF); Beta (BET)",
        "separation 6.01 km, area between 3,765 km²",
        "What would settle it: a protocol that names the kind of line.",
        digest(ordinary()),
    ):
        assert said in text.replace("\u00a0", " ")


def test_every_page_says_whose_reading_it_is() -> None:
    """The header carries title and standing, the footer the number of the page."""
    page = document(ordinary()).sections[0]
    header = "\n".join(paragraph.text for paragraph in page.header.paragraphs)
    assert "Alfa - Beta" in header
    assert "Reading by the mapping office. Not agreed; without prejudice" in header
    codes = [element.text.strip() for element in page.footer._element.iter(f"{WORD}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]
    kinds = [element.get(f"{WORD}fldCharType") for element in page.footer._element.iter(f"{WORD}fldChar")]
    assert kinds == ["begin", "separate", "end"] * 2


@pytest.mark.parametrize("line", LINES, ids=["ordinary", "hostile", "antimeridian"])
def test_the_package_is_tidy(line: BoundaryLine) -> None:
    """Parts are sorted and without times, every relation leads to a part, every part is well-formed XML."""
    archive = zipfile.ZipFile(io.BytesIO(write_document(export(line))))
    names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not any("stylesWithEffects" in name or "thumbnail" in name for name in names)
    for name in names:
        root = etree.fromstring(archive.read(name))
        if name.endswith(".rels"):
            folder = name.split("_rels/")[0]
            for relation in root:
                target = relation.get("Target")
                assert (target.lstrip("/") if target.startswith("/") else _joined(folder, target)) in names


def _joined(folder: str, target: str) -> str:
    parts = folder.split("/")[:-1]
    for part in target.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_a_hostile_text_is_only_a_text() -> None:
    """Markup, controls and direction overrides reach the document as visible text or not at all."""
    found = document(hostile())
    text = everything(found)
    assert "<script>alert(1)</script>" in text
    assert "\u202e" not in text
    assert "\x07" not in text
    assert HOSTILE not in text


def test_a_text_from_right_to_left_is_set_so() -> None:
    """A cell with an Arabic name has the direction of its script, in the order that the schema asks for."""
    line = ordinary()
    first = leg("1", "Main", ((24.0, 19.5), (16.0, 23.0)), ("A", "B"), said="مرز")
    line = replace(line, sections=(section("مرز", (first,), title="مرز"),), title="مرز")
    found = document(line)
    titles = [paragraph for paragraph in found.paragraphs if paragraph.text == "مرز"]
    properties = titles[0]._p.pPr
    assert properties.find(f"{WORD}bidi") is not None
    assert titles[0].runs[0].font.rtl


def test_parties_are_in_the_order_of_the_alphabet() -> None:
    """The description names Beta first; the document does not."""
    text = everything(document(ordinary()))
    assert text.index("Alfa (ALF)") < text.index("Beta (BET)")


def test_very_many_vertices_are_not_all_printed() -> None:
    """Beyond a thousand vertices the document shows the first and last and says so."""
    places = tuple((0.001 * number, 0.0) for number in range(MOST_VERTICES + 1))
    many = leg("1", "Main", places, ("",) * len(places))
    found = document(replace(ordinary(), sections=(section("Main", (many,)),)))
    assert f"Vertices: the first and last 50 of {MOST_VERTICES + 1}" in everything(found)


def test_a_row_is_as_high_as_its_longest_text() -> None:
    """A text that folds gets a row of that height, so that no program prints it over the next one."""
    words = replace(ordinary(), title="of the boundary between the two States " * 20)
    sheet = book(words)["About"]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == "Title")
    folds = len(row[1].value) / sheet.column_dimensions["B"].width
    assert folds > 5
    assert sheet.row_dimensions[row[0].row].height >= 15.0 * folds


def test_what_was_measured_is_a_number() -> None:
    """The greatest length and area of a finding stand in columns that can be sorted."""
    measures = (Measure("separation", 3.5, "m"), Measure("separation", 9.25, "m"), Measure("area between", 0.5, "km2"))
    found = Diagnostic("O601", Severity.OPEN, "it is open", measures=measures)
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(replace(export(ordinary()), findings=(found,)))))[
        "Findings"
    ]
    headings, values = ([cell.value for cell in sheet[row]] for row in (2, 3))
    read = dict(zip(headings, values, strict=True))
    assert read["Greatest length measured, m"] == 9.25
    assert read["Greatest area measured, km²"] == 0.5


def test_notes_of_one_kind_are_said_once() -> None:
    """Nineteen notes of one kind are one sentence and a table, and are not repeated at their legs."""
    notes = tuple(
        Diagnostic(
            "O601", Severity.NOTE, "the act says how it runs", subject=f"leg {number} of Main",
            measures=(Measure("separation", float(number), "m"),),
        )
        for number in range(1, 20)
    )  # fmt: skip
    text = everything(docx.Document(io.BytesIO(write_document(replace(export(ordinary()), findings=notes)))))
    assert text.count("the act says how it runs") == 1
    assert all(text.count(f"leg {number} of Main") == 1 for number in range(1, 19))


def test_numbers_do_not_break() -> None:
    """No line ends within a grouped number, or between a number and its unit or the letter of its hemisphere."""
    assert unbroken("of 1 234 567 m, 12°30'00\" N") == "of 1\u00a0234\u00a0567\u00a0m, 12°30'00\"\u00a0N"
    assert unbroken("12 legs of 1 September") == "12 legs of 1 September"


@pytest.mark.parametrize("line", LINES, ids=["ordinary", "hostile", "antimeridian"])
def test_the_document_has_a_map(line: BoundaryLine) -> None:
    """A drawing of vectors with a path for each leg and the name of each point that has room; it says not agreed."""
    root = document(line).element
    drawing = root.find(f".//{WORD}drawing")
    assert drawing is not None
    paths = drawing.findall(".//{http://schemas.openxmlformats.org/drawingml/2006/main}path")
    assert len(paths) > len(line.legs)
    texts = "".join(text.text or "" for text in drawing.iter(f"{WORD}t"))
    assert "not agreed" in texts


def test_a_line_without_a_frame_has_no_map() -> None:
    """What cannot be drawn is left out, and the document is written."""
    root = document(replace(ordinary(), frame=None)).element
    assert root.find(f".//{WORD}drawing") is None
