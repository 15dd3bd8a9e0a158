"""The uncertainty of a line is a sum of components that keep what they have in common."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.uncertainty import (
    Common,
    Component,
    Local,
    Uncertainty,
    across_sigma_on_leg_m,
    isotropic,
    rounded,
)

FRAME = Component("EPSG:15865", 4.5)
EASTWARD = Component("sheet 12", 3.0, Common(90.0))
SURVEY = Component("survey", 2.0, Local(500.0))


def test_independent_components_add_as_squares() -> None:
    """A frame of 4.5 m and a survey of 2 m are together the root of the sum of their squares, at any azimuth."""
    found = Uncertainty((FRAME, SURVEY)).across_sigma_m(np.array([0.0, 77.0]))
    assert found == pytest.approx([math.hypot(4.5, 2.0)] * 2)


def test_an_error_along_the_line_does_not_move_it_across() -> None:
    """An eastward error counts in full on a line to the north, half on one at 30° from it, not at all to the east."""
    found = Uncertainty((EASTWARD,)).across_sigma_m(np.array([0.0, 60.0, 90.0]))
    assert found == pytest.approx([3.0, 1.5, 0.0], abs=1e-12)


def test_what_two_lines_have_in_common_cancels() -> None:
    """Two lines in one frame differ by their own surveys only; where one sigma is larger the rest stays."""
    one = Uncertainty((FRAME, SURVEY))
    other = Uncertainty((FRAME, Component("other survey", 1.0, Local(500.0))))
    assert one.minus(other).across_sigma_m(np.array([10.0])) == pytest.approx([math.hypot(2.0, 1.0)])
    assert one.minus(one) == Uncertainty()
    larger = isotropic("EPSG:15865", 5.5)
    assert larger.minus(Uncertainty((FRAME,))).across_sigma_m(np.array([0.0])) == pytest.approx([1.0])


def test_a_common_error_moves_an_area_by_the_chord() -> None:
    """The area beside an L of 3 km and 4 km changes with the 5 km chord; inside a closed ring it does not change."""
    legs = np.array([0.0, 90.0]), np.array([3000.0, 4000.0])
    assert math.sqrt(Uncertainty((FRAME,)).area_variance_m4(*legs)) == pytest.approx(4.5 * 5000.0)
    assert math.sqrt(Uncertainty((EASTWARD,)).area_variance_m4(*legs)) == pytest.approx(3.0 * 3000.0)
    ring = np.array([0.0, 90.0, 180.0, 270.0]), np.full(4, 1000.0)
    assert Uncertainty((FRAME,)).area_variance_m4(*ring) == pytest.approx(0.0, abs=1e-3)


def test_the_area_variance_of_a_local_error_is_its_covariance_integrated_along_the_line() -> None:
    """The closed form agrees with the double integral summed numerically over 1 m pieces."""
    azimuth, length = np.array([10.0, 80.0, 80.0, 150.0]), np.array([700.0, 40.0, 1200.0, 300.0])
    step = np.repeat(np.arange(4), length.astype(int))
    normal = np.column_stack((-np.cos(np.radians(azimuth[step])), np.sin(np.radians(azimuth[step]))))
    along = np.arange(len(step)) + 0.5
    kernel = np.exp(-np.abs(along[:, None] - along[None, :]) / 500.0)
    expected = 4.0 * float(np.sum((normal @ normal.T) * kernel))
    assert Uncertainty((SURVEY,)).area_variance_m4(azimuth, length) == pytest.approx(expected, rel=1e-5)


def test_cutting_a_line_into_more_pieces_changes_no_variance() -> None:
    """One piece of 1 km or ten thousand of 10 cm have the same area variance."""
    whole = Uncertainty((SURVEY,)).area_variance_m4(np.array([33.0]), np.array([1000.0]))
    parts = Uncertainty((SURVEY,)).area_variance_m4(np.full(10000, 33.0), np.full(10000, 0.1))
    assert parts == pytest.approx(whole, rel=1e-9)


def test_a_leg_between_two_independent_ends_is_surest_in_the_middle() -> None:
    """Independent ends of 1 m give 0.71 m in the middle; a common error stays whole along the leg."""
    f, azimuth = np.array([0.0, 0.5, 1.0]), np.array([45.0, 45.0, 45.0])
    found = across_sigma_on_leg_m(isotropic("a", 1.0), isotropic("b", 1.0), f, azimuth)
    assert found == pytest.approx([1.0, math.sqrt(0.5), 1.0])
    assert across_sigma_on_leg_m(isotropic("a", 1.0), isotropic("a", 1.0), f, azimuth) == pytest.approx([1.0] * 3)


def test_rounding_is_rectangular_over_the_printed_unit() -> None:
    """One minute at 60° N is 1857 m by 930 m (GeographicLib); sigma is that over the root of twelve."""
    unit = Fraction(1, 60)
    found = rounded("point A", unit, 60.0, WGS84)
    south_north = Geodesic.WGS84.Inverse(60.0 - 1 / 120, 0.0, 60.0 + 1 / 120, 0.0)["s12"]
    west_east = Geodesic.WGS84.Inverse(60.0, -1 / 120, 60.0, 1 / 120)["s12"]
    across = found.across_sigma_m(np.array([90.0, 0.0]))
    assert across == pytest.approx([south_north / math.sqrt(12), west_east / math.sqrt(12)], rel=1e-6)


def test_nothing_uncertain_is_exact() -> None:
    """A line enacted by law has sigma 0 everywhere."""
    assert Uncertainty().across_sigma_m(np.array([1.0, 2.0])).tolist() == [0.0, 0.0]
    assert Uncertainty().area_variance_m4(np.array([1.0]), np.array([2.0])) == 0.0


def test_a_sigma_that_is_no_number_is_refused() -> None:
    """NaN, infinity and negative values mean nothing as a standard deviation."""
    for value in (math.nan, math.inf, -1.0):
        with pytest.raises(ValueError, match="standard deviation"):
            Component("x", value)
    with pytest.raises(ValueError, match="correlation length"):
        Local(0.0)
