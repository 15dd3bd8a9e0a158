"""Two lines that never meet, and would if longitude and latitude of one of them were exchanged.

Where both numbers are within ±90 either reading is a place on Earth, so that the file alone does not tell; the other line
does. Which of the two is exchanged it does not tell either.
"""

from __future__ import annotations

import numpy as np

from merestone.compare.lines.track import Track
from merestone.geodesy.line import Floats
from merestone.sources.remark import Remark

_MARGIN_DEG = 0.5
_MOST = 0.5


def swapped(titles: tuple[str, str], tracks: tuple[tuple[Track, ...], tuple[Track, ...]]) -> tuple[Remark, ...]:
    """A remark (D117) where none of the vertices of either line lies in the box around the other, half a degree wider,
    but most of each line's do with one of the two exchanged."""
    first, second = (np.concatenate([track.lonlat for track in each]) for each in tracks)
    if _shared(first, second) > 0.0 or _shared(second, first) > 0.0:
        return ()
    if min(_shared(first[:, ::-1], second), _shared(second, first[:, ::-1])) < _MOST:
        return ()
    sentence = (
        f"the two lines are far apart, but close together if longitude and latitude are exchanged in {titles[0]} or "
        f"{titles[1]}; one of these files probably has latitude first; write longitude first in it"
    )
    return (Remark("D117", sentence, (float(first[0, 0]), float(first[0, 1]))),)


def _shared(lonlat: Floats, other: Floats) -> float:
    """The share of places (n, 2) that lie in the box around others, widened, whichever turn longitudes are counted in."""
    low, high = other.min(axis=0) - _MARGIN_DEG, other.max(axis=0) + _MARGIN_DEG
    east = np.mod(lonlat[:, 0] - low[0], 360.0) <= high[0] - low[0]
    return float(np.mean(east & (low[1] <= lonlat[:, 1]) & (lonlat[:, 1] <= high[1])))
