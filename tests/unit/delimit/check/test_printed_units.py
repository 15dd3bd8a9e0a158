"""A finding on a figure speaks in the unit that the text printed."""

from __future__ import annotations

import re

import pytest

from fakes.descriptions import FRAME, SQUARE, result_of, section

RING = "  from A\n  leg 1 geodesic to B\n  leg 2 geodesic to C\n  leg 3 geodesic to D\n  leg 4 geodesic to A\n"


def said(body: str, code: str) -> str:
    """What the one finding of this code says."""
    result = result_of(SQUARE + body, frame=FRAME + "decimal sign point\n", checked=True)
    (found,) = [each.sentence for each in result.findings if each.code == code]
    return found


@pytest.mark.parametrize(
    ("unit", "square_metres"),
    [("ha", 1e4), ("acres", 4046.8564224), ("square miles", 1609.344**2), ("square nautical miles", 1852.0**2)],
)
def test_an_area_is_told_in_the_unit_of_the_text(unit: str, square_metres: float) -> None:
    """Compiled and stated figure and their difference are in it, the compiled one in km² too, and they agree."""
    sentence = said(f"ring R with A inside, B outside expect area 900 {unit}\n{RING}", "X704")
    figure, metric = re.search(rf"is ([\d,.]+) {unit} \(([\d,.]+) km²\)", sentence).groups()  # type: ignore[union-attr]
    value_m2 = float(figure.replace(",", "")) * square_metres
    assert value_m2 / 1e6 == pytest.approx(float(metric.replace(",", "")), rel=1e-5)
    assert f"the instrument says 900 {unit}:" in sentence
    assert f"allows 0.500 {unit}" in sentence


def test_a_length_is_told_in_the_unit_of_the_text() -> None:
    """A degree of the parallel of 10° is 59.16 nautical miles, and the instrument says 61.5."""
    sentence = said(section("leg 1 geodesic to B expect length 61.5 nautical miles"), "X701")
    assert re.search(
        r"is 59\.\d\d nautical miles \(109\.\d+ km\), and the instrument says 61\.5 nautical miles:", sentence
    )


def test_metric_figures_stay_as_they_were() -> None:
    """A length in km is told in km, once."""
    sentence = said(section("leg 1 geodesic to B expect length 120 km"), "X701")
    assert "the instrument says 120.000 km:" in sentence
    assert "(" not in sentence
