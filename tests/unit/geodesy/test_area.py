"""Areas of rings of mixed kinds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Oracle
from scipy.integrate import quad

from merestone.errors import GeometryError
from merestone.geodesy.area import Part, enclosed_area, ring_area
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.densify import densify
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.chain import Chain, geodesic_chain, loxodrome_chain
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.meridian import Meridian
from merestone.geodesy.lines.parallel import AlongParallel, Parallel
from merestone.geodesy.lines.part import Part as CutLine
from merestone.geodesy.lines.path import Path
from merestone.geodesy.lines.projected import ProjectedStraight
from merestone.geodesy.turning import Chord


def zone_m2(ellipsoid: Ellipsoid, south_deg: float, north_deg: float, width_deg: float) -> float:
    """The area between two parallels by plain quadrature of M N cos(phi)."""

    def strip(lat: float) -> float:
        w2 = 1.0 - ellipsoid.e2 * np.sin(lat) ** 2
        return float(ellipsoid.a_m**2 * (1.0 - ellipsoid.e2) * np.cos(lat) / w2**2)

    return float(np.radians(width_deg) * quad(strip, np.radians(south_deg), np.radians(north_deg), epsabs=0.0)[0])


def frame_ring(lon: float) -> list[Line]:
    """Two parallels and two meridians around 20 by 20 degrees, anticlockwise."""
    return [
        Parallel.between(WGS84, (lon, 10.0), (lon + 20.0, 10.0)),
        Meridian.between(WGS84, (lon + 20.0, 10.0), (lon + 20.0, 30.0)),
        Parallel.between(WGS84, (lon + 20.0, 30.0), (lon, 30.0)),
        Meridian.between(WGS84, (lon, 30.0), (lon, 10.0)),
    ]


@pytest.mark.parametrize("lon", [0.0, 170.0, -190.0])
def test_a_frame_of_parallels_and_meridians_has_the_area_of_its_zone(lon: float) -> None:
    """The frame has the quadrature's area, over the antimeridian too, to its stated error."""
    found = ring_area(frame_ring(lon))
    assert found.area_m2 == pytest.approx(zone_m2(WGS84, 10.0, 30.0, 20.0), abs=found.error_m2 + 1.0)
    assert found.error_m2 < 1.0


def test_running_a_ring_the_other_way_changes_the_sign() -> None:
    """A clockwise ring has the area of the anticlockwise one, negative."""
    back = [line.reversed() for line in reversed(frame_ring(0.0))]
    assert ring_area(back).area_m2 == pytest.approx(-ring_area(frame_ring(0.0)).area_m2, abs=0.5)


def test_a_polar_cap_has_the_area_of_its_zone() -> None:
    """A parallel run once round encloses the cap to the pole, north and south."""
    for lat, way in ((60.0, AlongParallel.EASTWARD), (-60.0, AlongParallel.WESTWARD)):
        cap = [Parallel.running(WGS84, lat, 0.0, -1.0, way), Parallel.running(WGS84, lat, -1.0, 0.0, way)]
        if way is AlongParallel.WESTWARD:
            cap = [Parallel.running(WGS84, lat, 0.0, 1.0, way), Parallel.running(WGS84, lat, 1.0, 0.0, way)]
        found = ring_area(cap)
        assert found.area_m2 == pytest.approx(zone_m2(WGS84, 60.0, 90.0, 360.0), abs=1.0)


def test_geodesic_rings_have_geographiclibs_area() -> None:
    """A ring of geodesics alone has exactly the polygon's area of GeographicLib."""
    corners = [(24.0, 19.5), (30.0, 40.0), (5.0, 45.0)]
    ring = [Geodesic.between(WGS84, one, other) for one, other in zip(corners, corners[1:] + corners[:1], strict=True)]
    oracle = Oracle(WGS84.a_m, WGS84.f).Polygon()
    for lon, lat in corners:
        oracle.AddPoint(lat, lon)
    assert ring_area(ring).area_m2 == pytest.approx(oracle.Compute(False, True)[2], abs=0.5)


def test_every_kind_agrees_with_a_fine_geodesic_polygon() -> None:
    """A ring of five kinds has the area of GeographicLib's polygon through a chain a centimetre from it."""
    ring: list[Line] = [
        Loxodrome.between(WGS84, (10.0, 60.0), (14.0, 60.5)),
        ProjectedStraight.between(WGS84, (14.0, 60.5), (14.5, 63.0), "EPSG:32633"),
        StraightInLonLat.between(WGS84, (14.5, 63.0), (11.0, 63.2)),
        Geodesic.between(WGS84, (11.0, 63.2), (10.0, 62.0)),
        Meridian.between(WGS84, (10.0, 62.0), (10.0, 60.0)),
    ]
    oracle = Oracle(WGS84.a_m, WGS84.f).Polygon()
    for line in ring:
        for lon, lat in densify(line, 0.01, Chord.GEODESIC).lonlat[:-1]:
            oracle.AddPoint(lat, lon)
    perimeter_m = sum(line.length_m for line in ring)
    found = ring_area(ring)
    assert found.area_m2 == pytest.approx(oracle.Compute(False, True)[2], abs=0.01 * perimeter_m)
    assert found.error_m2 < 1.0


def test_a_circle_on_the_pole_is_a_cap_and_a_small_one_nearly_plane() -> None:
    """A circle about the pole has its zone's area; one of a kilometre elsewhere that of the plane to 1 in 10 million."""
    radius_m = 1_000_000.0
    lat = Geodesic.from_azimuth(WGS84, (0.0, 90.0), 0.0, radius_m).end[1]
    polar = ring_area([Arc.around(WGS84, (10.0, 90.0), radius_m, 0.0, 0.0, Turn.ANTICLOCKWISE)])
    assert polar.area_m2 == pytest.approx(zone_m2(WGS84, lat, 90.0, 360.0), abs=1.0)
    small = ring_area([Arc.around(WGS84, (45.0, 40.0), 1000.0, 0.0, 0.0, Turn.CLOCKWISE)])
    assert small.area_m2 == pytest.approx(-np.pi * 1000.0**2, rel=1e-7)


def test_a_broken_ring_is_refused() -> None:
    """Lines that do not follow one another are no ring, and the gap is named."""
    with pytest.raises(GeometryError, match="broken"):
        ring_area(frame_ring(0.0)[:3])


@pytest.mark.parametrize("chained", [geodesic_chain, loxodrome_chain])
def test_a_chain_encloses_what_its_pieces_enclose(chained: Callable[[Ellipsoid, Floats], Chain]) -> None:
    """A ring of one chain, run either way or cut in two, has the area of a ring of its pieces one by one."""
    lonlat = np.array([[20.0, 10.0], [24.0, 10.5], [23.0, 14.0], [20.5, 13.0], [20.0, 10.0]])
    chain = ChainedLine(chained(WGS84, lonlat))
    expected = ring_area(chain.pieces()).area_m2
    half_m = chain.length_m / 2.0
    halves = [Part(chain, 0.0, half_m), Part(CutLine(chain, half_m, chain.length_m), 0.0, half_m)]
    assert expected > 1e11
    assert ring_area([chain]).area_m2 == pytest.approx(expected, abs=0.01)
    assert ring_area([chain.reversed()]).area_m2 == pytest.approx(-expected, abs=0.01)
    assert enclosed_area(halves).area_m2 == pytest.approx(expected, abs=0.01)
    back = [Part(Path(chain.pieces()), chain.length_m, 0.0)]
    assert enclosed_area(back).area_m2 == pytest.approx(-expected, abs=0.01)
