"""Which single slip of the pen would make a disagreement vanish.

Typesetters and typists mistake one digit, exchange two neighbours, or write the letter of the other hemisphere. Every such change of a printed coordinate of
the ends of a leg, and of the figure itself, is tried; kept are those that make the figure agree without making any
other figure disagree that involves the same point, and without moving an end off the parallel or meridian that a leg
follows. Where an end lies off such a parallel or meridian already, a change that brings it back explains two things
at once, and only such changes are kept. What is left is a suggestion, never a correction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.canonical import units_of, wrapped
from merestone.delimit.expectations import Ends, Evaluated, differences
from merestone.delimit.lengths import metres
from merestone.delimit.printed import Prints
from merestone.description.azimuths import CountedAzimuth
from merestone.description.legs.meridian import MeridianLeg
from merestone.description.legs.parallel import ParallelLeg
from merestone.description.numbers import again
from merestone.description.tree import (
    OPPOSITE,
    Coordinate,
    ExpectAzimuth,
    ExpectDistance,
    ExpectLength,
    Leg,
    ToPoint,
)
from merestone.diagnostics import Span
from merestone.geodesy.angle import AngleTrouble, Scanned, scan_angle
from merestone.geodesy.line import Floats

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled

DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Slip:
    """One change of a printed text that makes a figure agree: where, `printed` as it stands, `likely` instead."""

    where: str
    printed: str
    likely: str
    span: Span


def one_slip_away(text: str) -> tuple[str, ...]:
    """Every text that differs from this one in a single digit, or by two neighbouring digits exchanged."""
    found: dict[str, None] = {}
    places = [place for place, character in enumerate(text) if character in DIGITS]
    for place in places:
        for digit in DIGITS:
            found[text[:place] + digit + text[place + 1 :]] = None
    for place, following in pairwise(places):
        between = text[place + 1 : following]
        found[text[:place] + text[following] + between + text[place] + text[following + 1 :]] = None
    found.pop(text, None)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two points that a leg along a meridian (axis 0) or a parallel (axis 1) puts on one longitude or latitude."""

    axis: int
    value_deg: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a changed coordinate has to live with: the other figures, the ties of each point, the prints."""

    figures: Sequence[Evaluated]
    ties: Mapping[str, Sequence[Tie]]
    prints: Prints


def slips_that_explain(figure: Evaluated, around: Surroundings) -> tuple[Slip, ...]:
    """Every single slip that would make a figure agree, in the coordinates of its ends and in the figure itself."""
    found = list(_in_coordinates(figure, around))
    mending = [slip for slip, mends in found if mends]
    if mending:
        return tuple(mending)
    return (*(slip for slip, _ in found), *_in_figure(figure))


def _in_coordinates(figure: Evaluated, around: Surroundings) -> Iterator[tuple[Slip, bool]]:
    if figure.ends is None:
        return
    for name in dict.fromkeys((figure.ends.start, figure.ends.end)):
        if not figure.ends.shared.isdisjoint((f"longitude of {name}", f"latitude of {name}")):
            continue  # the other end moves with it
        others = [each for each in around.figures if each is not figure and each.agrees and _involves(each, name)]
        for axis, table in ((0, around.prints.longitudes), (1, around.prints.latitudes)):
            coordinate = table.get(name)
            if coordinate is not None:
                ties = [tie for tie in around.ties.get(name, ()) if tie.axis == axis]
                yield from _in_coordinate(figure, others, ties, name, axis, coordinate)


def _in_coordinate(
    figure: Evaluated, others: list[Evaluated], ties: list[Tie], name: str, axis: int, coordinate: Coordinate
) -> Iterator[tuple[Slip, bool]]:
    variants = [
        (text, value) for text in one_slip_away(coordinate.angle.text) if (value := _read(text, coordinate)) is not None
    ]
    printed, other = (
        f"{coordinate.angle.text} {letter}" for letter in (coordinate.hemisphere, OPPOSITE[coordinate.hemisphere])
    )
    variants.append((other, _degrees(replace(coordinate, hemisphere=OPPOSITE[coordinate.hemisphere]))))
    values = np.array([value for _, value in variants])
    fits = np.array([abs(value) <= (90.0 if axis == 1 else 180.0) for value in values])
    for each in (figure, *others):
        if each.ends is not None:
            starts, ends = (_moved(each.ends, which, name, axis, values) for which in ("start", "end"))
            fits &= np.abs(differences(each, each.ends, starts, ends)) <= each.allowed
    for tie in ties:
        if tie.holds:
            fits &= values == tie.value_deg
    mends = np.array([any(value == tie.value_deg for tie in ties if not tie.holds) for value in values])
    what = f"{'longitude' if axis == 0 else 'latitude'} of {name}"
    for (text, _), fit, mend in zip(variants, fits, mends, strict=True):
        if fit:
            yield Slip(what, printed if text == other else coordinate.angle.text, text, coordinate.span), bool(mend)


def ties_of(compiled: Compiled) -> dict[str, list[Tie]]:
    """For each point, what legs along meridians and parallels demand of its longitude and latitude."""
    places = {point.name: np.array(point.units) / UNITS_PER_DEGREE for point in compiled.line.points}
    ties: dict[str, list[Tie]] = defaultdict(list)
    for leg in compiled.resolved.legs.values():
        axis = {MeridianLeg: 0, ParallelLeg: 1}.get(type(leg.node.kind))
        ending = leg.node.ending if isinstance(leg.node, Leg) else None
        if axis is None or leg.start is None or not isinstance(ending, ToPoint):
            continue
        start, end = leg.start.text, ending.point.text
        if start in places and end in places:
            holds = bool(places[start][axis] == places[end][axis])
            ties[start].append(Tie(axis, float(places[end][axis]), holds))
            ties[end].append(Tie(axis, float(places[start][axis]), holds))
    return dict(ties)


def _moved(ends: Ends, which: str, name: str, axis: int, values: Floats) -> Floats:
    """One end of a figure, repeated, with the changed coordinate where it is the point in question."""
    place = ends.start_place if which == "start" else ends.end_place
    places = np.tile(np.array(place), (len(values), 1))
    if (ends.start if which == "start" else ends.end) == name:
        places[:, axis] = values
    return places


def _read(text: str, coordinate: Coordinate) -> float | None:
    """The changed text in signed degrees, None where it is no angle or one of another precision."""
    scanned = _scan(text)
    if isinstance(scanned, AngleTrouble) or scanned.angle.unit != coordinate.angle.unit:
        return None
    return _degrees(replace(coordinate, angle=scanned.angle))


def _scan(text: str) -> Scanned | AngleTrouble:
    """An angle that the description has read already, with one character changed: what it was declared to mean holds."""
    return scan_angle(text, comma_is_decimal=True, in_groups=True)


def _degrees(coordinate: Coordinate) -> float:
    """A coordinate in signed degrees from Greenwich."""
    units = units_of(coordinate)
    return (wrapped(units) if coordinate.zero_deg else units) / UNITS_PER_DEGREE


def _involves(figure: Evaluated, name: str) -> bool:
    return figure.ends is not None and name in (figure.ends.start, figure.ends.end)


def _in_figure(figure: Evaluated) -> Iterator[Slip]:
    clause = figure.expectation
    match clause:
        case ExpectLength(length=length) | ExpectDistance(length=length):
            one = metres(length) / float(length.number.value) if length.number.value else 0.0
            for text in one_slip_away(length.number.text):
                value = again(length.number, text)
                if value is not None and abs(figure.computed - float(value) * one) <= figure.allowed:
                    yield Slip(f"the {figure.quantity} itself", length.number.text, text, length.span)
        case ExpectAzimuth(azimuth=azimuth):
            angle = azimuth.angle if isinstance(azimuth, CountedAzimuth) else azimuth
            for text in one_slip_away(angle.text):
                scanned = _scan(text)
                if isinstance(scanned, AngleTrouble) or scanned.angle.unit != angle.unit:
                    continue
                meant_deg = figure.expected + scanned.angle.degrees - angle.degrees
                off_deg = (figure.computed - meant_deg + 180.0) % 360.0 - 180.0
                if abs(off_deg) <= figure.allowed:
                    yield Slip("the azimuth itself", angle.text, text, clause.span)
        case _:
            return
