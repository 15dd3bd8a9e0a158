"""The canonical layout of a text: what `merestone format` writes.

Each statement is printed in canonical form; comments, blank lines between statements and numbers as they were written
are kept, legs without a name get one. A statement that cannot be understood is left exactly as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from merestone.description.layout import Layout, LogicalLine, lay_out
from merestone.description.legs import LEG_KINDS
from merestone.description.legs.syntax import LegSyntax
from merestone.description.parser import conventions_declared, parse_statement
from merestone.description.printer import INDENT, LINE_WIDTH, Printer
from merestone.description.sections import Kinds
from merestone.description.tree import Comment, From, Leg, LegChain, LegTable, Name, PointTable, Section
from merestone.diagnostics import has_errors


def format_text(text: str, kinds: tuple[LegSyntax, ...] = LEG_KINDS) -> str:
    """The text in canonical layout, with its comments, and names for legs that have none.

    A text that is no text at all (too large, binary) comes back as it is. Formatting twice changes nothing.
    """
    layout = lay_out(text)
    if not layout.statements and not layout.comments:
        return text
    return _Formatter(text, layout, kinds).text()


class _Formatter:
    """Writes the statements of a layout in order, with the comments and blank lines between them."""

    def __init__(self, text: str, layout: Layout, kinds: tuple[LegSyntax, ...]) -> None:
        self.source = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
        self.layout = layout
        self.kinds = Kinds.of(kinds)
        self.printer = Printer(kinds)
        self.conventions = conventions_declared(layout.statements, self.kinds)
        self.comments = list(layout.comments)
        self.next_comment = 0
        self.last_line = 0
        self.lines: list[str] = []
        self.in_open_quotation = False

    def text(self) -> str:
        """The whole text."""
        for logical in self.layout.statements:
            self._statement(logical, "", self._canonical(logical))
            names = _names(self._parsed_inside(logical))
            for inner, node in zip(logical.body, names, strict=True):
                lines = None if node is None else list(self.printer.inside(node))
                self._statement(inner, INDENT, lines)
        self._comments_before(len(self.source) + 1, "")
        return "\n".join(self.lines) + "\n"

    def _canonical(self, logical: LogicalLine) -> list[str] | None:
        """The canonical lines of a statement at top level; None where it must stay as it is."""
        node, findings = parse_statement(logical, self.conventions, self.kinds, inside=False)
        if node is None or has_errors(findings) or logical.cut:
            return None
        if isinstance(node, Section):
            return list(self.printer.section_head(node))
        if isinstance(node, (From, Leg, LegChain, LegTable)):
            return None
        return list(self.printer.statement(node))

    def _parsed_inside(self, logical: LogicalLine) -> list[From | Leg | LegChain | PointTable | LegTable | None]:
        """The statements inside a section; None for one that must stay as it is."""
        found: list[From | Leg | LegChain | PointTable | LegTable | None] = []
        for inner in logical.body:
            node, findings = parse_statement(inner, self.conventions, self.kinds, inside=True)
            good = isinstance(node, (From, Leg, LegChain, PointTable, LegTable)) and not has_errors(findings)
            found.append(node if good and not inner.cut else None)  # type: ignore[arg-type]
        return found

    def _statement(self, logical: LogicalLine, indent: str, lines: list[str] | None) -> None:
        """One statement with the comments above and inside it."""
        self._comments_before(logical.line, indent)
        self._blank_before(logical.line, forced=logical.text.startswith(("section ", "ring ")) and not indent)
        inside = list(self._comments_up_to(logical.end_line))
        if lines is None:
            self.lines.extend(self._verbatim(logical, indent))
        else:
            trailing = [comment for comment in inside if comment.line == logical.line]
            if trailing and len(f"{lines[0]}  {trailing[0].text}") <= LINE_WIDTH:
                lines[0] = f"{lines[0]}  {trailing[0].text}"
                inside.remove(trailing[0])
            self.lines.extend(f"{indent}{comment.text}" for comment in inside)
            self.lines.extend(lines)
        self.last_line = logical.end_line
        self.in_open_quotation = logical.cut

    def _verbatim(self, logical: LogicalLine, indent: str) -> Iterator[str]:
        """A statement's lines as they stand, at its indentation."""
        for line in self.source[logical.line - 1 : logical.end_line]:
            content = line.lstrip(" \t")
            depth = len(line) - len(content) - logical.indent
            yield (indent + " " * max(depth, 0) + content).rstrip() if content else ""

    def _comments_up_to(self, line: int) -> Iterator[Comment]:
        """The comments not yet written, up to a line."""
        while self.next_comment < len(self.comments) and self.comments[self.next_comment].line <= line:
            yield self.comments[self.next_comment]
            self.next_comment += 1

    def _comments_before(self, line: int, indent: str) -> None:
        """Write the comments that stand above a line, with the blank lines between them."""
        for comment in self._comments_up_to(line - 1):
            self._blank_before(comment.line, forced=False)
            # Below a quotation that never closes a comment keeps its column: further in, it would be quoted.
            self.lines.append(self._as_it_stands(comment) if self.in_open_quotation else indent + comment.text)
            self.last_line = comment.line

    def _as_it_stands(self, comment: Comment) -> str:
        return self.source[comment.line - 1].rstrip()

    def _blank_before(self, line: int, *, forced: bool) -> None:
        """One blank line where one or more stood, or where a section begins."""
        if not self.lines or not self.lines[-1]:
            return
        blank = any(not self.source[number - 1].strip() for number in range(self.last_line + 1, line))
        after_comment = self.lines[-1].startswith("#")
        if blank or (forced and not after_comment):
            self.lines.append("")


def _names(
    statements: list[From | Leg | LegChain | PointTable | LegTable | None],
) -> Iterator[From | Leg | LegChain | PointTable | LegTable | None]:
    """The statements of a section, each leg with a name: its number in the section, or the next that is free."""
    used = {leg.name.text for leg in _legs(statements) if leg.name is not None}
    number = 0
    for statement in statements:
        if isinstance(statement, (Leg, LegChain)):
            number += 1
        if isinstance(statement, Leg) and statement.name is None:
            while str(number) in used:
                number += 1
            used.add(str(number))
            yield replace(statement, name=Name(str(number)))
        else:
            yield statement


def _legs(
    statements: list[From | Leg | LegChain | PointTable | LegTable | None],
) -> Iterator[Leg | LegChain]:
    """Every leg of a section, those in tables too."""
    for statement in statements:
        if isinstance(statement, (Leg, LegChain)):
            yield statement
        elif isinstance(statement, LegTable):
            yield from statement.legs
