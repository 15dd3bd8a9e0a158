"""Expected areas on a grid and net of the rings that the words leave out: the exact figures.

Prairie Creek: Canada National Parks Act, Schedule 2, Part II: an area of some 300 km², excluded from the reserve around
it, by 19 points whose lines are straight on UTM zone 10.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from pyproj import Geod, Transformer

from definitions.independent_lengths import EXAMPLES
from fakes.descriptions import SQUARE, errors, no_files, result_of
from merestone.casefile.pipeline import Pipeline, Result
from merestone.delimit.expectations import Evaluated, Unevaluated, evaluate

RING = "ring Whole\n  expect area {}\n  from A\n  leg 1 geodesic to B\n  leg 2 geodesic to C\n  leg 3 geodesic to D\n  leg 4 geodesic to A\n"
SMALL = """point E at 10°18' N 20°18' E
point F at 10°18' N 20°42' E
point H at 10°42' N 20°42' E
ring Small
  from E
  leg 1 geodesic to F
  leg 2 geodesic to H
  leg 3 geodesic to E
"""


def figure(result: Result) -> Evaluated:
    """The one figure that could be computed."""
    (found,) = evaluate(result.compiled)[0]
    return found


def why_not(result: Result) -> Unevaluated:
    """The one figure that could not."""
    (found,) = evaluate(result.compiled)[1]
    return found


def shoelace(grid: np.ndarray) -> float:
    """The area of a polygon on the plane."""
    x, y = grid[:, 0] - grid[0, 0], grid[:, 1] - grid[0, 1]
    return abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2.0


def test_the_area_of_prairie_creek_on_its_grid() -> None:
    """The polygon of the 19 points on UTM zone 10, 301.73 km²; on the ellipsoid it is 301.90 km²."""
    text = (EXAMPLES / "prairie-creek.boundary").read_text(encoding="utf-8")
    on_grid = text.replace("expect area 300 km² within 5 km²", "expect area 300 km² within 5 km² on EPSG:3157")
    plain, grid = (Pipeline(no_files).run(each) for each in (text, on_grid))
    ring = next(section for section in grid.line.sections if section.ring)
    lonlat = np.concatenate([leg.vertices[:-1] for leg in ring.legs]) / 1e9
    to_grid = Transformer.from_crs("EPSG:4617", "EPSG:3157", always_xy=True)
    places = np.column_stack(to_grid.transform(lonlat[:, 0], lonlat[:, 1]))
    assert figure_of_area(grid) == pytest.approx(shoelace(places), abs=1.0)
    assert figure_of_area(grid) / 1e6 == pytest.approx(301.73, abs=0.005)
    assert figure_of_area(plain) / 1e6 == pytest.approx(301.90, abs=0.005)


def figure_of_area(result: Result) -> float:
    """The computed area of the one figure that is an area, in m²."""
    return next(each.computed for each in evaluate(result.compiled)[0] if each.quantity == "area")


def test_the_area_of_geodesics_on_a_grid() -> None:
    """Curved on the plane: ten thousand places a side give the same."""
    result = result_of(SQUARE + RING.format("12000 km² on EPSG:32634"))
    assert not errors(result)
    geod = Geod(ellps="WGS84")
    corners = [(20.0, 10.0), (21.0, 10.0), (21.0, 11.0), (20.0, 11.0), (20.0, 10.0)]
    side = [np.array([one, *geod.npts(*one, *other, 9_999)]) for one, other in pairwise(corners)]
    places = np.concatenate(side)
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:32634", always_xy=True)
    grid = np.column_stack(to_grid.transform(places[:, 0], places[:, 1]))
    assert figure(result).computed == pytest.approx(shoelace(grid), rel=1e-9)


def test_an_area_net_of_a_ring() -> None:
    """The difference of the two areas, each by GeographicLib's polygon of geodesics."""
    result = result_of(SQUARE + SMALL + RING.format("12000 km² net of ring Small"))
    assert not errors(result)
    geod = Geod(ellps="WGS84")
    whole = abs(geod.polygon_area_perimeter([20, 21, 21, 20], [10, 10, 11, 11])[0])
    small = abs(geod.polygon_area_perimeter([20.3, 20.7, 20.7], [10.3, 10.3, 10.7])[0])
    assert figure(result).computed == pytest.approx(whole - small, abs=1.0)


def test_a_ring_that_is_left_out_must_lie_inside() -> None:
    """Nothing is taken away for land that was never in it."""
    outside = SMALL.replace("20°18' E", "20°50' E").replace("20°42' E", "21°20' E")
    result = result_of(SQUARE + outside + RING.format("12000 km² net of ring Small"))
    assert "beyond the ring" in why_not(result).why
    itself = result_of(SQUARE + RING.format("12000 km² net of ring Whole"))
    assert "itself" in why_not(itself).why


def test_an_unknown_ring_or_projection() -> None:
    """A ring that nothing bears the name of is an error; a projection that is none leaves the figure unchecked."""
    assert "R401" in [each.code for each in errors(result_of(SQUARE + RING.format("12000 km² net of ring Nowhere")))]
    assert "EPSG:4326" in why_not(result_of(SQUARE + RING.format("12000 km² on EPSG:4326"))).why
