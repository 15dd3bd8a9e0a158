"""Land that the outlines of two States both take in, or that lies between them and in neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from merestone.compare.states.chord_length import chord_length_m
from merestone.compare.states.enclosed import lies_in
from merestone.compare.states.pair_of_states import Patch, PatchKind
from merestone.compare.states.state import State
from merestone.compare.states.state_polygons import Land, place_in, polygon_areas_m2, polygon_parts
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.sources.remark import Remark

if TYPE_CHECKING:
    from shapely import Geometry
else:
    Geometry = object

LEAST_PATCH_M2 = 1.0
"""Smaller patches are the rounding of coordinates."""

_LISTED = 10


def overlaps(first: Land, second: Land, ellipsoid: Ellipsoid) -> list[Patch]:
    """Give the land of both States, the largest patch first."""
    import shapely

    return patches(PatchKind.OVERLAP, [shapely.intersection(first.geometry, second.geometry)], ellipsoid)


def enclosed_gaps(
    first: Land, second: Land, others: Sequence[State], narrower_than_m: float, ellipsoid: Ellipsoid
) -> list[Patch]:
    """Give the land of neither State that the two enclose together, the largest patch first.

    What a third State has, and whatever is wider on average than `narrower_than_m` (a lake, a State that was not
    given), is no gap.
    """
    import shapely

    union = shapely.union(first.geometry, second.geometry)
    holes = [shapely.Polygon(ring) for part in polygon_parts(union) for ring in part.interiors]
    between = [hole for hole in holes if _near_both(hole, first, second) and _touches_both(hole, first, second)]
    found = patches(PatchKind.GAP, between, ellipsoid)
    narrow = [patch for patch in found if _mean_width_m(patch, ellipsoid) < narrower_than_m]
    return [patch for patch in narrow if not any(lies_in(patch.place, other) for other in others)]


def patches(kind: PatchKind, geometries: Sequence[Geometry], ellipsoid: Ellipsoid) -> list[Patch]:
    """Give the polygons of the geometries as patches, the largest first, those of rounding left out."""
    import shapely

    parts = [part for geometry in geometries for part in polygon_parts(geometry)]
    areas = polygon_areas_m2(parts, ellipsoid)
    found = [
        Patch(kind, place_in(part), float(area), tuple(shapely.get_coordinates(r) for r in shapely.get_rings(part)))
        for part, area in zip(parts, areas, strict=True)
        if area >= LEAST_PATCH_M2
    ]
    return sorted(found, key=lambda patch: (-patch.area_m2, patch.place))


def on_patches(found: Sequence[Patch], names: tuple[str, str]) -> list[Remark]:
    """Say how much land lies in both outlines, or in neither: the sum, then the largest patches one by one."""
    remarks: list[Remark] = []
    for kind, code, what in (
        (PatchKind.OVERLAP, "D204", f"land of both {names[0]} and {names[1]}"),
        (PatchKind.GAP, "D205", f"land between {names[0]} and {names[1]} that neither takes in"),
    ):
        chosen = [patch for patch in found if patch.kind is kind]
        if chosen:
            total_m2 = float(np.sum([patch.area_m2 for patch in chosen]))
            count = f"{len(chosen)} patches together" if len(chosen) > 1 else "1 patch"
            remarks.append(Remark(code, f"{what}: {count}", chosen[0].place, total_m2, "m²"))
        if len(chosen) > 1:
            remarks += [Remark(code, what, patch.place, patch.area_m2, "m²") for patch in chosen[:_LISTED]]
    return remarks


def _near_both(hole: Geometry, first: Land, second: Land) -> bool:
    import shapely

    return all(shapely.dwithin(hole, each.geometry, 1e-9) for each in (first, second))


def _touches_both(hole: Geometry, first: Land, second: Land) -> bool:
    """Whether a hole has a stretch of its edge on either State, not merely a place."""
    import shapely

    edge = shapely.get_exterior_ring(hole)
    return all(
        shapely.length(shapely.intersection(edge, shapely.boundary(each.geometry))) > 0.0 for each in (first, second)
    )


def _mean_width_m(patch: Patch, ellipsoid: Ellipsoid) -> float:
    """Give twice the area over the perimeter in metres."""
    return 2.0 * patch.area_m2 / max(chord_length_m(patch.outline[0], ellipsoid), 1e-9)
