"""The common orientation: which way both lines are run, decided by what they say and where they lie, never by which of
them was named first.

Where the parties on either side are named, the one that comes first in the alphabet is kept on the left. Otherwise the
lines run from their western end (southern, where both are equally far west); a ring runs anticlockwise.
"""

from __future__ import annotations

import numpy as np

from merestone.compare.lines.matching import Answer
from merestone.compare.lines.track import Track
from merestone.geodesy.lonlat_area import ring_area_m2
from merestone.sources.remark import Remark

Sides = tuple[str | None, str | None]
"""Who lies to the left and to the right."""


def oriented(answer: Answer) -> Answer:
    """The stretch run in the common orientation."""
    named = [_wants_reversal(track) for track in (answer.first, answer.second)]
    said = [wants for wants in named if wants is not None]
    reverse = said[0] if said else _runs_backwards(answer)
    return answer.reversed() if reverse else answer


def oriented_ring(track: Track) -> Track:
    """A ring that answers to nothing, run in the common orientation."""
    said = _wants_reversal(track)
    clockwise = ring_area_m2(track.ellipsoid, track.lonlat) < 0.0
    return track.reversed() if (clockwise if said is None else said) else track


def sides_of(answer: Answer) -> Sides:
    """Who lies to either side of a stretch already in the common orientation, as either line names them."""
    return answer.first.left or answer.second.left, answer.first.right or answer.second.right


def contradictions(answer: Answer, titles: tuple[str, str]) -> tuple[Remark, ...]:
    """A remark where the two lines put different parties on one side of a stretch that is in the common orientation."""
    found = []
    for side in ("left", "right"):
        one, other = getattr(answer.first, side), getattr(answer.second, side)
        if one is not None and other is not None and one != other:
            lon, lat = answer.first.lonlat[0]
            sentence = (
                f"{answer.first.name}: {titles[0]} has {one} where {titles[1]} has {other}; the sides are exchanged in one of "
                "them, or the lines do not separate the same parties"
            )
            found.append(Remark("D301", sentence, (float(lon), float(lat))))
    return tuple(found[:1])


def _wants_reversal(track: Track) -> bool | None:
    """Whether a strand must be turned for the first party of the alphabet to lie on its left; None: nobody is named."""
    if track.left is None and track.right is None:
        return None
    if track.left is None or track.right is None:
        return None
    return track.right < track.left


def _runs_backwards(answer: Answer) -> bool:
    """Whether a stretch of unnamed sides starts at its eastern end, or runs clockwise."""
    if answer.ring:
        areas = [ring_area_m2(track.ellipsoid, track.lonlat) for track in (answer.first, answer.second)]
        return sum(areas) < 0.0
    ends = [np.concatenate([track.lonlat[:1], track.lonlat[-1:]]) for track in (answer.first, answer.second)]
    ends[1] = ends[1] + np.array([360.0 * np.round((ends[0][0, 0] - ends[1][0, 0]) / 360.0), 0.0])
    start, end = np.round((ends[0] + ends[1]) / 2.0, 9).tolist()
    return bool(start > end)
