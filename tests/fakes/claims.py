"""Claims for tests: lines made by hand or at random, with or without named sides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from merestone.compare.claim import Claim, Strand
from merestone.geodesy.catalogue import find
from merestone.geodesy.line import Floats
from merestone.geodesy.turning import Chord
from merestone.geodesy.uncertainty import Uncertainty

WGS84_FRAME = find("EPSG:4326")


def claim(
    *chains: Sequence[Sequence[float]] | Floats,
    title: str = "a line",
    sides: tuple[str | None, str | None] = ("Aland", "Bland"),
    edges: Chord = Chord.LONLAT,
    uncertainty: Uncertainty | None = None,
) -> Claim:
    """A claim of chains of longitudes and latitudes; a chain that comes back to its start is a ring."""
    arrays = [np.asarray(chain, dtype=np.float64) for chain in chains]
    strands = tuple(
        Strand(f"s{number}", chain, bool(np.array_equal(chain[0], chain[-1])), *sides)
        for number, chain in enumerate(arrays)
    )
    return Claim(title, strands, WGS84_FRAME, edges, uncertainty=uncertainty or Uncertainty())


def wandering(
    seed: int, vertices: int = 200, start: tuple[float, float] = (45.0, 40.0), step_deg: float = 2e-3
) -> Floats:
    """A line (n, 2) that wanders eastward and never crosses itself."""
    noise = np.random.default_rng(seed)
    lon = start[0] + np.cumsum(noise.uniform(0.2, 1.0, vertices)) * step_deg
    lat = start[1] + np.cumsum(noise.normal(0.0, 0.5, vertices)) * step_deg
    return np.column_stack([lon, lat])


def nudged(chain: Floats, seed: int, sigma_deg: float) -> Floats:
    """The line with its inner vertices moved north or south at random; its ends stay."""
    moved = chain.copy()
    moved[1:-1, 1] += np.random.default_rng(seed).normal(0.0, sigma_deg, len(chain) - 2)
    return moved
