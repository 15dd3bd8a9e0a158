"""The plain list of points that controllers and office programs of surveyors take: P,N,E,Z,D, one vertex a line.

A name, northing, easting, height, description. No height is known, so the field is empty. There is no heading: programs
of the field take every line for a point. What the file is stands beside it in the catalogue.
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
        for name, row, (east, north) in zip(_names(rows), rows, values, strict=True):
            described = f"{row.section} {row.number}; {NOT_AGREED}; reading by {export.line.reading_by}"
            writer.writerow((name, printed(north), printed(east), "", cell(described)))
    return out.getvalue().encode()


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
