"""Long lists in columns: the heads of tables, the rows of leg tables.

The rows of a table of points are scanned in columns by `merestone.description.point_rows`, not here.
"""

from __future__ import annotations

from collections.abc import Iterator

from merestone.description.conventions import Conventions
from merestone.description.course_tables import CourseTable, course_table, rows_of
from merestone.description.cursor import Cursor, Refusal, did_you_mean
from merestone.description.directions import azimuth
from merestone.description.grid_coordinates import grid_system
from merestone.description.head import decimal, sha256
from merestone.description.layout import LogicalLine
from merestone.description.longitudes import longitudes_from
from merestone.description.phrases import frame, standing, without_letters
from merestone.description.refused import refused_leg
from merestone.description.sections import Kinds
from merestone.description.tree import (
    Clause,
    ExpectAzimuth,
    ExpectLength,
    Leg,
    LegTable,
    PointTable,
    ToPoint,
    Words,
)
from merestone.diagnostics import Diagnostic, Severity

GRID_COLUMNS = ("x", "y", "northing", "easting", "southing", "westing")
POINT_COLUMNS = (
    "name",
    "latitude",
    "longitude",
    "coordinates",
    "mgrs",
    *GRID_COLUMNS,
    "mark",
    "label",
    "words",
    "skip",
)
LEG_COLUMNS = ("id", "kind", "to", "length", "azimuth", "words", "skip")


def table(cursor: Cursor, kinds: Kinds) -> PointTable | LegTable | CourseTable:
    """A table, after the word `table`."""
    if cursor.take("points"):
        return _points(cursor)
    if cursor.take("legs"):
        return _legs(cursor, kinds)
    if cursor.take("courses"):
        return course_table(cursor)
    raise cursor.unexpected()


def _columns(cursor: Cursor, known: tuple[str, ...]) -> tuple[str, ...]:
    """`columns COLUMN, COLUMN, ...`: each known, none but `skip` twice."""
    cursor.need("columns")
    found: list[str] = []
    while True:
        word = cursor.word
        if word not in known:
            if not word:
                raise cursor.unexpected("the name of a column")
            hint = did_you_mean(word, known)
            raise cursor.refuse(
                "S310", f"`{word[:60]}` is not a column of this table", cursor.here(), ", ".join(known), hint
            )
        if word in found and word != "skip":
            raise cursor.refuse("S310", f"the column `{word}` stands here twice", cursor.here())
        found.append(word)
        cursor.need(word)
        if not cursor.sign(","):
            return tuple(found)


def _points(cursor: Cursor) -> PointTable:
    """`points NAME [without letters ...] [decimal sign ...] [longitudes from ...] [from «FILE» [without heading]] columns ... [on PROJECTION]
    [in FRAME] [numbers ...]`."""
    name = cursor.name("the name of a table")
    letters = without_letters(cursor) if cursor.take("without", "letters") else None
    sign = decimal(cursor).sign if cursor.take("decimal") else None
    meridian = longitudes_from(cursor) if cursor.take("longitudes") else None
    path, digest, heading = None, None, True
    if cursor.take("from"):
        path = cursor.quoted("the path of a CSV file inside the case")
        cursor.need("sha256")
        digest = sha256(cursor)
        heading = not cursor.take("without", "heading")
    columns = _columns(cursor, POINT_COLUMNS)
    _check_point_columns(cursor, columns)
    system = grid_system(cursor) if cursor.take("on") else None
    if system is not None and not grid_axes(columns):
        raise cursor.refuse(
            "S310", "a table on a projection has no rectangular coordinates", cursor.span(0), POINT_WAYS
        )
    where = frame(cursor) if cursor.take("in") else None
    said = cursor.take("numbers")
    numbers = standing(cursor)
    if (said and numbers is None) or not cursor.at_end:
        raise cursor.unexpected()
    rows = cursor.logical.rows or ""
    if rows and path is not None:
        raise cursor.refuse("S317", "the table names a file and has rows of its own", cursor.span(0), "one of the two")
    line = cursor.logical.rows_line if rows else 0
    return PointTable(
        name,
        columns,
        rows,
        line,
        path,
        digest,
        letters,
        where,
        numbers,
        system,
        heading,
        cursor.logical.span(0, cursor.size),
        sign,
        meridian,
    )


