"""Which tone a group of lines has on the strip: lines of one tone at one place run together there.

A tone goes on with those who have had it along most of the way so far, so that the eye can follow them. It says nothing
else: no tone stands for a party, nor for more or fewer lines, and the order of the inputs does not choose it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count

import numpy as np

from merestone.compare.many.agreed import Agreement, Group, Run
from merestone.geodesy.line import Indices

Memory = defaultdict[int, float]
"""Over what length in metres a line has had which tone."""

ALONE, ABSENT = -1, -2
TONES = 8
"""So many tones there are; more groups than this at one place begin again with the first."""


def tones(made: Agreement) -> Indices:
    """The tones of all lines in all runs (runs, lines), `ALONE` or `ABSENT` where a line has none."""
    by_title = sorted(range(len(made.claims)), key=lambda line: (made.claims[line].title, line))
    rank = {line: at for at, line in enumerate(by_title)}
    found = np.full((len(made.runs), len(made.claims)), ABSENT)
    had_m: list[Memory] = [defaultdict(float) for _ in made.claims]
    for row, run in zip(found, made.runs, strict=True):
        for line in (line for group in run.groups for line in group):
            row[line] = ALONE
        for group, tone in _chosen(_ordered(run, rank), had_m).items():
            row[list(group)] = tone % TONES
            for line in group:
                had_m[line][tone] += run.reach.length_m
    return found


def _ordered(run: Run, rank: dict[int, int]) -> list[Group]:
    """The groups of more than one line, the largest first, then by title; the lines of each by title."""
    groups = [tuple(sorted(group, key=rank.__getitem__)) for group in run.groups if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), [rank[line] for line in group]))


def _chosen(groups: list[Group], had_m: Sequence[Memory]) -> dict[Group, int]:
    """A tone for each group: of those still free the one that its lines have had over the greatest length, the group
    with the longest memory first; else the first that is free."""
    wishes = []
    for order, group in enumerate(groups):
        memory: Memory = defaultdict(float)
        for line in group:
            for tone, length_m in had_m[line].items():
                memory[tone] += length_m
        wishes += [(-length_m, order, tone) for tone, length_m in memory.items()]
    found: dict[Group, int] = {}
    for _, order, tone in sorted(wishes):
        if groups[order] not in found and tone not in found.values():
            found[groups[order]] = tone
    for group in groups:
        if group not in found:
            found[group] = next(tone for tone in count() if tone not in found.values())
    return found
