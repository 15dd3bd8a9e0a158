"""Prime meridians that old instruments count longitudes from, each as the EPSG registry places it, exactly.

Pure numbers, so that the language can use them: `tests/unit/geodesy/test_prime_meridians.py` holds every one against PROJ's
copy of the registry. What the registry does not place (Cadiz, San Fernando, Pulkovo, Washington) is not here: works differ
on them by seconds of arc, so a description states their value.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PrimeMeridian:
    """A meridian by its name and code in the registry, in exact degrees east of Greenwich."""

    name: str
    code: int
    east_deg: Fraction


def _dms(degrees: int, minutes: int, seconds: str, sign: int = 1) -> Fraction:
    return sign * (degrees + Fraction(minutes, 60) + Fraction(seconds) / 3600)


GREENWICH = PrimeMeridian("Greenwich", 8901, Fraction(0))
_LISBON = PrimeMeridian("Lisbon", 8902, _dms(9, 7, "54.862", -1))
_PARIS = PrimeMeridian("Paris", 8903, Fraction("2.5969213") * Fraction(9, 10))
_BOGOTA = PrimeMeridian("Bogota", 8904, _dms(74, 4, "51.3", -1))
_MADRID = PrimeMeridian("Madrid", 8905, _dms(3, 41, "14.55", -1))
_ROME = PrimeMeridian("Rome", 8906, _dms(12, 27, "8.4"))
_BERN = PrimeMeridian("Bern", 8907, _dms(7, 26, "22.5"))
_JAKARTA = PrimeMeridian("Jakarta", 8908, _dms(106, 48, "27.79"))
_FERRO = PrimeMeridian("Ferro", 8909, _dms(17, 40, "0", -1))
_BRUSSELS = PrimeMeridian("Brussels", 8910, _dms(4, 22, "4.71"))
_STOCKHOLM = PrimeMeridian("Stockholm", 8911, _dms(18, 3, "29.8"))
_ATHENS = PrimeMeridian("Athens", 8912, _dms(23, 42, "58.815"))
_OSLO = PrimeMeridian("Oslo", 8913, _dms(10, 43, "22.5"))
_COPENHAGEN = PrimeMeridian("Copenhagen", 1026, _dms(12, 34, "39.9"))

_IN_PRINT = {
    GREENWICH: ("Greenwich", "Гринвича", "Гринвич"),
    _LISBON: ("Lisbon", "Lisboa", "Lisbonne", "Lissabon", "Lisbona"),
    _PARIS: ("Paris", "París", "Parigi", "Parijs", "Парижа", "Париж"),
    _BOGOTA: ("Bogota", "Bogotá"),
    _MADRID: ("Madrid",),
    _ROME: ("Rome", "Roma", "Rom", "Monte Mario"),
    _BERN: ("Bern", "Berne", "Berna"),
    _JAKARTA: ("Jakarta", "Djakarta", "Batavia"),
    _FERRO: ("Ferro", "Fer", "Hierro", "El Hierro", "Ферро"),
    _BRUSSELS: ("Brussels", "Bruxelles", "Brussel", "Brüssel", "Bruselas"),
    _STOCKHOLM: ("Stockholm", "Estocolmo"),
    _ATHENS: ("Athens", "Athènes", "Athen", "Atenas", "Atene"),
    _OSLO: ("Oslo", "Christiania", "Kristiania"),
    _COPENHAGEN: ("Copenhagen", "København", "Kjøbenhavn", "Kopenhagen", "Copenhague"),
}
"""The names of each in the languages of the instruments, the registry's own first."""

PRIME_MERIDIANS = tuple(_IN_PRINT)
BY_NAME = {name.casefold(): meridian for meridian, names in _IN_PRINT.items() for name in names}
"""Every meridian of the registry by every name that it is printed under, in small letters."""

WITHOUT_VALUE = (
    "Cadiz",
    "Cádiz",
    "San Fernando",
    "Pulkovo",
    "Pulkowa",
    "Пулкова",
    "Пулково",
    "Washington",
    "Teneriffe",
    "Tenerife",
)
"""Places that longitudes are counted from and whose value only a description can state."""


def names_of(meridian: PrimeMeridian) -> tuple[str, ...]:
    """The names that a meridian of the registry is printed under."""
    return _IN_PRINT[meridian]
