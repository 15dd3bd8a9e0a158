"""From text to logical lines: a statement is a line and the deeper-indented lines below it.

What is wrong with the text as text is found here: bytes that are not UTF-8, characters that deceive the eye, sizes
that no description has, quotations that never close. Nothing is understood yet.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from merestone.description.characters import decode, suspicious_characters
from merestone.description.straight_quotes import with_marked_quotations
from merestone.description.tree import Comment
from merestone.diagnostics import Diagnostic, Severity, Span

MAX_LINE_CHARACTERS = 200_000
MAX_STATEMENT_CHARACTERS = 1_000_000
MAX_STATEMENTS = 500_000
MAX_CONTINUATIONS = 20_000

BODY_WORDS = frozenset({"from", "leg", "legs", "then", "table"})
"""The words that begin a statement inside a section or ring."""

_QUOTE_OR_COMMENT = re.compile(r"[«»#]|(?<![0-9])“|”").search
_COLUMNS = re.compile(r"\bcolumns\b").search
_CLOSER = {"«": "»", "“": "”"}


@dataclass(frozen=True, slots=True)
class _Quotation:
    """The quotation that is open at the end of a line: how deep, its sign, where it opens."""

    depth: int
    opener: str
    span: Span


_NO_QUOTATION = _Quotation(0, "", Span(0, 0, 0, 0))


@dataclass(slots=True)
class LogicalLine:
    """One statement's text, joined with single spaces, and where each piece of it stood.

    `segments` are (offset in `text`, line, column) of each physical line, None for a statement on one line. `body`
    holds the statements inside a section or ring; `rows` the raw rows of a table. `cut` is true where the text is not
    whole: it went on for too long, or a quotation in it never closes.
    """

    text: str
    line: int
    column: int
    indent: int
    end_line: int
    segments: list[tuple[int, int, int]] | None = None
    body: Sequence[LogicalLine] = ()
    rows: str | None = None
    rows_line: int = 0
    cut: bool = False

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column at an offset of the joined text."""
        if self.segments is None:
            return self.line, self.column + offset
        base, line, column = self.segments[bisect_right(self.segments, offset, key=lambda s: s[0]) - 1]
        return line, column + offset - base

    def span(self, start: int, end: int) -> Span:
        """The span of a piece of the joined text."""
        if self.segments is None:
            line = self.line
            return Span(line, self.column + start, line, self.column + end)
        line, column = self.place(start)
        end_line, end_column = self.place(max(start, end - 1))
        return Span(line, column, end_line, end_column + (1 if end > start else 0))


@dataclass(frozen=True, slots=True)
class Layout:
    """The statements of a text at top level, its comments, and what is wrong with it as text."""

    statements: tuple[LogicalLine, ...]
    comments: tuple[Comment, ...]
    diagnostics: tuple[Diagnostic, ...]
    is_text: bool = True


def lay_out(source: str | bytes) -> Layout:
    """The logical lines of a text. Time grows with the length of the text, and what is too large is refused whole."""
    text, refused = decode(source)
    if text is None:
        return Layout((), (), refused, is_text=False)
    text, doubtful = with_marked_quotations(text)
    reader = _Reader(text)
    reader.read()
    found = [*refused, *doubtful, *suspicious_characters(text), *reader.findings]
    return Layout(tuple(reader.statements), tuple(reader.comments), tuple(found))


