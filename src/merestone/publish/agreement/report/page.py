"""The page of a comparison of many lines composed: it opens from disk and asks nothing of anybody.

One sentence and four figures; then the strip and the map beside the tables, tied part by part. Same input, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

import merestone
from merestone.compare.many.agreed import Agreement
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.figures import figures, sentence, why_reference
from merestone.publish.agreement.report.drawn import DrawnLines, draw
from merestone.publish.agreement.report.layers import layers, legend
from merestone.publish.agreement.report.shown import Shown, shown
from merestone.publish.agreement.report.strip import caption, strip_svg
from merestone.publish.agreement.report.style import DARK as DARK_MANY
from merestone.publish.agreement.report.style import MAP as MAP_MANY
from merestone.publish.agreement.report.style import PAGE as PAGE_MANY
from merestone.publish.agreement.report.style import PALETTE as PALETTE_MANY
from merestone.publish.agreement.report.style import SCRIPT as TELL
from merestone.publish.agreement.report.tables import (
    constellations_table,
    lines_table,
    pairs_tables,
    runs_table,
    stated,
)
from merestone.publish.agreement.words import map_standing, names, standing, title
from merestone.publish.comparison.report.head import figure_element, key_picture
from merestone.publish.comparison.report.style import MAP as MAP_TWO
from merestone.publish.comparison.report.style import PAGE as PAGE_TWO
from merestone.publish.comparison.report.tables import remarks_table
from merestone.publish.report.framed import framed
from merestone.publish.report.head import capital
from merestone.publish.report.markup import Content, Markup, bdi, element
from merestone.publish.report.script import SCRIPT
from merestone.publish.report.shell import Shell, chapter, contents, document, tools
from merestone.publish.report.style import DARK, MAP, PAGE, PALETTE
from merestone.publish.text import unbroken

_STYLE = f"{PALETTE}{PALETTE_MANY}{MAP}{MAP_TWO}{MAP_MANY}{PAGE}{PAGE_TWO}{PAGE_MANY}{DARK}{DARK_MANY}"


def report(export: AgreementExport) -> bytes:
    """The page, as UTF-8."""
    made = export.agreement
    parts = shown(made)
    body = (
        element("a", {"class": "skip", "href": "#line"}, "Skip to the map"),
        element("a", {"class": "skip", "href": "#lines"}, "Skip to the tables"),
        _header(export),
        element("main", {"class": "comparison"}, _line_column(export, parts), _text_column(made, parts)),
        element("footer", {"class": "page"}, element("p", None, f"{capital(standing())}. {_made_with()}.")),
    )
    generator = f"Merestone {merestone.__version__}"
    return document(Shell(f"{title(export)} - not agreed", generator, "ltr", _STYLE, f"{SCRIPT}{TELL}"), body)


def _made_with() -> str:
    return f"Computed with Merestone {merestone.__version__}"


def _header(export: AgreementExport) -> Markup:
    """Title, standing, the sentence and the figures."""
    made = export.agreement
    return element(
        "header",
        None,
        element("div", {"class": "top"}, element("h1", {"dir": "auto"}, title(export))),
        element("p", {"class": "banner"}, f"{capital(standing())}."),
        element("p", {"class": "sentence"}, bdi(unbroken(sentence(made)))),
        element("dl", {"class": "figures"}, *(figure_element(figure) for figure in figures(made))),
    )


def _line_column(export: AgreementExport, parts: Shown) -> Markup:
    """The strip, and the map below it."""
    made = export.agreement
    return element(
        "section",
        {"class": "line", "aria-label": "Strip and map"},
        element(
            "figure",
            {"class": "strips"},
            element(
                "figcaption",
                {"class": "under", "dir": "auto"},
                f"{caption(made)}, the line with the smallest sum of separations from the others.",
            ),
            strip_svg(made, parts, alone=False),
            element("output", None, "Point at a position on the strip, or move along it with the arrow keys."),
            element("ul", {"class": "legend", "aria-label": "Legend of the strip"}, *strip_legend()),
        ),
        *_map(export, draw(made, parts)),
    )


def strip_legend() -> Iterator[Markup]:
    """What bands, thin bands and gaps mean."""
    tones = (
        element("rect", {"class": f"tone t{tone}", "x": str(10 * tone + 2), "y": "1", "width": "10", "height": "14"})
        for tone in range(4)
    )
    yield element(
        "li", None, key_picture(tones), " same tone at one position: the lines agree there; a tone means nothing else"
    )
    thin = element("rect", {"class": "alone", "x": "2", "y": "6", "width": "40", "height": "5"})
    yield element("li", None, key_picture(thin), " the line is alone there")
    yield element("li", None, key_picture(None), " gap: the line is absent there")


def _map(export: AgreementExport, drawn: DrawnLines) -> Iterator[Markup]:
    made = export.agreement
    caption_ = element("p", {"class": "under"}, f"{drawn.sheet.projection.caption}.")
    above = element("div", {"class": "above"}, caption_, tools())
    said = f"Map: {title(export)}; {standing()}"
    drawing = framed(drawn.sheet, layers(made, drawn), map_standing(), said)
    yield element("div", {"class": "frame", "id": "line", "tabindex": "-1"}, above, drawing)
    yield element("ul", {"class": "legend", "aria-label": "Legend of the map"}, *legend(made))


def _text_column(made: Agreement, parts: Shown) -> Markup:
    chapters = [one for one in _chapters(made, parts) if one[2] is not None]
    return element("div", {"class": "text"}, contents(chapters), *(chapter(*one) for one in chapters))


def _chapters(made: Agreement, parts: Shown) -> Iterator[tuple[str, str, Content]]:
    yield "lines", "The lines", lines_table(made)
    yield "together", "Which lines agree", constellations_table(made)
    yield "pairs", "Pairs", pairs_tables(made)
    yield "runs", "Along the line", runs_table(made, parts)
    yield "remarks", "Findings", remarks_table(made.remarks)
    yield "stated", "Sources of the lines", stated(made)
    yield "help", "How to read this page", _help(made)


def _help(made: Agreement) -> Markup:
    items = (
        f"The lines are compared along {names(made)[made.reference.line]}: {why_reference(made)}.",
        "For each position on it, the program takes the nearest position of every other line. Two lines agree there if "
        "the position of each is within the tolerance of the other line. Lines that agree with a third line are in one group.",
        "On the strip each line has a band. Bands with the same tone at one position agree there. A tone stays with the "
        "lines that have it along most of the way. It does not stand for a party, and a larger group is not more correct.",
        "Point at a position on the strip or at a row: strip, map and row are highlighted. A click or Enter pins it; Escape "
        "releases it. Tab moves from list to list, and the arrow keys move within a list.",
        "On the map, the keys plus, minus and 0 zoom, and Shift with an arrow key moves it. The wheel and the buttons do the "
        "same. Point at a line in the legend to highlight it.",
        "The figures of a pair are those of a comparison of these two lines alone. They cover the parts that have a counterpart.",
    )
    return element("ul", {"class": "help"}, *(element("li", None, bdi(item)) for item in items))
