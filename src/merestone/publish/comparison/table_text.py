"""A comparison as the terminal prints it: the summary first, then zones, partings, unmatched parts, lengths, remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from merestone.compare.comparison import Comparison, FormerZone, Parting, Reach, Unmatched, Zone
from merestone.compare.lines.places import PlaceBeside
from merestone.publish.comparison.export import ComparisonExport, Crossing, LiesBetween
from merestone.publish.comparison.figures import (
    balance_rows,
    column_heads,
    common_rows,
    sentence,
    sides_text,
    statistics_rows,
)
from merestone.publish.comparison.noticed import is_accuracy_stated, judged, narrow_text, noticed
from merestone.publish.comparison.words import (
    ORDINALS,
    accuracy,
    before_text,
    chance,
    edges,
    holders,
    identity_text,
    origin,
    place_text,
    short_names,
    size_text,
    standing,
    title,
    under_names,
)
from merestone.publish.plain_table import PAGE_COLUMNS, indented, item, table
from merestone.publish.report.numbers import grouped
from merestone.publish.text import folded, width

MOST_ROWS = 40
"""A list on the terminal holds no more rows; it says how many were left out, and other formats have all."""

ZONE_HEADINGS = (
    "zone",
    "in the first",
    "in the second",
    "area km²",
    "± sigma",
    "widest m",
    "mean m",
    "first km",
    "second km",
    "verdict",
    "probability",
)
BEFORE_HEADING = "was, km²"
GONE_HEADINGS = ("zone", "was km²", "gone")
PARTING_HEADINGS = ("stretch", "first km", "second km", "greatest m", "second lies", "greatest at")
UNMATCHED_HEADINGS = ("line", "part of line", "km", "length km", "why", "at")
RESOLUTION_HEADINGS = ("dividers m", "first km", "second km", "first : second")
PLACE_HEADINGS = ("place", "line", "lies on the side of", "probability", "off the line m", "sigma m")
CROSSING_HEADINGS = ("line", "what crosses it", "kind", "zone", "at")
BETWEEN_HEADINGS = ("zone", "side of first", "layer", "what", "count", "length km", "people")
NUMBERS = frozenset(
    {"area km²", "was km²", "± sigma", "widest m", "mean m", "first km", "second km", "probability", "greatest m", "km"}
    | {"length km", "dividers m", "first : second", "count", "people"}
)


T = TypeVar("T")


def write_text(export: ComparisonExport) -> bytes:
    """The whole text as UTF-8 bytes."""
    return table_text(export).encode()


def table_text(export: ComparisonExport) -> str:
    """What the terminal prints, lines ended by line feeds."""
    return "\n".join(line.rstrip() for line in _lines(export)) + "\n"


def _lines(export: ComparisonExport) -> Iterator[str]:
    made = export.comparison
    yield from _head(export)
    yield ""
    yield from _balance(made)
    yield from folded(sentence(made), PAGE_COLUMNS)
    yield ""
    yield from _summary(made)
    yield from _zones(made)
    if made.identity is not None:
        yield from _list("Zones that are gone", GONE_HEADINGS, made.identity.gone, _gone)
    partings = sorted(made.partings, key=lambda row: -row.greatest_m)
    yield from _list("Further apart than the tolerance, the widest first", PARTING_HEADINGS, partings, _parting)
    yield from _list("Without a counterpart", UNMATCHED_HEADINGS, made.unmatched, _unmatched)
    yield from _list(
        "Lengths at common resolutions",
        RESOLUTION_HEADINGS,
        made.resolutions,
        lambda row: _resolution(row.opening_m, row.lengths_m),
    )
    yield from _list("What lies between", BETWEEN_HEADINGS, export.between, _between)
    yield from _list("Places", PLACE_HEADINGS, [row for pair in export.places for row in enumerate(pair)], _place)
    yield from _list("Crossings of the lines", CROSSING_HEADINGS, export.crossings, _crossing)
    yield from _remarks(made)


def _head(export: ComparisonExport) -> Iterator[str]:
    """Title, standing, both lines as stated, who lies where."""
    made = export.comparison
    name = title(export)
    yield name
    yield "=" * min(max(1, width(name)), PAGE_COLUMNS)
    yield from folded(f"{standing(made)[:1].upper()}{standing(made)[1:]}.", PAGE_COLUMNS)
    yield ""
    for ordinal, claim, name in zip(ORDINALS, (made.first, made.second), under_names(made), strict=True):
        yield from item(ordinal.capitalize(), name)
        yield from item("", "; ".join(part for part in (edges(claim), accuracy(claim), origin(claim)) if part))
    yield from item("Sides", sides_text(made))


def _balance(made: Comparison) -> Iterator[str]:
    """The territory balance, where polygons are known in both versions."""
    rows = list(balance_rows(made))
    if rows:
        yield "Territory balance, from the polygons of both versions"
        for name, value in rows:
            yield from indented(f"{name}: {value}", 2)
        yield ""


def _summary(made: Comparison) -> Iterator[str]:
    yield from table(column_heads(made), list(statistics_rows(made)), frozenset(short_names(made)))
    yield ""
    for name, value in common_rows(made):
        yield from indented(f"{name}: {value}", 2)


def _zones(made: Comparison) -> Iterator[str]:
    """The table of zones wider than the tolerance, the largest first; the narrower ones and the rest in a sentence."""
    if not made.zones:
        yield ""
        yield "There are no zones of difference."
        yield from folded(identity_text(made), PAGE_COLUMNS) if made.identity is not None else ()
        return
    wide = noticed(made)
    shown = wide[:MOST_ROWS]
    left_m2 = sum(zone.area_m2 for zone in wide) - sum(zone.area_m2 for zone in shown)
    yield ""
    yield f"Zones of difference ({grouped(len(made.zones), 0)}), the largest first"
    judging = len(ZONE_HEADINGS) if is_accuracy_stated(made) else ZONE_HEADINGS.index("verdict")
    headings = ZONE_HEADINGS[:judging]
    if made.identity is None:
        yield from table(headings, [_zone(made, zone) for zone in shown], NUMBERS) if shown else ()
    else:
        yield from indented(identity_text(made), 2)
        headings = (headings[0], BEFORE_HEADING, *headings[1:])
        yield from table(headings, [_zone(made, zone, before_text(zone)) for zone in shown], NUMBERS) if shown else ()
    if len(shown) < len(wide):
        yield f"  and {grouped(len(wide) - len(shown), 0)} smaller zones, {grouped(left_m2 / 1e6, 3)} km² in all"
    if said := narrow_text(made):
        yield from indented(f"{said}.", 2)


def _zone(made: Comparison, zone: Zone, *before: str) -> tuple[str, ...]:
    return (
        zone.name,
        *before,
        *holders(zone),
        grouped(zone.area_m2 / 1e6, 3),
        grouped(zone.area_sigma_m2 / 1e6, 3),
        grouped(zone.greatest_width_m, 1),
        grouped(zone.mean_width_m, 1),
        *map(reach_km, zone.reaches),
        *judged(made, zone),
    )


def _gone(zone: FormerZone) -> tuple[str, ...]:
    return zone.name, grouped(zone.area_m2 / 1e6, 3), "earlier" if zone.gone_before else "since then"


def reach_km(reach: Reach | None) -> str:
    """From where to where along a line, in km; a dash where it has no part in it."""
    if reach is None:
        return "-"
    return f"{grouped(reach.from_m / 1000, 2)}–{grouped(reach.to_m / 1000, 2)}"


def _parting(row: Parting) -> tuple[str, ...]:
    return (
        str(row.stretch + 1),
        *map(reach_km, row.reaches),
        grouped(row.greatest_m, 1),
        f"to the {row.side.value}",
        place_text(row.place),
    )


def _unmatched(row: Unmatched) -> tuple[str, ...]:
    return (
        ORDINALS[int(row.of_second)],
        row.reach.strand,
        reach_km(row.reach),
        grouped(row.reach.length_m / 1000, 3),
        row.why,
        place_text(row.place),
    )


def _resolution(opening_m: float, lengths_m: tuple[float, float]) -> tuple[str, ...]:
    one, two = lengths_m
    ratio = f"{one / two:.4f}" if two else "-"
    return grouped(opening_m, 0), grouped(one / 1000, 3), grouped(two / 1000, 3), ratio


def _between(row: LiesBetween) -> tuple[str, ...]:
    return (
        "all" if row.zone is None else f"Z{row.zone}",
        row.side.value if row.side else "both",
        row.layer,
        row.what,
        grouped(row.count, 0),
        "" if row.length_m is None else grouped(row.length_m / 1000, 3),
        "" if row.people is None else grouped(row.people, 0),
    )


def _place(row: tuple[int, PlaceBeside]) -> tuple[str, ...]:
    """A place beside one line: on whose side it lies, with which probability, how far off."""
    line, beside = row
    left = beside.offset_m >= 0.0
    side = (beside.left or "left") if left else (beside.right or "right")
    probability = beside.left_probability if left else 1.0 - beside.left_probability
    if beside.held_by is not None and len(beside.held_by) != 1:
        side = " and ".join(beside.held_by) or "neither State"
    apart, sigma = grouped(abs(beside.offset_m), 1), grouped(beside.sigma_m, 1)
    return place_text(beside.place), ORDINALS[line], side, chance(probability), apart, sigma


def _crossing(row: Crossing) -> tuple[str, ...]:
    zone = "" if row.zone is None else f"Z{row.zone}"
    return ORDINALS[int(row.of_second)], row.name or "not named", row.kind, zone, place_text(row.place)


def _list(
    name: str, headings: tuple[str, ...], rows: Sequence[T], cells: Callable[[T], tuple[str, ...]]
) -> Iterator[str]:
    """A table with its count, cut with a count of what was cut; nothing for an empty one."""
    if not rows:
        return
    yield ""
    yield f"{name} ({grouped(len(rows), 0)})"
    yield from table(headings, [cells(row) for row in rows[:MOST_ROWS]], NUMBERS)
    if len(rows) > MOST_ROWS:
        yield f"  and {grouped(len(rows) - MOST_ROWS, 0)} more"


def _remarks(made: Comparison) -> Iterator[str]:
    """What a reader must know of the sources and of the computation."""
    if not made.remarks:
        return
    yield ""
    yield f"Findings ({grouped(len(made.remarks), 0)})"
    for remark in made.remarks[:MOST_ROWS]:
        size = f" ({size_text(remark)})" if remark.size is not None else ""
        of = f"{remark.of}: " if remark.of else ""
        where = f", at {place_text(remark.place)}" if remark.place else ""
        yield from indented(f"{remark.code} {of}{remark.sentence}{size}{where}", 2)
    if len(made.remarks) > MOST_ROWS:
        yield f"  and {grouped(len(made.remarks) - MOST_ROWS, 0)} more"
