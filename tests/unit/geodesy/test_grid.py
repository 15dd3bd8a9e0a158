"""Grids are found by name, code or zone prefix, and turn into places of their base frame."""

from __future__ import annotations

import numpy as np
import pytest

from merestone.errors import UnknownFrameError
from merestone.geodesy.catalogue import find
from merestone.geodesy.grid import find_grid, prefixed_grid, utm_grid


def test_a_grid_is_found_by_code_and_by_name() -> None:
    """EPSG:26910 and its name are one grid on NAD83."""
    grid = find_grid("EPSG:26910")
    assert grid == find_grid("nad83 / utm zone 10n")
    assert (grid.base.name, grid.method, grid.zone_prefix) == ("NAD83", "Transverse Mercator", None)


def test_a_soviet_easting_carries_its_zone_number() -> None:
    """Y 20 564 000 names zone 20 on Pulkovo 1942, whose central meridian is 117° E; X is the northing."""
    grid = prefixed_grid(find("Pulkovo 1942"), 20564000.0)
    assert (grid.code, grid.zone_prefix, grid.axes) == ("EPSG:28420", 20, ("X north", "Y east"))
    on_the_meridian = grid.lonlat(np.array([[20500000.0, 5490500.0]]))
    assert on_the_meridian[0, 0] == pytest.approx(117.0, abs=1e-11)


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


def test_a_grid_whose_axes_run_south_and_west_is_refused_with_the_one_that_does_not() -> None:
    """Krovak counts southward and westward; its east-north variant is offered."""
    with pytest.raises(UnknownFrameError) as refused:
        find_grid("EPSG:5513")
    assert any("East North" in name for name in refused.value.suggestions)
