"""A length or an azimuth that was counted on a grid, which the instrument does not say, is recognised as that."""

from __future__ import annotations

import math

import pyproj
import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import no_files
from merestone.casefile.pipeline import Pipeline
from merestone.diagnostics import Diagnostic

HEAD = "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0\ndecimal sign comma\nletters in pt\n"
# Limão Verde, Brazil, decree of 10 February 2003 (Dnn9823): marks MC-16, MC-18 and SAT-19.
MARKS = """point MC-16 at 20º18'08,6034" S e 55º42'33,3119" WGr.
point MC-18 at 20º18'13,3419" S e 55º41'47,0491" WGr.
point SAT-19 at 20º18'12,8717" S e 55º41'37,1694" WGr.
"""
LEGS = """section Norte
  from MC-16
  leg 1 geodesic to MC-18
    expect azimuth 96º38'47,0"
    expect length 1.349,86 metros{on}
  leg 2 geodesic to SAT-19
    expect azimuth 87º33'52,8"
    expect length 286,95 metros{on}
"""
PLACES = [(-20.30238983333, -55.70925330556), (-20.30370608333, -55.69640252778)]


def contradictions(text: str) -> list[Diagnostic]:
    return [each for each in Pipeline(no_files).run(HEAD + text).findings if each.code in ("X701", "X702")]


def test_the_numbers_of_the_decree_are_those_of_the_zone() -> None:
    """By geographiclib and PROJ alone: 0.448° and 0.23 m on the ellipsoid, 0.14" and 3 mm on UTM zone 21S."""
    (lat1, lon1), (lat2, lon2) = PLACES
    geodesic = Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)
    printed = 96 + 38 / 60 + 47 / 3600
    assert geodesic["azi1"] - printed == pytest.approx(-0.448, abs=1e-3)
    assert geodesic["s12"] - 1349.86 == pytest.approx(0.231, abs=1e-3)
    zone = pyproj.Proj("EPSG:32721")
    (east1, north1), (east2, north2) = zone(lon1, lat1), zone(lon2, lat2)
    assert math.degrees(math.atan2(east2 - east1, north2 - north1)) == pytest.approx(printed, abs=0.3 / 3600)
    assert math.hypot(east2 - east1, north2 - north1) == pytest.approx(1349.86, abs=4e-3)


def test_azimuths_and_lengths_of_an_unnamed_zone_are_recognised() -> None:
    found = contradictions(MARKS + LEGS.format(on=""))
    assert [each.code for each in found] == ["X702", "X701", "X702", "X701"]
    for each in found:
        assert each.hint is not None
        assert "EPSG:32721 (UTM zone 21S)" in each.hint
    north, scale = found[0].hint or "", found[1].hint or ""
    assert north.startswith("suspect the north first")
    assert "the azimuth is 96.64635° and agrees (the convergence is -0.4479°)" in north
    assert scale.startswith("suspect the scale of the grid first")
    assert "1,349.857 m" in scale


def test_what_the_hints_advise_settles_the_findings() -> None:
    advised = "azimuths from grid north of EPSG:32721\n" + MARKS + LEGS.format(on=" on EPSG:32721")
    assert contradictions(advised) == []


@pytest.mark.parametrize("wrong", ["98º38'47,0\"", "96º38'57,0\"", "95º45'01,0\""])
def test_an_azimuth_that_no_grid_explains_is_not_explained_by_one(wrong: str) -> None:
    """The last is the true azimuth turned by the convergence the other way."""
    text = MARKS + LEGS.format(on="").replace("96º38'47,0\"", wrong)
    first = contradictions(text)[0]
    assert first.code == "X702"
    assert "grid north" not in (first.hint or "")


def test_a_grid_proves_nothing_where_the_print_is_coarse() -> None:
    """A convergence of 0.45° is no explanation where half a degree is left open."""
    found = contradictions(MARKS + "section S\n  from MC-16\n  leg 1 geodesic to MC-18\n    expect azimuth 98º\n")
    assert all("grid north" not in (each.hint or "") for each in found)
    assert found


def test_a_zone_that_is_not_named_does_not_explain_a_figure_by_a_hair() -> None:
    """1,350 m printed for 1,350.09 m is within its print. The zone makes the line 0.23 m shorter: that explains a figure only where it is
    more than what is allowed anyway."""
    for said, codes in (
        ("1.350 metros", []),
        ("1.349,86 metros within 0,20 m", ["X701"]),
        ("1.349,86 metros within 0,225 m", ["X701"]),
    ):
        found = contradictions(f"{MARKS}section S\n  from MC-16\n  leg 1 geodesic to MC-18\n    expect length {said}\n")
        assert [each.code for each in found] == codes
    near = contradictions(
        f"{MARKS}section S\n  from MC-16\n  leg 1 geodesic to MC-18\n    expect length 1.349,84 metros within 0,24 m\n"
    )
    assert [each.code for each in near] == ["X701"]
    assert "EPSG" not in (near[0].hint or "")
