"""All lines on one sheet, in pixels, with the runs along the reference; thinned so that the page stays small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain as chained
from itertools import groupby

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.many.agreed import Agreement, Run
from merestone.geodesy.line import Floats
from merestone.publish.agreement.report.shown import Shown
from merestone.publish.comparison.along import chainages
from merestone.publish.comparison.report.drawn import Runs, grid_for, on_grid, sampled
from merestone.publish.report.sheet import Sheet, sheet_for


@dataclass(frozen=True, slots=True)
class DrawnLines:
    """The sheet, the strands of each line, the listed runs by key, and the parts where not all run together, in
    pixels."""

    sheet: Sheet
    lines: tuple[Runs, ...]
    runs: dict[str, Runs]
    apart: Runs


def draw(made: Agreement, parts: Shown) -> DrawnLines:
    """The map of many lines."""
    strands = [strand.lonlat for claim in made.claims for strand in claim.strands]
    sheet = sheet_for(made.claims[0].frame.ellipsoid, np.concatenate([sampled(one, len(strands)) for one in strands]))
    reference = _Reference.of(made)
    lines = [tuple(sheet.pixels(strand.lonlat) for strand in claim.strands) for claim in made.claims]
    runs = {
        key: (sheet.pixels(reference.between(run.reach.strand, run.reach.from_m, run.reach.to_m)),)
        for key, run in parts.runs.items()
    }
    apart = tuple(sheet.pixels(reference.between(strand, from_m, to_m)) for strand, from_m, to_m in _parts_apart(made))
    grid_px = grid_for([*chained(*lines, *runs.values(), apart)])
    return DrawnLines(
        sheet,
        tuple(on_grid(line, grid_px) for line in lines),
        {key: on_grid(chains, grid_px) for key, chains in runs.items()},
        on_grid(apart, grid_px),
    )


def _parts_apart(made: Agreement) -> Iterator[tuple[str, float, float]]:
    """Where not all lines run together, neighbouring runs as one."""

    def kind(run: Run) -> tuple[str, bool]:
        return run.reach.strand, len(run.groups[0]) == len(made.claims)

    for (strand, together), held in groupby(made.runs, kind):
        runs = list(held)
        if not together:
            yield strand, runs[0].reach.from_m, runs[-1].reach.to_m


@dataclass(frozen=True, slots=True)
class _Reference:
    """The strands of the reference by name, each with the chainages of its vertices."""

    strands: dict[str, tuple[Floats, Floats]]

    @classmethod
    def of(cls, made: Agreement) -> _Reference:
        claim: Claim = made.claims[made.reference.line]
        ends_m = {run.reach.strand: run.reach.to_m for run in made.runs}
        found = {}
        for strand in claim.strands:
            along_m = chainages(claim, strand.lonlat)
            found[strand.name] = strand.lonlat, along_m * (ends_m.get(strand.name, along_m[-1]) / along_m[-1])
        return cls(found)

    def between(self, strand: str, from_m: float, to_m: float) -> Floats:
        """The places (n, 2) between two chainages."""
        lonlat, along_m = self.strands[strand]
        low, high = np.searchsorted(along_m, [from_m, to_m])
        stops = np.concatenate([[from_m], along_m[low:high], [to_m]])
        return np.column_stack([np.interp(stops, along_m, lonlat[:, axis]) for axis in (0, 1)])
