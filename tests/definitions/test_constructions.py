"""Construction lines and circles, lines through and towards points, bound features: the exact answers.

The Bering Sea: Agreement between the United States of America and the Union of Soviet Socialist Republics on the
maritime boundary, 1 June 1990, annex. Its points 36 to 39 lie on circles of 200 nautical miles and on a rhumb line
that the annex gives by two far points; none of those lines is boundary but between the points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from pyproj import Transformer

from definitions.independent_lengths import isometric
from fakes.descriptions import (
    FRAME,
    HEAD,
    SQUARE,
    end_of,
    errors,
    gap_of,
    leg_of,
    place_of,
    point_of,
    result_of,
    section,
)
from merestone.casefile.exporting import content
from merestone.casefile.outcome import DelimitOptions
from merestone.casefile.pipeline import Pipeline, Result
from merestone.delimit.expectations import evaluate
from merestone.publish.formats import format_of

G = Geodesic.WGS84
UNIT_M = 2e-4
MILES_200 = 370_400.0
BERING = (Path(__file__).parent / "good" / "bering_sea.boundary").read_text(encoding="utf-8")


def no_files(path: str, sha256: str | None) -> str:
    """These texts hold all they need."""
    raise AssertionError((path, sha256))


def bering() -> Result:
    """The text taken the whole way."""
    return Pipeline(no_files).run(BERING)


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By GeographicLib; places are longitude and latitude."""
    return float(G.Inverse(one[1], one[0], other[1], other[0])["s12"])


def root(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function of one sign change is zero, by halving."""
    for _ in range(80):
        middle = (low + high) / 2.0
        low, high = (middle, high) if (of(low) > 0) == (of(middle) > 0) else (low, middle)
    return (low + high) / 2.0


def on_rhumb(latitude_deg: float) -> tuple[float, float]:
    """The place of the annex's rhumb line on a latitude: longitude grows with the isometric latitude."""
    north, south = (188.0, 64 + 5 / 60 + 8 / 3600), (170 + 18 / 60 + 31 / 3600, 53 + 43 / 60 + 42 / 3600)
    share = (isometric(latitude_deg, G) - isometric(south[1], G)) / (isometric(north[1], G) - isometric(south[1], G))
    return south[0] + share * (north[0] - south[0]), latitude_deg


CENTRE_EAST = (-(173 + 6 / 60 + 54 / 3600), 60 + 38 / 60 + 23 / 3600)
CENTRE_WEST = (179 + 5 / 60 + 34 / 3600, 62 + 16 / 60 + 9 / 3600)


def test_the_points_of_the_bering_sea_lie_where_the_circles_and_the_rhumb_line_say() -> None:
    """Points 37 and 38 are the roots of distance along the rhumb line, 36 and 39 the ends of geodesics of 200 miles."""
    points = {point.name: place_of(point) for point in bering().line.points}
    lat37 = root(lambda lat: distance_m(on_rhumb(lat), CENTRE_EAST) - MILES_200, 59.5, 60.5)
    lat38 = root(lambda lat: distance_m(on_rhumb(lat), CENTRE_WEST) - MILES_200, 58.5, 59.5)
    assert distance_m(points["A37"], on_rhumb(lat37)) < 2 * UNIT_M
    assert distance_m(points["A38"], on_rhumb(lat38)) < 2 * UNIT_M
    for name, printed, centre in (("A36", "P36", CENTRE_EAST), ("A39", "P39", CENTRE_WEST)):
        azimuth = G.Inverse(centre[1], centre[0], points[printed][1], points[printed][0])["azi1"]
        end = G.Direct(centre[1], centre[0], azimuth, MILES_200)
        assert distance_m(points[name], (end["lon2"], end["lat2"])) < UNIT_M


def test_the_agreement_prints_those_points() -> None:
    """All four computed points agree with the printed seconds of the annex."""
    evaluated, _ = evaluate(bering().compiled)
    assert len(evaluated) == 4
    assert all(each.agrees for each in evaluated)


def test_nothing_of_a_construction_is_boundary() -> None:
    """Length, legs and vertices are those of the three legs; with the construction statements changed in name alone,
    or with more of them, the line is the same."""
    line = bering().line
    assert [leg.name for leg in line.legs] == ["36", "37", "38"]
    more = BERING.replace("section Boundary", "construction circle More of 5 km about P36\n\nsection Boundary")
    other = Pipeline(no_files).run(more).line
    assert [leg.vertices.tolist() for leg in other.legs] == [leg.vertices.tolist() for leg in line.legs]
    assert sum(leg.length_m for leg in other.legs) == sum(leg.length_m for leg in line.legs)


@pytest.mark.parametrize("extension", [".geojson", ".kml", ".csv"])
def test_no_export_holds_a_construction(extension: str) -> None:
    """Exports of one line, with constructions in its text and without, are the same but for the digest of the text."""
    legs = section("leg 1 geodesic to B")
    drawn = "construction line L geodesic from A to C\nconstruction circle K of 9 km about A\n"
    with_them, without = result_of(SQUARE + drawn + legs), result_of(SQUARE + legs)
    assert not errors(with_them)
    assert _exported(with_them, extension) == _exported(without, extension)


def _exported(result: Result, extension: str) -> str:
    """A file without the digest of the text."""
    form = format_of(f"a{extension}")
    assert form is not None
    data = content(result, Path("a.boundary"), form, DelimitOptions(), Path(f"a{extension}"))
    return re.sub(r"[0-9a-f]{64}", "", data.decode())


# ---- parallels and meridians through points, 0° and 180° ---------------------------------------------------------


def test_the_parallel_and_the_meridian_through_points() -> None:
    """Their intersection has the latitude of the one point and the longitude of the other, exactly."""
    assert place_of(point_of("at the intersection of parallel through C and meridian through A")) == (20.0, 11.0)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("meridian 0° and parallel 0°", (0.0, 0.0)),
        ("meridian 180° and parallel 10° N", (180.0, 10.0)),
    ],
)
def test_the_equator_greenwich_and_180_need_no_letter(words: str, place: tuple[float, float]) -> None:
    """They lie in both hemispheres; every other angle still needs its letter."""
    assert place_of(point_of(f"at the intersection of {words}")) == place


