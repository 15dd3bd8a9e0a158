"""Courses as surveys give them: curves by hand and radius, right angles, plane courses on a grid. The exact answers.

Real prints: an abstract of Utah County, Utah (parcel 30:075:0066), two curves by chord and two bearings that close;
Lei Complementar 77/2024 of Conceição da Barra (Brazil), azimuths and distances on UTM between printed coordinates.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from pyproj import Transformer

from fakes.descriptions import (
    FRAME,
    HEAD,
    SQUARE,
    end_of,
    errors,
    gap_of,
    leg_of,
    no_files,
    place_of,
    result_of,
    section,
)
from merestone.casefile.pipeline import Pipeline
from merestone.delimit.boundary_line import CompiledLeg

G = Geodesic.WGS84
UNIT_M = 2e-4
FOOT = 0.3048

PARCEL = """point Beginning at 39°56'20.0" N 111°42'00.0" W
ring Parcel
  from Beginning
  leg 1 curve to the left of radius 1757.79 feet on chord N 28°00'55" W 437 feet open
  leg 2 at azimuth S 70°15'00" W by geodesic for 68.56 feet
  leg 3 curve to the right of radius 1691.79 feet on chord S 28°21'37" E 436.52 feet open
  leg 4 traverse N 71°00'00" E 66.04 feet by geodesic to Beginning
"""


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By GeographicLib; places are longitude and latitude."""
    return float(G.Inverse(one[1], one[0], other[1], other[0])["s12"])


def start_of(leg: CompiledLeg) -> tuple[float, float]:
    """Longitude and latitude of a leg's first vertex in degrees."""
    lon, lat = leg.vertices[0] / 1e9
    return float(lon), float(lat)


def test_a_parcel_by_chords_and_bearings_closes_and_has_the_area_of_the_plane() -> None:
    """The courses close to 2 mm; area and arc lengths are those of the plane figure, whose sides are 133 m."""
    result = Pipeline(no_files).run(HEAD + FRAME + PARCEL)
    assert not errors(result)
    closing = next(finding for finding in result.findings if finding.code == "G521")
    assert closing.measures[0].value == pytest.approx(0.002, abs=0.001)
    chords = [(331.98472, 437.0), (250.25, 68.56), (151.63972, 436.52), (71.0, 66.04)]
    x = np.cumsum([0.0, *(length * math.sin(math.radians(a)) for a, length in chords)])
    y = np.cumsum([0.0, *(length * math.cos(math.radians(a)) for a, length in chords)])
    polygon = abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2.0
    (first_area, first_arc), (third_area, third_arc) = (_segment(1757.79, 437.0), _segment(1691.79, 436.52))
    (_, area_m2), *_ = result.line.areas_m2
    assert area_m2 == pytest.approx((polygon + first_area - third_area) * FOOT**2, abs=0.3)
    lengths = {leg.name: leg.length_m for leg in result.line.legs}
    assert lengths["1"] == pytest.approx(first_arc * FOOT, abs=1e-4)
    assert lengths["3"] == pytest.approx(third_arc * FOOT, abs=1e-4)


def _segment(radius: float, chord: float) -> tuple[float, float]:
    """Area between chord and arc, and length of the arc, on the plane."""
    turn = 2.0 * math.asin(chord / 2.0 / radius)
    return radius**2 / 2.0 * (turn - math.sin(turn)), radius * turn


@pytest.mark.parametrize(("hand", "sign"), [("right", 1.0), ("left", -1.0)])
def test_a_curve_leaving_at_an_azimuth(hand: str, sign: float) -> None:
    """Its centre lies a radius away at right angles, by GeographicLib, and every place of it a radius from there."""
    leg = leg_of(f"curve to the {hand} of radius 50 km leaving at azimuth N 30° E for 40 km")
    centre = G.Direct(10, 20, 30 + sign * 90, 50_000)
    ends = leg.line.position(np.linspace(0, leg.length_m, 9))
    for lon, lat in ends:
        assert distance_m((lon, lat), (centre["lon2"], centre["lat2"])) == pytest.approx(50_000, abs=1e-3)
    assert leg.length_m == pytest.approx(40_000, abs=UNIT_M)
    assert float(leg.azimuths_start_deg[0]) == pytest.approx(30.0, abs=1e-6)
    assert float((leg.azimuths_end_deg[0] - 30.0) * sign % 360.0) == pytest.approx(math.degrees(0.8), abs=0.2)


