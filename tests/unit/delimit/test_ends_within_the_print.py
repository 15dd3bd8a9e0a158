"""What misses the line, point or meeting that its words name is judged by the print: joined and told, or refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import SQUARE, errors, place_of, result_of, section
from merestone.casefile.pipeline import Result
from merestone.diagnostics import Diagnostic, Severity

G = Geodesic.WGS84
SECOND_M = 30.9
"""A second of latitude, near enough."""
BASE = "section Base\n  from A\n  leg 1 geodesic to B\n"


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """GeographicLib's distance between two places (longitude, latitude)."""
    return float(G.Inverse(one[1], one[0], other[1], other[0])["s12"])


def of_code(result: Result, code: str) -> list[Diagnostic]:
    """The findings of a code."""
    return [each for each in result.findings if each.code == code]


def only(result: Result, code: str) -> Diagnostic:
    """The one finding of a code."""
    (found,) = of_code(result, code)
    return found


# ---- along another line ----------------------------------------------------------------------------------------------


def along(latitudes: tuple[str, str], words: str = "leg 1 of Base") -> Result:
    """A leg along a base of which both ends are printed to a second, from one printed place to another."""
    points = f"point E at {latitudes[0]} N 20°20'00\" E\npoint F at {latitudes[1]} N 20°40'00\" E\n"
    line = "construction line Base geodesic from A to B\nfeature «the base» is section Base\n"
    return result_of(SQUARE + points + line + BASE + section(f"leg 1 along {words} to F", start="E"))


@pytest.mark.parametrize("words", ["leg 1 of Base", "section Base", "line Base", "feature «the base»"])
def test_a_leg_along_another_line_is_joined_to_its_printed_ends(words: str) -> None:
    """Its ends lie some metres off the geodesic from A to B, as their seconds explain: notes, and the printed ends."""
    middle = float(G.InverseLine(10.0, 20.0, 10.0, 21.0).Position(36_500.0)["lat2"])
    print_ = f"10°00'{(middle - 10.0) * 3600.0:02.0f}\""
    result = along((print_, print_), words)
    found = of_code(result, "G511")
    assert [each.severity for each in found] == [Severity.NOTE] * len(found)
    assert found
    leg = next(each for each in result.line.legs if each.section == "S")
    assert leg.vertices[0].tolist()[0] == 20_333_333_333
    assert leg.vertices[-1].tolist()[0] == 20_666_666_667
    ends = tuple((lon / 1e9, lat / 1e9) for lon, lat in leg.vertices[[0, -1]].tolist())
    off_m = sum(each.measures[0].value for each in found)
    assert leg.length_m == pytest.approx(distance_m(*ends) + off_m, abs=1.0)


def test_a_leg_along_another_line_is_refused_beyond_the_print() -> None:
    """Twenty seconds off is no rounding."""
    (gap,) = along(("10°00'20\"", "10°00'20\"")).line.gaps
    assert gap.why.code == "G511"
    assert "the printed precision allows" in gap.why.sentence


def test_what_the_line_is_off_is_a_distance_of_geographiclib() -> None:
    """The figure of the note is the distance from the printed place to the geodesic, found by a search along it."""
    result = along(("10°00'01\"", "10°00'01\""))
    line = G.InverseLine(10.0, 20.0, 10.0, 21.0)
    for place, found in zip(
        ((20 + 20 / 60, 10 + 1 / 3600), (20 + 40 / 60, 10 + 1 / 3600)), of_code(result, "G511"), strict=False
    ):
        search = [line.Position(m) for m in np.linspace(35_000.0, 75_000.0, 40_001)]
        nearest = min(distance_m(place, (each["lon2"], each["lat2"])) for each in search)
        assert found.measures[0].value == pytest.approx(nearest, abs=0.03)


def test_a_stretch_of_a_line_that_is_produced() -> None:
    """A leg along a construction line that is produced may lie beyond the two points of the line."""
    far = G.DirectLine(10.0, 20.0, G.Inverse(10.0, 20.0, 10.0, 21.0)["azi1"], 0.0).Position(200_000.0)
    points = f"point E at {far['lat2']:.9f}° N {far['lon2']:.9f}° E\n"
    line = "construction line Base geodesic from A to B produced\n"
    result = result_of(SQUARE + points + line + section("leg 1 along line Base to E", start="B"))
    (leg,) = result.line.legs
    assert leg.length_m == pytest.approx(200_000.0 - distance_m((20.0, 10.0), (21.0, 10.0)), abs=0.01)


# ---- until it meets --------------------------------------------------------------------------------------------------


def until(start: str, *, more: str = "") -> Result:
    """A leg due south along a meridian until it meets the geodesic from A to B, from 11° N and this longitude."""
    points = f"point E at 11°00'00\" N {start} E\n"
    return result_of(
        SQUARE + points + BASE + section(f"leg 1 meridian southward until it meets leg 1 of Base{more}", start="E")
    )


