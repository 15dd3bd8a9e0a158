"""A point or comma that is read as thousands or decimals: what a line becomes, and what is suspected when figures part."""

from __future__ import annotations

import pytest
from geographiclib.geodesic import Geodesic

from fakes.checking import compiled, found

HEAD = "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0 fixed to plate NOAM\n"
RANGE = """decimal sign point
point Light at 36°46'48" N 75°57'24" W
section S
  from Light
  leg 1 geodesic at azimuth 30° for 12,000 yards
"""


def test_the_firing_range() -> None:
    """33 CFR 334.390: 12,000 yards on a bearing of 30° end 10,972.8 m away, as geographiclib has it."""
    lon, lat = compiled(HEAD + RANGE).line.sections[0].legs[0].vertices[-1] / 1e9
    away = Geodesic.WGS84.Inverse(36.78, -(75 + 57.4 / 60), lat, lon)
    assert away["s12"] == pytest.approx(10_972.8, abs=2e-4)
    assert away["azi1"] == pytest.approx(30.0, abs=1e-6)


@pytest.mark.parametrize(
    ("sign", "yards", "expected", "said"),
    [
        ("comma", "12 000", "10,973 km", None),
        ("point", "12 000", "10,973 km", "the length itself 10.973 instead of 10,973"),
        ("comma", "12 000", "10.973 km", "the length itself 10.973 instead of 10.973"),
        ("point", "12.000", "10 972.8 m", "the length of leg 1 of S 12 000 instead of 12.000"),
        ("comma", "12.000", "10 973 m", None),
    ],
)
def test_the_separator_is_the_first_suspect(sign: str, yards: str, expected: str, said: str | None) -> None:
    """Where the other reading of a separator makes two figures agree, it is what the finding names first."""
    leg = f"leg 1 geodesic at azimuth 30° for {yards} yards\n    expect length {expected}\n"
    text = f"{HEAD}decimal sign {sign}\npoint A at 36°46'48\" N 75°57'24\" W\nsection S\n  from A\n  {leg}"
    hints = [finding.hint or "" for finding in found(text, "X701")]
    assert len(hints) == (said is not None)
    assert all(hint.startswith(f"suspect the separator first: {said}") for hint in hints)
