"""What lies in zones added up: rows by zone and by side, and what lies exactly on the lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Side, Zone
from merestone.compare.overlays.overlay import Overlay
from merestone.compare.overlays.overlay_fields import Described
from merestone.compare.overlays.zone_contents import Pieces
from merestone.geodesy.line import Flags

MOST_NAMES = 5
Key = tuple[int | None, Side, str | None, str | None, str]
"""Zone, side of the first line, who holds it in the first, who in the second, what."""


@dataclass(frozen=True, slots=True)
class LayerBetween:
    """What of one layer and kind lies in one zone, or, with `zone` None, in all zones of one side together.

    `in_first`, `held_in_first`, `held_in_second` as of the zone; `what` ("road", "settlement", else "point", "line",
    "area"); `count` of features, `cut` of them only partly inside; `length_m` of lines, `area_m2` of areas; `people`
    the sum of `people_field` over points and whole areas, None where no field says it, `unknown` the features that
    are silent; `names` of the largest, at most five.
    """

    zone: int | None
    in_first: Side
    held_in_first: str | None
    held_in_second: str | None
    layer: str
    what: str
    count: int
    cut: int
    length_m: float
    area_m2: float
    people: int | None
    unknown: int
    people_field: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnLine:
    """Points exactly on a line or the edge of a zone, in no zone: on which lines, how many, who lives there."""

    on_first: bool
    on_second: bool
    layer: str
    what: str
    count: int
    people: int | None
    names: tuple[str, ...]


Sums = dict[int, list[float]]
"""By feature: its length, its area, and whether all of its parts lie wholly inside (1.0) or not (0.0)."""


def rows_of(
    zones: Sequence[Zone], over: Overlay, pieces: Sequence[Pieces], *, by_zone: bool
) -> tuple[LayerBetween, ...]:
    """Rows by zone (else all zones of a side together) and by what lies there; only what is there."""
    groups: dict[Key, Sums] = {}
    for each in pieces:
        columns = (each.zone.tolist(), each.feature.tolist(), each.length_m.tolist(), each.area_m2.tolist())
        for index, feature, length_m, area_m2, whole in zip(*columns, each.whole.tolist(), strict=True):
            zone = zones[index]
            what = over.features[feature].what or each.kind
            key = (zone.number if by_zone else None, zone.in_first, zone.held_in_first, zone.held_in_second, what)
            sums = groups.setdefault(key, {}).setdefault(feature, [0.0, 0.0, 1.0])
            sums[0] += length_m
            sums[1] += area_m2
            sums[2] *= whole
    order = sorted(groups, key=lambda key: (key[0] or 0, *((part is not None, str(part)) for part in key[1:])))
    return tuple(_row(key, groups[key], over) for key in order)


def _row(key: Key, sums: Sums, over: Overlay) -> LayerBetween:
    """The row of a group of features."""
    zone, in_first, held_in_first, held_in_second, what = key
    features = {feature: over.features[feature] for feature in sorted(sums)}
    known = [one.people for feature, one in features.items() if sums[feature][2] and one.people is not None]
    counted = over.features.population is not None
    return LayerBetween(
        zone=zone,
        in_first=in_first,
        held_in_first=held_in_first,
        held_in_second=held_in_second,
        layer=over.layer,
        what=what,
        count=len(features),
        cut=sum(1 for each in sums.values() if not each[2]),
        length_m=sum(sums[feature][0] for feature in features),
        area_m2=sum(sums[feature][1] for feature in features),
        people=sum(known) if counted else None,
        unknown=len(features) - len(known) if counted else 0,
        people_field=over.features.population,
        names=_largest((features[feature], sums[feature][0] + sums[feature][1]) for feature in features),
    )


def _largest(features: Iterable[tuple[Described, float]]) -> tuple[str, ...]:
    """The names of the largest: by people, then by size, then by name; each once."""
    named = [(one, size) for one, size in features if one.name]
    named.sort(key=lambda pair: (-(pair[0].people or 0), -pair[1], pair[0].name))
    return tuple(dict.fromkeys(one.name for one, _ in named))[:MOST_NAMES]


def on_line_of(over: Overlay, on_first: Flags, on_second: Flags, on_edge: Flags) -> tuple[OnLine, ...]:
    """The points on the lines or on edges of zones, by which line and what they are."""
    groups: dict[tuple[bool, bool, str], dict[int, Described]] = {}
    for index in np.nonzero(on_first | on_second | on_edge)[0].tolist():
        feature = int(over.points_of[index])
        one = over.features[feature]
        groups.setdefault((bool(on_first[index]), bool(on_second[index]), one.what or "point"), {})[feature] = one
    return tuple(
        OnLine(
            on_first=first,
            on_second=second,
            layer=over.layer,
            what=what,
            count=len(features),
            people=sum(one.people or 0 for one in features.values()) if over.features.population else None,
            names=_largest((one, 0.0) for one in features.values()),
        )
        for (first, second, what), features in sorted(groups.items())
    )
