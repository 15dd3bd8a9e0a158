"""On which side of a line a place lies, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from fakes.claims import claim
from merestone.compare.lines.places import beside
from merestone.geodesy.uncertainty import Common, Component, Uncertainty

EQUATOR = np.array([[10.0, 0.0], [11.0, 0.0]])


def test_a_place_a_sigma_to_the_left_lies_there_with_84_per_cent() -> None:
    """100 m north of a line that runs east with a sigma of 100 m: 84.13 % left; as far south: the rest."""
    unsure = Uncertainty((Component("survey", 100.0, Common()),))
    lon, lat, _ = Geod(ellps="WGS84").fwd(10.5, 0.0, 0.0, 100.0)
    north, south = beside(claim(EQUATOR, uncertainty=unsure), np.array([[lon, lat], [lon, -lat]]))
    assert north.offset_m == pytest.approx(100.0, abs=1e-6)
    assert (north.left_probability, south.left_probability) == pytest.approx((0.841345, 0.158655), abs=1e-5)
    assert (north.left, north.right) == ("Aland", "Bland")


def test_without_uncertainty_a_place_lies_on_its_side_for_certain() -> None:
    """An exact line has a place on one side or the other."""
    north, south = beside(claim(EQUATOR), np.array([[10.5, 0.001], [10.5, -0.001]]))
    assert (north.left_probability, south.left_probability) == (1.0, 0.0)
