"""The line on a grid, for programs and instruments that work in a plane: values at places, and chains in the plane.

What comes out is derived, like every drawing. The canonical line is in the frame of the description.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from merestone.errors import MerestoneError, WrongRequestError
from merestone.geodesy.grid import Grid
from merestone.geodesy.line import Floats

_HALVINGS = 24
DECIMALS = 4
"""Grid values are printed to a tenth of a millimetre in metres, the least unit of the canonical line."""


class NeedsGridError(WrongRequestError):
    """A format was asked for that is made of plane coordinates, and no projected system was named."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"{kind} holds plane coordinates; name their projected system with --crs, such as --crs EPSG:32633"
        )
        self.kind = kind


class ContraryGridError(WrongRequestError):
    """A format that holds northing and easting was asked for on a grid that counts to the south or west."""

    def __init__(self, grid: Grid) -> None:
        ways = " and ".join(axis.way for axis in grid.axes)
        super().__init__(
            f"{grid.code} ({grid.name}) counts to the {ways}, but this format needs northing and easting; "
            "name a system of the same projection that counts to the north and east"
        )
        self.grid = grid


class PlaneGapError(MerestoneError):
    """A piece of the line is not continuous in the plane: it crosses the edge of the projection."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(
            f"the line is not continuous on {grid.code} ({grid.name}); name a system that is made for the area of the line"
        )
        self.grid = grid


def needed(grid: Grid | None, kind: str, *, northing_easting: bool = False) -> Grid:
    """The grid, where one was named and the format can hold its axes; raises `WrongRequestError` otherwise."""
    if grid is None:
        raise NeedsGridError(kind)
    if northing_easting and any(axis.sign < 0 for axis in grid.axes):
        raise ContraryGridError(grid)
    return grid


def columns(grid: Grid) -> tuple[str, str]:
    """The names of the two values in the system's own order, with the unit: `easting_m`, `southing_us_survey_foot`."""
    unit = "m" if grid.unit_m == 1.0 else "_".join(grid.unit.casefold().replace("-", " ").split())
    one, other = (f"{axis.name}_{unit}" for axis in grid.axes)
    return one, other


def axis_values(grid: Grid, lonlat: Floats) -> Floats:
    """The values (n, 2) of places (n, 2) along the system's own axes, in its order and unit."""
    east_north = grid.easting_northing(lonlat)
    picked = [0 if axis.eastward else 1 for axis in grid.axes]
    return np.asarray(east_north[:, picked] * [axis.sign for axis in grid.axes])


def printed(value: float) -> str:
    """A value with four decimals: a tenth of a millimetre where the unit is the metre."""
    return f"{value:.{DECIMALS}f}"


def plane_chain(grid: Grid, chain: Floats, tolerance_m: float) -> Floats:
    """A chain (n, 2), straight in longitude and latitude, as a chain to the east and north in the grid's unit.

    Every piece that the plane bends by more than the tolerance is halved until none is; the chord between two places
    is compared with the image of the middle of the piece, to which a parabola departs most.
    """
    limit = tolerance_m / grid.unit_m
    places = np.asarray(chain, dtype=np.float64)
    for _ in range(_HALVINGS):
        plane = grid.easting_northing(places)
        middles = (places[:-1] + places[1:]) / 2.0
        bent = np.hypot(*(grid.easting_northing(middles) - (plane[:-1] + plane[1:]) / 2.0).T)
        wide = np.nonzero(bent > limit)[0]
        if not len(wide):
            return plane
        places = np.insert(places, wide + 1, middles[wide], axis=0)
    raise PlaneGapError(grid)


def bounds(chains: Iterable[Floats]) -> tuple[float, float, float, float]:
    """The box around chains: least and greatest easting, then northing; zeros where there are none."""
    found = [chain for chain in chains if len(chain)]
    if not found:
        return 0.0, 0.0, 0.0, 0.0
    both = np.concatenate(found)
    (west, south), (east, north) = both.min(axis=0), both.max(axis=0)
    return float(west), float(south), float(east), float(north)
