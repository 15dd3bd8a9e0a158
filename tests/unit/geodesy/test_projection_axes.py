"""A plane to the east and north, whatever the axes of the system that names the projection."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import CRS, Transformer

from merestone.geodesy.catalogue import find
from merestone.geodesy.projection import Projection

SYSTEMS = (
    ("EPSG:2048", (18.5, -33.5)),
    ("EPSG:2053", (28.5, -26.0)),
    ("EPSG:5513", (15.0, 50.0)),
    ("EPSG:5514", (15.0, 50.0)),
    ("EPSG:32633", (15.2, 48.0)),
    ("EPSG:31370", (4.5, 50.5)),
    ("EPSG:2277", (-97.7, 30.3)),
    ("EPSG:3413", (-45.0, 75.0)),
)


@pytest.mark.parametrize(("code", "place"), SYSTEMS)
def test_east_is_right_and_north_is_up(code: str, place: tuple[float, float]) -> None:
    """A step to the east moves x forward and a step to the north moves y forward, up to the convergence there."""
    base = CRS.from_user_input(code).geodetic_crs
    assert base is not None
    plane = Projection(code, find(f"EPSG:{base.to_epsg()}").ellipsoid, east_and_north=True)
    here, east, north = plane.forward(np.array([place, (place[0] + 1e-3, place[1]), (place[0], place[1] + 1e-3)]))
    assert east[0] > here[0]
    assert north[1] > here[1]


@pytest.mark.parametrize(("contrary", "same"), [("EPSG:5513", "EPSG:5514")])
def test_two_systems_of_one_projection_are_one_plane(contrary: str, same: str) -> None:
    """Krovak counted to the south and west, and counted to the east and north, have one easting and northing."""
    ellipsoid = find("EPSG:4156").ellipsoid
    places = np.array([[13.0, 49.0], [18.0, 50.5]])
    plane = Projection(contrary, ellipsoid, east_and_north=True).forward(places)
    assert np.allclose(plane, Projection(same, ellipsoid, east_and_north=True).forward(places), atol=1e-6)
    direct = Transformer.from_crs("EPSG:4156", same, always_xy=True)
    assert np.allclose(plane, np.array(direct.transform(*places.T)).T, atol=1e-3)


def test_files_keep_the_axes_of_their_system() -> None:
    """What a file of EPSG:2048 holds counts to the west and south, and is taken so."""
    plane = Projection("EPSG:2048", find("EPSG:4148").ellipsoid)
    here, east, north = plane.forward(np.array([(18.5, -33.5), (18.501, -33.5), (18.5, -33.499)]))
    assert east[0] < here[0]
    assert north[1] < here[1]
