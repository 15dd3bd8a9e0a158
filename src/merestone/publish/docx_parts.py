"""The pieces that a document is built of: paragraphs, tables, fields, and bytes that are the same every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from merestone.publish.text import NO_BREAK, plain, runs_right_to_left, unbroken

# python-docx offers no other way to elements of its XML than attributes with an underscore; hence `noqa: SLF001` below.

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold."""

DROPPED_PARTS = ("word/stylesWithEffects.xml", "docProps/thumbnail.jpeg")
"""Parts of the template that say nothing: a copy of the styles for Word 2010, and a picture of another document."""


def add_text(document: Document, text: str, style: str | None = None) -> Paragraph:
    """A paragraph with a text; a text that runs from right to left is set so."""
    paragraph = document.add_paragraph(style=style)
    add_run(paragraph, text)
    return paragraph


def add_run(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool | None = None) -> None:
    """A stretch of text in a paragraph, safe to print, in its own direction."""
    safe = unbroken(plain(text))
    run = paragraph.add_run(safe)
    run.bold, run.italic = bold or None, italic
    if runs_right_to_left(safe):
        run.font.rtl = True
        _set_flag(paragraph._p.get_or_add_pPr(), "w:bidi")  # noqa: SLF001


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


def add_table(
    document: Document,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths_cm: Sequence[float],
    *,
    right: frozenset[int] = frozenset(),
) -> None:
    """A table with a heading row that repeats on every page; numbers of the columns `right` are set to the right.

    Rows are written as XML: through the object model a thousand rows take ten seconds.
    """
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=len(widths_cm), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    if headings:
        table._tbl.append(_row(headings, widths_cm, heading=True))  # noqa: SLF001
    for texts in rows:
        table._tbl.append(_row(texts, widths_cm, right=right))  # noqa: SLF001


def _row(
    texts: Sequence[str], widths_cm: Sequence[float], *, heading: bool = False, right: frozenset[int] = frozenset()
) -> _Element:
    """A row of a table; it is not torn by the end of a page, and a heading repeats on every page."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    cells = "".join(
        _cell(text, width, heading=heading, right=index in right)
        for index, (text, width) in enumerate(zip(texts, widths_cm, strict=True))
    )
    repeats = "<w:tblHeader/>" if heading else ""
    row: _Element = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{repeats}</w:trPr>{cells}</w:tr>")
    return row


def _cell(text: str, width_cm: float, *, heading: bool, right: bool) -> str:
    """A cell as XML, its text safe to print, escaped, and in its own direction."""
    safe = plain(text)
    safe = safe.replace(" ", NO_BREAK) if right and not heading else unbroken(safe)
    backwards = runs_right_to_left(safe)
    paragraph = f"{'<w:bidi/>' if backwards else ''}{_RIGHT if right and not heading else ''}"
    run = f"{'<w:b/>' if heading else ''}{'<w:rtl/>' if backwards else ''}"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width_cm * TWENTIETHS_OF_A_POINT_PER_CM)}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{TABLE_STYLE_ID}"/>{paragraph}</w:pPr>'
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(safe)}</w:t></w:r></w:p></w:tc>'
    )


_RIGHT = '<w:jc w:val="right"/>'
TWENTIETHS_OF_A_POINT_PER_CM = 1440 / 2.54
TABLE_STYLE = "Table text"
TABLE_STYLE_ID = "Tabletext"


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
            paragraph.add_run()._r.append(code)  # noqa: SLF001
            paragraph._p.append(run._r)  # noqa: SLF001
        run._r.append(mark)  # noqa: SLF001
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