POINT_WAYS = (
    "`name`, and `latitude, longitude`, or `coordinates`, or `mgrs`, or `x, y`, or one of `northing, southing` with one of "
    "`easting, westing`"
)


def _check_point_columns(cursor: Cursor, columns: tuple[str, ...]) -> None:
    """Refuse columns that do not make points."""
    places = {column for column in columns if column in ("latitude", "longitude", "coordinates", "mgrs", *GRID_COLUMNS)}
    pairs = [{"latitude", "longitude"}, {"coordinates"}, {"mgrs"}, {"x", "y"}]
    pairs += [{north, east} for north in ("northing", "southing") for east in ("easting", "westing")]
    if "name" not in columns or places not in pairs:
        raise cursor.refuse("S310", "these columns do not make points", cursor.span(0), POINT_WAYS)


def grid_axes(columns: tuple[str, ...]) -> tuple[str, str] | None:
    """What the rectangular coordinates of a table are called, in the order of its columns; None where it has none."""
    found = [column.upper() if column in ("x", "y") else column for column in columns if column in GRID_COLUMNS]
    return (found[0], found[1]) if len(found) == 2 else None


def cells(row: str) -> Iterator[tuple[int, str]]:
    """The cells of a row between `|`: the offset of each cell's text in the row, and the text without spaces around."""
    offset = 0
    for cell in row.split("|"):
        text = cell.strip()
        yield offset + (cell.index(text) if text else 0), text
        offset += len(cell) + 1


def _legs(cursor: Cursor, kinds: Kinds) -> LegTable:
    """`legs columns ...` and the rows, each of which means what a `leg` statement would."""
    columns = _columns(cursor, LEG_COLUMNS)
    if "kind" not in columns or "to" not in columns:
        raise cursor.refuse("S310", "these columns do not make legs", cursor.span(0), "at least `kind` and `to`")
    if not cursor.at_end:
        raise cursor.unexpected()
    found = []
    for row in rows_of(cursor.logical):
        try:
            found.append(_leg(row, columns, kinds, cursor.conventions))
        except Refusal as refusal:
            cursor.findings.append(refusal.finding)
            found.append(refused_leg(row, refusal.finding))
    return LegTable(columns, tuple(found), cursor.logical.span(0, cursor.size))


def _leg(row: LogicalLine, columns: tuple[str, ...], kinds: Kinds, conventions: Conventions) -> Leg:
    """One row of a table of legs."""
    given = list(cells(row.text))
    if len(given) != len(columns):
        sentence = f"the row has {len(given)} cells and the table {len(columns)} columns"
        span = row.span(0, len(row.text))
        raise Refusal(Diagnostic("S311", Severity.ERROR, sentence, span, expected=" | ".join(columns)))
    at = {
        column: Cursor(LogicalLine(text, row.line, offset + 1, row.indent, row.line), conventions)
        for column, (offset, text) in zip(columns, given, strict=True)
    }
    name = at["id"].name("a leg's name") if "id" in at and at["id"].text else None
    kind_cell = at["kind"]
    syntax = kinds.at(kind_cell)
    if syntax is None:
        hint = did_you_mean(kind_cell.token(), list(kinds.by_word))
        sentence = f"`{kind_cell.token()[:60]}` is not a kind of leg"
        raise kind_cell.refuse("S305", sentence, kind_cell.here(), "a kind of leg", hint)
    kind = syntax.parse(kind_cell)
    point = at["to"].name("a point")
    end = ToPoint(point, point.span)
    said = tuple(_clauses(at))
    for column, cursor in at.items():
        if column not in ("skip", "words") and not cursor.at_end:
            raise cursor.unexpected()
    return Leg(name, kind, end, None, None, said, row.span(0, len(row.text)))


def _clauses(at: dict[str, Cursor]) -> Iterator[Clause]:
    """What a row says beside its leg, in the order length, azimuth, words."""
    for column in ("length", "azimuth", "words"):
        cursor = at.get(column)
        if cursor is None or not cursor.text:
            continue
        span = cursor.logical.span(0, cursor.size)
        if column == "length":
            yield ExpectLength(cursor.stated_length(), span=span)
        elif column == "azimuth":
            yield ExpectAzimuth(azimuth(cursor), span=span)
        else:
            text = cursor.quoted_or_none()
            yield Words(text if text is not None else " ".join(cursor.text.split()), None, None, span)
