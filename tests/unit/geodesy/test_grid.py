"""Grids are found by name, code or zone prefix, and turn into places of their base frame."""

from __future__ import annotations

import numpy as np
import pytest

from merestone.errors import UnknownFrameError
from merestone.geodesy.catalogue import find
from merestone.geodesy.grid import find_grid, prefixed_grids, utm_grid


def test_a_grid_is_found_by_code_and_by_name() -> None:
    """EPSG:26910 and its name are one grid on NAD83."""
    grid = find_grid("EPSG:26910")
    assert grid == find_grid("nad83 / utm zone 10n")
    assert (grid.base.name, grid.method, grid.zone_prefix) == ("NAD83", "Transverse Mercator", None)


def test_a_zone_number_may_be_that_of_two_grids() -> None:
    """Zone 20 on Pulkovo 1942 is one of 3 degrees about 60° E and one of 6 degrees about 117° E."""
    three, six = prefixed_grids(find("Pulkovo 1942"), 20)
    assert (three.code, six.code) == ("EPSG:2536", "EPSG:28420")
    assert [(axis.letters, axis.name) for axis in six.axes] == [(("X",), "northing"), (("Y",), "easting")]
    for grid, meridian in ((three, 60.0), (six, 117.0)):
        on_the_meridian = grid.lonlat(np.array([[20500000.0, 5490500.0]]))
        assert on_the_meridian[0, 0] == pytest.approx(meridian, abs=1e-11)


def test_the_way_back_from_a_grid_ends_where_it_began() -> None:
    """Easting and northing to degrees and back agree to a micrometre."""
    grid = find_grid("EPSG:28420")
    pairs = np.array([[20564000.0, 5490500.0], [20564380.0, 5496160.0]])
    assert np.max(np.abs(grid.easting_northing(grid.lonlat(pairs)) - pairs)) < 1e-6


@pytest.mark.parametrize(
    ("frame", "lonlat", "name"),
    [
        ("WGS 84", (45.5, 40.5), "WGS 84 / UTM zone 38N"),
        ("WGS 84", (-71.7, -43.6), "WGS 84 / UTM zone 19S"),
        ("ED50", (5.0, 60.0), "ED50 / UTM zone 32N"),
        ("WGS 84", (10.0, 78.0), "WGS 84 / UTM zone 33N"),
        ("WGS 84", (181.0, 10.0), "WGS 84 / UTM zone 1N"),
    ],
)
def test_the_utm_zone_of_a_place(frame: str, lonlat: tuple[float, float], name: str) -> None:
    """Zones are six degrees wide, but for south-west Norway and Svalbard."""
    assert utm_grid(find(frame), lonlat).name == name


@pytest.mark.parametrize("name", ["NAD83 / UTM zone 100N", "EPSG:4326", "EPSG:999999"])
def test_what_is_no_grid_is_refused(name: str) -> None:
    """A mistyped grid, a frame and an unknown code are refused."""
    with pytest.raises(UnknownFrameError):
        find_grid(name)


@pytest.mark.parametrize(
    "code", ["EPSG:5513", "EPSG:5514", "EPSG:2048", "EPSG:27572", "EPSG:2227", "EPSG:3031", "EPSG:5221"]
)
def test_easting_and_northing_are_counted_to_the_east_and_north_on_any_grid(code: str) -> None:
    """A step to the north adds to the northing, whatever way the authority's axes run, and the way back is exact."""
    grid = find_grid(code)
    west, south, east, north = grid.areas[0]
    place = np.array([[(west + east) / 2.0 if code != "EPSG:3031" else 1e-6, (south + north) / 2.0]])
    pair = grid.easting_northing(place)
    assert grid.easting_northing(place + np.array([0.0, 0.001]))[0, 1] > pair[0, 1]
    assert grid.easting_northing(place + np.array([0.001, 0.0]))[0, 0] > pair[0, 0]
    assert grid.lonlat(pair) == pytest.approx(place, abs=1e-9)


def test_krovak_counts_to_the_south_and_west_and_its_other_form_to_the_east_and_north() -> None:
    """EPSG:5513 and EPSG:5514 are one plane: the axes differ, the places do not."""
    south_west, east_north = find_grid("EPSG:5513"), find_grid("EPSG:5514")
    assert [axis.name for axis in south_west.axes] == ["southing", "westing"]
    assert [axis.name for axis in east_north.axes] == ["easting", "northing"]
    pair = np.array([[-568991.0, -1050538.63]])
    assert south_west.lonlat(pair) == pytest.approx(east_north.lonlat(pair), abs=1e-12)


def test_a_grid_on_another_prime_meridian_has_its_base_at_greenwich() -> None:
    """Lambert zone II counts from Paris in grads; its base here is NTF, 2°20'14.025" E is Paris."""
    grid = find_grid("EPSG:27572")
    assert grid.base.name == "NTF"
    assert grid.lonlat(np.array([[600000.0, 2200000.0]]))[0, 0] == pytest.approx(2.33722917, abs=1e-8)
