"""Every definition of a point, against GeographicLib, PROJ and closed forms."""

from __future__ import annotations

import math

import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import SQUARE, A, B, C, D, errors, failure_of, place_of, point_of, result_of, section

G = Geodesic.WGS84
UNIT_M = 2e-4
TWO = section("leg 1 geodesic to C", name="T") + section("leg 1 geodesic to B", name="U", start="D")


def apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Geodesic distance by GeographicLib."""
    return float(G.Inverse(one[1], one[0], other[1], other[0])["s12"])


def test_intersection_of_a_parallel_and_a_meridian() -> None:
    """It is the printed latitude and longitude, exactly."""
    point = point_of("at the intersection of meridian 20°30' E and parallel 10°20'15\" N")
    assert point.units == (20_500_000_000, 10_337_500_000)


def test_intersection_of_a_parallel_with_a_leg() -> None:
    """It lies on the parallel and, by GeographicLib, on the geodesic of the leg."""
    lon, lat = place_of(point_of("at the intersection of parallel 10°30' N and leg 1 of T", sections=TWO))
    assert lat == pytest.approx(10.5, abs=2e-9)
    along = apart_m(A, (lon, lat))
    on_line = G.Line(10.0, 20.0, G.Inverse(10.0, 20.0, 11.0, 21.0)["azi1"]).Position(along)
    assert apart_m((lon, lat), (on_line["lon2"], on_line["lat2"])) < UNIT_M


def test_intersection_of_two_legs() -> None:
    """The diagonals of the square meet where both distances from their starts say."""
    place = place_of(point_of("at the intersection of leg 1 of T and leg 1 of U", sections=TWO))
    for start, end in ((A, C), (D, B)):
        whole = G.Inverse(start[1], start[0], end[1], end[0])
        found = G.Line(start[1], start[0], whole["azi1"]).Position(apart_m(start, place))
        assert apart_m(place, (found["lon2"], found["lat2"])) < UNIT_M


def test_intersection_with_a_leg_produced() -> None:
    """A leg that stops short of a meridian meets it when it is produced, and not otherwise."""
    words = "at the intersection of leg 1 of T{} and meridian 22° E"
    lon, lat = place_of(point_of(words.format(" produced"), sections=TWO))
    azimuth = G.Inverse(10.0, 20.0, 11.0, 21.0)["azi1"]
    found = G.Line(10.0, 20.0, azimuth).Position(apart_m(A, (lon, lat)))
    assert lon == pytest.approx(22.0, abs=2e-9)
    assert apart_m((lon, lat), (found["lon2"], found["lat2"])) < UNIT_M
    assert failure_of(words.format(""), sections=TWO).code == "G512"


@pytest.mark.parametrize(
    ("chooser", "east"),
    [
        ("nearest to B", True),
        ("nearest to A", False),
        ("first along the first", False),
        ("easternmost", True),
        ("westernmost", False),
    ],
)
def test_the_chooser_picks_between_two_meetings(chooser: str, east: bool) -> None:
    """A geodesic bulges over a parallel near its middle and meets it twice; the words choose."""
    words = "at the intersection of geodesic from A to B and parallel 10°00'01\" N"
    assert failure_of(words).code == "O607"
    lon, _ = place_of(point_of(f"{words} {chooser}"))
    assert (lon > 20.5) == east


def test_the_northernmost_and_southernmost_meetings() -> None:
    """A path of two legs over a meridian meets it at two latitudes."""
    legs = section("legs geodesic through A, C, D", name="T")
    words = "at the intersection of leg 1 of T and meridian 20°30' E"
    north = place_of(point_of(f"{words} northernmost", sections=legs))
    south = place_of(point_of(f"{words} southernmost", sections=legs))
    assert north[1] > 10.9
    assert south[1] == pytest.approx(10.5, abs=0.01)
    assert place_of(point_of(f"{words} first along the second", sections=legs)) == south


def test_lines_that_run_together_have_no_intersection() -> None:
    """That is a finding about the point, and the rest compiles."""
    assert failure_of("at the intersection of geodesic from A to C and geodesic from A to C").code == "G504"


def test_foot_of_a_perpendicular() -> None:
    """At the foot the direction to the point is square to the line."""
    lon, lat = place_of(point_of("at the foot of the perpendicular from D to leg 1 of T", sections=TWO))
    along = G.Inverse(10.0, 20.0, lat, lon)["azi2"]
    to_point = G.Inverse(lat, lon, D[1], D[0])["azi1"]
    assert math.cos(math.radians(along - to_point)) == pytest.approx(0.0, abs=1e-8)


def test_midpoint() -> None:
    """It lies half the geodesic distance from both."""
    place = place_of(point_of("at the midpoint of A and C"))
    assert apart_m(A, place) == pytest.approx(apart_m(A, C) / 2.0, abs=UNIT_M)
    assert apart_m(C, place) == pytest.approx(apart_m(A, C) / 2.0, abs=UNIT_M)


@pytest.mark.parametrize(("start", "other"), [("A", C), ("C", A)])
def test_distance_along_a_leg_from_either_end(start: str, other: tuple[float, float]) -> None:
    """It is counted from the end that the words name."""
    place = place_of(point_of(f"at 20 km along leg 1 of T from {start}", sections=TWO))
    assert apart_m(other, place) == pytest.approx(apart_m(A, C) - 20_000.0, abs=UNIT_M)


def test_distance_beyond_the_end_of_a_leg() -> None:
    """A leg is not produced silently."""
    assert failure_of("at 900 km along leg 1 of T from A", sections=TWO).code == "G515"


def test_distance_along_a_leg_from_a_point_that_is_no_end_of_it() -> None:
    """The words contradict the line."""
    assert failure_of("at 9 km along leg 1 of T from D", sections=TWO).code == "G514"


def test_azimuth_and_distance() -> None:
    """Along the geodesic it is GeographicLib's direct problem."""
    found = G.Direct(10.0, 20.0, 123.0, 45_600.0)
    place = place_of(point_of("at azimuth 123° and 45.6 km from A along geodesic"))
    assert apart_m(place, (found["lon2"], found["lat2"])) < UNIT_M