def test_a_curve_tangent_to_a_leg() -> None:
    """It leaves in the direction in which that leg ends."""
    result = result_of(
        SQUARE + section("leg 1 geodesic to C", "leg 2 curve to the right of radius 3 km tangent to leg 1 for 2 km")
    )
    assert not errors(result)
    first, second = result.line.legs
    assert float(second.azimuths_start_deg[0]) == pytest.approx(float(first.azimuths_end_deg[0]), abs=1e-6)


def test_a_curve_between_two_points() -> None:
    """Both ends lie a radius from one centre, to the hand that is said, and it is the shorter arc."""
    leg = leg_of("curve to the left of radius 400 km to C")
    assert leg.length_m < math.pi * 400_000
    middle = leg.line.position(np.array([leg.length_m / 2]))[0]
    chord = G.Inverse(10, 20, 11, 21)
    half = G.Direct(10, 20, chord["azi1"], chord["s12"] / 2)
    # To the left means that the curve bulges to the right of its chord.
    out = G.Inverse(half["lat2"], half["lon2"], middle[1], middle[0])
    assert (out["azi1"] - chord["azi1"]) % 360 == pytest.approx(90.0, abs=0.5)
    bulge = 400_000 - math.sqrt(400_000**2 - (chord["s12"] / 2) ** 2)
    assert out["s12"] == pytest.approx(bulge, rel=2e-3)


def test_what_no_curve_can_be() -> None:
    """A chord longer than the diameter; a tangent to a leg that ends elsewhere; no direction at all."""
    assert gap_of("curve to the left of radius 10 km to C").code == "G543"
    assert gap_of("curve to the left of radius 10 km for 3 km").code == "G506"
    body = (
        SQUARE
        + section("leg 1 geodesic to B", name="T")
        + section("leg 2 curve to the left of radius 3 km tangent to leg 1 of T for 1 km")
    )
    assert "G542" in [each.code for each in errors(result_of(body))]


# ---- right angles ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hand", "turn"), [("left", -90.0), ("right", 90.0)])
def test_a_leg_at_right_angles_from_the_end_of_another(hand: str, turn: float) -> None:
    """Its azimuth is that of the other leg at its end, turned by 90°."""
    result = result_of(
        SQUARE + section("leg 1 geodesic to C", f"leg 2 at right angles to leg 1 to the {hand} by geodesic for 5 km")
    )
    assert not errors(result)
    azimuth = G.Inverse(10, 20, 11, 21)["azi2"] + turn
    end = G.Direct(11, 21, azimuth, 5000)
    assert end_of(result.line.legs[1]) == pytest.approx((end["lon2"], end["lat2"]), abs=2e-9)


def test_a_leg_at_right_angles_from_a_place_off_the_line() -> None:
    """It runs along the perpendicular through its start: towards the line to the one hand, away to the other."""
    points = "point E at 10°30' N 20°30' E\npoint F at 9°30' N 20°30' E\nconstruction line L geodesic from A to B\n"
    body = "section S\n  from E\n  leg 1 at right angles to line L to the right by geodesic until it meets line L\n"
    result = result_of(SQUARE + points + "point X at the foot of the perpendicular from E to line L\n" + body)
    assert not errors(result)
    foot = next(place_of(point) for point in result.line.points if point.name == "X")
    assert distance_m(end_of(result.line.legs[0]), foot) < 0.01


# ---- on the grid -------------------------------------------------------------------------------------------------


def test_plane_courses_between_printed_grid_coordinates() -> None:
    """M1, 38.827 m at 127°24'50.28" to M2 and 12.595 m at 102°54'19.15" to M3: the law's own coordinates, to 0.6 mm."""
    head = (
        "decimal sign comma\nframe SIRGAS 2000\npoint M1 at northing 7963415,08757 easting 425106,63339 on EPSG:31984\n"
    )
    body = (
        "section S\n  from M1\n"
        "  leg 1 at azimuth 127°24'50,28\" on the grid of EPSG:31984 for 38,827 m\n"
        "  leg 2 traverse 102°54'19,15\" 12,595 m on the grid of EPSG:31984 open\n"
    )
    result = Pipeline(no_files).run(HEAD + head + body)
    assert not errors(result)
    to_grid = Transformer.from_crs("EPSG:4674", "EPSG:31984", always_xy=True)
    printed = [(425137.47276, 7963391.49718), (425149.74945, 7963388.68424)]
    for leg, place in zip(result.line.legs, printed, strict=True):
        assert to_grid.transform(*end_of(leg)) == pytest.approx(place, abs=6e-4)


