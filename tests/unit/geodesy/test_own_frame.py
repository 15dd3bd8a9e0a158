"""A commission's own frame hangs on another by stated parameters or by common points."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest

from merestone.errors import GeometryError
from merestone.geodesy.catalogue import find
from merestone.geodesy.operation import choose
from merestone.geodesy.own_frame import (
    Convention,
    OwnTransformation,
    SevenParameters,
    TenParameters,
    ThreeParameters,
    estimate,
)

PULKOVO, WGS84 = find("Pulkovo 1942"), find("WGS 84")
PLACE = np.array([[45.5, 40.5]])
EPSG_15865 = SevenParameters((25.0, -141.0, -78.5), (0.0, -0.35, -0.736), 0.0, Convention.COORDINATE_FRAME)


def metres(one: np.ndarray, other: np.ndarray) -> float:
    """The greatest geodesic distance between places, in metres."""
    return float(np.max(pyproj.Geod(ellps="WGS84").inv(*one.T, *other.T)[2]))


def test_stated_parameters_give_what_the_named_operation_gives() -> None:
    """EPSG:15865 by its published parameters and by its name agree within a micrometre."""
    stated = OwnTransformation(PULKOVO, WGS84, EPSG_15865, 4.5, "Article 3")
    named = choose(PULKOVO, WGS84, (45.0, 40.0, 46.0, 41.0), "EPSG:15865")
    assert metres(stated.apply(PLACE), named.apply(PLACE)) < 1e-6


def test_the_two_sign_conventions_are_not_exchanged() -> None:
    """The same numbers in the other convention put the place tens of metres away; with the signs turned they agree."""
    stated = OwnTransformation(PULKOVO, WGS84, EPSG_15865, 4.5, "Article 3").apply(PLACE)
    mistaken = SevenParameters((25.0, -141.0, -78.5), (0.0, -0.35, -0.736), 0.0, Convention.POSITION_VECTOR)
    turned = SevenParameters((25.0, -141.0, -78.5), (0.0, 0.35, 0.736), 0.0, Convention.POSITION_VECTOR)
    assert metres(OwnTransformation(PULKOVO, WGS84, mistaken, 4.5, "x").apply(PLACE), stated) > 20.0
    assert metres(OwnTransformation(PULKOVO, WGS84, turned, 4.5, "x").apply(PLACE), stated) < 1e-6


def test_ten_parameters_about_the_centre_of_the_earth_are_seven() -> None:
    """A pivot at the origin changes nothing."""
    ten = TenParameters(
        EPSG_15865.shift_m, EPSG_15865.rotation_arcsec, 0.0, (0.0, 0.0, 0.0), Convention.COORDINATE_FRAME
    )
    by_ten = OwnTransformation(PULKOVO, WGS84, ten, 4.5, "x").apply(PLACE)
    assert metres(by_ten, OwnTransformation(PULKOVO, WGS84, EPSG_15865, 4.5, "x").apply(PLACE)) < 1e-6


def network(span_deg: float) -> np.ndarray:
    """Nine places on a square grid around 45.5° E 40.5° N."""
    steps = np.linspace(-span_deg / 2, span_deg / 2, 3)
    return np.array([(45.5 + x, 40.5 + y) for x in steps for y in steps])


def test_common_points_give_back_the_shifts_that_made_them() -> None:
    """Points moved by three known shifts give places within a millimetre, and no residual."""
    made = OwnTransformation(PULKOVO, WGS84, ThreeParameters((28.0, -130.0, -95.0)), 1.0, "made")
    points = network(4.0)
    fit = estimate(PULKOVO, WGS84, points, made.apply(points), 3, "protocol 7")
    assert fit.sigma0_m == pytest.approx(0.0, abs=1e-3)
    assert metres(fit.transformation.apply(PLACE), made.apply(PLACE)) < 1e-3


def test_seven_parameters_follow_a_turned_and_stretched_network() -> None:
    """Points moved by EPSG:15865 over ten degrees are fitted within 2 mm by seven parameters, not by three."""
    made = OwnTransformation(PULKOVO, WGS84, EPSG_15865, 1.0, "made")
    points = network(10.0)
    seven = estimate(PULKOVO, WGS84, points, made.apply(points), 7, "protocol 7")
    three = estimate(PULKOVO, WGS84, points, made.apply(points), 3, "protocol 7")
    assert float(np.max(np.abs(seven.residuals_m))) < 2e-3
    assert float(np.max(np.abs(three.residuals_m))) > 0.1


def test_a_point_that_does_not_fit_shows_in_its_residual_and_in_sigma0() -> None:
    """One of nine points displaced 1 m to the north: its residual is by far the largest, 0.8 to 0.95 m."""
    points = network(2.0)
    moved = OwnTransformation(PULKOVO, WGS84, ThreeParameters((28.0, -130.0, -95.0)), 1.0, "made").apply(points)
    lon, lat, _ = pyproj.Geod(ellps="WGS84").fwd(moved[4, 0], moved[4, 1], 0.0, 1.0)
    moved[4] = lon, lat
    fit = estimate(PULKOVO, WGS84, points, moved, 3, "protocol 7")
    size = np.hypot(*fit.residuals_m.T)
    assert int(np.argmax(size)) == 4
    assert 0.8 < fit.residuals_m[4, 1] < 0.95
    assert fit.sigma0_m == pytest.approx(np.sqrt(np.sum(size**2) / 15))


def test_weak_geometry_is_said() -> None:
    """Seven parameters from points nearly on a line are weak; from a square of the same points they are not."""
    made = OwnTransformation(PULKOVO, WGS84, EPSG_15865, 1.0, "made")
    line = np.array([(45.0 + 0.2 * step, 40.0 + 0.1 * step + 0.01 * (step % 2)) for step in range(6)])
    assert "nearly on a line" in str(estimate(PULKOVO, WGS84, line, made.apply(line), 7, "x").weak)
    square = network(1.0)
    assert estimate(PULKOVO, WGS84, square, made.apply(square), 7, "x").weak is None


def test_too_few_points_are_refused() -> None:
    """Three points cannot bear seven parameters, nor one point three; nor can one point given four times."""
    points = network(1.0)
    moved = OwnTransformation(PULKOVO, WGS84, EPSG_15865, 1.0, "made").apply(points)
    for chosen, count in ((points[:3], 7), (points[:1], 3), (points[[0, 0, 0, 0]], 7)):
        with pytest.raises(GeometryError, match="do not determine"):
            estimate(PULKOVO, WGS84, chosen, moved[: len(chosen)], count, "x")
