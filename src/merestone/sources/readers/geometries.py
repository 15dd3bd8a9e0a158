"""Geometries of shapely taken apart into chains, all at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from merestone.geodesy.arrays import Integers
from merestone.sources.chains import Gathering
from merestone.sources.layer import Role
from merestone.sources.refused import RefusedError

_POINT, _LINE, _RING, _POLYGON, _COLLECTION = 0, 1, 2, 3, 7
_MULTI = (4, 5, 6)
_COLLECTIONS_DEEP = 8


def add_geometries(gathering: Gathering, geometries: Any) -> None:
    """Add the chains of an array of geometries; the index of each is its feature. None and empty ones add nothing."""
    import shapely

    geometries = np.asarray(geometries, dtype=object)
    gathering.collections += int(np.count_nonzero(shapely.get_type_id(geometries) == _COLLECTION))
    gathering.more_dimensions += int(np.count_nonzero(shapely.has_z(geometries) | _measured(geometries)))
    parts, feature = _simple(geometries, np.arange(len(geometries)))
    rings, of_part = shapely.get_rings(parts, return_index=True)
    kinds = shapely.get_type_id(parts)
    plain = np.nonzero(np.isin(kinds, (_POINT, _LINE, _RING)))[0]
    owner = np.concatenate([of_part, plain])
    order = np.argsort(owner, kind="stable")
    pieces = np.concatenate([rings, parts[plain]])[order]
    owner = owner[order]
    lonlat, of_piece = shapely.get_coordinates(pieces, return_index=True)
    cuts = np.searchsorted(of_piece, np.arange(1, len(pieces)))
    for piece, (part, places) in enumerate(zip(owner, np.split(lonlat, cuts) if len(pieces) else [], strict=True)):
        if len(places):
            is_first = piece == 0 or owner[piece - 1] != part
            gathering.add(int(feature[part]), _role(int(kinds[part]), is_first=is_first), places)


def _measured(geometries: Any) -> Any:
    import shapely

    return shapely.has_m(geometries) if hasattr(shapely, "has_m") else np.zeros(len(geometries), dtype=bool)


def _simple(geometries: Any, feature: Integers) -> tuple[Any, Integers]:
    """Give the points, lines and polygons that the geometries are made of, and the feature of each."""
    import shapely

    for _ in range(_COLLECTIONS_DEEP):
        kinds = shapely.get_type_id(geometries)
        if not np.isin(kinds, (*_MULTI, _COLLECTION)).any():
            return geometries, feature
        geometries, index = shapely.get_parts(geometries, return_index=True)
        feature = feature[index]
    raise RefusedError("it holds collections nested too deep; ask for a corrected file")


def _role(kind: int, *, is_first: bool) -> Role:
    if kind == _POLYGON:
        return Role.SHELL if is_first else Role.HOLE
    return Role.POINT if kind == _POINT else Role.LINE
