"""References of the Military Grid Reference System: a zone, a square of 100 km by its letters, digits inside it.

The letters of a column and a row repeat every 18 degrees and every 2000 km; the band of latitude says which row is meant.
Source: NGA.STND.0037, Universal Grids and Grid Reference Systems, 2014, chapter 3 and appendix B. A reference names a
square (of 1 m with five digits each way): its digits are cut off, not rounded, so that the place lies anywhere in the
square, and its middle is taken. GEOTRANS does the same.

There are libraries for this; they give a place for letters that cannot stand together too. What is used here is PROJ's
Transverse Mercator and Polar Stereographic, so that a reference and the same numbers on UTM are one place.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.grid import Grid, find_grid
from merestone.geodesy.grid_reading import outside_of

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The alphabet without I and O."""

_ROWS = _LETTERS[:20]
_COLUMNS = (_LETTERS[0:8], _LETTERS[8:16], _LETTERS[16:24])
_POLAR = {"A": ("JKLPQRSTUXYZ", 8, _LETTERS, 8), "B": ("ABCFGHJKLPQR", 20, _LETTERS, 8),
          "Y": ("JKLPQRSTUXYZ", 8, _LETTERS[:14], 13), "Z": ("ABCFGHJKLP", 20, _LETTERS[:14], 13)}  # fmt: skip
"""Each polar zone: the letters of its columns and the easting of the first (100 km), those of its rows likewise."""

_MERIDIANS = {"31V": (0.0, 3.0), "32V": (3.0, 12.0), "31X": (0.0, 9.0), "33X": (9.0, 21.0), "35X": (21.0, 33.0),
              "37X": (33.0, 42.0)}  # fmt: skip
"""The zones of south-west Norway and of Svalbard, which are not 6° wide."""

SQUARE_M = 100_000
_REPEATS_M = 2_000_000
REFERENCE = re.compile(
    r"(?:(?P<zone>[0-9]{1,2})\s*(?P<band>[C-HJ-NP-X])|(?P<polar>[ABYZ]))\s*(?P<square>[A-HJ-NP-Z]{2})"
    r"(?:\s*(?P<east>[0-9]{1,5})\s+(?P<north>[0-9]{1,5})|\s*(?P<digits>(?:[0-9]{2}){1,5}))?(?![\w])"
)
"""A reference as printed: `18SUJ2348306479`, `18S UJ 23483 06479`, `4QFJ`."""


@dataclass(frozen=True, slots=True)
class Square:
    """The square of a reference: its south-west corner on its grid in metres, its side, and the meridians of its zone."""

    grid: Grid
    easting_m: int
    northing_m: int
    side_m: int
    meridians: tuple[float, float] | None = None
    """West and east, in degrees; None for a polar zone, whose letters already say which half of the cap it is."""

    @property
    def middle_m(self) -> tuple[float, float]:
        """Easting and northing of its middle in metres."""
        return self.easting_m + self.side_m / 2.0, self.northing_m + self.side_m / 2.0

    @property
    def outside_m(self) -> float:
        """How far the square lies outside its zone in metres, 0 where a part of it lies inside: a reference names each place
        once, and on the far side of a meridian it has the letters of the next zone."""
        if self.meridians is None:
            return 0.0
        area = (self.meridians[0], -90.0, self.meridians[1], 90.0)
        middle = self.grid.lonlat(np.array([self.middle_m]))
        apart_m = float(outside_of((area,), middle, self.grid.base.ellipsoid)[0])
        return max(0.0, apart_m - self.side_m / math.sqrt(2.0))


def square(reference: str) -> Square:
    """The square that a reference names, on WGS 84; raises `GeometryError` where there is no such square."""
    found = REFERENCE.fullmatch(reference.strip())
    if found is None:
        raise GeometryError(f"`{reference}` is not a grid reference such as 18S UJ 23483 06479")
    east, north = _digits(found)
    side_m = 10 ** (5 - len(east))
    inside = int(east or "0") * side_m, int(north or "0") * side_m
    column, row = found["square"][0], found["square"][1]
    if found["polar"]:
        grid, corner = _polar(found["polar"], column, row)
        return Square(grid, corner[0] + inside[0], corner[1] + inside[1], side_m)
    return _in_zone(int(found["zone"]), found["band"], column, row, inside, side_m)


def _digits(found: re.Match[str]) -> tuple[str, str]:
    """The digits to the east and to the north, as many each way."""
    if found["digits"]:
        half = len(found["digits"]) // 2
        return found["digits"][:half], found["digits"][half:]
    east, north = found["east"] or "", found["north"] or ""
    if len(east) != len(north):
        raise GeometryError(f"`{found.group()}` has {len(east)} digits to the east and {len(north)} to the north")
    return east, north


def _polar(zone: str, column: str, row: str) -> tuple[Grid, tuple[int, int]]:
    """The grid of a polar zone, and the corner of a square of 100 km in it."""
    columns, first_column, rows, first_row = _POLAR[zone]
    if column not in columns or row not in rows:
        raise GeometryError(f"the zone {zone} has no square {column}{row}")
    corner = (first_column + columns.index(column)) * SQUARE_M, (first_row + rows.index(row)) * SQUARE_M
    return find_grid("EPSG:5042" if zone in "AB" else "EPSG:5041"), corner


def _in_zone(zone: int, band: str, column: str, row: str, inside: tuple[int, int], side_m: int) -> Square:
    """A square in a zone of UTM: of the rows with this letter, the one that lies in the band."""
    if not 1 <= zone <= 60 or f"{zone}{band}" in ("32X", "34X", "36X"):
        raise GeometryError(f"there is no zone {zone}{band}")
    columns = _COLUMNS[(zone - 1) % 3]
    if column not in columns or row not in _ROWS:
        raise GeometryError(f"the zone {zone} has no square {column}{row}")
    grid = find_grid(f"EPSG:{(32600 if band >= 'N' else 32700) + zone}")
    easting_m = (columns.index(column) + 1) * SQUARE_M + inside[0]
    offset = (_ROWS.index(row) - (5 if zone % 2 == 0 else 0)) % 20
    for turn in range(5):
        northing_m = offset * SQUARE_M + turn * _REPEATS_M + inside[1]
        if _meets_band(grid, band, easting_m, northing_m, side_m):
            west = 6.0 * zone - 186.0
            return Square(grid, easting_m, northing_m, side_m, _MERIDIANS.get(f"{zone}{band}", (west, west + 6.0)))
    raise GeometryError(f"no square {column}{row} with these digits lies in the band {band} of zone {zone}")


def _meets_band(grid: Grid, band: str, easting_m: int, northing_m: int, side_m: int) -> bool:
    """Whether a square has a corner in a band of latitude: 8 degrees from 80° S on, the last 12 degrees."""
    south = -80.0 + 8.0 * _BANDS.index(band)
    north = 84.0 if band == "X" else south + 8.0
    corners = np.array([[easting_m + east, northing_m + up] for east in (0, side_m) for up in (0, side_m)], dtype=float)
    latitudes = grid.lonlat(corners)[:, 1]
    return bool(np.any((latitudes >= south) & (latitudes <= north)))
