"""Whether a disagreement vanishes where the point or comma of a printed length is read the other way.

`12,345 m` is twelve metres or twelve thousand. Which, the head declares; where an instrument says a length twice and the
two disagree, a declaration that does not fit this number is the first thing to suspect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from merestone.delimit.expectations import Evaluated
from merestone.delimit.lengths import metres, square_metres
from merestone.delimit.misprints import Slip
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.numbers import other_readings
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import ExpectArea, ExpectDistance, ExpectLength, ForDistance, Leg, Length


def separators_that_explain(figure: Evaluated, legs: Mapping[tuple[str, str], ResolvedLeg]) -> tuple[Slip, ...]:
    """Every length or area whose other reading would make a figure agree: the figure's own, then those of its leg."""
    return (*_in_figure(figure), *_in_leg(figure, legs))


def _in_figure(figure: Evaluated) -> Iterator[Slip]:
    match figure.expectation:
        case ExpectLength(length=said) | ExpectDistance(length=said):
            one = metres(said) / float(said.number.value) if said.number.value else 0.0
        case ExpectArea(area=said):
            one = square_metres(said) / float(said.number.value) if said.number.value else 0.0
        case _:
            return
    for other in other_readings(said.number):
        if abs(figure.computed - float(other.value) * one) <= figure.allowed:
            yield Slip(f"the {figure.quantity} itself", said.number.text, other.plain(), said.span)


def _in_leg(figure: Evaluated, legs: Mapping[tuple[str, str], ResolvedLeg]) -> Iterator[Slip]:
    """The lengths that the leg itself is made of, one at a time."""
    if not isinstance(figure.expectation, ExpectLength):
        return
    for leg in legs.values():
        if isinstance(leg.node, Leg) and any(clause is figure.expectation for clause in leg.node.clauses):
            for said in _lengths_of(leg.node):
                one = metres(said) / float(said.number.value) if said.number.value else 0.0
                for other in other_readings(said.number):
                    more_m = float(Fraction(other.value) - Fraction(said.number.value)) * one
                    if abs(figure.computed + more_m - figure.expected) <= figure.allowed:
                        yield Slip(f"the length of {figure.subject}", said.number.text, other.plain(), said.span)


def _lengths_of(leg: Leg) -> Iterator[Length]:
    if isinstance(leg.ending, ForDistance):
        yield leg.ending.distance
    if isinstance(leg.kind, TraverseLeg):
        yield from (distance for _, distance in leg.kind.courses)
