"""The graticule: parallels and meridians at round intervals, cut to the map."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from merestone.geodesy.line import Floats
from merestone.publish.report.numbers import DOUBLE_PRIME, PRIME

_SECONDS = tuple(Fraction(step, 100) for step in (1, 2, 5, 10, 20, 50)) + tuple(
    Fraction(step)
    for step in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 36_000, 54_000, 108_000)
)
"""The intervals that maps use, in seconds of arc: 0.01" to 30 degrees."""

_SAMPLES = 48
_MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class GraticuleLine:
    """A parallel or meridian inside the map: what is printed at its end, and its runs in pixels, each (n, 2)."""

    meridian: bool
    label: str
    runs: tuple[Floats, ...]


def interval(wanted_deg: float) -> Fraction:
    """The round interval in seconds of arc nearest above the wanted one; 30 degrees at most."""
    wanted = Fraction(wanted_deg).limit_denominator(10**9) * 3600
    return next((step for step in _SECONDS if step >= wanted), _SECONDS[-1])


def multiples(low_deg: float, high_deg: float, step: Fraction) -> list[Fraction]:
    """The multiples of an interval between two angles, in seconds of arc."""
    first = -((-Fraction(low_deg) * 3600) // step)
    last = (Fraction(high_deg) * 3600) // step
    return [step * count for count in range(int(first), min(int(last), int(first) + _MOST_LINES) + 1)]


def label(seconds: Fraction, letters: str, step: Fraction) -> str:
    """An angle as the interval asks for it: `20°E`, `20°30′E`, `20°30′15″E`; a longitude is brought into ±180°."""
    if letters == "EW":
        seconds = 648_000 - (648_000 - seconds) % 1_296_000
    whole = abs(seconds)
    letter = "" if (whole in (0, 648_000) and letters == "EW") or whole == 0 else letters[0 if seconds >= 0 else 1]
    degrees, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    if step % 3600 == 0:
        return f"{int(degrees)}°{letter}"
    if step % 60 == 0:
        return f"{int(degrees)}°{int(minutes):02d}{PRIME}{letter}"
    decimals = 0 if step.denominator == 1 else 1 if (step * 10).denominator == 1 else 2
    printed = f"{float(rest):0{3 + decimals if decimals else 2}.{decimals}f}"
    return f"{int(degrees)}°{int(minutes):02d}{PRIME}{printed}{DOUBLE_PRIME}{letter}"


def sampled(low_deg: float, high_deg: float) -> Floats:
    """Enough angles between two to draw a curve by, (n,)."""
    return np.linspace(low_deg, high_deg, _SAMPLES + 1)


def clipped(points: Floats, width_px: float, height_px: float) -> tuple[Floats, ...]:
    """The runs of a chain (n, 2) inside the map. Liang and Barsky, ACM Transactions on Graphics 3 (1984).

    A piece with an end that has no image, or one longer than the map's own size twice over (a jump to the other side
    of the Earth), is left out.
    """
    runs: list[list[tuple[float, float]]] = []
    for here, there in zip(points[:-1].tolist(), points[1:].tolist(), strict=True):
        piece = _inside(here, there, width_px, height_px)
        if piece is None:
            continue
        start, end = piece
        if runs and runs[-1][-1] == start:
            runs[-1].append(end)
        else:
            runs.append([start, end])
    return tuple(np.array(run) for run in runs)


def _inside(
    here: list[float], there: list[float], width_px: float, height_px: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The part of a piece that lies inside the map."""
    (x, y), (dx, dy) = here, (there[0] - here[0], there[1] - here[1])
    if not abs(dx) < 2 * width_px or not abs(dy) < 2 * height_px:
        return None
    enter, leave = 0.0, 1.0
    for slope, room in ((-dx, x), (dx, width_px - x), (-dy, y), (dy, height_px - y)):
        if slope == 0.0:
            if room < 0:
                return None
        elif slope < 0:
            enter = max(enter, room / slope)
        else:
            leave = min(leave, room / slope)
    if enter > leave:
        return None
    return (x + enter * dx, y + enter * dy), (x + leave * dx, y + leave * dy)
