"""Every unit that the language writes is a unit whose length is known."""

from __future__ import annotations

from fractions import Fraction

import pytest

from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.description.tree import Tolerance
from merestone.description.units import AREA_UNITS, LENGTH_UNITS
from merestone.geodesy.units import find_area, find_length


@pytest.mark.parametrize("unit", sorted(set(LENGTH_UNITS.values())))
def test_lengths(unit: str) -> None:
    """The canonical word of a unit of length names a unit with a definition."""
    assert find_length(unit).metres > 0


@pytest.mark.parametrize("unit", sorted(set(AREA_UNITS.values())))
def test_areas(unit: str) -> None:
    """The canonical word of a unit of area names a unit with a definition."""
    assert find_area(unit).square_metres > 0


@pytest.mark.parametrize(
    ("printed", "metres", "canonical"),
    [
        ("5 feet 6 inches", Fraction(66 * 254, 10_000), "5 feet 6 inches"),
        ("5'6\"", Fraction(66 * 254, 10_000), "5 feet 6 inches"),
        ("5′ 6.5″", Fraction("66.5") * Fraction(254, 10_000), "5 feet 6.5 inches"),
        ("12 chains 25 links", Fraction("12.25") * Fraction(201_168, 10_000), "12 chains 25 links"),
        ("3 statute miles 20 chains", Fraction("3.25") * Fraction(1_609_344, 1000), "3 statute miles 20 chains"),
        ("2 yards 1 foot", Fraction(7 * 3048, 10_000), "2 yards 1 feet"),
        ("3½ furlongs", Fraction(7, 2) * Fraction(201_168, 1000), "3½ furlongs"),
        ("10 international cables", Fraction(1852), "10 international cables"),
        ("10 UK cables", Fraction(1_853_184, 1000), "10 UK cables"),
        ("1 000 Castilian varas", Fraction("835.905"), "1 000 Castilian varas"),
        ("27 Texas varas", Fraction(2286, 100), "27 Texas varas"),
    ],
)
def test_lengths_of_old_units(printed: str, metres: Fraction, canonical: str) -> None:
    """Lengths in old units, and in two units at once, are exactly so many metres, and print back."""
    parsed = parse(f"tolerance {printed}\n")
    assert parsed.diagnostics == ()
    (statement,) = parsed.description.statements
    assert isinstance(statement, Tolerance)
    length = statement.length
    assert Fraction(length.number.value) * find_length(length.unit).metres == metres
    text = print_description(parsed.description)
    assert text == f"tolerance {canonical}\n"
    assert parse(text).description == parsed.description


@pytest.mark.parametrize(
    ("printed", "code"),
    [("5 feet 13 inches", "C232"), ("5.5 feet 6 inches", "C232"), ("3 cables", "C231"), ("3 varas", "C231")],
)
def test_lengths_that_are_refused(printed: str, code: str) -> None:
    """Too many of the smaller unit, or a unit that is of several lengths, is refused."""
    assert [finding.code for finding in parse(f"tolerance {printed}\n").diagnostics] == [code]


def test_square_nautical_miles() -> None:
    """A square nautical mile is 3.429904 km²."""
    parsed = parse("section S\n  from A\n  leg 1 geodesic to A\n    expect area 5 ha within 2 square nautical miles\n")
    assert parsed.diagnostics == ()
    assert find_area(AREA_UNITS["square nautical miles"]).square_metres == 3_429_904
