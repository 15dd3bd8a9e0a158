"""Areas of rings whose edges are straight in longitude and latitude."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Oracle
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from merestone.errors import GeometryError
from merestone.geodesy.area import ring_area
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lonlat_area import ring_area_m2, ring_areas_m2

RING = np.array([[44.5, 41.0], [45.5, 38.9], [47.9, 39.7], [46.2, 41.6], [44.5, 41.0]])


def densified(ring: Floats, pieces: int) -> Floats:
    """The ring with every edge cut into equal pieces in longitude and latitude."""
    share = np.arange(pieces)[:, None] / pieces
    return np.concatenate([one + share * (other - one) for one, other in pairwise(ring)])


def karney_m2(ring: Floats) -> float:
    """The geodesic polygon's area by GeographicLib's Python."""
    polygon = Oracle(WGS84.a_m, WGS84.f).Polygon()
    for lon, lat in ring:
        polygon.AddPoint(lat, lon)
    return float(polygon.Compute(False, True)[2])


def test_a_ring_has_the_area_of_a_fine_geodesic_polygon_along_it() -> None:
    """GeographicLib's area of the densified ring approaches ours with the square of the spacing, to 1e-12 extrapolated."""
    found = ring_area_m2(WGS84, RING)
    coarse, fine = karney_m2(densified(RING, 500)), karney_m2(densified(RING, 1000))
    assert found == pytest.approx((4.0 * fine - coarse) / 3.0, rel=1e-12)


def test_proj_agrees_on_a_ring_of_ten_thousand_places() -> None:
    """PROJ's area of a densified ring is ours to the area between short edges and their geodesics."""
    angle = np.linspace(0.0, 2.0 * np.pi, 10_001)
    ring = np.column_stack([10.0 + 8.0 * np.cos(angle), 60.0 + 5.0 * np.sin(angle) * (1.0 + 0.3 * np.cos(7 * angle))])
    ring[-1] = ring[0]
    geod = Geod(a=WGS84.a_m, f=WGS84.f)
    coarse, fine = (geod.polygon_area_perimeter(*densified(ring, n).T)[0] for n in (5, 10))
    assert ring_area_m2(WGS84, ring) == pytest.approx((4.0 * fine - coarse) / 3.0, rel=1e-12)


def test_rings_of_lines_straight_in_lonlat_agree() -> None:
    """The area of the same edges as lines of kind `straight in lon/lat` is the same to its stated error."""
    places = [(float(lon), float(lat)) for lon, lat in RING]
    lines = [StraightInLonLat.between(WGS84, one, other) for one, other in pairwise(places)]
    other = ring_area(lines)
    assert ring_area_m2(WGS84, RING) == pytest.approx(other.area_m2, abs=other.error_m2 + 0.1)


def test_a_metre_square_keeps_its_digits() -> None:
    """A square of some metres far from the equator has its area to nine digits, limited by its coordinates alone."""
    lon, lat, step = 30.0, 60.0, 2.0**-16
    square = np.array([[0.0, 0.0], [step, 0.0], [step, step], [0.0, step], [0.0, 0.0]]) + np.array([lon, lat])
    w2 = 1.0 - WGS84.e2 * np.sin(np.radians(lat + step / 2.0)) ** 2
    per_square = WGS84.a_m**2 * (1.0 - WGS84.e2) / w2**2 * np.cos(np.radians(lat + step / 2.0))
    assert ring_area_m2(WGS84, square) == pytest.approx(per_square * np.radians(step) ** 2, rel=1e-10)


def test_the_whole_ellipsoid_is_a_ring_along_both_poles() -> None:
    """The ring round the plane of longitude and latitude has the area of the ellipsoid, as the cap of Antarctica needs."""
    world = np.array([[-180.0, -90.0], [180.0, -90.0], [180.0, 90.0], [-180.0, 90.0], [-180.0, -90.0]])
    assert ring_area_m2(WGS84, world) == pytest.approx(Oracle(WGS84.a_m, WGS84.f).Polygon().area0, rel=1e-14)


def test_a_sphere_has_archimedes_area() -> None:
    """On a sphere a zone has the area 2 pi R h of its share."""
    sphere = Ellipsoid("sphere", 6_371_000.0, 0.0)
    zone = np.array([[0.0, 10.0], [90.0, 10.0], [90.0, 50.0], [0.0, 50.0], [0.0, 10.0]])
    height = np.sin(np.radians(50.0)) - np.sin(np.radians(10.0))
    assert ring_area_m2(sphere, zone) == pytest.approx(np.pi / 2.0 * 6_371_000.0**2 * height, rel=1e-14)


def test_an_open_ring_is_closed_and_whole_turns_change_nothing() -> None:
    """The first place need not be repeated, and a ring 360 degrees further east has the same area."""
    assert ring_area_m2(WGS84, RING[:-1]) == ring_area_m2(WGS84, RING)
    assert ring_area_m2(WGS84, RING + np.array([360.0, 0.0])) == pytest.approx(ring_area_m2(WGS84, RING), rel=1e-13)


def test_many_rings_at_once_have_the_areas_of_each() -> None:
    """Rings one after the other, an empty one and a single place among them, have the areas they have alone."""
    rings = [RING, RING[:0], RING[::-1], RING[:1], RING * 0.5]
    offsets = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])])
    areas = ring_areas_m2(WGS84, np.concatenate(rings), offsets)
    assert list(areas) == pytest.approx([ring_area_m2(WGS84, ring) for ring in rings], rel=1e-14)
    assert areas[0] == -areas[2]
    assert areas[1] == areas[3] == 0.0


def test_a_ring_that_does_not_close_is_refused_with_its_ends() -> None:
    """A ring round a pole ends 360 degrees from its start, and is named."""
    with pytest.raises(GeometryError, match=r"350\.0, 70\.0"):
        ring_areas_m2(WGS84, np.array([[0.0, 70.0], [170.0, 70.0], [350.0, 70.0]]), np.array([0, 3]))


@given(st.floats(-170.0, 170.0), st.floats(-80.0, 80.0), st.floats(1e-4, 5.0), st.floats(0.0, 1.0))
def test_cutting_a_ring_in_two_loses_no_area(lon: float, lat: float, size: float, share: float) -> None:
    """The parts on either side of a cut have together the area of the ring."""
    a, b, c, d = (np.array([lon, lat]) + size * np.array(corner) for corner in ((0, 0), (1, 0.2), (1.1, 1), (0.1, 0.9)))
    cut_low, cut_high = a + share * (b - a), d + share * (c - d)
    whole = ring_area_m2(WGS84, np.stack([a, b, c, d]))
    parts = ring_area_m2(WGS84, np.stack([a, cut_low, cut_high, d])) + ring_area_m2(
        WGS84, np.stack([cut_low, b, c, cut_high])
    )
    assert parts == pytest.approx(whole, rel=1e-9)
