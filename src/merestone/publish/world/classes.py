"""The classes of separation in a world map: darker and broader the further two versions lie apart.

Colours are steps of viridis (S. van der Walt and N. Smith, 2015), even in lightness for every kind of colour vision, from
its middle down, so that the lightest still stands out from white; the width says the same without colour.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Class:
    """Separations below `below_m` metres: their words, colour and width of line in pixels."""

    below_m: float
    words: str
    colour: str
    width_px: float


CLASSES = (
    Class(500.0, "below 0.5 km", "#5ec962", 0.8),
    Class(1_000.0, "0.5 to 1 km", "#28ae80", 1.0),
    Class(2_000.0, "1 to 2 km", "#21918c", 1.3),
    Class(5_000.0, "2 to 5 km", "#2c728e", 1.7),
    Class(10_000.0, "5 to 10 km", "#3b528b", 2.3),
    Class(float("inf"), "10 km and more", "#440154", 3.0),
)
"""All classes, the nearest first."""


def class_of(separation_m: float) -> Class:
    """The class of a separation in metres."""
    return next(kind for kind in CLASSES if separation_m < kind.below_m)
