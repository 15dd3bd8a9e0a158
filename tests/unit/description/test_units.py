"""Every unit that the language writes is a unit whose length is known."""

from __future__ import annotations

import pytest

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
