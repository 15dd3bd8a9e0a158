"""Where the links of the page lead: only to what is on the page, for long lines are not shown whole."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.publish.report.markup import Content, Markup, element

MOST_ROWS = 2_000
"""A table of the page holds no more rows; the coordinate catalogue holds all."""

MOST_CLAUSES = 1_000
"""More legs than this are left to the table of legs, and more points to the table of vertices."""

MOST_MARKERS = 1_500
"""More vertices than this are not marked one by one: the line itself shows them."""

MOST_LINES = 5_000
"""More lines of the text than this are left to the file itself."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the page holds: the keys with a card among the words, those on the map, and how many lines of the text."""

    clauses: frozenset[str]
    drawn: frozenset[str]
    rows: frozenset[str]
    lines: int

    def to_map(self, key: str | None) -> str | None:
        """The link to a leg or point on the map, else to its card."""
        if key in self.drawn:
            return f"#map-{key}"
        return f"#clause-{key}" if key in self.clauses else None

    def to_words(self, key: str | None) -> str | None:
        """The link to the card of a leg or point, else to its row."""
        if key in self.clauses:
            return f"#clause-{key}"
        return f"#row-{key}" if key in self.rows else None

    def to_line(self, number: int) -> str | None:
        """The link to a line of the text."""
        return f"#L{number}" if 1 <= number <= self.lines else None


def link(target: str | None, css: str | None, *content: Content) -> Markup:
    """A link, or the bare words where there is nothing to lead to."""
    if target is None:
        return element("span", {"class": css}, *content)
    return element("a", {"href": target, "class": css}, *content)
