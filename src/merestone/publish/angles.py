"""Degrees, minutes and seconds printed from whole units of 1e-9 degree, in integers only.

One unit of 1e-9 degree is 3.6e-6 second of arc (0.11 mm on the ground). Seconds with six decimals therefore print
every unit differently, and `units_from_dms` finds it again: nothing is lost. Five decimals (0.3 mm) give one text to
two or three neighbouring units, of which one is the nearest to it; that one is printed with five, so that what a
person printed in seconds comes back as printed: 64°14'00.00000" and not 64°13'59.999999".
"""

from __future__ import annotations

import re
from enum import StrEnum

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.canonical import FULL_TURN, rounded_quotient, wrapped

SECOND_DECIMALS = 6
"""The fewest decimals of the second that tell every unit of 1e-9 degree from its neighbours."""

FEWER_DECIMALS = 5
"""The decimals of the second with which a unit is printed where they suffice to find it again."""

_TEXT = re.compile(r"(\d{1,3})°(\d{2})'(\d{2})(?:\.(\d{1,9}))?\" ([NSEW])")


class Axis(StrEnum):
    """Which coordinate an angle is: it decides the letter."""

    LATITUDE = "NS"
    LONGITUDE = "EW"


def dms(units: int, axis: Axis, decimals: int | None = None) -> str:
    """A coordinate as `D°MM'SS.sssss" H`, rounded half to even; 60 seconds are carried into the minutes.

    Without `decimals` five are printed where they lose nothing, else six.

    A longitude is brought into (-180, 180] first: a line that crosses the antimeridian runs on beyond it. Zero has
    the letter N or E.
    """
    value = wrapped(units) if axis is Axis.LONGITUDE else units
    letter = axis.value[1] if value < 0 else axis.value[0]
    if decimals is None:
        decimals = FEWER_DECIMALS if _is_found_again(abs(value), FEWER_DECIMALS) else SECOND_DECIMALS
    return f"{_sexagesimal(abs(value), decimals)} {letter}"


def azimuth_dms(azimuth_deg: float, decimals: int = 2) -> str:
    """An azimuth as `D°MM'SS.ss"` in [0°, 360°), rounded half to even (0.01" is 5 cm in 1000 km)."""
    units = round(azimuth_deg * UNITS_PER_DEGREE) % FULL_TURN
    text = _sexagesimal(units, decimals)
    return _sexagesimal(0, decimals) if text.startswith("360°") else text


def decimal_degrees(units: int) -> str:
    """A coordinate in decimal degrees with nine decimals, exactly: `-71.747222222`."""
    whole, fraction = divmod(abs(units), UNITS_PER_DEGREE)
    return f"{'-' if units < 0 else ''}{whole}.{fraction:09d}"


def units_from_dms(text: str) -> int:
    """The units of 1e-9 degree that `dms` printed. ValueError where it is not such a text."""
    match = _TEXT.fullmatch(text)
    if match is None:
        message = f"not degrees, minutes and seconds with a letter: {text[:40]!r}"
        raise ValueError(message)
    degrees, minutes, seconds, fraction, letter = match.groups()
    fraction = fraction or ""
    scale = 10 ** len(fraction)
    in_seconds = ((int(degrees) * 60 + int(minutes)) * 60 + int(seconds)) * scale + int(fraction or 0)
    # in_seconds / scale seconds, times 1e9 / 3600 units a second, to the nearest unit.
    units: int = (2 * in_seconds * UNITS_PER_DEGREE + 3600 * scale) // (2 * 3600 * scale)
    return -units if letter in "SW" else units


def _sexagesimal(units: int, decimals: int) -> str:
    """`D°MM'SS.s"` of a magnitude: the seconds are units * 3600 / 1e9, rounded half to even as one integer."""
    scale = 10**decimals
    seconds = rounded_quotient(units * 3600 * scale, UNITS_PER_DEGREE)
    whole, fraction = divmod(seconds, scale)
    minutes, second = divmod(whole, 60)
    degree, minute = divmod(minutes, 60)
    tail = f".{fraction:0{decimals}d}" if decimals else ""
    return f"{degree}°{minute:02d}'{second:02d}{tail}\""


def _is_found_again(units: int, decimals: int) -> bool:
    """Whether seconds with so many decimals, read back as `units_from_dms` reads them, give the same units."""
    scale: int = 3600 * 10**decimals
    printed = rounded_quotient(units * scale, UNITS_PER_DEGREE)
    return (2 * printed * UNITS_PER_DEGREE + scale) // (2 * scale) == units
