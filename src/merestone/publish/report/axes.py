"""Round values along an axis, and how they are printed."""

from __future__ import annotations

from math import floor, log10

import numpy as np

from merestone.publish.report.numbers import grouped


def ticks(low: float, high: float, about: int) -> list[float]:
    """Round values between two, about so many."""
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = next(size * power for size in (1.0, 2.0, 5.0, 10.0) if size * power >= raw * (1 - 1e-9))
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [count * step for count in range(first, last + 1)]


def tick_text(value: float, unit: str) -> str:
    """A value without trailing zeros; with its unit and sign where a unit is given."""
    printed = f"{abs(value):.6f}".rstrip("0").rstrip(".")
    whole, _, rest = printed.partition(".")
    sign = "−" if value < 0 else "+" if unit and value > 0 else ""
    return f"{sign}{grouped(float(whole), 0)}{'.' + rest if rest else ''}{' ' + unit if unit else ''}"
