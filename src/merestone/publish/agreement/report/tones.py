"""Which tone a group of lines has on the strip: lines of one tone at one place run together there.

A tone goes on along the line with most of those who had it, so that the eye can follow them. It says nothing else: no
tone stands for a party, nor for more or fewer lines, and the order of the inputs does not choose it.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from merestone.compare.agreed import Agreement, Group, Run
from merestone.geodesy.line import Indices

ALONE, ABSENT = -1, -2
TONES = 8
"""So many tones there are; more groups than this at one place begin again with the first."""


def tones(made: Agreement) -> Indices:
    """The tones of all lines in all runs (runs, lines), `ALONE` or `ABSENT` where a line has none."""
    rank = {
        line: at for at, line in enumerate(sorted(range(len(made.claims)), key=lambda i: (made.claims[i].title, i)))
    }
    found = np.full((len(made.runs), len(made.claims)), ABSENT)
    before: dict[int, int] = {}
    for row, run in zip(found, made.runs, strict=True):
        for line in (line for group in run.groups for line in group):
            row[line] = ALONE
        for group, tone in _chosen(_ordered(run, rank), before).items():
            row[list(group)] = tone % TONES
            before.update(dict.fromkeys(group, tone))
    return found


def _ordered(run: Run, rank: dict[int, int]) -> list[Group]:
    """The groups of more than one line, the largest first, then by title."""
    groups = [group for group in run.groups if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), sorted(rank[line] for line in group)))


def _chosen(groups: list[Group], before: dict[int, int]) -> dict[Group, int]:
    """A tone for each group: the one that most of its lines had, the larger part first; else the first that is free."""
    wishes = [
        (-count, order, tone)
        for order, group in enumerate(groups)
        for tone, count in Counter(before[line] for line in group if line in before).items()
    ]
    found: dict[Group, int] = {}
    for _, order, tone in sorted(wishes):
        if groups[order] not in found and tone not in found.values():
            found[groups[order]] = tone
    for group in groups:
        if group not in found:
            found[group] = next(tone for tone in range(len(groups) + len(found) + 1) if tone not in found.values())
    return found
