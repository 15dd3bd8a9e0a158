"""Directions as instruments print them, to the exact azimuth: bearings, winds, grid and magnetic north.

Real prints: 43 Stat. 737 (1925), "north seventy-four degrees thirty-two minutes thirty-two seconds east", 434,394 feet
along a great circle; Lei Complementar 77/2024 of Conceição da Barra (Brazil), azimuths and coordinates on UTM.
"""

from __future__ import annotations

import math

import pytest
from geographiclib.geodesic import Geodesic
from pyproj import Proj

from fakes.descriptions import SQUARE, end_of, errors, leg_of, result_of, section
from merestone.description.legs.at_azimuth import AtAzimuthLeg
from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.description.tree import Leg, Section
from merestone.geodesy.angle import Angle

G = Geodesic.WGS84


def azimuth_of(words: str) -> Angle:
    """The azimuth that a leg is printed with, after the printed text parses to the same tree."""
    text = f"section S\n  from A\n  leg 1 at azimuth {words} by geodesic for 12 km\n"
    parsed = parse(text)
    assert parsed.diagnostics == ()
    assert parse(print_description(parsed.description)).description == parsed.description
    (section_,) = parsed.description.statements
    assert isinstance(section_, Section)
    leg = section_.body[1]
    assert isinstance(leg, Leg)
    assert isinstance(leg.kind, AtAzimuthLeg)
    assert isinstance(leg.kind.azimuth, Angle)
    return leg.kind.azimuth


@pytest.mark.parametrize(
    ("words", "degrees"),
    [
        ("N 45°30' E", 45.5),
        ("N45°30'E", 45.5),
        ("S 50° E", 130.0),
        ("S 70°15'00\" W", 250.25),
        ("N 28°00'55\" W", 360 - (28 + 55 / 3600)),
        ("North 74°32'32\" East", 74 + 32 / 60 + 32 / 3600),
        ("N 90° E", 90.0),
        ("N 0° W", 0.0),
        ("S 00°30' W", 180.5),
        ("due north", 0.0),
        ("due west", 270.0),
        ("north-east", 45.0),
        ("SSE", 157.5),
    ],
)
def test_a_printed_direction_is_this_azimuth(words: str, degrees: float) -> None:
    """Exactly, and its unit is that of the print."""
    assert azimuth_of(words).degrees == pytest.approx(degrees, abs=1e-12)


def test_the_unit_of_a_direction_is_that_of_its_print() -> None:
    """A minute, a second, a sector."""
    assert [float(azimuth_of(words).unit) for words in ("S 50°10' E", "due east", "NE")] == [1 / 60, 1 / 3600, 22.5]


@pytest.mark.parametrize(("words", "code"), [("N 95° E", "C232"), ("N 45 E", "C204"), ("S 91°00' W", "C232")])
def test_a_bearing_out_of_its_quadrant_is_refused(words: str, code: str) -> None:
    """A bearing counts at most 90° from north or south, and has a degree sign."""
    parsed = parse(f"section S\n  from A\n  leg 1 at azimuth {words} by geodesic for 12 km\n")
    assert [each.code for each in parsed.diagnostics] == [code]


def test_a_course_by_bearing() -> None:
    """The great circle of 43 Stat. 737: 434 394 feet at N 74°32'32" E, by GeographicLib."""
    leg = leg_of("at azimuth N 74°32'32\" E by geodesic for 434394 feet")
    end = G.Direct(10, 20, 74 + 32 / 60 + 32 / 3600, 434394 * 0.3048)
    assert end_of(leg) == pytest.approx((end["lon2"], end["lat2"]), abs=2e-9)


def test_a_wind_is_drawn_and_says_what_it_leaves_open() -> None:
    """Half a sector: a fifth of the length to either side."""
    result = result_of(SQUARE + section("leg 1 at azimuth south-east by geodesic for 15 km"), checked=True)
    (open_word,) = (each for each in result.findings if each.code == "O611")
    assert open_word.measures[0].value == pytest.approx(15_000 * math.sin(math.radians(11.25)))


def test_due_north_leaves_nothing_open() -> None:
    """It is a direction to the second."""
    result = result_of(SQUARE + section("leg 1 at azimuth due north by geodesic for 15 km"), checked=True)
    assert "O611" not in [each.code for each in result.findings]


# ---- norths ------------------------------------------------------------------------------------------------------


def convergence_deg(code: str, lon: float, lat: float) -> float:
    """The meridian convergence by PROJ's own derivatives of the projection."""
    return float(Proj(code).get_factors(lon, lat).meridian_convergence)


@pytest.mark.parametrize("code", ["EPSG:32634", "EPSG:32635", "EPSG:2180", "EPSG:31370"])
@pytest.mark.parametrize("grid_deg", [0.0, 45.5, 127.4139, 300.0])
def test_an_azimuth_from_grid_north_is_turned_by_the_convergence(code: str, grid_deg: float) -> None:
    """For conformal projections, anywhere in and beside their zone."""
    place = (20.0, 10.0) if code.startswith("EPSG:32") else (20.0, 50.0) if code == "EPSG:2180" else (5.0, 50.5)
    text = f"point Z at {place[1]:g}° N {place[0]:g}° E\n"
    result = result_of(
        text + f"section S\n  from Z\n  leg 1 at azimuth {grid_deg}° from grid north of {code} by geodesic for 1 km\n"
    )
    assert not errors(result)
    true_deg = float(result.line.legs[0].azimuths_start_deg[0])
    # `meridian_convergence` is counted clockwise from grid north to true north, seen on the plane.
    off = (true_deg - grid_deg - convergence_deg(code, *place) + 180) % 360 - 180
    assert abs(off) * 3600 < 0.05


