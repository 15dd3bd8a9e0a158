"""What a GeoPackage may hold before GDAL opens it: tables, and the index tables that go with them.

A view is a query that somebody else wrote, and a virtual table is code that runs when it is read: neither is opened.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from merestone.sources.readers.curves import MAY_BE_CURVED, kind_of
from merestone.sources.readers.values import chosen_layer, shown_name
from merestone.sources.refused import RefusedError
from merestone.sources.systems import system_of, undefined

_MOST_LAYERS = 1000
_LARGEST_BLOB = 256 << 20
_INDEX = re.compile(r'\s*CREATE VIRTUAL TABLE\s+("(?:[^"]|"")*"|\w+)\s+USING\s+rtree\s*\(', re.IGNORECASE)
"""The only kind of virtual table that belongs to the format: the spatial index."""
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}


def checked_layer(path: Path, layer: str | None) -> tuple[str, int]:
    """Give the name of the table of features that is meant, and how many of its geometries are not null.

    Raise `RefusedError` unless it is a plain table.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_BLOB)
            database.set_authorizer(_read_only)
            names = _feature_tables(database)
            name = names[chosen_layer(names, layer or _own_layer(names))]
            _check_table(database, name)
            count = _geometries(database, name)
    except sqlite3.Error as error:
        raise RefusedError(f"it is not a valid GeoPackage ({shown_name(error)}); ask for the file again") from error
    return name, count


_OWN = (
    (frozenset({"legs", "points", "rings", "vertices"}), "legs"),
    (frozenset({"first_line", "second_line", "zones", "partings", "profile"}), "first_line"),
)
"""The layers of the GeoPackages that this program writes, of a line and of a comparison, and which holds the line."""


def _own_layer(names: list[str]) -> str | None:
    """Give the layer that holds the line in a file that this program wrote, None for any other file."""
    return next((line for layers, line in _OWN if layers <= set(names)), None)


def stated_system(path: Path, table: str) -> tuple[str | None, str]:
    """Give the code of a table's reference system, or what was read where it is undefined, not understood, or its code
    and its definition say different things (OGC 12-128r18, 1.1.2: -1 and 0 are undefined)."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_BLOB)
        database.set_authorizer(_read_only)
        row = database.execute(_SYSTEM, (table,)).fetchone()
    number, organization, code, definition = row or (None, None, None, None)
    if number in {-1, 0} or organization is None:
        what = "undefined" if number in {-1, 0} else "which the file does not define"
        return undefined(f"srs_id {shown_name(number)}, {what}")
    by_code = system_of(f"{organization}:{code}")
    by_definition = system_of(str(definition))
    if by_code[0] and by_definition[0] and by_code[0] != by_definition[0]:
        return undefined(f"srs_id {shown_name(number)}: {by_code[0]} by its code, {by_definition[0]} by its definition")
    return by_code if by_code[0] else by_definition if by_definition[0] else by_code


_SYSTEM = """
SELECT g.srs_id, s.organization, s.organization_coordsys_id, s.definition
FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
WHERE lower(g.table_name) = lower(?)
"""


def curved(path: Path, table: str) -> Iterator[tuple[int, bytes]]:
    """Give the row numbers and the well-known binary of those geometries that are curved or may hold curves."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_BLOB)
        database.set_authorizer(_read_only)
        name = database.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)", (table,)
        ).fetchone()[0]
        column, of = (str(each).replace('"', '""') for each in (name, table))
        rows = database.execute(f'SELECT rowid, substr("{column}", 1, 77) FROM "{of}"')  # noqa: S608 (both are quoted)
        found = [row for row, start in rows if start and kind_of(_without_header(start)) in MAY_BE_CURVED]
        for row in found:
            query = f'SELECT "{column}" FROM "{of}" WHERE rowid = ?'  # noqa: S608 (both are quoted)
            yield int(row), _without_header(database.execute(query, (row,)).fetchone()[0])


_ENVELOPES = (0, 32, 48, 48, 64)


def _without_header(blob: bytes) -> bytes:
    """Give the well-known binary behind the header of a geometry (OGC 12-128r18, 2.1.3)."""
    kind = (blob[3] >> 1) & 7 if len(blob) > 3 and blob[:2] == b"GP" else len(_ENVELOPES)
    if kind >= len(_ENVELOPES):
        raise RefusedError("some of its geometries are broken; ask for a corrected file")
    return blob[8 + _ENVELOPES[kind] :]


def _read_only(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _feature_tables(database: sqlite3.Connection) -> list[str]:
    _check_plain(database, "gpkg_contents")
    found = database.execute(
        "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY table_name LIMIT ?", (_MOST_LAYERS,)
    ).fetchall()
    return [str(row[0]) for row in found]


def _geometries(database: sqlite3.Connection, table: str) -> int:
    row = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)", (table,)
    ).fetchone()
    if row is None:
        raise RefusedError(f"its layer «{shown_name(table)}» has no geometry; name another layer")
    column, of = (str(name).replace('"', '""') for name in (row[0], table))
    found = database.execute(f'SELECT count("{column}") FROM "{of}"').fetchone()  # noqa: S608 (both are quoted)
    return int(found[0])


def _check_table(database: sqlite3.Connection, name: str) -> None:
    for table in ("gpkg_geometry_columns", "gpkg_spatial_ref_sys", name):
        _check_plain(database, table)
    made = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND coalesce(rootpage, 0) = 0")
    for virtual, statement in made:
        if not _INDEX.match(str(statement)):
            raise RefusedError(
                f"it holds the virtual table «{shown_name(virtual)}», which runs code when it is read; "
                "save the layer alone into a new GeoPackage"
            )


def _check_plain(database: sqlite3.Connection, table: str) -> None:
    row = database.execute(
        "SELECT type, coalesce(rootpage, 0) > 0 FROM sqlite_master WHERE lower(name) = lower(?) AND type <> 'index' "
        "AND type <> 'trigger'",
        (table,),
    ).fetchone()
    if row is None:
        raise RefusedError(f"it has no table «{shown_name(table)}»; ask for the file again")
    if row != ("table", 1):
        raise RefusedError(
            f"«{shown_name(table)}» is a {'view' if row[0] == 'view' else 'virtual table'}, that is a query and no data; "
            "save the layer as a table into a new GeoPackage"
        )
