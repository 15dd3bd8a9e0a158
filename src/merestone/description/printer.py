"""From a tree to its text in canonical form: the inverse of the parser.

One statement is one logical line. What fits in a line stands in a line; longer statements put each part on a line of
its own. Clauses (words, expectations, notes) always do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from merestone.description.course_tables import CourseTable, course_table_lines
from merestone.description.legs import LEG_KINDS
from merestone.description.legs.syntax import LegSyntax
from merestone.description.print_head import head_parts
from merestone.description.print_points import clause_text, definition_text, table_head
from merestone.description.spelling import (
    azimuth_text,
    choice_text,
    frame_text,
    length_text,
    line_text,
    name_text,
    quoted,
    reading_text,
    reference_text,
)
from merestone.description.tree import (
    Choice,
    Clause,
    Description,
    Ending,
    ExpectAzimuth,
    ExpectLength,
    ForDistance,
    From,
    Leg,
    LegChain,
    LegNode,
    LegTable,
    Name,
    Open,
    Point,
    PointTable,
    Refused,
    Section,
    Statement,
    ToPoint,
    UntilMeets,
    Words,
)

LINE_WIDTH = 100
INDENT = "  "


class Printer:
    """Prints statements with these kinds of leg."""

    def __init__(self, kinds: tuple[LegSyntax, ...] = LEG_KINDS) -> None:
        self._kinds: Mapping[type, LegSyntax] = {syntax.node: syntax for syntax in kinds}

    def description(self, description: Description) -> str:
        """The canonical text of a description, without comments."""
        lines: list[str] = []
        group = None
        for statement in description.statements:
            now = _group(statement)
            if lines and (now != group or isinstance(statement, (Section, PointTable, CourseTable))):
                lines.append("")
            group = now
            lines.extend(self.statement(statement))
        return "\n".join(lines) + "\n" if lines else ""

    def statement(self, statement: Statement) -> Iterator[str]:
        """The lines of one statement at top level, a section's body included."""
        match statement:
            case Section():
                yield from self.section_head(statement)
                for inner in statement.body:
                    yield from self.inside(inner)
            case Point():
                yield from _point(statement)
            case PointTable():
                yield from point_table(statement, "")
            case CourseTable():
                yield from course_table_lines(statement)
            case _:
                yield from _laid_out("", *head_parts(statement))

    def section_head(self, section: Section) -> Iterator[str]:
        """The lines of a section without its body."""
        word = "ring" if section.ring else "section"
        title = "" if section.title is None else f" {quoted(section.title)}"
        parts = []
        if section.sides is not None:
            one, other = ("inside", "outside") if section.ring else ("on the right", "on the left")
            parts.append(f"with {_side(section.sides.first)} {one}, {_side(section.sides.second)} {other}")
        head = f"{word} {name_text(section.name)}{title}"
        if section.status is not None:
            by = "" if section.status.by is None else f" by {reference_text(section.status.by)}"
            on = "" if section.status.on is None else f" on {section.status.on}"
            status = f", {section.status.status.value}{by}{on}"
            if parts:
                parts[-1] += status
            else:
                head += status
        yield from _laid_out("", head, parts, section.clauses)

    def inside(self, statement: From | Leg | LegChain | PointTable | LegTable) -> Iterator[str]:
        """The lines of one statement inside a section."""
        match statement:
            case From():
                yield f"{INDENT}{'then ' if statement.then else ''}from {name_text(statement.point)}"
            case Leg() | LegChain():
                yield from _laid_out(INDENT, self._leg_head(statement), _leg_parts(statement), statement.clauses)
            case PointTable():
                yield from point_table(statement, INDENT)
            case LegTable():
                yield from self._leg_table(statement)
            case _:
                assert_never(statement)

    def leg(self, leg: Leg | LegChain) -> str:
        """A leg on one line, without what is said about it."""
        return " ".join([self._leg_head(leg), *_leg_parts(leg)])

    def _leg_head(self, leg: Leg | LegChain) -> str:
        if isinstance(leg.kind, Refused):
            return leg.kind.text
        if isinstance(leg, Leg):
            return f"leg{_space(leg.name)} {self.kind(leg.kind)} {ending_text(leg.ending)}"
        return f"legs{_space(leg.name)} {self.kind(leg.kind)} through {_through(leg)}"

    def kind(self, kind: LegNode) -> str:
        """The words of a kind of leg."""
        return self._kinds[type(kind)].print(kind)

    def _leg_table(self, table: LegTable) -> Iterator[str]:
        """A table of legs, its columns aligned."""
        yield f"{INDENT}table legs columns {', '.join(table.columns)}"
        rows = [[self._cell(leg, column) for column in table.columns] for leg in table.legs]
        widths = [max((len(row[number]) for row in rows), default=0) for number in range(len(table.columns))]
        for row in rows:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            yield f"{INDENT}{INDENT}{' | '.join(cells)}".rstrip()

    def _cell(self, leg: Leg, column: str) -> str:
        """One cell of a row."""
        match column:
            case "id":
                return "" if leg.name is None else name_text(leg.name)
            case "kind":
                return self.kind(leg.kind)
            case "to":
                return name_text(leg.ending.point) if isinstance(leg.ending, ToPoint) else ""
            case "length":
                return next((length_text(c.length) for c in leg.clauses if isinstance(c, ExpectLength)), "")
            case "azimuth":
                return next((azimuth_text(c.azimuth) for c in leg.clauses if isinstance(c, ExpectAzimuth)), "")
            case "words":
                return next((quoted(c.text) for c in leg.clauses if isinstance(c, Words)), "")
            case _:
                return ""


