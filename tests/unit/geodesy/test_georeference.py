"""A sheet laid on the ground: against fits by hand, points really left out, scipy's spline, and drawn errors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import RBFInterpolator

from merestone.errors import GeometryError
from merestone.geodesy.georeference import Georeference, Method, georeference
from merestone.geodesy.line import Floats

EVERY = list(Method)
SCALE = 100_000
TURN_DEG, MISFIT_M = 3.5, 12.0


def corners(count: int = 5) -> Floats:
    """A square of crosses on a sheet of 400 mm."""
    axis = np.linspace(20.0, 380.0, count)
    return np.column_stack([each.ravel() for each in np.meshgrid(axis, axis)])


def turned(sheet: Floats) -> Floats:
    """The ground of a sheet at 1:100 000 that lies askew by a known angle; metres."""
    c, s = np.cos(np.radians(TURN_DEG)), np.sin(np.radians(TURN_DEG))
    return np.asarray(sheet @ np.array([[c, s], [-s, c]]) * (SCALE / 1000) + np.array([8_400_000.0, 4_530_000.0]))


def noisy(seed: int, sigma_m: float = MISFIT_M, count: int = 5) -> tuple[Floats, Floats]:
    sheet = corners(count)
    return sheet, turned(sheet) + np.random.default_rng(seed).normal(0.0, sigma_m, sheet.shape)


def without(index: int, sheet: Floats, ground_m: Floats, method: Method) -> Georeference:
    return georeference(np.delete(sheet, index, 0), np.delete(ground_m, index, 0), method)


@pytest.mark.parametrize("method", EVERY)
def test_an_exact_sheet_is_recovered(method: Method) -> None:
    """Every method gives back a turned sheet at scale to a tenth of a millimetre, with nothing suspected."""
    sheet = corners()
    found = georeference(sheet, turned(sheet), method)
    elsewhere = np.random.default_rng(1).uniform(0.0, 400.0, (50, 2))
    assert np.abs(found.ground(elsewhere) - turned(elsewhere)).max() < 1e-4
    assert found.suspects == ()
    assert found.metres_per_unit == pytest.approx(SCALE / 1000, rel=1e-9)


@pytest.mark.parametrize(("method", "degree"), [(Method.AFFINE, 1), (Method.POLYNOMIAL_2, 2), (Method.POLYNOMIAL_3, 3)])
def test_polynomials_are_least_squares(method: Method, degree: int) -> None:
    """Residuals and the standard deviation of unit weight are those of numpy's lstsq on plain powers."""
    sheet, ground_m = noisy(2)
    u, v = ((sheet - 200.0) / 200.0).T
    powers = np.column_stack([u**i * v**j for i in range(degree + 1) for j in range(degree + 1 - i)])
    by_hand = ground_m - powers @ np.linalg.lstsq(powers, ground_m, rcond=None)[0]
    found = georeference(sheet, ground_m, method)
    assert np.abs(found.residuals_m - by_hand).max() < 1e-5
    assert found.degrees_of_freedom == 2 * (25 - powers.shape[1])
    assert found.sigma_m == pytest.approx(np.sqrt(np.sum(by_hand**2) / found.degrees_of_freedom), rel=1e-9)


def test_similarity_is_least_squares() -> None:
    """The similarity is that of complex numbers, ground = a + b sheet, by numpy's lstsq."""
    sheet, ground_m = noisy(3)
    z, g = sheet @ [1.0, 1j], (ground_m - ground_m.mean(axis=0)) @ [1.0, 1j]
    matrix = np.column_stack([np.ones_like(z), z])
    by_hand = g - matrix @ np.linalg.lstsq(matrix, g, rcond=None)[0]
    found = georeference(sheet, ground_m, Method.SIMILARITY)
    assert np.abs(found.residuals_m @ [1.0, 1j] - by_hand).max() < 1e-6
    assert found.degrees_of_freedom == 46


@pytest.mark.parametrize("method", EVERY)
def test_points_left_out_are_really_left_out(method: Method) -> None:
    """The residual of a point left out is its distance from the fit of all others."""
    sheet, ground_m = noisy(4)
    found = georeference(sheet, ground_m, method)
    for index in (0, 7, 12):
        apart = ground_m[index] - without(index, sheet, ground_m, method).ground(sheet[[index]])[0]
        assert np.abs(found.left_out_m[index] - apart).max() < 1e-4


def test_the_spline_is_scipys() -> None:
    """The spline passes through every control point and is scipy's everywhere else."""
    sheet, ground_m = noisy(5)
    found = georeference(sheet, ground_m, Method.THIN_PLATE)
    theirs = RBFInterpolator(sheet, ground_m - ground_m[0], kernel="thin_plate_spline", degree=1)
    elsewhere = np.random.default_rng(6).uniform(-50.0, 450.0, (5000, 2))
    assert np.abs(found.residuals_m).max() < 1e-5
    assert np.abs(found.ground(elsewhere) - ground_m[0] - theirs(elsewhere)).max() < 1e-4


@pytest.mark.parametrize("method", [each for each in EVERY if each is not Method.THIN_PLATE])
def test_a_known_sheet_is_recovered_within_its_own_sigma(method: Method) -> None:
    """Over 400 draws the true place lies as far off as stated: mean square of error over sigma is 1 within 12 %."""
    places = np.array([[200.0, 200.0], [30.0, 370.0], [420.0, 200.0]])
    ratios = []
    for seed in range(400):
        found = georeference(*noisy(seed), method)
        ratios.append(((found.ground(places) - turned(places)) / found.position_sigma_m(places)[:, None]) ** 2)
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.12)


