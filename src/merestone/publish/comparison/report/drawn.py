"""Both lines and what lies between them on one sheet, in pixels, thinned so that the page stays small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain as chained

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison
from merestone.geodesy.line import Floats
from merestone.publish.comparison.along import on_strand, parting_chains
from merestone.publish.comparison.report.shown import Shown
from merestone.publish.report.chains import finite_runs
from merestone.publish.report.sheet import Sheet, sheet_for

Runs = tuple[Floats, ...]

MOST_PLACES = 90_000
"""All chains of the map together hold about so many places at most."""

GRIDS_PX = (0.01, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Places are put on the finest of these grids on which there are few enough; neighbours on one place become one."""

_SAMPLES = 20_000
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class DrawnComparison:
    """The sheet, the strands of either line, and by key the rings of zones and the chains of partings and unmatched
    parts, all in pixels; `grid_px` is how fine they are."""

    sheet: Sheet
    lines: tuple[Runs, Runs]
    zones: dict[str, Runs]
    partings: dict[str, Runs]
    unmatched: dict[str, Runs]
    grid_px: float

    def pixel(self, place: tuple[float, float]) -> tuple[float, float]:
        """Where a place lies on the sheet."""
        x, y = self.sheet.pixels(np.array([place]))[0].tolist()
        return x, y


@dataclass(frozen=True, slots=True)
class _Chains:
    """All that is to be drawn in degrees: the strands of either line, and the other parts by key."""

    lines: tuple[Runs, Runs]
    zones: dict[str, Runs]
    partings: dict[str, Runs]
    unmatched: dict[str, Runs]

    def every(self) -> list[Floats]:
        """Every chain."""
        keyed = (runs for parts in (self.zones, self.partings, self.unmatched) for runs in parts.values())
        return [*chained(*self.lines, *keyed)]

    def each(self, change: Callable[[Floats], Floats]) -> _Chains:
        """The same with every chain changed."""
        one, two = (tuple(map(change, line)) for line in self.lines)
        zones, partings, unmatched = (
            {key: tuple(map(change, runs)) for key, runs in parts.items()}
            for parts in (self.zones, self.partings, self.unmatched)
        )
        return _Chains((one, two), zones, partings, unmatched)


def draw(made: Comparison, parts: Shown) -> DrawnComparison | None:
    """The map of a comparison, None where neither line has a place."""
    chains = _chains(made, parts)
    strands = [*chained(*chains.lines)]
    if not strands:
        return None
    sheet = sheet_for(made.first.frame.ellipsoid, np.concatenate([sampled(one, len(strands)) for one in strands]))
    if sum(map(len, chains.every())) > MOST_PLACES:
        cell_deg = sheet.metres_per_px * GRIDS_PX[0] / _METRES_PER_DEGREE
        chains = chains.each(lambda lonlat: snapped(lonlat, cell_deg))
    pixels = chains.each(sheet.pixels)
    grid_px = grid_for(pixels.every())
    return DrawnComparison(
        sheet,
        (on_grid(pixels.lines[0], grid_px), on_grid(pixels.lines[1], grid_px)),
        {key: on_grid(rings, grid_px) for key, rings in pixels.zones.items()},
        {key: on_grid(runs, grid_px) for key, runs in pixels.partings.items()},
        {key: on_grid(runs, grid_px) for key, runs in pixels.unmatched.items()},
        grid_px,
    )


def _chains(made: Comparison, parts: Shown) -> _Chains:
    """What of a comparison is drawn."""
    loose = {key: on_strand(made, row.reach, of_second=row.of_second) for key, row in parts.unmatched.items()}
    return _Chains(
        (_line(made.first), _line(made.second)),
        {key: tuple(chained(*zone.polygons)) for key, zone in parts.zones.items()},
        {key: parting_chains(made.stretches[row.stretch], row.reaches) for key, row in parts.partings.items()},
        {key: (one,) for key, one in loose.items() if one is not None},
    )


def sampled(lonlat: Floats, strands: int) -> Floats:
    """Enough places of a strand to fit the sheet to, its extremes among them."""
    most = max(_SAMPLES // strands, 16)
    kept = np.unique(np.linspace(0, len(lonlat) - 1, most).round().astype(np.intp))
    extremes = np.concatenate([lonlat.argmin(axis=0), lonlat.argmax(axis=0)])
    places: Floats = lonlat[np.union1d(kept, extremes)]
    return places


def _line(claim: Claim) -> Runs:
    return tuple(strand.lonlat for strand in claim.strands if len(strand.lonlat))


def grid_for(chains: list[Floats]) -> float:
    """The finest grid on which all chains together are few enough, the coarsest where none is."""
    for grid_px in GRIDS_PX[:-1]:
        if sum(len(snapped(one, grid_px)) for one in chains) <= MOST_PLACES:
            return grid_px
    return GRIDS_PX[-1]


def snapped(chain: Floats, grid: float) -> Floats:
    """A chain (n, 2) with its places on a grid; of neighbours on one place one is kept."""
    cells = np.round(chain / grid)
    moves = np.concatenate([[True], (np.diff(cells, axis=0) != 0.0).any(axis=1)])
    kept: Floats = cells[moves] * grid
    return kept


def on_grid(chains: Runs, grid_px: float) -> Runs:
    """The runs that have an image, on the grid."""
    return tuple(run for one in chains for run in finite_runs(snapped(one, grid_px)) if len(run))
