"""Rows of several tables that bear one name, as `1` in Schedule I and in Schedule II: each is called `TABLE.ROW`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from merestone.description.point_rows import PointColumns
from merestone.description.tree import Description, FrameStatement


def named_apart(tables: Mapping[str, PointColumns], description: Description) -> dict[str, PointColumns]:
    """The tables with `TABLE.ROW` for every name that stands in two of them, so that neither is taken for the other.

    A row that could not be read counts too: otherwise its name would mean the row of the other table. Tables of common
    points are left as they are: their rows answer to one another by name.
    """
    common = _common(description)
    apart = [name for name in tables if name not in common]
    if len(apart) < 2:
        return dict(tables)
    held = Counter(row for table in apart for row in {*tables[table].names, *tables[table].unread})
    shared = {row for row, count in held.items() if count > 1}
    return {
        name: _renamed(name, columns, shared) if name in apart and shared else columns
        for name, columns in tables.items()
    }


def meanings(name: str, row_names: frozenset[str]) -> tuple[str, ...]:
    """The names `TABLE.ROW` that a name of a row may mean, where several tables have it."""
    found = tuple(sorted(each for each in row_names if each.endswith(f".{name}")))
    return found if len(found) > 1 else ()


def _renamed(table: str, columns: PointColumns, shared: set[str]) -> PointColumns:
    def qualified(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{table}.{name}" if name in shared else name for name in names)

    return replace(columns, names=qualified(columns.names), unread=qualified(columns.unread))


def _common(description: Description) -> frozenset[str]:
    frames = [each for each in description.statements if isinstance(each, FrameStatement) and each.own is not None]
    return frozenset(table.text for each in frames if each.own for table in each.own.common_points or ())
