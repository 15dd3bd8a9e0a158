"""Where lines of any kind intersect: every place, in order along the first line, to 0.1 mm.

Both lines are cut into pieces. Two pieces can only meet if their middles are no further apart than half the length
of the one and half the length of the other, so pairs that are further apart are left out, the rest are halved, and so
on: no intersection is lost, whatever the kinds. From every pair that remains Newton's method is run on the
ellipsoid: with distance d and azimuth theta from a place on the first line to one on the second, and the azimuths
alpha and beta of the lines there, the steps along them are d sin(beta - theta) / sin(beta - alpha) and
d sin(alpha - theta) / sin(beta - alpha): the sine formula of the plane triangle, to which small triangles tend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError, MixedFramesError
from merestone.geodesy.elementary import cartesian, inverse
from merestone.geodesy.line import Flags, Floats, Line, Place

_FIRST_LEVEL = 3
_LAST_LEVEL = 8
_MOST_PAIRS = 20_000
_STEPS = 40
_TOGETHER_M = 1e-4
"""Two places nearer than this, 0.1 mm, are one."""
_SAME_M = 1e-3
_PARALLEL = 1e-9
"""Smallest sine of the angle between two lines that Newton's method divides by."""
_SAME_COURSE = 1e-9
"""Sine of the angle below which two lines through one place run the same way."""


@dataclass(frozen=True, slots=True)
class Intersection:
    """A place where two lines cross.

    `along_first_m`, `along_second_m`: distances from the start of each (negative or beyond its length on the
    production); `angle_deg`: the angle from the first line's direction to the second's, clockwise, in (-180, 180];
    `shift_m_per_m`: by how many metres the place shifts along the first line for each metre that the second line is
    shifted across itself, 1 / |sin angle|: 1 where they cross squarely, large where the place is ill-conditioned,
    infinite where they only touch.
    """

    place: Place
    along_first_m: float
    along_second_m: float
    angle_deg: float
    shift_m_per_m: float


def intersect(
    first: Line, second: Line, *, first_produced: bool = False, second_produced: bool = False
) -> tuple[Intersection, ...]:
    """Give every place where the two lines cross or touch, in order along the first; none gives an empty tuple.

    With `first_produced` or `second_produced` the line counts as produced both ways as far as its `reach_m`. Raise
    `GeometryError` where the lines run together, so that they have more than places in common, and
    `MixedFramesError` where they lie on different ellipsoids.
    """
    if first.ellipsoid != second.ellipsoid:
        raise MixedFramesError(first.ellipsoid.name, second.ellipsoid.name)
    reaches = (_reach(first, produced=first_produced), _reach(second, produced=second_produced))
    pairs = _near_pairs(first, second, *reaches)
    ends = np.array([(one, other) for one in reaches[0] for other in reaches[1]])
    at_first, at_second = _converged(first, second, np.concatenate([pairs, ends]), *reaches)
    if _parallel_and_near(first, second, pairs, reaches[0]).any():
        raise GeometryError(
            f"the {first.kind} and the {second.kind} run together, so that no single place is their intersection; "
            "name a place on them instead"
        )
    return _crossings(first, second, *_distinct(first, second, at_first, at_second))


def _reach(line: Line, *, produced: bool) -> tuple[float, float]:
    return line.reach_m if produced else (0.0, line.length_m)


def _near_pairs(
    first: Line, second: Line, first_reach: tuple[float, float], second_reach: tuple[float, float]
) -> Floats:
    """Give starting distances (n, 2) along both lines: middles of pieces that may meet."""
    grids = [np.linspace(*reach, 2 ** (_LAST_LEVEL + 1) + 1) for reach in (first_reach, second_reach)]
    places = [cartesian(line.ellipsoid, line.position(grid)) for line, grid in zip((first, second), grids, strict=True)]
    pieces = np.arange(2**_FIRST_LEVEL)
    one, other = (index.ravel() for index in np.meshgrid(pieces, pieces, indexing="ij"))
    for level in range(_FIRST_LEVEL, _LAST_LEVEL + 1):
        half = 2 ** (_LAST_LEVEL - level)
        apart = places[0][(2 * one + 1) * half] - places[1][(2 * other + 1) * half]
        lengths_m = [(grid[-1] - grid[0]) / 2**level for grid in grids]
        near = np.sqrt((apart**2).sum(axis=1)) <= sum(lengths_m) / 2.0 + _TOGETHER_M
        one, other = one[near], other[near]
        if level == _LAST_LEVEL or len(one) > _MOST_PAIRS:
            return np.column_stack([grids[0][(2 * one + 1) * half], grids[1][(2 * other + 1) * half]])
        one = np.repeat(2 * one, 4) + np.tile([0, 0, 1, 1], len(one))
        other = np.repeat(2 * other, 4) + np.tile([0, 1, 0, 1], len(other))
    raise AssertionError("the levels end with a return")


