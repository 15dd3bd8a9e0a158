"""A layer on a projection in longitude and latitude, its edges followed as they run straight on the projection."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection, grid_unit_m
from merestone.sources.layer import Layer

LONGEST_M = 400.0
"""Over this much an edge straight on a usual projection and one straight in longitude and latitude part by 1 cm at most
up to latitude 70."""


def unprojected(layer: Layer, code: str, ellipsoid: Ellipsoid) -> Layer:
    """The layer with longitudes and latitudes on the projection's own ellipsoid; edges longer than 400 m are cut.
    Its coordinates are in the unit of its system, whatever that is.

    Raise `GeometryError` where a place lies outside the domain of the projection.
    """
    projection, unit_m = Projection(code, ellipsoid), grid_unit_m(code)
    parts = tuple(replace(part, lonlat=_lonlat(projection, part.lonlat * unit_m)) for part in layer.parts)
    return replace(layer, parts=parts)


def _lonlat(projection: Projection, grid_m: Floats) -> Floats:
    step = np.diff(grid_m, axis=0)
    cuts = np.maximum(1, np.ceil(np.hypot(step[:, 0], step[:, 1]) / LONGEST_M)).astype(np.intp)
    piece = np.repeat(np.arange(len(cuts)), cuts)
    rank = np.arange(len(piece)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    inside = grid_m[piece] + step[piece] * (rank / cuts[piece])[:, None]
    lonlat = projection.inverse(np.concatenate([inside, grid_m[-1:]]))
    if not np.isfinite(lonlat).all():
        raise GeometryError(
            f"a position lies outside the area where {projection.code} can be computed; check the reference system"
        )
    turns = np.round(np.diff(lonlat[:, 0], prepend=lonlat[0, 0]) / 360.0)
    lonlat[:, 0] -= 360.0 * np.cumsum(turns)
    return lonlat
