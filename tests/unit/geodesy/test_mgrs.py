"""References of the Military Grid Reference System, against PyGeodesy and the definition of a square."""

from __future__ import annotations

import numpy as np
import pygeodesy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from merestone.errors import GeometryError
from merestone.geodesy.mgrs import square

LATITUDES = st.floats(-89.9, 89.9).filter(lambda latitude: abs(latitude + 80) > 0.01 and abs(latitude - 84) > 0.01)


@given(LATITUDES, st.floats(-179.9, 179.9))
def test_a_place_lies_in_the_square_of_its_reference(latitude: float, longitude: float) -> None:
    """PyGeodesy writes the reference of a place; the place, by PROJ, lies in the square that is read from it."""
    written = pygeodesy.toUtmUps8(latitude, longitude).toMgrs().toStr(sep="").lstrip("0")
    found = square(written)
    code = int(found.grid.code.removeprefix("EPSG:"))
    easting, northing = Transformer.from_crs(4326, code, always_xy=True).transform(longitude, latitude)
    assert -1e-3 < easting - found.easting_m < found.side_m + 1e-3
    assert -1e-3 < northing - found.northing_m < found.side_m + 1e-3


def test_the_washington_monument() -> None:
    """18S UJ 23483 06479 is the mark of the National Geodetic Survey, 38°53'22.08377" N 77°2'6.86575" W, to 1 m."""
    found = square("18S UJ 23483 06479")
    lon, lat = found.grid.lonlat(np.array([found.middle_m]))[0]
    assert Geod(ellps="WGS84").inv(lon, lat, -(77 + 2 / 60 + 6.86575 / 3600), 38 + 53 / 60 + 22.08377 / 3600)[2] < 1.0


@pytest.mark.parametrize(("digits", "side_m"), [("", 100_000), ("23 06", 1_000), ("2348 0647", 10), ("2348306479", 1)])
def test_fewer_digits_are_a_larger_square(digits: str, side_m: int) -> None:
    """The square of fewer digits holds that of more."""
    whole, part = square("18SUJ2348306479"), square(f"18S UJ {digits}".strip())
    assert part.side_m == side_m
    assert part.easting_m <= whole.easting_m < part.easting_m + side_m
    assert part.northing_m <= whole.northing_m < part.northing_m + side_m


@pytest.mark.parametrize(
    "reference",
    ["18S GJ 23483 06479", "18T UJ 23483 06479", "61S UJ 1 1", "32X MK 1 1", "18S UI 1 1", "18S UJ 123 1234", "Y AA 1 1", "18S UJ 123"],
)  # fmt: skip
def test_letters_that_cannot_stand_together_are_refused(reference: str) -> None:
    """A column of another zone, a row of another band, a zone that is not, letters that are never used, uneven digits."""
    with pytest.raises(GeometryError):
        square(reference)
