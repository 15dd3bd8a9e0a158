"""The few figures and the one sentence from which a reader sees where two lines part, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from merestone.compare.comparison import Comparison, Reach, Side, Statistics, Verdict
from merestone.compare.territory import ChangedLand
from merestone.publish.comparison.noticed import (
    apart_per_cent,
    is_accuracy_stated,
    narrow_text,
    per_cent,
)
from merestone.publish.comparison.words import (
    NOBODY,
    VERDICT_WORDS,
    cut,
    holders_on,
    place_text,
    short_names,
    side_names,
)
from merestone.publish.report.numbers import grouped, rough, square_km
from merestone.publish.text import counted, plain


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure for the head of a page: what it is, how much, and a line or two beside it."""

    name: str
    value: str
    beside: tuple[str, ...]


def balance_rows(made: Comparison) -> Iterator[tuple[str, str]]:
    """The land that one State has in the first version and the other in the second, from the polygons of both versions:
    one row each way, and a row for what the outlines of one version give to both States; none where polygons of the
    States are not known in both versions."""
    if made.territory is None:
        return
    for land in made.territory.changed:
        yield land_words(made, land), square_km(land.area_m2)
        if land.of_both_m2 > 0.0:
            yield "of this, land that one version gives to both States", square_km(land.of_both_m2)
    yield from _net(made)


def _net(made: Comparison) -> Iterator[tuple[str, str]]:
    """Which State has how much more in the second version, where land changes hands both ways."""
    if made.territory is None or 0.0 in made.territory.passes_m2:
        return
    given, taken = made.territory.passes_m2
    holder = made.territory.changed[0 if given >= taken else 1].both[1]
    if holder is not None:
        yield f"net, more for {cut(plain(holder))} in {short_names(made)[1]}", square_km(abs(given - taken))


def land_words(made: Comparison, land: ChangedLand) -> str:
    """Who has changed land in either version: `AAA in X, BBB in Y`."""
    one, two = short_names(made)
    in_first, in_second = (None if who is None else cut(plain(who)) for who in land.both)
    return f"{in_first or f'not {in_second}'} in {one}, {in_second or f'not {in_first}'} in {two}"


def balance_sentence(made: Comparison) -> str:
    """The territory balance in one sentence, empty where it is not known."""
    if made.territory is None:
        return ""
    ways = "; ".join(_way(made, land) for land in made.territory.changed)
    return f"Territory balance, from the polygons: {ways}."


def _way(made: Comparison, land: ChangedLand) -> str:
    """What changes hands one way, with how much of it one version gives to both States."""
    both = f", of which one version gives {square_km(land.of_both_m2)} to both States" if land.of_both_m2 > 0.0 else ""
    return f"{land_words(made, land)}: {square_km(land.area_m2)}{both}"


def sentence(made: Comparison) -> str:
    """One sentence: how far the lines part at most and on average, and how much land lies between them."""
    statistics = made.statistics
    if statistics is None:
        return "No part of one line corresponds to a part of the other."
    if made.hausdorff_m == 0.0 and not made.zones:
        return f"The two lines are identical along the {kilometres(made.lengths_m[0])} compared."
    worst = greatest(made)
    between = (
        f"{square_km(total_area_m2(made))} of land lies between them, in {counted(len(made.zones), 'zone')}{_narrow(made)}"
        if made.zones
        else "no land lies between them"
    )
    return (
        f"The two lines are at most {rough(made.hausdorff_m)} apart, at {place_text(worst)}, and "
        f"{_means(made)} apart on average; {between}."
    )


def _narrow(made: Comparison) -> str:
    """How many of the zones are rounding rather than land, as the end of a sentence."""
    said = narrow_text(made)
    return f", of which {said}" if said else ""


def greatest(made: Comparison) -> tuple[float, float]:
    """The place of the greatest separation: of the two directions that which is greater (longitude, latitude)."""
    if made.statistics is None:
        raise ValueError("without corresponding parts there is no greatest separation")
    one, two = made.statistics
    if one.greatest_m == two.greatest_m:
        return min(one.place, two.place)
    return one.place if one.greatest_m > two.greatest_m else two.place


def _where(made: Comparison) -> Iterator[str]:
    """Where the greatest separation lies: its place, how far along either line, and in which zone."""
    if made.hausdorff_m == 0.0:
        yield "nowhere apart"
        return
    yield place_text(greatest(made))
    for which, (one, name) in enumerate(zip(made.statistics or (), short_names(made), strict=True)):
        held = [zone.name for zone in made.zones for reach in [zone.reaches[which]] if _holds(reach, one)]
        zone = f", in {held[0]}" if held else ""
        yield f"km {grouped(one.along_m / 1000.0, 1)} of {name}{zone}"


def _holds(reach: Reach | None, one: Statistics) -> bool:
    return reach is not None and reach.strand == one.strand and reach.from_m <= one.along_m <= reach.to_m


def total_area_m2(made: Comparison) -> float:
    """All land between the lines; crumbs are counted in the sums of both sides."""
    return made.balance.left_in_first_m2 + made.balance.right_in_first_m2