def test_the_sigma_of_a_spline_covers() -> None:
    """Points left out of a spline lie further off than the line does, so that its sigma is on the safe side."""
    places = np.array([[210.0, 190.0], [100.0, 260.0]])
    ratios = []
    for seed in range(200):
        found = georeference(*noisy(seed), Method.THIN_PLATE)
        ratios.append(((found.ground(places) - turned(places)) / found.position_sigma_m(places)[:, None]) ** 2)
    assert 0.3 < np.mean(ratios) < 1.0


@pytest.mark.parametrize("method", EVERY)
def test_a_misread_digit_is_suspected(method: Method) -> None:
    """A northing misread by 1 km at an inner point is named, and nothing else is."""
    sheet, ground_m = noisy(8)
    ground_m[12, 1] += 1000.0
    assert georeference(sheet, ground_m, method).suspects == (12,)


@pytest.mark.parametrize("method", EVERY)
def test_good_points_are_seldom_suspected(method: Method) -> None:
    """Of 300 good sheets at most one in fifty has a suspect."""
    alarms = sum(bool(georeference(*noisy(seed), method).suspects) for seed in range(300))
    assert alarms <= 6


@pytest.mark.parametrize("method", EVERY)
def test_too_few_points_are_refused_with_the_number_needed(method: Method) -> None:
    """One point fewer than needed is refused, and the sentence says how many are."""
    few = np.random.default_rng(9).uniform(0.0, 400.0, (method.fewest_points - 1, 2))
    with pytest.raises(GeometryError, match=f"needs {method.fewest_points} control points|too few"):
        georeference(few, turned(few), method)


@pytest.mark.parametrize("method", [each for each in EVERY if each is not Method.SIMILARITY])
def test_points_on_one_line_are_refused(method: Method) -> None:
    """Twelve points along one edge of the sheet determine nothing but a similarity."""
    edge = np.column_stack([np.linspace(0.0, 400.0, 12), np.full(12, 20.0)])
    with pytest.raises(GeometryError, match="one line"):
        georeference(edge, turned(edge), method)


def test_points_on_a_circle_do_not_make_a_quadratic() -> None:
    """Twelve points on one circle leave the quadratic open, and it is refused."""
    angle = np.linspace(0.0, 2.0 * np.pi, 12, endpoint=False)
    circle = 200.0 + 150.0 * np.column_stack([np.cos(angle), np.sin(angle)])
    with pytest.raises(GeometryError, match="curve"):
        georeference(circle, turned(circle), Method.POLYNOMIAL_2)


@pytest.mark.parametrize("method", EVERY)
def test_one_place_many_times_is_refused(method: Method) -> None:
    """Twelve control points at one place of the sheet are refused."""
    same = np.full((12, 2), 200.0)
    with pytest.raises(GeometryError):
        georeference(same, turned(corners())[:12], method)


@pytest.mark.parametrize("method", EVERY)
def test_a_mirror_image_is_refused(method: Method) -> None:
    """Pixels whose y runs down, taken as running up, and east and north swapped, are refused with what to say."""
    sheet, ground_m = noisy(10)
    for one, other in ((sheet * [1.0, -1.0], ground_m), (sheet, ground_m[:, ::-1])):
        with pytest.raises(GeometryError, match="which way its y axis runs"):
            georeference(one, other, method)


@pytest.mark.parametrize("method", [each for each in EVERY if each is not Method.SIMILARITY])
def test_ground_on_one_line_is_refused(method: Method) -> None:
    """Control points whose north was copied into east do not press the sheet to a line unnoticed."""
    sheet, ground_m = noisy(10)
    with pytest.raises(GeometryError, match=r"on one line on the ground|mirror"):
        georeference(sheet, ground_m[:, [1, 1]], method)


def test_points_measured_twice_are_one_for_their_spacing() -> None:
    """Every cross measured twice leaves the spacing of the crosses."""
    sheet, ground_m = np.tile(corners(), (2, 1)), np.tile(turned(corners()), (2, 1))
    assert georeference(sheet, ground_m, Method.AFFINE).spacing_m == pytest.approx(9000.0)


def test_just_enough_points_say_nothing_of_themselves() -> None:
    """Three points make an affine fit without redundancy: no sigma, nothing left out."""
    found = georeference(corners(2)[:3], turned(corners(2)[:3]), Method.AFFINE)
    assert found.sigma_m is None
    assert found.degrees_of_freedom == 0
    assert np.isnan(found.left_out_m).all()
    assert np.isnan(found.position_sigma_m(corners(2))).all()


def test_extrapolation_is_measured_from_the_hull() -> None:
    """A place 10 mm outside the crosses of the sheet lies 1 km outside, one within them 0 m."""
    sheet = corners()
    found = georeference(sheet, turned(sheet), Method.AFFINE)
    assert found.beyond_m(np.array([[390.0, 200.0], [200.0, 200.0]])) == pytest.approx([1000.0, 0.0], abs=1e-6)
    assert found.spacing_m == pytest.approx(9000.0)


@pytest.mark.parametrize("method", EVERY)
def test_the_order_of_points_does_not_matter(method: Method) -> None:
    """Control points in another order give the same ground to a hundredth of a millimetre."""
    sheet, ground_m = noisy(11)
    order = np.random.default_rng(12).permutation(len(sheet))
    one, two = georeference(sheet, ground_m, method), georeference(sheet[order], ground_m[order], method)
    assert np.abs(one.ground(corners(7)) - two.ground(corners(7))).max() < 1e-5