def test_a_leg_that_passes_the_end_of_a_line_within_the_print_is_joined_to_it() -> None:
    """The meridian of 21°00'00.5 E passes 15.2 m east of B, which is printed to a second, and is joined to it."""
    result = until("21°00'00.5\"")
    found = only(result, "G512")
    passing_m = distance_m((21.0, 10.0), (21.0 + 0.5 / 3600.0, 10.0))
    assert found.severity is Severity.NOTE
    assert found.measures[0].value == pytest.approx(passing_m, abs=0.01)
    leg = next(each for each in result.line.legs if each.section == "S")
    assert leg.vertices[-1].tolist() == [21_000_000_000, 10_000_000_000]
    assert leg.kind == "meridian"
    whole_m = distance_m((21.0, 11.0), (21.0, 10.0))
    assert leg.length_m == pytest.approx(whole_m + passing_m, abs=0.05)


def test_a_leg_that_passes_the_end_of_a_line_further_off_is_refused() -> None:
    """Two seconds beside the end of the line are no rounding; the finding says how far."""
    (gap,) = until("21°00'02\"").line.gaps
    assert gap.why.code == "G512"
    assert f"{distance_m((21.0, 10.0), (21.0 + 2 / 3600.0, 10.0)):,.2f} m" in gap.why.sentence


def test_a_start_that_the_print_does_not_tell_from_the_line() -> None:
    """From 0.3" north of the parallel that it runs to, printed to a second, either reading is shown; the leg is drawn."""
    points = "point E at 10°00'00\" N 20°00'00\" E\npoint F at 9°59'59.5\" N 20°30'00\" E\n"
    line = "construction circle Ring of 20 km about E\n"
    start = G.Direct(10.0, 20.0, 90.0, 19_990.0)
    minutes = (start["lon2"] - 20.0) * 60.0
    at = f"point H at 10°00'00\" N 20°{int(minutes):02d}'{(minutes % 1.0) * 60.0:02.0f}\" E\n"
    result = result_of(
        SQUARE + points + line + at + section("leg 1 geodesic at azimuth 90° until it meets circle Ring", start="H")
    )
    found = only(result, "G507")
    assert found.severity is Severity.WARNING
    leg = next(each for each in result.line.legs if each.section == "S")
    assert found.measures[0].value == pytest.approx(leg.length_m, abs=1e-3)
    assert found.measures[1].value > leg.length_m


# ---- feet ------------------------------------------------------------------------------------------------------------


def foot(line: str, of: str = "point F at 10°30'00\" N 22°00'00\" E\n") -> Result:
    """The foot X of the perpendicular from F to a line."""
    lines = "construction line Short geodesic from A to B\nconstruction line Long geodesic from A to B produced\n"
    return result_of(f"{SQUARE}{of}{lines}point X at the foot of the perpendicular from F to {line}\n{BASE}")


def test_a_foot_on_a_produced_line_lies_beyond_its_end() -> None:
    """The direction to F stands square to the line there; B, 110 km away, was taken for it before."""
    lon, lat = place_of(next(point for point in foot("line Long").line.points if point.name == "X"))
    along_deg = G.Inverse(10.0, 20.0, lat, lon)["azi2"]
    to_point_deg = G.Inverse(lat, lon, 10.5, 22.0)["azi1"]
    assert math.cos(math.radians(along_deg - to_point_deg)) == pytest.approx(0.0, abs=1e-7)
    assert lon > 21.9


def test_a_foot_beyond_the_end_of_a_line_is_refused() -> None:
    """The end is no foot: the finding says how far beyond it the perpendicular falls."""
    result = foot("line Short")
    found = only(result, "G545")
    assert found in errors(result)
    assert all(point.name != "X" for point in result.line.points)


def test_a_foot_beyond_the_end_of_a_line_within_the_print_is_told() -> None:
    """F is half a second further east than the perpendicular at the end."""
    square = G.Inverse(10.0, 20.0, 10.0, 21.0)["azi2"] - 90.0
    place = G.Direct(10.0, 21.0, square, 30_000.0)
    result = foot("line Short", f"point F at {place['lat2']:.6f}° N {place['lon2'] + 0.00005:.4f}° E\n")
    found = only(result, "G545")
    assert found.severity is Severity.NOTE
    assert found.measures[0].value < found.measures[1].value
    assert any(point.name == "X" for point in result.line.points)


def test_the_nearest_place_of_a_chain_that_is_a_corner_is_told() -> None:
    """From outside the corner B of A-B-C no perpendicular falls on either piece."""
    base = "section Base\n  from A\n  legs geodesic through A, B, C\n"
    text = f"{SQUARE}point F at 9°30'00\" N 21°30'00\" E\npoint X at the foot of the perpendicular from F to section Base\n"
    found = only(result_of(text + base), "G545")
    assert found.severity is Severity.WARNING
    assert "corner" in found.sentence


