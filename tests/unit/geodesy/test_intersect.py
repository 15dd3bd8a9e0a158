"""Intersections of every kind with every kind."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from merestone.errors import GeometryError, MixedFramesError
from merestone.geodesy.elementary import inverse
from merestone.geodesy.ellipsoid import GRS80, WGS84
from merestone.geodesy.intersect import intersect
from merestone.geodesy.line import Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.meridian import Meridian
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.lines.projected import ProjectedStraight

EASTWARD: dict[str, Line] = {
    "geodesic": Geodesic.between(WGS84, (10.0, 45.0), (20.0, 47.0)),
    "loxodrome": Loxodrome.between(WGS84, (10.0, 45.0), (20.0, 47.0)),
    "parallel": Parallel.between(WGS84, (10.0, 46.0), (20.0, 46.0)),
    "lon/lat": StraightInLonLat.between(WGS84, (10.0, 45.0), (20.0, 47.0)),
    "projected": ProjectedStraight.between(WGS84, (10.0, 45.0), (20.0, 47.0), "EPSG:32633"),
    "arc": Arc.around(WGS84, (15.0, 40.0), 650_000.0, 330.0, 30.0, Turn.CLOCKWISE),
}
NORTHWARD: dict[str, Line] = {
    "geodesic": Geodesic.between(WGS84, (14.0, 40.0), (16.0, 52.0)),
    "loxodrome": Loxodrome.between(WGS84, (14.0, 40.0), (16.0, 52.0)),
    "meridian": Meridian.between(WGS84, (15.0, 40.0), (15.0, 52.0)),
    "lon/lat": StraightInLonLat.between(WGS84, (14.0, 40.0), (16.0, 52.0)),
    "projected": ProjectedStraight.between(WGS84, (14.0, 40.0), (16.0, 52.0), "EPSG:32633"),
    "arc": Arc.around(WGS84, (5.0, 46.0), 780_000.0, 30.0, 150.0, Turn.CLOCKWISE),
}


@pytest.mark.parametrize(("one", "other"), list(itertools.product(EASTWARD, NORTHWARD)))
def test_any_kind_meets_any_kind_within_a_tenth_of_a_millimetre(one: str, other: str) -> None:
    """Both lines pass within 0.1 mm of the one place that is found, and the order of the two does not matter."""
    first, second = EASTWARD[one], NORTHWARD[other]
    (found,) = intersect(first, second)
    for line, along_m in ((first, found.along_first_m), (second, found.along_second_m)):
        apart_m = inverse(WGS84, line.position(np.array([along_m])), np.array([found.place]))[2]
        assert apart_m[0] < 1e-4
        assert abs(line.nearest(np.array([found.place])).separation_m[0]) < 1e-4
    (again,) = intersect(second, first)
    assert inverse(WGS84, np.array([again.place]), np.array([found.place]))[2][0] < 1e-4
    assert again.angle_deg == pytest.approx(-found.angle_deg, abs=1e-9)


def test_several_solutions_come_in_order_along_the_first() -> None:
    """A geodesic that bulges over a parallel crosses it twice, and both places are given in order."""
    bulging = Geodesic.between(WGS84, (-30.0, 49.0), (30.0, 49.0))
    found = intersect(bulging, Parallel.between(WGS84, (-40.0, 51.0), (40.0, 51.0)))
    assert [round(crossing.place[0], 6) for crossing in found] == sorted(
        round(crossing.place[0], 6) for crossing in found
    )
    assert len(found) == 2
    assert found[0].place[0] == pytest.approx(-found[1].place[0], abs=1e-9)


def test_a_grazing_pair_of_crossings_is_found() -> None:
    """Two crossings under a parallel ten centimetres below the top of a geodesic are both found."""
    bulging = Geodesic.between(WGS84, (-10.0, 49.0), (10.0, 49.0))
    top = bulging.position(np.array([bulging.length_m / 2.0]))[0, 1]
    found = intersect(bulging, Parallel.between(WGS84, (-20.0, top - 1e-6), (20.0, top - 1e-6)))
    assert len(found) == 2
    assert found[0].shift_m_per_m > 1000.0
    assert intersect(bulging, Parallel.between(WGS84, (-20.0, top + 1e-6), (20.0, top + 1e-6))) == ()


def test_production_is_followed_only_where_asked() -> None:
    """Two short lines that point at one place meet there when produced, and not otherwise."""
    first = Geodesic.between(WGS84, (0.0, 0.0), (1.0, 1.0))
    second = Loxodrome.between(WGS84, (10.0, 0.0), (9.0, 1.0))
    assert intersect(first, second) == ()
    assert intersect(first, second, first_produced=True) == ()
    found = intersect(first, second, first_produced=True, second_produced=True)
    assert found[0].along_first_m > first.length_m or found[0].along_first_m < 0.0
    assert any(crossing.place[0] == pytest.approx(5.0, abs=0.1) for crossing in found)


def test_ill_conditioning_is_the_cosecant_of_the_angle() -> None:
    """Shifting the second line across itself by a metre shifts the place along the first as stated."""
    first = Parallel.between(WGS84, (10.0, 45.0), (12.0, 45.0))
    second = Loxodrome.from_azimuth(WGS84, (11.0, 44.9), 60.0, 50_000.0)
    shifted = Loxodrome.from_azimuth(WGS84, (11.0 + 1.0 / 78_800.0, 44.9), 60.0, 50_000.0)
    (here,), (there,) = intersect(first, second), intersect(first, shifted)
    across_m = abs(second.nearest(shifted.position(np.array([20_000.0]))).separation_m[0])
    along_m = there.along_first_m - here.along_first_m
    assert abs(along_m) / across_m == pytest.approx(here.shift_m_per_m, rel=1e-3)


def test_lines_that_cross_at_a_tiny_angle_meet_once() -> None:
    """Two lines a millimetre apart at their ends, on opposite sides, meet in one place, and it is ill-conditioned."""
    first = Geodesic.between(WGS84, (0.0, 0.0), (10.0, 10.0))
    (found,) = intersect(first, Geodesic.between(WGS84, (0.0, 1e-8), (10.0, 10.0 - 1e-8)))
    assert 0.3 * first.length_m < found.along_first_m < 0.7 * first.length_m
    assert found.shift_m_per_m > 1e8


def test_lines_that_run_together_are_refused() -> None:
    """A geodesic along a meridian has no single place in common with it, and that is said."""
    geodesic = Geodesic.between(WGS84, (0.0, 0.0), (0.0, 10.0))
    with pytest.raises(GeometryError, match="run together"):
        intersect(geodesic, Meridian.between(WGS84, (0.0, 5.0), (0.0, 15.0)))


def test_consecutive_legs_meet_in_their_common_end() -> None:
    """Two legs of one meridian that only touch meet in the end they share, infinitely ill-conditioned."""
    one = Meridian.between(WGS84, (0.0, 0.0), (0.0, 10.0))
    (found,) = intersect(one, Meridian.between(WGS84, (0.0, 10.0), (0.0, 15.0)))
    assert found.place == (0.0, 10.0)
    assert found.shift_m_per_m == np.inf


def test_lines_on_two_ellipsoids_are_refused() -> None:
    """Lines on different ellipsoids cannot be intersected."""
    with pytest.raises(MixedFramesError):
        intersect(Meridian.between(WGS84, (0.0, 0.0), (0.0, 10.0)), Parallel.between(GRS80, (-1.0, 5.0), (1.0, 5.0)))
