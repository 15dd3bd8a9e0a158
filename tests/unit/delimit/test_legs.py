"""Every kind of leg with every ending, against GeographicLib and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pyproj
import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import SQUARE, A, B, C, D, end_of, errors, gap_of, leg_of, result_of, section

G = Geodesic.WGS84
UNIT_M = 2e-4
"""Two canonical units on the ground."""


def apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Geodesic distance by GeographicLib."""
    return float(G.Inverse(one[1], one[0], other[1], other[0])["s12"])


def ahead(place: tuple[float, float], azimuth_deg: float, length_m: float) -> tuple[float, float]:
    """The direct problem by GeographicLib."""
    found = G.Direct(place[1], place[0], azimuth_deg, length_m)
    return found["lon2"], found["lat2"]


def parallel_radius_m(latitude_deg: float) -> float:
    """N cos(phi) on WGS 84."""
    e2 = 0.00669437999014
    sine, cosine = math.sin(math.radians(latitude_deg)), math.cos(math.radians(latitude_deg))
    return 6378137.0 / math.sqrt(1.0 - e2 * sine**2) * cosine


# ---- geodesic ---------------------------------------------------------------------------------------------------


def test_geodesic_to_a_point() -> None:
    """Length and both azimuths are GeographicLib's."""
    leg = leg_of("geodesic to C")
    expected = G.Inverse(10.0, 20.0, 11.0, 21.0)
    assert leg.length_m == pytest.approx(expected["s12"], abs=1e-6)
    assert leg.azimuths_start_deg[0] == pytest.approx(expected["azi1"], abs=1e-9)
    assert leg.azimuths_end_deg[-1] == pytest.approx(expected["azi2"], abs=1e-9)


@pytest.mark.parametrize("words", ["geodesic at azimuth 33° for 12.5 km", "at azimuth 33° by geodesic for 12.5 km"])
def test_geodesic_for_a_distance(words: str) -> None:
    """It ends where the direct problem says."""
    assert apart_m(end_of(leg_of(words)), ahead(A, 33.0, 12_500.0)) < UNIT_M


@pytest.mark.parametrize("words", ["geodesic at azimuth 45°", "at azimuth 45° by geodesic"])
def test_geodesic_until_it_meets_a_meridian(words: str) -> None:
    """It ends on the meridian, in the direction it was sent."""
    lon, lat = end_of(leg_of(f"{words} until it meets meridian 21° E"))
    assert lon == pytest.approx(21.0, abs=1e-9)
    assert G.Inverse(10.0, 20.0, lat, lon)["azi1"] == pytest.approx(45.0, abs=1e-7)


def test_until_it_meets_is_the_first_meeting() -> None:
    """A geodesic that crosses a parallel twice ends at the first crossing, as "until" says."""
    leg = leg_of("geodesic at azimuth 60° until it meets parallel 15° N", "")
    _, lat = end_of(leg)
    assert lat == pytest.approx(15.0, abs=2e-9)
    line = G.Line(10.0, 20.0, 60.0)
    places = [line.Position(s) for s in np.linspace(0.0, leg.length_m - 10.0, 200)]
    assert all(place["lat2"] < 15.0 for place in places)
    assert leg.length_m < 1_500_000.0


# ---- loxodrome --------------------------------------------------------------------------------------------------


def test_loxodrome_to_a_point() -> None:
    """Its azimuth is that of the straight line on PROJ's Mercator projection."""
    leg = leg_of("loxodrome to C")
    mercator = pyproj.Proj("+proj=merc +ellps=WGS84")
    x0, y0 = mercator(*A)
    x1, y1 = mercator(*C)
    azimuth_deg = math.degrees(math.atan2(x1 - x0, y1 - y0))
    assert leg.azimuths_start_deg[0] == pytest.approx(azimuth_deg, abs=1e-8)
    assert leg.length_m == pytest.approx(
        apart_m((0.0, 10.0), (0.0, 11.0)) / math.cos(math.radians(azimuth_deg)), abs=1e-5
    )


