"""The few figures and the one sentence from which a reader sees how far many lines agree."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from merestone.compare.many.agreed import Agreement, PairFigures
from merestone.compare.many.constellations import constellations
from merestone.publish.agreement.words import groups_text, names, numbered
from merestone.publish.comparison.figures import Figure, kilometres
from merestone.publish.report.numbers import grouped, rough, square_km
from merestone.publish.text import counted


def sentence(made: Agreement) -> str:
    """One sentence: along how much of the reference all lines run together, and which two part by most."""
    count, tolerance = len(made.claims), rough(made.settings.tolerance_m)
    if made.as_one:
        return f"All {count} lines are within {tolerance} of one another along their whole length."
    reference = names(made)[made.reference.line]
    said = (
        f"Along {kilometres(made.together_m, 1)} of the {kilometres(made.length_m, 1)} of {reference} "
        f"({per_cent(made, made.together_m)}), all {count} lines agree: each is within {tolerance} of another"
    )
    widest = furthest(made)
    if widest is None:
        return f"{said}."
    one, other = (names(made)[line] for line in widest.lines)
    return f"{said}. The two lines with the greatest separation, {one} and {other}, are up to {rough(widest.hausdorff_m)} apart."


def figures(made: Agreement) -> Iterator[Figure]:
    """Four figures: how far all agree, what occurs most, which two part by most, and which are nearest."""
    yield Figure(
        "All lines agree",
        per_cent(made, made.together_m),
        (f"{kilometres(made.together_m, 1)} of {kilometres(made.length_m, 1)}", _within(made)),
    )
    most = constellations(made.runs)[0]
    yield Figure(
        "Most common grouping",
        per_cent(made, most.length_m),
        (groups_text(most.groups, most.absent), "numbers of the lines; a bar separates lines that do not agree"),
    )
    widest = furthest(made)
    if widest is not None:
        one, other = (numbered(made)[line] for line in widest.lines)
        between = f"{square_km(widest.between_m2)} of land between"
        yield Figure("Greatest separation of two lines", rough(widest.hausdorff_m), (f"{one} and {other}", between))
    nearest = closest(made)
    if nearest is not None:
        one, other = (numbered(made)[line] for line in nearest.lines)
        between = f"{square_km(nearest.between_m2)} of land between"
        yield Figure(
            "Smallest mean separation of two lines", rough(nearest.mean_m or 0.0), (f"{one} and {other}", between)
        )


def _within(made: Agreement) -> str:
    return f"each within {rough(made.settings.tolerance_m)} of another"


def furthest(made: Agreement) -> PairFigures | None:
    """The pair with the greatest separation, the first of equals; None where no two lines answer to each other."""
    known = [pair for pair in made.pairs if isfinite(pair.hausdorff_m)]
    return max(known, key=lambda pair: round(pair.hausdorff_m, 6), default=None)


def closest(made: Agreement) -> PairFigures | None:
    """The pair with the least mean separation, the first of equals; None where no two lines answer to each other."""
    known = [pair for pair in made.pairs if pair.mean_m is not None]
    return min(known, key=lambda pair: round(pair.mean_m or 0.0, 6), default=None)


def why_reference(made: Agreement) -> str:
    """Why the reference is the reference."""
    sums = [standing.sum_m for standing in made.reference.standings if standing.may_be]
    mine = made.reference.standings[made.reference.line].sum_m
    said = f"the sum of its mean separations from the other lines is the smallest ({rough(mine)}"
    others = sorted(sums)[1:]
    next_ = f"; the next is {rough(others[0])}" if others else ""
    left_out = len(made.claims) - len(sums)
    partial = (
        f"; not considered: {counted(left_out, 'line')}, because too little of the other lines corresponds"
        if left_out
        else ""
    )
    return f"{said}{next_}){partial}; being the reference does not make it more correct"


def per_cent(made: Agreement, length_m: float) -> str:
    """A length as a share of the reference; whole only where it is the whole, and nothing only where it is nothing."""
    share = 100.0 * length_m / made.length_m if made.length_m else 0.0
    if share < 0.1:
        return "0 %" if length_m == 0.0 else "< 0.1 %"
    return "> 99.9 %" if 99.9 < share < 100.0 - 1e-9 else f"{grouped(share, 1).removesuffix('.0')} %"
