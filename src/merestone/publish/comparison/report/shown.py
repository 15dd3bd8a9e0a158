"""What of a comparison the page shows, each part under one key on map, profile and table: the largest, with a count
of what is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from merestone.compare.comparison import Comparison, Parting, Unmatched, Zone
from merestone.publish.comparison.export import ComparisonExport, Crossing
from merestone.publish.report.numbers import grouped, square_km

MOST_ZONES = 500
MOST_PARTINGS = 300
MOST_UNMATCHED = 200
MOST_CROSSINGS = 400

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts that are shown, by key in the order of the line: `z1` a zone, `p1` a parting, `u1` a part without a
    counterpart, `c1` a crossing."""

    zones: dict[str, Zone]
    partings: dict[str, Parting]
    unmatched: dict[str, Unmatched]
    crossings: dict[str, Crossing]

    def zone_key(self, number: int | None) -> str | None:
        """The key of a zone by its number, None where it is not shown."""
        key = f"z{number}"
        return key if key in self.zones else None


def shown(export: ComparisonExport) -> Shown:
    """The largest zones, the widest partings, the longest unmatched parts, the first crossings."""
    made = export.comparison
    zones = _largest(made.zones, MOST_ZONES, lambda zone: zone.area_m2)
    partings = _largest(made.partings, MOST_PARTINGS, lambda row: row.greatest_m)
    unmatched = _largest(made.unmatched, MOST_UNMATCHED, lambda row: row.reach.length_m)
    return Shown(
        {f"z{zone.number}": zone for zone in zones},
        {f"p{number}": row for number, row in enumerate(partings, 1)},
        {f"u{number}": row for number, row in enumerate(unmatched, 1)},
        {f"c{number}": row for number, row in enumerate(export.crossings[:MOST_CROSSINGS], 1)},
    )


def _largest(rows: Sequence[T], most: int, size: Callable[[T], float]) -> list[T]:
    """The largest of the rows in their own order; of equals the first."""
    ranked = sorted(enumerate(rows), key=lambda one: (-size(one[1]), one[0]))[:most]
    return [row for _, row in sorted(ranked, key=lambda one: one[0])]


def left_out_zones(made: Comparison, parts: Shown) -> str | None:
    """What is said where not all zones are shown: how many are not, and how much land they hold."""
    hidden = len(made.zones) - len(parts.zones)
    if hidden <= 0:
        return None
    area_m2 = sum(zone.area_m2 for zone in made.zones) - sum(zone.area_m2 for zone in parts.zones.values())
    return (
        f"The {grouped(len(parts.zones), 0)} largest of {grouped(len(made.zones), 0)} zones are drawn and listed; the "
        f"other {grouped(hidden, 0)} hold {square_km(area_m2)} together and are in the tables (.csv, .xlsx, .gpkg)."
    )
