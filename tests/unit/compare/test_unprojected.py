"""Layers on a projection, back in longitude and latitude: beside PROJ's own way there."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import CRS, Transformer

from merestone.compare.lines.unprojected import unprojected
from merestone.geodesy.catalogue import find
from merestone.geodesy.registry import projected
from merestone.sources.layer import Layer, Part, Role

PLACES = {
    3857: (44.0, 40.0),  # spherical formulas on geodetic latitudes
    2263: (-73.9, 40.7),  # US survey feet
    2270: (-122.0, 43.0),  # feet
    2136: (-1.0, 6.0),  # Gold Coast feet
    24370: (74.0, 35.5),  # Indian yards
    29371: (11.5, -22.0),  # German legal metres, towards west and south
    32638: (44.0, 40.0),
}


@pytest.mark.parametrize("code", PLACES)
def test_a_place_on_a_projection_lies_where_proj_has_it(code: int) -> None:
    """Whatever the unit, the directions of the axes and the method, within a tenth of a millimetre."""
    crs = CRS.from_epsg(code)
    there = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    lonlat = np.array([PLACES[code], np.add(PLACES[code], 0.002)])
    grid = np.column_stack(there.transform(lonlat[:, 0], lonlat[:, 1]))
    layer = Layer("a.gpkg", "a", "GeoPackage", "", f"EPSG:{code}", ({},), (Part(0, Role.LINE, grid),))
    row = projected(code)
    assert row is not None
    found = unprojected(layer, f"EPSG:{code}", find(f"EPSG:{row.base}").ellipsoid).parts[0].lonlat
    np.testing.assert_allclose(found[[0, -1]], lonlat, atol=1e-9)
