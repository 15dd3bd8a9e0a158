"""The prime meridians of the language are those of the EPSG registry, every one and to the last digit."""

from __future__ import annotations

import sqlite3
from fractions import Fraction
from pathlib import Path

import pyproj

from merestone.geodesy.prime_meridians import BY_NAME, PRIME_MERIDIANS, WITHOUT_VALUE

GRAD, SEXAGESIMAL, DEGREE = 9105, 9110, 9102


def in_degrees(value: float, unit: int) -> Fraction:
    """A value of PROJ's database in exact degrees; sexagesimal ones are digits DDD.MMSSsss."""
    digits = Fraction(repr(abs(value)))
    if unit == SEXAGESIMAL:
        degrees, rest = divmod(digits, 1)
        minutes, rest = divmod(rest * 100, 1)
        digits = degrees + Fraction(minutes, 60) + rest * 100 / 3600
    elif unit == GRAD:
        digits *= Fraction(9, 10)
    else:
        assert unit == DEGREE
    return -digits if value < 0 else digits


def test_every_meridian_is_the_registrys() -> None:
    """All meridians of EPSG but the second Paris (RGS), by code, name and exact value; none that it does not have."""
    database = sqlite3.connect(f"file:{Path(pyproj.datadir.get_data_dir(), 'proj.db')}?mode=ro", uri=True)
    rows = database.execute("SELECT code, name, longitude, uom_code FROM prime_meridian WHERE auth_name = 'EPSG'")
    registry = {int(code): (name, in_degrees(value, unit)) for code, name, value, unit in rows}
    ours = {each.code: (each.name, each.east_deg) for each in PRIME_MERIDIANS}
    assert set(registry) - set(ours) <= {8914}
    assert {code: registry[code] for code in ours} == ours
    assert not {name.casefold() for name in WITHOUT_VALUE} & set(BY_NAME)


def test_values_of_the_books() -> None:
    """Paris 2°20'14.025" E (the registry's grads to a thousandth of a second), Ferro 17°40' W, Madrid 3°41'14.55" W."""
    assert abs(BY_NAME["paris"].east_deg - (2 + Fraction(20, 60) + Fraction("14.025") / 3600)) < Fraction(1, 3_600_000)
    assert BY_NAME["ferro"].east_deg == -(17 + Fraction(40, 60))
    assert BY_NAME["madrid"].east_deg == -(3 + Fraction(41, 60) + Fraction("14.55") / 3600)
