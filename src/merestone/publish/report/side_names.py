"""The names of who lies on either side of a line on the map."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merestone.geodesy.line import Floats
from merestone.publish.report.chains import beside
from merestone.publish.report.labels import Room, text_width
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.numbers import px
from merestone.publish.text import plain

_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)


def side_names(room: Room, chain: Floats, right: str | None, left: str | None) -> Iterator[Markup]:
    """The names on both sides of a chain in pixels (n, 2), in the same type, off the line where that can be; both or
    neither, of those that are named."""
    named = [(plain(who), sign) for who, sign in ((right, 1.0), (left, -1.0)) if who is not None]
    spots = [_spot(room, chain[np.isfinite(chain).all(axis=1)], words, sign) for words, sign in named]
    if None in spots:
        return
    for (words, _), spot in zip(named, spots, strict=True):
        x, y = spot or (0.0, 0.0)
        label = element("text", {"class": "side fix"}, words)
        yield element("g", {"transform": f"translate({px(x)} {px(y)})"}, label)


def _spot(room: Room, chain: Floats, words: str, sign: float) -> tuple[float, float] | None:
    """Where the name of a side can stand: near the middle and off the line first; takes its room."""
    wide = text_width(words, 17) * 1.2
    for most_crossed in (0, 4):
        for away, share in ((away, share) for away in (46, 70, 100, 140) for share in _SHARES):
            x, y = beside(chain, share, sign * (away + wide * 0.25))
            box = (x - wide / 2 - 4, y - 14, x + wide / 2 + 4, y + 10)
            if side_of(chain, x, y) == sign and room.free(box) and room.crossed(box) <= most_crossed:
                room.take(*box)
                return x, y
    return None


def side_of(chain: Floats, x: float, y: float) -> float:
    """On which side of a chain in pixels (n, 2), y downwards, a point lies: 1.0 right, -1.0 left, 0.0 on it. The piece
    nearest to it decides, or the sum of both directions where that is a corner: a bend cannot bring a name across."""
    steps = np.diff(chain, axis=0)
    lengths = np.hypot(*steps.T)
    starts, steps, lengths = chain[:-1][lengths > 0.0], steps[lengths > 0.0], lengths[lengths > 0.0]
    away = np.array([x, y]) - starts
    share = np.clip((away * steps).sum(axis=1) / lengths**2, 0.0, 1.0)
    apart = np.hypot(*(away - share[:, None] * steps).T)
    nearest = apart <= apart.min() + 1e-9
    course = (steps[nearest] / lengths[nearest, None]).sum(axis=0)
    off = away[nearest][0] - share[nearest][0] * steps[nearest][0]
    return float(np.sign(round(float(course[0] * off[1] - course[1] * off[0]), 9)))