def test_coordinates_of_zero_and_180_need_no_letter() -> None:
    """In either order, as the other half says which it is."""
    assert place_of(point_of("at 0° 180°")) == (180.0, 0.0)
    assert place_of(point_of("at 180° 45°N")) == (180.0, 45.0)
    assert place_of(point_of("at 0° 30° W")) == (-30.0, 0.0)


def test_another_angle_without_a_letter_is_refused() -> None:
    """1° without a letter is not guessed."""
    found = result_of(
        SQUARE + "point X at the intersection of parallel 1° and meridian 0°\n" + section("leg 1 geodesic to B")
    )
    assert [each.code for each in errors(found)] == ["C220"]


def test_a_leg_along_the_parallel_through_a_point() -> None:
    """It runs towards the point where no direction is said, and on to what it meets."""
    leg = leg_of("parallel through B until it meets meridian 22° E")
    assert end_of(leg) == (22.0, 10.0)
    leg = leg_of("meridian through D until it meets parallel 12° N")
    assert end_of(leg) == (20.0, 12.0)
    leg = leg_of("parallel through B westward until it meets meridian 19° E")
    assert end_of(leg) == (19.0, 10.0)
    assert gap_of("parallel through C until it meets meridian 22° E").code == "G505"


def test_a_whole_parallel() -> None:
    """The limit of the Antarctic Treaty (1959), article VI: 60° South all round, with the area of the cap."""
    text = HEAD + FRAME + "point A at 60° S 0°\nring Treaty\n  from A\n  leg 1 parallel eastward to A\n"
    result = Pipeline(no_files).run(text)
    assert not errors(result)
    assert [finding.code for finding in result.findings if finding.code == "G503"] == []
    e2 = G.f * (2 - G.f)
    sine = math.sin(math.radians(60.0))
    radius_m = G.a * math.cos(math.radians(60.0)) / math.sqrt(1 - e2 * sine**2)
    assert result.line.legs[0].length_m == pytest.approx(2 * math.pi * radius_m, abs=1e-3)
    (_, area_m2), *_ = result.line.areas_m2
    b2 = G.a**2 * (1 - e2)
    e = math.sqrt(e2)

    def zone(s: float) -> float:
        return float(s / (2 * (1 - e2 * s * s)) + math.atanh(e * s) / (2 * e))

    assert area_m2 == pytest.approx(2 * math.pi * b2 * (zone(1.0) - zone(sine)), rel=1e-9)


