"""Lines as plain data and back, bit for bit: for keeping what was computed, never for signing.

Floats are written in hexadecimal. Kinds whose curve is itself computed (arcs, lines straight on a projection) are kept
as what they are computed from.
"""

from __future__ import annotations

from typing import Any

from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Line, Place
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.meridian import Meridian
from merestone.geodesy.lines.parallel import Parallel

LineData = dict[str, Any]
"""JSON: the kind, the ellipsoid, and the numbers of a line as hexadecimal floats."""

_FIELDS: dict[type, tuple[str, ...]] = {
    Geodesic: ("start", "end", "start_azimuth_deg", "end_azimuth_deg", "length_m"),
    Loxodrome: ("start", "end", "azimuth_deg", "length_m"),
    Parallel: ("latitude_deg", "start_longitude_deg", "end_longitude_deg"),
    Meridian: ("longitude_deg", "start_latitude_deg", "end_latitude_deg"),
}
_KINDS = {kind.__name__: kind for kind in _FIELDS}


def line_to_data(line: Line) -> LineData | None:
    """The line as data; None for a kind that is not kept."""
    names = _FIELDS.get(type(line))
    if names is None:
        return None
    ellipsoid = line.ellipsoid
    return {
        "kind": type(line).__name__,
        "ellipsoid": [ellipsoid.name, ellipsoid.a_m.hex(), ellipsoid.inverse_flattening.hex()],
        "values": [_written(getattr(line, name)) for name in names],
    }


def line_from_data(data: LineData) -> Line:
    """The line of data; raises `ValueError`, `KeyError` or `TypeError` for anything else."""
    kind = _KINDS[data["kind"]]
    name, a_m, inverse_flattening = data["ellipsoid"]
    ellipsoid = Ellipsoid(str(name), float.fromhex(a_m), float.fromhex(inverse_flattening))
    values = [_read(value) for value in data["values"]]
    if len(values) != len(_FIELDS[kind]):
        raise ValueError("not the numbers of this kind")
    line: Line = kind(ellipsoid, *values)
    return line


def _written(value: float | Place) -> str | list[str]:
    return [each.hex() for each in value] if isinstance(value, tuple) else value.hex()


def _read(value: str | list[str]) -> float | Place:
    if isinstance(value, list):
        lon, lat = value
        return float.fromhex(lon), float.fromhex(lat)
    return float.fromhex(value)