def test_a_right_angle_beside_the_end_of_a_line_within_the_print() -> None:
    """A start 0.4" beyond the end of the line leaves it at right angles, and not along it."""
    points = "point E at 10°00'00\" N 21°00'00.4\" E\n"
    result = result_of(
        SQUARE
        + points
        + BASE
        + section("leg 1 at right angles to leg 1 of Base to the left by geodesic for 5 km", start="E")
    )
    assert only(result, "G545").severity is Severity.NOTE
    leg = next(each for each in result.line.legs if each.section == "S")
    assert leg.azimuths_start_deg[0] == pytest.approx(G.Inverse(10.0, 20.0, 10.0, 21.0)["azi2"] - 90.0, abs=1e-3)


# ---- distances and definitions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("second", "severity"), [("00.4", Severity.NOTE), ("02.0", Severity.ERROR)])
def test_a_distance_counts_from_an_end_within_the_print(second: str, severity: Severity) -> None:
    """E, printed half a second beside A, is the end of the leg; two seconds beside it, it is not."""
    points = f"point E at 10°00'{second}\" N 20°00'00\" E\npoint X at 20 km along leg 1 of Base from E\n"
    assert only(result_of(SQUARE + points + BASE), "G514").severity is severity


@pytest.mark.parametrize(("second", "severity"), [("00.4", Severity.NOTE), ("03.0", Severity.ERROR)])
def test_two_definitions_agree_within_their_print(second: str, severity: Severity) -> None:
    """12.3 m apart, printed to 1" and to 0.1": one place. 92 m apart: no precedence decides."""
    text = f"{SQUARE}point X at 10°30'00\" N 20°30'00\" E also at 10°30'{second}\" N 20°30'00.0\" E\n{BASE}"
    found = only(result_of(text), "G513")
    assert found.severity is severity
    assert found.measures[0].value == pytest.approx(
        distance_m((20.5, 10.5), (20.5, 10.5 + float(second) / 3600.0)), abs=0.01
    )


def test_two_definitions_printed_to_a_millimetre_do_not_agree_a_metre_apart() -> None:
    """0.9 m is no rounding of hundred-thousandths of a second; before, anything below 1 m was passed over."""
    text = f"{SQUARE}point X at 10°30'00.00000\" N 20°30'00.00000\" E also at 10°30'00.03000\" N 20°30'00.00000\" E\n{BASE}"
    assert only(result_of(text), "G513").severity is Severity.ERROR


# ---- curves ----------------------------------------------------------------------------------------------------------


def test_a_curve_whose_start_misses_the_leg_it_is_tangent_to() -> None:
    """12 m beside the end of the leg, with both printed to a second: told; two seconds: refused."""
    for second, severity in (("00.4", Severity.NOTE), ("02", Severity.ERROR)):
        points = f"point E at 10°00'{second}\" N 21°00'00\" E\n"
        words = "leg 1 curve to the left of radius 500 m tangent to leg 1 of Base for 100 m"
        assert only(result_of(SQUARE + points + BASE + section(words, start="E")), "G542").severity is severity


def test_a_curve_that_misses_its_printed_end_is_joined_to_it() -> None:
    """From A due east, 5,000.0 m to the left, an end to 1" is joined by a straight piece of the distance that is said."""
    centre = G.Direct(10.0, 20.0, 0.0, 5_000.0)
    end = G.Direct(centre["lat2"], centre["lon2"], 90.0, 5_000.0)
    lat, lon = (round(end[name] * 3600.0) / 3600.0 for name in ("lat2", "lon2"))
    minutes = [divmod(round((value % 1.0) * 3600.0), 60) for value in (lat, lon)]
    points = (
        f"point E at 10°{minutes[0][0]:02d}'{minutes[0][1]:02d}\" N 20°{minutes[1][0]:02d}'{minutes[1][1]:02d}\" E\n"
    )
    result = result_of(
        SQUARE + points + section("leg 1 curve to the left of radius 5000.0 m leaving at azimuth 90°00'00\" to E")
    )
    found = only(result, "G510")
    off_m = G.Inverse(centre["lat2"], centre["lon2"], lat, lon)["s12"] - 5_000.0
    assert found.severity is Severity.NOTE
    assert found.measures[0].value == pytest.approx(abs(off_m), abs=1e-3)
    (leg,) = result.line.legs
    assert leg.vertices[-1].tolist() == [round(lon * 1e9), round(lat * 1e9)]


@pytest.mark.parametrize(
    ("chord", "severity"), [("200.00", None), ("200.01", Severity.NOTE), ("200.10", Severity.ERROR)]
)
def test_a_chord_as_long_as_the_diameter(chord: str, severity: Severity | None) -> None:
    """A half circle of 100.00 m on a chord of 200.00 or 200.01 m is drawn; 200.10 m is refused (G543)."""
    words = f"leg 1 curve to the right of radius 100.00 m on chord 45°00'00\" {chord} m open"
    result = result_of(SQUARE + section(words))
    found = of_code(result, "G543")
    assert [each.severity for each in found] == ([] if severity is None else [severity])
    if severity is not Severity.ERROR:
        (leg,) = result.line.legs
        assert leg.length_m == pytest.approx(math.pi * 100.0, abs=0.02)
        assert leg.azimuths_start_deg[0] == pytest.approx(315.0, abs=0.5)
