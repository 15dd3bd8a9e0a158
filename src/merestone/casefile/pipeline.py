"""The whole way from the text of a description to its boundary line and findings, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from merestone.casefile.progress import Progress, silent
from merestone.casefile.source_lines import source_lines
from merestone.delimit.boundary_line import BoundaryLine
from merestone.delimit.check import all_findings
from merestone.delimit.compile import Compiled, compile_description
from merestone.delimit.drawn import LegGeometry
from merestone.delimit.legs import LEG_GEOMETRY
from merestone.delimit.memory import Memory
from merestone.delimit.mgrs_rows import placed
from merestone.delimit.store import LegStore
from merestone.description.collector import collector_paused
from merestone.description.conventions import conventions_of
from merestone.description.legs import LEG_KINDS, LegSyntax
from merestone.description.parser import Reparser
from merestone.description.point_rows import PointColumns, scan_point_table
from merestone.description.printer import Printer
from merestone.description.resolve import resolve
from merestone.description.shared_rows import named_apart
from merestone.description.tree import Description, PointTable, Section
from merestone.diagnostics import Diagnostic, Severity, in_order
from merestone.errors import MerestoneError

ReadTable = Callable[[str, str | None], str]
"""Reads the file of a table: its path inside the case, and the digest it must have; raises `MerestoneError`."""


@dataclass(frozen=True, slots=True)
class Result:
    """A description taken the whole way: its tree, its line, and every finding in the order of the text."""

    text: str
    description: Description
    compiled: Compiled
    findings: tuple[Diagnostic, ...]

    @property
    def line(self) -> BoundaryLine:
        """The boundary line."""
        return self.compiled.line


@dataclass(slots=True)
class Pipeline:
    """Takes descriptions the whole way; keeps parsed statements and drawn legs, so that an edit redoes one of them.

    `syntax` and `geometry` say how each kind of leg is written and drawn; `store` keeps drawn legs; `read_table` reads
    the files of tables and of lines.
    """

    read_table: ReadTable
    store: LegStore | None = None
    syntax: tuple[LegSyntax, ...] = LEG_KINDS
    geometry: Mapping[type, LegGeometry] = field(default_factory=lambda: LEG_GEOMETRY)
    _reparser: Reparser | None = None
    _memory: Memory = field(default_factory=Memory)

    def run(self, text: str | bytes, progress: Progress = silent, *, checked: bool = True) -> Result:
        """The line of a description and, where `checked`, what the checker finds in it."""
        with collector_paused():
            return self._run(text, progress, checked=checked)

    def _run(self, text: str | bytes, progress: Progress, *, checked: bool) -> Result:
        if self._reparser is None:
            self._reparser = Reparser(self.syntax)
        progress("reading", 0, 4)
        parsed = self._reparser.parse(text)
        tables, table_findings = self._tables(parsed.description)
        progress("resolving names", 1, 4)
        lines, line_findings = source_lines(parsed.description, self.read_table)
        rows = {name: each.names for name, each in tables.items()}
        refused = {**_unread_rows(tables), **parsed.refused}
        resolved, name_findings = resolve(parsed.description, rows, refused)
        progress("computing the line", 2, 4)
        compiled = compile_description(
            resolved,
            tables,
            Printer(self.syntax).leg,
            geometry=self.geometry,
            store=self.store,
            memory=self._memory,
            source_lines=lines,
        )
        progress("checking", 3, 4)
        found = [*parsed.diagnostics, *table_findings, *line_findings, *name_findings]
        found += _unrepeated(all_findings(compiled) if checked else compiled.diagnostics, found)
        found = _without_consequences(found, parsed.description, parsed.diagnostics)
        if not parsed.is_text:
            found = list(parsed.diagnostics)
        progress("checking", 4, 4)
        shown = text if isinstance(text, str) else text.decode("utf-8", "replace")
        return Result(shown, parsed.description, compiled, in_order(found))

    def _tables(self, description: Description) -> tuple[dict[str, PointColumns], list[Diagnostic]]:
        tables: dict[str, PointColumns] = {}
        findings: list[Diagnostic] = []
        conventions = conventions_of(description.statements)
        for table in point_tables(description):
            try:
                text = self.read_table(table.path, table.sha256) if table.path is not None else None
            except MerestoneError as error:
                findings.append(_unread(table, error))
                continue
            columns = placed(table, scan_point_table(table, text, conventions))
            findings += columns.diagnostics
            tables.setdefault(table.name.text, columns)
        return named_apart(tables, description), findings


def _unread_rows(tables: Mapping[str, PointColumns]) -> dict[str, int]:
    """`row NAME` for every row that could not be read, so that what names it is not reported as well."""
    return {f"row {name}": 0 for columns in tables.values() for name in columns.unread}


def point_tables(description: Description) -> list[PointTable]:
    """Every table of points, in the head and inside sections."""
    found = []
    for statement in description.statements:
        if isinstance(statement, PointTable):
            found.append(statement)
        elif isinstance(statement, Section):
            found += [part for part in statement.body if isinstance(part, PointTable)]
    return found


def _unrepeated(computed: Iterable[Diagnostic], before: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What the compiler found, without what was already found in the names: the same on the same line, and circles."""
    said = {(each.code, each.span.line) for each in before if each.span is not None}
    circles = any(each.code == "R403" for each in before)
    return [
        each
        for each in computed
        if not (each.code == "R403" and circles)
        and not (each.code.startswith("R") and each.span is not None and (each.code, each.span.line) in said)
    ]


def _without_consequences(
    found: Sequence[Diagnostic], description: Description, unread: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """The findings without those of a section that only seems to have no start or no legs, since a statement of it that
    could not be read is reported already."""
    starts = sorted(each.span.line for each in description.statements)
    errors = {each.span.line for each in unread if each.severity is Severity.ERROR and each.span is not None}
    sections = {each.name.text: each.span.line for each in description.statements if isinstance(each, Section)}

    def follows(finding: Diagnostic) -> bool:
        first = sections.get(finding.subject or "")
        if finding.code not in ("R405", "R406") or first is None or finding.span is None:
            return False
        next_one = min((line for line in starts if line > first), default=max(errors, default=first) + 1)
        end = finding.span.line if finding.code == "R406" else next_one
        return any(first <= line < end for line in errors)

    lines = {each.span.line for each in found if each.span is not None and follows(each)}
    return [each for each in found if not (each.code in ("R405", "R406") and each.span and each.span.line in lines)]


def _unread(table: PointTable, error: MerestoneError) -> Diagnostic:
    return Diagnostic(
        "R409",
        Severity.ERROR,
        f"the table {table.name.text} cannot be read: {error}",
        table.span,
        hint="give its path from the folder of this description; it must lie in that folder or a folder in it",
    )
