"""Units of length and area are exact and never confused with one another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from merestone.description.units import AREA_SPELLINGS, LENGTH_SPELLINGS
from merestone.geodesy import units
from merestone.geodesy.units import UnknownUnitError, find_area, find_length


@pytest.mark.parametrize(
    ("name", "metres"),
    [
        ("km", "1000"),
        ("nautical miles", "1852"),
        ("statute mile", "1609.344"),
        ("Gunter's chain", "20.1168"),
        ("verst", "1066.8"),
        ("sazhen", "2.1336"),
        ("сажень", "2.1336"),
        ("UK nautical mile", "1853.184"),
    ],
)
def test_units_have_their_defined_value(name: str, metres: str) -> None:
    """Each name gives the exact value of its definition."""
    assert find_length(name).metres == Fraction(metres)


def test_historic_units_that_are_no_decimals_are_exact_fractions() -> None:
    """The US survey mile is 6336000/3937 m; the toise of Peru is 864/443.296 m."""
    assert find_length("US survey mile").metres == Fraction(6336000, 3937)
    assert float(find_length("toise").metres) == pytest.approx(1.9490363, abs=1e-7)


def test_a_name_that_stands_for_several_units_is_refused_with_what_it_may_mean() -> None:
    """A mile without a kind is an open word: statute, nautical or US survey."""
    with pytest.raises(UnknownUnitError) as refused:
        find_length("miles")
    assert refused.value.ambiguous
    assert refused.value.suggestions == ("statute mile", "nautical mile", "US survey mile")


def test_a_mistyped_unit_gets_a_suggestion() -> None:
    """`kilometrs` is refused and kilometre is offered."""
    with pytest.raises(UnknownUnitError) as refused:
        find_length("kilometrs")
    assert "kilometres" in refused.value.suggestions


def test_m_is_a_metre_and_capital_m_a_nautical_mile() -> None:
    """Symbols are compared as written."""
    assert (find_length("m"), find_length("M")) == (units.METRE, units.NAUTICAL_MILE)


def test_areas_have_their_defined_value() -> None:
    """640 acres are a square mile; a dessiatin is about 1.0925 ha."""
    assert 640 * find_area("acre").square_metres == find_area("square miles").square_metres
    assert float(find_area("dessiatin").square_metres) == pytest.approx(10925.4, abs=0.1)


def test_no_name_stands_for_two_units() -> None:
    """Every name and symbol belongs to one unit."""
    for family in (units.LENGTHS, units.AREAS):
        names = [name for unit in family for name in (unit.name, unit.symbol, *unit.names)]
        assert len(names) == len(set(names))


def test_every_unit_that_a_description_may_write_is_known() -> None:
    """Each canonical word of the language, and each of its Latin spellings, is a unit here."""
    for spellings in (LENGTH_SPELLINGS, AREA_SPELLINGS):
        find = find_length if spellings is LENGTH_SPELLINGS else find_area
        for word, others in spellings.items():
            for other in others:
                if other.isascii() and word.isascii():
                    assert find(other) == find(word)


def test_a_printed_length_is_rounded_once() -> None:
    """Exactly 0.1 nautical mile is 185.2 m, 12.5 versts are 13335 m, 2 km² are 2 000 000 m²."""
    assert units.metres(Decimal("0.1"), "nautical miles") == 185.2
    assert units.metres(Decimal("12.5"), "versts") == 13335.0
    assert units.square_metres(2, "km²") == 2e6
