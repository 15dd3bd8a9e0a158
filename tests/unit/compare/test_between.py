"""What lies between two lines: planted features, brute force one by one, real settlements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from fakes.overlays import claim, from_geojson, layer, points, road, zone
from merestone.compare.comparison import Side, Zone
from merestone.compare.overlays.between import Between, lies_between
from merestone.compare.overlays.overlay_fields import Fields
from merestone.errors import MixedFramesError
from merestone.sources.layer import Layer, Role

GEOD = Geod(ellps="WGS84")
FIRST = claim("first", [(45.0, 40.0), (45.4, 40.0)])
SECOND = claim("second", [(45.0, 40.0), (45.0, 40.1), (45.2, 40.1), (45.2, 39.9), (45.4, 39.9), (45.4, 40.0)])
NORTH = zone(1, [(45.0, 40.0), (45.2, 40.0), (45.2, 40.1), (45.0, 40.1)], side=Side.LEFT, held=("A", "B"))
SOUTH = zone(2, [(45.2, 39.9), (45.4, 39.9), (45.4, 40.0), (45.2, 40.0)], side=Side.RIGHT, held=("B", "A"))
LINES, ZONES = (FIRST, SECOND), (NORTH, SOUTH)


def between(*layers: Layer, zones: tuple[Zone, ...] = ZONES, fields: dict[str, Fields] | None = None) -> Between:
    return lies_between(LINES, zones, layers, fields)


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def test_people_are_counted_by_zone_and_by_side() -> None:
    """Settlements count in the zone that they lie in, with who has it in either version and the field that was read."""
    found = between(
        points("towns", {"Ani": (45.1, 40.05), "Bor": (45.15, 40.05), "Dal": (45.3, 39.95), "Far": (45.3, 40.5)}, 100)
    )
    one, two = found.by_zone
    assert (one.zone, one.in_first, one.held_in_first, one.held_in_second) == (1, Side.LEFT, "A", "B")
    assert (one.count, one.people, one.people_field, one.what, one.names) == (
        2,
        200,
        "population",
        "settlement",
        ("Ani", "Bor"),
    )
    assert (two.zone, two.held_in_first, two.held_in_second, two.people) == (2, "B", "A", 100)
    assert [(row.zone, row.in_first, row.people) for row in found.by_side] == [
        (None, Side.LEFT, 200),
        (None, Side.RIGHT, 100),
    ]


@pytest.mark.parametrize(
    ("place", "first", "second"),
    [
        ((45.1, 40.0), True, False),
        ((45.1, 40.1), False, True),
        ((45.2, 40.0), True, True),  # where the lines cross, and both zones meet
        ((45.0, 40.0), True, True),
        ((45.0, 40.05), False, True),
    ],
)
def test_a_point_on_a_line_is_on_neither_side(place: tuple[float, float], first: bool, second: bool) -> None:
    """A point on a line, or where both cross, is told as on the line and counts in no zone."""
    found = between(points("towns", {"Mid": place}, 7))
    assert found.by_zone == ()
    (on,) = found.on_line
    assert (on.on_first, on.on_second, on.count, on.people, on.names) == (first, second, 1, 7, ("Mid",))


def test_a_point_on_the_edge_of_a_zone_that_no_line_follows_is_in_no_zone() -> None:
    """The edge of a zone counts as the line even where it is a closing edge of its own."""
    alone = zone(1, [(45.0, 40.2), (45.1, 40.2), (45.1, 40.3)])
    found = between(points("towns", {"Mid": (45.05, 40.2)}), zones=(alone,))
    assert found.by_zone == ()
    assert [(on.on_first, on.on_second, on.count) for on in found.on_line] == [(False, False, 1)]


def test_holes_are_outside() -> None:
    """What lies in a hole of a zone is not in the zone; a road is cut at the hole, an area loses it."""
    holed = zone(
        1,
        [(45.0, 40.0), (45.2, 40.0), (45.2, 40.1), (45.0, 40.1)],
        [(45.05, 40.02), (45.05, 40.08), (45.15, 40.08), (45.15, 40.02)],
    )
    lake = layer("lakes", [({"natural": "water"}, [(Role.SHELL, box(45.0, 40.0, 45.2, 40.1))])])
    ways = layer("roads", [road((45.01, 40.05), (45.19, 40.05))])
    found = between(points("towns", {"In": (45.02, 40.05), "Hole": (45.1, 40.05)}), ways, lake, zones=(holed,))
    town, way, water = found.by_zone
    assert town.names == ("In",)
    assert way.length_m == pytest.approx(_length_m([(45.01, 40.05), (45.05, 40.05)]) * 2.0, rel=1e-6)
    assert (way.count, way.cut) == (1, 1)
    whole, hole = (_area_m2(shapely.box(*each)) for each in ((45.0, 40.0, 45.2, 40.1), (45.05, 40.02, 45.15, 40.08)))
    assert water.area_m2 == pytest.approx(whole - hole, rel=1e-9)


def _length_m(chain: list[tuple[float, float]]) -> float:
    """The length of a chain straight in lon/lat by many short geodesics."""
    dense = shapely.segmentize(shapely.LineString(chain), 1e-3)
    return float(GEOD.geometry_length(dense))


def _area_m2(shape: shapely.Geometry) -> float:
    """The area of a shape straight in lon/lat by many short geodesics."""
    return abs(float(GEOD.geometry_area_perimeter(shapely.segmentize(shape, 1e-4))[0]))


def test_a_way_in_two_zones_counts_in_each_and_once_a_side() -> None:
    """A road through both zones has its part in each; of two zones of one side it counts once for the side."""
    twins = (NORTH, replace(SOUTH, in_first=Side.LEFT, held_in_first="A", held_in_second="B"))
    found = between(layer("roads", [road((45.1, 40.05), (45.3, 39.95))]), zones=twins)
    half_m = _length_m([(45.1, 40.05), (45.2, 40.0)]), _length_m([(45.2, 40.0), (45.3, 39.95)])
    assert [row.count for row in found.by_zone] == [1, 1]
    assert [row.length_m for row in found.by_zone] == pytest.approx(list(half_m), rel=1e-9)
    (side,) = found.by_side
    assert (side.count, side.cut) == (1, 1)
    assert side.length_m == pytest.approx(sum(half_m), rel=1e-9)


def test_a_way_exactly_on_an_edge_is_in_no_zone() -> None:
    """A road on the edge of a zone is in none, and told as running along the line."""
    found = between(layer("roads", [road((45.05, 40.0), (45.15, 40.0))]))
    assert found.by_zone == ()
    (along,) = found.along
    assert along.length_m == pytest.approx(_length_m([(45.05, 40.0), (45.15, 40.0)]), rel=1e-9)


def test_crossings_name_their_zones() -> None:
    """A road over both lines is a crossing of each, at the zone between them; feature order does not matter."""
    found = between(layer("roads", [road((45.1, 39.95), (45.1, 40.15))]))
    assert [(one.of_second, one.zones) for one in found.crossings] == [(False, (1,)), (True, (1,))]
    assert np.allclose([one.place for one in found.crossings], [(45.1, 40.0), (45.1, 40.1)], rtol=0.0, atol=1e-12)


def test_swapping_the_lines_swaps_who_holds_and_nothing_else() -> None:
    """With lines swapped and zones mirrored every count, length, area, person and crossing is the same."""
    layers = _random_layers(3)
    turned = tuple(
        replace(each, in_first=Side.RIGHT if each.in_first is Side.LEFT else Side.LEFT, held_in_first=each.held_in_second, held_in_second=each.held_in_first)
        for each in ZONES
    )  # fmt: skip
    one, two = lies_between(LINES, ZONES, layers), lies_between(LINES[::-1], turned, layers)
    back = [
        replace(row, in_first=mine.in_first, held_in_first=row.held_in_second, held_in_second=row.held_in_first)
        for row, mine in zip(two.by_zone, one.by_zone, strict=True)
    ]
    assert back == list(one.by_zone)
    assert {replace(each, of_second=not each.of_second) for each in two.crossings} == set(one.crossings)
    assert {replace(each, of_second=not each.of_second) for each in two.along} == set(one.along)
    assert {replace(on, on_first=on.on_second, on_second=on.on_first) for on in two.on_line} == set(one.on_line)
    assert len(one.crossings) > 20


@pytest.mark.parametrize("turns", [-1, 1])
def test_moving_the_lines_by_a_whole_turn_changes_nothing(turns: int) -> None:
    """With lines and zones counted 360 degrees on, and layers as they are, all is the same but longitudes."""
    layers, by = _random_layers(4), np.array([360.0 * turns, 0.0])
    moved = [claim(line.title, *(strand.lonlat + by for strand in line.strands)) for line in LINES]
    zones = [
        replace(each, polygons=tuple(tuple(ring + by for ring in rings) for rings in each.polygons)) for each in ZONES
    ]
    one, two = lies_between(LINES, ZONES, layers), lies_between((moved[0], moved[1]), zones, layers)
    assert [(row.zone, row.what, row.count, row.people) for row in one.by_zone] == [
        (row.zone, row.what, row.count, row.people) for row in two.by_zone
    ]
    lengths = [[row.length_m for row in each.by_zone] for each in (one, two)]
    assert lengths[0] == pytest.approx(lengths[1], rel=1e-9)
    assert [(each.feature, each.passes) for each in one.crossings] == [
        (each.feature, each.passes) for each in two.crossings
    ]


def _random_layers(seed: int) -> tuple[Layer, Layer, Layer]:
    """300 settlements, some on the lines; 200 roads; 200 buildings with courtyards."""
    draw = np.random.default_rng(seed)
    places = [*draw.uniform([44.9, 39.8], [45.5, 40.2], (300, 2)).tolist(), [45.1, 40.0], [45.2, 39.95], [45.3, 39.9]]
    towns = layer("towns", [({"name": f"T{n}", "pop": n}, [(Role.POINT, [place])]) for n, place in enumerate(places)])
    starts = draw.uniform([44.9, 39.8], [45.5, 40.2], (200, 1, 2))
    chains = (starts + np.cumsum(draw.normal(0.0, 0.03, (200, 5, 2)), axis=1)).tolist()
    ways = layer("ways", [road(*map(tuple, chain), name=f"W{n}") for n, chain in enumerate(chains)])
    houses = []
    for n, (lon, lat) in enumerate(draw.uniform([44.9, 39.8], [45.5, 40.2], (200, 2)).tolist()):
        shell, hole = box(lon, lat, lon + 0.02, lat + 0.02), box(lon + 0.005, lat + 0.005, lon + 0.01, lat + 0.01)
        houses.append(({"building": "yes", "name": f"H{n}"}, [(Role.SHELL, shell), (Role.HOLE, hole[::-1])]))
    return towns, ways, layer("houses", houses)


@pytest.mark.parametrize("seed", [1, 2])
def test_against_brute_force(seed: int) -> None:
    """Counts, people, lengths and areas are those found one feature and one zone at a time with shapely and PROJ."""
    towns, ways, houses = _random_layers(seed)
    found = lies_between(LINES, ZONES, (towns, ways, houses))
    for each in ZONES:
        shape = shapely.Polygon(each.polygons[0][0])
        rows = {row.what: row for row in found.by_zone if row.zone == each.number}
        inside = [p.feature for p in towns.parts if shapely.contains(shape, shapely.Point(p.lonlat[0]))]
        assert (rows["settlement"].count, rows["settlement"].people) == (len(inside), sum(inside))
        cuts = [shapely.intersection(shapely.LineString(p.lonlat), shape) for p in ways.parts]
        lengths = [float(GEOD.geometry_length(shapely.segmentize(cut, 1e-3))) for cut in cuts]
        assert rows["road"].count == sum(length > 0.0 for length in lengths)
        assert rows["road"].length_m == pytest.approx(sum(lengths), rel=1e-8)
        pairs = zip(houses.parts[::2], houses.parts[1::2], strict=True)
        areas = [_area_m2(shapely.intersection(shapely.Polygon(a.lonlat, [b.lonlat]), shape)) for a, b in pairs]
        assert rows["building"].count == sum(area > 0.0 for area in areas)
        assert rows["building"].area_m2 == pytest.approx(sum(areas), rel=1e-6)


def test_populations_are_read_or_said_to_be_unknown() -> None:
    """Numbers with spaces are read; words, negatives and nothing are unknown, and no field is invented."""
    texts = ["1037", "1 037", "1,037", "about 500", -99, None, True, 12.0, "nan", "1e5", float("inf")]
    rows = [({"population": text}, [(Role.POINT, [(45.1, 40.05)])]) for text in texts]
    (row,) = between(layer("towns", rows)).by_zone[:1]
    assert sum(each.people or 0 for each in between(layer("towns", rows)).by_zone) == 3 * 1037 + 12
    assert sum(each.unknown for each in between(layer("towns", rows)).by_zone) == 7
    assert row.people_field == "population"
    (silent,) = between(points("towns", {"Ani": (45.1, 40.05)})).by_zone
    assert (silent.people, silent.people_field, silent.unknown) == (None, None, 0)


def test_fields_can_be_named() -> None:
    """A named field is read in place of the usual ones, and `what` names the layer's features."""
    rows = [({"name": "a", "naam": "b", "pop": 1, "inwoners": 5}, [(Role.POINT, [(45.1, 40.05)])])]
    (row,) = between(layer("x", rows), fields={"x": Fields(name="naam", population="inwoners", what="village")}).by_zone
    assert (row.names, row.people, row.people_field, row.what) == (("b",), 5, "inwoners", "village")


