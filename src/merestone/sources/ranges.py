"""Coordinates that no place has: refused with the feature and the vertex, and with the likely reason."""

from __future__ import annotations

import numpy as np

from merestone.geodesy.arrays import Flags
from merestone.sources.chains import Chains
from merestone.sources.refused import RefusedError
from merestone.sources.remark import Remark
from merestone.sources.wording import counted

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees; east may pass 180."""

_FARTHEST_LON = 360.0
"""Longitudes may run on across the antimeridian, once."""
_SWAP = "longitude and latitude are most likely swapped; write longitude first"


def where(chains: Chains, vertex: int) -> str:
    """Give the words for a vertex: its feature, the feature's part and the vertex in it, counted from 1, and itself."""
    chain = int(np.searchsorted(chains.offsets, vertex, side="right")) - 1
    feature = chains.feature[chain]
    part = chain - int(np.nonzero(chains.feature == feature)[0][0])
    x, y = chains.lonlat[vertex]
    return f"feature {feature + 1}, part {part + 1}, vertex {vertex - chains.offsets[chain] + 1} ({x:.9g}, {y:.9g})"


def check_finite(chains: Chains) -> None:
    """Raise `RefusedError` for a coordinate that is not a finite number, or too large to compute with."""
    wrong = ~(np.abs(chains.lonlat) < 1e12).all(axis=1)
    if wrong.any():
        vertex = int(np.argmax(wrong))
        finite = np.isfinite(chains.lonlat[vertex]).all()
        why = "is beyond any place on Earth" if finite else "is not a finite number"
        raise RefusedError(f"{where(chains, vertex)} {why}; ask for a corrected file")


def looks_geographic(chains: Chains) -> bool:
    """Whether all coordinates may be degrees, in either order: asked where no reference system is stated."""
    return bool((np.abs(chains.lonlat) <= _FARTHEST_LON).all())


def check_range(chains: Chains) -> tuple[Remark, ...]:
    """Give a remark on longitudes beyond 180; raise `RefusedError` for places that are not on the Earth."""
    lon, lat = np.abs(chains.lonlat).T
    wrong = (lat > 90.0) | (lon > _FARTHEST_LON)
    if wrong.any():
        vertex = int(np.argmax(wrong))
        raise RefusedError(f"{where(chains, vertex)} is out of range; {_reason(chains, wrong)}")
    beyond = int(np.count_nonzero(lon > 180.0))
    if not beyond:
        return ()
    first = chains.lonlat[int(np.argmax(lon > 180.0))]
    sentence = "longitudes run beyond 180 degrees, as they may across the antimeridian; they are kept"
    return (Remark("D109", sentence, (float(first[0]), float(first[1])), float(beyond), "vertices"),)


def _reason(chains: Chains, wrong: Flags) -> str:
    lon, lat = np.abs(chains.lonlat).T
    if (lon <= 90.0).all() and (lat <= _FARTHEST_LON).all():
        return _SWAP
    if np.median(lat) > 90.0 and np.median(lon) > _FARTHEST_LON:
        return "these look like metres of a projection; state which, or bring them to longitude and latitude"
    count = int(np.count_nonzero(wrong))
    return f"{counted(count, 'vertex is', 'vertices are')} so; correct the file at its source"


def check_expected(chains: Chains, expected: Bounds | None) -> None:
    """Raise `RefusedError` where no vertex lies in the expected box, with the swap named where that would fit."""
    if expected is None or _inside(chains.lonlat[:, 0], chains.lonlat[:, 1], expected).any():
        return
    box = f"{expected[0]:g} to {expected[2]:g} east, {expected[1]:g} to {expected[3]:g} north"
    if _inside(chains.lonlat[:, 1], chains.lonlat[:, 0], expected).any():
        raise RefusedError(f"none of its places lies where the boundary is ({box}), but exchanged they do: {_SWAP}")
    raise RefusedError(f"none of its places lies where the boundary is ({box}): {where(chains, 0)}; give another file")


def _inside(
    lon: np.ndarray[tuple[int], np.dtype[np.float64]], lat: np.ndarray[tuple[int], np.dtype[np.float64]], box: Bounds
) -> Flags:
    west, south, east, north = box
    return np.asarray(((lon - west) % 360.0 <= east - west) & (south <= lat) & (lat <= north))
