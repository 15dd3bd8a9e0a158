"""What is no line is refused with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.meridian import AlongMeridian, Meridian
from merestone.geodesy.lines.parallel import AlongParallel, Parallel
from merestone.geodesy.lines.projected import ProjectedStraight

HERE, NAN = (10.0, 50.0), float("nan")

REFUSED: dict[str, tuple[Callable[[], Line], str]] = {
    "antipodal geodesic": (lambda: Geodesic.between(WGS84, HERE, (-170.0, -50.1)), "name a place in between"),
    "geodesic to itself": (lambda: Geodesic.between(WGS84, HERE, (370.0, 50.0)), "leave the line out"),
    "geodesic too long": (lambda: Geodesic.from_azimuth(WGS84, HERE, 10.0, 3e7), "divide it"),
    "no length": (lambda: Geodesic.from_azimuth(WGS84, HERE, 10.0, 0.0), "positive length"),
    "swapped": (lambda: Geodesic.between(WGS84, (50.0, 120.0), HERE), "swapped"),
    "not a number": (lambda: Loxodrome.between(WGS84, HERE, (NAN, 1.0)), "not a finite number"),
    "loxodrome both ways": (lambda: Loxodrome.between(WGS84, HERE, (-170.0, 10.0)), "opposite meridians"),
    "loxodrome to the pole": (lambda: Loxodrome.between(WGS84, HERE, (20.0, 90.0)), "winds around a pole"),
    "loxodrome over the pole": (lambda: Loxodrome.from_azimuth(WGS84, HERE, 5.0, 1e7), "ends at the pole"),
    "loxodrome to itself": (lambda: Loxodrome.between(WGS84, HERE, HERE), "leave the line out"),
    "two latitudes": (lambda: Parallel.between(WGS84, HERE, (20.0, 50.1)), "keeps one latitude"),
    "parallel both ways": (lambda: Parallel.between(WGS84, HERE, (-170.0, 50.0)), "eastward or westward"),
    "parallel of the pole": (lambda: Parallel.between(WGS84, (0.0, 90.0), (9.0, 90.0)), "a point, not a line"),
    "parallel to itself": (
        lambda: Parallel.running(WGS84, 50.0, 10.0, 370.0, AlongParallel.EASTWARD),
        "needs two longitudes",
    ),
    "two longitudes": (lambda: Meridian.between(WGS84, HERE, (10.1, 60.0)), "keeps one longitude"),
    "meridian the wrong way": (
        lambda: Meridian.running(WGS84, 10.0, 50.0, 40.0, AlongMeridian.NORTHWARD),
        "turn the direction",
    ),
    "meridian to itself": (lambda: Meridian.between(WGS84, HERE, HERE), "needs two latitudes"),
    "lon/lat both ways": (lambda: StraightInLonLat.between(WGS84, HERE, (190.0, 20.0)), "opposite meridians"),
    "lon/lat to itself": (lambda: StraightInLonLat.between(WGS84, HERE, HERE), "leave the line out"),
    "no projection": (lambda: ProjectedStraight.between(WGS84, HERE, (11.0, 51.0), "EPSG:1"), "names no projection"),
    "geographic system": (lambda: ProjectedStraight.between(WGS84, HERE, (11.0, 51.0), "EPSG:4326"), "not a projected"),
    "outside the projection": (
        lambda: ProjectedStraight.between(WGS84, (179.0, 10.0), (100.0, 0.0), "EPSG:32633"),
        "domain",
    ),
    "projected to itself": (lambda: ProjectedStraight.between(WGS84, HERE, HERE, "EPSG:32633"), "leave the line out"),
    "arc without radius": (lambda: Arc.around(WGS84, HERE, -5.0, 0.0, 90.0, Turn.CLOCKWISE), "positive length"),
    "arc too wide": (lambda: Arc.around(WGS84, HERE, 1.2e7, 0.0, 90.0, Turn.CLOCKWISE), "shorter one"),
    "arc of no angle": (lambda: Arc.sweeping(WGS84, HERE, 1000.0, 0.0, 0.0), "turns through"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_no_line_is_refused_with_a_sentence(name: str) -> None:
    """The error says what is wrong or what to do, in words."""
    make, words = REFUSED[name]
    with pytest.raises(GeometryError, match=words):
        make()


def test_directions_choose_the_long_way_round() -> None:
    """A parallel run westward from 10 to 20 degrees goes round the Earth; a meridian runs the way it is told."""
    way_round = Parallel.running(WGS84, 50.0, 10.0, 20.0, AlongParallel.WESTWARD)
    assert way_round.ends[1, 0] == -340.0
    assert Meridian.running(WGS84, 10.0, 50.0, 40.0, AlongMeridian.SOUTHWARD).azimuth(way_round.ends[0])[0] == 180.0


def test_a_meridian_may_end_in_a_pole() -> None:
    """The pole has every longitude: a meridian runs to it and from it, and is not produced through it."""
    to_pole = Meridian.between(WGS84, (30.0, 60.0), (-75.0, 90.0))
    assert tuple(to_pole.ends[1]) == (30.0, 90.0)
    assert to_pole.reach_m[1] == pytest.approx(to_pole.length_m, abs=1e-6)
    with pytest.raises(GeometryError, match="ends at the pole"):
        to_pole.position(to_pole.ends[1] + 1e7)
