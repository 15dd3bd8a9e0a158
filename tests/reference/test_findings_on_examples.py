"""What the checker says of published instruments, against controls computed independently of the code under test."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.checking import compiled, found, measured


def example(root: Path, name: str) -> str:
    """The text of an example."""
    return (root / "examples" / f"{name}.boundary").read_text(encoding="utf-8")


def test_the_area_of_prairie_creek(root: Path) -> None:
    """S.C. 2000, c. 32, Schedule 2: about 300 km²; 301.90 km² on the ellipsoid by GeographicLib, and no finding."""
    text = example(root, "prairie-creek")
    (area_m2,) = (area for _, area in compiled(text).line.areas_m2)
    assert area_m2 / 1e6 == pytest.approx(301.90, abs=0.01)
    assert found(text, "X704") == []


def test_the_straight_lines_of_libya_and_chad(root: Path) -> None:
    """ICJ, 3 February 1994: geodesic and loxodrome part by 6.0 km on leg 1 and by 98 m on leg 2."""
    first, second = found(example(root, "libya-chad"), "O601")
    assert measured(first, "separation", "geodesic", "loxodrome") == pytest.approx(6_000.0, abs=50.0)
    assert measured(second, "separation", "geodesic", "loxodrome") == pytest.approx(98.0, abs=0.5)


def test_the_straight_lines_of_nunavut(root: Path) -> None:
    """S.C. 1993, c. 28: geodesic and loxodrome part by 5.2 km from N2 to N3 and by 7.5 km from N5 to N6."""
    legs = {finding.subject: finding for finding in found(example(root, "nunavut"), "O601")}
    apart = [measured(legs[f"leg {leg} of West"], "separation", "geodesic", "loxodrome") for leg in (2, 5)]
    assert apart == pytest.approx([5_200.0, 7_500.0], abs=50.0)


def test_the_beagle_angle_is_no_misprint(root: Path) -> None:
    """Treaty of 29 November 1984, Article 7: 134.657° against 45° is within the rounding of 0.1'."""
    assert found(example(root, "beagle"), "X702") == []


def test_the_gap_at_hans_island_is_found(root: Path) -> None:
    """C.R.C., c. 1549: the limit stops at 80°49'12" N 66°29'00" W and goes on 1374.4 m further (GeographicLib)."""
    gaps = [measured(finding, "gap") for finding in found(example(root, "canada-zone-6"), "G502")]
    assert gaps == pytest.approx([1_374.4], abs=0.1)
