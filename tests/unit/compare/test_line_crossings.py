"""Where ways cross a line: planted cases, and thousands of random ways against shapely one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fakes.overlays import WGS84, Chain, claim, from_geojson, layer, road
from merestone.compare.claim import Claim, Strand
from merestone.compare.overlays.line_crossings import Crossing, RunsAlong, line_crossings
from merestone.compare.overlays.overlay import overlay
from merestone.geodesy.elementary import direct, inverse
from merestone.geodesy.turning import Chord
from merestone.sources.layer import Layer, Role

LINE = claim("L", [(45.0, 40.0), (45.1, 40.0), (45.2, 40.05), (45.3, 40.0)])


def crossed(
    line: Claim, *roads: Chain, tolerance_m: float = 20.0
) -> tuple[tuple[Crossing, ...], tuple[RunsAlong, ...]]:
    rows = [road(*map(tuple, np.array(chain).tolist()), name=f"R{n}") for n, chain in enumerate(roads)]
    return line_crossings(line, overlay(layer("roads", rows), WGS84, 45.0), tolerance_m, of_second=False)


def test_a_crossing_has_its_place_chainage_and_angle() -> None:
    """A road due north crosses the first leg at a right angle, half way along it."""
    (one,), along = crossed(LINE, [(45.05, 39.9), (45.05, 40.1)])
    half_m = float(inverse(WGS84.ellipsoid, np.array([[45.0, 40.0]]), np.array([[45.05, 40.0]]))[2][0])
    assert one.place == pytest.approx((45.05, 40.0), abs=1e-12)
    assert one.along_m == pytest.approx(half_m, rel=1e-6)
    assert one.angle_deg == pytest.approx(90.0)
    assert (one.strand, one.what, one.kind, one.name, one.feature, one.passes) == (
        "a",
        "road",
        "primary",
        "R0",
        0,
        True,
    )
    assert along == ()


@pytest.mark.parametrize(
    ("chain", "passes"),
    [
        ([(45.1, 39.9), (45.1, 40.1)], [True]),  # through a vertex of the line
        ([(45.05, 39.9), (45.05, 40.0), (45.05, 40.1)], [True]),  # with a vertex on the line
        ([(45.1, 39.9), (45.1, 40.0), (45.1, 40.1)], [True]),  # vertex on vertex
        ([(45.05, 39.9), (45.05, 40.0), (45.06, 39.9)], [False]),  # touches and goes back
        ([(45.1, 39.9), (45.1, 40.0), (45.11, 39.9)], [False]),  # touches a vertex from the side that bends away
        ([(45.09, 40.01), (45.1, 40.0), (45.12, 40.05)], [False]),  # touches a vertex from the other side
        ([(45.05, 39.9), (45.05, 40.0)], [False]),  # ends on the line
        ([(45.05, 40.0), (45.05, 40.1)], [False]),  # begins on the line
        ([(45.05, 39.9), (45.05, 39.99)], []),  # ends short of it
        ([(44.9, 39.9), (44.9, 40.1)], []),  # passes beyond its end
        ([(45.05, 39.9), (45.05, 40.1), (45.06, 40.1), (45.06, 39.9)], [True, True]),  # there and back
        ([(45.0999, 39.99), (45.0999, 40.0), (45.1, 40.0), (45.1001, 40.01)], [True]),  # along it for 9 m, and over
        ([(45.0999, 39.99), (45.0999, 40.0), (45.1, 40.0), (45.1001, 39.99)], [False]),  # along it for 9 m, and back
    ],
)  # fmt: skip
def test_each_way_to_meet_a_line(chain: Chain, passes: list[bool]) -> None:
    """Each way to meet a line is told once, as passing or not, whichever way road and line run."""
    for line in (LINE, claim("L", LINE.strands[0].lonlat[::-1])):
        for way in (chain, list(chain)[::-1]):
            assert [one.passes for one in crossed(line, way)[0]] == passes


def test_a_way_cut_on_the_line_crosses_once() -> None:
    """Two ways that end at one place of the line from both sides are one crossing; from one side they are two ends."""
    here = (45.05, 40.0)
    assert [one.passes for one in crossed(LINE, [(45.04, 39.9), here], [here, (45.06, 40.1)])[0]] == [True]
    assert [one.passes for one in crossed(LINE, [(45.04, 39.9), here], [here, (45.06, 39.9)])[0]] == [False, False]


def test_a_ring_is_met_at_its_start_once() -> None:
    """A road through the place where a ring begins and ends crosses it there once."""
    ring = claim("ring", [(45.0, 40.0), (45.1, 40.0), (45.1, 40.1), (45.0, 40.1), (45.0, 40.0)])
    found, _ = crossed(ring, [(44.95, 39.95), (45.05, 40.05)])
    assert [one.passes for one in found] == [True]


def test_a_roundabout_is_met_at_its_start_once() -> None:
    """A closed way that begins on the line passes it there once and once more on the other side."""
    here = (45.05, 40.0)
    found, _ = crossed(LINE, [here, (45.06, 40.01), (45.07, 40.0), (45.06, 39.99), here])
    assert [(one.passes, one.place) for one in found] == [(True, here), (True, (45.07, 40.0))]


def test_a_road_that_runs_along_is_told_once() -> None:
    """A road that wriggles over the line 500 times within 5 m is one that runs along, with its crossings counted."""
    lon = np.linspace(45.01, 45.09, 501)
    road_lat = 40.0 + 4e-5 * np.where(np.arange(501) % 2 == 0, 1.0, -1.0)
    found, (along,) = crossed(LINE, np.column_stack([lon, road_lat]))
    assert found == ()
    assert along.crossings == 500
    assert along.length_m == pytest.approx(500 * np.hypot(0.08 * 85_394 / 500, 8e-5 * 111_035), rel=1e-3)
    assert along.from_m == pytest.approx(853.9, abs=2.0)
    assert along.to_m == pytest.approx(7685.5, abs=2.0)
    assert (along.name, along.of_second) == ("R0", False)


def test_a_road_beside_the_line_runs_along_it_and_crosses_elsewhere() -> None:
    """A road 10 m beside the line that leaves it and crosses further on is told as both."""
    lat = 40.0 + 9e-5
    found, (along,) = crossed(LINE, [(45.02, lat), (45.05, lat), (45.06, 40.01), (45.07, 39.99)])
    assert [one.passes for one in found] == [True]
    assert along.crossings == 0
    assert along.place == pytest.approx((45.02, lat))


def test_a_parallel_road_outside_the_tolerance_is_not_told() -> None:
    """A road 30 m beside the line is neither a crossing nor runs along within 20 m."""
    assert crossed(LINE, [(45.02, 40.00027), (45.08, 40.00027)]) == ((), ())


def test_a_geodesic_line_is_crossed_where_it_runs() -> None:
    """A line of geodesic edges over 1 degree at 60 north is crossed where the geodesic is, 1.8 km from the chord."""
    line = Claim("g", claim("g", [(45.0, 60.0), (49.0, 60.0)]).strands, WGS84, Chord.GEODESIC)
    (one,), _ = crossed(line, [(47.0, 59.9), (47.0, 60.2)])
    azimuth, _, length_m = inverse(WGS84.ellipsoid, np.array([[45.0, 60.0]]), np.array([[49.0, 60.0]]))
    middle, _ = direct(WGS84.ellipsoid, np.array([[45.0, 60.0]]), azimuth, length_m / 2.0)
    assert one.place == pytest.approx((47.0, middle[0, 1]), abs=3e-7)


def test_random_ways_against_shapely() -> None:
    """The crossings of 2000 random ways with a random line are, way by way, those that shapely finds."""
    draw = np.random.default_rng(1)
    line = np.column_stack([np.linspace(45.0, 46.0, 300), 40.0 + 0.02 * draw.normal(size=300).cumsum() / 5])
    starts = np.column_stack([draw.uniform(45.0, 46.0, 2000), draw.uniform(39.9, 40.1, 2000)])
    ways = starts[:, None, :] + 0.01 * draw.normal(size=(2000, 6, 2)).cumsum(axis=1)
    found, along = crossed(claim("L", line), *ways, tolerance_m=0.001)
    shallow = {one.feature for one in along}  # at less than 6 degrees, along for a centimetre
    assert len(shallow) < 10
    assert all(one.passes for one in found)
    whole = shapely.LineString(line)
    for index in set(range(2000)) - shallow:
        way = ways[index]
        met = shapely.get_parts(shapely.intersection(shapely.LineString(way), whole))
        mine = sorted(one.place for one in found if one.feature == index)
        theirs = sorted(map(tuple, shapely.get_coordinates(met).tolist()))
        assert np.allclose(mine, theirs, rtol=0.0, atol=1e-10) if theirs else mine == []


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(-2, 2)), min_size=2, max_size=8))
def test_a_way_on_a_grid_changes_sides_as_often_as_it_passes(cells: list[tuple[int, int]]) -> None:
    """On a grid, full of vertices on vertices and stretches along the line, a way from one side of a long line ends on
    the other side if and only if it passes an odd number of times, and never passes more often than it has edges."""
    line = claim("L", [(44.0, 40.0), (45.02, 40.0), (45.03, 40.01), (45.04, 40.0), (47.0, 40.0)])
    chain = [(45.0 + 0.01 * x, 40.0 + 0.01 * y) for x, y in cells]
    chain = [(chain[0][0], 40.05), *chain, (chain[-1][0], 39.95)]
    found, along = crossed(line, chain, tolerance_m=200.0)
    passes = sum(one.passes for one in found) + sum(one.crossings for one in along)
    assert passes % 2 == 1


def test_the_same_ways_in_another_order_cross_alike() -> None:
    """Ways in another order give the same crossings, under their new numbers."""
    draw = np.random.default_rng(2)
    ways = draw.uniform([45.0, 39.98], [45.3, 40.07], (60, 4, 2))
    places = [
        sorted((one.name, one.place) for one in crossed(LINE, *ways[order])[0])
        for order in (slice(None), slice(None, None, -1))
    ]
    assert len(places[0]) > 20
    assert sorted(place for _, place in places[0]) == sorted(place for _, place in places[1])


def test_the_roads_of_liechtenstein_over_its_boundary(shared: Path) -> None:
    """Every passing way of the real roads is cut by the real boundary ways (shapely), and the Rhine bridges are among
    them; what is found is passing, touching or along."""
    folder = shared / "data" / "osm-liechtenstein"
    ways, bounds = from_geojson(folder / "roads_rail.geojson"), from_geojson(folder / "admin2_boundary_ways.geojson")
    strands = tuple(part.lonlat for part in bounds.parts if part.role is Role.LINE)
    line = Claim("boundary", tuple(Strand(f"w{n}", chain) for n, chain in enumerate(strands)), WGS84)
    found, along = line_crossings(line, overlay(ways, WGS84, 9.5), 20.0, of_second=True)
    whole = shapely.union_all([shapely.LineString(chain) for chain in strands])
    meeting = {
        index for index, part in enumerate(ways.parts) if shapely.intersects(shapely.LineString(part.lonlat), whole)
    }
    told = {one.feature for one in found} | {one.feature for one in along}
    assert {one.feature for one in found} <= meeting
    assert {ways.parts[index].feature for index in meeting} - told <= _second_halves(found, ways, meeting)
    assert {"road", "railway"} <= {one.what for one in found}
    assert all(one.of_second for one in found)


def _second_halves(found: tuple[Crossing, ...], ways: Layer, meeting: set[int]) -> set[int]:
    """Ways that end on the line where another told one passes."""
    places = {one.place for one in found if one.passes}
    parts = ways.parts
    ends = {index: {tuple(parts[index].lonlat[0]), tuple(parts[index].lonlat[-1])} for index in meeting}
    return {parts[index].feature for index, both in ends.items() if both & places}
