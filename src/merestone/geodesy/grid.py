"""Grids: plane coordinates on a map projection of a named frame.

A grid is a projected system of the registry: its base frame, its projection, and its own axes, with their order, their
directions and their unit. What a Soviet catalogue prints as `X 5 490 500 Y 20 564 000` is northing and easting on a
Gauss-Krüger zone of 6 degrees, whose number stands before the easting; in the Czech Republic X counts to the south.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pyproj
from pyproj._crs import Axis
from pyproj.crs.crs import CRS
from pyproj.enums import TransformDirection
from pyproj.exceptions import ProjError

from merestone.errors import GeometryError, UnknownFrameError
from merestone.geodesy import registry
from merestone.geodesy.catalogue import find, printed_code, same_name
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats

_WAYS = {"northing": "north", "southing": "south", "easting": "east", "westing": "west"}


@dataclass(frozen=True, slots=True)
class GridAxis:
    """One axis of a grid as the authority defines it.

    `name` is "northing", "southing", "easting" or "westing" (on a polar grid both axes may run to the south); `letters`
    are its abbreviations in capitals, as in ("E", "X").
    """

    name: str
    letters: tuple[str, ...]

    @property
    def eastward(self) -> bool:
        """Whether it counts along the parallel, to the east or to the west."""
        return self.name in ("easting", "westing")

    @property
    def sign(self) -> int:
        """1 where it counts to the north or east, -1 to the south or west."""
        return 1 if self.name in ("northing", "easting") else -1

    @property
    def way(self) -> str:
        """The direction in which it counts: north, south, east or west."""
        return _WAYS[self.name]


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: `name` and `code` of its projected system, its base frame, the projection's name and method.

    `axes` are in the authority's order; `unit` and `unit_m` are their unit and its length in metres; `zone_prefix` the
    number that stands before every easting, None where there is none; `areas` where it is meant to be used, as boxes
    (west, south, east, north) in degrees.
    """

    name: str
    code: str
    base: Frame
    projection: str
    method: str
    unit: str
    unit_m: float
    axes: tuple[GridAxis, GridAxis]
    zone_prefix: int | None
    areas: tuple[tuple[float, float, float, float], ...]

    def lonlat(self, easting_northing: Floats) -> Floats:
        """Longitude and latitude in the base frame: (n, 2) in the grid's unit, to the east and north -> (n, 2) degrees.

        Where the grid counts to the west or south, these are the negative values. Not finite where there is no place.
        """
        places = np.asarray(easting_northing, dtype=np.float64).reshape(-1, 2)
        first, second = (self._sides[axis.eastward] for axis in self.axes)
        given = places[:, [first, second]] * [axis.sign for axis in self.axes]
        return _of_projection(self.code, given, TransformDirection.INVERSE)

    def easting_northing(self, lonlat: Floats) -> Floats:
        """Coordinates to the east and to the north in the grid's unit: (n, 2) degrees in the base frame -> (n, 2)."""
        places = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
        given = _of_projection(self.code, places, TransformDirection.FORWARD) * [axis.sign for axis in self.axes]
        if not np.isfinite(given).all():
            raise GeometryError(f"{self.name} has no value at a place; choose another grid")
        return given if self.axes[0].eastward else given[:, ::-1]

    @property
    def _sides(self) -> dict[bool, int]:
        """Which column of easting and northing an axis takes, by whether it counts along the parallel."""
        return {True: 0, False: 1}

    def moved_to(self, frame: Frame) -> Grid:
        """The same plane on a frame whose places are the base frame's to within what the base frame leaves open."""
        return replace(self, base=frame)


@dataclass(frozen=True, slots=True)
class _Projection:
    """A projection and its own base: which axis of the base is the longitude, its degrees a unit, its prime meridian."""

    transformer: pyproj.Transformer
    longitude: int
    unit_deg: float
    meridian_deg: float


