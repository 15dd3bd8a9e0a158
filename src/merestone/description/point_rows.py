"""The rows of a table of points, scanned in columns: a million rows in seconds.

Rows in the common printed forms are read by one compiled pattern, a few ten thousand at a time, and turned into
exact integers in array arithmetic. Any other row is read on its own by the coordinate scanner, with its messages.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from merestone.description.conventions import NONE_DECLARED, Conventions
from merestone.description.coordinates import coordinate_in_column, place
from merestone.description.csv_rows import CsvRows, rows_of_csv
from merestone.description.cursor import NAME_CHARACTERS, Cursor, Refusal
from merestone.description.grid_coordinates import grid_cells, square_reference
from merestone.description.hemisphere_letters import clash
from merestone.description.keywords import RESERVED
from merestone.description.layout import LogicalLine
from merestone.description.tables import GRID_COLUMNS, POINT_WAYS, cells, grid_axes
from merestone.description.tree import Coordinate, Geographic, Hemisphere, PointTable, WithoutLetters
from merestone.diagnostics import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_ROW_FINDINGS = 100
MAX_BAD_ROWS = 1_000
"""After so many bad rows those that are not in a common form are no longer read."""
_CHARACTERS_AT_ONCE = 1 << 21
_TEXT_COLUMNS = ("name", "mgrs", "mark", "label", "words")
_WIDTH = 5
"""Values of a row: latitude (or northing) and its last place, longitude (or easting) and its last place, line."""
_PLACE_UNITS = 10**15
_GRID_UNITS = 10**6
_UNSEEN = "not yet seen"
_SIGNS = {"S": -1, "W": -1, "N": 1, "E": 1}


@dataclass(frozen=True, slots=True)
class PointColumns:
    """A table of points in columns, all of the same length n, and what is wrong with its rows (which are left out).

    `lat_e9` and `lon_e9` are int64 units of 1e-9 degree, north and east positive, exactly rounded half to even;
    `lat_last_place` and `lon_last_place` are float64 degrees, one unit of the last printed digit. In a table of grid
    coordinates these four are empty, and `grid` (n, 2) holds the numbers in the order of the columns, `grid_last_place`
    the coarser unit of their last digits, `grid_unit` the unit that is printed with them, None where none is.
    `lines` are the int64 lines of the text (of the file, where the table names one). `marks`, `labels` and `words`
    are empty where the table has no such column.
    """

    names: tuple[str, ...]
    lat_e9: NDArray[Any]
    lon_e9: NDArray[Any]
    lat_last_place: NDArray[Any]
    lon_last_place: NDArray[Any]
    grid: NDArray[Any]
    grid_last_place: NDArray[Any]
    grid_unit: str | None
    lines: NDArray[Any]
    marks: tuple[str, ...]
    labels: tuple[str, ...]
    words: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    references: tuple[str, ...] = ()
    """References of the Military Grid, where the table has a column of them: their places are not computed here."""
    unread: tuple[str, ...] = ()
    """The names of rows that could not be read, as far as their names could."""

    def place(self, row: int) -> tuple[float, float]:
        """The two coordinates of a row, in the units of its columns."""
        if len(self.grid):
            return float(self.grid[row, 0]), float(self.grid[row, 1])
        return float(self.lat_e9[row]), float(self.lon_e9[row])


def scan_point_table(
    table: PointTable, text_of_csv: str | None = None, conventions: Conventions = NONE_DECLARED
) -> PointColumns:
    """The rows of a table of points as columns of exact integers.

    `text_of_csv` is the content of the file where the table names one: separated values, with a heading unless the
    description says `without heading`. `conventions` is what the head declares of how numbers are printed; what the
    table itself says goes before it.
    """
    conventions = replace(
        conventions,
        without_letters=table.without_letters or conventions.without_letters,
        decimal_sign=table.decimal_sign or conventions.decimal_sign,
        longitudes=table.longitudes or conventions.longitudes,
    )
    if table.path is None:
        rows = CsvRows(table.rows, table.first_line, None, ())
    else:
        try:
            rows = rows_of_csv(table, text_of_csv or "")
        except csv.Error as error:
            unread = Diagnostic("R409", Severity.ERROR, f"{table.path} cannot be read as a table: {error}", table.span)
            rows = CsvRows("", 1, None, (unread,))
    scan = _Scan(table, conventions, rows)
    scan.run()
    columns = scan.columns()
    twice = tuple(islice(_defined_twice(columns, table), MAX_ROW_FINDINGS))
    return replace(columns, diagnostics=(*columns.diagnostics, *twice)) if twice else columns


def _defined_twice(columns: PointColumns, table: PointTable) -> Iterator[Diagnostic]:
    """Rows that give another place to a name that an earlier row has; the same place again closes a ring."""
    if len(set(columns.names)) == len(columns.names):
        return
    first: dict[str, int] = {}
    for row, name in enumerate(columns.names):
        before = first.setdefault(name, row)
        if before != row and columns.place(before) != columns.place(row):
            line, other = int(columns.lines[row]), int(columns.lines[before])
            here = table.span if table.path is not None else Span(line, 1, line, 2)
            hint = f"rename one of them: row {other} gives it another place"
            yield Diagnostic("R402", Severity.ERROR, f"point {name} is defined twice", here, hint=hint)


# ---- the pattern of a row ---------------------------------------------------------------------------------------

_NUMBER_OF_GROUPS = {"name": 1, "latitude": 5, "longitude": 5, "coordinates": 10, "mark": 1, "label": 1, "words": 1}


def _row_pattern(columns: tuple[str, ...], letters: WithoutLetters | None) -> re.Pattern[str] | None:
    """A pattern whose groups are the parts of a row in the common forms, the last group a row in any other form."""
    if grid_axes(columns) is not None or "mgrs" in columns:
        return None
    parts, group = [], 1
    for column in columns:
        if column == "name":
            parts.append(rf"(\w[{NAME_CHARACTERS}]*)")
        elif column in ("mark", "label", "words"):
            parts.append(r"([^|«»“”\n]*?)")
        elif column == "skip":
            parts.append(r"[^|\n]*")
        elif column == "coordinates":
            first, second = ("EW", "NS") if letters is not None and letters.longitude_first else ("NS", "EW")
            parts.append(f"{_angle_pattern(group, first, letters)}[ ,] ?{_angle_pattern(group + 5, second, letters)}")
        else:
            parts.append(_angle_pattern(group, "NS" if column == "latitude" else "EW", letters))
        group += _NUMBER_OF_GROUPS.get(column, 0)
    row = r"[ \t]*\|[ \t]*".join(parts)
    return re.compile(rf"^(?:[ \t]*{row}[ \t]*|(.*))$", re.MULTILINE)


def _angle_pattern(group: int, hemispheres: str, letters: WithoutLetters | None) -> str:
    """Degrees, minutes, seconds, the decimals of the last of them, and the letter, from group number `group` on."""
    letter = f"([{hemispheres}])" if letters is None else f"([{hemispheres}]?)"
    return (
        r"([0-9]{1,3})(?:° ?([0-5]?[0-9])(?:['′] ?([0-5]?[0-9]))?)?"
        rf"(?:[.,]((?({group + 1})[0-9]{{1,6}}|[0-9]{{1,9}})))?"
        rf"(?({group + 2})[\"″]|(?({group + 1})['′]|°)) ?{letter}"
    )


def _group_numbers(columns: tuple[str, ...]) -> dict[str, int]:
    """Where in a row's groups (counted from 0) each column begins."""
    at, group = {}, 0
    for column in columns:
        at[column] = group
        group += _NUMBER_OF_GROUPS.get(column, 0)
    return at


