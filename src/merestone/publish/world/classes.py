"""The classes of separation in a world map: darker and broader the further two versions lie apart.

The limits are round numbers near the sixths of what the pairs hold, so that the map tells pairs apart whether two
versions differ by metres or by kilometres. Colours are steps of viridis (S. van der Walt and N. Smith, 2015), even in
lightness for every kind of colour vision, from its middle down, so that the lightest still stands out from white; the
width says the same without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from merestone.publish.report.numbers import rough


@dataclass(frozen=True, slots=True)
class Class:
    """Separations below `below_m` metres: their words, colour and width of line in pixels."""

    below_m: float
    words: str
    colour: str
    width_px: float


_STROKES = (("#5ec962", 0.8), ("#28ae80", 1.0), ("#21918c", 1.3), ("#2c728e", 1.7), ("#3b528b", 2.3), ("#440154", 3.0))
_ROUND_M = tuple(step * 10.0**power for power in range(-3, 7) for step in (1.0, 2.0, 5.0))


def classes_for(separations_m: Sequence[float]) -> tuple[Class, ...]:
    """The classes for these separations in metres, the nearest first: six at most, one where all are alike."""
    ranked = sorted(separations_m)
    limits: list[float] = []
    for sixth in range(1, len(_STROKES)):
        if ranked:
            limit = _rounded(ranked[len(ranked) * sixth // len(_STROKES)])
            if ranked[0] < limit <= ranked[-1] and limit not in limits:
                limits.append(limit)
    chosen = [_STROKES[round(at * (len(_STROKES) - 1) / max(len(limits), 1))] for at in range(len(limits) + 1)]
    edges = (None, *limits, None)
    return tuple(
        Class(float("inf") if high is None else high, _words(low, high), *stroke)
        for low, high, stroke in zip(edges[:-1], edges[1:], chosen, strict=True)
    )


def _rounded(value_m: float) -> float:
    """The round number nearest to a value, by their ratio."""
    return min(_ROUND_M, key=lambda known: abs(log(known / max(value_m, _ROUND_M[0]))))


def _words(low: float | None, high: float | None) -> str:
    if high is None:
        return "any separation" if low is None else f"{rough(low)} and more"
    return f"below {rough(high)}" if low is None else f"{rough(low)} to {rough(high)}"


def class_of(classes: Sequence[Class], separation_m: float) -> Class:
    """The class of a separation in metres."""
    return next(kind for kind in classes if separation_m < kind.below_m)
