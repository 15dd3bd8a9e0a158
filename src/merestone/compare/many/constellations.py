"""How often and how far which lines run together, whatever the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from merestone.compare.many.agreed import Group, Run
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True)
class Constellation:
    """One way in which the lines run together, as in `Run`: along how many metres of the reference, in how many runs,
    and the greatest distance in metres within the largest group."""

    groups: tuple[Group, ...]
    absent: Group
    length_m: float
    runs: int
    apart_m: float


def constellations(runs: Sequence[Run]) -> tuple[Constellation, ...]:
    """All that occur, the longest first; of equally long ones that which comes first along the reference."""
    found: dict[tuple[tuple[Group, ...], Group], list[Run]] = {}
    for run in runs:
        found.setdefault((run.groups, run.absent), []).append(run)
    made = [
        Constellation(*key, sum(run.reach.length_m for run in held), len(held), max(run.apart_m for run in held))
        for key, held in found.items()
    ]
    return tuple(sorted(made, key=lambda one: -one.length_m))


def together_m(runs: Sequence[Run], lines: int) -> Floats:
    """Along how much of the reference any two lines run together, in metres: (lines, lines), on the diagonal along how
    much a line answers to it."""
    found = np.zeros((lines, lines))
    for run in runs:
        for group in run.groups:
            for line in group:
                found[line, line] += run.reach.length_m
            for one, other in combinations(group, 2):
                found[one, other] += run.reach.length_m
                found[other, one] += run.reach.length_m
    return found
