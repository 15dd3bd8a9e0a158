"""The columns of every table of a comparison: one row for each, from which CSV and workbook are both written.

A name ends in its unit. Where a figure stands for both lines there are two columns, `_first` and `_second`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Generic, TypeVar

from merestone.compare.comparison import AtResolution, FormerZone, Parting, Reach, Unmatched, Zone
from merestone.publish.comparison.export import Crossing, LiesBetween
from merestone.publish.comparison.words import VERDICT_WORDS
from merestone.sources.remark import Remark

Value = str | int | float | None
"""What a cell holds; a number that is not finite is None."""

T_contra = TypeVar("T_contra", contravariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field(Generic[T_contra]):
    """A column: its key in CSV, its heading for people, the decimals of its numbers (None for texts), what it holds
    of a row, and its width in characters."""

    key: str
    heading: str
    decimals: int | None
    of: Callable[[T_contra], Value]
    width: int = 14


Fields = tuple[Field[T], ...]


def cells(fields: Fields[T], row: T) -> tuple[Value, ...]:
    """The values of a row, numbers rounded to the decimals of their columns."""
    return tuple(_rounded(field.of(row), field.decimals) for field in fields)


def _rounded(value: Value, decimals: int | None) -> Value:
    if not isinstance(value, float):
        return value
    return (round(value, decimals or 0) + 0.0) if isfinite(value) else None


def _reach(which: int, pick: Callable[[Reach], Value]) -> Callable[[Zone | Parting], Value]:
    """What to take of the reach on one of the lines, nothing where there is none."""

    def of(row: Zone | Parting) -> Value:
        reach = row.reaches[which]
        return None if reach is None else pick(reach)

    return of


def _on_both(first_heading: str = "first", second_heading: str = "second") -> Iterator[Field[Zone | Parting]]:
    """Strand, from, to on either line."""
    for which, name in ((0, first_heading), (1, second_heading)):
        yield Field(f"strand_{name}", f"Part of the {name}", None, _reach(which, lambda reach: reach.strand))
        yield Field(f"from_{name}_m", f"From on the {name}, m", 1, _reach(which, lambda reach: reach.from_m))
        yield Field(f"to_{name}_m", f"To on the {name}, m", 1, _reach(which, lambda reach: reach.to_m))


def ordinal(index: int | None) -> int | None:
    """An index as people count: from one."""
    return None if index is None else index + 1


ZONES: Fields[Zone] = (
    Field("zone", "Zone", None, lambda zone: zone.name, 8),
    Field("held_in_first", "Who has it in the first", None, lambda zone: zone.held_in_first, 22),
    Field("held_in_second", "Who has it in the second", None, lambda zone: zone.held_in_second, 22),
    Field("side_of_first", "Side of the first line", None, lambda zone: zone.in_first.value, 10),
    Field("area_m2", "Area, m²", 1, lambda zone: zone.area_m2, 16),
    Field("area_sigma_m2", "Sigma of the area, m²", 1, lambda zone: zone.area_sigma_m2, 16),
    Field("greatest_width_m", "Greatest width, m", 3, lambda zone: zone.greatest_width_m),
    Field("mean_width_m", "Mean width, m", 3, lambda zone: zone.mean_width_m),
    Field("edge_first_m", "Edge on the first, m", 1, lambda zone: zone.lengths_m[0]),
    Field("edge_second_m", "Edge on the second, m", 1, lambda zone: zone.lengths_m[1]),
    *_on_both(),
    Field("stretch", "Stretch", 0, lambda zone: ordinal(zone.stretch), 8),
    Field("latitude_deg", "Latitude, °", 9, lambda zone: zone.place[1]),
    Field("longitude_deg", "Longitude, °", 9, lambda zone: wrapped_deg(zone.place[0])),
    Field("neighbours", "Zones that touch it", None, lambda zone: " ".join(f"Z{n}" for n in zone.neighbours), 16),
    Field("verdict", "Verdict", None, lambda zone: VERDICT_WORDS[zone.verdict], 16),
    Field("probability", "Probability that land changes sides", 6, lambda zone: zone.probability),
    Field("since", "Since the earlier comparison", None, lambda zone: zone.since and zone.since.value, 12),
    Field("area_before_m2", "Area in it, m²", 1, lambda zone: zone.area_before_m2, 16),
)

GONE: Fields[FormerZone] = (
    Field("zone", "Zone", None, lambda zone: zone.name, 8),
    Field("area_m2", "Area when it was last there, m²", 1, lambda zone: zone.area_m2, 20),
    Field("gone_before", "Gone before the earlier comparison", None, lambda zone: yes_no(zone.gone_before), 14),
)

PARTINGS: Fields[Parting] = (
    Field("stretch", "Stretch", 0, lambda row: ordinal(row.stretch), 8),
    *_on_both(),
    Field("greatest_m", "Greatest separation, m", 3, lambda row: row.greatest_m),
    Field("second_lies", "The second line lies", None, lambda row: f"to the {row.side.value}"),
    Field("latitude_deg", "Latitude, °", 9, lambda row: row.place[1]),
    Field("longitude_deg", "Longitude, °", 9, lambda row: wrapped_deg(row.place[0])),
)

UNMATCHED: Fields[Unmatched] = (
    Field("line", "Line", None, lambda row: "second" if row.of_second else "first", 8),
    Field("strand", "Part of the line", None, lambda row: row.reach.strand),
    Field("from_m", "From, m", 1, lambda row: row.reach.from_m),
    Field("to_m", "To, m", 1, lambda row: row.reach.to_m),
    Field("length_m", "Length, m", 1, lambda row: row.reach.length_m),
    Field("why", "Why", None, lambda row: row.why, 26),
    Field("latitude_deg", "Latitude, °", 9, lambda row: row.place[1]),
    Field("longitude_deg", "Longitude, °", 9, lambda row: wrapped_deg(row.place[0])),
)

RESOLUTIONS: Fields[AtResolution] = (
    Field("opening_m", "Opening of the dividers, m", 1, lambda row: row.opening_m),
    Field("length_first_m", "Length of the first, m", 1, lambda row: row.lengths_m[0]),
    Field("length_second_m", "Length of the second, m", 1, lambda row: row.lengths_m[1]),
    Field("ratio", "First : second", 6, lambda row: row.lengths_m[0] / row.lengths_m[1] if row.lengths_m[1] else None),
)

REMARKS: Fields[Remark] = (
    Field("code", "Code", None, lambda row: row.code, 8),
    Field("of", "Of", None, lambda row: row.of, 24),
    Field("remark", "Finding", None, lambda row: row.sentence, 80),
    Field("size", "How large", 3, lambda row: row.size),
    Field("unit", "Unit", None, lambda row: row.unit, 8),
    Field("latitude_deg", "Latitude, °", 9, lambda row: row.place[1] if row.place else None),
    Field("longitude_deg", "Longitude, °", 9, lambda row: wrapped_deg(row.place[0]) if row.place else None),
)

CROSSINGS: Fields[Crossing] = (
    Field("name", "Name", None, lambda row: row.name, 30),
    Field("kind", "Kind", None, lambda row: row.kind, 18),
    Field("line", "Crosses the line", None, lambda row: "second" if row.of_second else "first", 10),
    Field("zone", "Zone", None, lambda row: None if row.zone is None else f"Z{row.zone}", 8),
    Field("latitude_deg", "Latitude, °", 9, lambda row: row.place[1]),
    Field("longitude_deg", "Longitude, °", 9, lambda row: wrapped_deg(row.place[0])),
)

BETWEEN: Fields[LiesBetween] = (
    Field("zone", "Zone", None, lambda row: "all" if row.zone is None else f"Z{row.zone}", 8),
    Field("side_of_first", "Side of the first line", None, lambda row: row.side.value if row.side else "both", 10),
    Field("layer", "Layer", None, lambda row: row.layer, 20),
    Field("what", "What", None, lambda row: row.what, 20),
    Field("count", "How many", 0, lambda row: row.count, 10),
    Field("length_m", "Length, m", 1, lambda row: row.length_m),
    Field("people", "People", 0, lambda row: row.people, 12),
)


def yes_no(value: bool) -> str:  # noqa: FBT001 (a cell)
    """`yes` or `no`."""
    return "yes" if value else "no"


def wrapped_deg(longitude_deg: float) -> float:
    """A longitude in (-180, 180] degrees."""
    return longitude_deg if -180.0 < longitude_deg <= 180.0 else 180.0 - (180.0 - longitude_deg) % 360.0
