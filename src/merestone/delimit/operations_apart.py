"""Which operation serves which points, where none serves all of a description: its parts may lie far apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from merestone.delimit.fix import Place
from merestone.delimit.printed_places import box_of
from merestone.delimit.wording import listed
from merestone.errors import TransformationRefusedError
from merestone.geodesy.frame import Frame
from merestone.geodesy.operation import choose

CELL_DEG = 1.0
"""Points are tested together within cells of this size."""

Served = dict[str | None, list[str]]
"""The names of points by the code of the operation that serves them; None: by none."""


def served(source: Frame, target: Frame, code: str | None, places: Sequence[tuple[str, Place]]) -> Served:
    """By operation, the points that lie in its area of use, tested for themselves; {} where all points fare alike."""
    cells: dict[tuple[int, int], list[tuple[str, Place]]] = defaultdict(list)
    for name, (lon, lat) in places:
        cells[int(lon // CELL_DEG), int(lat // CELL_DEG)].append((name, (lon, lat)))
    found: Served = {}
    for inside in cells.values():
        bounds = box_of(np.array([place for _, place in inside]))
        try:
            serves: str | None = choose(source, target, bounds, code).code
        except TransformationRefusedError:
            serves = None
        found.setdefault(serves, []).extend(name for name, _ in inside)
    return found if len(found) > 1 else {}


def said(found: Served) -> str:
    """Which operation serves which points, the most points first: `EPSG:1 serves A, B; none serves X`."""
    ranked = sorted(found.items(), key=lambda each: -len(each[1]))
    return "; ".join(f"{code or 'none'} serves {listed(names)}" for code, names in ranked)


def odd_one(found: Served) -> str:
    """The first point that the operation of most points does not serve."""
    ranked = sorted(found.values(), key=lambda names: -len(names))
    return ranked[-1][0]