@pytest.mark.parametrize("crs", ["EPSG:4284", None, "EPSG:32638"])
def test_layers_in_another_frame_are_refused(crs: str | None) -> None:
    """A layer in another frame than the lines, or in an unstated one, is refused."""
    with pytest.raises(MixedFramesError, match="towns"):
        between(layer("towns", [], crs=crs))


def test_an_outline_that_crosses_itself_is_mended_with_a_remark() -> None:
    """A bow tie counts with both its halves, and a remark says so."""
    bow = [(45.05, 40.02), (45.15, 40.08), (45.15, 40.02), (45.05, 40.08), (45.05, 40.02)]
    found = between(layer("houses", [({"building": "yes"}, [(Role.SHELL, bow)])]))
    halves = _area_m2(shapely.make_valid(shapely.Polygon(bow)))
    assert found.by_zone[0].area_m2 == pytest.approx(halves, rel=1e-6)
    assert [remark.code for remark in found.remarks] == ["D409"]


def test_an_empty_layer_and_no_zone_give_nothing() -> None:
    """Nothing over something and something over nothing are nothing."""
    nothing = Between((), (), (), (), (), ())
    assert between(layer("empty", [])) == nothing
    assert between(points("towns", {"Ani": (45.1, 40.05)}), zones=()) == nothing