def test_a_course_on_the_grid_until_it_meets_a_line() -> None:
    """On the plane, its end and its start lie in the printed direction."""
    leg = leg_of("at azimuth 45° on the grid of EPSG:32635 until it meets meridian 20°30' E")
    grid = Transformer.from_crs("EPSG:4326", "EPSG:32635", always_xy=True)
    (x0, y0), (x1, y1) = grid.transform(*start_of(leg)), grid.transform(*end_of(leg))
    assert math.degrees(math.atan2(x1 - x0, y1 - y0)) == pytest.approx(45.0, abs=1e-7)
    assert end_of(leg)[0] == pytest.approx(20.5, abs=1e-9)


# ---- courses in a table, adjusted --------------------------------------------------------------------------------

COURSES = [(126 + 55 / 60 + 17 / 3600, 647.25), (178 + 18 / 60 + 58 / 3600, 203.03), (15 + 31 / 60 + 54 / 3600, 720.35),
           (284 + 35 / 60 + 20 / 3600, 610.24), (206 + 9 / 60 + 41 / 3600, 285.13)]  # fmt: skip
TABLE = """table courses Field columns id, azimuth, length
  1 | 126°55'17" | 647.25 m
  2 | 178°18'58" | 203.03 m
  3 | 15°31'54" | 720.35 m
  4 | 284°35'20" | 610.24 m
  5 | 206°09'41" | 285.13 m
"""


@pytest.mark.parametrize("rule", ["compass", "transit"])
def test_courses_of_a_table_are_adjusted_by_the_rule(rule: str) -> None:
    """On the plane of a grid, each corner has the share of the misclosure that the rule of the book gives it."""
    body = (
        f"ring Parcel\n  from A\n  leg 1 traverse of Field on the grid of EPSG:32634 adjusted by the {rule} rule to A\n"
    )
    result = result_of(SQUARE + TABLE + body)
    assert not errors(result)
    grid = Transformer.from_crs("EPSG:4326", "EPSG:32634", always_xy=True)
    start = np.array(grid.transform(20.0, 10.0))
    steps = np.array([(s * math.sin(math.radians(a)), s * math.cos(math.radians(a))) for a, s in COURSES])
    missed = steps.sum(axis=0)
    lengths = np.array([length for _, length in COURSES])
    weights = np.column_stack([lengths, lengths]) if rule == "compass" else np.abs(steps)
    corners = np.cumsum(steps - missed * weights / weights.sum(axis=0), axis=0) + start
    (leg,) = result.line.legs
    found = np.array([grid.transform(*vertex) for vertex in leg.vertices[1:] / 1e9])
    assert found == pytest.approx(corners, abs=5e-4)
    assert tuple(leg.vertices[0]) == tuple(leg.vertices[-1])
    closing = next(finding for finding in result.findings if finding.code == "G521")
    assert closing.measures[0].value == pytest.approx(float(np.hypot(*missed)), abs=2e-4)
    assert f"1 in {lengths.sum() / np.hypot(*missed):,.0f}"[:8] in closing.sentence
    assert f"{rule} rule" in (closing.hint or "")


def test_without_a_rule_the_courses_stay_as_printed() -> None:
    """The corners are those of the print, and one more piece joins the last of them to the end."""
    legs = {
        words: result_of(SQUARE + TABLE + f"ring Parcel\n  from A\n  leg 1 traverse {words} to A\n").line.legs[0]
        for words in ("of Field by geodesic", "of Field by geodesic adjusted by the compass rule")
    }
    plain, adjusted = legs.values()
    assert len(plain.vertices) == len(adjusted.vertices) + 1
    end = G.Direct(10, 20, COURSES[0][0], COURSES[0][1])
    assert plain.vertices[1] / 1e9 == pytest.approx((end["lon2"], end["lat2"]), abs=2e-9)


def test_a_rule_needs_a_point_to_end_at() -> None:
    """There is nothing to adjust to without one."""
    assert gap_of("traverse 45° 10 km by geodesic adjusted by the compass rule open").code == "G544"


def test_a_table_of_courses_with_a_row_that_cannot_be_read_is_refused_whole() -> None:
    """No course vanishes: the leg along the table is a gap, with the row that is wrong."""
    broken = TABLE.replace("178°18'58\"", "178 18 58")
    result = result_of(SQUARE + broken + section("leg 1 traverse of Field by geodesic open"))
    assert not result.line.legs
    assert {each.code[0] for each in errors(result)} >= {"C"}


def test_a_table_of_courses_inside_a_section_is_refused() -> None:
    """It is not dropped in silence."""
    result = result_of(SQUARE + "section S\n  from A\n  table courses T columns azimuth, length\n    45° | 10 m\n")
    assert "S307" in [each.code for each in errors(result)]