def _converged(
    first: Line,
    second: Line,
    pairs: Floats,
    first_reach: tuple[float, float],
    second_reach: tuple[float, float],
) -> tuple[Floats, Floats]:
    """Give the distances along both lines at which Newton's method from each pair found them together."""
    at, across = pairs[:, 0].copy(), pairs[:, 1].copy()
    largest = (first_reach[1] - first_reach[0]) / 64.0, (second_reach[1] - second_reach[0]) / 64.0
    apart_m = np.full(len(at), np.inf)
    active = np.arange(len(at))
    for _ in range(_STEPS):
        if not len(active):
            break
        here, there = first.position(at[active]), second.position(across[active])
        theta, _, apart_m[active] = inverse(first.ellipsoid, here, there)
        alpha, beta = first.azimuth(at[active]), second.azimuth(across[active])
        sine = np.sin(np.radians(beta - alpha))
        sine = np.where(np.abs(sine) < _PARALLEL, _PARALLEL, sine)
        step = apart_m[active] * np.sin(np.radians(beta - theta)) / sine
        step_across = apart_m[active] * np.sin(np.radians(alpha - theta)) / sine
        before, before_across = at[active], across[active]
        at[active] = np.clip(before + np.clip(step, -largest[0], largest[0]), *first_reach)
        across[active] = np.clip(before_across + np.clip(step_across, -largest[1], largest[1]), *second_reach)
        moved = np.maximum(np.abs(at[active] - before), np.abs(across[active] - before_across))
        active = active[moved > 1e-7]
    apart_m = inverse(first.ellipsoid, first.position(at), second.position(across))[2]
    together = apart_m < _TOGETHER_M
    return at[together], across[together]


def _parallel_and_near(first: Line, second: Line, pairs: Floats, reach: tuple[float, float]) -> Flags:
    """Give for which pairs the place on the second line lies on the first, and both lines run the same way there."""
    here, there = first.position(pairs[:, 0]), second.position(pairs[:, 1])
    theta, _, apart_m = inverse(first.ellipsoid, here, there)
    alpha, beta = first.azimuth(pairs[:, 0]), second.azimuth(pairs[:, 1])
    same_way = np.abs(np.sin(np.radians(beta - alpha))) < 1e-3
    ahead = pairs[:, 0] + apart_m * np.cos(np.radians(theta - alpha))
    likely = np.nonzero(same_way & (ahead > reach[0]) & (ahead < reach[1]))[0]
    together = np.zeros(len(pairs), dtype=np.bool_)
    if len(likely):
        together[likely] = _on_the_same_course(first, ahead[likely], there[likely], beta[likely], reach)
    return together


def _on_the_same_course(first: Line, ahead: Floats, there: Floats, beta: Floats, reach: tuple[float, float]) -> Flags:
    """Give whether places lie on the first line near the given distances, with its direction there."""
    for _ in range(3):
        theta, _, apart_m = inverse(first.ellipsoid, first.position(ahead), there)
        ahead = np.clip(ahead + apart_m * np.cos(np.radians(theta - first.azimuth(ahead))), *reach)
    apart_m = inverse(first.ellipsoid, first.position(ahead), there)[2]
    turned = np.abs(np.sin(np.radians(beta - first.azimuth(ahead))))
    return np.asarray((apart_m < _TOGETHER_M) & (turned < _SAME_COURSE))


def _distinct(first: Line, second: Line, at: Floats, across: Floats) -> tuple[Floats, Floats]:
    """Give the found distances in order along the first line, each place once (the whole circle's ends apart).

    Lines that cross at a small angle lie within 0.1 mm of one another for some way, 0.1 mm by 1 / sin(angle) on either
    side: what was found there is one place, and where they lie closest is taken for it.
    """
    order = np.lexsort((across, at))
    at, across = at[order], across[order]
    apart_m = inverse(first.ellipsoid, first.position(at), second.position(across))[2]
    sine = np.abs(np.sin(np.radians(second.azimuth(across) - first.azimuth(at))))
    reach_m = _SAME_M + 2.0 * _TOGETHER_M / np.maximum(sine, _PARALLEL)
    kept: list[int] = []
    last: list[int] = []
    for index in range(len(at)):
        for group, member in enumerate(last):
            near_m = max(reach_m[index], reach_m[member])
            if abs(at[index] - at[member]) <= near_m and abs(across[index] - across[member]) <= near_m:
                last[group] = index
                kept[group] = min(kept[group], index, key=lambda one: float(apart_m[one]))
                break
        else:
            kept.append(index)
            last.append(index)
    kept.sort(key=lambda one: (float(at[one]), float(across[one])))
    return at[kept], across[kept]


def _crossings(first: Line, second: Line, at: Floats, across: Floats) -> tuple[Intersection, ...]:
    places = first.position(at)
    angles = np.mod(second.azimuth(across) - first.azimuth(at) + 180.0, 360.0) - 180.0
    sines = np.abs(np.sin(np.radians(angles)))
    with np.errstate(divide="ignore"):
        shifts = 1.0 / sines
    return tuple(
        Intersection((float(lon), float(lat)), float(s), float(t), float(angle), float(shift))
        for (lon, lat), s, t, angle, shift in zip(places, at, across, angles, shifts, strict=True)
    )
