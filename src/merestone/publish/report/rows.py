"""Tables of the page, row by row: each row has a head that leads to what it is tied to."""

from __future__ import annotations

from collections.abc import Sequence

from merestone.publish.report.anchors import MOST_ROWS, link
from merestone.publish.report.markup import Attribute, Content, Markup, element, joined
from merestone.publish.report.numbers import grouped

CATALOGUE = "the coordinate catalogue has all of them"


def table(
    name: str, heads: Sequence[str], rows: list[Markup], note: str | None, css: str = "", rest: str = CATALOGUE
) -> Markup:
    """A table that scrolls by itself, with a caption that says what is left out."""
    left_out = len(rows) - MOST_ROWS
    said = f" The first {grouped(MOST_ROWS, 0)} of {grouped(len(rows), 0)} rows; {rest}." if left_out > 0 else ""
    return element(
        "div",
        {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": f"{name}, table"},
        element(
            "table",
            {"class": css or None},
            element("caption", None, f"{note or ''}{said}") if note or said else None,
            element("thead", None, element("tr", None, *(element("th", {"scope": "col"}, head) for head in heads))),
            element("tbody", {"data-rove": f"rows-{name.lower()}"}, *rows[:MOST_ROWS]),
        ),
    )


def row(attributes: dict[str, Attribute], target: str | None, first: Content, *cells: Content) -> Markup:
    """A row whose head is a link to what it is tied to."""
    head = link(target, "tie", first)
    return element(
        "tr", attributes, element("th", {"scope": "row"}, head), *(element("td", None, cell) for cell in cells)
    )


def over(upper: Content, lower: Content) -> Markup:
    """Two lines in one cell, the lower one smaller."""
    return joined(element("span", None, upper), " ", element("span", {"class": "sub"}, lower))
