"""Two lines that begin and end at the same places, and are nowhere near one another between: still two versions of one.

Where a lens between two lines is as wide as it is long no place answers to another by nearness (`matching`), whatever
the latitude: near a common end that end is the nearest place of the other line. The ends say that they belong together.
"""

from __future__ import annotations

import numpy as np

from merestone.compare.lines.matching import Answer
from merestone.compare.lines.track import Track
from merestone.geodesy.near_distance import near_distances_m

_ONE_PLACE_M = 1.0


def from_end_to_end(firsts: tuple[Track, ...], seconds: tuple[Track, ...]) -> tuple[Answer, ...]:
    """The stretches from end to end of open strands that have both ends in common within a metre, the longest first;
    places along them answer to one another in proportion. Each strand is in one of them at most."""
    found: list[Answer] = []
    for first in sorted(firsts, key=_longest):
        for second in sorted(seconds, key=_longest):
            if any(each.first.name == first.name or each.second.name == second.name for each in found):
                continue
            for way in (second, second.reversed()):
                if not first.ring and not second.ring and _same_ends(first, way):
                    ends = np.array([[0.0, 0.0], [first.length_m, way.length_m]])
                    found.append(Answer(first, way, (0.0, 0.0), (first.length_m, way.length_m), ends))
                    break
    return tuple(found)


def _longest(track: Track) -> tuple[float, str]:
    return -track.length_m, track.name


def _same_ends(first: Track, second: Track) -> bool:
    """Whether both begin at one place and end at another."""
    ends = [track.lonlat[[0, -1]] for track in (first, second)]
    apart_m = near_distances_m(first.ellipsoid, ends[0], ends[1])
    return bool((apart_m <= _ONE_PLACE_M).all())
