"""Lines with common ends that are nowhere near one another between."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from pyproj import Geod

from fakes.claims import claim
from merestone.compare.comparison import Comparison, Settings
from merestone.compare.lines.compare import compare
from merestone.geodesy.line import Floats

GEOD = Geod(ellps="WGS84")


def lens(lat: float, span_deg: float, up: float) -> Floats:
    """An arc between two places of one latitude, bulging by so many degrees."""
    share = np.linspace(0.0, 1.0, 200)
    bulge = up * np.sin(np.pi * share)
    bulge[-1] = 0.0
    return np.column_stack([10.0 + span_deg * share, lat + bulge])


def made(first: Floats, second: Floats) -> Comparison:
    return compare(claim(first), claim(second), Settings())


@pytest.mark.parametrize(("lat", "span_deg"), [(0.0, 0.0422), (0.0, 0.3), (60.0, 0.09), (88.8, 2.0)])
def test_a_lens_as_wide_as_it_is_long_is_one_zone(lat: float, span_deg: float) -> None:
    """Its area is that of the polygon along both lines, at the equator as near the pole, and mirrors when swapped."""
    south, north = lens(lat, span_deg, -0.1), lens(lat, span_deg, 0.1)
    found, mirrored = made(south, north), made(north, south[::-1])
    ring = np.concatenate([south, north[::-1]])
    dense = np.concatenate([np.linspace(one, other, 20)[:-1] for one, other in pairwise(ring)])
    area_m2 = abs(GEOD.polygon_area_perimeter(dense[:, 0], dense[:, 1])[0])
    assert len(found.zones) == 1
    assert found.zones[0].area_m2 == pytest.approx(area_m2, rel=1e-6)
    assert mirrored.zones[0].area_m2 == pytest.approx(found.zones[0].area_m2, rel=1e-9)
    assert mirrored.zones[0].in_first is not found.zones[0].in_first
    assert found.lengths_m == pytest.approx(found.whole_lengths_m)


def test_one_common_end_is_not_enough() -> None:
    """Lines that leave one place in two directions are no versions of one another."""
    south, east = lens(45.0, 0.1, -0.1), np.array([[10.0, 45.0], [9.0, 45.6]])
    assert made(south, east).stretches == ()
