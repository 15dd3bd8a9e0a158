"""The registry that comes with PROJ is read as it stands."""

from __future__ import annotations

import pytest

from merestone.geodesy import registry
from merestone.geodesy.catalogue import find_ellipsoid


@pytest.mark.parametrize(
    ("area", "box", "inside"),
    [
        ((19.57, 35.14, -168.97, 81.91), (179.5, 66.0, 180.5, 66.0), True),
        ((19.57, 35.14, -168.97, 81.91), (-170.0, 66.0, -169.5, 66.0), True),
        ((19.57, 35.14, -168.97, 81.91), (-165.0, 66.0, -164.0, 66.0), False),
        ((19.57, 35.14, -168.97, 81.91), (10.0, 50.0, 30.0, 51.0), False),
        ((39.99, 37.89, 51.73, 43.59), (45.0, 40.0, 52.0, 41.0), False),
        ((39.99, 37.89, 51.73, 43.59), (405.0, 40.0, 406.0, 41.0), True),
        ((39.99, 37.89, 51.73, 43.59), (45.0, 43.0, 46.0, 44.0), False),
        ((-180.0, -90.0, 180.0, 90.0), (170.0, -80.0, 190.0, 80.0), True),
    ],
)
def test_an_area_of_use_covers_a_box_or_not(
    area: tuple[float, float, float, float], box: tuple[float, float, float, float], inside: bool
) -> None:
    """Areas may cross 180 degrees, and boxes may run past it, or round the Earth."""
    assert registry.covers(area, box) is inside


def test_the_realisations_of_wgs_84_are_the_members_of_its_ensemble() -> None:
    """Eight datums, from Transit to G2296, stand behind WGS 84, the newest first."""
    names = [registry.datum_name(datum) for datum in registry.members_of(6326)]
    assert names[0] == "World Geodetic System 1984 (G2296)"
    assert names[-1] == "World Geodetic System 1984 (Transit)"
    assert all(registry.ensembles_of(datum) == ((6326, 2.0),) for datum in registry.members_of(6326))


def test_an_operation_names_the_grids_that_it_reads() -> None:
    """NAD27 to NAD83 (1) reads the two NADCON files; PROJ distributes them as one."""
    assert registry.grid_names(1241) == ("conus.las", "conus.los")
    assert registry.grid_names(15865) == ()
    assert registry.grid_alternative("conus.las")[0] == "us_noaa_conus.tif"


def test_an_ellipsoid_is_found_by_its_name() -> None:
    """The Clarke 1880 of the Royal Geographical Society and that of the IGN are two."""
    assert find_ellipsoid("Clarke 1880 (RGS)").inverse_flattening == 293.465
    assert find_ellipsoid("clarke 1880 ign").inverse_flattening == pytest.approx(293.466021, abs=1e-6)
