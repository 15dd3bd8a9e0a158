"""Curved geometries of well-known binary drawn as chains, within a millimetre of their arcs.

An arc is a circle in the plane of the file's own coordinates, through three places (ISO 19125, SQL/MM 3: CIRCULARSTRING,
COMPOUNDCURVE, CURVEPOLYGON, MULTICURVE, MULTISURFACE). GDAL would draw it with chords of 4 degrees, which lie up to
0.06 % of the radius off. The places that the file gives stay as they are.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from merestone.geodesy.arrays import Floats
from merestone.sources.refused import RefusedError

DRAWN_M = 1e-3
"""How far a chord may lie from its arc."""
DEGREE_M = 111_320.0
"""The longest degree there is, so that the tolerance in degrees is never too wide."""
_POINT, _LINE, _POLYGON, _COLLECTION, _ARCS, _COMPOUND, _CURVE_POLYGON, _SURFACES = 1, 2, 3, 7, 8, 9, 10, (15, 16, 17)
_MULTI = (4, 5, 6, _COLLECTION, 11, 12)
MAY_BE_CURVED = frozenset({_COLLECTION, _ARCS, _COMPOUND, _CURVE_POLYGON, 11, 12, 13, 14, *_SURFACES})
"""Kinds of geometry that are curved, or may hold one that is."""
_DEEPEST = 8
_BROKEN = "it holds a curved geometry that is broken; ask for the file again"


@dataclass(slots=True)
class _Bytes:
    """Well-known binary while it is read, `arcs` how many were drawn."""

    data: bytes
    tolerance: float
    at: int = 0
    arcs: int = 0

    def header(self) -> tuple[str, int, int]:
        """The byte order, the kind of the geometry that begins here, and how many numbers a place of it has."""
        order = "<" if self._take("B") == 1 else ">"
        code = self._take(f"{order}I")
        extended, code = code >> 29, code & 0x1FFFFFFF
        if extended & 1:  # the extended form's reference system
            self._take(f"{order}I")
        return order, code % 1000, 2 + max((0, 1, 1, 2)[min(code // 1000, 3)], (extended >> 1).bit_count())

    def count(self, order: str) -> int:
        """How many parts follow; each takes four bytes at least."""
        found = int(self._take(f"{order}I"))
        if found * 4 > len(self.data) - self.at:
            raise RefusedError(_BROKEN)
        return found

    def places(self, order: str, width: int, count: int) -> Floats:
        """So many places as (n, 2)."""
        size = 8 * width * count
        if size > len(self.data) - self.at:
            raise RefusedError(_BROKEN)
        flat = np.frombuffer(self.data, f"{order}f8", width * count, self.at)
        self.at += size
        return flat.reshape(-1, width)[:, :2].astype(np.float64)

    def _take(self, form: str) -> int:
        try:
            (found,) = struct.unpack_from(form, self.data, self.at)
        except struct.error as error:
            raise RefusedError(_BROKEN) from error
        self.at += struct.calcsize(form)
        return int(found)


def kind_of(wkb: bytes) -> int:
    """Give the kind of a geometry without its dimensions: 2 a line, 8 a chain of arcs."""
    return _Bytes(wkb, 1.0).header()[1]


def drawn(wkb: bytes, tolerance: float) -> tuple[Any, int]:
    """Give a geometry of shapely with its arcs drawn within a tolerance in its own units, and how many arcs there were.

    Raise `RefusedError` for what is broken, and for surfaces made of triangles.
    """
    import shapely

    reading = _Bytes(wkb, tolerance)
    try:
        made = _geometry(reading, 0)
    except (shapely.GEOSException, ValueError) as error:
        raise RefusedError(_BROKEN) from error
    return made, reading.arcs


def _geometry(reading: _Bytes, deep: int) -> Any:
    import shapely

    order, kind, width = reading.header()
    if deep > _DEEPEST:
        raise RefusedError("it holds collections nested too deep; ask for a corrected file")
    if kind == _POINT:
        return shapely.Point(reading.places(order, width, 1)[0])
    if kind in {_LINE, _ARCS, _COMPOUND}:
        return shapely.LineString(_chain(reading, order, kind, width))
    if kind == _POLYGON:
        rings = [reading.places(order, width, reading.count(order)) for _ in range(reading.count(order))]
        return shapely.Polygon(rings[0], rings[1:]) if rings else shapely.Polygon()
    if kind == _CURVE_POLYGON:
        rings = [_curve(reading) for _ in range(reading.count(order))]
        return shapely.Polygon(rings[0], rings[1:]) if rings else shapely.Polygon()
    if kind in _MULTI:
        parts = [_geometry(reading, deep + 1) for _ in range(reading.count(order))]
        return _collected(kind, parts)
    if kind in _SURFACES:
        raise RefusedError("it holds a surface made of triangles or faces; save its outline as a polygon")
    raise RefusedError(_BROKEN)


def _collected(kind: int, parts: list[Any]) -> Any:
    import shapely

    makers = {4: shapely.MultiPoint, 5: shapely.MultiLineString, 6: shapely.MultiPolygon, 11: shapely.MultiLineString}
    return {**makers, 12: shapely.MultiPolygon}.get(kind, shapely.GeometryCollection)(parts)


def _curve(reading: _Bytes) -> Floats:
    order, kind, width = reading.header()
    return _chain(reading, order, kind, width)


def _chain(reading: _Bytes, order: str, kind: int, width: int) -> Floats:
    """A line, a chain of arcs, or several of them that follow one another, as places (n, 2)."""
    if kind == _COMPOUND:
        pieces = [_curve(reading) for _ in range(reading.count(order))]
        return np.concatenate([*pieces[:1], *(piece[1:] for piece in pieces[1:]), np.empty((0, 2))])
    if kind not in {_LINE, _ARCS}:
        raise RefusedError(_BROKEN)
    places = reading.places(order, width, reading.count(order))
    return places if kind == _LINE or not len(places) else _arcs(reading, places)


def _arcs(reading: _Bytes, places: Floats) -> Floats:
    """Arcs through the first three places, the third to the fifth, and so on."""
    if len(places) % 2 == 0 or not np.isfinite(places).all():
        raise RefusedError(_BROKEN)
    pieces = [places[:1]]
    for at in range(0, len(places) - 2, 2):
        reading.arcs += 1
        pieces.append(arc(places[at], places[at + 1], places[at + 2], reading.tolerance)[1:])
    return np.concatenate(pieces)


def arc(start: Floats, through: Floats, end: Floats, tolerance: float) -> Floats:
    """Give the places (n, 2) of the arc of a circle through three places, chords within a tolerance of it.

    Three places in a line are joined straight; a start that is the end means a full circle, with the second place
    opposite (SQL/MM 3, 4.1.4).
    """
    if (start == end).all():
        centre = (start + through) / 2.0
        half = through - centre
        aside = centre + np.array([-half[1], half[0]])
        return np.concatenate(
            [arc(start, aside, through, tolerance), arc(through, 2.0 * centre - aside, end, tolerance)[1:]]
        )
    one, other = through - start, end - start
    cross = one[0] * other[1] - one[1] * other[0]
    size = float(one @ one), float(other @ other)
    if abs(cross) <= 1e-14 * math.sqrt(size[0] * size[1]):
        return np.array([start, through, end])
    centre = start + np.array([other[1] * size[0] - one[1] * size[1], one[0] * size[1] - other[0] * size[0]]) / (
        2 * cross
    )
    radius = float(np.hypot(*(start - centre)))
    step = 2.0 * math.acos(max(1.0 - tolerance / radius, 0.0))
    turn = 1.0 if cross > 0.0 else -1.0
    angles = [math.atan2(*(place - centre)[::-1]) for place in (start, through, end)]
    pieces = [np.array([start])]
    for (low, high), last in zip(pairwise(angles), (through, end), strict=True):
        sweep = turn * ((turn * (high - low)) % (2.0 * math.pi))
        inner = low + sweep * np.linspace(0.0, 1.0, max(1, math.ceil(abs(sweep) / step)) + 1)[1:-1]
        pieces += [centre + radius * np.column_stack([np.cos(inner), np.sin(inner)]), last[None, :]]
    return np.concatenate(pieces)