@pytest.mark.parametrize("words", ["loxodrome at azimuth 45°", "at azimuth 45° by loxodrome"])
def test_loxodrome_until_it_meets_a_parallel(words: str) -> None:
    """Its length is the meridian distance over the cosine of the azimuth."""
    leg = leg_of(f"{words} until it meets parallel 11° N")
    assert leg.length_m == pytest.approx(apart_m((0.0, 10.0), (0.0, 11.0)) * math.sqrt(2.0), abs=1e-4)


def test_loxodrome_near_a_pole_is_followed_only_to_the_pole() -> None:
    """From high latitudes the search for a meeting stops at the pole and finds the parallel before it."""
    leg = leg_of("loxodrome at azimuth 10° until it meets parallel 85° N")
    assert end_of(leg)[1] == pytest.approx(85.0, abs=2e-9)


# ---- parallel ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["parallel", "parallel eastward"])
def test_parallel_to_a_point(words: str) -> None:
    """Its length is the radius of the parallel by the difference of longitude."""
    leg = leg_of(f"{words} to B")
    assert leg.length_m == pytest.approx(parallel_radius_m(10.0) * math.radians(1.0), abs=1e-4)


def test_parallel_the_long_way() -> None:
    """Westward to a point that lies to the east goes round the Earth."""
    assert leg_of("parallel westward to B").length_m == pytest.approx(
        parallel_radius_m(10.0) * math.radians(359.0), rel=1e-12
    )


def test_parallel_for_a_distance() -> None:
    """Its end lies by the length over the radius further west."""
    lon, lat = end_of(leg_of("parallel westward for 100 km"))
    assert lat == 10.0
    assert lon == pytest.approx(20.0 - math.degrees(100_000.0 / parallel_radius_m(10.0)), abs=2e-9)


@pytest.mark.parametrize("degrees", [21, 100, 180])
def test_parallel_until_it_meets_a_meridian(degrees: int) -> None:
    """It meets a meridian however far round that lies."""
    leg = leg_of(f"parallel eastward until it meets meridian {degrees}° E")
    assert end_of(leg)[0] == pytest.approx(degrees, abs=2e-9)
    assert leg.length_m == pytest.approx(parallel_radius_m(10.0) * math.radians(degrees - 20), rel=1e-11)


def test_parallel_to_a_point_off_it_is_refused() -> None:
    """An end on another latitude is a contradiction in the words."""
    assert gap_of("parallel to C").code == "G505"


# ---- meridian ---------------------------------------------------------------------------------------------------


def test_meridian_to_a_point() -> None:
    """A meridian is a geodesic."""
    assert leg_of("meridian northward to D").length_m == pytest.approx(apart_m(A, D), abs=1e-6)


def test_meridian_for_a_distance() -> None:
    """Its end is the geodesic's that runs due south."""
    assert apart_m(end_of(leg_of("meridian southward for 50 km")), ahead(A, 180.0, 50_000.0)) < UNIT_M


def test_meridian_until_it_meets_a_parallel() -> None:
    """It ends on the parallel, on its own longitude."""
    assert end_of(leg_of("meridian southward until it meets parallel 5° S")) == (20.0, -5.0)


def test_meridian_the_wrong_way() -> None:
    """Southward to a point in the north is a contradiction in the words."""
    assert gap_of("meridian southward to D").code == "G508"


# ---- straight on a projection -----------------------------------------------------------------------------------


