"""A leg means the leg of its own section, also where another section has one of that name; no gap is without a finding."""

from __future__ import annotations

import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import SQUARE, errors, result_of, section

G = Geodesic.WGS84
KINDS = (
    "curve to the left of radius 500 m tangent to leg 1 for 300 m",
    "at right angles to leg 1 to the left by geodesic for 300 m",
)


@pytest.mark.parametrize("kind", KINDS)
def test_each_section_has_a_leg_1(kind: str) -> None:
    """Two sections with the same words are both drawn whole, each from its own leg 1."""
    course = "leg 1 geodesic at azimuth {}° for 2 km"
    body = "".join(section(course.format(deg), f"leg 2 {kind}", name=name) for name, deg in (("C", 30), ("D", 120)))
    result = result_of(SQUARE + body, checked=True)
    assert not errors(result)
    assert result.line.gaps == ()
    for part, deg in zip(result.line.sections, (30.0, 120.0), strict=True):
        end = G.Direct(10.0, 20.0, deg, 2_000.0)
        lon, lat = part.legs[1].vertices[0] / 1e9
        assert (lat, lon) == pytest.approx((end["lat2"], end["lon2"]), abs=2e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_a_gap_has_its_finding(kind: str) -> None:
    """A leg that refers to a leg that is not there is a gap, and the checker says so."""
    result = result_of(SQUARE + section(f"leg 2 {kind.replace('leg 1', 'leg 9')}", name="C"), checked=True)
    assert [gap.name for gap in result.line.gaps] == ["2"]
    assert {gap.why.code for gap in result.line.gaps} <= {finding.code for finding in result.findings}
