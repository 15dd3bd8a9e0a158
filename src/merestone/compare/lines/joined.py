"""Lines of a layer joined to strands: what ends where another begins is one line."""

from __future__ import annotations

import numpy as np

from merestone.compare.claim import Strand
from merestone.errors import WrongRequestError
from merestone.geodesy.line import Floats
from merestone.sources.layer import Layer, Role


def joined_strands(layer: Layer, left: str | None = None, right: str | None = None) -> tuple[Strand, ...]:
    """The strands of a layer's lines, the longest first: lines are joined where exactly two of them end.

    Directions are kept where all lines that are joined agree, and `left` and `right` hold only then. Raise
    `WrongRequestError` where the layer has no lines.
    """
    import shapely

    lines = [part.lonlat for part in layer.parts if part.role is Role.LINE]
    if not lines:
        raise WrongRequestError(
            f"{layer.file}: layer {layer.name!r} has neither lines nor polygons; name another layer"
        )
    directed = left is not None or right is not None
    whole = shapely.MultiLineString([shapely.LineString(each) for each in lines])
    parts = shapely.get_parts(shapely.line_merge(whole, directed=directed))
    chains = [shapely.get_coordinates(part) for part in parts]
    chains.sort(key=lambda chain: (-_rough_length(chain), *chain[0].tolist()))
    names = ["main", *(f"line {number}" for number in range(2, len(chains) + 1))]
    return tuple(
        Strand(name, chain, bool(len(chain) > 3 and (chain[0] == chain[-1]).all()), left, right)
        for name, chain in zip(names, chains, strict=True)
    )


def _rough_length(chain: Floats) -> float:
    """The length in degrees of latitude, for ordering."""
    step = np.diff(chain, axis=0)
    return round(float(np.hypot(step[:, 0] * np.cos(np.radians(chain[:-1, 1])), step[:, 1]).sum()), 9)
