"""The coordinate scanner: a place in every form that treaties print, in either order, in several languages."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.description.parser import parse
from merestone.description.tree import AtCoordinates, Coordinates, Geographic, Grid, Point
from merestone.geodesy.angle import Scanned, scan_angle


def place(printed: str, head: str = "") -> Coordinates:
    """The place that a printed text means; the text must be right."""
    parsed = parse(f"{head}point A at {printed}\n")
    assert parsed.diagnostics == ()
    point = parsed.description.statements[-1]
    assert isinstance(point, Point)
    definition = point.definitions[0]
    assert isinstance(definition, AtCoordinates)
    return definition.coordinates


def degrees(printed: str, head: str = "") -> tuple[Fraction, Fraction]:
    """Latitude and longitude in degrees, north and east positive."""
    where = place(printed, head)
    assert isinstance(where, Geographic)
    latitude, longitude = where.latitude, where.longitude
    south, west = latitude.hemisphere == "S", longitude.hemisphere == "W"
    return (-1 if south else 1) * latitude.angle.exact, (-1 if west else 1) * longitude.angle.exact


def dms(degree: int, minute: int = 0, second: str = "0") -> Fraction:
    """Degrees, minutes and seconds in degrees."""
    return degree + Fraction(minute, 60) + Fraction(second) / 3600


@pytest.mark.parametrize(
    ("printed", "latitude", "longitude"),
    [
        ("45°03'18.5\"N 30°09'24.6\"E", dms(45, 3, "18.5"), dms(30, 9, "24.6")),
        ("45° 03' 18.5\" N, 30° 09' 24.6\" E", dms(45, 3, "18.5"), dms(30, 9, "24.6")),
        ("30°09'24.6\"E 45°03'18.5\"N", dms(45, 3, "18.5"), dms(30, 9, "24.6")),
        ("16º 24' 14.8\" North 42º 46' 19.7\" East", dms(16, 24, "14.8"), dms(42, 46, "19.7")),
        ("11o52'29\" latitude North and 3° 25'34\" longitude East", dms(11, 52, "29"), dms(3, 25, "34")),
        ("55°07',3 de latitud sur y 66°25',0 de longitud oeste", -(55 + Fraction(73, 600)), -(66 + Fraction(25, 60))),
        ("10°00'S 44°12'30\" WGr", -10, -dms(44, 12, "30")),
        ("10°00'S, 44°12'30\" W Gr.", -10, -dms(44, 12, "30")),
        ("44°12'30\" W.Gr., 10°00'S", -10, -dms(44, 12, "30")),
        ("50°N 14°12'30\" E v. Gr.", 50, dms(14, 12, "30")),
        ("50°N 14°12'30\" E (Greenw.)", 50, dms(14, 12, "30")),
        ("69 град. 47`41.42\" с.ш. 30 град. 49`03\" в.д.", dms(69, 47, "41.42"), dms(30, 49, "3")),
        ("69 град 47' 41,42\" с.ш. 30 град 49' в.д.", dms(69, 47, "41.42"), dms(30, 49, "0")),
        ("69 deg. 47' 41\" N, 30 deg 12' 3\" E", dms(69, 47, "41"), dms(30, 12, "3")),
        ("69 grados 47' 41\" N, 30 grados y 12' E", dms(69, 47, "41"), dms(30, 12, "0")),
        ("N 69° 47 min 41.5 sec, E 30° 12' 3 sec", dms(69, 47, "41.5"), dms(30, 12, "3")),
        ("23° 52' 22\" Sur 60° 50' 08\" W de Greenwich", -dms(23, 52, "22"), -dms(60, 50, "8")),
        ("23° 54' 12\", 2 Sur 60° 36' 45\", 3 W", -dms(23, 54, "12.2"), -dms(60, 36, "45.3")),
        ("69°38′45″.727N 141°00′00″W", dms(69, 38, "45.727"), Fraction(-141)),
        ("114 degrees 13 minutes 36.86 seconds east longitude, 22˚32'52.83\" North", dms(22, 32, "52.83"), dms(114, 13, "36.86")),
        ("10o10’00N 27o50’00E", dms(10, 10), dms(27, 50)),
        ("北纬49°10′,东经87°48′", dms(49, 10), dms(87, 48)),
        ("49°10′ с.ш., 87°48′ в.д.", dms(49, 10), dms(87, 48)),
        ("49°10′ северной широты и 87°48′ восточной долготы", dms(49, 10), dms(87, 48)),
        ("48°51' de latitude nord et 2°21' de longitude ouest", dms(48, 51), -dms(2, 21)),
        ("latitude 61°44′00″ North and longitude 124°45′55″ West", dms(61, 44), -dms(124, 45, "55")),
        ("N 60°00' W 102°00'", Fraction(60), Fraction(-102)),
        ("45.5°N 60.25°W", Fraction("45.5"), Fraction("-60.25")),
        ("19 north, 52 east", Fraction(19), Fraction(52)),
    ],
)  # fmt: skip
def test_printed_forms(printed: str, latitude: Fraction, longitude: Fraction) -> None:
    """Each printed form means exactly these degrees."""
    assert degrees(printed) == (latitude, longitude)


def test_the_text_is_kept() -> None:
    """What the instrument prints stays as it was, white space apart."""
    assert place("45° 03'  18.5\" N,   30° 09' 24.6\" E").text == "45° 03' 18.5\" N, 30° 09' 24.6\" E"


def test_declared_letters() -> None:
    """Coordinates without letters mean what the text declares, in the order that it declares."""
    head = "coordinates without letters are north, east\n"
    assert degrees("42°26,12' 3°26,88'", head) == (42 + Fraction(2612, 6000), 3 + Fraction(2688, 6000))
    head = "coordinates without letters are west, south\n"
    assert degrees("102°30' 60°", head) == (Fraction(-60), Fraction("-102.5"))


@pytest.mark.parametrize(
    ("printed", "first", "second"),
    [
        ("X 5 490 500 Y 20 564 000", ("X", 5_490_500, None), ("Y", 20_564_000, None)),
        ("X=4.541.630 Y=1.424.600", ("X", 4_541_630, None), ("Y", 1_424_600, None)),
        ("х 5 490 500 м, у 20 564 000 м", ("X", 5_490_500, "m"), ("Y", 20_564_000, "m")),
        ("easting 500 000.0 northing 4 649 776.2", ("easting", 500_000, None), ("northing", Fraction("4649776.2"), None)),
        ("southing 1050538 m westing -568991 m", ("southing", 1_050_538, "m"), ("westing", -568_991, "m")),
        ("X −568991 Y −1050538", ("X", -568_991, None), ("Y", -1_050_538, None)),
        ("N 7543210 E 424600", ("northing", 7_543_210, None), ("easting", 424_600, None)),
        ("424600 mE 7543210 mN", ("easting", 424_600, "m"), ("northing", 7_543_210, "m")),
        ("7 543 210 N, 424 600 E on EPSG:32723", ("northing", 7_543_210, None), ("easting", 424_600, None)),
        ("R 3500123 H 5600456", ("easting", 3_500_123, None), ("northing", 5_600_456, None)),
        ("X 6 561 666 US survey feet Y 2 000 000 US survey feet", ("X", 6_561_666, "US survey feet"),
         ("Y", 2_000_000, "US survey feet")),
    ],
)  # fmt: skip
def test_grid_coordinates(printed: str, first: tuple[str, Fraction, str], second: tuple[str, Fraction, str]) -> None:
    """They are kept as printed: what each is called, its number and its unit. The grid says what that means."""
    where = place(printed)
    assert isinstance(where, Grid)
    for half, (axis, value, unit) in ((where.first, first), (where.second, second)):
        assert (half.axis, Fraction(half.number.value), half.unit) == (axis, value, unit)


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59), st.text("0123456789", max_size=9), st.integers(1, 3))
def test_the_short_way_reads_as_the_angle_scanner_does(d: int, m: int, s: int, fraction: str, groups: int) -> None:
    """The commonest form is read by a way of its own, which gives the angle that `scan_angle` gives."""
    text = f"{d}°{m}'{s}{'.' * bool(fraction)}{fraction}\""
    text = text if groups == 3 else f"{d}°{m}'" if groups == 2 else f"{d}°"
    scanned = scan_angle(text)
    assert isinstance(scanned, Scanned)
    where = place(f"{text}N {text}E")
    assert isinstance(where, Geographic)
    assert where.latitude.angle == scanned.angle
    assert where.longitude.angle == scanned.angle
