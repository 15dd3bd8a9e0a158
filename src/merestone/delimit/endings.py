"""How a leg ends: every kind that can run from place to place, or go on from a place, takes every ending."""

from __future__ import annotations

from typing import assert_never

from merestone.delimit.drawn import Between, Drawn, Ray, Setting, trouble
from merestone.delimit.fix import ONE_UNIT_M, Bearing
from merestone.description.tree import Ending, ForDistance, Open, ToPoint, UntilMeets
from merestone.errors import GeometryError
from merestone.geodesy.line import Line

LONGEST_RAY_M = 9_000_000.0
"""How far a leg is followed in search of the line that it should meet."""


def run(setting: Setting, between: Between, ray: Ray | None, needs: str) -> tuple[Line, float]:
    """The line from the start to where the words end it, and how exactly its end is met (m).

    `ray` is None where the kind has no direction of its own; `needs` then says what would give it one.
    """
    ending: Ending = setting.ending
    try:
        match ending:
            case ToPoint():
                return _to_point(setting, between), ONE_UNIT_M
            case ForDistance():
                directed = _directed(setting, ray, needs)
                return directed(setting.start, setting.around.metres(ending.distance)), ONE_UNIT_M
            case UntilMeets():
                other = setting.around.line(ending.line)
                return _until_meets(setting, ending, other, _directed(setting, ray, needs))
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


def _until_meets(setting: Setting, ending: UntilMeets, other: Line, ray: Ray) -> tuple[Line, float]:
    whole = ray(setting.start, LONGEST_RAY_M)
    along_m, tolerance_m = setting.around.meeting(whole, other, ending.choice, ending.span, (False, False))
    if along_m <= 0.0:
        raise trouble(
            "G507",
            f"{setting.subject} starts on the line that it should run to",
            ending.span,
            "leave the leg out, or say which of several meetings is meant",
            setting.subject,
        )
    return ray(setting.start, along_m), tolerance_m


def drawn(setting: Setting, between: Between, ray: Ray | None, needs: str) -> Drawn:
    """The leg as drawn, for a kind that leaves nothing open."""
    line, tolerance_m = run(setting, between, ray, needs)
    return Drawn(line, None, tolerance_m)
