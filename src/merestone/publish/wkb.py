"""Geometries as GeoPackage binary: a header with the reference system and the bounds, then well-known binary.

OGC 12-128r17 (GeoPackage 1.3), clause 2.1.3, and OGC 06-103r4, clause 8. Little-endian throughout; x is longitude.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from merestone.geodesy.line import Floats

_POINT, _LINE, _POLYGON, _MULTI_LINE, _MULTI_POLYGON = 1, 2, 3, 5, 6
_LITTLE_ENDIAN = 1
_WITHOUT_BOUNDS, _WITH_BOUNDS = 0b00000001, 0b00000011


def point(lon_deg: float, lat_deg: float, srs_id: int) -> bytes:
    """A point."""
    return _header(srs_id, None) + struct.pack("<BIdd", _LITTLE_ENDIAN, _POINT, lon_deg, lat_deg)


def multi_line(parts: Sequence[Floats], srs_id: int) -> bytes:
    """Chains (n, 2) as one geometry."""
    lines = (struct.pack("<BI", _LITTLE_ENDIAN, _LINE) + _positions(part) for part in parts)
    return _header(srs_id, parts) + struct.pack("<BII", _LITTLE_ENDIAN, _MULTI_LINE, len(parts)) + b"".join(lines)


def multi_polygon(rings: Sequence[Floats], srs_id: int) -> bytes:
    """Closed rings (n, 2) as one geometry, each an outline without holes."""
    return polygons([(ring,) for ring in rings], srs_id)


def polygons(parts: Sequence[Sequence[Floats]], srs_id: int) -> bytes:
    """Polygons as one geometry, each an outline and its holes, closed rings (n, 2)."""
    body = b"".join(
        struct.pack("<BII", _LITTLE_ENDIAN, _POLYGON, len(rings)) + b"".join(map(_positions, rings)) for rings in parts
    )
    outlines = [rings[0] for rings in parts]
    return _header(srs_id, outlines) + struct.pack("<BII", _LITTLE_ENDIAN, _MULTI_POLYGON, len(parts)) + body


def _header(srs_id: int, parts: Sequence[Floats] | None) -> bytes:
    """`GP`, version 0, flags, reference system, and the bounds (min x, max x, min y, max y) of anything but a point."""
    if parts is None:
        return struct.pack("<2sBBi", b"GP", 0, _WITHOUT_BOUNDS, srs_id)
    every = np.concatenate(list(parts))
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    return struct.pack("<2sBBidddd", b"GP", 0, _WITH_BOUNDS, srs_id, west, east, south, north)


def _positions(part: Floats) -> bytes:
    """The number of positions, and the positions."""
    return struct.pack("<I", len(part)) + np.ascontiguousarray(part, dtype="<f8").tobytes()


def bounds(geometry: bytes) -> tuple[float, float, float, float]:
    """West, south, east and north of a geometry that this module wrote."""
    if geometry[3] == _WITHOUT_BOUNDS:
        lon_deg, lat_deg = struct.unpack_from("<dd", geometry, 13)
        return lon_deg, lat_deg, lon_deg, lat_deg
    west, east, south, north = struct.unpack_from("<dddd", geometry, 8)
    return west, south, east, north
