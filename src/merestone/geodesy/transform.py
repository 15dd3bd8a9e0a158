"""Carrying one named operation out through PROJ, with the axis order of its systems checked.

An operation is instantiated by its registry name (`urn:ogc:def:coordinateOperation:EPSG::15865`), which PROJ runs
between the two systems it was defined for: geographic 2-D or 3-D (latitude first) or geocentric. Places go in and
come out here as longitude, latitude, with height 0.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyproj
from pyproj.crs.crs import CRS
from pyproj.datadir import get_data_dir, get_user_data_dir  # type: ignore[attr-defined]  # documented, not exported
from pyproj.enums import TransformDirection
from pyproj.exceptions import ProjError

from merestone.errors import MerestoneError
from merestone.geodesy import registry
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.registry import OperationRow


class StepFailedError(MerestoneError):
    """PROJ could not carry an operation out at some place."""


@dataclass(frozen=True, slots=True)
class GridFile:
    """A file of corrections that an operation reads: whether it is here, its SHA-256, where it can be got."""

    name: str
    present: bool
    sha256: str | None
    url: str | None


@lru_cache(maxsize=512)
def grids_of(code: int) -> tuple[GridFile, ...]:
    """The grid files that a named operation reads; for each whether it is present, with its digest."""
    return tuple(_grid_file(name) for name in registry.grid_names(code))


def _grid_file(name: str) -> GridFile:
    """A grid as it is found in PROJ's data folders, under PROJ's name or the registry's own."""
    proj_name, url = registry.grid_alternative(name)
    for candidate in (proj_name, name):
        if path := _data_path(candidate):
            return GridFile(candidate, True, _sha256(path), url)
    return GridFile(proj_name, False, None, url)


def _data_path(name: str) -> Path | None:
    """The path of a file in PROJ's data folders, None where it is not there."""
    folders = [*get_data_dir().split(os.pathsep), get_user_data_dir()]
    return next((path for folder in folders if (path := Path(folder, name)).is_file()), None)


@lru_cache(maxsize=64)
def _sha256(path: Path) -> str:
    """The digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=128)
def _transformer(code: int) -> pyproj.Transformer:
    """PROJ's transformer of a named operation."""
    return pyproj.Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{code}")


@lru_cache(maxsize=64)
def _geocentric(ellipsoid: Ellipsoid) -> pyproj.Transformer:
    """Longitude, latitude, height in degrees and metres to geocentric X, Y, Z in metres."""
    return pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
        f" +step +proj=cart +a={ellipsoid.a_m!r} +rf={ellipsoid.inverse_flattening!r}"
    )


@lru_cache(maxsize=512)
def _axes(code: int) -> str:
    """The axes of a system: "north east", "east north", "geocentric", or "unsupported" (grads, another meridian)."""
    crs = CRS.from_epsg(code)
    axes = [axis.direction for axis in crs.axis_info][:2]
    if crs.is_geocentric:
        return "geocentric" if all(axis.unit_name == "metre" for axis in crs.axis_info) else "unsupported"
    units = {axis.unit_name for axis in crs.axis_info[:2]}
    meridian = crs.prime_meridian
    if units != {"degree"} or meridian is None or meridian.longitude != 0.0:
        return "unsupported"
    return " ".join(axes) if axes in (["north", "east"], ["east", "north"]) else "unsupported"


def is_supported(row: OperationRow) -> bool:
    """Whether an operation can be carried out here: known axes, and no method that holds at one epoch only."""
    return "unsupported" not in (_axes(row.source), _axes(row.target)) and "Time-specific" not in row.method


def apply_named(row: OperationRow, lonlat: Floats, *, forward: bool, epoch: float | None) -> Floats:
    """Places carried through a named operation or its inverse: (n, 2) -> (n, 2) degrees.

    `epoch` in decimal years for operations that depend on time. Longitudes stay within 180 degrees of what came in,
    so that a line that crosses 180 degrees runs on.
    """
    source, target = (row.source, row.target) if forward else (row.target, row.source)
    wrapped = lonlat.copy()
    wrapped[:, 0] = (lonlat[:, 0] + 180.0) % 360.0 - 180.0
    direction = TransformDirection.FORWARD if forward else TransformDirection.INVERSE
    columns = _into_axes(wrapped, source)
    times = None if epoch is None else np.full(len(lonlat), epoch)
    try:
        moved = _transformer(row.code).transform(*columns, times, direction=direction, errcheck=True)
    except ProjError as problem:
        raise StepFailedError(str(problem)) from problem
    result = _from_axes(np.column_stack(moved[:3]), target)
    if not np.all(np.isfinite(result)):
        raise StepFailedError("a place lies where the operation is not defined")
    result[:, 0] += 360.0 * np.round((lonlat[:, 0] - result[:, 0]) / 360.0)
    return result


def _ellipsoid(code: int) -> Ellipsoid:
    """The ellipsoid of a system of the registry."""
    row = registry.system(code)
    if row is None:
        raise StepFailedError(f"EPSG:{code} is not a geodetic system")
    return Ellipsoid(row.ellipsoid, row.a_m, row.inverse_flattening)


def _into_axes(lonlat: Floats, code: int) -> tuple[Floats, Floats, Floats]:
    """Longitude and latitude as the three columns that a system counts in, at height 0."""
    lon, lat, height = lonlat[:, 0], lonlat[:, 1], np.zeros(len(lonlat))
    axes = _axes(code)
    if axes == "geocentric":
        x, y, z = _geocentric(_ellipsoid(code)).transform(lon, lat, height)
        return np.asarray(x), np.asarray(y), np.asarray(z)
    return (lat, lon, height) if axes == "north east" else (lon, lat, height)


def _from_axes(columns: Floats, code: int) -> Floats:
    """Longitude and latitude (n, 2) from the columns (n, 3) of a system."""
    axes = _axes(code)
    if axes == "geocentric":
        back = _geocentric(_ellipsoid(code)).transform(
            columns[:, 0], columns[:, 1], columns[:, 2], direction=TransformDirection.INVERSE
        )
        lon, lat = back[0], back[1]
        return np.column_stack((lon, lat))
    return columns[:, [1, 0]].copy() if axes == "north east" else columns[:, :2].copy()


def separation_m(ellipsoid: Ellipsoid, one: Floats, other: Floats) -> Floats:
    """The geodesic distance in metres between places (n, 2) and (n, 2) in one frame."""
    geod = pyproj.Geod(a=ellipsoid.a_m, f=ellipsoid.f)
    _, _, distance = geod.inv(one[:, 0], one[:, 1], other[:, 0], other[:, 1])
    return np.asarray(distance, dtype=np.float64)
