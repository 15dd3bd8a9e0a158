"""Points on a grid take part in the choice of the operation of their frame, as points in degrees do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from fakes.descriptions import errors, result_of
from merestone.casefile.pipeline import Result

NORTH_SEA = "point P at 53°00'00\" N 4°30'00\" E in ED50\n"
LEG = "section S\n  from V1\n  leg 1 geodesic to V2\n"
SYSTEMS = {
    "Spain": ("ED50", 4230, 23030, (-5.5, -1.0), (37.5, 42.0)),
    "Sicily": ("ED50", 4230, 23033, (13.0, 15.0), (37.0, 38.0)),
    "North Sea": ("ED50", 4230, 23031, (2.5, 4.5), (53.0, 55.0)),
    "Argentina": ("POSGAR 94", 4694, 22184, (-64.4, -61.6), (-38.0, -28.0)),
    "Caucasus": ("Pulkovo 1942", 4284, 28408, (43.0, 46.0), (40.0, 43.0)),
}
"""By place: a frame, its code, that of a grid of it, and longitudes and latitudes well inside the grid's area of use."""


def _said(result: Result) -> list[str]:
    """What was said of the operation that was taken."""
    return [each.sentence for each in result.findings if each.code == "F817"]


def _apart_m(one: Result, other: Result, name: str) -> float:
    (a,), (b,) = ([each.units for each in result.line.points if each.name == name] for result in (one, other))
    return float(Geod(ellps="WGS84").inv(a[0] / 1e9, a[1] / 1e9, b[0] / 1e9, b[1] / 1e9)[2])


def _both(
    frame: str, base: int, grid: int, places: list[tuple[float, float]], beside: str = ""
) -> tuple[Result, Result]:
    """The same points, printed in degrees and on a grid of their frame."""
    to_grid = Transformer.from_crs(base, grid, always_xy=True)
    in_degrees = on_grid = beside
    for number, (lon, lat) in enumerate(places, start=1):
        east, north = to_grid.transform(lon, lat)
        sides = f"{abs(lat):.9f}° {'N' if lat >= 0 else 'S'} {abs(lon):.9f}° {'E' if lon >= 0 else 'W'}"
        in_degrees += f"point V{number} at {sides} in {frame}\n"
        on_grid += f"point V{number} at northing {north:.4f} easting {east:.4f} on EPSG:{grid} in {frame}\n"
    return result_of(in_degrees + LEG), result_of(on_grid + LEG)


@settings(max_examples=5, deadline=None)
@given(shares=st.tuples(st.floats(0, 0.95), st.floats(0, 0.95)))
@pytest.mark.parametrize("where", SYSTEMS)
def test_degrees_and_grid_choose_the_same_operation_and_place(where: str, shares: tuple[float, float]) -> None:
    """Whatever the place, the print of the coordinates decides nothing but its own rounding."""
    frame, base, grid, (west, east), (south, north) = SYSTEMS[where]
    lon, lat = west + shares[0] * (east - west), south + shares[1] * (north - south)
    one, other = _both(frame, base, grid, [(lon, lat), (lon + 0.01, lat + 0.01)])
    assert not errors(one)
    assert not errors(other)
    assert _said(one)[0].split(", ")[0] == _said(other)[0].split(", ")[0]
    assert max(_apart_m(one, other, name) for name in ("V1", "V2")) < 5e-4


def test_a_point_in_degrees_elsewhere_does_not_choose_for_points_on_a_grid() -> None:
    """Beside a point in the North Sea, points of Spain were carried by EPSG:1311: 11.23 m from EPSG:1633 of Spain."""
    places = [(-3.0, 37.045619), (-2.887415, 37.135706)]
    one, other = _both("ED50", 4230, 23030, places, NORTH_SEA)
    assert "EPSG:1133" in _said(one)[0]
    assert _said(other) == _said(one)
    assert _apart_m(one, other, "V1") < 5e-4
    coarse = Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::1311").transform(37.045619, -3.0)
    alone = Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::1633").transform(37.045619, -3.0)
    assert Geod(ellps="WGS84").inv(coarse[1], coarse[0], alone[1], alone[0])[2] == pytest.approx(11.23, abs=0.01)


def test_rows_of_a_table_on_a_grid_choose_too() -> None:
    """Villa Carlos Paz, Ordenanza 6403 of 2018: POSGAR 94 in Argentina, refused with F804 as if it lay anywhere."""
    table = (
        "table points T columns name, northing, easting on EPSG:22184 in POSGAR 94\n"
        "  V1 | 6528732.3225 | 4363748.8926\n  V2 | 6528678.5800 | 4363781.3910\n"
    )
    result = result_of(table + "section S\n  from V1\n  leg 1 geodesic to V2\n")
    assert not errors(result)
    assert "EPSG:1210" in _said(result)[0]


def test_a_reference_of_the_military_grid_chooses_too() -> None:
    """A reference in Spain and an ED50 point beside it: no operation of the North Sea alone."""
    points = NORTH_SEA + "point V1 at MGRS 30SWF 00000 00000\npoint V2 at 53°10'00\" N 4°40'00\" E in ED50\n"
    result = result_of(points + LEG)
    assert "EPSG:1133" in _said(result)[0]
