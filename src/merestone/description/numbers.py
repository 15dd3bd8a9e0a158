"""How a printed number can be read: which sign in it groups digits, and which begins the decimals.

One country prints twelve thousand as `12,000`, another prints twelve so. A number is read only where its own signs leave
one reading (`1,234,567`, `1.234,5`, `12,50`, `1234.567`), where the description declares the decimal sign, or where the
thing counted settles it: a scale is a whole number, a year of an epoch has decimals only. Everything else is `Doubt`,
which holds every reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, cast

from merestone.description.tree import DecimalSign, Number

AlwaysMatches: TypeAlias = Callable[[str, int], re.Match[str]]
"""A pattern that also matches nothing, and so always matches."""

SPACES = " \xa0\u2009\u202f"
RAISED = "·⋅‧"
"""A raised point, which British treaties print, always begins the decimals."""
VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
MAX_NUMBER_DIGITS = 40

_FRACTION = rf"[{''.join(VULGAR)}]|[0-9]{{1,3}}[/⁄][0-9]{{1,3}}(?![0-9])"
NUMBER = re.compile(
    rf"[+\-−]?(?:(?:{_FRACTION})"
    rf"|(?:[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}(?![0-9/⁄]))+|[0-9]+)(?:[.,'’{RAISED}][0-9]+)*(?:[{SPACES}]?(?:{_FRACTION}))?)"
).match
"""A number with all the signs in it, however they are to be read."""

_PARTS = cast(
    "AlwaysMatches", re.compile(rf"(?P<sign>[+\-−]?)(?P<digits>.*?)(?P<fraction>{_FRACTION}|)\Z", re.DOTALL).match
)
_DIGITS_OR_SIGN = re.compile(r"[0-9]+|[^0-9]").findall
_SAME = {**dict.fromkeys(SPACES, "␣"), "’": "'"}
_DECIMAL, _GROUPING = (".", ",", "'", *RAISED), ("␣", ".", ",", "'")
_SIGNS = {DecimalSign.POINT: ".", DecimalSign.COMMA: ",", DecimalSign.APOSTROPHE: "'"}


class Nature(StrEnum):
    """What sort of number stands at a place."""

    QUANTITY = "quantity"
    """A length, an area, a grid coordinate: it may have thousands, and decimals."""
    WHOLE = "whole"
    """The number of a scale: it has no decimals."""
    DECIMAL = "decimal"
    """A year of an epoch, a weight, a rotation in seconds: it never has thousands that are marked."""


class Why(StrEnum):
    """Why a printed number is not read."""

    TWO_WAYS = "two ways"
    NO_WAY = "no way"
    AGAINST_DECLARATION = "against declaration"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a printed number: the signs that group and that begin decimals ("" for none), value, last place."""

    group: str
    decimal: str
    value: Decimal | Fraction
    last_place: Decimal | Fraction

    def number(self, printed: str) -> Number:
        """The number that is printed so, under this reading."""
        return Number(" ".join(printed.split()), self.value, self.last_place)

    def with_fraction(self, fraction: Fraction) -> Reading:
        """This whole number and a fraction of one, such as `½`, whose parts are the last place."""
        if not fraction:
            return self
        return Reading(self.group, "", Fraction(self.value) + fraction, Fraction(1, fraction.denominator))

    def times(self, sign: int) -> Reading:
        """This reading with the sign in front of it."""
        return self if sign > 0 else Reading(self.group, self.decimal, -self.value, self.last_place)

    def plain(self) -> str:
        """The number in digits, thousands parted by spaces and decimals after a point, for messages."""
        if isinstance(self.value, Fraction):
            return str(self.value)
        return f"{self.value:,f}".replace(",", " ")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A printed number that is not read, why, and the readings that it could have."""

    why: Why
    readings: tuple[Reading, ...]


def readings(printed: str) -> tuple[Reading, ...]:
    """Every way to read a printed number, thousands before decimals; empty where its signs make no sense."""
    parts = _PARTS(printed, 0)
    digits, fraction = parts["digits"].strip(SPACES), _fraction(parts["fraction"])
    pieces = _DIGITS_OR_SIGN("".join(_SAME.get(sign, sign) for sign in digits)) or ["0"]
    if fraction is None or len(pieces) % 2 == 0 or not all(map(str.isdigit, pieces[::2])):
        return ()
    found = (_read(pieces[::2], pieces[1::2], decimal=decimal) for decimal in (False, True))
    whole = -1 if parts["sign"] in ("-", "−") else 1
    return tuple(
        each.with_fraction(fraction).times(whole) for each in found if each and not (fraction and each.decimal)
    )


def _fraction(text: str) -> Fraction | None:
    """`½` or `3/4` as a fraction, 0 for no text; None where it is not less than one."""
    if not text or text in VULGAR:
        return VULGAR.get(text, Fraction(0))
    above, below = re.split("[/⁄]", text)
    return Fraction(int(above), int(below)) if int(above) < int(below) else None


def _read(groups: list[str], signs: list[str], *, decimal: bool) -> Reading | None:
    """The reading in which the last sign begins the decimals, or the one in which it does not; None if there is none."""
    if decimal and (not signs or signs[-1] not in _DECIMAL):
        return None
    last = signs[-1] if decimal else ""
    grouping = signs[:-1] if decimal else signs
    whole, decimals = (groups[:-1], groups[-1]) if decimal else (groups, "")
    group = grouping[0] if grouping else ""
    if any(sign != group for sign in grouping):
        return None
    if group and (group not in _GROUPING or group == last or not _grouped(whole, group)):
        return None
    value = Decimal("".join(whole) + (f".{decimals}" if decimals else ""))
    return Reading(group, last, value, Decimal(1).scaleb(-len(decimals)))


def _grouped(groups: list[str], sign: str) -> bool:
    """Whether digits are grouped as print groups them: by threes, or with commas by twos above the thousands (lakh)."""
    first, *rest = groups
    if first.startswith("0") or len(rest[-1]) != 3:
        return False
    threes = len(first) <= 3 and all(len(group) == 3 for group in rest)
    lakh = sign == "," and len(first) <= 2 and len(rest) > 1 and all(len(group) == 2 for group in rest[:-1])
    return threes or lakh


def read(printed: str, declared: DecimalSign | None, nature: Nature = Nature.QUANTITY) -> Reading | Doubt:
    """The one reading of a printed number under what is declared and what it counts, or why there is none."""
    if sum(map(str.isdigit, printed)) > MAX_NUMBER_DIGITS:
        return Doubt(Why.TOO_LONG, ())
    every = readings(printed)
    natural = tuple(each for each in every if _natural(each, nature))
    if declared is None or nature is Nature.DECIMAL:
        left = natural
    else:
        left = tuple(each for each in natural if _as_declared(each, _SIGNS[declared]))
    if len(left) == 1:
        return left[0]
    if left:
        return Doubt(Why.TWO_WAYS, left)
    return Doubt(Why.AGAINST_DECLARATION if natural else Why.NO_WAY, natural)


def _natural(reading: Reading, nature: Nature) -> bool:
    if nature is Nature.WHOLE:
        return reading.value.denominator == 1 if isinstance(reading.value, Fraction) else not reading.decimal
    return nature is Nature.QUANTITY or reading.group not in (".", ",", "'")


def _as_declared(reading: Reading, sign: str) -> bool:
    """Whether a reading uses point and comma as declared: the decimal sign groups nothing, and nothing else does its work."""
    return reading.group != sign and reading.decimal in ("", sign, *RAISED)


def agree(one: Reading, other: Reading) -> bool:
    """Whether two readings give each sign one meaning."""
    return not ((one.group and one.group == other.decimal) or (other.group and other.group == one.decimal))


def read_pair(printed: tuple[str, str], declared: DecimalSign | None) -> tuple[Reading | Doubt, Reading | Doubt]:
    """The readings of two numbers of one pair, in which each sign has one meaning; doubt where that leaves no one reading.

    A number whose own signs leave one reading settles the other (`X=7.543.210 Y=424.600`).
    """
    first, second = (read(each, declared) for each in printed)
    pairs = [(one, other) for one in _candidates(first) for other in _candidates(second) if agree(one, other)]
    if len(pairs) == 1:
        return pairs[0]
    if isinstance(first, Doubt) or isinstance(second, Doubt):
        return first, second
    return Doubt(Why.NO_WAY, (first,)), Doubt(Why.NO_WAY, (second,))


def _candidates(found: Reading | Doubt) -> tuple[Reading, ...]:
    """The readings that a number may still have."""
    if isinstance(found, Doubt):
        return found.readings if found.why is Why.TWO_WAYS else ()
    return (found,)


def again(number: Number, text: str) -> Decimal | Fraction | None:
    """The value of another text whose signs mean what they mean in a number that was read; None where it has none."""
    signs = [(each.group, each.decimal) for each in readings(number.text) if each.value == number.value]
    values = [each.value for each in readings(text) if (each.group, each.decimal) in signs]
    return values[0] if len(values) == 1 else None


def other_readings(number: Number) -> tuple[Reading, ...]:
    """The other ways to read a number that was read in one way because a declaration or a scale settled it."""
    return tuple(each for each in readings(number.text) if each.value != number.value)


def roughly(number: Number) -> Number:
    """A number that the instrument gives as approximate: its last place is that of its last digit that is not zero.

    `about 300` is good to a hundred, and `about 2.5` to a tenth. A vulgar fraction keeps its parts.
    """
    value, place = Fraction(number.value), Fraction(number.last_place)
    if value == 0 or any(sign in number.text for sign in (*VULGAR, "/", "⁄")):
        return number
    while value % (place * 10) == 0:
        place *= 10
    if place == number.last_place:
        return number
    return replace(number, last_place=Decimal(int(place)) if place.denominator == 1 else place)


def as_decimal(number: Number) -> Decimal:
    """The value of a number as a decimal: exact, or, of a fraction such as a third, to 28 digits."""
    value = number.value
    return value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
