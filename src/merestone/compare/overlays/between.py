"""What lies between two lines: settlements, people, roads, railways, waters and buildings in each zone of difference.

What is inside, outside or exactly on a line is decided in longitude and latitude, in which edges are straight;
lengths and areas are of the ellipsoid. A point on either line or on the edge of a zone is told as `OnLine` and stands
in no zone. A way or an area that reaches into several zones is counted in each, with its part there; what runs exactly
along an edge is in none. Swapping the lines swaps who holds what, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Zone
from merestone.compare.overlays.between_rows import LayerBetween, OnLine, on_line_of, rows_of
from merestone.compare.overlays.line_crossings import Crossing, RunsAlong, line_crossings
from merestone.compare.overlays.overlay import Overlay, overlay
from merestone.compare.overlays.overlay_fields import Fields
from merestone.compare.overlays.zone_contents import (
    areas_inside,
    lines_inside,
    on_strands,
    points_inside,
    zone_geometries,
)
from merestone.errors import MixedFramesError
from merestone.sources.layer import Layer
from merestone.sources.remark import Remark

ALONG_M = 20.0
_AT_ZONE_DEG = 1e-8


@dataclass(frozen=True, slots=True)
class Between:
    """All that lies between two lines: by zone, by side, on the lines, across them and along them."""

    by_zone: tuple[LayerBetween, ...]
    by_side: tuple[LayerBetween, ...]
    on_line: tuple[OnLine, ...]
    crossings: tuple[Crossing, ...]
    along: tuple[RunsAlong, ...]
    remarks: tuple[Remark, ...]


def lies_between(
    lines: tuple[Claim, Claim],
    zones: Sequence[Zone],
    layers: Iterable[Layer],
    fields: Mapping[str, Fields] | None = None,
    along_m: float = ALONG_M,
) -> Between:
    """What of some layers lies between two lines, in the zones of their comparison.

    `fields`: which fields to read, by the name of the layer; `along_m`: what stays as near to a line as this runs
    along it. Chainages are from the start of the strands as given. Raises `MixedFramesError` where lines and layers
    are not all counted in one frame.
    """
    frame = lines[0].frame
    if lines[1].frame != frame:
        raise MixedFramesError(str(frame), str(lines[1].frame))
    geometries = zone_geometries(zones)
    middle_deg = _middle_deg(lines)
    found = Between((), (), (), (), (), ())
    for layer in layers:
        over = overlay(layer, frame, middle_deg, (fields or {}).get(layer.name))
        found = _joined(found, _of_layer(lines, zones, geometries, over, along_m))
    return found


def _of_layer(
    lines: tuple[Claim, Claim], zones: Sequence[Zone], geometries: Any, over: Overlay, along_m: float
) -> Between:
    """What of one layer lies between."""
    ellipsoid = lines[0].frame.ellipsoid
    on = tuple(on_strands(line, over.points) for line in lines)
    points, on_edge = points_inside(geometries, over, on[0] | on[1])
    pieces = (points, lines_inside(ellipsoid, geometries, over), areas_inside(ellipsoid, geometries, over))
    ways = [
        line_crossings(line, over, along_m, of_second=second) for line, second in zip(lines, (False, True), strict=True)
    ]
    return Between(
        by_zone=rows_of(zones, over, pieces, by_zone=True),
        by_side=rows_of(zones, over, pieces, by_zone=False),
        on_line=on_line_of(over, on[0], on[1], on_edge),
        crossings=_at_zones([crossing for found in ways for crossing in found[0]], zones, geometries),
        along=tuple(each for found in ways for each in found[1]),
        remarks=over.remarks,
    )


def _joined(one: Between, two: Between) -> Between:
    """Both together, one after the other."""
    return Between(
        one.by_zone + two.by_zone,
        one.by_side + two.by_side,
        one.on_line + two.on_line,
        one.crossings + two.crossings,
        one.along + two.along,
        one.remarks + two.remarks,
    )


def _middle_deg(lines: tuple[Claim, Claim]) -> float:
    """The middle of the longitudes of both lines, by which overlays are turned to lie beside them."""
    lons = [strand.lonlat[:, 0] for line in lines for strand in line.strands]
    return float(min(map(np.min, lons)) + max(map(np.max, lons))) / 2.0 if lons else 0.0


def _at_zones(crossings: Sequence[Crossing], zones: Sequence[Zone], geometries: Any) -> tuple[Crossing, ...]:
    """The crossings with the numbers of the zones that they lie in or at."""
    import shapely

    if not len(zones) or not len(crossings):
        return tuple(crossings)
    places = shapely.points([crossing.place for crossing in crossings])
    pairs = shapely.STRtree(geometries).query(places, predicate="dwithin", distance=_AT_ZONE_DEG)
    at: dict[int, list[int]] = {}
    for index, zone in sorted(pairs.T.tolist()):
        at.setdefault(index, []).append(zones[zone].number)
    return tuple(replace(crossing, zones=tuple(at.get(index, ()))) for index, crossing in enumerate(crossings))
