"""Versions of two or three States made of the cells of a grid, with what passes between them known cell by cell.

The corners of the grid are moved at random, the same in both versions, so that cells are quadrilaterals of their own. A
State is the union of its cells: exclaves, enclaves, islands, polygons that touch at corners and lakes all come about by
themselves. The land that passes is the sum of cells, each measured by geographiclib, so no overlay has a part in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic

from merestone.compare.states.state import State
from merestone.geodesy.line import Floats
from unit.compare.land import of_geometry

SEA, A, B, C = range(4)
NAMES = {A: "AAA", B: "BBB", C: "CCC"}
_STEPS = 24


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The corners of a grid of cells (rows + 1, columns + 1, 2) in degrees, and who has each cell in either version."""

    corners: Floats
    first: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    second: np.ndarray[tuple[int, int], np.dtype[np.int64]]

    def ring(self, row: int, column: int) -> Floats:
        """The closed outline of a cell, anticlockwise."""
        around = ((0, 0), (0, 1), (1, 1), (1, 0), (0, 0))
        return np.array([self.corners[row + up, column + along] for up, along in around])

    def states(self, *, second: bool = False) -> tuple[State, ...]:
        """The States of a version that have land in it, in alphabetical order."""
        owner = self.second if second else self.first
        found = []
        for who, name in NAMES.items():
            cells = [shapely.Polygon(self.ring(*map(int, at))) for at in np.argwhere(owner == who)]
            if cells:
                found.append(of_geometry(name, shapely.union_all(cells)))
        return tuple(found)

    def passes_m2(self, giver: int, taker: int) -> float:
        """The land that one has in the first version and another in the second, cell by cell, in m²."""
        cells = np.argwhere((self.first == giver) & (self.second == taker))
        return sum(cell_m2(self.ring(*map(int, at))) for at in cells)


def cell_m2(ring: Floats) -> float:
    """The area of a ring straight in longitude and latitude, its edges followed closely, by geographiclib."""
    polygon = Geodesic.WGS84.Polygon()
    for start, end in pairwise(ring):
        for share in np.arange(_STEPS) / _STEPS:
            lon, lat = start + share * (end - start)
            polygon.AddPoint(lat, lon)
    return float(abs(polygon.Compute()[2]))


def grid(seed: int) -> Grid:
    """A grid out of a seed: three to six cells each way, some jittered, somewhere on Earth; the second version has some
    cells changed."""
    random = np.random.default_rng(seed)
    rows, columns = random.integers(3, 7, 2)
    size = random.choice([0.02, 0.1, 0.4])
    west, south = random.uniform(-170.0, 160.0), random.uniform(-60.0, 60.0)
    corners = np.stack(
        np.meshgrid(west + size * np.arange(columns + 1), south + size * np.arange(rows + 1)), axis=-1
    ).astype(np.float64)
    if random.random() < 0.7:
        corners += random.uniform(-0.2, 0.2, corners.shape) * size
    corners = np.round(corners, 7)
    first = _owners(random, int(rows), int(columns))
    second = first.copy()
    for _ in range(int(random.integers(1, 5))):
        row, column = random.integers(0, rows), random.integers(0, columns)
        high, wide = random.integers(1, 3, 2)
        second[row : row + high, column : column + wide] = random.choice([A, B, A, B, C, SEA])
    return Grid(corners, first, second)


def _owners(random: np.random.Generator, rows: int, columns: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Who has each cell: A in the west and B in the east, a third in some, and cells given to others at random."""
    owner = np.where(np.arange(columns)[None, :] < columns / 2.0, A, B) * np.ones((rows, 1), dtype=np.int64)
    if random.random() < 0.4:
        owner[int(random.integers(rows // 2, rows)) :, :] = C
    spots = random.random(owner.shape)
    owner = np.where(spots < 0.12, A, np.where(spots < 0.24, B, np.where(spots < 0.3, SEA, owner)))
    owner[0, 0], owner[0, -1] = A, B
    return owner
