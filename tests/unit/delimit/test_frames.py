"""Frames of descriptions: own ones by parameters and from common points, points and legs in others, uncertainty."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import SQUARE, A, B, errors, leg_of, place_of, point_of, result_of, section

G = Geodesic.WGS84
SEVEN = 'tx 10 m ty -20 m tz 30 m rx 1.5" ry -0.5" rz 2.25" ds 3.5 ppm'
INTL = "+ellps=intl"


def apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Geodesic distance by GeographicLib."""
    return float(G.Inverse(one[1], one[0], other[1], other[0])["s12"])


def carried(step: str, place: tuple[float, float]) -> tuple[float, float]:
    """A place on the International ellipsoid carried to WGS 84 by PROJ's own words."""
    pipeline = pyproj.Transformer.from_pipeline(
        f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart {INTL} +step {step} "
        "+step +inv +proj=cart +ellps=WGS84 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    lon, lat, _ = pipeline.transform(*place, 0.0)
    return lon, lat


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("by 3 parameters tx -148 m ty 136 m tz 90 m", "+proj=helmert +x=-148 +y=136 +z=90"),
        (
            f"by 7 parameters {SEVEN} position vector",
            "+proj=helmert +x=10 +y=-20 +z=30 +rx=1.5 +ry=-0.5 +rz=2.25 +s=3.5 +convention=position_vector",
        ),
        (
            f"by 7 parameters {SEVEN} coordinate frame",
            "+proj=helmert +x=10 +y=-20 +z=30 +rx=1.5 +ry=-0.5 +rz=2.25 +s=3.5 +convention=coordinate_frame",
        ),
        (
            f"by 10 parameters {SEVEN} coordinate frame about x 5900000 m y 2150000 m z 1100000 m",
            "+proj=molobadekas +x=10 +y=-20 +z=30 +rx=1.5 +ry=-0.5 +rz=2.25 +s=3.5 "
            "+px=5900000 +py=2150000 +pz=1100000 +convention=coordinate_frame",
        ),
    ],
)
def test_a_point_in_an_own_frame(words: str, step: str) -> None:
    """It is carried as PROJ carries it, in the convention that is named, and inherits the stated accuracy."""
    head = f"frame Own is «Own» on ellipsoid «International 1924» transformed to WGS 84 {words} accuracy 5 m\n"
    point = point_of("at 10°30' N 20°30' E in Own", frame="frame WGS 84\n" + head)
    assert apart_m(place_of(point), carried(step, (20.5, 10.5))) < 2e-4
    assert [component.sigma_m for component in point.components] == [5.0]


def test_the_own_frame_of_the_whole_description() -> None:
    """Where the description itself is in its own frame, points of the registry's frame are carried the other way."""
    frame = (
        "frame «Own» on ellipsoid «International 1924» transformed to WGS 84 "
        "by 3 parameters tx -148 m ty 136 m tz 90 m accuracy 5 m\nframe W is WGS 84\n"
    )
    lon, lat = carried("+proj=helmert +x=-148 +y=136 +z=90", (20.5, 10.5))
    point = point_of(f"at {lat:.10f}° N {lon:.10f}° E in W", frame=frame)
    assert apart_m(place_of(point), (20.5, 10.5)) < 0.01  # heights are left out both ways: 5 mm here


def test_a_transformation_without_accuracy_is_refused() -> None:
    """What it does to the line would be unknown."""
    head = "frame Own is «Own» on ellipsoid «International 1924» transformed to WGS 84 by 3 parameters tx 1 m ty 1 m tz 1 m\n"
    result = result_of(
        SQUARE + "point X at 10°N 20°E in Own\n" + section("leg 1 geodesic to X"), frame="frame WGS 84\n" + head
    )
    assert [each.code for each in errors(result)] == ["F809"]
    assert result.line.gaps


def test_legs_in_another_frame_are_drawn_on_its_ellipsoid() -> None:
    """A parallel in an own frame keeps its latitude there: its length is that on the International ellipsoid."""
    own = (
        "frame Own is «Own» on ellipsoid «International 1924» transformed to WGS 84 "
        "by 3 parameters tx -148 m ty 136 m tz 90 m accuracy 5 m\nlegs in Own\n"
    )
    points = "point P at 10°N 20°E in Own\npoint Q at 10°N 21°E in Own\n"
    result = result_of(SQUARE + points + section("leg 1 geodesic to Q", start="P"), frame=f"frame WGS 84\n{own}")
    assert not errors(result)
    (leg,) = result.line.legs
    on_international = Geodesic(6378388.0, 1.0 / 297.0).Inverse(10.0, 20.0, 10.0, 21.0)["s12"]
    assert leg.length_m == pytest.approx(on_international, abs=0.02)
    assert abs(on_international - apart_m(A, B)) > 1.0


def test_unstated_frames_need_a_reading() -> None:
    """Without one the vertices have no frame; with one it is recorded with its alternatives."""
    unstated = "frame unstated candidates Adindan, WGS 84"
    body = SQUARE + section("leg 1 geodesic to B")
    assert result_of(body, frame=f"{unstated}\n").line.frame is None
    line = result_of(body, frame=f"{unstated} read as WGS 84 by «the note»\n").line
    assert line.frame is not None
    assert line.frame_reading is not None
    assert (line.frame_reading.name, line.frame_reading.by, line.frame_reading.also) == (
        "WGS 84",
        "the note",
        ("Adindan",),
    )