class _Scan:
    """One pass over the rows of a table, block by block."""

    def __init__(self, table: PointTable, conventions: Conventions, rows: CsvRows) -> None:
        self.table, self.rows, self.first_line = table, rows.rows, rows.first_row
        self.conventions, self.letters = conventions, conventions.without_letters
        common = not clash(conventions.lettering) and conventions.zero_deg == 0
        self.pattern = _row_pattern(table.columns, self.letters) if common else None
        self.at = _group_numbers(table.columns)
        self.texts: dict[str, list[str]] = {column: [] for column in _TEXT_COLUMNS if column in table.columns}
        self.blocks: list[NDArray[Any]] = []
        self.findings: list[Diagnostic] = list(rows.findings)
        self.grid = tuple(column for column in table.columns if column in GRID_COLUMNS)
        self.heading_unit = rows.unit
        self.unit: str | None = rows.unit or _UNSEEN
        self.bad = 0
        self.unread: list[str] = []

    def run(self) -> None:
        """Scan all rows, some ten thousand at a time."""
        line, position, size = self.first_line, 0, len(self.rows)
        while position < size:
            end = self.rows.find("\n", min(size, position + _CHARACTERS_AT_ONCE))
            end = size if end < 0 else end
            line += self._block(self.rows[position:end], line)
            position = end + 1
        if self.bad > MAX_ROW_FINDINGS:
            sentence = f"{self.bad - MAX_ROW_FINDINGS} more rows of the table cannot be read, or were not"
            self.findings.append(Diagnostic("S318", Severity.ERROR, sentence, self.table.span))

    def _block(self, block: str, line: int) -> int:
        """Scan some rows; how many lines they were."""
        import numpy as np

        if self.pattern is None:
            found, count = [], block.count("\n") + 1
            slow = list(range(count))
        else:
            every = self.pattern.findall(block)
            count, name = len(every), self.at["name"]
            where = [number for number, row in enumerate(every) if row[name]]
            found = every if len(where) == count else [every[number] for number in where]
            slow = [number for number, row in enumerate(every) if row[-1]] if len(where) < count else []
        values = np.empty((0, _WIDTH), dtype=np.int64)
        texts: dict[str, list[str]] = {column: [] for column in self.texts}
        if found:
            lines = np.array(where, dtype=np.int64) + line
            values, refused = self._fast(found, lines, texts)
            slow += [int(number) - line for number in refused]
        if slow:
            values = self._with_slow(block.split("\n"), sorted(slow), line, values, texts)
        self.blocks.append(values)
        for column, column_texts in texts.items():
            self.texts[column].extend(column_texts)
        return count

    # ---- rows in the common forms, all at once ----------------------------------------------------------------

    def _fast(
        self, found: list[tuple[str, ...]], lines: NDArray[Any], texts: dict[str, list[str]]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """The values of rows in the common forms, and the lines of those that must be looked at one by one."""
        import numpy as np

        groups = list(zip(*found, strict=True))
        latitude, longitude = self._angle_groups()
        declared = self.letters
        lat = _degrees_e9(groups[latitude : latitude + 5], None if declared is None else declared.latitude)
        lon = _degrees_e9(groups[longitude : longitude + 5], None if declared is None else declared.longitude)
        good = (np.abs(lat[0]) <= 90 * 10**9) & (np.abs(lon[0]) <= 180 * 10**9)
        names = groups[self.at["name"]]
        if not RESERVED.isdisjoint(names):
            good &= np.array([name not in RESERVED for name in names])
        values = np.column_stack([*lat, *lon, lines])
        keep = None if good.all() else np.flatnonzero(good).tolist()
        for column, column_texts in texts.items():
            given = groups[self.at[column]]
            column_texts.extend(given if keep is None else [given[number] for number in keep])
        return values[good], lines[~good]

    def _angle_groups(self) -> tuple[int, int]:
        """Where the groups of latitude and of longitude begin."""
        if "coordinates" not in self.at:
            return self.at["latitude"], self.at["longitude"]
        first = self.at["coordinates"]
        if self.letters is not None and self.letters.longitude_first:
            return first + 5, first
        return first, first + 5

    # ---- any other row ----------------------------------------------------------------------------------------

    def _with_slow(
        self, rows: list[str], slow: list[int], line: int, values: NDArray[Any], texts: dict[str, list[str]]
    ) -> NDArray[Any]:
        """The values and texts with the rows that are read one by one put in their places."""
        import numpy as np

        more = []
        for number in slow:
            if self.bad >= MAX_BAD_ROWS:
                self.bad += rows[number].strip()[:1] not in ("", "#")
                continue
            row = self._slow(rows[number], line + number)
            if row is not None:
                more.append(row[0])
                for column, column_texts in texts.items():
                    column_texts.append(row[1][column])
        if not more:
            return values
        both = np.vstack([values, np.array(more, dtype=np.int64)])
        order = np.argsort(both[:, -1], kind="stable")
        for column, column_texts in texts.items():
            texts[column] = [column_texts[number] for number in order.tolist()]
        ordered: NDArray[Any] = both[order]
        return ordered

    def _slow(self, row: str, line: int) -> tuple[list[int], dict[str, str]] | None:
        """One row read by the coordinate scanner: its values and texts; None for a blank, a comment or a bad row."""
        text = row if "«" in row or self.table.path is not None else row.split("#", 1)[0]
        if not text.strip():
            return None
        try:
            return self._read(LogicalLine(text.rstrip(), line, 1, 0, line))
        except Refusal as refusal:
            self._report(refusal.finding, line)
            self._note_unread(text, line)
        return None

    def _note_unread(self, row: str, line: int) -> None:
        """Keep the name of a row that cannot be read: it is not unknown, and not free for a row of another table."""
        given = [text for _, text in cells(row)]
        number = self.table.columns.index("name")
        if number >= len(given):
            return
        try:
            self.unread.append(self._name(Cursor(LogicalLine(given[number], line, 1, 0, line), self.conventions)))
        except Refusal:
            return

    def _report(self, finding: Diagnostic, line: int) -> None:
        """Keep a finding about a row; of very many only the first are kept, and the rest counted."""
        self.bad += 1
        if self.bad > MAX_ROW_FINDINGS:
            return
        if self.table.path is not None:
            sentence = f"row {line} of {self.table.path}: {finding.sentence}"
            finding = replace(finding, sentence=sentence, span=self.table.span)
        self.findings.append(finding)

    def _read(self, row: LogicalLine) -> tuple[list[int], dict[str, str]]:
        """The values and texts of one row."""
        columns, given = self.table.columns, list(cells(row.text))
        if len(given) != len(columns):
            sentence = f"the row has {len(given)} cells and the table {len(columns)} columns"
            span = Span(row.line, 1, row.line, len(row.text) + 1)
            raise Refusal(Diagnostic("S311", Severity.ERROR, sentence, span, expected=" | ".join(columns)))
        at = {
            column: Cursor(LogicalLine(text, row.line, offset + 1, 0, row.line), self.conventions)
            for column, (offset, text) in zip(columns, given, strict=True)
        }
        name = self._name(at["name"])
        values = self._place(at)
        for column, cursor in at.items():
            if column not in ("mark", "label", "words", "skip") and not cursor.at_end:
                raise cursor.unexpected()
        texts = {column: at[column].quoted_or_none() or at[column].text for column in self.texts if column != "name"}
        return [*values, row.line], {"name": name, **texts}

    def _name(self, cursor: Cursor) -> str:
        """The name of a row's point: in a file, the whole cell."""
        if self.table.path is None or not cursor.text:
            return cursor.name("the name of a point").text
        name = cursor.quoted_or_none() or cursor.text
        cursor.go(cursor.size)
        return name

    def _place(self, at: dict[str, Cursor]) -> list[int]:
        """The values of one row's place."""
        for column in (*self.grid, "mgrs", "coordinates", "latitude", "longitude"):
            if column in at and not at[column].text.strip():
                span = at[column].logical.span(0, 1)
                hint = "complete the row, or remove it"
                raise at[column].refuse("S310", f"the column {column} of this row is empty", span, hint=hint)
        if self.grid:
            return self._grid_values(at)
        if "mgrs" in at:
            at["mgrs"].take("MGRS")
            square_reference(at["mgrs"])
            return [0, 0, 0, 0]
        if "coordinates" in at:
            where = place(at["coordinates"])
            if not isinstance(where, Geographic):
                cursor = at["coordinates"]
                sentence = "rectangular coordinates and references of MGRS stand in columns of their own"
                raise cursor.refuse("S310", sentence, cursor.logical.span(0, 1), hint=f"columns: {POINT_WAYS}")
            return [*_exact_e9(where.latitude), *_exact_e9(where.longitude)]
        latitude = coordinate_in_column(at["latitude"], "latitude")
        return [*_exact_e9(latitude), *_exact_e9(coordinate_in_column(at["longitude"], "longitude"))]

    def _grid_values(self, at: dict[str, Cursor]) -> list[int]:
        """Two rectangular coordinates and their last printed places in millionths; their unit is that of all rows."""
        one, other = self.grid
        values: list[int] = []
        for column, found in zip(self.grid, grid_cells(((one, at[one]), (other, at[other]))), strict=True):
            unit = found.unit or self.heading_unit
            if self.unit is _UNSEEN:
                self.unit = unit
            elif self.unit != unit:
                sentence = f"this number has {_unit_text(unit)}, and those before it have {_unit_text(self.unit)}"
                span = at[column].logical.span(0, at[column].size)
                raise at[column].refuse("S310", sentence, span, "one unit in all rows")
            number = found.number
            values += [round(Fraction(number.value) * _GRID_UNITS), round(Fraction(number.last_place) * _GRID_UNITS)]
        return values

    def columns(self) -> PointColumns:
        """All that was scanned."""
        import numpy as np

        values = np.vstack(self.blocks) if self.blocks else np.empty((0, _WIDTH), dtype=np.int64)
        self.blocks = []
        none = np.empty(0)
        geographic = not self.grid
        texts = {column: tuple(self.texts.get(column, ())) for column in _TEXT_COLUMNS}
        return PointColumns(
            texts["name"],
            values[:, 0].copy() if geographic else none.astype(np.int64),
            values[:, 2].copy() if geographic else none.astype(np.int64),
            values[:, 1] / _PLACE_UNITS if geographic else none,
            values[:, 3] / _PLACE_UNITS if geographic else none,
            none.reshape(-1, 2) if geographic else values[:, (0, 2)] / _GRID_UNITS,
            none if geographic else np.maximum(values[:, 1], values[:, 3]) / _GRID_UNITS,
            None if geographic or self.unit is _UNSEEN else self.unit,
            values[:, -1].copy(),
            texts["mark"],
            texts["label"],
            texts["words"],
            tuple(self.findings),
            tuple(reference.removeprefix("MGRS").strip() for reference in texts["mgrs"]),
            tuple(self.unread),
        )


def _unit_text(unit: str | None) -> str:
    return "no unit" if unit is None else f"the unit {unit}"


# ---- exact integers ---------------------------------------------------------------------------------------------


def _exact_e9(coordinate: Coordinate) -> tuple[int, int]:
    """A coordinate in 1e-9 degree, rounded half to even, and its last printed place in 1e-15 degree."""
    angle = coordinate.angle
    sign = _SIGNS[coordinate.hemisphere.value]
    value = round((sign * angle.exact + coordinate.zero_deg) * 10**9)
    if coordinate.zero_deg:
        value = 180 * 10**9 - (180 * 10**9 - value) % (360 * 10**9)
    return value, round(angle.unit * _PLACE_UNITS)


def _degrees_e9(groups: list[tuple[str, ...]], missing: Hemisphere | None) -> tuple[NDArray[Any], NDArray[Any]]:
    """Coordinates in 1e-9 degree, rounded half to even, and their last printed places in 1e-15 degree.

    The printed digits are a whole number of units of the last place, unit = 1 / (base * 10^decimals) degree with base
    1, 60 or 3600; times 1e9 that is a division of integers below 2^63 (at most 6 decimals, 9 with base 1), rounded by its remainder.
    """
    import numpy as np

    degrees, minutes, seconds, fractions, letters = groups
    count = np.array(degrees, dtype=np.str_).astype(np.int64)
    minute, has_minute = _optional(minutes)
    second, has_second = _optional(seconds)
    fraction, has_fraction = _optional(fractions)
    base = np.where(has_second, 3600, np.where(has_minute, 60, 1))
    count = np.where(has_minute, count * 60 + minute, count)
    count = np.where(has_second, count * 60 + second, count)
    scale = np.ones(len(count), dtype=np.int64)
    if has_fraction.any():
        scale = 10 ** np.fromiter(map(len, fractions), dtype=np.int64, count=len(fractions))
        count = count * scale + fraction
    # 1e9 / base in lowest terms: 1e9 / 1, 5e7 / 3 (base 60), 2 500 000 / 9 (base 3600).
    times = np.where(base == 3600, 2_500_000, np.where(base == 60, 50_000_000, 1_000_000_000))
    divisor = np.where(base == 3600, 9, np.where(base == 60, 3, 1)) * scale
    shared = np.gcd(times, divisor)
    times, divisor = times // shared, divisor // shared
    whole, rest = np.divmod(count * times, divisor)
    whole += (2 * rest > divisor) | ((2 * rest == divisor) & (whole % 2 == 1))
    sign = np.array([_SIGNS.get(letter, 0) for letter in letters], dtype=np.int64)
    if missing is not None:
        sign[sign == 0] = _SIGNS[missing.value]
    last_place = np.rint(_PLACE_UNITS / (base * scale)).astype(np.int64)
    return sign * whole, last_place


def _optional(digits: tuple[str, ...]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Digits as integers, 0 where there are none, and where there are some."""
    import numpy as np

    text = np.array(digits, dtype=np.str_)
    present = text != ""
    if not present.any():
        return np.zeros(len(digits), dtype=np.int64), present
    text[~present] = "0"
    return text.astype(np.int64), present
