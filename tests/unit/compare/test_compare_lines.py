"""Two lines compared, where the answer is known beforehand or from an independent computation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from pyproj import Geod

from fakes.claims import claim, nudged, wandering
from merestone.compare.comparison import Comparison, Settings, Side, Verdict
from merestone.compare.lines.compare import compare
from merestone.errors import GeometryError, MixedFramesError
from merestone.geodesy.catalogue import find
from merestone.geodesy.line import Floats
from merestone.geodesy.turning import Chord

GEOD = Geod(ellps="WGS84")
SETTINGS = Settings()


def fine(chain: Floats, pieces: int = 40) -> Floats:
    """The chain with its edges, straight in longitude and latitude, cut into many pieces."""
    shares = np.arange(pieces) / pieces
    inside = chain[:-1, None, :] + shares[None, :, None] * np.diff(chain, axis=0)[:, None, :]
    return np.concatenate([inside.reshape(-1, 2), chain[-1:]])


def geographiclib_area_m2(ring: Floats) -> float:
    """The area of a ring straight in longitude and latitude: geodesics through many places along its edges."""
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in fine(ring)[:-1]:
        polygon.AddPoint(lat, lon)
    return abs(float(polygon.Compute()[2]))


def test_a_line_does_not_part_from_itself() -> None:
    """Of identical lines there are no zones, and every figure is zero."""
    made = compare(claim(wandering(1)), claim(wandering(1)), SETTINGS)
    assert (made.zones, made.partings, made.unmatched) == ((), (), ())
    assert made.hausdorff_m < 1e-5
    assert made.frechet_m[1] < 1e-5
    assert made.balance.left_in_first_m2 == made.balance.right_in_first_m2 == 0.0
    assert made.lengths_m[0] == made.lengths_m[1] == made.whole_lengths_m[0]


def test_more_vertices_on_the_same_line_change_nothing() -> None:
    """A line drawn more densely is the same line."""
    made = compare(claim(wandering(1)), claim(fine(wandering(1), 7)), SETTINGS)
    assert made.hausdorff_m < 1e-5
    assert made.zones == ()
    assert made.balance.crumbs_m2 < 1.0


def test_the_area_of_a_zone_is_that_of_geographiclib() -> None:
    """Each zone's area is that of its outline as geographiclib measures it, to a hundred-millionth."""
    first = wandering(2, 60)
    made = compare(claim(first), claim(nudged(first, 3, 1e-3)), SETTINGS)
    assert len(made.zones) > 10
    for zone in made.zones:
        outline, *holes = zone.polygons[0]
        expected = geographiclib_area_m2(outline) - sum(map(geographiclib_area_m2, holes))
        assert zone.area_m2 == pytest.approx(expected, rel=1e-7, abs=1e-3)


def test_the_greatest_separation_is_the_greatest_anywhere() -> None:
    """No place of either line, however finely spaced, is further from the other than the Hausdorff distance says."""
    first, second = wandering(2, 40), nudged(wandering(2, 40), 3, 2e-3)
    made = compare(claim(first), claim(second), SETTINGS)
    directed = [brute_force_m(fine(first, 12), second), brute_force_m(fine(second, 12), first)]
    assert made.statistics is not None
    for one, expected in zip(made.statistics, directed, strict=True):
        assert one.greatest_m >= expected - 1e-3
        assert one.greatest_m == pytest.approx(expected, abs=1.0)
    assert made.hausdorff_m == max(one.greatest_m for one in made.statistics)


def brute_force_m(places: Floats, chain: Floats) -> float:
    """The greatest distance of places from finely spaced places of a chain."""
    there = fine(chain, 150)
    greatest = 0.0
    for lon, lat in places:
        apart = GEOD.inv(np.full(len(there), lon), np.full(len(there), lat), there[:, 0], there[:, 1])[2]
        greatest = max(greatest, float(apart.min()))
    return greatest


