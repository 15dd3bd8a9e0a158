"""How far readings of "straight line" lie apart, against controls computed independently of the code under test."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Karney

from merestone.delimit.openness import StraightLine
from merestone.delimit.readings import PairSpread, straight_readings, table_of
from merestone.geodesy.ellipsoid import GRS80, WGS84, Ellipsoid
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.separation import separation

TROPIC = 23 + 26 / 60 + 37 / 3600


def straight(*places: tuple[float, float], ellipsoid: Ellipsoid = WGS84) -> StraightLine:
    """A straight line, or a chain of them, through places."""
    names = ("",) * len(places)
    return StraightLine(
        "Main", "1", "straight", ellipsoid, np.array(places), names, None, "geodesic", None, (), None
    )  # fmt: skip


def pair(line: StraightLine, one: str, other: str) -> PairSpread:
    """The spread between two readings of a line."""
    found = [each for each in straight_readings(line).pairs if {each.first, each.second} == {one, other}]
    assert len(found) == 1
    return found[0]


CONTROLS = {
    "Libya-Chad leg 1, ICJ 3 February 1994": (straight((24, 19.5), (16, TROPIC)), 6_000.0, 50.0, 936_800.0),
    "Libya-Chad leg 2": (straight((16, TROPIC), (15, 23)), 98.0, 0.5, 113_500.0),
    "Nunavut N2-N3, S.C. 1993, c. 28": (
        straight((-102, 64 + 14 / 60), (-109 - 20 / 60, 64 + 50 / 60), ellipsoid=GRS80), 5_200.0, 50.0, 358_000.0
    ),
    "Nunavut N5-N6": (
        straight((-112.5, 65.5), (-120 - 40 / 60 - 51 / 3600, 68), ellipsoid=GRS80), 7_500.0, 50.0, 455_000.0
    ),
    "49° N over ten degrees": (straight((0, 49), (10, 49)), 12_060.0, 5.0, 731_000.0),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTROLS)
def test_geodesic_and_loxodrome_part_as_the_control_says(name: str) -> None:
    """The separation of geodesic and loxodrome, and the length, are those of the published controls."""
    line, separation_m, within_m, length_m = CONTROLS[name]
    assert pair(line, "geodesic", "loxodrome").separation_m == pytest.approx(separation_m, abs=within_m)
    assert straight_readings(line).length_m == pytest.approx(length_m, abs=600.0)


@pytest.mark.parametrize("name", CONTROLS)
def test_separation_is_that_of_the_curves_themselves(name: str) -> None:
    """Laying curves beside the geodesic gives the Hausdorff separation and the area that the curves give directly."""
    line = CONTROLS[name][0]
    start, end = (tuple(place) for place in line.places.tolist())
    curves: dict[str, Line] = {
        "geodesic": Geodesic.between(line.ellipsoid, start, end),
        "loxodrome": Loxodrome.between(line.ellipsoid, start, end),
        "straight in longitude and latitude": StraightInLonLat.between(line.ellipsoid, start, end),
    }
    for one, other in (("geodesic", "loxodrome"), ("loxodrome", "straight in longitude and latitude")):
        measured, direct = pair(line, one, other), separation(curves[one], curves[other])
        assert measured.separation_m == pytest.approx(direct.greatest_m, rel=2e-5, abs=1e-4)
        assert measured.area_m2 == pytest.approx(direct.area_m2, rel=1e-4, abs=1.0)


def test_the_place_of_greatest_separation_is_that_far_from_the_other_curve() -> None:
    """GeographicLib finds the geodesic where the table says that the loxodrome is 6.0 km off, on its perpendicular."""
    line = CONTROLS["Libya-Chad leg 1, ICJ 3 February 1994"][0]
    spread = pair(line, "geodesic", "loxodrome")
    whole = Karney.WGS84.InverseLine(19.5, 24, TROPIC, 16).Position(spread.along_m)
    assert (whole["lon2"], whole["lat2"]) == pytest.approx(spread.place, abs=1e-9)
    loxodrome = Loxodrome.between(WGS84, (24, 19.5), (16, TROPIC))
    nearest = loxodrome.nearest(np.array([spread.place]))
    assert abs(nearest.separation_m[0]) == pytest.approx(spread.separation_m, rel=1e-5)


def test_a_chain_has_the_greatest_separation_and_the_sum_of_the_areas_of_its_pieces() -> None:
    """A chain of legs is one row: the greatest separation of its pieces and the sum of their areas."""
    places = [(10.0, 50.0), (12.0, 51.0), (12.5, 53.0)]
    chain = pair(straight(*places), "geodesic", "loxodrome")
    pieces = [pair(straight(*places[n : n + 2]), "geodesic", "loxodrome") for n in (0, 1)]
    assert chain.separation_m == pytest.approx(max(each.separation_m for each in pieces), rel=1e-9)
    assert chain.area_m2 == pytest.approx(sum(each.area_m2 for each in pieces), rel=1e-9)


def test_turning_the_line_by_whole_degrees_of_longitude_changes_no_separation() -> None:
    """A line across 180 degrees has the spread of the same line elsewhere."""
    here = pair(straight((-5, 60), (5, 62)), "geodesic", "loxodrome")
    there = pair(straight((175, 60), (-175, 62)), "geodesic", "loxodrome")
    assert there.separation_m == pytest.approx(here.separation_m, rel=1e-9)
    assert there.area_m2 == pytest.approx(here.area_m2, rel=1e-9)


def test_running_the_line_the_other_way_changes_no_separation() -> None:
    """A description read from its end has the same spread."""
    there, back = straight((24, 19.5), (16, TROPIC)), straight((16, TROPIC), (24, 19.5))
    for one, other in (("geodesic", "loxodrome"), ("loxodrome", "straight in longitude and latitude")):
        assert pair(back, one, other).separation_m == pytest.approx(pair(there, one, other).separation_m, rel=1e-6)


def test_the_whole_line_sums_areas_over_zones() -> None:
    """The whole line counts each leg's own UTM zone as one reading."""
    table = table_of([straight((24, 19.5), (16, TROPIC)), straight((16, TROPIC), (15, 23))])
    names = {frozenset((each.first, each.second)): each for each in table.whole}
    whole = names[frozenset(("geodesic", "straight on the leg's UTM zone"))]
    parts = [each for leg in table.legs for each in leg.pairs if "UTM" in each.second and each.first == "geodesic"]
    assert len(parts) == 2
    assert whole.area_m2 == pytest.approx(sum(each.area_m2 for each in parts))
