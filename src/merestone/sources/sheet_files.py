"""A `.sheet.toml` with its two tables, read strictly: what is unknown, unbounded or outside its folder is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from merestone.errors import GeometryError, UnknownFrameError, UnreadableFileError
from merestone.geodesy.catalogue import find
from merestone.geodesy.frame import Frame
from merestone.geodesy.georeference import Method
from merestone.geodesy.grid import find_grid
from merestone.geodesy.projection import Projection
from merestone.sources.beside import read_beside, read_ordinary
from merestone.sources.file_names import as_text
from merestone.sources.map_sheet import DigitisedLine, MapSheet, SheetUnit
from merestone.sources.sheet_tables import TableError, control_points, digitised

T = TypeVar("T")
LARGEST_SHEET_BYTES = 64 * 1024
LARGEST_TABLE_BYTES = 64 * 1024 * 1024
_REQUIRED = ("title", "scale", "frame", "unit", "y_axis", "method", "control", "line")
_OPTIONAL = (
    "projection", "edition", "duty_date", "publisher", "line_width_mm", "digitising_sigma_mm", "correlation_mm",
    "left", "right",
)  # fmt: skip
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
_PROJ_STRING = re.compile(
    r"\+proj=[a-z0-9]{2,12}(\s+\+((lat_0|lat_1|lat_2|lat_ts|lon_0|lonc|alpha|gamma|k|k_0|x_0|y_0|zone)=-?[0-9.]{1,20}|south))*\s*\Z"
)


def read_sheet(path: Path) -> DigitisedLine:
    """The line digitised from the map sheet that a `.sheet.toml` describes.

    Raises `UnreadableFileError` with what is wrong and what to write instead.
    """
    content = read_ordinary(path, LARGEST_SHEET_BYTES)
    try:
        entries = _entries(content)
        tables = [read_beside(path, _text(entries, key), LARGEST_TABLE_BYTES) for key in ("control", "line")]
        sheet = _sheet(entries, tables[0])
        chains = _named(entries, "line", digitised, tables[1])
        left, right = (_text(entries, side) or None for side in ("left", "right"))
    except _SheetError as trouble:
        raise UnreadableFileError(path, str(trouble)) from trouble
    digests = b"".join(hashlib.sha256(each).digest() for each in (content, *tables))
    return DigitisedLine(sheet, chains, left, right, as_text(path.name), hashlib.sha256(digests).hexdigest())


class _SheetError(ValueError):
    """What is wrong in the sheet's description, as a sentence."""


def _entries(content: bytes) -> Mapping[str, Any]:
    """The entries of the description, all known and none missing."""
    try:
        entries = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _SheetError(f"it is not TOML: {error}") from error
    for key in entries:
        if key not in _REQUIRED + _OPTIONAL:
            close = get_close_matches(key[:40], _REQUIRED + _OPTIONAL, 1)
            meant = f"did you mean {close[0]}?" if close else f"entries are {', '.join(_REQUIRED + _OPTIONAL)}"
            raise _SheetError(f"it has an unknown entry {key[:40]!r}; {meant}")
    missing = [key for key in _REQUIRED if key not in entries]
    if missing:
        raise _SheetError(f"it says nothing of {', '.join(missing)}")
    return entries