def test_across_the_antimeridian() -> None:
    """Features counted at -179.95 lie in a zone that runs on from 179 to 181."""
    line = claim("x", [(179.9, 40.0), (180.1, 40.0)])
    east = zone(1, [(179.9, 40.0), (180.1, 40.0), (180.1, 40.1), (179.9, 40.1)])
    ways = layer("roads", [road((179.95, 40.05), (-179.95, 40.05)), road((-179.95, 39.9), (-179.95, 40.05))])
    found = lies_between((line, line), (east,), (points("towns", {"Ani": (-179.95, 40.05)}, 3), ways))
    assert [(row.what, row.count) for row in found.by_zone] == [("settlement", 1), ("road", 2)]
    assert found.by_zone[1].length_m == pytest.approx(
        _length_m([(179.95, 40.05), (180.05, 40.05)]) + _length_m([(180.05, 40.0), (180.05, 40.05)]), rel=1e-8
    )
    assert [one.place for one in found.crossings if not one.of_second] == [pytest.approx((180.05, 40.0))]


def test_real_settlements(shared: Path) -> None:
    """Of the real settlements of the Caucasus those in a zone and their people are found one by one with shapely."""
    towns = from_geojson(shared / "data" / "settlements-caucasus" / "geonames_cities500.geojson")
    around = zone(
        1, [(45.0, 40.0), (46.5, 39.5), (46.8, 40.6), (45.2, 41.0)], [(45.6, 40.0), (45.9, 40.0), (45.8, 40.3)]
    )
    shape = shapely.Polygon(around.polygons[0][0], [around.polygons[0][1]])
    inside = [part.feature for part in towns.parts if shapely.contains(shape, shapely.Point(part.lonlat[0]))]
    (row,) = between(towns, zones=(around,)).by_zone
    assert len(inside) > 50
    assert row.count == len(inside)
    assert row.people == sum(int(towns.attributes[index]["population"] or 0) for index in inside)
    assert (
        row.names[0]
        == max((towns.attributes[index] for index in inside), key=lambda one: int(one["population"] or 0))["name"]
    )
