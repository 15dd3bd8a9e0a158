"""Sides at corners, numbers in quotations, figures as findings print them, and what is open but declared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fakes.checking import compiled, found, measured
from merestone.delimit.check import RULES, all_findings
from merestone.delimit.check.languages_disagree import numbers_in
from merestone.delimit.wording import area_text, degrees_text, metres_text
from merestone.diagnostics import Severity

CORNER = """boundary «A corner»
reading by «the tests» on 2026-11
parties NOR «North», SOU «South»
instrument Protocol «Protocol» of kind protocol dated 1999
frame WGS 84 (G1762) epoch 2016.0
point A at 45°00'00" N 10°00'00" E
point B at 45°00'00" N 11°00'00" E
point C at 44°50'00" N 10°00'00" E
point Beyond at {} E
section Main
  from A
  leg 1 geodesic to B
  leg 2 geodesic to C
  expect Beyond on the left
"""


@pytest.mark.parametrize("beyond", ["44°58'00\" N 11°03'00\"", "45°02'00\" N 11°03'00\"", "45°00'30\" N 11°10'00\""])
def test_beyond_a_sharp_corner_both_legs_are_asked(beyond: str) -> None:
    """A place that is nearest to the corner lies on the left of a line that turns sharply right there."""
    text = CORNER.format(beyond).replace("section Main\n", "section Main\n  expect Beyond on the left\n")
    text = text.replace("  leg 2 geodesic to C\n  expect Beyond on the left\n", "  leg 2 geodesic to C\n")
    assert found(text, "X707") == []
    assert len(found(text.replace("on the left", "on the right"), "X707")) == 1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("55°07',3 de latitud sur", ["7.3", "55"]),
        ("北纬22°32′37.21″", ["22", "32", "37.21"]),
        ("22˚32'37.21\" North", ["22", "32", "37.21"]),
        ("about 1 845 km and 824 markers", ["824", "1845"]),
        ("forty-five degrees", []),
    ],
)
def test_numbers_are_read_as_values(text: str, numbers: list[str]) -> None:
    """Decimal commas, decimals after the sign and spaced thousands are read as the values that they print."""
    assert numbers_in(text) == tuple(Decimal(number) for number in numbers)


def test_figures_are_printed_in_the_unit_that_suits() -> None:
    """A spread is a handful of digits in millimetres, metres or kilometres."""
    assert [metres_text(value) for value in (0.0017, 0.117, 97.67, 6000.2, 936_781.3)] == [
        "1.7 mm", "0.12 m", "98 m", "6.0 km", "937 km"
    ]  # fmt: skip
    assert [area_text(value) for value in (520.0, 7.392e6, 3.746e9)] == ["520 m²", "7.39 km²", "3,746 km²"]
    assert [degrees_text(value) for value in (6.09, 0.343, 0.001)] == ["6.09°", "0.343°", '3.60"']


STRAIGHT = (
    CORNER.format("46°00'00\" N 11°00'00\"")
    .replace("leg 1 geodesic", "leg 1 straight")
    .replace("  expect Beyond on the left\n", "")
)


def test_a_reading_by_somebody_leaves_the_word_open_and_one_by_an_instrument_settles_it() -> None:
    """Whoever compiles a text may choose a reading; only an instrument can say what it means."""
    somebody = STRAIGHT.replace("point A", "reading of straight lines: geodesic by «the tests»\npoint A", 1)
    instrument = STRAIGHT.replace("point A", "reading of straight lines: geodesic by Protocol art. 2\npoint A", 1)
    assert [finding.severity for finding in found(somebody, "O601")] == [Severity.OPEN]
    assert [finding.severity for finding in found(instrument, "O601")] == [Severity.NOTE]
    assert "Protocol art. 2" in found(instrument, "O601")[0].sentence


def test_an_undeclared_straight_line_is_measured_all_the_same() -> None:
    """Without a reading the leg is a gap, and the spread between its readings is known from its ends."""
    (finding,) = found(STRAIGHT, "O601")
    separation_m = measured(finding, "separation", "geodesic", "loxodrome")
    assert separation_m == pytest.approx(121.7, abs=0.5)  # s² tan(phi) / 8 N, s = 78.85 km at 45°
    both = [each for each in all_findings(compiled(STRAIGHT)) if each.code == "O601"]
    assert both == [finding]


def test_every_rule_is_listed_once() -> None:
    """The table of rules is the one place where a rule is added."""
    assert len(set(RULES)) == len(RULES)
