"""The columns of the tables of a world comparison: from them CSV, workbook and JSON are written.

A name ends in its unit. Where a figure stands for both versions there are two columns, `_first` and `_second`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from merestone.compare.comparison import Pair
from merestone.compare.world.passing import Passing
from merestone.compare.world.world import Alone, Measures, PairOutcome, WorldComparison
from merestone.publish.comparison.fields import Field, Fields, T, Value, wrapped_deg


@dataclass(frozen=True, slots=True)
class Ranked:
    """An outcome with its rank, from 1."""

    rank: int
    outcome: PairOutcome


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """A pair that one version alone has, or neither (between whose States land passes)."""

    version: str
    alone: Alone


def ranked_rows(world: WorldComparison) -> Iterator[Ranked]:
    """All outcomes with their ranks."""
    return (Ranked(rank, each) for rank, each in enumerate(world.outcomes, 1))


def only_in_rows(world: WorldComparison) -> Iterator[OnlyIn]:
    """All pairs that one version alone has, those of the first before those of the second, then those of neither."""
    lists = (("first", world.alone[0]), ("second", world.alone[1]), ("neither", world.unlined))
    return (OnlyIn(version, each) for version, alone in lists for each in alone)


def _of(pick: Callable[[Measures], Value]) -> Callable[[Ranked], Value]:
    """A measure, nothing where the pair was not compared."""
    return lambda row: None if row.outcome.measures is None else pick(row.outcome.measures)


def _both(key: str, heading: str, decimals: int, pick: Callable[[Measures], Pair | None]) -> Iterator[Field[Ranked]]:
    """A figure of both versions."""

    def of(version: int) -> Callable[[Measures], Value]:
        def value(measures: Measures) -> Value:
            pair = pick(measures)
            return None if pair is None else pair[version]

        return value

    for version, name in enumerate(("first", "second")):
        yield Field(f"{key.replace('*', name)}", heading.replace("*", name), decimals, _of(of(version)))


def _of_land(passing: Callable[[T], Passing | None]) -> Iterator[Field[T]]:
    """What passes between the States of a pair, from the polygons, and what the lines alone enclose; both ways."""

    def of(pick: Callable[[Passing], Pair | None], way: int) -> Callable[[T], Value]:
        def value(row: T) -> Value:
            found = passing(row)
            pair = None if found is None else pick(found)
            return None if pair is None else pair[way]

        return value

    for way, (key, words) in enumerate((("a_then_b", "A in the first, B in the second"), ("b_then_a", "B, then A"))):
        yield Field(f"{key}_m2", f"{words}, by the polygons, m²", 1, of(lambda each: each.areas_m2, way), 18)
        yield Field(
            f"{key}_passes_m2", f"{words}, without land of both, m²", 1, of(lambda each: each.passes_m2, way), 18
        )
        yield Field(f"{key}_lines_m2", f"{words}, by the lines alone, m²", 1, of(lambda each: each.lines_m2, way), 18)


def _of_outcome(row: Ranked) -> Passing | None:
    return row.outcome.passing


def _of_alone(row: OnlyIn) -> Passing | None:
    return row.alone.passing


PAIRS: Fields[Ranked] = (
    Field("rank", "Rank", None, lambda row: row.rank, 7),
    Field("state_a", "State A", None, lambda row: row.outcome.pair[0], 16),
    Field("state_b", "State B", None, lambda row: row.outcome.pair[1], 16),
    Field("area_m2", "Area between the versions, m²", 1, lambda row: row.outcome.area_m2, 18),
    *_both("a_holds_only_in_*_m2", "A has it in the * alone, m²", 1, lambda each: each.held_m2),
    *_of_land(_of_outcome),
    Field("no_balance", "Why there is no balance", None, lambda row: row.outcome.no_balance or None, 44),
    Field("greatest_m", "Greatest separation, m", 3, _of(lambda each: each.greatest_m)),
    Field("latitude_deg", "Its latitude, °", 9, _of(lambda each: each.place[1])),
    Field("longitude_deg", "Its longitude, °", 9, _of(lambda each: wrapped_deg(each.place[0]))),
    *_both("mean_*_m", "Mean separation along the *, m", 3, lambda each: each.mean_m),
    *_both("different_*_m", "Different, length in the *, m", 1, lambda each: each.different_m),
    *_both("undecidable_*_m", "Undecidable, length in the *, m", 1, lambda each: each.undecidable_m),
    *_both("within_error_*_m", "Within the error, length in the *, m", 1, lambda each: each.within_error_m),
    *_both("compared_*_m", "Compared length in the *, m", 1, lambda each: each.compared_m),
    Field("whole_first_m", "Whole length in the first, m", 1, lambda row: row.outcome.whole_m[0]),
    Field("whole_second_m", "Whole length in the second, m", 1, lambda row: row.outcome.whole_m[1]),
    Field("unmatched_first_m", "Without a counterpart, in the first, m", 1, lambda row: row.outcome.unmatched_m[0]),
    Field("unmatched_second_m", "Without a counterpart, in the second, m", 1, lambda row: row.outcome.unmatched_m[1]),
    Field("zones", "Zones", None, _of(lambda each: each.zones), 8),
    Field("vertices_first", "Vertices in the first", None, lambda row: row.outcome.vertices[0], 10),
    Field("vertices_second", "Vertices in the second", None, lambda row: row.outcome.vertices[1], 10),
    Field("remarks", "Findings", None, _of(lambda each: each.remarks), 9),
    Field("why_not", "Why it was not compared", None, lambda row: row.outcome.why_not or None, 44),
)

ONLY_IN: Fields[OnlyIn] = (
    Field("version", "In the version", None, lambda row: row.version, 10),
    Field("state_a", "State A", None, lambda row: row.alone.pair[0], 24),
    Field("state_b", "State B", None, lambda row: row.alone.pair[1], 24),
    Field("length_m", "Length, m", 1, lambda row: row.alone.length_m),
    *_of_land(_of_alone),
    Field("no_balance", "Why there is no balance", None, lambda row: row.alone.no_balance or None, 44),
)
