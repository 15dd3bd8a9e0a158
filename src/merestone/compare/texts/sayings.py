"""What a description says, thing by thing, in canonical words: what two versions of a text are compared by.

A saying has an identity (its topic and name), its words without that name, and what is said about it in turn: the
clauses of a leg, the legs of a section, the rows of a table. Comments, blank lines and layout leave no trace here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from merestone.description.course_tables import CourseTable, course_table_lines
from merestone.description.exchanges import Exchange
from merestone.description.named_lines import Construction, FeatureBinding
from merestone.description.print_head import HeadStatement, head_parts
from merestone.description.print_points import clause_text
from merestone.description.printer import Printer, point_table
from merestone.description.spelling import name_text
from merestone.description.tables import cells
from merestone.description.tree import (
    Clause,
    Description,
    ExpectDistance,
    ExpectSide,
    FrameStatement,
    From,
    Instrument,
    Leg,
    LegChain,
    LegTable,
    Name,
    Note,
    Parties,
    Point,
    PointTable,
    Refused,
    Section,
    Source,
    Statement,
    WordReading,
    Words,
)
from merestone.diagnostics import Span

_NAMELESS = Name("X")
"""Stands for the name of a thing where only the rest of its words counts."""


class Topic(StrEnum):
    """What a saying is about; only sayings of one topic answer to one another."""

    HEAD = "head"
    POINT = "point"
    TABLE = "table"
    ROW = "row"
    SECTION = "section"
    SIDES = "sides"
    STATUS = "status"
    START = "start"
    LEG = "leg"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said.

    `name` is its identity among those of its topic, "" where it has none of its own; `label` the name that people
    know it by; `subject` what it is about (`leg 7 of Main`), `aspect` what of that (`words en`), "" for the thing
    itself; `text` its canonical words, `body` the same without its name; `parts` what is said about it in turn.
    """

    topic: Topic
    name: str
    label: str
    subject: str
    aspect: str
    text: str
    body: str
    span: Span
    parts: tuple[Saying, ...] = ()


def sayings(description: Description, printer: Printer | None = None) -> tuple[Saying, ...]:
    """Everything that a description says, in the order of its text."""
    using = printer or Printer()
    return tuple(each for statement in description.statements for each in _of_statement(statement, using))


def _of_statement(statement: Statement, printer: Printer) -> Iterator[Saying]:
    match statement:
        case Point():
            yield _point(statement, printer)
        case PointTable():
            yield _table(statement)
        case CourseTable():
            yield _courses(statement)
        case Section():
            yield _section(statement, printer)
        case Parties():
            for party in statement.parties:
                text = " ".join(_head_words(Parties((party,)))).removeprefix("parties ")
                subject = f"party {party.name.text}"
                yield Saying(Topic.HEAD, subject, party.name.text, subject, "", text, text, party.span)
        case _:
            text = " ".join(_head_words(statement))
            subject = _head_subject(statement)
            yield Saying(Topic.HEAD, subject, "", subject, "", text, text, statement.span)


def _head_words(statement: HeadStatement) -> list[str]:
    head, parts, _ = head_parts(statement)
    return [head, *parts]


_HEAD_SUBJECTS = {
    "Title": "title",
    "ReadingBy": "author of the reading",
    "Precedence": "precedence",
    "LegsIn": "frame of the legs",
    "WithoutLetters": "coordinates without letters",
    "DecimalSignIs": "decimal sign",
    "AnglesIn": "unit of angles",
    "LettersIn": "language of letters",
    "LongitudesFrom": "origin of longitudes",
    "Numbers": "standing of numbers",
    "Tolerance": "tolerance",
    "StraightReading": "reading of straight lines",
    "Note": "note",
    "AzimuthsFrom": "north of azimuths",
}


def _head_subject(statement: HeadStatement) -> str:
    match statement:
        case Instrument():
            return f"instrument {statement.name.text}"
        case Source():
            return f"source {statement.name.text}"
        case FrameStatement():
            return "frame" if statement.name is None else f"frame {statement.name.text}"
        case Construction():
            return f"construction {'circle' if statement.circle else 'line'} {statement.name.text}"
        case Exchange():
            return f"exchange {statement.name.text}"
        case FeatureBinding():
            return f"feature «{statement.feature.text}»"
        case WordReading():
            return f"reading of «{statement.words.text}»"
        case _:
            return _HEAD_SUBJECTS[type(statement).__name__]


def _point(point: Point, printer: Printer) -> Saying:
    alone = replace(point, clauses=())
    subject = f"point {point.name.text}"
    text, body = (
        " ".join(line.strip() for line in printer.statement(each)) for each in (alone, replace(alone, name=_NAMELESS))
    )
    parts = _clauses(point.clauses, subject)
    return Saying(Topic.POINT, point.name.text, point.name.text, subject, "", text, body, point.span, parts)


def _table(table: PointTable) -> Saying:
    name = table.name.text
    head = next(iter(point_table(replace(table, rows=""), "")))
    body = next(iter(point_table(replace(table, rows="", name=_NAMELESS), "")))
    return Saying(Topic.TABLE, name, name, f"table {name}", "", head, body, table.span, tuple(_rows(table)))


