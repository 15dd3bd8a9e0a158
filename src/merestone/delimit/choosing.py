"""Which of several intersections the words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from merestone.delimit.drawn import trouble
from merestone.delimit.fix import Place
from merestone.description.tree import Choice, Chooser
from merestone.diagnostics import Span
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.intersect import Intersection

ONE_PLACE_M = 1e-3
"""Crossings nearer to each other than this are one place."""


def choose(
    crossings: Sequence[Intersection],
    choice: Choice | None,
    near: Place | None,
    ellipsoid: Ellipsoid,
    span: Span | None,
) -> Intersection:
    """The crossing that is meant: the only one, or the one that the chooser picks; `near` is its point.

    Raises `TroubleError` where the lines do not meet, and where they meet more than once and nothing chooses.
    """
    if not crossings:
        raise trouble(
            "G512",
            "the two lines do not meet",
            span,
            "check the coordinates and directions of both, or add `produced` if the line is meant beyond its end",
        )
    if choice is None:
        meetings = _places(crossings, ellipsoid)
        if meetings > 1:
            raise trouble(
                "O607",
                f"the two lines meet {meetings} times and nothing says which meeting is meant",
                span,
                "add `nearest to POINT`, or `first along the first`",
            )
        return crossings[0]
    match choice.chooser:
        case Chooser.NEAREST:
            if near is None:
                raise trouble("O607", "`nearest to` names no place", choice.span, "name a point")
            return min(crossings, key=lambda each: distance_m(ellipsoid, near, each.place))
        case Chooser.FIRST_ALONG_FIRST:
            return min(crossings, key=lambda each: each.along_first_m)
        case Chooser.FIRST_ALONG_SECOND:
            return min(crossings, key=lambda each: each.along_second_m)
        case Chooser.NORTHERNMOST:
            return max(crossings, key=lambda each: each.place[1])
        case Chooser.SOUTHERNMOST:
            return min(crossings, key=lambda each: each.place[1])
        case Chooser.EASTERNMOST:
            return max(crossings, key=lambda each: each.place[0])
        case Chooser.WESTERNMOST:
            return min(crossings, key=lambda each: each.place[0])
        case _:
            assert_never(choice.chooser)


def _places(crossings: Sequence[Intersection], ellipsoid: Ellipsoid) -> int:
    """At how many places the lines meet: a whole circle counts its start, which is its end, once."""
    kept: list[Place] = []
    for crossing in crossings:
        if all(distance_m(ellipsoid, place, crossing.place) > ONE_PLACE_M for place in kept):
            kept.append(crossing.place)
    return len(kept)
