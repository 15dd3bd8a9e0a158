"""The pieces that a document is built of: paragraphs, tables, fields, and bytes that are the same every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from merestone.publish.text import plain, runs_right_to_left

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold."""

DROPPED_PARTS = ("word/stylesWithEffects.xml", "docProps/thumbnail.jpeg")
"""Parts of the template that say nothing: a copy of the styles for Word 2010, and a picture of another document."""


def add_text(document: Document | _Cell, text: str, style: str | None = None) -> Paragraph:
    """A paragraph with a text; a text that runs from right to left is set so."""
    paragraph = document.add_paragraph(style=style)
    add_run(paragraph, text)
    return paragraph


def add_run(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool | None = None) -> None:
    """A stretch of text in a paragraph, safe to print, in its own direction."""
    safe = plain(text)
    run = paragraph.add_run(safe)
    run.bold, run.italic = bold or None, italic
    if runs_right_to_left(safe):
        run.font.rtl = True
        _set_flag(paragraph._p.get_or_add_pPr(), "w:bidi")


def _set_flag(properties: object, name: str) -> None:
    """A property that is there or not, in its place in the schema's order."""
    from docx.oxml import OxmlElement

    flag = OxmlElement(name)
    later = _AFTER_BIDI if name == "w:bidi" else ()
    following = next((child for child in properties if child.tag in later), None)  # type: ignore[attr-defined]
    if following is None:
        properties.append(flag)  # type: ignore[attr-defined]
    else:
        following.addprevious(flag)


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AFTER_BIDI = tuple(
    _WORD + name
    for name in (
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
        "pPrChange",
    )
)  # fmt: skip
"""What stands after `bidi` in the properties of a paragraph (ISO/IEC 29500-1, clause 17.3.1.26)."""


def add_table(document: Document, headings: Sequence[str], widths_cm: Sequence[float]) -> Table:
    """An empty table with a heading row that repeats on every page, columns of fixed widths."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    set_row(table, 0, headings, widths_cm, bold=True)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    return table


def fill_table(
    table: Table, rows: Iterable[Sequence[str]], widths_cm: Sequence[float], *, right: frozenset[int] = frozenset()
) -> None:
    """Rows into a table, numbers of the columns `right` set to the right; no row is torn by the end of a page."""
    from docx.oxml import OxmlElement

    for row in rows:
        number = len(table.rows)
        table.add_row()
        set_row(table, number, row, widths_cm, right=right)
        table.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def set_row(
    table: Table,
    number: int,
    cells: Sequence[str],
    widths_cm: Sequence[float],
    *,
    bold: bool = False,
    right: frozenset[int] = frozenset(),
) -> None:
    """The texts of one row, in the table's small type."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    for index, (cell, text, width) in enumerate(zip(table.rows[number].cells, cells, widths_cm, strict=True)):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table text"
        if index in right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        add_run(paragraph, text, bold=bold)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that the word processor fills in (`PAGE`, `NUMPAGES`); `shown` until it does."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        if kind == "separate":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            paragraph.add_run()._r.append(code)
            paragraph._p.append(run._r)
        run._r.append(mark)
        if kind == "separate":
            paragraph.add_run(shown)


def saved(document: Document, dated: datetime) -> bytes:
    """The document as bytes that depend on nothing but its content: dates fixed, parts sorted, idle parts dropped."""
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.created = properties.modified = dated.replace(tzinfo=None)
    properties.revision = 1
    for element in document.element.iter():
        for name in [name for name in element.attrib if name.startswith(qn("w:rsid"))]:
            del element.attrib[name]
    _drop(document)
    raw = io.BytesIO()
    document.save(raw)
    return _repacked(raw.getvalue())


def _drop(document: Document) -> None:
    """Takes the idle parts out of the package, with the relations that lead to them."""
    for owner in (document.part, document.part.package):
        idle = [
            name for name, rel in owner.rels.items() if not rel.is_external and _is_idle(str(rel.target_part.partname))
        ]
        for name in idle:
            del owner.rels[name]


def _is_idle(part_name: str) -> bool:
    """Whether a part is one of those that say nothing."""
    return part_name.lstrip("/") in DROPPED_PARTS


def _repacked(archive: bytes) -> bytes:
    """A ZIP archive with its members sorted (content types first) and without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name), compresslevel=6)
    return out.getvalue()
