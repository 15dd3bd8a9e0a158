"""The map: a projection suited to the line, a graticule at round intervals, names that do not cover one another."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from pyproj import Geod

from fakes import boundary_lines as lines
from fakes import reports
from merestone.delimit.boundary_line import Gap
from merestone.diagnostics import Diagnostic, Severity
from merestone.geodesy.ellipsoid import WGS84
from merestone.publish.report import graticule
from merestone.publish.report.drawn import draw
from merestone.publish.report.furniture import bar_label, round_length
from merestone.publish.report.labels import Room
from merestone.publish.report.map import map_svg
from merestone.publish.report.projection import suited_to
from merestone.publish.report.sheet import sheet_for
from merestone.publish.report.ties import ties

GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("places", "name"),
    [
        ([(15.0, -40.0), (15.5, 0.0), (15.0, 40.0)], "Transverse Mercator"),
        ([(-123.0, 49.0), (-110.0, 49.0), (-95.0, 49.0)], "Lambert conformal conic"),
        ([(20.0, 86.0), (-170.0, 87.5), (-120.0, 84.0)], "Lambert azimuthal equal-area"),
    ],
)
def test_the_projection_suits_the_line(places: list[tuple[float, float]], name: str) -> None:
    """North-south lines get transverse Mercator, east-west lines a conic, polar ones an azimuthal projection."""
    assert suited_to(WGS84, np.array(places)).name == name


def test_the_stated_distortion_bounds_lengths_along_the_line() -> None:
    """A short piece anywhere along the line is as long on the plane as on the ellipsoid, within what is stated."""
    line = np.column_stack([np.linspace(24.0, 15.0, 200), np.linspace(19.5, 23.0, 200)])
    projection = suited_to(WGS84, line)
    plane = projection.forward(line)
    _, _, true_m = GEOD.inv(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])
    ratio = np.hypot(*np.diff(plane, axis=0).T) / true_m
    assert np.abs(ratio - 1.0).max() <= projection.distortion * 1.01


def test_the_scale_is_true_at_the_centre() -> None:
    """One kilometre at the centre is one kilometre of the scale bar, by geodesics computed elsewhere."""
    sheet = sheet_for(WGS84, np.array([[24.0, 19.5], [15.0, 23.44]]))
    lon, lat = sheet.projection.centre
    for azimuth in (0.0, 45.0, 90.0):
        east, north, _ = GEOD.fwd(lon, lat, azimuth, 1000.0)
        one, other = sheet.pixels(np.array([[lon, lat], [east, north]]))
        assert math.hypot(*(other - one)) * sheet.metres_per_px == pytest.approx(1000.0, rel=1e-5)


def test_pixels_and_places_are_inverse() -> None:
    """What the sheet draws at a pixel lies at the place that the pixel is said to be."""
    sheet = sheet_for(WGS84, np.array([[179.0, -10.0], [181.0, -12.0]]))
    places = np.array([[179.5, -11.0], [180.5, -11.5]])
    back = sheet.places(sheet.pixels(places))
    assert np.abs((back - places + [180.0, 0.0]) % [360.0, 180.0] - [180.0, 0.0])[:, 0].max() < 1e-8


@pytest.mark.parametrize(
    ("seconds", "letters", "step", "printed"),
    [
        (Fraction(72_000), "EW", Fraction(3600), "20°E"),
        (Fraction(652_000), "EW", Fraction(600), "178°53′W"),
        (Fraction(648_000), "EW", Fraction(3600), "180°"),
        (Fraction(-5400), "NS", Fraction(1800), "1°30′S"),
        (Fraction(0), "NS", Fraction(3600), "0°"),
        (Fraction(361, 2), "NS", Fraction(1, 2), "0°03′00.5″N"),
    ],
)
def test_graticule_labels_say_no_more_than_the_interval(
    seconds: Fraction, letters: str, step: Fraction, printed: str
) -> None:
    """Labels are in degrees, minutes or seconds as the interval asks, and past 180° they count west."""
    assert graticule.label(seconds, letters, step) == printed


def test_graticule_intervals_are_round() -> None:
    """The interval is the next of those that maps use."""
    assert graticule.interval(1.9) == 7200
    assert graticule.interval(0.26) == 1200
    assert graticule.interval(77.0) == 108_000


def test_a_chain_is_cut_at_the_edge_of_the_map() -> None:
    """What lies outside is cut off exactly at the edge; a jump across the Earth is not drawn."""
    runs = graticule.clipped(np.array([[-10.0, 5.0], [10.0, 5.0], [30.0, 5.0], [9e9, 5.0]]), 20.0, 10.0)
    assert [run.tolist() for run in runs] == [[[0.0, 5.0], [10.0, 5.0], [20.0, 5.0]]]


@pytest.mark.parametrize(("limit", "length", "label"), [(301_000.0, 200_000.0, "200 km"), (7.2, 5.0, "5 m")])
def test_the_scale_bar_is_round(limit: float, length: float, label: str) -> None:
    """The bar shows 1, 2 or 5 times a power of ten."""
    assert round_length(limit) == length
    assert bar_label(length) == label


def test_names_do_not_cover_one_another() -> None:
    """Of many names at one point only as many are shown as have room, and their rectangles are apart."""
    room = Room(400.0, 300.0, np.empty((0, 2)))
    placed = [room.place(f"Point {k}", 200.0, 150.0) for k in range(20)]
    fitting = [label for label in placed if label.fits]
    assert 4 <= len(fitting) <= 8
    assert len({(label.dx, label.dy) for label in fitting}) == len(fitting)


def test_a_gap_is_drawn_as_a_gap() -> None:
    """A part that was not computed is a stroke of its own class with a question mark, from the end that is known."""
    matter = reports.of(lines.ordinary())
    drawn = draw(matter, ties(matter.line))
    assert drawn is not None
    svg = map_svg(drawn, None)
    assert '<g class="gap"><path' in svg
    assert ">?</text>" in svg


def test_both_sides_are_named_or_neither() -> None:
    """The names of the two sides stand on the map in the same type."""
    matter = reports.libya_chad()
    drawn = draw(matter, ties(matter.line))
    assert drawn is not None
    assert [map_svg(drawn, None).count(f'class="side fix">{name}<') for name in ("Chad", "Libya")] == [1, 1]


def test_the_map_itself_says_that_it_is_not_agreed() -> None:
    """Whose reading it is, and that it is not agreed, is printed inside the drawing."""
    matter = reports.libya_chad()
    drawn = draw(matter, ties(matter.line))
    assert drawn is not None
    svg = map_svg(drawn, None)
    assert ">not agreed: reading by the tutorial of Merestone, without prejudice</tspan></text>" in svg


def test_a_line_without_a_frame_has_no_map() -> None:
    """Where the frame is unstated and no reading was declared, nothing geographic is drawn."""
    line = lines.boundary_line((), (lines.point("A", 1.0, 2.0),), frame=None)
    assert draw(reports.of(line), ties(line)) is None


def test_a_gap_between_vertices_of_a_table_is_drawn_between_them() -> None:
    """Ends of a gap that no point statement defines are found among the vertices of the legs beside it."""
    before = lines.leg("1", "Sea", ((3.0, 42.0), (4.0, 41.0)), ("P0", "P1"))
    after = lines.leg("3", "Sea", ((6.0, 41.0), (7.0, 42.0)), ("P2", "P3"))
    why = Diagnostic("N901", Severity.WARNING, "follows a feature, which is not yet compiled")
    gap = Gap("2", "Sea", "leg 2 along feature «coast» to P2", why, "P1", "P2", (), None)
    line = lines.boundary_line((lines.section("Sea", (before, gap, after)),), ())
    tied = ties(line)
    assert tied.parts[1].vertices == (tied.parts[0].vertices[-1], tied.parts[2].vertices[0])
