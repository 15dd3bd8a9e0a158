"""What a worker that compares pairs needs, imported once before it is given work."""

from __future__ import annotations

import scipy.special
import shapely

import merestone.casefile.chunks
import merestone.casefile.versions
import merestone.compare.lines.increasing_loops
import merestone.geodesy.near_chain_loops
import merestone.geodesy.near_distance_loops

__all__ = ["merestone", "scipy", "shapely"]