def test_a_strip_on_the_equator_has_the_width_of_its_meridian_arc() -> None:
    """Two parallels 0.01° apart are as far apart as the meridian is long between them."""
    first = np.array([[10.0, 0.0], [10.5, 0.0]])
    second = np.array([[10.0, 0.01], [10.5, 0.01]])
    made = compare(claim(first), claim(second), SETTINGS)
    arc_m = GEOD.inv(10.0, 0.0, 10.0, 0.01)[2]
    assert made.hausdorff_m == pytest.approx(arc_m, abs=1e-6)
    assert made.statistics is not None
    assert made.statistics[0].mean_m == pytest.approx(arc_m, abs=1e-6)
    zone = made.zones[0]
    assert len(made.zones) == 1
    assert zone.area_m2 == pytest.approx(geographiclib_area_m2(np.array([*first, *second[::-1], first[0]])), rel=1e-8)
    assert zone.mean_width_m == pytest.approx(arc_m, rel=1e-3)
    assert (zone.in_first, zone.held_in_first, zone.held_in_second) == (Side.LEFT, "Aland", "Bland")


def test_edges_are_crossed_in_the_kind_that_is_stated() -> None:
    """One edge of 50 km along 40° N encloses 1.4 km² between its geodesic and its straight form in lon/lat."""
    ends = np.array([[45.0, 40.0], [45.586, 40.0]])
    made = compare(claim(ends), claim(ends, edges=Chord.GEODESIC), SETTINGS)
    assert made.lengths_m[0] == pytest.approx(50_000.0, abs=50.0)
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in fine(ends, 2000):
        polygon.AddPoint(lat, lon)
    expected = abs(float(polygon.Compute()[2]))
    assert expected == pytest.approx(1.37e6, abs=0.01e6)
    assert sum(zone.area_m2 for zone in made.zones) == pytest.approx(expected, abs=0.01 * made.lengths_m[0])


def test_a_crossing_at_a_vertex_parts_two_zones() -> None:
    """Lines that cross in a common vertex have a zone on either side of it, and each is the other's neighbour."""
    first = np.array([[10.0, 45.0], [10.1, 45.0], [10.2, 45.0]])
    second = np.array([[10.0, 45.0], [10.05, 45.01], [10.1, 45.0], [10.15, 44.99], [10.2, 45.0]])
    made = compare(claim(first), claim(second), SETTINGS)
    assert [zone.in_first for zone in made.zones] == [Side.LEFT, Side.RIGHT]
    assert [zone.neighbours for zone in made.zones] == [(2,), (1,)]
    assert [zone.number for zone in made.zones] == [1, 2]


def test_lines_that_touch_in_one_point_have_a_zone_on_either_side_of_it() -> None:
    """Touching is no crossing: both zones lie on the same side."""
    first = np.array([[10.0, 45.0], [10.1, 45.0], [10.2, 45.0]])
    second = np.array([[10.0, 45.01], [10.1, 45.0], [10.2, 45.01]])
    made = compare(claim(first), claim(second), SETTINGS)
    assert [zone.in_first for zone in made.zones] == [Side.LEFT, Side.LEFT]


def test_lines_out_of_reach_do_not_answer_to_one_another() -> None:
    """Lines that never come within reach are not compared, and that is said."""
    made = compare(claim(wandering(1)), claim(wandering(1) + np.array([0.0, 3.0])), SETTINGS)
    assert made.stretches == ()
    assert [remark.code for remark in made.remarks] == ["D303", "D304"]
    assert [part.why for part in made.unmatched] == ["no counterpart", "no counterpart"]


def test_a_line_that_goes_on_is_cut_where_the_other_ends() -> None:
    """What sticks out beyond the other line's end is said and takes no part in areas and separations."""
    whole = wandering(5, 300)
    made = compare(claim(whole), claim(whole[60:220]), SETTINGS)
    assert made.hausdorff_m < 1e-5
    assert made.zones == ()
    assert [(part.of_second, part.why) for part in made.unmatched] == [(False, "beyond the end")] * 2
    lengths_m = sum(part.reach.length_m for part in made.unmatched)
    assert lengths_m + made.lengths_m[0] == pytest.approx(made.whole_lengths_m[0], abs=1e-3)