def print_description(description: Description, kinds: tuple[LegSyntax, ...] = LEG_KINDS) -> str:
    """The canonical text of a description: what parses to an equal tree."""
    return Printer(kinds).description(description)


def _group(statement: Statement) -> str:
    """What stands together without blank lines between."""
    match statement:
        case Section():
            return "section"
        case Point():
            return "point"
        case PointTable() | CourseTable():
            return "table"
        case _:
            return "head"


def _laid_out(indent: str, head: str, parts: list[str], clauses: tuple[Clause, ...]) -> Iterator[str]:
    """A statement's lines: head and parts in one line where they fit, else each on its own; clauses below."""
    line = " ".join([indent + head, *parts])
    if len(line) <= LINE_WIDTH:
        yield line
    else:
        yield indent + head
        for part in parts:
            yield f"{indent}{INDENT}{part}"
    for clause in clauses:
        yield f"{indent}{INDENT}{clause_text(clause)}"


def _space(name: Name | None) -> str:
    return "" if name is None else f" {name_text(name)}"


def _side(name: Name) -> str:
    return "open" if name.text == "open" else name_text(name)


def _point(point: Point) -> Iterator[str]:
    """The lines of a point."""
    label = "" if point.label is None else f" {quoted(point.label)}"
    mark = "" if point.mark is None else f" mark {quoted(point.mark)}"
    first, *others = (definition_text(definition) for definition in point.definitions)
    head = f"point {name_text(point.name)}{label}{mark} {first}"
    yield from _laid_out("", head, [f"also {other}" for other in others], point.clauses)


def point_table(table: PointTable, indent: str) -> Iterator[str]:
    """The lines of a table of points: its rows as they were written, deeper than the table."""
    yield indent + table_head(table)
    if not table.rows:
        return
    rows = table.rows.split("\n")
    deep = all(_is_deeper(row, len(indent)) for row in rows)
    yield from rows if deep else (f"{indent}{INDENT}{row.strip()}".rstrip() for row in rows)


def _is_deeper(row: str, indent: int) -> bool:
    """Whether a row is deeper than its table, blank, or a comment."""
    content = row.lstrip(" \t")
    return not content or content[0] == "#" or len(row) - len(content) > indent


def _leg_parts(leg: Leg | LegChain) -> list[str]:
    """`in FRAME` and `read as READING BY`."""
    parts = [] if leg.frame is None else [f"in {frame_text(leg.frame)}"]
    if leg.read_as is not None:
        parts.append(f"read as {reading_text(leg.read_as)}")
    return parts


def _through(chain: LegChain) -> str:
    """What a chain of legs runs through."""
    if chain.table is not None:
        return name_text(chain.table)
    points = ", ".join(name_text(point) for point in chain.points)
    return points if chain.up_to is None else f"{points} to {name_text(chain.up_to)}"


def ending_text(ending: Ending) -> str:
    """How a leg ends, in words."""
    match ending:
        case ToPoint():
            return f"to {name_text(ending.point)}"
        case UntilMeets():
            return f"until it meets {line_text(ending.line)}{_chosen(ending.choice)}"
        case ForDistance():
            return f"for {length_text(ending.distance)}"
        case Open():
            return "open"
        case _:
            assert_never(ending)


def _chosen(choice: Choice | None) -> str:
    return "" if choice is None else f" {choice_text(choice)}"
