"""Which zone of one comparison is which of another, made from later versions of the lines: by greatest overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from merestone.compare.comparison import Zone


def same_zones(before: Sequence[Zone], after: Sequence[Zone]) -> tuple[tuple[int, int], ...]:
    """The numbers of zones that are one zone, before and after, in the order before.

    Two zones are one where each overlaps no other zone of the other comparison by more: in the plane of longitude and
    latitude, whose distortion is the same for all that one zone overlaps, to the size of the zone. Exchanging the
    comparisons exchanges the numbers; of overlaps equally great the lower number counts.
    """
    import shapely

    polygons = [[shapely.make_valid(_polygon(zone)) for zone in zones] for zones in (before, after)]
    if not all(polygons):
        return ()
    one, other = shapely.STRtree(polygons[1]).query(polygons[0], predicate="intersects")
    shared = shapely.area(shapely.intersection(np.array(polygons[0])[one], np.array(polygons[1])[other]))
    overlaps = {
        (int(here), int(there)): float(size) for here, there, size in zip(one, other, shared, strict=True) if size > 0.0
    }
    best_of_one, best_of_other = _best(overlaps, 0), _best(overlaps, 1)
    pairs = sorted(pair for pair in overlaps if best_of_one[pair[0]] == pair and best_of_other[pair[1]] == pair)
    return tuple((before[here].number, after[there].number) for here, there in pairs)


def _best(overlaps: dict[tuple[int, int], float], side: int) -> dict[int, tuple[int, int]]:
    """For each zone of one side the pair in which it overlaps most."""
    best: dict[int, tuple[int, int]] = {}
    for pair in sorted(overlaps, key=lambda each: (-overlaps[each], each)):
        best.setdefault(pair[side], pair)
    return best


def _polygon(zone: Zone) -> object:
    import shapely

    return shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in zone.polygons])
