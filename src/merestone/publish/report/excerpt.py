"""Places in the text of the description: the lines they stand on, marked, with a caret under them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from merestone.diagnostics import Diagnostic, Span
from merestone.publish.report.anchors import MOST_LINES, Anchors, link
from merestone.publish.report.markup import Markup, element, joined

_MOST_LINES = 3
_MOST_COLUMNS = 400


class Text:
    """The text of a description by lines; spans count lines and columns from one."""

    def __init__(self, source: str) -> None:
        self.lines = source.split("\n")

    def slice(self, span: Span | None) -> str:
        """The words of a span on one line; empty where there is no span or it lies outside the text."""
        if span is None or not self.holds(span):
            return ""
        rows = self.lines[span.line - 1 : span.end_line]
        if len(rows) == 1:
            return rows[0][span.column - 1 : span.end_column - 1]
        inner = [rows[0][span.column - 1 :], *rows[1:-1], rows[-1][: span.end_column - 1]]
        return " ".join(row.strip() for row in inner if row.strip())

    def holds(self, span: Span) -> bool:
        """Whether a span lies in the text."""
        return 1 <= span.line <= span.end_line <= len(self.lines)


def excerpt(text: Text, finding: Diagnostic, anchors: Anchors) -> Markup | None:
    """The lines that a finding points to, its words marked, carets below; None where it points nowhere."""
    span = finding.span
    if span is None or not text.holds(span):
        return None
    rows = range(span.line, min(span.end_line, span.line + _MOST_LINES - 1) + 1)
    lines = [row for number in rows for row in _row(text, number, span, anchors)]
    between = [joined("\n" if index else "", row) for index, row in enumerate(lines)]
    return element("pre", {"class": "excerpt", "dir": "ltr"}, *between)


def _row(text: Text, number: int, span: Span, anchors: Anchors) -> Iterable[Markup]:
    """One line: its number (a link to the whole text), the line with the span marked, the carets of a span of one line."""
    line = text.lines[number - 1][:_MOST_COLUMNS]
    start = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
    end = min(span.end_column - 1 if number == span.end_line else len(line), len(line))
    end = max(end, min(start + 1, len(line)))
    marked = joined(line[:start], element("mark", None, line[start:end] or " "), line[end:])
    gutter = link(anchors.to_line(number), "n", f"{number:>4}")
    yield joined(gutter, " ", marked)
    carets = _carets(line, start, end) if span.line == span.end_line else None
    if carets is not None:
        yield carets


def _carets(line: str, start: int, end: int) -> Markup | None:
    """A row of carets under the span, where every character before it has one column and runs left to right."""
    if not all(_plain_column(character) for character in line[:end]):
        return None
    return element("span", {"class": "caret", "aria-hidden": "true"}, " " * (5 + start) + "^" * max(end - start, 1))


def _plain_column(character: str) -> bool:
    return (
        unicodedata.east_asian_width(character) not in "WF"
        and not unicodedata.combining(character)
        and unicodedata.bidirectional(character) not in ("R", "AL")
        and character != "\t"
    )


def whole_text(text: Text, keys: dict[int, str]) -> Iterable[Markup]:
    """The text line by line, each with an anchor; lines of a leg or point carry its key."""
    for number, line in enumerate(text.lines[:MOST_LINES], start=1):
        key = keys.get(number)
        yield element(
            "span",
            {"class": "row", "id": f"L{number}", "data-k": key},
            element("span", {"class": "n", "aria-hidden": "true"}, f"{number:>4}"),
            " ",
            line or " ",
            "\n",
        )
