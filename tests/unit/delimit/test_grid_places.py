"""Rectangular coordinates lie where PROJ, asked directly in the authority's own axes and unit, puts them."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from pyproj import CRS, Geod, Transformer

from fakes.descriptions import errors, result_of
from merestone.diagnostics import Diagnostic, Severity

SYSTEMS = (
    31370, 5513, 5514, 2048, 2053, 2227, 2263, 27700, 28420, 31467, 2193, 31983, 3031, 32661, 27572, 3844, 5221,
    21781, 2136, 3035, 26910, 2326, 4826, 3388,
)  # fmt: skip
"""X to the east, to the north, to the south and to the west; feet of four kinds; both axes to the north; from Paris and
from Ferro; letters E and N, M and P, and none."""


def compiled(frame: str, *points: str) -> tuple[dict[str, tuple[float, float]], list[Diagnostic]]:
    """Longitude and latitude of points by name, and what is found about grids."""
    result = result_of("\n".join(points) + "\n", frame=f"frame {frame}\n", checked=True)
    places = {point.name: (point.units[0] / 1e9, point.units[1] / 1e9) for point in result.line.points}
    return places, [each for each in result.findings if each.code.startswith("F82") or each in errors(result)]


def printed_by_proj(code: int) -> tuple[CRS, tuple[float, float], list[float]]:
    """A system, a place in its area (longitude from Greenwich, latitude), and its coordinates by PROJ in axis order."""
    system = CRS.from_epsg(code)
    area, base = system.area_of_use, system.geodetic_crs
    assert area is not None
    assert base is not None
    width = (area.east - area.west) % 360.0
    lon, lat = area.west + 0.4 * width, area.south + 0.6 * (area.north - area.south)
    values = Transformer.from_crs(greenwich(base), system, always_xy=False).transform(lat, lon)
    return system, (lon, lat), list(values)


def greenwich(base: CRS) -> CRS:
    """The base in degrees from Greenwich, as PROJ derives it from datum and ellipsoid alone."""
    codes = {"NTF (Paris)": 4275, "S-JTSK (Ferro)": 4156}
    return CRS.from_epsg(codes[base.name]) if base.name in codes else base


@pytest.mark.parametrize("code", SYSTEMS)
def test_numbers_in_the_axes_of_the_definition_lie_where_proj_puts_them(code: int) -> None:
    """Whatever the order, direction, letters and unit of a system are, in either order of print, to a millimetre."""
    system, (lon, lat), values = printed_by_proj(code)
    base = greenwich(system.geodetic_crs or system).name
    names = [axis.name.lower() for axis in system.axis_info]
    letters = [axis.abbrev[-2] if "(" in axis.abbrev else axis.abbrev for axis in system.axis_info]
    texts = [f"{value:.4f}" for value in values]
    points = [
        f"point {name}{order[0]} at {called[order[0]]} {texts[order[0]]} {called[order[1]]} {texts[order[1]]} on EPSG:{code}"
        for name, called in (("W", names), ("L", letters))
        if called[0] in ("X", "Y", *names)
        for order in permutations((0, 1))
    ]
    places, found = compiled(base, *points)
    assert [each for each in found if each.severity is Severity.ERROR] == []
    assert len(places) == len(points)
    for place in places.values():
        assert Geod(ellps="GRS80").inv(*place, lon, lat)[2] < 1e-3


def test_a_projection_that_proj_does_not_have_is_named() -> None:
    """PROJ has no Bonne that counts to the south and west: the point is refused with the method's name."""
    places, found = compiled("Lisbon 1890", "point A at southing 1 000 westing 2 000 on EPSG:5017")
    assert places == {}
    assert "Bonne (South Orientated)" in found[0].sentence


def shown(found: list[Diagnostic]) -> list[tuple[str, Severity]]:
    """The codes of findings with their weight."""
    return [(each.code, each.severity) for each in found]


