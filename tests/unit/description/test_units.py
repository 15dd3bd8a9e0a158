"""Every unit that the language writes is a unit whose length is known."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.description.tree import ExpectArea, Leg, Section, Tolerance
from merestone.description.units import AREA_UNITS, LENGTH_UNITS, SYSTEMS, parts_in_one
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
        ("3 miles 20 chains", Fraction("3.25") * Fraction(1_609_344, 1000), "3 statute miles 20 chains"),
        (
            "1 mile, 3 furlongs and 2 chains",
            Fraction("112") * Fraction(201_168, 10_000),
            "1 statute miles 3 furlongs 2 chains",
        ),
        ("12 chains and 35 links", Fraction("12.35") * Fraction(201_168, 10_000), "12 chains 35 links"),
        ("12 chains, 35.5 links", Fraction("12.355") * Fraction(201_168, 10_000), "12 chains 35.5 links"),
        ("3 rods 5 feet", Fraction("54.5") * Fraction(3048, 10_000), "3 rods 5 feet"),
        ("2 versts 100 sazhens", Fraction(2_346_96, 100), "2 versts 100 sazhens"),
        ("2 версты 100 саженей 2 аршина 8 вершков", Fraction("2348.738"), "2 versts 100 sazhens 2 arshin 8 vershoks"),
        ("7 sazhens 6 feet", Fraction("16.764"), "7 sazhens 6 feet"),
        ("12 km 345 m", Fraction(12_345), "12 km 345 m"),
        ("2 US survey chain 50 US survey links", Fraction(165 * 1200, 3937), "2 US survey chain 50 US survey links"),
        ("3 nautical miles 5 international cables", Fraction(6482), "3 nautical miles 5 international cables"),
        ("1 toise 3 pieds du roi", Fraction(1500 * 864, 443_296), "1 toises 3 pieds du roi"),
        ("443296 Prussian feet", Fraction(139_130), "443296 Prussian feet"),
        ("10 Quebec arpents", Fraction("584.71308"), "10 Quebec arpents"),
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
    [
        ("5 feet 13 inches", "C232"),
        ("5.5 feet 6 inches", "C232"),
        ("3 cables", "C231"),
        ("100 M", "C231"),
        ("3 varas", "C231"),
        ("12 chains 100 links", "C232"),
        ("3 rods 16.5 feet", "C232"),
        ("2½ chains 3 links", "C232"),
        ("3 statute miles 20.5 chains 3 links", "C232"),
        ("3 km 1000 m", "C232"),
        ("6 inches 5 feet", "C232"),
        ("2 US survey chain 50 links", "C232"),
        ("3 nautical miles 20 chains", "C232"),
        ("3 miles 200 yards", "C231"),
        ("3 arpents", "C231"),
        ("12 Rhenish feet", "C231"),
        ("3 pieds", "C231"),
        ("2 leagues", "C231"),
        ("2 Ruthen", "C231"),
    ],
)
def test_lengths_that_are_refused(printed: str, code: str) -> None:
    """Too many of the smaller unit, or a unit that is of several lengths, is refused."""
    assert [finding.code for finding in parse(f"tolerance {printed}\n").diagnostics] == [code]


def test_square_nautical_miles() -> None:
    """A square nautical mile is 3.429904 km²."""
    parsed = parse("section S\n  from A\n  leg 1 geodesic to A\n    expect area 5 ha within 2 square nautical miles\n")
    assert parsed.diagnostics == ()
    assert find_area(AREA_UNITS["square nautical miles"]).square_metres == 3_429_904


def area_m2(printed: str) -> tuple[Fraction, str]:
    """A printed area in m², and its canonical form."""
    parsed = parse(f"section S\n  from A\n  leg 1 geodesic to A\n    expect area {printed}\n")
    assert parsed.diagnostics == ()
    text = print_description(parsed.description)
    assert parse(text).description == parsed.description
    (section,) = parsed.description.statements
    assert isinstance(section, Section)
    leg = section.body[-1]
    assert isinstance(leg, Leg)
    (clause,) = leg.clauses
    assert isinstance(clause, ExpectArea)
    area = clause.area
    return Fraction(area.number.value) * find_area(area.unit).square_metres, text.split("expect area ")[1].strip()


@pytest.mark.parametrize(
    ("printed", "square_metres", "canonical"),
    [
        ("336 ha 87 a 12 ca", Fraction(3_368_712), "336 ha 87 a 12 ca"),
        ("336 hectares, 87 ares and 12 centiares", Fraction(3_368_712), "336 ha 87 a 12 ca"),
        ("2 km² 30 ha", Fraction(2_300_000), "2 km² 30 ha"),
        ("3 ha 512.5 m²", Fraction("30512.5"), "3 ha 512.5 m²"),
        ("5 acres 2 roods 10 perches", Fraction("5.5625") * Fraction("4046.8564224"), "5 acres 2 roods 10 square rods"),
        ("1 square mile 320 acres", 960 * Fraction("4046.8564224"), "1 square miles 320 acres"),
        ("3 acres 5 square chains", Fraction("3.5") * Fraction("4046.8564224"), "3 acres 5 square chains"),
        ("2 десятины 1200 square sazhens", 6000 * Fraction("2.1336") ** 2, "2 dessiatins 1200 square sazhens"),
        ("10 Quebec square arpents", 10 * (180 * Fraction("0.3248406")) ** 2, "10 Quebec square arpents"),
        ("7 metric dunams", Fraction(7000), "7 metric dunams"),
    ],
)
def test_areas_in_several_units(printed: str, square_metres: Fraction, canonical: str) -> None:
    """Areas in several units at once are exactly so many square metres, and print back."""
    assert area_m2(printed) == (square_metres, canonical)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("336 ha 100 a", "C232"), ("5 acres 4 roods", "C232"), ("5 ha 2 roods", "C232"), ("5 acres 2 ares", "C232"),
        ("5 arpents", "C231"), ("12 dunams", "C231"), ("3 Morgen", "C231"),
    ],
)  # fmt: skip
def test_areas_that_are_refused(printed: str, code: str) -> None:
    """Too many of the smaller unit, units of two systems, and units of a country without its name are refused."""
    text = f"section S\n  from A\n  leg 1 geodesic to A\n    expect area {printed}\n"
    assert [finding.code for finding in parse(text).diagnostics] == [code]


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_system_descends(system: tuple[str, ...]) -> None:
    """The units of a system stand from the larger to the smaller, so that each has parts of the next."""
    for larger, smaller in itertools.pairwise(system):
        assert parts_in_one(smaller, larger) > 1
