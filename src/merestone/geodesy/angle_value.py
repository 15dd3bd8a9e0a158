"""The value of one printed angle, and what can be wrong with a print: exact numbers, printed back without loss."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MAX_DEGREES = 360
MAX_DECIMALS = 18


class Form(StrEnum):
    """How an angle was printed."""

    DEGREES_MINUTES_SECONDS = "degrees, minutes and seconds"
    DEGREES_MINUTES_BARE_SECONDS = "degrees, minutes and seconds without the seconds sign"
    DEGREES_MINUTES = "degrees and minutes"
    DEGREES = "degrees"
    BARE = "a number without a degree sign"
    GRADS = "grads"


class LetterG(StrEnum):
    """What the letter g behind a number is declared to mean."""

    GONS = "gons"
    DEGREES = "degrees"


class Trouble(StrEnum):
    """What can be wrong with a printed angle."""

    NO_NUMBER = "no number"
    NO_DEGREES = "no degrees"
    GONS_OR_DEGREES = "gons or degrees"
    DAMAGED_DEGREES = "damaged degrees"
    LOST_DEGREE_SIGN = "lost degree sign"
    MISSING_SIGN = "missing minute or second sign"
    GROUPS_WITHOUT_SIGNS = "groups without signs"
    AMBIGUOUS_COMMA = "ambiguous comma"
    AGAINST_DECIMAL_SIGN = "against the declared decimal sign"
    FRACTION_TOO_EARLY = "fraction before a smaller unit"
    STRAY_DIGITS = "stray digits"
    DEGREES_TOO_LARGE = "degrees too large"
    MINUTES_TOO_LARGE = "minutes too large"
    SECONDS_TOO_LARGE = "seconds too large"
    TOO_MANY_DIGITS = "too many digits"


@dataclass(frozen=True, slots=True)
class Angle:
    """An exact angle: `count` units of `unit_numerator`/`unit_denominator` degrees, with the text that printed it."""

    text: str
    count: int
    unit_numerator: int
    unit_denominator: int

    @property
    def exact(self) -> Fraction:
        """The angle in degrees, exactly."""
        return Fraction(self.count * self.unit_numerator, self.unit_denominator)

    @property
    def unit(self) -> Fraction:
        """The unit of the last printed place in degrees, exactly: the precision that the print implies."""
        return Fraction(self.unit_numerator, self.unit_denominator)

    @property
    def degrees(self) -> float:
        """The angle in degrees, correctly rounded to the nearest float."""
        return self.count * self.unit_numerator / self.unit_denominator

    def dms(self, decimals: int | None = None) -> str:
        """The angle as `D°MM'SS.s"` with the given decimals of the second, rounded half to even; exact when None.

        Every angle that can be printed in degrees, minutes, seconds or grads has finitely many decimals of seconds.
        """
        seconds = self.exact * 3600
        if decimals is None:
            decimals = _finite_decimals(seconds)
        scaled = round(abs(seconds) * 10**decimals)
        whole, fraction = divmod(scaled, 10**decimals)
        minutes, second = divmod(whole, 60)
        degree, minute = divmod(minutes, 60)
        tail = f".{fraction:0{decimals}d}" if decimals else ""
        sign = "-" if self.count < 0 and scaled else ""
        return f"{sign}{degree}°{minute:02d}'{second:02d}{tail}\""

    def decimal_text(self, decimals: int | None = None) -> str | None:
        """The angle in decimal degrees as text, rounded half to even to `decimals`; exact when None.

        None when an exact text was asked for and there is none (a third of a degree).
        """
        value = self.exact
        if decimals is None:
            if not _is_finite(value):
                return None
            decimals = _finite_decimals(value)
        scaled = round(abs(value) * 10**decimals)
        whole, fraction = divmod(scaled, 10**decimals)
        sign = "-" if self.count < 0 and scaled else ""
        return f"{sign}{whole}.{fraction:0{decimals}d}" if decimals else f"{sign}{whole}"


@dataclass(frozen=True, slots=True)
class AngleTrouble:
    """Why a printed angle is refused: what, where (`offset`, `length` in characters), a sentence, the likely reading.

    `likely` is a text that would be read, or None; "…" in it stands for digits that are lost.
    """

    trouble: Trouble
    offset: int
    length: int
    sentence: str
    likely: str | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """One angle read from a text: the angle, the offset just after it, and the form it was printed in."""

    angle: Angle
    end: int
    form: Form


def _is_finite(value: Fraction) -> bool:
    """Whether a fraction has a finite decimal expansion (its denominator has no prime factor but 2 and 5)."""
    return pow(10, value.denominator.bit_length(), value.denominator) == 0


def _finite_decimals(value: Fraction) -> int:
    """The fewest decimals that print a fraction exactly; the fraction must have a finite expansion."""
    if not _is_finite(value):
        raise ValueError(f"{value} has no finite decimal expansion")
    decimals = 0
    while 10**decimals % value.denominator:
        decimals += 1
    return decimals
