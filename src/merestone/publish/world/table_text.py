"""A world comparison as the terminal prints it: the pairs that differ most first."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.compare.lines.land_zones import LEAST_M2
from merestone.compare.world.world import Alone, PairOutcome, WorldComparison
from merestone.publish.comparison.words import ORDINALS, accuracy, edges, origin, place_text, under_names
from merestone.publish.plain_table import PAGE_COLUMNS, indented, item, table
from merestone.publish.report.numbers import grouped
from merestone.publish.text import counted, folded, plain, width
from merestone.publish.world.export import NO_POSITION, WorldExport, differing_pairs, stated, summary, title

MOST_ROWS = 30
MOST_NAMED = 12
MOST_REMARKS = 12

HEADINGS = ("rank", "A", "B", "area km²", "A in 1st alone", "A in 2nd alone", "greatest m", "at", "mean m", "zones")
WHEN_STATED = ("undecidable km",)
LAST = ("unmatched km",)
NUMBERS = frozenset({*HEADINGS, *WHEN_STATED, *LAST} - {"A", "B", "at"})


def write_text(export: WorldExport) -> bytes:
    """The whole text as UTF-8 bytes."""
    return table_text(export).encode()


def table_text(export: WorldExport) -> str:
    """What the terminal prints, lines ended by line feeds."""
    return "\n".join(line.rstrip() for line in _lines(export.world)) + "\n"


def _lines(world: WorldComparison) -> Iterator[str]:
    name = title(world)
    yield name
    yield "=" * min(width(name), PAGE_COLUMNS)
    yield from folded(f"{NO_POSITION[:1].upper()}{NO_POSITION[1:]}.", PAGE_COLUMNS)
    yield ""
    for ordinal, claim, who in zip(ORDINALS, (world.first, world.second), under_names(world), strict=True):
        yield from item(ordinal.capitalize(), who)
        yield from item("", "; ".join(part for part in (edges(claim), accuracy(claim), origin(claim)) if part))
    yield ""
    yield from folded(f"{summary(world)}.", PAGE_COLUMNS)
    yield ""
    yield from _ranked(world)
    yield from _not_compared(world)
    yield from _only_in_one(world)
    yield from _differing(world)
    yield from _remarks(world)


def _ranked(world: WorldComparison) -> Iterator[str]:
    """The table of the pairs that differ most."""
    said = stated(world)
    compared = [each for each in world.outcomes if each.area_m2 is not None]
    headings = (*HEADINGS, *(WHEN_STATED if said else ()), *LAST)
    rows = [_row(rank, each, said=said) for rank, each in enumerate(compared[:MOST_ROWS], 1)]
    yield from table(headings, rows, NUMBERS)
    if len(compared) > MOST_ROWS:
        yield f"  ... and {counted(len(compared) - MOST_ROWS, 'more pair')}; .json .csv .xlsx have all"
    yield ""
    note = (
        "A in 1st alone: km² that A has in the first version and B in the second; A in 2nd alone: the reverse. Where "
        "both versions hold polygons, areas come from these. Two figures with a slash are of the first and of the second "
        "version."
    )
    yield from indented(note, 2)


def _row(rank: int, outcome: PairOutcome, *, said: bool) -> tuple[str, ...]:
    measures, passing = outcome.measures, outcome.passing
    held_m2 = passing.passes_m2 if passing is not None else measures.held_m2 if measures is not None else None
    held = ("", "") if held_m2 is None else tuple(grouped(each / 1e6, 2) for each in held_m2)
    area = grouped((outcome.area_m2 or 0.0) / 1e6, 2)
    if measures is None:
        empty = ("",) * (4 + said)
        return (str(rank), *outcome.pair, area, *held, *empty, _two_km(outcome.unmatched_m))
    undecidable = (_two_km(measures.undecidable_m),) if said else ()
    return (
        str(rank), *outcome.pair, area, *held, grouped(measures.greatest_m, 0),
        place_text(measures.place), f"{measures.mean_m[0]:,.0f} / {measures.mean_m[1]:,.0f}", str(measures.zones),
        *undecidable, _two_km(outcome.unmatched_m),
    )  # fmt: skip


def _two_km(pair_m: tuple[float, float]) -> str:
    return f"{pair_m[0] / 1e3:,.0f} / {pair_m[1] / 1e3:,.0f}"


def _not_compared(world: WorldComparison) -> Iterator[str]:
    left = [each for each in world.outcomes if each.measures is None]
    if left:
        yield ""
        yield f"Not compared: {counted(len(left), 'pair')}"
        for each in left[:MOST_NAMED]:
            yield from indented(f"{plain(' - '.join(each.pair))}: {plain(each.why_not)}", 2)
        if len(left) > MOST_NAMED:
            yield f"  ... and {len(left) - MOST_NAMED} more"


def _only_in_one(world: WorldComparison) -> Iterator[str]:
    for ordinal, alone in zip(ORDINALS, world.alone, strict=True):
        if alone:
            total_km = sum(each.length_m for each in alone) / 1e3
            yield ""
            yield f"Only in the {ordinal} version: {counted(len(alone), 'pair')}, {grouped(total_km, 0)} km"
            yield from indented(", ".join(map(_lone, alone)), 2)
    if world.unlined:
        yield ""
        yield f"Without a line in either version, but land changes sides: {counted(len(world.unlined), 'pair')}"
        yield from indented(", ".join(map(_lone, world.unlined)), 2)


def _lone(alone: Alone) -> str:
    """A pair, with the land that passes by the polygons."""
    passes_m2 = 0.0 if alone.passing is None else sum(alone.passing.passes_m2)
    land = f" ({grouped(passes_m2 / 1e6, 2)} km² change sides)" if passes_m2 >= LEAST_M2 else ""
    return plain(" - ".join(alone.pair)) + land


def _differing(world: WorldComparison) -> Iterator[str]:
    """The pairs whose lines enclose another area than the polygons give."""
    if world.differing:
        yield ""
        yield f"Lines and polygons give different areas: {counted(len(differing_pairs(world)), 'pair')}"
        for remark in world.differing[:MOST_REMARKS]:
            yield from indented(f"{remark.code} {plain(remark.of)}: {plain(remark.sentence)}", 2)
        if len(world.differing) > MOST_REMARKS:
            yield f"  ... and {len(world.differing) - MOST_REMARKS} more; .json and .xlsx have all"


def _remarks(world: WorldComparison) -> Iterator[str]:
    if not world.remarks:
        return
    yield ""
    yield f"{counted(len(world.remarks), 'finding')} about the files:"
    for remark in world.remarks[:MOST_REMARKS]:
        yield from indented(f"{remark.code} {plain(remark.of)}: {plain(remark.sentence)}", 2)
    if len(world.remarks) > MOST_REMARKS:
        yield f"  ... and {len(world.remarks) - MOST_REMARKS} more; .json and .xlsx have all"
