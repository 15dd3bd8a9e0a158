"""Numbers in the forms of the report."""

from __future__ import annotations

import numpy as np
import pytest

from merestone.publish.report.numbers import grouped, metres, place, polyline, px, rough, square_km


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.0, "0"), (-0.001, "0"), (1.0, "1"), (1.005001, "1.01"), (-12.3, "-12.3"), (100.0, "100")],
)
def test_a_pixel_has_two_decimals_at_most(value: float, printed: str) -> None:
    """Coordinates of a drawing are cut to two decimals without trailing zeros, and zero has no sign."""
    assert px(value) == printed


def test_thousands_are_set_apart() -> None:
    """Commas part thousands, and a true minus sign goes before."""
    assert grouped(-1234567.891, 1) == "−1,234,567.9"
    assert grouped(-0.04, 1) == "0.0"


@pytest.mark.parametrize(
    ("value_m", "printed"),
    [(6012.3, "6.01 km"), (936_781.327, "937 km"), (97.7, "97.7 m"), (0.00012, "0.12 mm"), (0.0, "0 m")],
)
def test_a_label_has_about_three_digits(value_m: float, printed: str) -> None:
    """Distances in labels are in the unit that shows three significant digits."""
    assert rough(value_m) == printed


def test_a_length_is_in_km_or_m() -> None:
    """From one kilometre on a length is in km to the metre, below in m to the millimetre."""
    assert metres(1000.4) == "1.000 km"
    assert metres(999.9994) == "999.999 m"


def test_a_small_area_is_in_square_metres() -> None:
    """Below a hectare an area is in m²."""
    assert square_km(1234.0) == "1,234 m²"
    assert square_km(3.76e9) == "3,760 km²"


def test_a_place_past_the_antimeridian_is_named_as_maps_do() -> None:
    """A longitude of 181 degrees is 179 degrees west."""
    assert place(181.0, -0.5) == "0°30′S 179°00′W"


def test_a_path_drops_points_that_print_alike() -> None:
    """Neighbouring points that round to the same pixels are one, and a path always has two."""
    assert polyline(np.array([[0.0, 0.0], [0.001, 0.001], [5.0, 5.0]])) == "M0 0L5 5"
    assert polyline(np.array([[1.0, 1.0]])) == "M1 1L1 1"