def test_azimuth_and_distance_without_a_kind() -> None:
    """The kind of line is an open word here too."""
    assert failure_of("at azimuth 123° and 45.6 km from A").code == "O601"


def test_by_three_distances() -> None:
    """Exact distances from three points give the place back."""
    lon, lat = 20.37, 10.61
    said = ", ".join(
        f"{apart_m(place, (lon, lat)):.4f} m from {name}" for name, place in (("A", A), ("B", B), ("D", D))
    )
    assert apart_m(place_of(point_of(f"by distances {said}")), (lon, lat)) < 5e-4


@pytest.mark.parametrize(("wind", "north"), [("N", True), ("S", False)])
def test_by_two_distances_and_the_winds(wind: str, north: bool) -> None:
    """Two circles meet twice; the wind directions choose."""
    said = f"80 km {'NE' if north else 'SE'} from A, 80 km {'NW' if north else 'SW'} from B"
    place = place_of(point_of(f"by distances {said}"))
    assert (place[1] > 10.0) == north
    assert apart_m(A, place) == pytest.approx(80_000.0, abs=UNIT_M)
    assert apart_m(B, place) == pytest.approx(80_000.0, abs=UNIT_M)


def test_by_two_distances_alone() -> None:
    """Two distances without a direction fit two places, and none is guessed."""
    assert failure_of("by distances 80 km from A, 80 km from B").code == "G516"


def test_a_direction_only_has_no_place() -> None:
    """A leg to it stays a gap, and so does what rests on it."""
    result = result_of(SQUARE + "point X in direction NE from A\n" + section("leg 1 geodesic to X"))
    assert result.line.gaps[0].why.code == "O609"


def test_approximate_coordinates_fix_nothing() -> None:
    """The feature governs: the point has no place."""
    assert failure_of("approximately at 10°N 20°E").code == "O605"


# ---- several definitions ----------------------------------------------------------------------------------------

TWICE = "at 10°30'00\" N 20°30'00\" E also at the midpoint of A and C"


def test_two_definitions_without_precedence() -> None:
    """They lie some metres apart and nothing decides: the point has no place."""
    assert failure_of(TWICE).code == "G513"


@pytest.mark.parametrize(("order", "exact"), [("coordinates, words", True), ("words, coordinates", False)])
def test_two_definitions_with_precedence(order: str, exact: bool) -> None:
    """The one that prevails is taken, and the distance to the other is kept."""
    point = point_of(TWICE, f"precedence {order}\n")
    assert (point.units == (20_500_000_000, 10_500_000_000)) == exact
    middle = G.Inverse(10.0, 20.0, 11.0, 21.0)
    half = G.Line(10.0, 20.0, middle["azi1"]).Position(middle["s12"] / 2.0)
    expected = apart_m((20.5, 10.5), (half["lon2"], half["lat2"]))
    assert point.others[0][1] == pytest.approx(expected, abs=1e-3)