def test_a_parallel_that_meets_a_line_just_before_it_closes() -> None:
    """Less than 0.001° before the start is not lost: it was, 36 m short of a whole parallel."""
    leg = leg_of("parallel eastward until it meets meridian 19°59'59\" E")
    assert end_of(leg) == pytest.approx((20.0 - 1 / 3600, 10.0), abs=1e-9)
    assert leg.length_m == pytest.approx(leg.line.length_m)


# ---- towards a point ---------------------------------------------------------------------------------------------


def _over(azimuth_deg: float, latitude_deg: float) -> Callable[[float], float]:
    """How far north of a latitude the geodesic from A lies after a length."""
    return lambda length_m: float(G.Direct(10, 20, azimuth_deg, length_m)["lat2"]) - latitude_deg


def test_a_geodesic_towards_a_point_until_it_meets_a_line() -> None:
    """By GeographicLib: the direct problem with the azimuth to the point, to the latitude that it meets."""
    azimuth = G.Inverse(10, 20, 11, 21)["azi1"]
    for words, latitude in (("parallel 10°30' N", 10.5), ("parallel 12° N", 12.0)):
        leg = leg_of(f"geodesic towards C until it meets {words}")
        length_m = root(_over(azimuth, latitude), 1.0, 1e6)
        assert leg.length_m == pytest.approx(length_m, abs=UNIT_M)


def test_beyond_means_that_the_meeting_before_the_point_is_passed_over() -> None:
    """A line of two parallels would be met before the point; `and beyond` runs through the point first."""
    points = "point E at 10°30' N 19° E\npoint F at 10°30' N 22° E\npoint H at 12° N 22° E\npoint I at 12° N 19° E\n"
    words = "geodesic towards C{} until it meets geodesic through E, F, H, I"
    near, far = (leg_of(words.format(each), points) for each in ("", " and beyond"))
    assert near.length_m < distance_m((20.0, 10.0), (21.0, 11.0)) < far.length_m
    assert gap_of("geodesic towards C and beyond for 10 km").code == "G541"


def test_a_loxodrome_and_a_projected_line_towards_a_point() -> None:
    """The loxodrome keeps its azimuth; the projected line lies, on the grid, on one straight line with its points."""
    leg = leg_of("loxodrome towards C until it meets meridian 23° E")
    lon, lat = end_of(leg)
    slope = (isometric(11, G) - isometric(10, G)) / 1.0
    assert isometric(lat, G) - isometric(10, G) == pytest.approx(slope * (lon - 20.0), abs=1e-8)
    leg = leg_of("straight towards C on EPSG:32634 and beyond for 300 km")
    grid = Transformer.from_crs("EPSG:4326", "EPSG:32634", always_xy=True)
    a, c, end = (grid.transform(*each) for each in ((20.0, 10.0), (21.0, 11.0), end_of(leg)))
    cross = (c[0] - a[0]) * (end[1] - a[1]) - (c[1] - a[1]) * (end[0] - a[0])
    assert abs(cross) / math.dist(a, c) < 1e-3
    assert leg.length_m == pytest.approx(300_000.0, abs=UNIT_M)


def test_until_it_meets_a_line_produced() -> None:
    """`produced` counts in an ending as it does in an intersection: it was passed over, and the lines did not meet."""
    points = "point E at 12° N 21° E\npoint F at 12° N 20°10' E\n"
    leg = leg_of("meridian northward until it meets geodesic from E to F produced", points)
    assert end_of(leg)[1] == pytest.approx(12.0, abs=0.01)
    assert gap_of("meridian northward until it meets geodesic from E to F", points).code == "G512"


