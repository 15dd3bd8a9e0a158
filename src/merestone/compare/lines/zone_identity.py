"""Which zone of one comparison is which of another, made from other versions of the lines: by greatest overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from merestone.compare.comparison import Comparison, Earlier, FormerZone, Identity, Since, Zone
from merestone.geodesy.line import Floats
from merestone.sources.remark import Remark

Polygons = tuple[tuple[Floats, ...], ...]


class Outlined(Protocol):
    """A zone, of now or of an earlier comparison."""

    @property
    def number(self) -> int:
        """Its number."""

    @property
    def polygons(self) -> Polygons:
        """Each an outline and its holes."""


def with_identity(made: Comparison, earlier: Earlier) -> Comparison:
    """The comparison with its zones under the numbers of an earlier one, where they are the same zones; other zones get
    numbers that no zone had before. A remark says so where no zone is the same."""
    before = [zone for zone in earlier.zones if zone.polygons and not zone.gone_before]
    was = {after: former for former, after in same_zones(before, made.zones)}
    numbers, former = _numbers(made.zones, earlier, was), {zone.number: zone for zone in before}
    zones = tuple(_identified(zone, numbers, former.get(was.get(zone.number, 0))) for zone in made.zones)
    kept = set(was.values())
    gone = tuple(sorted((zone for zone in earlier.zones if zone.number not in kept), key=lambda zone: zone.number))
    identity = Identity(earlier.origin, earlier.lines, gone)
    return replace(made, zones=zones, identity=identity, remarks=(*made.remarks, *_strange(before, zones, identity)))


def _numbers(zones: Sequence[Zone], earlier: Earlier, was: dict[int, int]) -> dict[int, int]:
    """For the number of each zone the one that it gets: what it was, or one above all that were ever given."""
    highest = max((zone.number for zone in earlier.zones), default=0)
    new = [zone.number for zone in zones if zone.number not in was]
    return was | {number: highest + rank for rank, number in enumerate(new, start=1)}


def _identified(zone: Zone, numbers: dict[int, int], former: FormerZone | None) -> Zone:
    return replace(
        zone,
        number=numbers[zone.number],
        neighbours=tuple(sorted(numbers[each] for each in zone.neighbours)),
        since=Since.NEW if former is None else Since.KEPT,
        area_before_m2=None if former is None else former.area_m2,
    )


def _strange(before: Sequence[FormerZone], zones: Sequence[Zone], identity: Identity) -> tuple[Remark, ...]:
    """That no zone of before overlaps one of now: it may be a comparison of other lines."""
    if not before or not zones or any(zone.since is Since.KEPT for zone in zones):
        return ()
    sentence = (
        f"none of its zones overlaps a zone of this comparison, so all zones are new; it compared {identity.lines[0]} "
        f"and {identity.lines[1]}; check that these are the same two lines"
    )
    return (Remark("D313", sentence, size=float(len(before)), unit="zones", of=identity.origin.file),)


def same_zones(before: Sequence[Outlined], after: Sequence[Outlined]) -> tuple[tuple[int, int], ...]:
    """The numbers of zones that are one zone, before and after, in the order before.

    Two zones are one where each overlaps no other zone of the other comparison by more: in the plane of longitude and
    latitude, whose distortion is the same for all that one zone overlaps, to the size of the zone. Exchanging the
    comparisons exchanges the numbers; of overlaps equally great the zone that comes first counts.
    """
    import shapely

    if not before or not after:
        return ()
    near = float(after[0].polygons[0][0][0, 0])
    polygons = [[_shape(zone.polygons, near) for zone in zones] for zones in (before, after)]
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


def _shape(polygons: Polygons, near_deg: float) -> Any:
    """The polygons as one valid shape, each moved by whole turns so that it begins near a longitude: files cut what
    crosses the antimeridian."""
    import shapely

    moved = [
        [ring - np.array([360.0 * np.round((rings[0][0, 0] - near_deg) / 360.0), 0.0]) for ring in rings]
        for rings in polygons
    ]
    return shapely.make_valid(shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in moved]))
