"""Transformations and grids against published examples and against measurements made before this was written."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from pyproj import Geod, Transformer

from merestone.geodesy.catalogue import find
from merestone.geodesy.grid import find_grid
from merestone.geodesy.operation import alternatives, choose
from merestone.geodesy.own_frame import Convention, OwnTransformation, SevenParameters, TenParameters

CAUCASUS = np.array([[45.5, 40.5]])


def sexagesimal(degrees: float, minutes: float, seconds: float) -> float:
    """Degrees of a positive angle in degrees, minutes and seconds."""
    return degrees + minutes / 60 + seconds / 3600


def test_wgs_72_to_wgs_84_by_position_vector() -> None:
    """IOGP 373-7-2, Position Vector: 55° N 4° E on WGS 72 is 55°00'00.090" N 4°00'00.554" E, to 0.0005"."""
    operation = choose(find("WGS 72"), find("WGS 84"), (4.0, 55.0, 4.0, 55.0), "EPSG:1238")
    assert operation.accuracy_m == 2.0
    expected = [sexagesimal(4, 0, 0.554), sexagesimal(55, 0, 0.090)]
    assert operation.apply(np.array([[4.0, 55.0]]))[0] == pytest.approx(expected, abs=0.0006 / 3600)


def test_la_canoa_to_regven_by_molodensky_badekas() -> None:
    """IOGP 373-7-2, Molodensky-Badekas: the ten parameters of La Canoa to REGVEN, to 0.002" (height 201 m left out)."""
    parameters = TenParameters(
        (-270.933, 115.599, -360.226),
        (-5.266, -1.238, 2.381),
        -5.109,
        (2464351.594, -5783466.613, 974809.808),
        Convention.COORDINATE_FRAME,
    )
    stated = OwnTransformation(find("La Canoa"), find("REGVEN"), parameters, 1.0, "IOGP 373-7-2")
    place = stated.apply(np.array([[-sexagesimal(66, 4, 48.091), sexagesimal(9, 35, 0.386)]]))[0]
    expected = [-sexagesimal(66, 4, 54.705), sexagesimal(9, 34, 49.001)]
    assert place == pytest.approx(expected, abs=0.002 / 3600)


def test_transverse_mercator_of_the_british_national_grid() -> None:
    """IOGP 373-7-2, Transverse Mercator: 50°30' N 0°30' E is E 577274.99 m, N 69740.50 m, to 1 cm."""
    pair = find_grid("EPSG:27700").easting_northing(np.array([[0.5, 50.5]]))[0]
    assert pair == pytest.approx([577274.99, 69740.50], abs=0.01)


def test_four_operations_put_one_place_of_the_caucasus_metres_apart() -> None:
    """EPSG 5044, 1808 and 1809 put 45.5° E 40.5° N 2.4, 5.2 and 6.6 m from where 15865 puts it."""
    chosen = choose(find("Pulkovo 1942"), find("WGS 84"), (45.5, 40.5, 45.5, 40.5), "EPSG:15865")
    others = {
        one.operation.code: float(one.separation_m[0]) for one in alternatives(chosen, CAUCASUS, outside_area=True)
    }
    assert others["EPSG:5044"] == pytest.approx(2.4, abs=0.05)
    assert others["EPSG:1808"] == pytest.approx(5.2, abs=0.05)
    assert others["EPSG:1809"] == pytest.approx(6.6, abs=0.05)


def test_the_datum_step_in_the_caucasus_is_105_metres() -> None:
    """Between Pulkovo 1942 and WGS 84 the same numbers lie about 105 m apart: what an unstated frame leaves open."""
    moved = choose(find("Pulkovo 1942"), find("WGS 84"), (45.5, 40.5, 45.5, 40.5)).apply(CAUCASUS)
    assert Geod(ellps="WGS84").inv(45.5, 40.5, *moved[0])[2] == pytest.approx(105, abs=5)


def test_a_position_vector_rotation_about_z_turns_eastward() -> None:
    """By definition of the position vector convention, +1 second about Z adds one second to every longitude."""
    turned = SevenParameters((0.0, 0.0, 0.0), (0.0, 0.0, 1.0), 0.0, Convention.POSITION_VECTOR)
    frame = find("WGS 84")
    place = OwnTransformation(frame, frame, turned, 0.0, "x").apply(np.array([[10.0, 0.0]]))[0]
    assert place == pytest.approx([10.0 + 1.0 / 3600, 0.0], abs=1e-12)


def test_itrf2008_to_itrf2014_at_an_epoch_agrees_with_the_parameters_of_the_ign() -> None:
    """EPSG:7790 at 2015.0 agrees within 0.02 mm with the parameters that the IGN publishes (PROJ's file `ITRF2014`)."""
    source, target = find("ITRF2008").at(Decimal("2015.0")), find("ITRF2014").at(Decimal("2015.0"))
    operation = choose(source, target, (45.5, 40.5, 45.5, 40.5))
    assert operation.code == "EPSG:7790"
    published = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=GRS80"
        " +step +inv +init=ITRF2014:ITRF2008 +step +inv +proj=cart +ellps=GRS80"
        " +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    lon, lat, _, _ = published.transform(45.5, 40.5, 0.0, 2015.0)
    moved = operation.apply(CAUCASUS)[0]
    assert Geod(ellps="GRS80").inv(lon, lat, *moved)[2] < 2e-5
    assert Geod(ellps="GRS80").inv(45.5, 40.5, *moved)[2] > 1e-4
