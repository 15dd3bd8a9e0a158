"""Where names stand on the map: greedily, each in the best of eight places around its point, or not at all.

The eight places and their order of preference are those of Imhof, Positioning names on maps (The American
Cartographer 2, 1975): to the right and above first, to the left and below last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.geodesy.line import Floats
from merestone.publish.text import width

TEXT_PX = 13.0
_ADVANCE = 0.58
_GAP_PX = 8.0
_PLACES = ((1, -1), (1, 0), (1, 1), (-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1))
_PREFERENCE = 0.4


@dataclass(frozen=True, slots=True)
class Label:
    """A placed name: the offset of its text from its point in pixels, how it is anchored, whether there was room."""

    dx: float
    dy: float
    anchor: str
    fits: bool


Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""


def meet(one: Box, other: Box) -> bool:
    """Whether two rectangles cover common ground."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


class Room:
    """The map while names are being placed: what is taken, and the drawn lines that names should keep off."""

    def __init__(self, width_px: float, height_px: float, drawn: Floats) -> None:
        self._size = (width_px, height_px)
        self._drawn = drawn
        self._taken: list[Box] = []

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep names off a rectangle."""
        self._taken.append((left, top, right, bottom))

    def free(self, box: Box) -> bool:
        """Whether a rectangle lies on the map and off everything that is taken."""
        left, top, right, bottom = box
        if left < 2 or top < 2 or right > self._size[0] - 2 or bottom > self._size[1] - 2:
            return False
        return not any(meet(box, taken) for taken in self._taken)

    def crossed(self, box: Box) -> int:
        """How many places of the drawn lines a rectangle covers."""
        if not len(self._drawn):
            return 0
        left, top, right, bottom = box
        x, y = self._drawn.T
        return int(np.count_nonzero((x > left) & (x < right) & (y > top) & (y < bottom)))

    def place(self, name: str, x: float, y: float, dot_px: float = 0.0) -> Label:
        """Place a name beside a point and take its room; the least crossed of the free places wins. A name with a dot
        of its own, of a radius in pixels, has room only where no other name covers the dot; the dot takes room too."""
        boxes = [_box(direction, x, y, text_width(name), TEXT_PX * 1.15) for direction in _PLACES]
        ranked = sorted(range(len(boxes)), key=lambda index: (self.crossed(boxes[index]) + index * _PREFERENCE, index))
        dot = (x - dot_px, y - dot_px, x + dot_px, y + dot_px)
        free = [index for index in ranked if self.free(boxes[index])] if not dot_px or self.free(dot) else []
        if not free:
            return _label(_PLACES[ranked[0]], fits=False)
        self.take(*boxes[free[0]])
        if dot_px:
            self.take(*dot)
        return _label(_PLACES[free[0]], fits=True)


def text_width(words: str, size_px: float = TEXT_PX) -> float:
    """About how wide a text is in pixels: no font is at hand, so by columns."""
    return width(words) * size_px * _ADVANCE


def wrapped(words: str, columns: int) -> Sequence[str]:
    """A text broken into lines for a drawing."""
    from merestone.publish.text import folded

    return folded(words, columns) or ("",)


def _box(direction: tuple[int, int], x: float, y: float, wide: float, high: float) -> Box:
    """The rectangle of a text in one of the eight places."""
    across, down = direction
    middle_x = x + across * (_GAP_PX + wide / 2)
    middle_y = y + down * (_GAP_PX * (1.6 if across == 0 else 1.0) + (high / 2 if across == 0 else 2.0))
    return middle_x - wide / 2, middle_y - high / 2, middle_x + wide / 2, middle_y + high / 2


def _label(direction: tuple[int, int], *, fits: bool) -> Label:
    """The label in one of the eight places, from its point."""
    across, _ = direction
    left, top, right, bottom = _box(direction, 0.0, 0.0, 0.0, TEXT_PX * 1.15)
    anchor = {1: "start", 0: "middle", -1: "end"}[across]
    return Label((left + right) / 2, (top + bottom) / 2 + TEXT_PX * 0.35, anchor, fits)