# ---- features that the head binds --------------------------------------------------------------------------------

BASE = """feature «the baseline» is section Base
section Base
  from A
  leg 1 geodesic to B
  leg 2 geodesic to C
"""


def test_a_feature_that_is_a_section_can_be_met_and_has_feet() -> None:
    """What is computed from the feature is what is computed from the section's legs."""
    point = "point F at 11° N 20°30' E\npoint X at the foot of the perpendicular from F to {}\n"
    bound, direct = (
        result_of(SQUARE + point.format(line) + BASE) for line in ("feature «the baseline»", "leg 1 of Base")
    )
    on_leg_2 = result_of(SQUARE + point.format("leg 2 of Base") + BASE)
    feet = [next(place_of(p) for p in r.line.points if p.name == "X") for r in (bound, direct, on_leg_2)]
    assert feet[0] == min(feet[1:], key=lambda foot: distance_m(foot, (20.0, 11.0)))


def test_a_leg_until_it_meets_a_bound_feature_and_along_it() -> None:
    """It ends where the meridian crosses the geodesic A to B, and the next leg runs along it to B."""
    text = (
        SQUARE
        + "point F at 12° N 20°30' E\n"
        + BASE
        + (
            "section S\n  from F\n  leg 1 meridian southward until it meets feature «the baseline»\n"
            "  leg 2 along feature «the baseline» to B\n"
        )
    )
    result = result_of(text)
    assert not errors(result)
    met = end_of(next(leg for leg in result.line.legs if leg.section == "S"))
    half = G.Inverse(10, 20, 10, 21)
    middle = G.Direct(10, 20, half["azi1"], half["s12"] / 2)
    assert distance_m(met, (middle["lon2"], middle["lat2"])) < UNIT_M
    last = result.line.legs[-1]
    assert last.length_m == pytest.approx(half["s12"] / 2, abs=2 * UNIT_M)


def test_what_nothing_is_bound_to_stays_a_named_gap() -> None:
    """An unbound feature, or one that a source holds, is a gap with its reason, as before."""
    assert gap_of("meridian southward until it meets feature «the coast»").code == "N901"
    held = gap_of(
        "meridian southward until it meets feature «the coast»",
        "source chart map «c.tif» dated 1990\nfeature «the coast» is source chart\n",
    )
    assert held.code == "N901"
    assert "chart" in held.sentence


def test_a_section_with_a_gap_is_not_one_line() -> None:
    """Nothing is computed across the jump between its parts."""
    body = "feature «f» is section Two\nsection Two\n  from A\n  leg 1 geodesic to B\n  then from C\n  leg 2 geodesic to D\n"
    result = result_of(SQUARE + "point X at the foot of the perpendicular from A to feature «f»\n" + body)
    assert [each.code for each in errors(result)] == ["G540"]


def test_constructions_that_rest_on_one_another_in_a_circle() -> None:
    """The circle is named once, and nothing is computed from it."""
    body = "construction line L geodesic from A to X\npoint X at the intersection of line L and meridian 21° E\n"
    result = result_of(SQUARE + body + section("leg 1 geodesic to B"))
    assert [each.code for each in errors(result)] == ["R403"]


def test_an_unknown_construction_or_one_of_the_other_sort() -> None:
    """A circle is no line, and a name that nothing bears is refused."""
    body = "construction circle K of 5 km about A\npoint X at the intersection of {} and meridian 20° E northernmost\n"
    for line, codes in (("circle K", []), ("line K", ["R401"]), ("circle J", ["R401"])):
        result = result_of(SQUARE + body.format(line) + section("leg 1 geodesic to B"))
        assert [each.code for each in errors(result) if each.code == "R401"][:1] == codes