# ---- uncertainty ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "sigma_m"),
    [("enacted", 0.0), ("measured within 0.35 m", 0.35), ("rounded", 30.87 / np.sqrt(12.0))],
)
def test_the_standing_of_printed_numbers(numbers: str, sigma_m: float) -> None:
    """Enacted is exact; measured has its accuracy; rounded to a second of arc is 31 m over root twelve."""
    leg = leg_of("geodesic to X", f"point X at 0°30'00\" N 20°00'00\" E {numbers}\n")
    assert leg.across_sigma_m[0] == 0.0
    assert leg.across_sigma_m[-1] == pytest.approx(sigma_m, rel=5e-3)


def test_a_computed_point_inherits_from_what_it_rests_on() -> None:
    """The midpoint of two measured points has both their components."""
    points = "point P at 10°N 20°E measured within 2 m\npoint Q at 10°N 21°E measured within 3 m\n"
    point = point_of("at the midpoint of P and Q", points)
    assert sorted(component.sigma_m for component in point.components) == [2.0, 3.0]


# ---- common points ----------------------------------------------------------------------------------------------

STEP = "+proj=helmert +x=-148 +y=136 +z=90"
PLACES = {"a": (20.0, 10.0), "b": (21.0, 10.1), "c": (20.9, 11.0), "d": (20.1, 10.9), "e": (20.5, 10.5)}


def tables(shift_deg: dict[str, float] | None = None, names: str = "abcde") -> str:
    """Two tables of the same points: in the own frame, and as PROJ carries them to WGS 84."""

    def row(name: str, place: tuple[float, float]) -> str:
        return f"  {name} | {place[1]:.9f}° N | {place[0]:.9f}° E\n"

    own = "".join(row(name, PLACES[name]) for name in names)
    there = {name: carried(STEP, PLACES[name]) for name in names}
    for name, shift in (shift_deg or {}).items():
        there[name] = (there[name][0], there[name][1] + shift)
    target = "".join(row(name, place) for name, place in there.items())
    columns = "columns name, latitude, longitude\n"
    return f"table points Old {columns}{own}table points New {columns}{target}"


def from_tables(text: str, count: int = 3, accuracy: str = "") -> str:
    """A description whose own frame hangs on two tables, with a point in it."""
    frame = (
        f"frame Own is «Own» on ellipsoid «International 1924» transformed to WGS 84 "
        f"from common points in Old and New by {count} parameters{accuracy}\n"
    )
    return frame + text + SQUARE + "point X at 10°30' N 20°45' E in Own\n" + section("leg 1 geodesic to X")


@pytest.mark.parametrize("count", [3, 7])
def test_a_frame_from_common_points(count: int) -> None:
    """Points that were carried by three shifts give the place that the shifts give."""
    result = result_of(from_tables(tables(), count), frame="frame WGS 84\n")
    assert not errors(result)
    point = next(each for each in result.line.points if each.name == "X")
    assert apart_m(place_of(point), carried(STEP, (20.75, 10.5))) < 0.02
    assert next(each for each in result.findings if each.code == "F815").severity == "note"


def test_the_residuals_are_the_accuracy() -> None:
    """One point shifted by 11 m north: its residual is told, and sigma comes from the sum of squares."""
    result = result_of(from_tables(tables({"e": 1e-4})), frame="frame WGS 84\n")
    note = next(each for each in result.findings if each.code == "F815")
    measures = {each.what: each.value for each in note.measures}
    shift_m = apart_m((20.5, 10.5), (20.5, 10.5001))
    assert measures["greatest residual"] == pytest.approx(shift_m * 0.8, rel=0.02)
    expected = shift_m * np.sqrt((0.8**2 + 4 * 0.2**2) / 7.0)
    assert measures["sigma of one component"] == pytest.approx(expected, rel=0.02)
    point = next(each for each in result.line.points if each.name == "X")
    assert [each.sigma_m for each in point.components] == pytest.approx([expected], rel=0.02)


def test_too_few_common_points() -> None:
    """They do not determine the parameters, and the point has no place."""
    result = result_of(from_tables(tables(names="a")), frame="frame WGS 84\n")
    assert "F814" in {each.code for each in errors(result)}
    assert result.line.gaps


def test_common_points_along_a_line_are_weak() -> None:
    """Seven parameters from four points leave one observation, and an error that grows: a warning says so."""
    result = result_of(from_tables(tables(names="abcd"), 7), frame="frame WGS 84\n")
    codes = {each.code for each in result.findings}
    assert codes & {"F814", "F815"}


def test_a_table_of_common_points_that_is_not_there() -> None:
    """The resolver says so once."""
    text = tables().replace("table points New", "table points Newer")
    result = result_of(from_tables(text), frame="frame WGS 84\n")
    assert [each.code for each in errors(result)] == ["R401"]