def test_x_is_the_easting_of_belgian_lambert_and_the_other_reading_is_shown() -> None:
    """X 150 000 Y 170 000 lies at 50°50'27" N 4°22'03" E; the other way round 28.3 km off, in Belgium too."""
    places, found = compiled("BD72", "point A at X 150 000 m Y 170 000 m on EPSG:31370")
    expected = Transformer.from_crs(31370, 4313, always_xy=True).transform(150000, 170000)
    assert places["A"] == pytest.approx(expected, abs=2e-9)
    assert shown(found) == [("F820", Severity.WARNING)]
    other = Transformer.from_crs(31370, 4313, always_xy=True).transform(170000, 150000)
    assert found[0].measures[0].value == pytest.approx(Geod(ellps="intl").inv(*expected, *other)[2], abs=0.01)
    assert compiled("BD72", "point A at easting 150 000 m northing 170 000 m on EPSG:31370")[1] == []


@pytest.mark.parametrize(
    "printed",
    [
        "X 1050538.63 Y 568991.00 on EPSG:5513",
        "Y 568991.00 X 1050538.63 on EPSG:5513",
        "southing 1050538.63 westing 568991.00 on EPSG:5513",
        "X -568991.00 Y -1050538.63 on EPSG:5514",
        "southing 1050538.63 westing 568991.00 on EPSG:5514",
        "easting -568991.00 northing -1050538.63 on EPSG:5513",
    ],
)
def test_krovak_in_either_form_is_one_place(printed: str) -> None:
    """The point lies at 50°12'32.4361" N 16°50'59.1790" E; where the words count against the grid, that is said."""
    places, found = compiled("S-JTSK", f"point A at {printed}")
    expected = Transformer.from_crs(5514, 4156, always_xy=True).transform(-568991.00, -1050538.63)
    assert places["A"] == pytest.approx(expected, abs=2e-9)
    assert places["A"] == pytest.approx((16 + 50 / 60 + 59.18 / 3600, 50 + 12 / 60 + 32.44 / 3600), abs=3e-6)
    against = any(each in printed for each in ("westing 568991.00 on EPSG:5514", "northing -1050538.63 on EPSG:5513"))
    assert shown(found) == ([("F820", Severity.WARNING)] if against else [])


@pytest.mark.parametrize(
    ("frame", "printed", "code"),
    [
        ("S-JTSK", "X 1050538.63 Y 568991.00 on EPSG:5514", "F821"),
        ("Hartebeesthoek94", "X -3 700 000 Y 52 000 on EPSG:2048", "F821"),
        ("SIRGAS 2000", "northing 424 600 easting 7 543 210 on EPSG:31983", "F821"),
        ("NAD83", "easting 2 000 000 northing 609 000 on EPSG:2227", "F821"),
        ("Pulkovo 1942", "X 5 490 500 Y 564 000 on EPSG:28420", "F821"),
        ("Pulkovo 1942", "X 5 490 500 Y 20 564 000 on EPSG:28421", "F823"),
        ("Pulkovo 1942", "X 5 490 500 Y 20 564 000", "F823"),
        ("Pulkovo 1942", "X 20 564 000 Y 5 490 500", "F820"),
        ("Pulkovo 1942", "X 5 490 500 Y 564 000", "F807"),
        ("WGS 84", "X 5 490 500 Y 20 564 000", "F805"),
    ],
)
def test_what_may_be_read_in_two_ways_is_refused_with_both(frame: str, printed: str, code: str) -> None:
    """The point is not computed; where there are readings, the finding names each with its place."""
    places, found = compiled(frame, f"point A at {printed}")
    assert places == {}
    assert shown(found) == [(code, Severity.ERROR)]
    if code in ("F820", "F821", "F823"):
        assert found[0].sentence.count('"') >= 2


@pytest.mark.parametrize("printed", ["R 3500123 H 5600456", "X 5600456 Y 3500123", "northing 5600456 easting 3500123"])
def test_a_zone_number_that_is_that_of_one_zone_names_the_grid(printed: str) -> None:
    """DHDN has zone 3 once, in either order of axes (EPSG:31467 and 5677): one place, and nothing to ask."""
    places, found = compiled("DHDN", f"point A at {printed}")
    assert places["A"] == pytest.approx(Transformer.from_crs(31467, 4314).transform(5600456, 3500123)[::-1], abs=2e-9)
    assert found == []