def test_straight_on_a_projection() -> None:
    """Its middle lies on the chord in PROJ's plane coordinates."""
    leg = leg_of("straight on EPSG:32634 to C")
    plane = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32634", always_xy=True)
    x0, y0 = plane.transform(*A)
    x1, y1 = plane.transform(*C)
    x, y = plane.transform(*leg.line.position(np.array([leg.length_m / 2.0]))[0])
    off_m = ((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / math.hypot(x1 - x0, y1 - y0)
    assert abs(off_m) < 1e-4


# ---- straight as written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "kind"),
    [
        ("geodesic", "geodesic"),
        ("loxodrome", "loxodrome"),
        ("straight in longitude and latitude", "straight in lon/lat"),
        ("straight on EPSG:32634", "straight on EPSG:32634"),
    ],
)
def test_straight_as_it_is_read(reading: str, kind: str) -> None:
    """The leg is drawn as its declared reading, which is recorded with its authority."""
    leg = leg_of(f"straight to C read as {reading} by «the parties»")
    assert leg.kind == kind
    assert leg.reading is not None
    assert (leg.reading.name, leg.reading.by) == (reading, "the parties")


def test_straight_read_as_a_parallel() -> None:
    """Between two points of one latitude "straight" can be read as the parallel."""
    assert leg_of("straight to B read as parallel by «the parties»").kind == "parallel"


def test_straight_without_a_reading_is_a_gap() -> None:
    """What the words leave open is not guessed."""
    assert gap_of("straight to C").code == "O601"


# ---- arc --------------------------------------------------------------------------------------------------------


def radius() -> str:
    """The distance from B to A, printed to a tenth of a millimetre."""
    return f"{apart_m(A, B):.4f} m"


@pytest.mark.parametrize(("turn", "sense"), [("clockwise", 1.0), ("anticlockwise", -1.0)])
def test_arc_for_a_distance(turn: str, sense: float) -> None:
    """Every place of it lies at the radius from the centre, and it turns the way the words say."""
    leg = leg_of(f"arc of {radius()} about B {turn} for 50 km")
    places = leg.line.position(np.linspace(0.0, leg.length_m, 9))
    radii = [apart_m(B, (lon, lat)) for lon, lat in places]
    assert np.ptp(radii) < UNIT_M
    start = G.Inverse(B[1], B[0], A[1], A[0])["azi1"]
    later = G.Inverse(B[1], B[0], places[1][1], places[1][0])["azi1"]
    assert math.copysign(1.0, (later - start + 180.0) % 360.0 - 180.0) == sense


@pytest.mark.parametrize(("turn", "share"), [("clockwise", 0.25), ("anticlockwise", 0.75)])
def test_arc_to_a_point(turn: str, share: float) -> None:
    """Clockwise from the west of the centre to its north is a quarter of the circle, anticlockwise three."""
    north = f"point N at azimuth 0° and {radius()} from B along geodesic\n"
    leg = leg_of(f"arc of {radius()} about B {turn} to N", north)
    start = G.Inverse(B[1], B[0], A[1], A[0])["azi1"] % 360.0
    assert leg.length_m / (2.0 * math.pi * apart_m(A, B)) == pytest.approx(
        share if share < 0.5 else 1.0 - (360.0 - start) / 360.0, abs=2e-3
    )


def test_arc_until_it_meets_a_line() -> None:
    """It ends on the line, at the radius from the centre, at the first meeting."""
    leg = leg_of(f"arc of {radius()} about B clockwise until it meets meridian 21° E")
    lon, lat = end_of(leg)
    assert lon == pytest.approx(21.0, abs=2e-9)
    assert lat > 10.0
    assert apart_m(B, (lon, lat)) == pytest.approx(apart_m(A, B), abs=1e-3)


def test_arc_from_a_point_off_the_circle() -> None:
    """A start that is not at the radius is a contradiction in the words."""
    assert gap_of("arc of 100 km about B clockwise for 1 km").code == "G510"


# ---- traverse ---------------------------------------------------------------------------------------------------

TRAVERSE = "traverse 90° 10 km, 0° 5 km by geodesic"


def corners() -> tuple[tuple[float, float], tuple[float, float]]:
    """The two corners of the traverse by GeographicLib."""
    first = ahead(A, 90.0, 10_000.0)
    return first, ahead(first, 0.0, 5_000.0)


def test_traverse_open_ends_at_its_last_corner() -> None:
    """Its courses say where it ends."""
    leg = leg_of(f"{TRAVERSE} open")
    for vertex, corner in zip(leg.vertices[1:] / 1e9, corners(), strict=True):
        assert apart_m(tuple(vertex), corner) < UNIT_M
    assert leg.lengths_m.tolist() == pytest.approx([10_000.0, 5_000.0])


def test_traverse_that_misses_its_end() -> None:
    """It is joined to its end by one more piece, and the finding measures how far the courses miss it."""
    lon, lat = ahead(corners()[1], 90.0, 40.0)
    point = f"point E at {lat:.9f}° N {lon:.9f}° E\n"
    result = result_of(SQUARE + point + section(f"leg 1 {TRAVERSE} to E"))
    (leg,) = result.line.legs
    assert len(leg.vertices) == 4
    assert leg.lengths_m[-1] == pytest.approx(40.0, abs=UNIT_M)
    assert tuple(leg.line.ends[-1]) == pytest.approx(end_of(leg), abs=1e-9)
    finding = next(each for each in result.findings if each.code == "G521")
    assert finding.measures[0].value == pytest.approx(40.0, abs=UNIT_M)
    assert finding.severity == "note"


def test_traverse_that_misses_its_end_by_more_than_its_print_allows() -> None:
    """A misclosure beyond half a unit of every printed figure is a warning."""
    result = result_of(SQUARE + section(f"leg 1 {TRAVERSE} to B"))
    assert next(each for each in result.findings if each.code == "G521").severity == "warning"


def test_traverse_for_a_distance_keeps_its_corners() -> None:
    """Cut in its second course it still has the corner before."""
    leg = leg_of(f"{TRAVERSE} for 12 km")
    assert leg.lengths_m.tolist() == pytest.approx([10_000.0, 2_000.0])
    assert apart_m(tuple(leg.vertices[1] / 1e9), corners()[0]) < UNIT_M


def test_traverse_until_it_meets_a_line() -> None:
    """It ends where its courses first meet the line."""
    leg = leg_of(f"{TRAVERSE} until it meets parallel 10°02' N")
    assert end_of(leg)[1] == pytest.approx(10.0 + 2.0 / 60.0, abs=2e-9)
    assert len(leg.vertices) == 3


# ---- along what was drawn before --------------------------------------------------------------------------------


def test_along_an_earlier_leg() -> None:
    """Half of a leg, run back, has half its length and its own two ends."""
    point = "point M at 50 km along leg 1 of T from B\n"
    first = section("leg 1 geodesic to C", start="B", name="T")
    result = result_of(SQUARE + point + first + section("leg 1 along leg 1 of T to B", start="M"))
    assert not errors(result)
    leg = result.line.legs[1]
    assert leg.length_m == pytest.approx(50_000.0, abs=1e-3)
    assert leg.vertex_names == ("M", "B")
    assert leg.azimuths_start_deg[0] == pytest.approx(180.0, abs=1e-6)


def test_along_an_earlier_section_keeps_its_corners() -> None:
    """The stretch of a section has the corners of the section between its ends."""
    first = section("leg 1 geodesic to B", "leg 2 geodesic to C", "leg 3 geodesic to D", name="T")
    points = "point M at 10 km along leg 1 of T from A\npoint N at 10 km along leg 3 of T from C\n"
    result = result_of(SQUARE + points + first + section("leg 1 along section T to N", start="M"))
    assert not errors(result)
    leg = result.line.legs[3]
    assert (leg.vertices[1:-1] / 1e9).tolist() == [list(B), list(C)]
    expected = apart_m(A, B) - 10_000.0 + apart_m(B, C) + 10_000.0
    assert leg.length_m == pytest.approx(expected, abs=1e-3)


def test_along_a_leg_that_the_end_is_not_on() -> None:
    """An end off the line is a contradiction in the words."""
    first = section("leg 1 geodesic to B", name="T")
    result = result_of(SQUARE + first + section("leg 1 along leg 1 of T to D"))
    assert result.line.gaps[0].why.code == "G511"


# ---- endings ----------------------------------------------------------------------------------------------------

KINDS = [
    "geodesic", "loxodrome", "geodesic at azimuth 45°", "loxodrome at azimuth 45°", "at azimuth 45° by geodesic",
    "at azimuth 45° by loxodrome", "parallel", "parallel eastward", "meridian", "meridian northward",
    "straight on EPSG:32634", "straight", f"arc of {radius()} about B clockwise", TRAVERSE,
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", ["to C", "until it meets parallel 10°30' N", "for 5 km", "open"])
def test_every_kind_takes_every_ending(kind: str, ending: str) -> None:
    """The leg is drawn, or it is a gap whose finding has a place and says what to do: nothing else happens."""
    result = result_of(SQUARE + section(f"leg 1 {kind} {ending}"))
    line = result.line
    assert len(line.legs) + len(line.gaps) == 1
    for gap in line.gaps:
        assert gap.why.span is not None
        assert gap.why.hint
        assert gap.why in result.findings
    for leg in line.legs:
        ends = np.array([leg.vertices[0], leg.vertices[-1]]) / 1e9
        assert np.abs(leg.line.ends - ends).max() < 2e-9


@pytest.mark.parametrize(
    "words",
    [
        "parallel eastward for 50000 km",
        "meridian northward for 20000 km",
        f"arc of {radius()} about B clockwise for 1000 km",
        f"{TRAVERSE} for 16 km",
    ],
)
def test_nothing_is_cut_short_silently(words: str) -> None:
    """A leg that cannot run as far as the words say is a gap that says how far it comes."""
    assert gap_of(words).code == "G519"


def test_a_leg_that_starts_on_the_line_it_should_meet() -> None:
    """There is nothing to draw, and the finding says why."""
    assert gap_of("meridian northward until it meets parallel 10° N").code == "G507"


def test_a_leg_goes_on_from_where_the_one_before_ended() -> None:
    """After an ending without a point the next leg starts there."""
    legs = ("leg 1 meridian northward for 1 km", "leg 2 parallel eastward for 1 km", "leg 3 geodesic to C")
    result = result_of(SQUARE + section(*legs))
    assert not errors(result)
    one, two, three = result.line.legs
    assert one.vertices[-1].tolist() == two.vertices[0].tolist()
    assert two.vertices[-1].tolist() == three.vertices[0].tolist()


def test_then_from_leaves_a_gap_in_the_words() -> None:
    """After `then from` the line goes on from the other point."""
    result = result_of(SQUARE + section("leg 1 geodesic to B", "then from D", "leg 2 geodesic to C"))
    assert not errors(result)
    assert result.line.legs[1].vertex_names == ("D", "C")


def test_a_thousand_legs_one_from_another() -> None:
    """However long the line of legs that rest on one another, computing the last is no deep recursion."""
    legs = [f"leg {n} meridian northward for 1 m" for n in range(1, 2001)]
    result = result_of(SQUARE + "point Z at 0.5 m along leg 2000 of S from Y\npoint Y at 10°N 20°E\n" + section(*legs))
    assert len(result.line.legs) == 2000


@pytest.mark.parametrize(("azimuth", "codes"), [("44°38'", set()), ("90°", {"X702"}), ("44°", {"X702"})])
def test_an_azimuth_and_an_end_that_disagree(azimuth: str, codes: set[str]) -> None:
    """A leg that is sent at an azimuth to a point says its direction twice, and the two are compared."""
    assert G.Inverse(10.0, 20.0, 11.0, 21.0)["azi1"] == pytest.approx(44.63, abs=0.02)
    result = result_of(SQUARE + section(f"leg 1 geodesic at azimuth {azimuth} to C"), checked=True)
    assert {each.code for each in result.findings if each.code.startswith("X")} == codes
    assert len(result.line.legs) == 1


@pytest.mark.parametrize("what", ["along leg 4 of Old of Earlier", "along section Main of Earlier"])
def test_a_line_that_a_source_holds_is_not_drawn_along_one_of_this_description(what: str) -> None:
    """It is a named gap, whatever legs and sections this description has."""
    result = result_of(f"source Earlier line «earlier.json»\n{SQUARE}" + section(f"leg 1 {what} to B"))
    assert [each.code for each in result.findings if each.code[0] in "RN"] == ["N901"]
    assert result.line.gaps
