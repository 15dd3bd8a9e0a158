"""The tables of pairs: each line against each, both directions of a figure that has two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from merestone.compare.many.agreed import Agreement, PairFigures
from merestone.compare.many.constellations import together_m
from merestone.publish.report.numbers import grouped
from merestone.publish.text import plain

NOTHING = "-"
"""Where two lines do not answer to one another."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of pairs: its name with the unit, a sentence on how to read it, the cells row by row."""

    name: str
    note: str
    rows: tuple[tuple[str, ...], ...]


def matrices(made: Agreement) -> Iterator[Matrix]:
    """Greatest and mean separation in km, land between by side in km², length of what answers and along how much of the
    reference two lines run together, in km."""
    yield Matrix("Greatest separation, km", "The same in both directions.", _rows(made, _greatest))
    yield Matrix(
        "Mean separation, km",
        "From the line of the row to the line of the column, measured along the line of the row.",
        _rows(made, _mean),
    )
    yield Matrix("Land between, km²", _sides(made), _rows(made, _land))
    yield Matrix(
        "Length compared, km",
        "The part of the line of the row that has a counterpart in the line of the column.",
        _rows(made, _length),
    )
    along = together_m(made.runs, len(made.claims))
    together = tuple(
        tuple("" if one == other else grouped(along[one, other] / 1000, 1) for other in range(len(made.claims)))
        for one in range(len(made.claims))
    )
    yield Matrix(
        "Agreement along the reference, km",
        "Length along which both are in the same group, directly or through other lines.",
        together,
    )


def _rows(made: Agreement, cell: Callable[[PairFigures, int], str]) -> tuple[tuple[str, ...], ...]:
    """The cells of all pairs, each told which of its two lines stands in the row."""
    count = len(made.claims)
    rows = [[""] * count for _ in range(count)]
    for pair in made.pairs:
        one, other = pair.lines
        rows[one][other] = NOTHING if pair.means_m is None else cell(pair, 0)
        rows[other][one] = NOTHING if pair.means_m is None else cell(pair, 1)
    return tuple(map(tuple, rows))


def _greatest(pair: PairFigures, _: int) -> str:
    return grouped(pair.hausdorff_m / 1000, 3)


def _mean(pair: PairFigures, which: int) -> str:
    return grouped((pair.means_m or (0.0, 0.0))[which] / 1000, 3)


def _land(pair: PairFigures, which: int) -> str:
    """The land to the left of the row's line and to the right of the column's."""
    return grouped((pair.right_in_first_m2 if which else pair.left_in_first_m2) / 1e6, 3)


def _length(pair: PairFigures, which: int) -> str:
    return grouped(pair.lengths_m[which] / 1000, 1)


def _sides(made: Agreement) -> str:
    left, right = made.sides
    if left is None or right is None:
        return "Land left of the line of the row and right of the line of the column, in the common orientation."
    return f"Land of {plain(left)} by the line of the row and of {plain(right)} by the line of the column."
