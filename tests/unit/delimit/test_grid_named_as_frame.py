"""A grid named where a frame is needed, and a code that names no projection, are answered with what to write."""

from __future__ import annotations

import pytest

from fakes.descriptions import SQUARE, errors, result_of
from merestone.geodesy.catalogue import find


@pytest.mark.parametrize(
    ("code", "grid", "frame"),
    [
        ("EPSG:2053", "Hartebeesthoek94 / Lo29", "Hartebeesthoek94"),
        ("EPSG:26910", "NAD83 / UTM zone 10N", "NAD83"),
    ],
)
def test_a_grid_as_a_frame(code: str, grid: str, frame: str) -> None:
    """F801 names the grid, and advises a frame that the catalogue has and the code behind the coordinates."""
    found = [each for each in errors(result_of(SQUARE, frame=f"frame {code}\n", checked=True)) if each.code == "F801"]
    assert found[0].sentence == f"{code} is the grid {grid}, and a frame is needed here"
    assert f"write `frame {frame}`" in (found[0].hint or "")
    assert f"on {code}" in (found[0].hint or "")
    assert find(frame).name == frame
