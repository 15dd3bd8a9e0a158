"""Remarks on rings that cross themselves and on outlines inside an outline of the same feature.

Planar in the file's coordinates, as the edges of these files are. A crossing and a nesting are the same in every
projection, but where edges are so long that their kind decides.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from merestone.geodesy.arrays import Flags, Integers
from merestone.sources.chains import Chains
from merestone.sources.layer import Role
from merestone.sources.remark import Remark

_MOST_REMARKS = 20
_POLE_DEG = 90.0 - 1e-9
_PLACE = re.compile(r"([^\[]+)\[(\S+) (\S+)\]")


def ring_remarks(chains: Chains, *, geographic: bool) -> tuple[Remark, ...]:
    """Give the remarks on the rings of closed, finite chains; sizes of nested outlines in m² where they are degrees."""
    which = np.nonzero(chains.has_role(Role.SHELL, Role.HOLE))[0]
    if not len(which):
        return ()
    import shapely

    counts = chains.counts
    places = chains.lonlat[np.isin(chains.of_vertex, which)] if len(which) < len(counts) else chains.lonlat
    rings = shapely.linearrings(places, indices=np.repeat(np.arange(len(which)), counts[which]))
    plane = ~_round_pole(chains)[which] if geographic else np.ones(len(which), dtype=bool)
    return (*_crossings(chains, which[plane], rings[plane]), *_nested(chains, which, rings, geographic=geographic))


def _round_pole(chains: Chains) -> Flags:
    """Which chains still have an edge of more than half a turn: in the plane they cross where on the Earth they do not."""
    wide = np.abs(np.diff(chains.lonlat[:, 0], append=chains.lonlat[-1:, 0])) > 180.0
    wide[chains.offsets[1:] - 1] = False
    return np.asarray(np.logical_or.reduceat(wide & (np.abs(chains.lonlat[:, 1]) < _POLE_DEG), chains.offsets[:-1]))


def _crossings(chains: Chains, which: Integers, rings: Any) -> list[Remark]:
    import shapely

    areas = shapely.polygons(rings)
    wrong = np.nonzero(~shapely.is_valid(areas))[0]
    remarks = []
    for ring in wrong[:_MOST_REMARKS]:
        reason = _PLACE.match(shapely.is_valid_reason(areas[ring]))
        touches = reason is not None and reason[1].startswith("Ring ")
        place = (float(reason[2]), float(reason[3])) if reason else None
        sentence = "a ring touches itself" if touches else "a ring crosses itself"
        remarks.append(Remark("D121", sentence, place, None, "", _feature(chains, which[ring])))
    return _capped(remarks, len(wrong))


def _nested(chains: Chains, which: Integers, rings: Any, *, geographic: bool) -> list[Remark]:
    """Give the outlines that lie inside another outline of the same feature, and not in one of its holes."""
    import shapely

    is_shell = chains.has_role(Role.SHELL)[which]
    owner = np.cumsum(is_shell) - 1
    first = int(np.argmax(owner >= 0))
    polygons = shapely.polygons(rings[first:], indices=owner[first:])
    feature = chains.feature[which][is_shell]
    inner, outer = shapely.STRtree(polygons).query(polygons)
    pair = (inner != outer) & (feature[inner] == feature[outer])
    boxes = shapely.bounds(polygons)
    pair &= (boxes[inner, :2] >= boxes[outer, :2]).all(axis=1) & (boxes[inner, 2:] <= boxes[outer, 2:]).all(axis=1)
    inner, outer = inner[pair], outer[pair]
    if not len(inner):
        return []
    inside = shapely.point_on_surface(polygons[inner])
    shapely.prepare(polygons[np.unique(outer)])
    nested = np.unique(inner[shapely.contains_properly(polygons[outer], inside)])
    remarks = [
        _nested_remark(polygons[each], int(feature[each]), geographic=geographic) for each in nested[:_MOST_REMARKS]
    ]
    return _capped(remarks, len(nested))


def _nested_remark(polygon: Any, feature: int, *, geographic: bool) -> Remark:
    import shapely
    from pyproj import Geod

    point = shapely.point_on_surface(polygon)
    area_m2 = abs(Geod(ellps="WGS84").geometry_area_perimeter(polygon)[0]) if geographic else None
    sentence = "an outline lies inside another outline of the same feature, as a hole would"
    return Remark(
        "D122",
        sentence,
        (float(point.x), float(point.y)),
        area_m2,
        "m²" if geographic else "",
        f"feature {feature + 1}",
    )


def _capped(remarks: list[Remark], count: int) -> list[Remark]:
    """Give the remarks, the last of them saying how many more there are."""
    if count <= len(remarks):
        return remarks
    last = remarks[-1]
    more = f"{last.sentence}; so do {count - len(remarks)} more"
    return [*remarks[:-1], Remark(last.code, more, last.place, last.size, last.unit, last.of)]


def _feature(chains: Chains, chain: int) -> str:
    return f"feature {int(chains.feature[chain]) + 1}"
