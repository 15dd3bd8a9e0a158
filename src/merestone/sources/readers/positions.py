"""Arrays of positions as JSON has them, made into arrays of numbers; what is no number is refused."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np

from merestone.geodesy.arrays import Floats
from merestone.sources.refused import RefusedError


def positions(coordinates: Any, whose: str) -> tuple[Floats, bool]:
    """Give a list of positions as (n, 2), and whether there were more numbers (heights, measures).

    Raise `RefusedError` for anything but lists of two or more numbers. NaN and infinity pass: they are found later,
    with feature and vertex.
    """
    if not isinstance(coordinates, list) or not set(map(type, coordinates)) <= {list}:
        raise RefusedError(f"{whose} has coordinates that are not a list of positions; ask for a corrected file")
    flat = list(chain.from_iterable(coordinates))
    if not set(map(type, flat)) <= {int, float}:
        raise RefusedError(f"{whose} has a coordinate that is not a number; ask for a corrected file")
    widths = set(map(len, coordinates))
    if widths and min(widths) < 2:
        raise RefusedError(f"{whose} has a position with fewer than two numbers; ask for a corrected file")
    if len(widths) > 1:
        flat = list(chain.from_iterable(position[:2] for position in coordinates))
    columns = widths.pop() if len(widths) == 1 else 2
    return _array(flat, columns, whose), columns > 2 or bool(widths)


def _array(flat: list[float], columns: int, whose: str) -> Floats:
    try:
        return np.array(flat, dtype=np.float64).reshape(-1, columns)[:, :2]
    except OverflowError as error:
        raise RefusedError(f"{whose} has a coordinate of more than 300 digits; ask for a corrected file") from error
