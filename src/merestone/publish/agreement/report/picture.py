"""A comparison of many lines as one SVG picture: sentence, strip, map and legend, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.compare.many.agreed import Agreement
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.figures import sentence
from merestone.publish.agreement.report.drawn import DrawnLines, draw
from merestone.publish.agreement.report.layers import STROKES, layers
from merestone.publish.agreement.report.shown import shown
from merestone.publish.agreement.report.strip import WIDTH_PX, caption, height_px, strip_svg
from merestone.publish.agreement.report.style import MAP as MAP_MANY
from merestone.publish.agreement.report.style import PALETTE as PALETTE_MANY
from merestone.publish.agreement.words import map_standing, numbered, standing, title
from merestone.publish.comparison.report.picture import STYLE
from merestone.publish.comparison.report.style import MAP as MAP_TWO
from merestone.publish.comparison.words import stated
from merestone.publish.report.framed import framed
from merestone.publish.report.head import capital
from merestone.publish.report.labels import wrapped
from merestone.publish.report.markup import Attribute, Markup, element
from merestone.publish.report.numbers import px
from merestone.publish.report.style import MAP, PALETTE

_EDGE_PX, _LINE_PX, _COLUMNS = 20.0, 19.0, 108
_STYLE = f"{PALETTE}{PALETTE_MANY}{MAP}{MAP_TWO}{MAP_MANY}{STYLE}"


def picture(export: AgreementExport) -> bytes:
    """The picture as UTF-8: no script, no request, no font of its own."""
    made = export.agreement
    parts = shown(made)
    drawn = draw(made, parts)
    head = [*wrapped(f"{capital(standing())}.", _COLUMNS), *wrapped(sentence(made), _COLUMNS)]
    foot = list(_legend(made))
    strip_y = _EDGE_PX + 34 + _LINE_PX * (len(head) + 1)
    map_y = strip_y + height_px(made) + 2 * _LINE_PX + 12
    foot_y = map_y + drawn.sheet.height_px + _LINE_PX
    width, height = WIDTH_PX + 2 * _EDGE_PX, foot_y + _LINE_PX * len(foot) + _EDGE_PX
    attributes: dict[str, Attribute] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": "picture",
        "viewBox": f"0 0 {px(width)} {px(height)}",
        "width": px(width),
        "height": px(height),
        "role": "img",
        "aria-label": f"{title(export)}; {standing()}. {sentence(made)}",
    }
    root = element(
        "svg",
        attributes,
        element("style", None, Markup(_STYLE)),
        element("rect", {"class": "sheet", "width": px(width), "height": px(height)}),
        element(
            "g",
            {"transform": f"translate({px(_EDGE_PX)} 0)"},
            element("text", {"class": "title", "y": px(_EDGE_PX + 24)}, title(export)),
            *(_small(line, _EDGE_PX + 50 + _LINE_PX * at) for at, line in enumerate(head)),
            _placed(strip_y, height_px(made), strip_svg(made, parts, alone=True)),
            _small(f"{caption(made)}.", strip_y + height_px(made) + 14),
            _small(
                "Same tone at one position: the lines agree there; thin: the line is alone; gap: the line is absent.",
                strip_y + height_px(made) + 32,
            ),
            _map(made, drawn, map_y),
            *_keys(foot, foot_y),
        ),
    )
    return f"{root}\n".encode()


def _small(words: str, y: float) -> Markup:
    return element("text", {"class": "small", "y": px(y)}, words)


def _placed(y: float, height: float, content: Markup) -> Markup:
    return element("svg", {"y": px(y), "width": px(WIDTH_PX), "height": px(height)}, content)


def _map(made: Agreement, drawn: DrawnLines, y: float) -> Markup:
    drawing = framed(drawn.sheet, layers(made, drawn), map_standing(), None)
    return _placed(y, drawn.sheet.height_px, drawing)


def _legend(made: Agreement) -> Iterator[tuple[str, str]]:
    """The lines of the legend, each with the class of its key (empty for a line that goes on)."""
    for line, (name, claim) in enumerate(zip(numbered(made), made.claims, strict=True)):
        for at, words in enumerate(wrapped(f"{name}: {stated(claim)}", _COLUMNS - 10)):
            yield f"version s{line % STROKES}" if at == 0 else "", words
    if made.parts_somewhere:
        yield "apart", "not all lines agree"


def _keys(foot: list[tuple[str, str]], top: float) -> Iterator[Markup]:
    for at, (css, words) in enumerate(foot):
        y = top + _LINE_PX * (at + 0.5)
        if css:
            yield element(
                "g", {"class": css, "transform": f"translate(0 {px(y - 12)})"}, element("path", {"d": "M1 8H43"})
            )
        yield element("text", {"class": "small", "x": "54", "y": px(y)}, words)