def _courses(table: CourseTable) -> Saying:
    name, subject = table.name.text, f"table of courses {table.name.text}"
    head, *rows = (line.strip() for line in course_table_lines(table))
    parts = tuple(Saying(Topic.ROW, "", "", f"row of {subject}", "", row, row, table.span) for row in rows)
    return Saying(Topic.TABLE, name, name, subject, "", head, head, table.span, parts)


def _rows(table: PointTable) -> Iterator[Saying]:
    """The rows of a table, without blank ones and comments."""
    at = table.columns.index("name") if "name" in table.columns else None
    for number, row in enumerate(table.rows.split("\n")):
        content = row.rstrip() if "«" in row else row.split("#", 1)[0].rstrip()
        if not content.strip():
            continue
        found = [text for _, text in cells(content)]
        named = at is not None and at < len(found)
        name = found[at] if named and at is not None else ""
        rest = [text for index, text in enumerate(found) if not named or index != at]
        line = table.first_line + number
        span = Span(line, len(row) - len(row.lstrip()) + 1, line, len(row.rstrip()) + 1)
        subject = f"point {name} of table {table.name.text}" if name else f"row of table {table.name.text}"
        yield Saying(Topic.ROW, name, name, subject, "", " | ".join(found), " | ".join(rest), span)


def _section(section: Section, printer: Printer) -> Saying:
    name = section.name.text
    word = "ring" if section.ring else "section"
    bare = replace(section, sides=None, status=None, clauses=())
    text, body = (
        " ".join(line.strip() for line in printer.section_head(each)) for each in (bare, replace(bare, name=_NAMELESS))
    )
    subject = f"{word} {name}"
    parts = (
        *_sides_and_status(section, subject, printer),
        *_clauses(section.clauses, subject),
        *_legs(section, printer),
    )
    return Saying(Topic.SECTION, name, name, subject, "", text, body, section.span, parts)


def _sides_and_status(section: Section, subject: str, printer: Printer) -> Iterator[Saying]:
    """Who lies where, and the status that the instrument gives, as two sayings."""
    bare = replace(section, title=None, sides=None, status=None, clauses=())
    head = " ".join(printer.section_head(bare))
    if section.sides is not None:
        lines = printer.section_head(replace(bare, sides=section.sides))
        text = " ".join(line.strip() for line in lines).removeprefix(f"{head} ")
        yield Saying(Topic.SIDES, "sides", "", subject, "sides", text, text, section.sides.span)
    if section.status is not None:
        lines = printer.section_head(replace(bare, status=section.status))
        text = " ".join(line.strip() for line in lines).removeprefix(f"{head}, ")
        yield Saying(Topic.STATUS, "status", "", subject, "status", text, text, section.status.span)


def _legs(section: Section, printer: Printer) -> Iterator[Saying]:
    """What stands in a section: starts, legs, tables; a leg without a name is known by its number, as in the compiler."""
    number = 0
    for part in section.body:
        match part:
            case From():
                text = "".join(printer.inside(part)).strip()
                name = "goes on" if part.then else "start"
                subject = f"section {section.name.text}"
                yield Saying(Topic.START, name, "", subject, name, text, text, part.span)
            case PointTable():
                yield _table(part)
            case LegTable():
                for leg in part.legs:
                    number += _counts(leg)
                    yield _leg(leg, number, section, printer)
            case Leg() | LegChain():
                number += _counts(part)
                yield _leg(part, number, section, printer)


def _counts(leg: Leg | LegChain) -> int:
    """1 for a leg, 0 for a statement that means nothing and has no name."""
    return int(leg.name is not None or not isinstance(leg.kind, Refused))


def _leg(leg: Leg | LegChain, number: int, section: Section, printer: Printer) -> Saying:
    name = "" if leg.name is None else leg.name.text
    label = name or (f"line {leg.span.line}" if isinstance(leg.kind, Refused) else str(number))
    subject = f"leg {label} of {section.name.text}"
    text, body = printer.leg(leg), printer.leg(replace(leg, name=None))
    return Saying(Topic.LEG, name, label, subject, "", text, body, leg.span, _clauses(leg.clauses, subject))


def _clauses(clauses: tuple[Clause, ...], subject: str) -> tuple[Saying, ...]:
    found = []
    for clause in clauses:
        aspect, text = _aspect(clause), clause_text(clause)
        found.append(Saying(Topic.CLAUSE, aspect, "", subject, aspect, text, text, clause.span))
    return tuple(found)


def _aspect(clause: Clause) -> str:
    """What a clause says of its subject: words in a language, or which quantity is expected."""
    match clause:
        case Words():
            return "words" if clause.language is None else f"words in {clause.language}"
        case Note():
            return "note"
        case ExpectDistance():
            return f"expected distance to {name_text(clause.point)}"
        case ExpectSide():
            return f"expected side of {name_text(clause.point)}"
        case _:
            return f"expected {type(clause).__name__.removeprefix('Expect').lower()}"
