"""Degrees, minutes and seconds out of whole units."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.delimit.canonical import wrapped
from merestone.publish.angles import Axis, azimuth_dms, decimal_degrees, dms, units_from_dms


@pytest.mark.parametrize(
    ("units", "axis", "text"),
    [
        (0, Axis.LATITUDE, "0°00'00.00000\" N"),
        (-1, Axis.LATITUDE, "0°00'00.000004\" S"),
        (23_443_611_111, Axis.LATITUDE, "23°26'37.00000\" N"),
        (-71_747_222_222, Axis.LONGITUDE, "71°44'50.00000\" W"),
        (180_000_000_000, Axis.LONGITUDE, "180°00'00.00000\" E"),
        (181_000_000_000, Axis.LONGITUDE, "179°00'00.00000\" W"),
        (-181_000_000_000, Axis.LONGITUDE, "179°00'00.00000\" E"),
    ],
)
def test_a_coordinate_is_printed_exactly(units: int, axis: Axis, text: str) -> None:
    """Units print as worked out by hand, with the letter of their hemisphere, longitudes within 180 degrees."""
    assert dms(units, axis) == text


def test_sixty_seconds_are_carried() -> None:
    """Seconds that round up to 60 become a minute, and 60 minutes a degree."""
    assert dms(71_999_999_999, Axis.LATITUDE, 5) == "72°00'00.00000\" N"
    assert dms(10_016_666_666, Axis.LATITUDE, 2) == "10°01'00.00\" N"


@given(st.integers(-90 * 10**9, 90 * 10**9))
def test_no_unit_is_lost_in_print(units: int) -> None:
    """Reading the printed text gives back the very unit that was printed."""
    assert units_from_dms(dms(units, Axis.LATITUDE)) == units


@given(st.integers(-720 * 10**9, 720 * 10**9))
def test_a_wrapped_longitude_is_the_same_place(units: int) -> None:
    """Wrapping adds whole turns only, and ends in (-180, 180]."""
    assert (wrapped(units) - units) % (360 * 10**9) == 0
    assert -180 * 10**9 < wrapped(units) <= 180 * 10**9


@given(st.integers(-90 * 10**9, 90 * 10**9))
def test_decimal_degrees_are_exact(units: int) -> None:
    """The decimal text is the number of units divided by 1e9, exactly."""
    assert Fraction(decimal_degrees(units)) == Fraction(units, 10**9)


@pytest.mark.parametrize(
    ("azimuth_deg", "text"),
    [(0.0, "0°00'00.00\""), (134.657, "134°39'25.20\""), (359.9999999, "0°00'00.00\""), (360.0, "0°00'00.00\"")],
)
def test_an_azimuth_never_prints_a_full_turn(azimuth_deg: float, text: str) -> None:
    """An azimuth that rounds to 360 degrees prints as 0."""
    assert azimuth_dms(azimuth_deg) == text


@pytest.mark.parametrize("text", ["", "1°2'3\" N", "1°02'03\"", "1°02'03\" X"])
def test_what_was_not_printed_here_is_not_read(text: str) -> None:
    """A text in another form is refused."""
    with pytest.raises(ValueError, match="letter"):
        units_from_dms(text)