def test_a_loop_that_only_one_line_has_does_not_disturb_the_matching() -> None:
    """Beside a bend of one line alone, the other stretches still answer to one another without a shift."""
    base = np.column_stack([np.linspace(10.0, 11.0, 400), np.full(400, 45.0)])
    loop = np.array([[10.5, 45.05], [10.52, 45.08], [10.48, 45.08]])
    bent = np.concatenate([base[:200], loop, base[200:]])
    made = compare(claim(base), claim(bent), SETTINGS)
    (stretch,) = made.stretches
    assert stretch.reaches[0].length_m == pytest.approx(made.whole_lengths_m[0])
    assert stretch.reaches[1].length_m == pytest.approx(made.whole_lengths_m[1])
    away = np.abs(stretch.profiles[0].separation_m)
    assert np.mean(away < 1e-6) > 0.9
    assert made.frechet_m[0] >= made.hausdorff_m


def test_a_strand_in_two_pieces_answers_to_a_whole_one() -> None:
    """A gap in one line leaves a part of the other without a counterpart."""
    whole = wandering(6, 300)
    made = compare(claim(whole), claim(whole[:120], whole[160:]), SETTINGS)
    assert len(made.stretches) == 2
    assert made.hausdorff_m < 1e-5
    assert [part.why for part in made.unmatched] == ["no counterpart"]


RING = np.array([[45.1, 39.88], [45.12, 39.88], [45.12, 39.9], [45.1, 39.9], [45.1, 39.88]])


def test_an_exclave_of_one_line_alone_is_a_zone_of_its_own() -> None:
    """Land enclosed in one version only changes sides as a whole, and its ring answers to nothing."""
    line = wandering(1)
    made = compare(claim(line, RING), claim(line), SETTINGS)
    (zone,) = made.zones
    assert (zone.stretch, zone.held_in_first, zone.held_in_second) == (None, "Aland", "Bland")
    assert zone.area_m2 == pytest.approx(geographiclib_area_m2(RING), rel=1e-8)
    assert 1_650.0 < zone.greatest_width_m < 1_720.0
    assert [part.why for part in made.unmatched] == ["closed line without counterpart"]


def test_an_exclave_is_compared_with_its_counterpart_wherever_its_ring_begins() -> None:
    """Rings answer to one another whatever their first vertex and their direction."""
    line = wandering(1)
    turned = np.concatenate([RING[2:-1], RING[:3]])[::-1]
    moved = turned + np.array([0.0, 1e-4])
    other = claim(line, moved)
    other = replace(other, strands=(other.strands[0], replace(other.strands[1], left="Bland", right="Aland")))
    made = compare(claim(line, RING), other, SETTINGS)
    assert [stretch.ring for stretch in made.stretches] == [False, True]
    assert made.unmatched == ()
    assert made.hausdorff_m == pytest.approx(GEOD.inv(45.1, 39.88, 45.1, 39.8801)[2], abs=1e-3)
    sides = sorted((zone.in_first.value, round(zone.area_m2)) for zone in made.zones)
    assert [side for side, _ in sides] == ["left", "right"]
    assert sides[0][1] == pytest.approx(sides[1][1], rel=1e-2)


def test_an_exclave_within_an_exclave_is_compared_too() -> None:
    """Land of one State inside an exclave of the other inside its own land: each ring keeps its sides."""
    line, inner = wandering(1), RING[::-1] * 0.2 + np.array([45.11, 39.89]) * 0.8
    made = compare(claim(line, RING, inner), claim(line, RING), SETTINGS)
    (zone,) = made.zones
    assert (zone.held_in_first, zone.held_in_second) == ("Bland", "Aland")
    assert zone.area_m2 == pytest.approx(geographiclib_area_m2(inner), rel=1e-6)


def test_rings_of_unnamed_sides_are_said_but_not_counted() -> None:
    """Where nobody is named, land inside a ring of one line alone cannot be given to a side."""
    line = wandering(1)
    made = compare(claim(line, RING, sides=(None, None)), claim(line, sides=(None, None)), SETTINGS)
    assert made.zones == ()
    (remark,) = (remark for remark in made.remarks if remark.code == "D302")
    assert remark.size == pytest.approx(geographiclib_area_m2(RING), rel=1e-8)