def test_a_circle_is_met_once_where_it_begins_and_ends() -> None:
    """The northernmost point of a circle, where its parameter starts, is one meeting and not two."""
    points = "construction circle K of 5 km about A\n"
    place = place_of(point_of("at the intersection of circle K and geodesic from A to D", points))
    end = G.Direct(10, 20, 0, 5000)
    assert distance_m(place, (end["lon2"], end["lat2"])) < UNIT_M


def test_a_computed_point_inherits_from_what_its_construction_rests_on() -> None:
    """A rounded centre makes the points on its circle uncertain."""
    points = "point K0 at 10°00' N 20°30' E rounded\nconstruction circle K of 60 km about K0\n"
    point = point_of("at the intersection of circle K and meridian 20° E northernmost", points)
    assert point.components


def test_a_chain_of_parallels_keeps_its_own_through() -> None:
    """`legs parallel through B, E` is a chain of two points, not the parallel through B."""
    body = SQUARE + "point E at 10°00'00\" N 22° E\nsection S\n  legs parallel through A, B, E\n"
    result = result_of(body)
    assert not errors(result)
    assert len(result.line.legs[0].vertices) == 3


# ---- at a distance from a bound feature --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "kinds"),
    [("right", ["offset", "arc", "offset"]), ("left", ["offset", "offset"])],
)
def test_a_leg_at_a_distance_from_the_baseline(side: str, kinds: list[str]) -> None:
    """The baseline turns left: on its right an arc goes round the corner, on its left the two lines are cut.

    By GeographicLib every place of the leg lies 12 nautical miles from the nearest place of the baseline.
    """
    turn = 90 if side == "right" else -90
    first, second = G.Inverse(10, 20, 10, 21), G.Inverse(10, 21, 11, 21)
    start = G.Direct(10, 20, first["azi1"] + turn, 22_224)
    if side == "left":
        along = G.Direct(10, 20, first["azi1"], 20_000)
        start = G.Direct(along["lat2"], along["lon2"], along["azi2"] + turn, 22_224)
    end = G.Direct(11, 21, second["azi2"] + turn, 22_224)
    points = "".join(
        f"point {name} at {place['lat2']:.9f}° N {place['lon2']:.9f}° E\n" for name, place in (("E", start), ("F", end))
    )
    body = "section Limit\n  from E\n  leg 1 at 12 nautical miles from «the baseline» to F\n"
    result = result_of(SQUARE + points + BASE + body)
    assert not errors(result), errors(result)
    leg = next(leg for leg in result.line.legs if leg.section == "Limit")
    assert [piece.kind for piece in leg.line.pieces] == kinds  # type: ignore[attr-defined]
    for lon, lat in leg.line.position(np.linspace(0, leg.length_m, 23)):
        assert _to_baseline_m(lon, lat) == pytest.approx(22_224, abs=0.01)


def _to_baseline_m(lon: float, lat: float) -> float:
    """The least distance from a place to the geodesics A-B-C, by golden sections of GeographicLib's lines."""
    least = math.inf
    for one, other in (((20, 10), (21, 10)), ((21, 10), (21, 11))):
        side = G.Inverse(one[1], one[0], other[1], other[0])
        line = G.InverseLine(one[1], one[0], other[1], other[0])

        def off(s: float, line: object = line) -> float:
            at = line.Position(s)  # type: ignore[attr-defined]
            return distance_m((lon, lat), (at["lon2"], at["lat2"]))

        low, high = 0.0, side["s12"]
        for _ in range(90):
            a, b = low + (high - low) * 0.382, low + (high - low) * 0.618
            low, high = (low, b) if off(a) < off(b) else (a, high)
        least = min(least, off((low + high) / 2))
    return least


def test_what_no_single_line_at_the_distance_can_be() -> None:
    """An end off the line is told; pieces that are too short for the distance, and an unbound feature, stay gaps."""
    off = "section Limit\n  from D\n  leg 1 at 12 nautical miles from «the baseline» to D\n"
    assert "G510" in [each.code for each in errors(result_of(SQUARE + BASE + off))]
    assert gap_of("at 3 km from «the coast» to B").code == "N901"