def _sheet(entries: Mapping[str, Any], table: bytes) -> MapSheet:
    """The sheet of the entries and its table of control points."""
    frame = _frame(_text(entries, "frame"))
    projection = _projection(_text(entries, "projection"), frame) if "projection" in entries else None
    control, in_degrees = _named(entries, "control", control_points, table)
    if projection is None and not in_degrees:
        raise _SheetError('control points have east and north, but no projection is named; add projection = "EPSG:..."')
    return MapSheet(
        title=_text(entries, "title"),
        scale=_scale(entries),
        frame=frame,
        projection=projection,
        unit=SheetUnit(_one_of(entries, "unit", tuple(SheetUnit))),
        y_down=_one_of(entries, "y_axis", ("up", "down")) == "down",
        method=Method(_one_of(entries, "method", tuple(Method))),
        control=control,
        in_degrees=in_degrees,
        edition=_text(entries, "edition"),
        duty_date=_date(entries, "duty_date"),
        publisher=_text(entries, "publisher"),
        line_width_mm=_stated(entries, "line_width_mm", 0.01, 20.0),
        digitising_sigma_mm=_stated(entries, "digitising_sigma_mm", 0.001, 20.0),
        correlation_mm=_stated(entries, "correlation_mm", 0.1, 10_000.0) or 10.0,
    )


def _named(entries: Mapping[str, Any], key: str, read: Callable[[bytes], T], table: bytes) -> T:
    """A table as read, its trouble under its own name."""
    try:
        return read(table)
    except TableError as trouble:
        raise _SheetError(f"{_text(entries, key)}: {trouble}") from trouble


def _frame(name: str) -> Frame:
    try:
        return find(name)
    except UnknownFrameError as trouble:
        raise _SheetError(str(trouble)) from trouble


def _projection(text: str, frame: Frame) -> Projection:
    """The projection of a code, a name or a PROJ string of plain numbers, on the frame's own ellipsoid."""
    try:
        code = text if _PROJ_STRING.match(text) else find_grid(text).code
        projection = Projection(code, frame.ellipsoid)
        projection.forward(np.zeros((1, 2)))
    except (UnknownFrameError, GeometryError) as trouble:
        raise _SheetError(f"projection: {trouble}") from trouble
    return projection


def _text(entries: Mapping[str, Any], key: str) -> str:
    """The text of an entry, "" where it is missing; at most 200 characters of one line."""
    value = entries.get(key, "")
    if not isinstance(value, str) or len(value) > 200 or not value.isprintable():
        raise _SheetError(f"{key} is to be a text of one line and at most 200 characters")
    if key in entries and not value.strip():
        raise _SheetError(f"{key} is empty; leave it away or fill it in")
    return value.strip()


def _number(entries: Mapping[str, Any], key: str, least: float, most: float) -> float:
    """The number of an entry between two bounds."""
    value = entries[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _SheetError(f"{key} is to be a number, not {str(value)[:40]!r}")
    if not least <= value <= most:
        raise _SheetError(f"{key} is to lie between {least:g} and {most:g}; {value:g} does not")
    return float(value)


def _stated(entries: Mapping[str, Any], key: str, least: float, most: float) -> float | None:
    """The number of an entry, None where it is missing."""
    return _number(entries, key, least, most) if key in entries else None


def _scale(entries: Mapping[str, Any]) -> int:
    """The denominator of the scale."""
    scale = _number(entries, "scale", 100, 1e8)
    if scale != int(scale):
        raise _SheetError(f"scale is the denominator, a whole number such as 100000, not {scale:g}")
    return int(scale)


def _one_of(entries: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> str:
    """The choice of an entry."""
    value = _text(entries, key)
    if value not in choices:
        close = get_close_matches(value, choices, 1)
        meant = f"did you mean {str(close[0])!r}?" if close else f"it is one of {', '.join(choices)}"
        raise _SheetError(f"{key} is not {value!r}; {meant}")
    return value


def _date(entries: Mapping[str, Any], key: str) -> str:
    """A year, month or day in ISO form, "" where the entry is missing; a date of TOML is one."""
    value = entries.get(key, "")
    if type(value) is dt.date:
        return value.isoformat()
    text = _text(entries, key)
    if text and not (_DATE.match(text) and _is_date((text + "-01-01")[:10])):
        raise _SheetError(f"{key} {text!r} is not a date; write 1979, 1979-05 or 1979-05-31")
    return text


def _is_date(text: str) -> bool:
    """Whether a text in ISO form is a day of the calendar."""
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
