"""GeoPackage, Shapefile and FlatGeobuf by GDAL, with all its other drivers switched off.

GDAL reads its settings when it is loaded, so this works only in a process that was started for it.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from merestone.errors import MerestoneError
from merestone.geodesy.projection import grid_unit_m
from merestone.sources.chains import Gathering, RawLayer
from merestone.sources.file_format import FileFormat
from merestone.sources.gdal_settings import SKIP
from merestone.sources.layer import Value
from merestone.sources.limits import ReadingLimits
from merestone.sources.readers import curves, flatgeobuf, geopackage
from merestone.sources.readers.geometries import add_geometries
from merestone.sources.readers.values import chosen_layer, plain_value, shown_name
from merestone.sources.refused import RefusedError
from merestone.sources.systems import is_geographic, system_of

DRIVERS = {
    FileFormat.GEOPACKAGE: "GPKG",
    FileFormat.SHAPEFILE: "ESRI Shapefile",
    FileFormat.FLATGEOBUF: "FlatGeobuf",
}


_MOST_NOTES = 20


class UnwantedDriversError(MerestoneError):
    """GDAL was loaded with drivers that could open something else; start again without them."""

    def __init__(self, drivers: tuple[str, ...]) -> None:
        super().__init__("GDAL came with drivers that are not wanted")
        self.drivers = drivers


def read(path: Path, layer: str | None, file_format: FileFormat, limits: ReadingLimits) -> RawLayer:
    """Give what a file holds; raise `RefusedError` for what GDAL cannot read."""
    _load_only(DRIVERS[file_format])
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

    try:
        name, geometries = _layer(path, layer, file_format)
        _check_size(pyogrio.read_info(path, layer=name), limits)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            meta, rows, geometry, fields = pyogrio.raw.read(path, layer=name, return_fids=True)
    except (DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, ValueError) as error:
        raise RefusedError(f"it is not a valid {file_format} ({shown_name(error)}); ask for the file again") from error
    if geometry is None:
        raise RefusedError("its layer has no geometry; name another layer")
    if geometries is not None and np.count_nonzero(geometry) != geometries:
        raise RefusedError("some of its geometries are broken; ask for a corrected file")
    code, note = _system(path, name, file_format, meta["crs"])
    made, arcs = _with_curves(path, name, file_format, _decoded(geometry), rows, code)
    gathering = Gathering()
    add_geometries(gathering, made)
    return RawLayer(
        "" if file_format is FileFormat.SHAPEFILE else shown_name(name), file_format.value, code,
        _attributes(meta["fields"], fields, len(geometry)), gathering.chains(), note,
        gathering.collections, gathering.more_dimensions,
        arcs=arcs,
        encoding=_encoding_unstated(path, file_format, meta.get("encoding")),
        notes=tuple(dict.fromkeys(shown_name(each.message) for each in said))[:_MOST_NOTES],
    )  # fmt: skip


def _system(path: Path, layer: str, file_format: FileFormat, by_gdal: str | None) -> tuple[str | None, str]:
    """Give the code of the reference system, or what was read of one; what GDAL drops because it does not understand it
    is looked for in the file itself."""
    if file_format is FileFormat.GEOPACKAGE:
        return geopackage.stated_system(path, layer)
    if by_gdal:
        return system_of(by_gdal)
    if file_format is FileFormat.FLATGEOBUF:
        return flatgeobuf.stated_system(path)
    prj = path.with_suffix(".prj")
    return system_of(prj.read_text("utf-8", errors="replace")) if prj.is_file() else (None, "")


def _with_curves(
    path: Path, layer: str, file_format: FileFormat, geometries: Any, rows: Any, code: str | None
) -> tuple[Any, int]:
    """Give the geometries, those that GDAL drew with coarse chords drawn anew, and how many arcs they have; raise
    `RefusedError` for curves in a format whose arcs cannot be seen."""
    if (
        file_format is FileFormat.FLATGEOBUF
        and flatgeobuf.may_be_curved(path)
        and _drawn_by_gdal(path, layer, geometries)
    ):
        raise RefusedError("it holds curves, which are read from a GeoPackage only; save it as a GeoPackage")
    if file_format is not FileFormat.GEOPACKAGE:
        return geometries, 0
    tolerance = _unit(code) * curves.DRAWN_M
    place, arcs = {int(row): index for index, row in enumerate(rows)}, 0
    for row, wkb in geopackage.curved(path, layer):
        geometries[place[row]], found = curves.drawn(wkb, tolerance)
        arcs += found
    return geometries, arcs


_LANGUAGE = 29
"""Which byte of a table of dBASE says its code page; 0 says none."""


def _encoding_unstated(path: Path, file_format: FileFormat, used: str | None) -> str:
    """Give in which encoding the names of a Shapefile were read, where nothing beside it states one (`.cpg`) and some have
    letters beyond ASCII; empty otherwise."""
    table = path.with_suffix(".dbf")
    if file_format is not FileFormat.SHAPEFILE or path.with_suffix(".cpg").is_file() or not table.is_file():
        return ""
    content = table.read_bytes()
    if content[_LANGUAGE + 1 :].isascii():
        return ""
    page = content[_LANGUAGE] if len(content) > _LANGUAGE else 0
    return f"{used or 'ISO-8859-1'}, as its table says by code page {page}" if page else f"{used or 'ISO-8859-1'}"


def _unit(code: str | None) -> float:
    """Give how many units of a system a metre is; in degrees where it is not known, which is the finer."""
    if code is None or is_geographic(code) is not False:
        return 1.0 / curves.DEGREE_M
    return 1.0 / grid_unit_m(code)


def _drawn_by_gdal(path: Path, layer: str, geometries: Any) -> bool:
    """Give whether the geometries have more vertices when GDAL draws arcs more closely."""
    import pyogrio
    import shapely

    pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": 0.05})
    closer = _decoded(pyogrio.raw.read(path, layer=layer)[2])
    return bool((shapely.get_num_coordinates(closer) != shapely.get_num_coordinates(geometries)).any())


def _load_only(driver: str) -> None:
    """Load GDAL; raise `UnwantedDriversError` where it comes with other drivers than the one needed."""
    import pyogrio

    others = tuple(sorted(set(pyogrio.list_drivers()) - {driver}))
    if others and os.environ.get(SKIP):
        raise RefusedError("GDAL cannot be kept from formats that are not wanted; install pyogrio's own build of it")
    if others:
        raise UnwantedDriversError(others)


def _layer(path: Path, layer: str | None, file_format: FileFormat) -> tuple[str, int | None]:
    """Give the name of the layer that is meant, and how many geometries must come out of it, where that is known."""
    import pyogrio

    if file_format is FileFormat.GEOPACKAGE:
        return geopackage.checked_layer(path, layer)
    names = [str(row[0]) for row in pyogrio.list_layers(path)]
    if file_format is FileFormat.SHAPEFILE:
        return names[0], None
    return names[chosen_layer(names, layer)], None


def _check_size(about: Mapping[str, Any], limits: ReadingLimits) -> None:
    if about["features"] > limits.features:
        raise RefusedError(f"it holds more than {limits.features} features; cut it to the boundary that is meant")


def _decoded(geometry: Any) -> Any:
    import shapely

    try:
        return shapely.from_wkb(geometry)
    except (shapely.GEOSException, TypeError, ValueError) as error:
        raise RefusedError(
            f"it holds a geometry that is broken or curved ({shown_name(error)}); ask for it as lines"
        ) from error


def _attributes(names: Any, columns: Any, count: int) -> tuple[Mapping[str, Value], ...]:
    keys = [shown_name(name) for name in names]
    values = [[plain_value(value) for value in _listed(column)] for column in columns]
    return tuple(dict(zip(keys, row, strict=True)) for row in zip(*values, strict=True)) or ({},) * count


def _listed(column: Any) -> list[Any]:
    if column.dtype.kind == "M":
        return [None if np.isnat(value) else str(value) for value in column]
    return list(column.tolist())
