"""A place on the line, or nearer to it than its print tells, is on no side: that is said, whichever way the line runs."""

from __future__ import annotations

import pytest

from fakes.descriptions import no_files
from merestone.casefile.pipeline import Pipeline

HEAD = """boundary «t»
reading by «x»
frame WGS 84 (G1762) epoch 2016.0
point A at 10°00'00.000" N 20°00'00.000" E
point B at 10°00'00.000" N 21°00'00.000" E
point C at 11°00'00.000" N 20°30'00.000" E
"""


def found(order: str, expectation: str, place: str = "") -> list[tuple[str, str]]:
    one, two, three = tuple(order)
    ring = f"ring R\n  {expectation}\n  from {one}\n  leg 1 geodesic to {two}\n  leg 2 geodesic to {three}\n  leg 3 geodesic to {one}\n"
    text = f"{HEAD}{place}{ring}"
    return [
        (each.code, each.sentence) for each in Pipeline(no_files).run(text).findings if each.code in ("X707", "X711")
    ]


@pytest.mark.parametrize("order", ["ABC", "ACB", "BCA", "CBA"])
@pytest.mark.parametrize("side", ["inside", "outside", "on the left", "on the right"])
def test_a_vertex_is_on_no_side(order: str, side: str) -> None:
    """It was inside or outside by the direction of the ring."""
    ((code, sentence),) = found(order, f"expect B {side}")
    assert code == "X711"
    assert "B lies on the line" in sentence


@pytest.mark.parametrize("order", ["ABC", "ACB"])
def test_a_place_that_its_print_puts_on_either_side_is_not_judged(order: str) -> None:
    """11 m north of the leg A-B by coordinates to a minute, which leave 1.3 km open."""
    place = "point Z at 10°00' N 20°30' E\n"
    ((code, sentence),) = found(order, "expect Z inside", place)
    assert code == "X711"
    assert "1.30 km" in sentence or "1.3 km" in sentence


@pytest.mark.parametrize("order", ["ABC", "ACB"])
@pytest.mark.parametrize(("latitude", "codes"), [("10°05'00.0\"", []), ("9°55'00.0\"", ["X707"])])
def test_a_place_with_a_clear_side_is_judged(order: str, latitude: str, codes: list[str]) -> None:
    assert [code for code, _ in found(order, "expect Z inside", f"point Z at {latitude} N 20°30'00.0\" E\n")] == codes
