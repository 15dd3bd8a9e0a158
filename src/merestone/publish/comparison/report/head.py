"""The head of the page: whose lines, that nothing is agreed, one sentence, four figures."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.compare.comparison import Comparison, Side
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.figures import Figure, balance_sentence, figures, sentence
from merestone.publish.comparison.words import holders_on, short_names, standing, stated, title
from merestone.publish.report.head import capital
from merestone.publish.report.markup import Content, Markup, bdi, element
from merestone.publish.text import unbroken


def header(export: ComparisonExport) -> Markup:
    """Title, standing, the sentence and the figures."""
    made = export.comparison
    return element(
        "header",
        None,
        element("div", {"class": "top"}, element("h1", {"dir": "auto"}, title(export))),
        element("p", {"class": "banner"}, bdi(f"{capital(standing(made))}.")),
        *(
            element("p", {"class": "sentence"}, unbroken(said))
            for said in (balance_sentence(made), sentence(made))
            if said
        ),
        element("dl", {"class": "figures"}, *(figure_element(figure) for figure in figures(made))),
    )


def figure_element(figure: Figure) -> Markup:
    """A figure with its name and what stands beside it."""
    return element(
        "div",
        None,
        element("dt", None, figure.name),
        element("dd", {"class": "value"}, unbroken(figure.value)),
        *(element("dd", {"class": "beside"}, bdi(unbroken(line))) for line in figure.beside),
    )


def legend(made: Comparison) -> Iterator[Markup]:
    """Both lines in their strokes with whose they are, the two kinds of zone, verdicts and unmatched parts."""
    for name, short, claim in zip(("first", "second"), short_names(made), (made.first, made.second), strict=True):
        stroke = element("path", {"class": f"stroke-{name}", "d": "M1 8H43"})
        yield element("li", None, key_picture(stroke), " ", bdi(f"{short}: {stated(claim)}"))
    for side in Side:
        if any(zone.in_first is side for zone in made.zones):
            swatch = element(
                "rect", {"class": f"swatch {side.value}", "x": "8", "y": "2", "width": "28", "height": "12"}
            )
            yield element("li", None, key_picture(swatch), " ", bdi(holders_on(made, side)))
    if made.zones:
        disc = element("circle", {"class": "swatch left", "cx": "22", "cy": "8", "r": "7"})
        yield element("li", None, key_picture(disc), " discs: the relative size of the zones")
    if made.unmatched:
        band = element("path", {"d": "M1 8H43"})
        yield element("li", None, key_picture(element("g", {"class": "unmatched"}, band)), " no counterpart")


def key_picture(content: Content) -> Markup:
    """A drawing of 44 by 16 pixels beside an entry of the legend."""
    size = {"viewBox": "0 0 44 16", "width": "44", "height": "16"}
    return element("svg", {"class": "key", **size, "aria-hidden": "true"}, content)
