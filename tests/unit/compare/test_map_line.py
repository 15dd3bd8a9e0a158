"""A digitised line as a claim: where it runs, how sure it is against draws from the same errors, what is remarked."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from fakes import map_sheets
from merestone.compare.claim import Standing
from merestone.compare.sheets.map_line import MapLine, map_line
from merestone.geodesy.elementary import inverse
from merestone.geodesy.georeference import Method
from merestone.geodesy.line import Floats
from merestone.geodesy.uncertainty import Common, Local
from merestone.sources.map_sheet import ControlPoint, DigitisedLine
from merestone.sources.sheet_files import read_sheet

ELLIPSOID = map_sheets.FRAME.ellipsoid


@pytest.fixture
def digitised(tmp_path: Path) -> DigitisedLine:
    """The made-up sheet, without errors."""
    return read_sheet(map_sheets.write(tmp_path))


def with_control(line: DigitisedLine, ground_m: Floats, sheet_mm: Floats | None = None) -> DigitisedLine:
    """The line with other control points, in metres of the projection."""
    pairs = zip((map_sheets.crosses() if sheet_mm is None else sheet_mm).tolist(), ground_m.tolist(), strict=True)
    control = tuple(ControlPoint(f"C{n}", (x, y), (e, north)) for n, ((x, y), (e, north)) in enumerate(pairs))
    return replace(line, sheet=replace(line.sheet, control=control, in_degrees=False))


def noisy(line: DigitisedLine, seed: int, sigma_m: float = 15.0) -> DigitisedLine:
    ground = map_sheets.ground_m(map_sheets.crosses())
    return with_control(line, ground + np.random.default_rng(seed).normal(0.0, sigma_m, ground.shape))


def codes(found: MapLine) -> list[str]:
    return [remark.code for remark in found.remarks]


def test_the_line_lies_where_the_sheet_says(digitised: DigitisedLine) -> None:
    """Vertices of the claim are those of the true sheet to a millimetre, in its own frame, under its name."""
    claim = map_line(digitised, standing=Standing.CLAIM, claimant="North").claim
    (strand,) = claim.strands
    true = map_sheets.lonlat(map_sheets.drawn_line())
    assert inverse(ELLIPSOID, strand.lonlat[[0, -1]], true[[0, -1]])[2].max() < 1e-3
    assert claim.frame == map_sheets.FRAME
    assert claim.under_name == "K-38-88, 1976, on duty 1979 (claim of North, without prejudice)"
    assert (strand.left, strand.right, strand.ring) == ("North", "South", False)


def test_edges_straight_on_the_sheet_are_followed(digitised: DigitisedLine) -> None:
    """Every place of every edge lies within the stated departure of the chain, and that within what was asked."""
    strand = map_line(digitised, error_m=0.05).claim.strands[0]
    assert 0.0 < strand.departure_m <= 0.05
    share = np.linspace(0.0, 1.0, 500)[:, None]
    line = map_sheets.drawn_line()
    edges = [map_sheets.lonlat(a + share * (b - a)) for a, b in pairwise(line)]
    scale = np.array([np.cos(np.radians(40.9)) * 111_320.0, 111_050.0])
    gaps = [_gap_m(place * scale, strand.lonlat * scale) for place in np.vstack(edges)]
    assert max(gaps) < strand.departure_m * 1.05 + 1e-3


def _gap_m(place: Floats, chain: Floats) -> float:
    """The distance of a place from a chain in a plane."""
    a, d = chain[:-1], np.diff(chain, axis=0)
    t = np.clip(np.sum((place - a) * d, axis=1) / np.sum(d * d, axis=1), 0.0, 1.0)
    return float(np.linalg.norm(a + t[:, None] * d - place, axis=1).min())


def test_pixels_that_run_down_give_the_same_line(digitised: DigitisedLine) -> None:
    """The same sheet scanned with y running down gives the same line to a millimetre."""
    flip = np.array([10.0, -10.0])
    control = tuple(replace(p, sheet=(p.sheet[0] * 10.0, 9000.0 - p.sheet[1] * 10.0)) for p in digitised.sheet.control)
    sheet = replace(digitised.sheet, control=control, y_down=True, method=Method.SIMILARITY)
    pixels = replace(digitised, sheet=sheet, chains=(("", digitised.chains[0][1] * flip + [0.0, 9000.0]),))
    one, two = (map_line(each).claim.strands[0].lonlat[[0, -1]] for each in (digitised, pixels))
    assert inverse(ELLIPSOID, one, two)[2].max() < 1e-3


def test_a_ring_is_a_ring_and_repeated_places_count_once(digitised: DigitisedLine) -> None:
    """A chain that ends where it began is a ring, and a place digitised twice in a row makes no edge of length 0."""
    ring = np.array([[20.0, 20.0], [20.0, 20.0], [300.0, 30.0], [200.0, 300.0], [20.0, 20.0]])
    (strand,) = map_line(replace(digitised, chains=(("exclave", ring),))).claim.strands
    assert strand.ring
    assert strand.name == "exclave"
    assert (strand.lonlat[0] == strand.lonlat[-1]).all()
    assert np.any(np.diff(strand.lonlat, axis=0) != 0.0, axis=1).all()


def test_a_sheet_without_projection_is_straight_in_lonlat(digitised: DigitisedLine) -> None:
    """Where no projection is named an affine sheet needs no vertex more than were digitised."""
    line = map_line(replace(digitised, sheet=replace(digitised.sheet, projection=None)))
    assert len(line.claim.strands[0].lonlat) == 7
    assert line.claim.strands[0].departure_m < 1e-6


def test_a_sheet_across_the_antimeridian_runs_on(digitised: DigitisedLine) -> None:
    """Longitudes of control points on both sides of 180° make one sheet, and a line whose longitudes run on."""
    shifted = tuple(
        replace(p, ground=((p.ground[0] + 134.8 + 180.0) % 360.0 - 180.0, p.ground[1])) for p in digitised.sheet.control
    )
    lons = [p.ground[0] for p in shifted]
    assert min(lons) < 0.0 < max(lons)
    line = map_line(replace(digitised, sheet=replace(digitised.sheet, control=shifted, projection=None)))
    assert np.abs(np.diff(line.claim.strands[0].lonlat[:, 0])).max() < 1.0


def test_the_components_are_those_of_the_page(digitised: DigitisedLine) -> None:
    """0.2 mm at 1:100 000 is 20 m, by /√12 5.77 m; 0.1 mm is 10 m; control and distortion come from the fit."""
    found = map_line(noisy(digitised, 1))
    control, distortion, width, digitising = found.claim.uncertainty.components
    assert width.sigma_m == pytest.approx(20.0 / np.sqrt(12.0))
    assert digitising.sigma_m == pytest.approx(10.0)
    assert digitising.correlation == Local(1000.0)
    assert distortion.sigma_m == found.ground.fit.sigma_m
    assert isinstance(distortion.correlation, Local)
    assert control.correlation == Common()
    assert 0.0 < control.sigma_m < distortion.sigma_m


@pytest.mark.parametrize("method", list(Method))
def test_the_stated_sigma_covers(digitised: DigitisedLine, method: Method) -> None:
    """Of 200 sheets drawn with errors of control, pen and digitising, the line's ends lie within 2 sigma in 95 % or
    more, and sigma is at most twice what was drawn."""
    wanted = replace(digitised, sheet=replace(digitised.sheet, method=method))
    true = map_sheets.lonlat(map_sheets.drawn_line())[[0, -1]]
    scale = np.array([np.cos(np.radians(40.9)) * 111_320.0, 111_050.0])
    errors, sigmas = [], []
    for seed in range(200):
        draw = np.random.default_rng(10_000 + seed)
        places = digitised.chains[0][1]
        pen = draw.uniform(-0.1, 0.1, places.shape) + draw.normal(0.0, 0.1, places.shape)
        found = map_line(replace(noisy(wanted, seed), chains=(("", places + pen),)), error_m=1.0)
        errors.append((found.claim.strands[0].lonlat[[0, -1]] - true) * scale)
        sigmas.append(found.claim.uncertainty.across_sigma_m(np.zeros(1))[0])
    ratio = np.abs(np.array(errors)) / np.array(sigmas)[:, None, None]
    assert np.mean(ratio < 2.0) > 0.95
    assert np.mean(sigmas) < 2.5 * np.std(errors)


def test_two_lines_of_one_sheet_share_its_errors(digitised: DigitisedLine) -> None:
    """Between two lines of one sheet the errors of its control and distortion cancel."""
    one = map_line(noisy(digitised, 2)).claim.uncertainty
    two = map_line(replace(noisy(digitised, 2), file="other.sheet.toml")).claim.uncertainty
    left = [component.source for component in one.minus(two).components]
    assert left == ["digitising k-38-88.sheet.toml", "digitising other.sheet.toml"]


def test_a_good_sheet_needs_no_remark(digitised: DigitisedLine) -> None:
    """A complete, well-fitting sheet against a tolerance wider than its line has no remark."""
    assert codes(map_line(noisy(digitised, 6), tolerance_m=50.0)) == []


def test_few_control_points_are_remarked_on(digitised: DigitisedLine) -> None:
    """Three points of an affine fit leave nothing to check: D401, and no uncertainty from the fit."""
    found = map_line(
        replace(
            digitised,
            sheet=replace(digitised.sheet, control=digitised.sheet.control[:5:2] + digitised.sheet.control[12:13]),
        )
    )
    assert codes(found) == ["D401", "D403"]
    few = replace(digitised.sheet, control=tuple(digitised.sheet.control[i] for i in (0, 3, 12)))
    assert "leave 0 degrees of freedom" in map_line(replace(digitised, sheet=few)).remarks[0].sentence
    assert len(map_line(replace(digitised, sheet=few)).claim.uncertainty.components) == 2


def test_a_misread_control_point_is_remarked_on(digitised: DigitisedLine) -> None:
    """A northing misread by 2 km is named with size and direction: D402, and the fit is bad: D408."""
    ground = map_sheets.ground_m(map_sheets.crosses())
    ground += np.random.default_rng(4).normal(0.0, 5.0, ground.shape)
    ground[5, 1] += 2000.0
    found = map_line(with_control(digitised, ground))
    assert codes(found) == ["D402", "D408"]
    assert "control point C5 lies" in found.remarks[0].sentence
    assert found.remarks[0].size == pytest.approx(2000.0, abs=30.0)


def test_a_line_beyond_its_control_is_remarked_on(digitised: DigitisedLine) -> None:
    """A line that runs 10 km beyond the crosses is remarked on with its distance: D403."""
    far = replace(digitised, chains=(("", np.array([[200.0, 200.0], [460.0, 200.0]])),))
    (remark,) = map_line(far).remarks
    assert remark.code == "D403"
    assert remark.size == pytest.approx(10_000.0, rel=1e-3)


def test_a_wrong_scale_is_remarked_on(digitised: DigitisedLine) -> None:
    """A sheet said to be 1:200 000 whose control points make it 1:100 000 is remarked on: D404."""
    (remark,) = map_line(replace(digitised, sheet=replace(digitised.sheet, scale=200_000))).remarks
    assert remark.code == "D404"
    assert "control points give 1:100000" in remark.sentence


def test_a_line_wider_than_the_tolerance_is_remarked_on(digitised: DigitisedLine) -> None:
    """0.2 mm at 1:100 000 is 20 m: too wide to tell 10 m, D405, and not for 25 m."""
    (remark,) = map_line(digitised, tolerance_m=10.0).remarks
    assert remark.code == "D405"
    assert remark.size == pytest.approx(20.0)
    assert codes(map_line(digitised, tolerance_m=25.0)) == []


def test_what_is_unsaid_is_remarked_on(digitised: DigitisedLine) -> None:
    """A sheet without dates, width of line and digitising error is remarked on and its uncertainty holds the fit."""
    bare = replace(digitised.sheet, edition="", duty_date="", line_width_mm=None, digitising_sigma_mm=None)
    found = map_line(noisy(replace(digitised, sheet=bare), 5))
    assert codes(found) == ["D406", "D407"]
    assert len(found.claim.uncertainty.components) == 2


def test_the_same_sheet_gives_the_same_line(digitised: DigitisedLine) -> None:
    """Twice the same input gives the same bytes."""
    one, two = (map_line(digitised).claim.strands[0].lonlat.tobytes() for _ in range(2))
    assert one == two


def test_a_projection_may_be_spelled_out(tmp_path: Path) -> None:
    """Zone 8 written as a transverse Mercator at 45° gives the line of zone 8 by its name."""
    spelled = "+proj=tmerc +lat_0=0 +lon_0=45 +k=1 +x_0=8500000 +y_0=0"
    text = map_sheets.SHEET.replace("Pulkovo 1942 / Gauss-Kruger zone 8", spelled)
    one = map_line(read_sheet(map_sheets.write(tmp_path, sheet=text))).claim.strands[0].lonlat
    two = map_line(read_sheet(map_sheets.write(tmp_path))).claim.strands[0].lonlat
    assert np.abs(one - two).max() < 1e-11


def test_control_in_metres_gives_the_same_line(tmp_path: Path) -> None:
    """Control points as east and north of the projection give the line of the same points in degrees."""
    table = map_sheets.control_table(map_sheets.crosses(), map_sheets.ground_m(map_sheets.crosses()), "east,north")
    one = map_line(read_sheet(map_sheets.write(tmp_path, control=table))).claim.strands[0].lonlat
    two = map_line(read_sheet(map_sheets.write(tmp_path))).claim.strands[0].lonlat
    assert np.abs(one - two).max() < 1e-10
