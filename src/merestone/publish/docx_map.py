"""The map of a line as a drawing of the word processor: vectors and texts that Word and LibreOffice show and print.

DrawingML shapes in a group (ISO/IEC 29500-1, 20.1 and 20.4; the shapes of Word 2010, namespace wps). No picture, no font
of its own, and the same bytes for the same line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from merestone.delimit.boundary_line import CompiledLeg
from merestone.geodesy.line import Floats
from merestone.publish.report.chains import finite_runs
from merestone.publish.report.drawn import DrawnMap
from merestone.publish.report.furniture import bar_label, round_length
from merestone.publish.report.kinds import STATUS_DASHES
from merestone.publish.report.names import places_of_names, room_on, shortened
from merestone.publish.report.net import graticule_lines
from merestone.publish.text import plain

WIDTH_CM = 16.6
_EMU_PER_CM = 360_000
_INK, _SOFT, _NET, _GROUND = "1D2126", "565D66", "C4CAD0", "F7F5EF"
_TEXT_PX = 13.0
_BAR_PX = 150.0

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def map_paragraph(drawn: DrawnMap, described: str) -> str:
    """The paragraph with the map, as XML; `described` is what is read aloud in its place."""
    sheet = drawn.sheet
    scale = WIDTH_CM * _EMU_PER_CM / sheet.width_px
    wide, high = round(sheet.width_px * scale), round(sheet.height_px * scale)
    shapes = "".join(_shapes(drawn, _Pen(scale)))
    group = (
        f'<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/>'
        f'<a:chOff x="0" y="0"/><a:chExt cx="{wide}" cy="{high}"/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp>'
    )
    return (
        f'<w:p {_NAMESPACES}><w:pPr><w:keepNext/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires="wpg">'
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="1" name="Map" descr={quoteattr(plain(described))}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup">'
        f"{group}</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )


class _Pen:
    """Writes shapes in pixels of the sheet."""

    def __init__(self, emu_per_px: float) -> None:
        self._scale = emu_per_px
        self._count = 1

    def _whole(self, pixels: float) -> int:
        return round(pixels * self._scale)

    def _shape(self, box: tuple[float, float, float, float], geometry: str, look: str, text: str = "") -> str:
        self._count += 1
        left, top, wide, high = (self._whole(value) for value in box)
        body = (
            f'<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx><wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" '
            'bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr>'
            if text
            else "<wps:bodyPr/>"
        )
        return (
            f'<wps:wsp><wps:cNvPr id="{self._count}" name="{self._count}"/><wps:cNvSpPr/><wps:spPr><a:xfrm>'
            f'<a:off x="{left}" y="{top}"/><a:ext cx="{max(wide, 1)}" cy="{max(high, 1)}"/></a:xfrm>{geometry}{look}'
            f"</wps:spPr>{body}</wps:wsp>"
        )

    def rectangle(self, box: tuple[float, float, float, float], fill: str | None, line: str | None) -> str:
        """A rectangle: left, top, width, height."""
        return self._shape(box, _preset("rect"), _fill(fill) + _line(line, 1.0))

    def dot(self, x: float, y: float, radius: float) -> str:
        """A small circle on a vertex."""
        box = (x - radius, y - radius, 2 * radius, 2 * radius)
        return self._shape(box, _preset("ellipse"), _fill("FFFFFF") + _line(_INK, 1.2))

    def chain(self, chain: Floats, colour: str, width_px: float, dash: str = "") -> str:
        """A chain (n, 2) as an open path, `dash` lengths of dashes and gaps in pixels."""
        (left, top), (right, bottom) = chain.min(axis=0), chain.max(axis=0)
        inner = np.rint((chain - [left, top]) * self._scale).astype(np.int64).tolist()
        wide, high = max(self._whole(right - left), 1), max(self._whole(bottom - top), 1)
        steps = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in inner[1:])
        start = f'<a:moveTo><a:pt x="{inner[0][0]}" y="{inner[0][1]}"/></a:moveTo>'
        path = f'<a:path w="{wide}" h="{high}" fill="none">{start}{steps}</a:path>'
        geometry = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            f"<a:pathLst>{path}</a:pathLst></a:custGeom>"
        )
        box = (float(left), float(top), float(right - left), float(bottom - top))
        return self._shape(box, geometry, _fill(None) + _line(colour, width_px, dash))

    def text(
        self, x: float, y: float, words: str, anchor: str = "start", *, bold: bool = False, soft: bool = False
    ) -> str:
        """A text whose base line runs through (x, y), anchored as in SVG."""
        wide, high = len(words) * _TEXT_PX * 0.62 + 6.0, _TEXT_PX * 1.4
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        align = {"start": "left", "middle": "center", "end": "right"}[anchor]
        weight = "<w:b/>" if bold else ""
        run = (
            f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>'
            f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>{weight}<w:color w:val="{_SOFT if soft else _INK}"/>'
            f'<w:sz w:val="14"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
        )
        box = (left, y - _TEXT_PX * 1.1, wide, high)
        return self._shape(box, _preset("rect"), _fill(None) + _line(None, 0.0), run)


def _shapes(drawn: DrawnMap, pen: _Pen) -> Iterator[str]:
    """Ground, graticule, gaps and legs, vertices with names, scale, north, standing, frame: from the back to the front."""
    sheet = drawn.sheet
    whole = (0.0, 0.0, sheet.width_px, sheet.height_px)
    yield pen.rectangle(whole, _GROUND, None)
    for line in graticule_lines(sheet):
        yield from (pen.chain(run, _NET, 0.8) for run in line.runs if len(run) > 1)
        if line.runs:
            yield from _edge_label(pen, line.meridian, line.label, np.concatenate(line.runs), sheet.height_px)
    for part in drawn.parts:
        leg = isinstance(part.tied.part, CompiledLeg)
        dash = STATUS_DASHES[part.tied.section.status] if leg else "3 6"
        for run in finite_runs(part.chain) if part.chain is not None else ():
            if len(run) > 1:
                yield pen.chain(run, _INK if leg else _SOFT, 2.4, dash)
    yield from _vertices(drawn, pen)
    yield from _furniture(drawn, pen)
    yield pen.rectangle(whole, None, _INK)


def _edge_label(pen: _Pen, meridian: bool, label: str, ends: Floats, height_px: float) -> Iterable[str]:  # noqa: FBT001
    """The label of a graticule line at the lower or the left edge."""
    if meridian:
        x, y = ends[int(np.argmax(ends[:, 1]))]
        return (pen.text(float(x), height_px - 5.0, label, "middle", soft=True),) if y > height_px - 1.0 else ()
    x, y = ends[int(np.argmin(ends[:, 0]))]
    return (pen.text(4.0, float(y) - 3.0, label, soft=True),) if x < 1.0 and 20.0 < y < height_px - 20.0 else ()


def _vertices(drawn: DrawnMap, pen: _Pen) -> Iterator[str]:
    """A circle on every named vertex, and its name where there is room for it."""
    names = places_of_names(drawn, room_on(drawn))
    for vertex in drawn.ties.vertices:
        label = names.get(vertex.key)
        x, y = drawn.pixels[vertex.key]
        if label is None or not np.isfinite([x, y]).all():
            continue
        yield pen.dot(x, y, 3.2)
        if label.fits:
            yield pen.text(x + label.dx, y + label.dy, shortened(vertex), label.anchor, bold=True)


def _furniture(drawn: DrawnMap, pen: _Pen) -> Iterator[str]:
    """The scale bar, north, and that nothing is agreed."""
    sheet = drawn.sheet
    length_m = round_length(_BAR_PX * sheet.metres_per_px)
    wide, low = length_m / sheet.metres_per_px, sheet.height_px - 30.0
    yield pen.rectangle((16.0, low, wide, 5.0), "FFFFFF", _INK)
    yield pen.rectangle((16.0, low, wide / 2, 5.0), _INK, _INK)
    yield pen.text(22.0 + wide, low + 8.0, bar_label(length_m))
    x = sheet.width_px - 26.0
    yield pen.chain(np.array([[x - 6.0, 46.0], [x, 22.0], [x + 6.0, 46.0], [x, 41.0], [x - 6.0, 46.0]]), _INK, 1.2)
    yield pen.text(x, 20.0, "N", "middle", bold=True)
    yield pen.text(sheet.width_px - 10.0, low + 8.0, "not agreed, without prejudice", "end", bold=True)


def _preset(name: str) -> str:
    return f'<a:prstGeom prst="{name}"><a:avLst/></a:prstGeom>'


def _fill(colour: str | None) -> str:
    return "<a:noFill/>" if colour is None else f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _line(colour: str | None, width_px: float, dash: str = "") -> str:
    """A stroke; dashes are given in multiples of its width, in thousandths of a per cent."""
    if colour is None:
        return "<a:ln><a:noFill/></a:ln>"
    lengths = [float(length) for length in dash.split()] if dash else []
    lengths = lengths * 2 if len(lengths) % 2 else lengths
    pieces = "".join(
        f'<a:ds d="{round(on / width_px * 100_000)}" sp="{round(off / width_px * 100_000)}"/>'
        for on, off in zip(lengths[::2], lengths[1::2], strict=True)
    )
    dashes = f"<a:custDash>{pieces}</a:custDash>" if pieces else ""
    return f'<a:ln w="{round(width_px * 8_300)}">{_fill(colour)}{dashes}</a:ln>'
