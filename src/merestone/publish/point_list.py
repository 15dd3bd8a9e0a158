"""The plain list of points that controllers and office programs of surveyors take: P,N,E,Z,D, each point once.

A name, northing, easting, height, description. No height is known, so the field is empty. There is no heading: programs
of the field take every line for a point, and refuse a second one of the same name. So the last vertex of a ring, or the one
where two sections meet, is not listed again; the description names every place where the point occurs. What the file is
stands beside it in the catalogue.
"""

from __future__ import annotations

import csv
import io
from collections import Counter

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.errors import NoFrameError
from merestone.publish.catalogue import Row, catalogue
from merestone.publish.export import NOT_AGREED, Export
from merestone.publish.gridded import needed, printed
from merestone.publish.text import cell


def write_point_list(export: Export) -> bytes:
    """The list as UTF-8 bytes, lines ended by CR LF. Raises `WrongRequestError` where no fitting grid was named."""
    if export.line.frame is None:
        raise NoFrameError("list of points")
    grid = needed(export.grid, "a list of points (.pnez.csv)", northing_easting=True)
    rows = [row for row in catalogue(export.line) if isinstance(row, Row)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if rows:
        lonlat = np.array([[row.longitude, row.latitude] for row in rows]) / UNITS_PER_DEGREE
        values = grid.easting_northing(lonlat).tolist()
        names = _names(rows)
        for same in _each_once(rows):
            east, north = values[same[0]]
            occurs = ", ".join(f"{rows[at].section} {rows[at].number}" for at in same)
            described = f"{occurs}; {NOT_AGREED}; reading by {export.line.reading_by}"
            writer.writerow((names[same[0]], printed(north), printed(east), "", cell(described)))
    return out.getvalue().encode()


def _each_once(rows: list[Row]) -> list[list[int]]:
    """The numbers of the rows of each point, in the order of the first: rows at one place with one name are one point, and
    a vertex without a name is the first point at its place."""
    found: dict[tuple[int, int], dict[str, list[int]]] = {}
    for at, row in enumerate(rows):
        here = found.setdefault((row.longitude, row.latitude), {})
        here.setdefault(row.name if row.name or not here else next(iter(here)), []).append(at)
    points = []
    for here in found.values():
        named = [name for name in here if name]
        if "" in here and named:  # a nameless vertex that came before the name of its place
            here[named[0]] = sorted(here.pop("") + here[named[0]])
        points += list(here.values())
    return sorted(points)


def _names(rows: list[Row]) -> list[str]:
    """A name for each vertex that no other place has: its own, or section and number where it has none or shares it."""
    places: dict[str, set[tuple[int, int]]] = {}
    for row in rows:
        places.setdefault(row.name, set()).add((row.longitude, row.latitude))
    own = [row.name if row.name and len(places[row.name]) == 1 else f"{row.section}-{row.number}" for row in rows]
    plain = [cell(name.replace(",", ";")) for name in own]
    given = Counter(plain)
    return [
        name if given[name] == 1 or row.name else f"{name}-{at}"
        for at, (name, row) in enumerate(zip(plain, rows, strict=True), 1)
    ]
