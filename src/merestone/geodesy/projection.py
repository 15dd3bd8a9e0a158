"""A map projection as a line on it needs it: a method with its parameters, applied on the line's own ellipsoid."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from pyproj import CRS, Proj
from pyproj.exceptions import CRSError

from merestone.errors import GeometryError, NoProjectionError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

_OF_THE_ELLIPSOID = ("datum", "ellps", "a", "b", "rf", "f", "R", "towgs84", "nadgrids", "geoidgrids", "type", "no_defs")
_AXES = "axis"
"""PROJ's parameter by which a system counts to the west or south."""


@dataclass(frozen=True, slots=True)
class Projection:
    """The projection that a code or a PROJ string names, on an ellipsoid.

    `code`: an authority's code of a projected system (`EPSG:26910`) or a PROJ string (`+proj=utm +zone=10`). Method
    and parameters are taken from it; the ellipsoid is that of the frame in which the line is computed, so that no
    transformation between frames hides in a kind of line.

    The plane has the directions of the system's own axes, as files have them: x to the west and y to the south on a system
    that counts so. With `east_and_north` x is always to the east and y to the north, as directions need it.
    """

    code: str
    ellipsoid: Ellipsoid
    east_and_north: bool = False

    def forward(self, lonlat: Floats) -> Floats:
        """Give plane coordinates in metres: (n, 2) -> (n, 2); not finite outside the projection's domain."""
        return np.column_stack(_proj(self)(lonlat[:, 0], lonlat[:, 1]))

    def inverse(self, grid_m: Floats) -> Floats:
        """Give longitude and latitude in degrees: (n, 2) -> (n, 2); not finite outside the projection's domain."""
        return np.column_stack(_proj(self)(grid_m[:, 0], grid_m[:, 1], inverse=True))


@lru_cache(maxsize=64)
def grid_unit_m(code: str) -> float:
    """Give the length in metres of the unit in which a projected system states its coordinates: a foot, a yard.

    `Projection` itself always works in metres. Raise `GeometryError` where the code names no system.
    """
    try:
        return float(CRS.from_user_input(code).axis_info[0].unit_conversion_factor)
    except (CRSError, IndexError) as trouble:
        raise NoProjectionError(f"{code!r} names no projection; give a code such as EPSG:32633") from trouble


_PSEUDO_MERCATOR = "1024"
"""EPSG's method of web maps (Guidance Note 7-2, 3.2.1.2): the sphere's formulas on the latitudes of an ellipsoid. PROJ's
parameters for it name an ordinary Mercator on a sphere, which on an ellipsoid would be another projection."""


@lru_cache(maxsize=64)
def _proj(projection: Projection) -> Proj:
    """Give PROJ's projection; raise `GeometryError` where the code names none."""
    try:
        crs = CRS.from_user_input(projection.code)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns that the datum is lost, which is what we want
            parameters = crs.to_dict()
    except CRSError as trouble:
        raise NoProjectionError(f"{projection.code!r} names no projection; give a code such as EPSG:32633") from trouble
    if not crs.is_projected or parameters.get("proj", "longlat") == "longlat":
        raise GeometryError(
            f"{projection.code} ({crs.name}) is not a projected system; give the code of one, such as EPSG:32633, "
            "or say straight in lon/lat"
        )
    kept = {key: value for key, value in parameters.items() if key not in _OF_THE_ELLIPSOID}
    if projection.east_and_north:
        kept.pop(_AXES, None)
    if crs.coordinate_operation is not None and crs.coordinate_operation.method_code == _PSEUDO_MERCATOR:
        kept["proj"] = "webmerc"
    ellipsoid = projection.ellipsoid
    shape = {"rf": ellipsoid.inverse_flattening} if ellipsoid.inverse_flattening else {"b": ellipsoid.a_m}
    return Proj({**kept, "units": "m", "a": ellipsoid.a_m, **shape})
