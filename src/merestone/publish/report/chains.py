"""Chains on the sheet: their lengths, the runs that have an image, places on and beside them."""

from __future__ import annotations

import numpy as np

from merestone.geodesy.line import Floats


def length_px(chain: Floats) -> float:
    """The length of a chain in pixels."""
    return float(np.nansum(np.hypot(*np.diff(chain, axis=0).T)))


def beside(chain: Floats, share: float, away_px: float) -> tuple[float, float]:
    """The point so far to the right (positive) of a chain, at a share of its length."""
    steps = np.nan_to_num(np.hypot(*np.diff(chain, axis=0).T))
    ends = np.concatenate([[0.0], np.cumsum(steps)])
    index = int(np.clip(np.searchsorted(ends, share * ends[-1]), 1, len(chain) - 1))
    (x, y), (dx, dy) = chain[index], chain[index] - chain[index - 1]
    size = float(np.hypot(dx, dy)) or 1.0
    return float(x - dy / size * away_px), float(y + dx / size * away_px)


def finite_runs(chain: Floats) -> list[Floats]:
    """The runs of a chain that have an image."""
    finite = np.isfinite(chain).all(axis=1)
    edges = np.flatnonzero(np.diff(finite.astype(np.int8))) + 1
    return [run for run in np.split(chain, edges) if np.isfinite(run).all()]


def every_few_px(chain: Floats) -> Floats:
    """A chain with a place at least every 5 pixels, for counting what a name would cover."""
    finite = chain[np.isfinite(chain).all(axis=1)]
    steps = np.hypot(*np.diff(finite, axis=0).T) if len(finite) > 1 else np.empty(0)
    ends = np.concatenate([[0.0], np.cumsum(steps)])
    along = np.linspace(0.0, ends[-1], min(int(ends[-1] / 5) + 2, 4_000))
    return np.column_stack([np.interp(along, ends, finite[:, axis]) for axis in (0, 1)])
