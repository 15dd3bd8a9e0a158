"""Findings as text: the place, the line of the source, a caret under what is meant, and what to do.

The text is the same with and without colour; `Piece.role` says what a piece of it is, and `merestone.cli.terminal`
gives roles their colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from merestone.cli.cells import ShownLine, has_right_to_left, shown, visible
from merestone.diagnostics import Diagnostic, Measure, Severity, Span
from merestone.publish.findings import quantity
from merestone.publish.text import width

NARROWEST = 40
"""Below this many columns nothing is windowed any more: the terminal may wrap."""

_ELLIPSIS = "\u2026"


class Role(StrEnum):
    """What a piece of the text is."""

    PLAIN = "plain"
    SENTENCE = "sentence"
    GUTTER = "gutter"
    ERROR = "error"
    OPEN = "open"
    WARNING = "warning"
    NOTE = "note"
    LABEL = "label"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one role."""

    text: str
    role: Role = Role.PLAIN


Row = tuple[Piece, ...]
"""One row of text, without its line end."""


@dataclass(frozen=True, slots=True)
class Source:
    """A description to point into: its name as the user gave it, and its lines."""

    name: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, name: str, text: str) -> Source:
        """A source from its whole text; a line ends at LF, CR LF or CR, as the language has it."""
        return cls(name, tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of one line to underline: characters from `start` to `end` (from 0), with a text beside it."""

    line: int
    start: int
    end: int
    stroke: str
    text: str
    role: Role


def plain(rows: Iterable[Row]) -> str:
    """Rows as text, each with its line end."""
    return "".join("".join(piece.text for piece in row).rstrip() + "\n" for row in rows)


def render(finding: Diagnostic, source: Source, columns: int = 120) -> list[Row]:
    """The rows that show one finding in a text `columns` wide."""
    role = Role(finding.severity.value)
    gutter = len(str(max((mark.line for mark in _marks(finding, source, role)), default=0)))
    rows: list[Row] = [
        (
            Piece(f"{_TITLES[finding.severity]}[{finding.code}]", role),
            Piece(f": {visible(finding.sentence)}", Role.SENTENCE),
        ),
        (Piece(f"{' ' * gutter}--> ", Role.GUTTER), Piece(_place(finding, source))),
    ]
    rows.extend(_excerpt(_marks(finding, source, role), source, gutter, columns))
    rows.extend(_advice(finding, source, gutter))
    return rows


def summary(findings: Sequence[Diagnostic], source: Source) -> str:
    """One line that counts the findings: `2 errors, 1 open word in libya-chad.boundary`."""
    counts = []
    for severity, (one, many) in _COUNTED.items():
        count = sum(finding.severity is severity for finding in findings)
        if count:
            settled = sum(finding.settled for finding in findings if finding.severity is severity)
            read = f" ({settled} with a declared reading)" if settled else ""
            counts.append(f"{count} {one if count == 1 else many}{read}")
    return f"{', '.join(counts) or 'no findings'} in {visible(source.name)}"


_TITLES = {
    Severity.ERROR: "error",
    Severity.OPEN: "open",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}

_COUNTED = {
    Severity.ERROR: ("error", "errors"),
    Severity.OPEN: ("open word", "open words"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.NOTE: ("note", "notes"),
}


def _place(finding: Diagnostic, source: Source) -> str:
    where = visible(source.name)
    if finding.span is not None:
        where += f":{finding.span.line}:{finding.span.column}"
    return f"{where} ({visible(finding.subject)})" if finding.subject else where


# ---- the excerpt: source lines with what is underlined in them ---------------------------------------------------


def _marks(finding: Diagnostic, source: Source, role: Role) -> list[_Mark]:
    """Everything to underline, in the order of the text; the finding's own place comes first on its line."""
    marks = [] if finding.span is None else list(_marks_of(finding.span, source, "^", "", role))
    for label in finding.labels:
        marks.extend(_marks_of(label.span, source, "-", visible(label.text), Role.LABEL))
    return sorted(marks, key=lambda mark: (mark.line, mark.stroke != "^", mark.start))


def _marks_of(span: Span, source: Source, stroke: str, text: str, role: Role) -> Iterator[_Mark]:
    """A span as marks: one for a span within a line, two (its first and its last line) for a longer one."""
    if not 1 <= span.line <= len(source.lines):
        return
    last = min(span.end_line, len(source.lines))
    first_line = source.lines[span.line - 1]
    if last <= span.line:
        yield _Mark(span.line, span.column - 1, max(span.end_column - 1, span.column), stroke, text, role)
        return
    yield _Mark(span.line, span.column - 1, max(len(first_line.rstrip()), span.column), stroke, "", role)
    last_line = source.lines[last - 1]
    indent = len(last_line) - len(last_line.lstrip())
    end = span.end_column - 1 if span.end_line == last else len(last_line)
    yield _Mark(last, indent, max(end, indent + 1), stroke, text, role)


def _excerpt(marks: Sequence[_Mark], source: Source, gutter: int, columns: int) -> Iterator[Row]:
    if not marks:
        return
    empty = Piece(f"{' ' * gutter} |", Role.GUTTER)
    room = max(columns, NARROWEST) - gutter - 3
    previous: int | None = None
    yield (empty,)
    for number in sorted({mark.line for mark in marks}):
        if previous is not None and number > previous + 1:
            yield (Piece("...", Role.GUTTER),)
        previous = number
        here = [mark for mark in marks if mark.line == number]
        line = shown(source.lines[number - 1])
        window = _window(line, here[0], room)
        yield (Piece(f"{number:>{gutter}} | ", Role.GUTTER), Piece(_within(line, window)))
        for mark in here:
            yield (empty, Piece(" "), *_underline(line, mark, window))
    yield (empty,)


def _window(line: ShownLine, mark: _Mark, room: int) -> tuple[int, int]:
    """The characters of a line to show, from and to: all of them, or those around the mark where it is too long."""
    count = len(line.cells)
    if line.starts[-1] <= room:
        return 0, count
    room -= 2  # for the ellipses
    first = last = min(mark.start, max(count - 1, 0))
    while last < count and last < mark.end and line.starts[last + 1] - line.starts[first] <= room * 2 // 3:
        last += 1
    while last - first < count:
        grown = False
        if first > 0 and line.starts[last] - line.starts[first - 1] <= room:
            first, grown = first - 1, True
        if last < count and line.starts[last + 1] - line.starts[first] <= room:
            last, grown = last + 1, True
        if not grown:
            break
    return first, last


def _within(line: ShownLine, window: tuple[int, int]) -> str:
    first, last = window
    left = _ELLIPSIS if first > 0 else ""
    right = _ELLIPSIS if last < len(line.cells) else ""
    return left + "".join(line.cells[first:last]) + right


def _underline(line: ShownLine, mark: _Mark, window: tuple[int, int]) -> Iterator[Piece]:
    first, last = window
    cut_left = 1 if first > 0 else 0
    whole = last == len(line.cells)
    start = min(max(mark.start, first), last)
    end = mark.end if whole else min(mark.end, last)
    origin = line.starts[first] - cut_left
    before = line.column(start) - origin
    strokes = max(line.column(max(end, start)) - line.column(start), 1)
    yield Piece(" " * before + mark.stroke * strokes, mark.role)
    if mark.text:
        yield Piece(f" {mark.text}", mark.role)


# ---- what to do about it -----------------------------------------------------------------------------------------


def _advice(finding: Diagnostic, source: Source, gutter: int) -> Iterator[Row]:
    """The rows below the excerpt, each `= what: text`."""
    for what, text in _advice_pairs(finding, source):
        head = f"{' ' * gutter} = {what}: "
        first, *rest = visible_lines(text)
        yield (Piece(head, Role.GUTTER), Piece(first))
        for line in rest:
            yield (Piece(" " * width(head)), Piece(line))


def _advice_pairs(finding: Diagnostic, source: Source) -> Iterator[tuple[str, str]]:
    marked = _right_to_left_text(finding, source)
    if marked:
        yield "marked", marked
    for measure in finding.measures:
        yield "measured", measured(measure)
    if finding.expected:
        yield "expected", finding.expected
    if finding.hint:
        yield "help", finding.hint
    if finding.settles:
        yield "settles", finding.settles


def _right_to_left_text(finding: Diagnostic, source: Source) -> str | None:
    """The marked text itself where the terminal may show its line from right to left and the caret elsewhere."""
    span = finding.span
    if span is None or not 1 <= span.line <= len(source.lines):
        return None
    line = source.lines[span.line - 1]
    if not has_right_to_left(line):
        return None
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    return f'"{line[span.column - 1 : end]}"'


def visible_lines(text: str) -> list[str]:
    """The lines of a text, made safe for a terminal; never empty."""
    return [visible(line) for line in text.split("\n")]


def measured(measure: Measure) -> str:
    """A measure in words: `separation: 6.03 km between geodesic and loxodrome`."""
    what = f"{measure.what}: {quantity(measure.value, measure.unit)}"
    if measure.between is None:
        return what
    one, other = measure.between
    return f"{what} between {one} and {other}"