@lru_cache(maxsize=64)
def _projection(code: str) -> _Projection:
    """The projection alone, in the axes of the authority. No datum is changed.

    Raises `GeometryError` where PROJ does not have its method.
    """
    projected = CRS.from_user_input(code)
    base = projected.geodetic_crs
    if base is None or base.prime_meridian is None:
        raise UnknownFrameError(code)
    longitude = next(n for n, axis in enumerate(base.axis_info) if axis.direction in ("east", "west"))
    meridian = base.prime_meridian
    try:
        transformer = pyproj.Transformer.from_crs(base, projected)
    except ProjError as problem:
        method = projected.coordinate_operation.method_name if projected.coordinate_operation else "it"
        raise GeometryError(f"{code} ({projected.name}) cannot be computed: PROJ does not have {method}") from problem
    return _Projection(
        transformer,
        longitude,
        float(np.degrees(base.axis_info[longitude].unit_conversion_factor)),
        float(np.degrees(float(meridian.longitude) * float(meridian.unit_conversion_factor))),
    )


def _of_projection(code: str, pairs: Floats, direction: TransformDirection) -> Floats:
    """Pairs (n, 2) through the projection: longitude and latitude in degrees from Greenwich, values in axis order.

    Not finite where the projection has no value.
    """
    projection = _projection(code)
    if direction is TransformDirection.FORWARD:
        base = np.column_stack([pairs[:, 0] - projection.meridian_deg, pairs[:, 1]]) / projection.unit_deg
        pairs = base if projection.longitude == 0 else base[:, ::-1]
    try:
        found = np.column_stack(projection.transformer.transform(pairs[:, 0], pairs[:, 1], direction=direction))
    except ProjError as problem:
        raise GeometryError(f"{code} has no value at a place: {problem}") from problem
    if direction is TransformDirection.FORWARD:
        return found
    lonlat = (found if projection.longitude == 0 else found[:, ::-1]) * projection.unit_deg
    longitudes = np.where(np.isfinite(lonlat[:, 0]), lonlat[:, 0], np.nan) + projection.meridian_deg
    return np.column_stack([np.mod(longitudes + 180.0, 360.0) - 180.0, lonlat[:, 1]])


def find_grid(name_or_code: str) -> Grid:
    """The grid with this EPSG code or name ("NAD83 / UTM zone 10N"); raises `UnknownFrameError` with suggestions.

    Its base frame must be one that `find` accepts, or one on another prime meridian that the registry carries to such
    a frame by longitude alone.
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


@lru_cache(maxsize=256)
def _grid(code: int, asked: str) -> Grid:
    """The grid of an EPSG code; `asked` is how it was named, for the error."""
    row = registry.projected(code)
    if row is None:
        frame = registry.system(code)
        because = f"{frame.name} is a frame, not a grid" if frame else registry.what_a_code_is(code)
        raise UnknownFrameError(asked, because=because)
    defined = CRS.from_epsg(code).axis_info[:2]
    return Grid(
        name=row.name,
        code=f"EPSG:{code}",
        base=_base(row.base),
        projection=row.conversion,
        method=row.method,
        unit=defined[0].unit_name,
        unit_m=defined[0].unit_conversion_factor,
        axes=(_axis(defined[0]), _axis(defined[1])),
        zone_prefix=_prefix(code),
        areas=registry.areas_of_use(code),
    )


def _base(code: int) -> Frame:
    """The base frame of a grid, counted from Greenwich."""
    row = registry.system(code)
    if row is not None and row.prime_meridian != "Greenwich":
        code = registry.counted_from_greenwich(code) or code
    return find(f"EPSG:{code}")


def _axis(axis: Axis) -> GridAxis:
    """An axis as the registry defines it."""
    abbreviation = axis.abbrev.upper()
    letters = tuple(letter for letter in abbreviation if letter.isalpha()) if abbreviation != "NONE" else ()
    return GridAxis(axis.name.casefold(), letters)


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


def prefixed_grids(frame: Frame, prefix: int) -> tuple[Grid, ...]:
    """The grids on a frame whose eastings carry this zone number: 20 on Pulkovo 1942 is a zone of 6 degrees and one of
    3 degrees elsewhere."""
    base = printed_code(frame.code or "")
    if base is None or prefix < 1:
        return ()
    codes = registry.with_false_easting(base, prefix * 1e6 + 500000.0)
    return tuple(_grid(code, f"EPSG:{code}") for code in codes)
