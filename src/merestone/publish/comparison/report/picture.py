"""A comparison as one SVG picture, for a README or a slide: no script, no request, no font of its own."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.compare.comparison import Comparison, Side
from merestone.errors import MerestoneError
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.figures import balance_sentence, figures, sentence
from merestone.publish.comparison.report.chart import caption, chart_svg
from merestone.publish.comparison.report.chart_axes import HEIGHT_PX as CHART_HEIGHT_PX
from merestone.publish.comparison.report.chart_axes import WIDTH_PX as CHART_WIDTH_PX
from merestone.publish.comparison.report.chart_axes import chart
from merestone.publish.comparison.report.drawn import DrawnComparison, draw
from merestone.publish.comparison.report.shown import Shown, left_out_zones, shown
from merestone.publish.comparison.report.strokes import layers
from merestone.publish.comparison.report.style import MAP as MAP_TWO
from merestone.publish.comparison.report.style import PALETTE as PALETTE_TWO
from merestone.publish.comparison.words import holders_on, map_standing, short_names, standing, stated, title
from merestone.publish.report.framed import framed
from merestone.publish.report.head import capital
from merestone.publish.report.labels import wrapped
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.numbers import px
from merestone.publish.report.style import MAP, PALETTE

_EDGE_PX, _WORDS_PX, _GAP_PX = 20.0, 400.0, 24.0
_LINE_PX = {"title": 30.0, "value": 34.0, "head": 24.0, "words": 23.0, "small": 18.0}
_COLUMNS = {"title": 32, "words": 46, "small": 60}

STYLE = """
.sheet{fill:#fff}
svg .title{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:23px;font-weight:600}
svg .words{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:16px}
svg .value{font-size:27px;font-weight:650}
svg .head{font-size:13px;fill:var(--soft)}
svg .small{font-size:12.5px;fill:var(--soft)}
svg .open{font-size:12.5px;font-weight:600;fill:var(--open)}
"""


class NoComparisonPictureError(MerestoneError):
    """A picture was asked for of two lines that have no place."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the comparison cannot be drawn in {name!r}, because neither line has a position; write it as .txt or .json"
        )
        self.name = name


def picture(export: ComparisonExport) -> bytes:
    """The picture as UTF-8: the figures on the left, the map and the profile from the first line on the right.

    Raises `NoComparisonPictureError` where there is nothing to draw.
    """
    made, parts = export.comparison, shown(export)
    drawn = draw(made, parts)
    if drawn is None:
        raise NoComparisonPictureError(title(export))
    charts = [one for from_second in (False, True) for one in [chart(made, from_second=from_second)] if one is not None]
    below = (CHART_HEIGHT_PX + _LINE_PX["small"] + 6) * len(charts)
    words = list(_words(export, parts))
    height = max(2 * _EDGE_PX + drawn.sheet.height_px + below, 2 * _EDGE_PX + sum(_LINE_PX[css] for css, _ in words))
    width = 2 * _EDGE_PX + _WORDS_PX + _GAP_PX + drawn.sheet.width_px
    root = element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "picture",
            "viewBox": f"0 0 {px(width)} {px(height)}",
            "width": px(width),
            "height": px(height),
            "role": "img",
            "aria-label": f"{title(export)}; {standing(made)}. {sentence(made)}",
        },
        element("style", None, Markup(f"{PALETTE}{PALETTE_TWO}{MAP}{MAP_TWO}{STYLE}")),
        element("rect", {"class": "sheet", "width": px(width), "height": px(height)}),
        element("g", {"transform": f"translate({px(_EDGE_PX)} 0)"}, *_column(made, words)),
        element(
            "g",
            {"transform": f"translate({px(_EDGE_PX + _WORDS_PX + _GAP_PX)} {px(_EDGE_PX)})"},
            *_drawings(made, parts, drawn),
        ),
    )
    return f"{root}\n".encode()


def _drawings(made: Comparison, parts: Shown, drawn: DrawnComparison) -> Iterator[Markup]:
    """The map, and below it the profiles in both directions."""
    size = {"width": px(drawn.sheet.width_px), "height": px(drawn.sheet.height_px)}
    yield element(
        "svg", {**size}, framed(drawn.sheet, layers(made, parts, drawn, alone=True), map_standing(made), None)
    )
    y = drawn.sheet.height_px
    for from_second in (False, True):
        one = chart(made, from_second=from_second)
        if one is None:
            continue
        y += _LINE_PX["small"]
        yield element("text", {"class": "small", "y": px(y)}, caption(one))
        place = {"y": px(y + 6), "width": px(CHART_WIDTH_PX), "height": px(CHART_HEIGHT_PX)}
        yield element("svg", {**place}, chart_svg(one, parts, drawn, alone=True))
        y += CHART_HEIGHT_PX + 6


def _words(export: ComparisonExport, parts: Shown) -> Iterator[tuple[str, str]]:
    """The lines of the left column, each with its kind; a line that begins with `first`, ... has a key before it."""
    made = export.comparison
    yield from (("title", line) for line in wrapped(title(export), _COLUMNS["title"]))
    yield from (("small", line) for line in wrapped(f"{capital(standing(made))}.", _COLUMNS["small"]))
    yield "small", ""
    yield from (
        ("words", line) for line in wrapped(f"{balance_sentence(made)} {sentence(made)}".strip(), _COLUMNS["words"])
    )
    for figure in figures(made):
        yield "head", ""
        yield "head", figure.name
        yield "value", figure.value
        for beside in figure.beside:
            yield from (("small", line) for line in wrapped(beside, _COLUMNS["small"]))
    left_out = left_out_zones(made, parts)
    if left_out:
        yield "small", ""
        yield from (("small", line) for line in wrapped(left_out, _COLUMNS["small"]))


def _column(made: Comparison, words: list[tuple[str, str]]) -> Iterator[Markup]:
    """The words from the top, the legend after them."""
    y = _EDGE_PX
    for css, line in words:
        y += _LINE_PX[css]
        if line:
            yield element("text", {"class": css, "y": px(y)}, line)
    y += 14
    for mark, said in _keys(made):
        for index, line in enumerate(wrapped(said, _COLUMNS["small"] - 10)):
            y += _LINE_PX["small"]
            if index == 0:
                yield element("g", {"transform": f"translate(0 {px(y - 12)})"}, mark)
            yield element("text", {"class": "small", "x": "54", "y": px(y)}, line)


def _keys(made: Comparison) -> Iterator[tuple[Markup, str]]:
    """A sign of each kind with what it means."""
    for name, short, claim in zip(("first", "second"), short_names(made), (made.first, made.second), strict=True):
        yield element("path", {"class": f"stroke-{name}", "d": "M1 8H43"}), f"{short}: {stated(claim)}"
    for side in Side:
        if any(zone.in_first is side for zone in made.zones):
            box = {"class": f"swatch {side.value}", "x": "8", "y": "2", "width": "28", "height": "12"}
            yield element("rect", {**box}), holders_on(made, side)
    if made.zones:
        disc = {"class": "swatch left", "cx": "22", "cy": "8", "r": "7"}
        yield element("circle", {**disc}), "discs: the relative size of the zones"
    if made.unmatched:
        yield element("g", {"class": "unmatched"}, element("path", {"d": "M1 8H43"})), "no counterpart"
