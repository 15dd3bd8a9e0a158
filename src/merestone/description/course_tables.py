"""The statement `table courses`: azimuths and lengths in columns, without the points between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from merestone.description.cursor import Cursor, Refusal, did_you_mean
from merestone.description.directions import azimuth
from merestone.description.layout import LogicalLine
from merestone.description.spelling import azimuth_text, length_text, name_text, quoted
from merestone.description.tree import NOWHERE, Azimuth, Length, Name
from merestone.diagnostics import Diagnostic, Severity, Span

COLUMNS = ("id", "azimuth", "length", "words", "skip")


@dataclass(frozen=True, slots=True)
class Course:
    """One row: a direction and a length, with the name and the words that the instrument gives it."""

    azimuth: Azimuth
    length: Length
    name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class CourseTable:
    """Courses, one after the other, which a leg runs along (`traverse of NAME`)."""

    name: Name
    columns: tuple[str, ...]
    courses: tuple[Course, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def course_table(cursor: Cursor) -> CourseTable:
    """`NAME columns COLUMN, COLUMN, ...` and the rows, after `table courses`."""
    name = cursor.name("the name of a table")
    cursor.need("columns")
    columns = [_column(cursor)]
    while cursor.sign(","):
        columns.append(_column(cursor))
    if {"azimuth", "length"} - set(columns) or any(columns.count(each) > 1 for each in columns if each != "skip"):
        what = "`azimuth` and `length`, each once"
        raise cursor.refuse("S310", "these columns do not make courses", cursor.span(0), what)
    if not cursor.at_end:
        raise cursor.unexpected()
    found = tuple(_courses(cursor, tuple(columns)))
    if not found:
        sentence = "the table has no courses, or none that can be read"
        raise cursor.refuse("S310", sentence, cursor.span(0), "a row for each course, deeper than `table`")
    return CourseTable(name, tuple(columns), found, cursor.logical.span(0, cursor.size))


def _column(cursor: Cursor) -> str:
    word = cursor.word
    if word not in COLUMNS:
        sentence = f"`{cursor.token()[:60]}` is not a column of this table"
        raise cursor.refuse("S310", sentence, cursor.here(), ", ".join(COLUMNS), did_you_mean(word, COLUMNS))
    cursor.need(word)
    return word


def _courses(cursor: Cursor, columns: tuple[str, ...]) -> Iterator[Course]:
    """The rows that can be read. One that cannot is reported, and the table is refused: a course must not vanish."""
    refused = []
    courses = []
    for row in rows_of(cursor.logical):
        try:
            courses.append(_course(row, columns, cursor))
        except Refusal as refusal:
            refused.append(refusal.finding)
    if refused:
        cursor.findings.extend(refused[1:])
        raise Refusal(refused[0])
    yield from courses


def rows_of(logical: LogicalLine) -> Iterator[LogicalLine]:
    """The rows as logical lines, without blank ones and comments."""
    for number, row in enumerate((logical.rows or "").split("\n")):
        text = row.split("#", 1)[0].rstrip() if "«" not in row else row.rstrip()
        if text.strip():
            line = logical.rows_line + number
            yield LogicalLine(text, line, 1, logical.indent, line)


def _course(row: LogicalLine, columns: tuple[str, ...], table: Cursor) -> Course:
    cells = row.text.split("|")
    if len(cells) != len(columns):
        sentence = f"the row has {len(cells)} cells and the table {len(columns)} columns"
        span = row.span(0, len(row.text))
        raise Refusal(Diagnostic("S311", Severity.ERROR, sentence, span, expected=" | ".join(columns)))
    offsets = [sum(len(cell) + 1 for cell in cells[:number]) for number in range(len(cells))]
    at = {
        column: Cursor(
            LogicalLine(cell.strip(), row.line, offset + len(cell) - len(cell.lstrip()) + 1, row.indent, row.line),
            table.conventions,
        )
        for column, cell, offset in zip(columns, cells, offsets, strict=True)
    }
    direction, length = azimuth(at["azimuth"]), at["length"].stated_length()
    for column in ("azimuth", "length"):
        if not at[column].at_end:
            raise at[column].unexpected()
    name = at["id"].text if "id" in at else ""
    return Course(direction, length, name, _words(at["words"]) if "words" in at else "")


def _words(cell: Cursor) -> str:
    text = cell.quoted_or_none()
    return " ".join(cell.text.split()) if text is None else text


def course_table_lines(table: CourseTable) -> Iterator[str]:
    """The lines of a table of courses, its columns aligned; columns that are not read are empty."""
    yield f"table courses {name_text(table.name)} columns {', '.join(table.columns)}"
    rows = [[_cell(course, column) for column in table.columns] for course in table.courses]
    widths = [max(len(row[number]) for row in rows) for number in range(len(table.columns))]
    for row in rows:
        yield "  " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cell(course: Course, column: str) -> str:
    match column:
        case "azimuth":
            return azimuth_text(course.azimuth)
        case "length":
            return length_text(course.length)
        case "id":
            return course.name
        case "words":
            return quoted(course.words) if course.words else ""
        case _:
            return ""
