"""Rectangular coordinates as printed, read on a grid: which number counts which way, in which unit, and where that lies.

The letters of an instrument are held against the axes that the authority defines. `X` is the northing of Gauss-Krüger
and the easting of Lambert; where a letter is on neither axis, or a word counts the other way, there are two readings,
and where each of them lies decides whether one can be taken. Nothing is decided here: readings are given, measured.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from merestone.geodesy.elementary import solver
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.grid import Grid
from merestone.geodesy.line import Floats
from merestone.geodesy.units import metres

NEAR_M = 500_000.0
"""A reading that lies no further outside the area of use of its grid may be meant."""

SIGNS = {"northing": 1, "southing": -1, "easting": 1, "westing": -1}
"""The words that say which way a number counts, and whether that is to the north or east."""

_OF_SEVERAL = {"feet": "foot", "yards": "yard", "chains": "chain", "links": "link"}
"""Units whose word alone stands for several of nearly one length, by the word that the registry has in their names."""

_EASTWARD = ("easting", "westing")
_SAME_PLACE = 1.0
"""A place whose coordinates come back to within this (grid units) is one; the inverse of a projection can fold."""


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """Printed pairs: what the two numbers are called ("X", "Y", or "northing" ...), the numbers (n, 2) in that order,
    and the unit that is printed with them (None where none is)."""

    axes: tuple[str, str]
    values: Floats
    unit: str | None = None

    def unit_m(self, grid: Grid) -> float:
        """The length of their unit in metres: the one that is printed, else the grid's. A foot alone is the grid's foot."""
        if self.unit is None or _OF_SEVERAL.get(self.unit, "-") in grid.unit.casefold():
            return grid.unit_m
        return metres(1, self.unit)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to count two printed numbers: which of them counts along the parallel (0 or 1), and the sign of each to the
    east and north."""

    axes: tuple[str, str]
    eastward: int
    signs: tuple[int, int]

    @property
    def words(self) -> str:
        """As in "X to the north and Y to the east"."""
        return " and ".join(f"{axis} to the {self._direction(column)}" for column, axis in enumerate(self.axes))

    def _direction(self, column: int) -> str:
        positive, negative = ("east", "west") if column == self.eastward else ("north", "south")
        return positive if self.signs[column] > 0 else negative

    def opposite(self) -> Way:
        """The numbers counted the opposite way."""
        return replace(self, signs=(-self.signs[0], -self.signs[1]))


@dataclass(frozen=True, slots=True)
class GridReading:
    """One way to read printed pairs on a grid, with the places (n, 2) in degrees on the grid's base frame, and how far
    each lies outside the grid's area of use in metres (n,): 0 inside, infinite where there is no place."""

    words: str
    grid: Grid
    lonlat: Floats
    outside_m: Floats

    @property
    def furthest_m(self) -> float:
        """How far outside the area of use its furthest place lies."""
        return float(np.max(self.outside_m, initial=0.0))

    @property
    def inside(self) -> bool:
        """Whether every place lies in the area of use."""
        return self.furthest_m == 0.0

    @property
    def near(self) -> bool:
        """Whether every place lies in the area of use or not far from it."""
        return self.furthest_m <= NEAR_M


def ways(axes: tuple[str, str], grid: Grid) -> tuple[Way, ...]:
    """The ways to count numbers that are called so on a grid: one where the definition settles it, else two."""
    along = [_along(axis, grid) for axis in axes]
    if along[0] is along[1] is None:
        return tuple(by_definition(axes, grid, eastward) for eastward in (1, 0))
    eastward = 0 if along[0] or along[1] is False else 1
    if along[0] is along[1]:  # a letter and a word for one axis: the word says which way it counts
        eastward = 0 if (axes[0] in SIGNS) == (along[0] is True) else 1
    defined = by_definition(axes, grid, eastward)
    said = replace(defined, signs=(SIGNS.get(axes[0], defined.signs[0]), SIGNS.get(axes[1], defined.signs[1])))
    return (defined,) if said == defined else (said, defined)


def by_definition(axes: tuple[str, str], grid: Grid, eastward: int) -> Way:
    """The numbers counted as the grid counts, the one of this column along the parallel."""
    sign = {axis.eastward: axis.sign for axis in grid.axes}
    return Way(axes, eastward, (sign[eastward == 0], sign[eastward == 1]))


def _along(axis: str, grid: Grid) -> bool | None:
    """Whether a number called so counts along the parallel; None where its letter is on neither axis of the grid."""
    if axis in SIGNS:
        return axis in _EASTWARD
    return next((defined.eastward for defined in grid.axes if axis in defined.letters), None)


def read(printed: PrintedGrid, grid: Grid, way: Way, unit_m: float | None = None) -> GridReading:
    """Printed pairs counted in one way, in this unit, or else the one printed with them, or else that of the grid."""
    unit_m = unit_m or printed.unit_m(grid)
    counted = printed.values * (unit_m / grid.unit_m) * way.signs
    return on_grid(way.words, grid, counted if way.eastward == 0 else counted[:, ::-1])


def on_grid(words: str, grid: Grid, easting_northing: Floats) -> GridReading:
    """Coordinates (n, 2) to the east and north in the unit of a grid as a reading."""
    lonlat = grid.lonlat(easting_northing)
    finite = np.asarray(np.isfinite(lonlat).all(axis=1))
    outside_m = np.full(len(lonlat), np.inf)
    if finite.any():
        returned = grid.easting_northing(lonlat[finite])
        finite[finite] = (np.abs(returned - easting_northing[finite]) < _SAME_PLACE).all(axis=1)
        outside_m[finite] = outside_of(grid.areas, lonlat[finite], grid.base.ellipsoid)
    return GridReading(words, grid, lonlat, outside_m)


def outside_of(areas: tuple[tuple[float, float, float, float], ...], lonlat: Floats, ellipsoid: Ellipsoid) -> Floats:
    """How far places (n, 2) in degrees lie outside boxes (west, south, east, north) in metres, (n,): to the nearest
    place of the box at the same longitude or, beside it, at the same latitude; 0 inside, and where there are no boxes."""
    if not areas:
        return np.zeros(len(lonlat))
    return np.asarray(np.min([_outside_box(area, lonlat, ellipsoid) for area in areas], axis=0))


def _outside_box(area: tuple[float, float, float, float], lonlat: Floats, ellipsoid: Ellipsoid) -> Floats:
    west, south, east, north = area
    width = (east - west) % 360.0 or 360.0
    beyond = np.mod(lonlat[:, 0] - west, 360.0)
    nearer_east = beyond - width <= 360.0 - beyond
    longitudes = np.where(beyond <= width, lonlat[:, 0], np.where(nearer_east, east, west))
    nearest = np.column_stack([longitudes, np.clip(lonlat[:, 1], south, north)])
    apart_m = np.zeros(len(lonlat))
    beside = np.flatnonzero((nearest != lonlat).any(axis=1))
    if len(beside):
        one, other = lonlat[beside], nearest[beside]
        apart_m[beside] = solver(ellipsoid).inv(one[:, 0], one[:, 1], other[:, 0], other[:, 1])[2]
    return apart_m