def test_a_printed_unit_is_converted_and_said() -> None:
    """2 000 000 m and 609 000 m on a grid in US survey feet lie at 37°29' N 120°30' W, 1,450 km from the same feet."""
    places, found = compiled("NAD83", "point A at X 2 000 000 m Y 609 000 m on EPSG:2227")
    feet = 3937 / 1200
    expected = Transformer.from_crs(2227, 4269, always_xy=True).transform(2_000_000 * feet, 609_000 * feet)
    assert places["A"] == pytest.approx(expected, abs=2e-9)
    assert places["A"] == pytest.approx((-120.5, 37 + 29 / 60), abs=0.01)
    assert shown(found) == [("F822", Severity.WARNING)]
    for unit in ("", " feet", " US survey feet"):
        same, found = compiled("NAD83", f"point A at X 6 561 666.667{unit} Y 1 998 027.5{unit} on EPSG:2227")
        assert same["A"] == pytest.approx(places["A"], abs=1e-8)
        assert found == []


def test_letters_that_are_not_those_of_the_grid_are_settled_by_its_area() -> None:
    """UTM has E and N. X is its northing where only that leads to Brazil, and its easting where only that does."""
    expected = Transformer.from_crs(31983, 4674, always_xy=True).transform(424600, 7543210)
    for printed in ("X 7 543 210 Y 424 600", "X 424 600 Y 7 543 210"):
        places, found = compiled("SIRGAS 2000", f"point A at {printed} on EPSG:31983")
        assert places["A"] == pytest.approx(expected, abs=2e-9)
        assert shown(found) == [("F820", Severity.NOTE)]


def test_a_place_outside_the_area_of_use_is_told_once_for_a_grid_with_the_distance() -> None:
    """A few hundred metres or a thousand kilometres outside: the finding says how far, for the furthest point."""
    points = [f"point P{n} at easting {n} 000 000 northing 5 500 000 on EPSG:32633" for n in (1, 2)]
    places, found = compiled("WGS 84", *points, "point Q at easting 500 000 northing 5 500 000 on EPSG:32633")
    assert len(places) == 3
    assert shown(found) == [("F821", Severity.WARNING)]
    lon, lat = places["P2"]
    assert found[0].measures[0].value == pytest.approx(Geod(ellps="WGS84").inv(lon, lat, 18.0, lat)[2], abs=0.01)
    assert "2 points" in found[0].sentence


def test_a_table_on_a_projection_lies_where_proj_puts_it() -> None:
    """Rows of a table share the columns' axes; one reading is taken for the table as a whole."""
    rows = np.array([[52000.0, 3_650_000.0], [-31000.5, 3_700_000.25], [10.0, 3_600_000.0]])
    body = "table points T columns name, y, x on EPSG:2048\n"
    body += "".join(f"  P{n} | {y} | {x}\n" for n, (y, x) in enumerate(rows.tolist()))
    body += "section S\n  from P0\n  legs geodesic through P1, P2\n"
    result = result_of(body, frame="frame Hartebeesthoek94\n", checked=True)
    assert not errors(result)
    lat, lon = Transformer.from_crs(2048, 4148).transform(*rows.T)
    units = result.compiled.computation.table_points.units("T")
    assert units / 1e9 == pytest.approx(np.column_stack([lon, lat]), abs=2e-9)


def test_a_straight_line_on_a_projection_elsewhere_is_told() -> None:
    """A leg of Canada that is straight on the grid of New Zealand runs some 12,000 km outside its area of use."""
    body = "point A at 49°N 100°W\npoint B at 49°N 110°W\nsection S\n  from A\n  leg 1 straight on EPSG:{} to B\n"
    (finding,) = (
        each
        for each in result_of(body.format(2193), frame="frame NAD83\n", checked=True).findings
        if each.code == "F824"
    )
    assert finding.severity is Severity.WARNING
    assert 12_000e3 < finding.measures[0].value < 12_500e3
    at_home = result_of(body.format(3347), frame="frame NAD83\n", checked=True).findings
    assert [each for each in at_home if each.code == "F824"] == []


