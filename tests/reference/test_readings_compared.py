"""Two readings of one treaty compared as two lines: the figures that the table of readings finds another way."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.casefile.comparing import CompareOptions, compare_files
from merestone.casefile.progress import silent


def test_libya_chad_as_geodesics_and_as_loxodromes(root: Path, tmp_path: Path) -> None:
    """Zone by zone what `merestone readings` gives leg by leg: 97.7 m, 6,000.2 m and 3,746 km² (published controls)."""
    text = (root / "examples" / "libya-chad.boundary").read_text(encoding="utf-8")
    first, second = tmp_path / "geodesic.boundary", tmp_path / "loxodrome.boundary"
    first.write_text(text, encoding="utf-8")
    second.write_text(text.replace("straight lines: geodesic", "straight lines: loxodrome"), encoding="utf-8")
    made = compare_files((first, second), CompareOptions(), silent).comparison
    assert made.hausdorff_m == pytest.approx(6_000.2, abs=0.1)
    small, large = made.zones
    assert small.greatest_width_m == pytest.approx(97.7, abs=0.1)
    assert large.greatest_width_m == pytest.approx(6_000.2, abs=0.1)
    assert large.area_m2 == pytest.approx(3_746.15e6, rel=1e-5)
    assert made.sides == (None, None)
