"""Grids: plane coordinates on a map projection of a named frame.

A grid is a projected system of the registry: its base frame, its projection, and its own axes and unit. What a
Soviet catalogue prints as `X 5 490 500 Y 20 564 000` is northing and easting on a Gauss-Krüger zone of 6 degrees,
whose number stands before the easting.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
from pyproj.crs.crs import CRS
from pyproj.enums import TransformDirection
from pyproj.exceptions import ProjError

from merestone.errors import GeometryError, UnknownFrameError
from merestone.geodesy import registry
from merestone.geodesy.catalogue import find, printed_code, same_name
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: `name` and `code` of its projected system, its base frame, the projection's name and method.

    `unit_m` is the length of its unit in metres; `axes` its axes in the authority's order, as in ("X north",
    "Y east"); `zone_prefix` the number that stands before every easting, None where there is none.
    """

    name: str
    code: str
    base: Frame
    projection: str
    method: str
    unit_m: float
    axes: tuple[str, str]
    zone_prefix: int | None

    def lonlat(self, easting_northing: Floats) -> Floats:
        """Longitude and latitude in the base frame: (n, 2) easting, northing in the grid's unit -> (n, 2) degrees."""
        return self._convert(easting_northing, TransformDirection.INVERSE)

    def easting_northing(self, lonlat: Floats) -> Floats:
        """Easting and northing in the grid's unit: (n, 2) degrees in the base frame -> (n, 2)."""
        return self._convert(lonlat, TransformDirection.FORWARD)

    def _convert(self, pairs: Floats, direction: TransformDirection) -> Floats:
        """Pairs (n, 2) through the projection; raises `GeometryError` where it has no value."""
        places = np.asarray(pairs, dtype=np.float64).reshape(-1, 2)
        try:
            first, second = _projection(self.code).transform(
                places[:, 0], places[:, 1], direction=direction, errcheck=True
            )
        except ProjError as problem:
            raise GeometryError(f"{self.name} has no value at a place: {problem}") from problem
        return np.column_stack((first, second))


@lru_cache(maxsize=64)
def _projection(code: str) -> pyproj.Transformer:
    """The projection alone: longitude, latitude of the base system to easting, northing. No datum is changed."""
    projected = CRS.from_user_input(code)
    base = projected.geodetic_crs
    if base is None:
        raise UnknownFrameError(code)
    return pyproj.Transformer.from_crs(base, projected, always_xy=True)


def find_grid(name_or_code: str) -> Grid:
    """The grid with this EPSG code or name ("NAD83 / UTM zone 10N"); raises `UnknownFrameError` with suggestions.

    Its axes must run east and north (in either order) and its base frame must be one that `find` accepts.
    """
    code = printed_code(name_or_code)
    if code is None:
        matches = [number for number, name in registry.projected_names() if same_name(name, name_or_code)]
        if not matches:
            raise UnknownFrameError(name_or_code, grid_suggestions(name_or_code))
        code = matches[0]
    return _grid(code, name_or_code)


def grid_suggestions(name: str, count: int = 3) -> tuple[str, ...]:
    """The names of grids that come closest to a mistyped one, best first."""
    return tuple(difflib.get_close_matches(name, [known for _, known in registry.projected_names()], count, 0.6))


@lru_cache(maxsize=64)
def _grid(code: int, asked: str) -> Grid:
    """The grid of an EPSG code; `asked` is how it was named, for the error."""
    row = registry.projected(code)
    if row is None:
        frame = registry.system(code)
        raise UnknownFrameError(asked, (f"{frame.name} is a frame, not a grid",) if frame else ())
    axes = CRS.from_epsg(code).axis_info
    if sorted(axis.direction for axis in axes) != ["east", "north"]:
        raise UnknownFrameError(asked, grid_suggestions(f"{row.name} East North", 2))
    return Grid(
        name=row.name,
        code=f"EPSG:{code}",
        base=find(f"EPSG:{row.base}"),
        projection=row.conversion,
        method=row.method,
        unit_m=axes[0].unit_conversion_factor,
        axes=(f"{axes[0].abbrev} {axes[0].direction}", f"{axes[1].abbrev} {axes[1].direction}"),
        zone_prefix=_prefix(code),
    )


def _prefix(code: int) -> int | None:
    """The zone number that a false easting of n 500 000 m puts before every easting."""
    for parameter in CRS.from_epsg(code).coordinate_operation.params:  # type: ignore[union-attr]
        if parameter.name == "False easting":
            number, rest = divmod(float(parameter.value) * float(parameter.unit_conversion_factor), 1e6)
            return int(number) if number >= 1 and rest == 500000.0 else None
    return None


def utm_grid(frame: Frame, lonlat: tuple[float, float]) -> Grid:
    """The UTM zone of a place on a frame, by the rule of 6 degrees with the exceptions of Norway and Svalbard.

    Raises `UnknownFrameError` where the registry has no UTM grid on that frame there. Source of the exceptions:
    NGA.SIG.0012, The Universal Grids and the Transverse Mercator, 2014, section 7.
    """
    lon, lat = (lonlat[0] + 180.0) % 360.0 - 180.0, lonlat[1]
    zone = int((lon + 180.0) // 6.0) + 1
    if 56.0 <= lat < 64.0 and 3.0 <= lon < 12.0:
        zone = 32
    if 72.0 <= lat <= 84.0 and 0.0 <= lon < 42.0:
        zone = 31 + 2 * int((lon + 3.0) // 12.0)
    name = f"{frame.name} / UTM zone {zone}{'N' if lat >= 0 else 'S'}"
    return find_grid(name)


def prefixed_grid(frame: Frame, easting_m: float) -> Grid:
    """The Gauss-Krüger zone on a frame that an easting with its zone number before it names: 20 564 000 -> zone 20."""
    prefix = int(easting_m // 1e6)
    grid = find_grid(f"{frame.name} / Gauss-Kruger zone {prefix}")
    if grid.zone_prefix != prefix:
        raise UnknownFrameError(f"{frame.name}, zone prefix {prefix}", grid_suggestions(grid.name))
    return grid