def test_the_head_says_what_azimuths_are_counted_from() -> None:
    """Every azimuth follows it but the one that says `from true north`; an expected azimuth does too."""
    legs = section(
        "leg 1 at azimuth 45° by geodesic for 1 km",
        "leg 2 at azimuth 45° from true north by geodesic for 1 km",
    )
    head = "azimuths from grid north of EPSG:32635 by «the sheet»\n"
    result = result_of(head + SQUARE + legs)
    turned, true = (float(leg.azimuths_start_deg[0]) for leg in result.line.legs)
    assert true == pytest.approx(45.0, abs=1e-6)
    assert turned == pytest.approx(45.0 + convergence_deg("EPSG:32635", 20.0, 10.0), abs=1e-4)
    true_deg = G.Inverse(10, 20, 11, 21)["azi1"]
    printed = Angle("", round((true_deg - convergence_deg("EPSG:32635", 20.0, 10.0)) * 3600), 1, 3600).dms()
    expected = SQUARE + section(f"leg 1 geodesic to C\n    expect azimuth {printed}")
    plain, on_grid = (result_of(each + expected, checked=True) for each in ("", head))
    assert "X702" in codes(plain)
    assert "X702" not in codes(on_grid)


def codes(result: object) -> list[str]:
    """The codes of the findings."""
    return [each.code for each in result.findings]  # type: ignore[attr-defined]


def test_an_azimuth_from_magnetic_north_is_turned_by_its_declination() -> None:
    """East is added, west taken away; the date must be said."""
    for side, degrees in (("E", 95.5), ("W", 84.5)):
        leg = leg_of(
            f"at azimuth S 90° E from magnetic north with declination 5°30' {side} on 1904 by geodesic for 1 km"
        )
        assert float(leg.azimuths_start_deg[0]) == pytest.approx(degrees, abs=1e-9)
    parsed = parse("section S\n  from A\n  leg 1 at azimuth 45° from magnetic north by geodesic for 1 km\n")
    assert [each.code for each in parsed.diagnostics] == ["S301"]


@pytest.mark.parametrize(
    "words",
    [
        "azimuths from grid north of EPSG:2193\n{square}section S\n  from A\n  leg 1 at azimuth 45° by geodesic for 1 km\n",
        "{square}section S\n  from A\n  leg 1 at azimuth 45° from grid north of EPSG:2193 by geodesic for 1 km\n",
        "{square}section S\n  from A\n  leg 1 geodesic to B\n    expect azimuth 90° from grid north of EPSG:2193\n",
        "{square}construction line L straight on EPSG:2193 from A to B\nsection S\n  from A\n  leg 1 geodesic to B\n",
    ],
)
def test_a_grid_of_another_part_of_the_world_is_told(words: str) -> None:
    """The grid of New Zealand, in Africa: computed, and never in silence."""
    result = result_of(words.format(square=SQUARE), checked=True)
    assert [each.code for each in result.findings if each.code in ("F824", "G504")] != []


@pytest.mark.parametrize(
    ("frame", "point", "grid", "said", "grid_deg"),
    [
        ("Hartebeesthoek94", "Y -52000.00 X 3700000.00", "EPSG:2048", "due north", 0.0),
        ("Hartebeesthoek94", "Y -52000.00 X 3700000.00", "EPSG:2048", "N 45°00'00\" E", 45.0),
        ("Hartebeesthoek94", "Y -52000.00 X 3700000.00", "EPSG:2048", "S 10°00'00\" E", 170.0),
        ("S-JTSK", "X 1120456.78 Y 500123.45", "EPSG:5513", "0°", 0.0),
        ("S-JTSK", "X 1120456.78 Y 500123.45", "EPSG:5513", "90°", 90.0),
    ],
)
def test_north_of_a_grid_that_counts_to_the_south(
    frame: str, point: str, grid: str, said: str, grid_deg: float
) -> None:
    """Grid north is north, and a bearing turns clockwise from it, whatever way the axes of the system count.

    Independent: the meridian convergence that PROJ's factors give for the projection.
    """
    body = f"point A at {point} on {grid}\n" + section(f"leg 1 at azimuth {said} on the grid of {grid} for 1000 m")
    (leg,) = result_of(body, frame=f"frame {frame}\n").line.legs
    lon, lat = (float(value) for value in leg.vertices[0] / 1e9)
    convergence = Proj("EPSG:5514" if grid == "EPSG:5513" else grid).get_factors(lon, lat).meridian_convergence
    assert leg.azimuths_start_deg[0] == pytest.approx((grid_deg + convergence) % 360.0, abs=0.02)


@pytest.mark.parametrize(("said", "codes"), [("N 30°00'00\" E", set()), ("N 31°20'37\" E", {"X702"})])
def test_a_direction_on_the_grid_to_a_point_is_checked_on_the_grid(said: str, codes: set[str]) -> None:
    """The two points lie at the grid azimuth 30°00'00" of each other, which is 31°20'37" from true north."""
    points = "point P at N 10070000.00 E 3120000.00 on EPSG:2277\npoint Q at N 10071807.48 E 3121043.55 on EPSG:2277\n"
    body = points + section(f"leg 4 at azimuth {said} on the grid of EPSG:2277 to Q", start="P")
    found = result_of(body, frame="decimal sign point\nframe NAD83\n", checked=True).findings
    assert {finding.code for finding in found if finding.code.startswith("X")} == codes