def test_a_reference_of_the_military_grid_is_the_middle_of_its_square() -> None:
    """It counts in WGS 84 and its realisations; in another frame, or without such a square, it is refused."""
    printed = "point A at MGRS 18S UJ 234 064"
    expected = Transformer.from_crs(32618, 4326, always_xy=True).transform(323450, 4306450)
    for frame in ("WGS 84", "WGS 84 (G1762) epoch 2016.0 fixed in frame"):
        places, found = compiled(frame, printed)
        assert places["A"] == pytest.approx(expected, abs=2e-9)
        assert found == []
    assert shown(compiled("NAD27", printed)[1]) == [("F806", Severity.ERROR)]
    assert shown(compiled("WGS 84", "point A at MGRS 18T UJ 234 064")[1]) == [("F825", Severity.ERROR)]


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        ("easting 500 000 northing 1 105 493 on EPSG:32634", "X705"),
        ("easting 500 000 northing 1 105 491 on EPSG:32634", None),
        ("MGRS 34P ES 0000 0549", None),
        ("MGRS 34P ES 0000 0551", "X705"),
    ],
)
def test_expected_rectangular_coordinates_are_compared(expected: str, code: str | None) -> None:
    """The figure of the instrument is held against the point, within half a unit of either print."""
    result = result_of(
        f"point A at 10°00'02.56\" N 21°00'00.00\" E\n  expect coordinates {expected}\n",
        frame="frame WGS 84\n",
        checked=True,
    )
    found = [each for each in result.findings if each.code.startswith("X")]
    assert Transformer.from_crs(4326, 32634).transform(10 + 2.56 / 3600, 21) == pytest.approx(
        (500000, 1105491.114), abs=1e-3
    )
    assert [each.code for each in found] == ([code] if code else [])


@pytest.mark.parametrize(
    ("reference", "grid", "middle", "meridian"),
    [
        ("31V EH 5000 5000", 32631, (550_005, 6_750_005), 3.0),
        ("18S TJ 05000 50000", 32618, (205_000.5, 4_350_000.5), -78.0),
        ("1N AF 00000 00000", 32601, (100_000.5, 500_000.5), 180.0),
        ("33X UG 5000 5000", 32633, (350_005, 8_650_005), 9.0),
    ],
)
def test_a_reference_outside_its_zone_is_a_warning_with_the_distance(
    reference: str, grid: int, middle: tuple[float, float], meridian: float
) -> None:
    """Between 3° and 6° E of south-west Norway the zone is 32V, whose square has other letters."""
    places, found = compiled("WGS 84", f"point A at MGRS {reference}")
    lon, lat = Transformer.from_crs(grid, 4326, always_xy=True).transform(*middle)
    apart_m = Geod(ellps="WGS84").inv(lon, lat, meridian, lat)[2]
    assert places["A"] == pytest.approx((lon, lat), abs=2e-9)
    assert shown(found) == [("F821", Severity.WARNING)]
    assert found[0].measures[0].value == pytest.approx(apart_m, abs=15.0)


@pytest.mark.parametrize(
    "reference",
    [
        "31V DH 50000 50000",
        "32V KM 5000 5000",
        "33X VG 5000 5000",
        "37X DG 5000 5000",
        "31V EG",
        "60N YF 00000 00000",
        "ZAH 12345 12345",
    ],
)
def test_a_reference_inside_its_zone_is_read_without_a_word(reference: str) -> None:
    """Zone 32V is 9° wide and zone 33X 12°; of the square EG of 100 km a part lies west of 3° E."""
    assert compiled("WGS 84", f"point A at MGRS {reference}")[1] == []


def test_a_table_of_references_reports_the_row_that_is_furthest_outside_its_zone() -> None:
    """Row C lies inside; row B is 150 km outside, row A 50 km."""
    rows = "table points T columns name, mgrs\n  A | 31V EH 5000 5000\n  B | 31V FH 5000 5000\n  C | 31V DH 5000 5000"
    (found,) = compiled("WGS 84", rows)[1]
    assert (found.code, found.severity, found.subject) == ("F821", Severity.WARNING, "point B")