def test_a_definition_that_fails_beside_one_that_holds() -> None:
    """The point has the place of the one that holds, and the other's trouble is reported."""
    words = "at 10°30' N 20°30' E also at the intersection of parallel 10° N and parallel 11° N"
    result = result_of(f"{SQUARE}point X {words}\n" + section("leg 1 geodesic to B"))
    assert any(point.name == "X" for point in result.line.points)
    assert errors(result)


# ---- circles and depth ------------------------------------------------------------------------------------------


def test_a_circle_of_definitions_is_reported_once() -> None:
    """Two points that rest on each other: one finding, and both without a place."""
    points = "point X at the midpoint of A and Y\npoint Y at the midpoint of B and X\n"
    result = result_of(SQUARE + points + section("leg 1 geodesic to X", "leg 2 geodesic to B"))
    assert [each.code for each in errors(result)] == ["R403"]
    assert len(result.line.gaps) == 2


def test_three_thousand_points_each_on_the_next() -> None:
    """Definitions that nest however deep are computed one after another."""
    nested = "".join(f"point Q{n} at azimuth 90° and 1 m from Q{n + 1} along geodesic\n" for n in range(3000))
    result = result_of(SQUARE + nested + "point Q3000 at 10°N 20°E\n" + section("leg 1 geodesic to B"))
    assert not errors(result)
    first = next(point for point in result.line.points if point.name == "Q0")
    assert apart_m(A, (first.units[0] / 1e9, first.units[1] / 1e9)) == pytest.approx(3000.0, abs=0.2)


def test_a_circle_of_three_thousand_points() -> None:
    """A long circle ends in one finding, whose sentence stays short."""
    nested = "".join(f"point Q{n} at azimuth 90° and 1 m from Q{(n + 1) % 3000} along geodesic\n" for n in range(3000))
    found = errors(result_of(SQUARE + nested + section("leg 1 geodesic to B")))
    assert [each.code for each in found] == ["R403"]
    assert len(found[0].sentence) < 200


# ---- tables -----------------------------------------------------------------------------------------------------

TABLE = "table points T columns name, latitude, longitude\n  K | 12°00'N | 20°00'E\n  L | 12°00'N | 21°00'E\n"


def test_a_row_and_a_statement_of_one_name() -> None:
    """The statement is kept, and the row is reported."""
    result = result_of(SQUARE + TABLE.replace("  K", "  A") + section("leg 1 geodesic to B"))
    assert [each.code for each in errors(result)] == ["R402"]
    assert (result.line.legs[0].vertices[0] / 1e9).tolist() == list(A)


def test_rows_of_two_tables_of_one_name() -> None:
    """Each has its own name, and the name that both have is asked about; neither is taken for the other."""
    second = TABLE.replace("points T", "points U").replace("12°", "13°").replace("  L", "  M")
    (asked,) = errors(result_of(SQUARE + TABLE + second + section("leg 1 geodesic to K")))
    assert asked.code == "R401"
    assert all(name in f"{asked.sentence} {asked.hint}" for name in ("T.K", "U.K"))
    for name, latitude in (("T.K", 12.0), ("U.K", 13.0)):
        result = result_of(SQUARE + TABLE + second + section(f"leg 1 geodesic to {name}"))
        assert not errors(result)
        assert (result.line.legs[0].vertices[1] / 1e9).tolist() == [20.0, latitude]


def test_a_leg_that_goes_on_from_a_table() -> None:
    """It starts at the table's last point, by name and with its uncertainty."""
    table = TABLE.replace("longitude\n", "longitude numbers measured within 2 m\n")
    result = result_of(SQUARE + table + section("legs geodesic through T", "leg 2 geodesic to C", start="K"))
    assert not errors(result)
    leg = result.line.legs[1]
    assert leg.vertex_names == ("L", "C")
    assert leg.across_sigma_m.tolist() == [2.0, 0.0]


def test_produced_lines_meet_on_this_side_of_the_earth() -> None:
    """Two produced geodesics meet twice round the Earth; the meeting on the far side is not meant."""
    ends = "point P at 10°N 10°E\npoint Q at 11°N 11°E\npoint R at 10°N 14°E\npoint S at 11°N 13°E\n"
    meeting = "at the intersection of geodesic from P to Q produced and geodesic from R to S produced"
    lon, lat = place_of(point_of(meeting, ends))
    assert lon == pytest.approx(12.0, abs=1e-8)
    assert 11.9 < lat < 12.1
