"""`curve to the right of radius LENGTH ...`: an arc as surveys give it, by hand, radius, and chord or tangent."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.directions import azimuth
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import on_leg
from merestone.description.spelling import azimuth_text, length_text, on_leg_text
from merestone.description.tree import NOWHERE, Azimuth, Length, OnLeg
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class CurveLeg:
    """An arc of `radius` that turns to the right or to the left as it is run.

    At most one of three says where it goes: `chord`, the direction and length from its start to its end; `leaving`, its
    direction at the start; `tangent`, a leg whose direction at its end it takes over. With none, its two ends do. Then, and
    on a chord, two arcs of the hand have the radius: `longer` says which is meant, and None that the words do not say.
    """

    right: bool
    radius: Length
    chord: tuple[Azimuth, Length] | None = None
    leaving: Azimuth | None = None
    tangent: OnLeg | None = None
    longer: bool | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> CurveLeg:
    start = cursor.start
    cursor.need("curve", "to", "the")
    hand = cursor.take_any(("right", "left"))
    if hand is None:
        raise cursor.unexpected()
    cursor.need("of", "radius")
    radius = cursor.length("the radius with its unit")
    which = cursor.take_any(("shorter", "longer"))
    if which is not None:
        cursor.need("arc")
    chord, leaving, tangent = None, None, None
    if cursor.take("on", "chord"):
        chord = azimuth(cursor), cursor.length("the length of the chord with its unit")
    elif cursor.take("leaving", "at", "azimuth"):
        leaving = azimuth(cursor)
    elif cursor.take("tangent", "to"):
        leg_start = cursor.start
        cursor.need("leg")
        tangent = on_leg(cursor, leg_start)
    longer = None if which is None else which == "longer"
    return CurveLeg(hand == "right", radius, chord, leaving, tangent, longer, cursor.span(start))


def _print(leg: CurveLeg) -> str:
    words = f"curve to the {'right' if leg.right else 'left'} of radius {length_text(leg.radius)}"
    if leg.longer is not None:
        words += " longer arc" if leg.longer else " shorter arc"
    if leg.chord is not None:
        return f"{words} on chord {azimuth_text(leg.chord[0])} {length_text(leg.chord[1])}"
    if leg.leaving is not None:
        return f"{words} leaving at azimuth {azimuth_text(leg.leaving)}"
    return words if leg.tangent is None else f"{words} tangent to {on_leg_text(leg.tangent)}"


SYNTAX = LegSyntax(
    "curve",
    ("curve to the",),
    CurveLeg,
    _parse,
    _print,
    "leg 2 curve to the right of radius 300 m tangent to leg 1 for 120 m",
)
