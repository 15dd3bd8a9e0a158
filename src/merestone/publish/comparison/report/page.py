"""The report of a comparison composed: one HTML page that opens from disk and asks nothing of anybody.

The first thing on it is one sentence and four figures; then map and profiles beside the tables, tied part by part.
Same input, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

import merestone
from merestone.compare.comparison import Comparison
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.report.chart import caption, chart_svg, greatest_text
from merestone.publish.comparison.report.chart_axes import Chart, chart
from merestone.publish.comparison.report.drawn import DrawnComparison, draw
from merestone.publish.comparison.report.head import header, legend
from merestone.publish.comparison.report.script import SCRIPT as WALK
from merestone.publish.comparison.report.shown import Shown, left_out_zones, shown
from merestone.publish.comparison.report.strokes import layers
from merestone.publish.comparison.report.style import DARK as DARK_TWO
from merestone.publish.comparison.report.style import MAP as MAP_TWO
from merestone.publish.comparison.report.style import PAGE as PAGE_TWO
from merestone.publish.comparison.report.style import PALETTE as PALETTE_TWO
from merestone.publish.comparison.report.tables import (
    between_table,
    crossings_table,
    gone_table,
    lines_table,
    partings_table,
    remarks_table,
    resolutions_table,
    stated,
    unmatched_table,
    zones_table,
)
from merestone.publish.comparison.words import map_standing, standing, title
from merestone.publish.report.framed import framed
from merestone.publish.report.head import capital
from merestone.publish.report.markup import Content, Markup, bdi, element
from merestone.publish.report.script import SCRIPT
from merestone.publish.report.shell import Shell, chapter, contents, document, tools
from merestone.publish.report.style import DARK, MAP, PAGE, PALETTE

_STYLE = f"{PALETTE}{PALETTE_TWO}{MAP}{MAP_TWO}{PAGE}{PAGE_TWO}{DARK}{DARK_TWO}"
_SCRIPT = f"{SCRIPT}{WALK}"


def report(export: ComparisonExport) -> bytes:
    """The page, as UTF-8."""
    made = export.comparison
    parts = shown(export)
    drawn = draw(made, parts)
    body = (
        element("a", {"class": "skip", "href": "#line"}, "Skip to the map"),
        element("a", {"class": "skip", "href": "#zones"}, "Skip to the zones"),
        header(export),
        element(
            "main", {"class": "comparison"}, _line_column(export, parts, drawn), _text_column(export, parts, drawn)
        ),
        _footer(made),
    )
    generator = f"Merestone {merestone.__version__}"
    return document(Shell(f"{title(export)} - not agreed", generator, "ltr", _STYLE, _SCRIPT), body)


def _footer(made: Comparison) -> Markup:
    said = f" Computed with Merestone {merestone.__version__}."
    return element("footer", {"class": "page"}, element("p", None, bdi(f"{capital(standing(made))}."), said))


def _line_column(export: ComparisonExport, parts: Shown, drawn: DrawnComparison | None) -> Markup:
    """The map, and the profiles in both directions below it."""
    made = export.comparison
    charts = [one for from_second in (False, True) for one in [chart(made, from_second=from_second)] if one is not None]
    return element(
        "section",
        {"class": "line", "aria-label": "The two lines"},
        *(_no_map() if drawn is None else _map(export, parts, drawn)),
        element("div", {"class": "charts"}, *(_figure(one, parts, drawn) for one in charts)),
    )


def _no_map() -> Iterator[Markup]:
    yield element("p", {"class": "banner", "id": "line", "tabindex": "-1"}, "No map: neither line has a position.")


def _map(export: ComparisonExport, parts: Shown, drawn: DrawnComparison) -> Iterator[Markup]:
    made = export.comparison
    said = f"Map of {title(export)}; {standing(made)}"
    above = element(
        "div", {"class": "above"}, element("p", {"class": "under"}, f"{drawn.sheet.projection.caption}."), tools()
    )
    drawing = framed(drawn.sheet, layers(made, parts, drawn, alone=False), map_standing(made), said)
    yield element("div", {"class": "frame", "id": "line", "tabindex": "-1"}, above, drawing)
    yield element("ul", {"class": "legend", "aria-label": "Legend"}, *legend(made))
    left_out = left_out_zones(made, parts)
    if left_out:
        yield element("p", {"class": "under"}, left_out)


def _figure(made: Chart, parts: Shown, drawn: DrawnComparison | None) -> Markup:
    """A chart with its caption, and the slider that walks along it by keyboard."""
    name = "second" if made.from_second else "first"
    slider = {"type": "range", "min": "0", "max": "0", "value": "0", "aria-label": f"Move along the {name} line"}
    return element(
        "figure",
        {"data-from": name},
        element("figcaption", {"dir": "auto"}, caption(made)),
        chart_svg(made, parts, drawn, alone=False),
        element("div", {"class": "walk"}, element("input", {**slider}), element("output", None, greatest_text(made))),
    )


def _text_column(export: ComparisonExport, parts: Shown, drawn: DrawnComparison | None) -> Markup:
    """The tables, then how each line is stated and how to read the page."""
    chapters = [one for one in _chapters(export, parts, _on_map(parts, drawn)) if one[2] is not None]
    return element("div", {"class": "text"}, contents(chapters), *(chapter(*one) for one in chapters))


def _on_map(parts: Shown, drawn: DrawnComparison | None) -> frozenset[str]:
    """The keys of what the map holds."""
    if drawn is None:
        return frozenset()
    return frozenset((*drawn.zones, *drawn.partings, *drawn.unmatched, *parts.crossings))


def _chapters(export: ComparisonExport, parts: Shown, drawn: frozenset[str]) -> Iterator[tuple[str, str, Content]]:
    made = export.comparison
    yield "zones", "Zones of difference", zones_table(made, parts, drawn)
    yield "gone", "Zones that are gone", gone_table(made)
    yield "between", "What lies between", between_table(export, parts)
    yield "lines", "Both lines", lines_table(made)
    yield "partings", "Further apart than the tolerance", partings_table(parts, drawn)
    yield "unmatched", "Without a counterpart", unmatched_table(parts, drawn)
    yield "crossings", "Crossings", crossings_table(export, parts, drawn)
    yield "lengths", "Lengths at common resolutions", resolutions_table(made)
    yield "remarks", "Findings", remarks_table(made.remarks)
    yield "stated", "Sources of the lines", stated(made)
    yield "help", "How to read this page", _help()


def _help() -> Markup:
    items = (
        "Point at a zone on the map, its band in a profile, or its row: all three are highlighted. A click or Enter pins it; "
        "Escape releases it.",
        "Tab moves from list to list, and the arrow keys move within a list. On the map, the keys plus, minus and 0 zoom, "
        "and Shift with an arrow key moves it. The wheel and the buttons do the same.",
        "The slider under each profile moves along the line, by pointer or arrow keys. The map shows the position and the "
        "nearest position of the other line.",
        "Zones are often too narrow to see. On the map, a disc stands for each zone, and its area is in proportion to that of the zone. If you enlarge the map four times, the zones replace the discs.",
        "The edge of a zone shows how certain the difference is by the stated accuracy: solid for different, dashed for "
        "undecidable, dotted for within the error. The hatching shows on which side of the first line it lies.",
        "Both lines are followed in the same direction, the common orientation; left and right are seen in that direction. "
        "First and second are only the order of the files. No other boundary is drawn.",
    )
    return element("ul", {"class": "help"}, *(element("li", None, item) for item in items))