def test_sides_that_contradict_one_another_are_said() -> None:
    """A line whose parties are exchanged against the other's is remarked."""
    line = wandering(1)
    made = compare(claim(line), claim(nudged(line, 2, 1e-4), sides=("Bland", "Aland")), SETTINGS)
    assert "D301" in [remark.code for remark in made.remarks]


def test_moving_everything_to_the_antimeridian_changes_nothing() -> None:
    """What is measured at 45° east is measured alike at 180°, whichever way longitudes are counted there."""
    first, second = wandering(2, 100), nudged(wandering(2, 100), 3, 1e-3)
    here = compare(claim(first), claim(second), SETTINGS)
    shift = np.array([134.95, 0.0])
    there = compare(claim(first + shift), claim(second + shift - np.array([360.0, 0.0])), SETTINGS)
    assert len(there.zones) == len(here.zones)
    assert there.hausdorff_m == pytest.approx(here.hausdorff_m, abs=1e-6)
    assert there.balance.left_in_first_m2 == pytest.approx(here.balance.left_in_first_m2, rel=1e-9)


def test_direction_and_order_of_vertices_do_not_matter_where_sides_are_named() -> None:
    """A line written from its other end, with its sides exchanged, gives the same comparison."""
    first, second = wandering(2, 100), nudged(wandering(2, 100), 3, 1e-3)
    one = compare(claim(first), claim(second), SETTINGS)
    other = compare(claim(first), claim(second[::-1], sides=("Bland", "Aland")), SETTINGS)
    assert figures(one) == pytest.approx(figures(other), abs=1e-6)


def figures(made: Comparison) -> list[float]:
    """The numbers of a comparison that stand for it."""
    balance = made.balance
    return [
        made.hausdorff_m,
        *made.lengths_m,
        balance.left_in_first_m2,
        balance.right_in_first_m2,
        *(zone.area_m2 for zone in made.zones),
    ]


def test_two_lines_at_a_pole_are_refused() -> None:
    """A line that comes within a degree of a pole is not compared, and the reason is given."""
    polar = np.array([[10.0, 88.0], [20.0, 89.5]])
    with pytest.raises(GeometryError, match="pole"):
        compare(claim(polar), claim(polar), SETTINGS)


def test_lines_of_two_frames_are_refused() -> None:
    """Lines must be brought into one frame before they are compared."""
    with pytest.raises(MixedFramesError):
        compare(claim(wandering(1)), replace(claim(wandering(1)), frame=find("EPSG:4284")), SETTINGS)


def test_without_a_stated_accuracy_every_difference_counts() -> None:
    """Where nothing is stated, all that parts by more than the error of computation is different, and that is said."""
    made = compare(claim(wandering(1)), claim(nudged(wandering(1), 2, 1e-4)), SETTINGS)
    assert {zone.verdict for zone in made.zones} == {Verdict.DIFFERENT}
    assert "D304" in [remark.code for remark in made.remarks]


def test_partings_are_where_the_tolerance_is_passed() -> None:
    """A stretch is listed from the place where the separation passes the tolerance to that where it falls below it."""
    first = np.array([[10.0, 0.0], [10.4, 0.0]])
    second = np.array([[10.0, 0.0], [10.2, 0.002], [10.4, 0.0]])
    made = compare(claim(first), claim(second), replace(SETTINGS, tolerance_m=110.0))
    (parting,) = made.partings
    assert parting.greatest_m == pytest.approx(221.15, abs=0.1)
    assert parting.side is Side.LEFT
    assert parting.reaches[0].from_m == pytest.approx(GEOD.inv(10.0, 0.0, 10.1, 0.0)[2], rel=0.01)
    assert parting.reaches[0].to_m == pytest.approx(GEOD.inv(10.0, 0.0, 10.3, 0.0)[2], rel=0.01)