class _Reader:
    """Walks over the physical lines once and gathers logical ones."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.statements: list[LogicalLine] = []
        self.comments: list[Comment] = []
        self.findings: list[Diagnostic] = []
        self.current: LogicalLine | None = None
        self.pieces: list[str] = []
        self.length = 0
        self.quotation = _NO_QUOTATION
        self.section: LogicalLine | None = None
        self.body: list[LogicalLine] = []
        self.body_indent: int | None = None
        self.count = 0

    def read(self) -> None:
        """Read the whole text."""
        text, position, number, size = self.text, 0, 0, len(self.text)
        while position < size:
            number += 1
            end = text.find("\n", position)
            if end < 0:
                end = size
            if end - position > MAX_LINE_CHARACTERS:
                sentence = f"a line of {end - position} characters is too long: at most {MAX_LINE_CHARACTERS} are read"
                self._say("T103", Span(number, 1, number, 2), sentence)
                position = end + 1
                continue
            line = text[position:end]
            position = end + 1
            table = self._take(line, number)
            if table is not None:
                position, number = self._take_rows(table, position, number)
            if self.count > MAX_STATEMENTS:
                sentence = f"the text has more than {MAX_STATEMENTS} statements"
                self._say("T104", Span(number, 1, number, 2), sentence, "put long lists into tables")
                break
        self._report_open_quotation()
        self._close()

    def _take(self, line: str, number: int) -> LogicalLine | None:
        """Take in one physical line; the table whose head ends with it and whose rows follow, if one does."""
        content = line.lstrip(" \t")
        if not content or (content[0] == "#" and not self.quotation.depth):
            if content:
                self.comments.append(Comment(content.rstrip(), number))
            return None
        indent = len(line) - len(content)
        current = self.current
        goes_on = current is not None and indent > current.indent
        if not goes_on:
            self._report_open_quotation()
        content, quotation = self._uncommented(content, indent, number, self.quotation if goes_on else _NO_QUOTATION)
        if not content:
            return None
        if "\t" in line[:indent]:
            span = Span(number, 1, number, indent + 1)
            self._say("T109", span, "a tab stands in the indentation: how deep it is cannot be seen", "use spaces")
        if current is None or self._begins(current, content, indent):
            self._begin(content, indent, number)
        else:
            self._continue(current, content, indent, number)
        self.quotation = quotation
        return self.current if self._is_table_head(content) else None

    def _is_table_head(self, content: str) -> bool:
        """Whether the current statement is a table whose head ends with this line."""
        if not self.pieces[0].startswith("table ") or (_COLUMNS(self.pieces[0]) is None and len(self.pieces) == 1):
            return False
        return not content.endswith(",") and any(_COLUMNS(piece) for piece in self.pieces)

    def _uncommented(self, content: str, indent: int, number: int, before: _Quotation) -> tuple[str, _Quotation]:
        """A line's content without its comment, and the quotation that is open at its end."""
        if not before.depth and "#" not in content and "«" not in content and "“" not in content:
            return content.rstrip(), _NO_QUOTATION
        depth, opener, span, position = before.depth, before.opener, before.span, 0
        while match := _QUOTE_OR_COMMENT(content, position):
            sign, position = match.group(), match.end()
            if depth:
                depth += 1 if sign == opener else -1 if sign == _CLOSER[opener] else 0
            elif sign == "#":
                self.comments.append(Comment(content[match.start() :].rstrip(), number))
                return content[: match.start()].rstrip(), _NO_QUOTATION
            elif sign in _CLOSER:
                column = indent + position
                depth, opener, span = 1, sign, Span(number, column, number, column + 1)
        return content.rstrip(), _Quotation(depth, opener, span) if depth else _NO_QUOTATION

    def _begins(self, current: LogicalLine, content: str, indent: int) -> bool:
        """Whether a line begins a statement rather than going on with one."""
        section = self.section
        if indent <= (section or current).indent:
            return True
        if section is None:
            return False
        if self.body_indent is not None:
            return indent <= max(current.indent, self.body_indent)
        return not self.quotation.depth and content.split(None, 1)[0] in BODY_WORDS

    def _begin(self, content: str, indent: int, number: int) -> None:
        """Begin a statement, at top level or inside the section."""
        self.count += 1
        self._close()
        logical = LogicalLine(content, number, indent + 1, indent, number)
        if self.section is not None and indent > self.section.indent:
            if self.body_indent is None:
                self.body_indent = indent
            self.body.append(logical)
        else:
            self.statements.append(logical)
            self.section, self.body_indent = None, None
            if content.startswith(("section ", "ring ")):
                self.section, self.body = logical, []
                logical.body = self.body
        self.current, self.pieces, self.length = logical, [content], len(content)

    def _continue(self, logical: LogicalLine, content: str, indent: int, number: int) -> None:
        """Go on with the current statement."""
        if self.length > MAX_STATEMENT_CHARACTERS or len(self.pieces) > MAX_CONTINUATIONS:
            if not logical.cut:
                span = Span(number, indent + 1, number, indent + 1 + len(content))
                self._say("T112", span, "a statement goes on for too long", "put long lists into tables")
            logical.cut = True
            return
        if logical.segments is None:
            logical.segments = [(0, logical.line, logical.column)]
        logical.segments.append((self.length + 1, number, indent + 1))
        logical.end_line = number
        self.pieces.append(content)
        self.length += 1 + len(content)

    def _take_rows(self, table: LogicalLine, position: int, number: int) -> tuple[int, int]:
        """Take the deeper lines below a table's head as its rows, whole; the place and line after them."""
        found = re.compile(rf"^[ \t]{{0,{table.indent}}}[^\s#]", re.MULTILINE).search(self.text, position)
        end = self._last_row(position, found.start() if found else len(self.text), table.indent)
        table.rows, table.rows_line = self.text[position:end].rstrip(), number + 1
        lines = self.text.count("\n", position, end)
        table.end_line = number + table.rows.count("\n") + (1 if table.rows else 0)
        return end, number + lines

    def _last_row(self, position: int, end: int, indent: int) -> int:
        """The end of a table's last row: comments below it that are no deeper than the table do not belong to it."""
        while end > position:
            start = self.text.rfind("\n", position, end - 1) + 1 or position
            line = self.text[start:end]
            content = line.lstrip(" \t\n")
            if content and (content[0] != "#" or len(line) - len(content) > indent):
                break
            end = start
        return end

    def _close(self) -> None:
        """End the current statement: join its lines."""
        if self.current is not None and len(self.pieces) > 1:
            self.current.text = " ".join(self.pieces)

    def _report_open_quotation(self) -> None:
        """A quotation that is still open where its statement ends is reported where it opens."""
        if self.quotation.depth:
            closer = _CLOSER[self.quotation.opener]
            sentence = "the quotation that opens here never closes"
            self._say("T108", self.quotation.span, sentence, f"close it with {closer}")
            if self.current is not None:
                self.current.cut = True
            self.quotation = _NO_QUOTATION

    def _say(self, code: str, span: Span, sentence: str, hint: str | None = None) -> None:
        severity = Severity.WARNING if code == "T109" else Severity.ERROR
        self.findings.append(Diagnostic(code, severity, sentence, span, hint=hint))
