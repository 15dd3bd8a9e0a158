"""How a leg ends: every kind that can run from place to place, or go on from a place, takes every ending."""

from __future__ import annotations

from typing import assert_never

from merestone.delimit.drawn import Between, Drawn, Ray, Setting, trouble
from merestone.delimit.fix import ONE_UNIT_M, Bearing
from merestone.description.tree import Ending, ForDistance, Open, ToPoint, UntilMeets
from merestone.errors import GeometryError
from merestone.geodesy.line import Line

LONGEST_RAY_M = 9_000_000.0
"""How far a geodesic or loxodrome is followed in search of the line that it should meet."""
AT_THE_START_M = 1e-3
"""A meeting nearer than this to the start of a leg is the start."""


def run(
    setting: Setting, between: Between, ray: Ray | None, needs: str, longest_m: float = LONGEST_RAY_M
) -> tuple[Line, float]:
    """The line from the start to where the words end it, and how exactly its end is met (m).

    `ray` is None where the kind has no direction of its own; `needs` then says what would give it one.
    `longest_m` is how far the ray can be followed.
    """
    ending: Ending = setting.ending
    try:
        match ending:
            case ToPoint():
                return _to_point(setting, between), ONE_UNIT_M
            case ForDistance():
                return _for_distance(setting, ending, _directed(setting, ray, needs)), ONE_UNIT_M
            case UntilMeets():
                other = setting.around.line(ending.line)
                return _until_meets(setting, ending, other, _directed(setting, ray, needs), longest_m)
            case Open():
                raise trouble(
                    "O609",
                    f"{setting.subject} has no end in the words",
                    ending.span,
                    "an instrument that says where it ends, or a declared end, would settle it",
                    setting.subject,
                )
            case _:
                assert_never(ending)
    except GeometryError as error:
        raise trouble(
            "G504",
            f"{setting.subject} cannot be drawn: {error}",
            setting.span,
            "check the coordinates of its ends, or divide the leg by a point in between",
            setting.subject,
        ) from error


def _directed(setting: Setting, ray: Ray | None, needs: str) -> Ray:
    if ray is None:
        raise trouble("G506", f"{setting.subject} has no direction to run in", setting.span, needs, setting.subject)
    return ray


def _to_point(setting: Setting, between: Between) -> Line:
    if isinstance(setting.end, Bearing) or setting.end is None:
        raise trouble(
            "O609",
            f"{setting.subject} runs in a direction only, to no place",
            setting.span,
            "a place or a line that it runs to would settle it",
            setting.subject,
        )
    return between(setting.start, setting.end)


def _for_distance(setting: Setting, ending: ForDistance, ray: Ray) -> Line:
    length_m = setting.around.metres(ending.distance)
    line = ray(setting.start, length_m)
    if line.length_m < length_m - 1e-3:
        raise trouble(
            "G519",
            f"{setting.subject} is said to run {length_m:,.2f} m, but its course comes to an end after "
            f"{line.length_m:,.2f} m",
            ending.distance.span,
            "check the distance: a meridian ends at the pole, a circle where it began, a traverse at its last corner",
            setting.subject,
        )
    return line


def _until_meets(setting: Setting, ending: UntilMeets, other: Line, ray: Ray, longest_m: float) -> tuple[Line, float]:
    whole = ray(setting.start, longest_m)
    along_m, tolerance_m = setting.around.meeting(
        whole, other, ending.choice, ending.span, (False, setting.around.produced(ending.line))
    )
    if along_m <= AT_THE_START_M:
        raise trouble(
            "G507",
            f"{setting.subject} starts on the line that it should run to",
            ending.span,
            "leave the leg out, or say which of several meetings is meant",
            setting.subject,
        )
    return ray(setting.start, along_m), tolerance_m


def drawn(setting: Setting, between: Between, ray: Ray | None, needs: str, longest_m: float = LONGEST_RAY_M) -> Drawn:
    """The leg as drawn, for a kind that leaves nothing open."""
    line, tolerance_m = run(setting, between, ray, needs, longest_m)
    return Drawn(line, None, tolerance_m)