def figures(made: Comparison) -> Iterator[Figure]:
    """The territory balance where polygons are known, then four figures: the greatest separation, the mean, the land between, and how much of it all is significant."""
    statistics = made.statistics
    if made.territory is not None:
        both_ways = tuple(f"{value}: {name}" for name, value in balance_rows(made))
        each_way = " and ".join(square_km(land_m2) for land_m2 in made.territory.areas_m2)
        yield Figure("Territory balance", each_way, both_ways)
    if statistics is None:
        yield Figure("Compared length", "none", ("no part of one line corresponds to a part of the other",))
        return
    yield Figure("Greatest separation", rough(made.hausdorff_m), tuple(_where(made)))
    yield Figure("Mean separation", _means(made), tuple(_spread(made)))
    yield Figure("Land between", square_km(total_area_m2(made)), tuple(_by_side(made)))
    yield _significant(made)


def _means(made: Comparison) -> str:
    """The mean separation from either line, once where both print alike, the smaller first."""
    return ranged(one.mean_m for one in made.statistics or ())


def ranged(values_m: Iterable[float]) -> str:
    """Distances as a range, the smaller first, one where they print alike: `259 to 271 m`."""
    values = sorted(values_m)
    low, high = rough(values[0]), rough(values[-1])
    if low == high:
        return low
    (number, unit), (_, other) = (text.rsplit(" ", 1) for text in (low, high))
    return f"{number} to {high}" if unit == other else f"{low} to {high}"


def _spread(made: Comparison) -> Iterator[str]:
    for name, pick in (("half within", "median_m"), ("95 % within", "p95_m")):
        yield f"{name} {ranged(getattr(one, pick) for one in made.statistics or ())}"


def _by_side(made: Comparison) -> Iterator[str]:
    """The land on either side of the first line, by who has it."""
    for side, area_m2 in areas_by_side(made):
        yield f"{square_km(area_m2)}: {holders_on(made, side)}"


def areas_by_side(made: Comparison) -> tuple[tuple[Side, float], ...]:
    """The land left of the first line and right of the second, and the other way round, in m²."""
    return (Side.LEFT, made.balance.left_in_first_m2), (Side.RIGHT, made.balance.right_in_first_m2)


def _significant(made: Comparison) -> Figure:
    """How much of the line differs beyond its accuracy; where none is stated, how much beyond the tolerance."""
    if not is_accuracy_stated(made):
        said = ("of the compared length", "no accuracy is stated, so differences cannot be compared with it")
        return Figure(f"Further apart than {rough(made.settings.tolerance_m)}", apart_per_cent(made), said)
    others = (f"{per_cent(made, each)} {VERDICT_WORDS[each]}" for each in (Verdict.UNDECIDABLE, Verdict.WITHIN_ERROR))
    return Figure("Significantly different", per_cent(made, Verdict.DIFFERENT), ("of the compared length", *others))


def kilometres(value_m: float, decimals: int = 3) -> str:
    """A length in km, metres below one km."""
    return f"{grouped(value_m / 1000.0, decimals)} km" if abs(value_m) >= 1000.0 else f"{grouped(value_m, 1)} m"


def sides_text(made: Comparison) -> str:
    """Who lies where along the common orientation."""
    left, right = side_names(made)
    if left == right == NOBODY:
        return "the files do not name the sides; left and right are those of the common orientation of both lines"
    return f"{left} on the left, {right} on the right in the common orientation of both lines"


def statistics_rows(made: Comparison) -> Iterator[tuple[str, ...]]:
    """Rows of figures that both lines have: what, of the first, of the second."""
    yield "length compared", *map(kilometres, made.lengths_m)
    yield "whole length", *map(kilometres, made.whole_lengths_m)
    if made.statistics is not None:
        for name, pick in (
            ("mean", "mean_m"),
            ("median", "median_m"),
            ("95 % within", "p95_m"),
            ("greatest", "greatest_m"),
        ):
            yield f"separation, {name}", *(rough(getattr(one, pick)) for one in made.statistics)
        yield "position of the greatest", *(place_text(one.place) for one in made.statistics)
        yield "part of the line there", *(plain(one.strand) for one in made.statistics)
        yield "distance from its start", *(kilometres(one.along_m) for one in made.statistics)
    for share in made.shares if is_accuracy_stated(made) else ():
        yield f"length {VERDICT_WORDS[share.verdict]}", *map(kilometres, share.lengths_m)


def common_rows(made: Comparison) -> Iterator[tuple[str, str]]:
    """Figures that stand for both lines at once: the two-sided distances, the land between by side."""
    if made.statistics is None:
        return
    yield "greatest separation (Hausdorff distance)", rough(made.hausdorff_m)
    yield "greatest separation when both lines are followed in step (Fréchet distance)", _between(made.frechet_m)
    for side, area_m2 in areas_by_side(made):
        yield f"area {holders_on(made, side)}", square_km(area_m2)
    if made.balance.crumbs:
        crumbs = counted(made.balance.crumbs, "piece")
        yield f"of this, in {crumbs} too small to be a zone", square_km(made.balance.crumbs_m2)


def _between(bounds_m: tuple[float, float]) -> str:
    return ranged(bounds_m)


def column_heads(made: Comparison) -> tuple[str, str, str]:
    """The heads of a table that has a column for each line."""
    one, two = short_names(made)
    return "", one, two
