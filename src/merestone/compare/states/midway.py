"""The line midway between two chains that run the same way.

Both are cut into even steps, and steps are matched one to another in order along both, so that the sum of the squares
of the distances between matched places is least (dynamic time warping; H. Sakoe and S. Chiba, IEEE Trans. ASSP 26
(1978) 43-49). The line runs through the middles of matched places: it is the same whichever chain is named first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from merestone.geodesy.arrays import Floats, Indices
from merestone.geodesy.elementary import cartesian, continued_longitudes
from merestone.geodesy.ellipsoid import Ellipsoid

_MOST_STEPS = 3000
_COMPILED_FROM = 40_000
"""Pairs of steps from which loading the compiled loop is worth it."""


@dataclass(frozen=True, slots=True, eq=False)
class Midway:
    """The middle of two chains: `lonlat` (n, 2), and the greatest half of the distance between matched places, m."""

    lonlat: Floats
    half_width_m: float


def midway_between(first: Floats, second: Floats, step_m: float, ellipsoid: Ellipsoid) -> Midway:
    """Give the line midway between two chains (n, 2); what they have in common is kept as it is.

    Places that both chains have, in the same order, divide them; between two such places the line is `midway`.
    """
    at, other_at = _common(first, second)
    if not len(at):
        return midway(first, second, step_m, ellipsoid)
    start = midway(first[: at[0] + 1], second[: other_at[0] + 1], step_m, ellipsoid)
    pieces, half_width_m = [start.lonlat], start.half_width_m
    stops = zip([*at[1:], len(first) - 1], [*other_at[1:], len(second) - 1], strict=True)
    for i, j, (to_i, to_j) in zip(at, other_at, stops, strict=True):
        if to_i - i <= 1 and to_j - j <= 1 and np.array_equal(first[to_i], second[to_j]):
            pieces.append(first[i + 1 : to_i + 1])
        else:
            part = midway(first[i : to_i + 1], second[j : to_j + 1], step_m, ellipsoid)
            pieces.append(part.lonlat[1:])
            half_width_m = max(half_width_m, part.half_width_m)
    return Midway(np.concatenate(pieces), half_width_m)


def _common(first: Floats, second: Floats) -> tuple[Indices, Indices]:
    """Give where both chains have the same places, as indices in either that both grow."""
    known = {tuple(place): index for index, place in reversed(list(enumerate(second.tolist())))}
    both = [(i, known[tuple(place)]) for i, place in enumerate(first.tolist()) if tuple(place) in known]
    pairs = np.array(both, dtype=np.intp).reshape(-1, 2)
    i, j = pairs[:, 0], pairs[:, 1]
    most_before = np.maximum.accumulate(np.append(-1, j))[:-1]
    least_after = np.minimum.accumulate(np.append(j, len(second))[::-1])[::-1][1:]
    in_order = (j > most_before) & (j < least_after)
    return i[in_order], j[in_order]


def midway(first: Floats, second: Floats, step_m: float, ellipsoid: Ellipsoid) -> Midway:
    """Give the line midway between two chains (n, 2) in steps of about `step_m`, 3000 steps at most."""
    one, other = (_stepped(chain, step_m, ellipsoid) for chain in (first, second))
    space, other_space = cartesian(ellipsoid, one), cartesian(ellipsoid, other)
    compiled = len(one) * len(other) >= _COMPILED_FROM
    choice = np.zeros((len(one), len(other)), dtype=np.int8)
    _loop(compiled=compiled)(space, other_space, choice)
    i, j = _path(choice)
    across = np.column_stack([continued_longitudes(one[i, 0], other[j, 0]), other[j, 1]])
    middle = (one[i] + across) / 2.0
    new = np.concatenate([[True], np.any(middle[1:] != middle[:-1], axis=1)])
    return Midway(middle[new], float(np.max(np.linalg.norm(space[i] - other_space[j], axis=1))) / 2.0)


def _stepped(chain: Floats, step_m: float, ellipsoid: Ellipsoid) -> Floats:
    """Give places evenly along a chain, both ends kept."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(cartesian(ellipsoid, chain), axis=0), axis=1))])
    count = int(np.clip(np.ceil(along[-1] / step_m), 1, _MOST_STEPS))
    at = np.linspace(0.0, along[-1], count + 1)
    return np.column_stack([np.interp(at, along, chain[:, 0]), np.interp(at, along, chain[:, 1])])


@lru_cache(maxsize=2)
def _loop(*, compiled: bool) -> Callable[..., Any]:
    if not compiled:
        return _fill
    from numba import njit

    return njit(cache=True)(_fill)


def _fill(one, other, choice):  # type: ignore[no-untyped-def]
    """Fill in by which step each pair of places is best reached: 0 on both, 1 on the first, 2 on the second."""
    before = np.full(len(other), np.inf)
    here = np.empty(len(other))
    for i in range(len(one)):
        for j in range(len(other)):
            x, y, z = one[i, 0] - other[j, 0], one[i, 1] - other[j, 1], one[i, 2] - other[j, 2]
            both = before[j - 1] if i and j else np.inf
            first = before[j] if i else np.inf
            second = here[j - 1] if j else np.inf
            best = 0.0 if i == 0 and j == 0 else min(both, first, second)
            choice[i, j] = 0 if both <= best else 1 if first <= best else 2
            here[j] = best + x * x + y * y + z * z
        before[:] = here


def _path(choice: np.ndarray[tuple[int, int], np.dtype[np.int8]]) -> tuple[Indices, Indices]:
    """Give the matched places, from both starts to both ends."""
    i, j = choice.shape[0] - 1, choice.shape[1] - 1
    path = [(i, j)]
    while i or j:
        step = choice[i, j]
        i, j = i - (step != 2), j - (step != 1)
        path.append((i, j))
    matched = np.array(path[::-1], dtype=np.intp)
    return matched[:, 0], matched[:, 1]
